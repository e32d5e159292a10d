"""docs/screenshots/: the shop's pages as the README shows them, taken of the demo under `bookstore up`."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from bookstore.auth.seeding import PASSWORD, emails

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
SIZES = {1280: 900, 390: 844}
LARGEST = 250_000  # bytes of one picture
READY = re.compile(r"ready at (http://\S+)")
# The parcel leaves at once; it is on its way for as long as its pictures take.
PACE = {"PAYMENT_SECONDS": "0.2", "PREPARING_SECONDS": "0.2", "SHIPPING_STEP_SECONDS": "8"}
BOOK = "Cien años de soledad"
HOME = {"name": "Beto Suárez", "address": "Calle 49 # 36-21, apto 302", "city": "Medellín", "country": "Colombia"}


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with shop() as url, sync_playwright() as playwright:
        as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=as_root)
        beto, anybody = visit(browser, url), visit(browser, url)
        sizes = [*shown(beto, "order", buy(beto)), *shown(anybody, "home", "/"), *shown(anybody, "catalogue", "/books")]
        anybody.get_by_role("link", name=BOOK, exact=True).click()
        anybody.wait_for_url(re.compile(r"/books/\d+$"))
        sizes += shown(anybody, "book", anybody.url)
        browser.close()
    print(f"{len(sizes)} pictures in docs/screenshots, the largest of {max(sizes)} bytes.")
    return int(max(sizes) > LARGEST)


@contextmanager
def shop() -> Iterator[str]:
    """The address of a demo of our own."""
    settings = os.environ | {f"BOOKSTORE_{name}": seconds for name, seconds in PACE.items()}
    with tempfile.TemporaryDirectory() as data:
        command = [sys.executable, "-m", "bookstore", "up", "--port", "0", "--data", data]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=settings) as process:
            try:
                yield next(found[1] for line in process.stdout or [] if (found := READY.search(line)))
            finally:
                process.terminate()
                process.wait(15)


def visit(browser: Browser, url: str) -> Page:
    return browser.new_context(base_url=url, locale="es-CO", timezone_id="America/Bogota").new_page()


def buy(beto: Page) -> str:
    """Beto buys a book; returns his order's address once its parcel is on its way."""
    beto.goto("/session/new?next=/books?q=soledad")
    beto.fill("[name=email]", emails()[1])
    beto.fill("[name=password]", PASSWORD)
    beto.press("[name=password]", "Enter")
    beto.get_by_role("link", name=BOOK, exact=True).click()
    beto.click("form.buy .btn")
    for name, value in HOME.items():
        beto.fill(f"#checkout [name={name}]", value)
    beto.fill("[name=card_number]", "4242 4242 4242 4242")
    beto.click(".btn:has(#pay-label)")
    beto.wait_for_selector("[data-parcel-id][data-status=in_transit]")
    return beto.url


def shown(page: Page, name: str, address: str) -> list[int]:
    """Take the page in every size; returns how many bytes each picture has."""
    return [_kept(_taken(page, address, width), f"{name}-{width}.png") for width in SIZES]


def _taken(page: Page, address: str, width: int) -> bytes:
    page.set_viewport_size({"width": width, "height": SIZES[width]})
    page.goto(address)
    page.evaluate("document.fonts.ready")
    return page.screenshot()


def _kept(picture: bytes, name: str) -> int:
    with Image.open(BytesIO(picture)) as full:
        full.convert("RGB").quantize(256).save(FOLDER / name, optimize=True)
    return (FOLDER / name).stat().st_size


if __name__ == "__main__":
    sys.exit(main())
