"""The whole purchase without a mouse, on a desktop."""

import re

from playwright.sync_api import expect

from tests.journeys.backstage import HOME, VISA
from tests.journeys.reader import BOOK, ORDER
from tests.people import PASSWORD


def test_a_book_is_bought_with_the_keyboard_alone(comes, backstage):
    book = backstage.for_sale("El túnel", author="Ernesto Sabato")
    beto = comes("beto")
    press = beto.page.keyboard.press
    beto.opens("/users/new")
    beto.types(name="Beto", email=beto.email, password=PASSWORD)
    press("Enter")
    beto.arrives("/")
    beto.tabs_to(beto.page.get_by_role("searchbox"))
    beto.page.keyboard.type("sabato")
    press("Enter")
    beto.arrives(re.compile("q=sabato"))
    beto.tabs_to(beto.page.locator(f"[data-book-id='{book}'] a"))
    press("Enter")
    beto.arrives(BOOK)
    beto.tabs_to(beto.button("Buy now"))
    press("Space")
    beto.arrives(ORDER)
    beto.tabs_to(beto.page.locator("[name^=courier]:checked"))
    press("ArrowUp")
    expect(beto.page.locator("[name^=courier][value=envia]")).to_be_checked()
    beto.types(**HOME)
    beto.types(card_number=VISA)
    beto.tabs_to(beto.pay_button)
    press("Enter")
    beto.follows_to("completed")
    assert beto.mark("data-total-cents") == str(1250 + 2000)


def test_the_first_tab_offers_to_skip_the_shopfront(comes):
    beto = comes("beto")
    beto.opens("/books")
    beto.tabs_to(beto.link("Skip to the content"), most=1)
    expect(beto.link("Skip to the content")).to_be_in_viewport()
    beto.page.keyboard.press("Enter")
    expect(beto.page.locator("main")).to_be_focused()
