"""Somebody at a real browser, who sees the page in their language and does what it offers."""

import re
import time
from uuid import uuid4

from playwright.sync_api import BrowserContext, Locator, expect

from bookstore import texts
from tests.journeys.backstage import HOME, VISA
from tests.journeys.watching import Watch, sideways
from tests.people import PASSWORD

REGIONS = {"es": "es-CO", "en": "en-US"}
HEIGHTS = {320: 640, 390: 844, 1280: 900}
ORDER = re.compile(r"/orders/[0-9a-f-]{36}$")
BOOK = re.compile(r"/books/\d+$")


def window(language: str = "es", width: int = 1280, scripts: bool = True, **more: object) -> dict[str, object]:
    """How a browser is opened."""
    size = {"width": width, "height": HEIGHTS[width]}
    return {"locale": REGIONS[language], "viewport": size, "java_script_enabled": scripts, **more}


class Reader:
    """`email` is theirs alone, so that every journey may have an ana and a beto in the same shop."""

    def __init__(self, context: BrowserContext, url: str, name: str, language: str, scripts: bool) -> None:
        self.name, self.url, self.language, self.scripts = name, url, language, scripts
        self.email = f"{name}.{uuid4().hex[:8]}@example.org"
        self.watch = Watch(context)
        self.context, self.page = context, context.new_page()
        self.page.set_default_timeout(10_000)

    # What they see

    def says(self, message: str, **names: object) -> str:
        """The text of the page in this reader's language."""
        with texts.speaking(self.language):
            return texts.gettext(message, **names)

    def button(self, message: str, **names: object) -> Locator:
        return self.page.get_by_role("button", name=self.says(message, **names), exact=True)

    def link(self, message: str, **names: object) -> Locator:
        return self.page.get_by_role("link", name=self.says(message, **names), exact=True)

    def text(self, message: str, **names: object) -> Locator:
        return self.page.get_by_text(self.says(message, **names), exact=True)

    @property
    def pay_button(self) -> Locator:
        return self.page.locator("#checkout .btn:has(#pay-label)")

    def mark(self, name: str, element: str = "") -> str:
        """The value of the mark that the page has once, on such an element."""
        return self.page.locator(f"{element}[{name}]").get_attribute(name) or ""

    def arrives(self, where: str | re.Pattern[str]) -> None:
        """Wait for this address, then look at the page as a whole."""
        self.page.wait_for_url(where if isinstance(where, re.Pattern) else self.url + where)
        self.page.wait_for_load_state()
        assert self.page.locator("html").get_attribute("lang") == self.language
        assert not sideways(self.page)

    # What they do

    def opens(self, path: str) -> None:
        self.page.goto(self.url + path)
        self.arrives(path)

    def opens_until(self, path: str, sight: Locator, seconds: float = 10) -> None:
        """Look again and again until it is to be seen: workers are at it."""
        deadline = time.monotonic() + seconds
        self.opens(path)
        while not sight.is_visible():
            assert time.monotonic() < deadline, f"{sight} not seen at {path} within {seconds} s"
            self.page.wait_for_timeout(200)
            self.opens(path)

    def writes(self, **fields: str) -> None:
        for name, value in fields.items():
            self.page.locator(f"main [name={name}]").fill(value)

    def chooses(self, **fields: str) -> None:
        for name, value in fields.items():
            self.page.locator(f"main [name^={name}][value={value}]").check()

    def registers(self) -> None:
        self.opens("/users/new")
        self.writes(name=self.name.title(), email=self.email, password=PASSWORD)
        self.button("Open an account").click()
        self.arrives("/")
        expect(self.button("Log out")).to_be_visible()

    def publishes(self, title: str, author: str, photo: bytes = b"") -> int:
        """Fill in the card; returns the book's id."""
        self.opens("/books/new")
        self.writes(title=title, author=author, description="Una copia leída.", price="12,50", stock="1")
        self.page.locator("[name=language]").select_option("es")
        self.chooses(condition="very_good")
        if photo:
            self.page.locator("[name=photos]").set_input_files(
                {"name": "copia.jpg", "mimeType": "image/jpeg", "buffer": photo}
            )
        self.button("Publish").click()
        self.arrives(BOOK)
        return int(self.mark("data-book-id", "article"))

    def tabs_to(self, goal: Locator, most: int = 80) -> None:
        """Go there with the Tab key alone; the focus must be to be seen."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            if goal.evaluate("element => element === document.activeElement"):
                assert goal.evaluate("element => element.matches(':focus-visible')")
                return
        raise AssertionError(f"{goal} is not reached with {most} times Tab")

    def types(self, **fields: str) -> None:
        """`writes` without a mouse."""
        for name, value in fields.items():
            self.tabs_to(self.page.locator(f"main [name={name}]"))
            self.page.keyboard.press("Control+a")
            self.page.keyboard.type(value)

    def searches(self, words: str) -> None:
        self.page.get_by_role("searchbox").fill(words)
        self.page.get_by_role("searchbox").press("Enter")
        self.page.wait_for_url(re.compile(r"/books\?.*q="))
        assert not sideways(self.page)

    def picks(self, book_id: int) -> None:
        """Open a book from the list."""
        self.page.locator(f"[data-book-id='{book_id}'] a").first.click()
        self.arrives(f"/books/{book_id}")

    def buys(self, book_id: int) -> str:
        """Set the book aside from its page; returns the order's id."""
        self.opens(f"/books/{book_id}")
        self.button("Buy now").click()
        self.arrives(ORDER)
        return self.mark("data-order-id")

    def pays(self, card: str = VISA, courier: str = "servientrega") -> None:
        """Fill in delivery and payment as one form, and send it."""
        self.chooses(courier=courier)
        self.writes(**HOME)
        self.chooses(method="card")
        self.writes(card_number=card)
        self.pay_button.click()

    def follows_to(self, *statuses: str) -> None:
        """Wait until the order is in one of these states."""
        self.follows_until(self.page.locator(", ".join(f"#order[data-status={status}]" for status in statuses)))

    def follows_until(self, sight: Locator, seconds: float = 20) -> None:
        """Wait until it is to be seen: the page changes by itself, or without scripts after reloading by its link."""
        if self.scripts:
            expect(sight).to_be_visible(timeout=seconds * 1000)
        deadline = time.monotonic() + seconds
        while not sight.is_visible():
            assert time.monotonic() < deadline, f"{self.mark('data-status')} after {seconds} s"
            self._asks_again()
        assert not sideways(self.page)

    def _asks_again(self) -> None:
        again = self.link("See whether it is done").or_(self.link("See whether it has moved"))
        if again.is_visible():
            again.click()
        self.page.wait_for_timeout(200)  # a person's patience
