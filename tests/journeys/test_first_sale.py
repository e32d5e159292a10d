"""Ana sells a book to beto: registered, published, found, bought, paid, delivered; in every language, width and way."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.embedded.standing import Standing
from tests.journeys.backstage import HOME, VISA
from tests.journeys.opening import PACE
from tests.journeys.reader import Reader

MARQUEZ = ("Cien años de soledad", "Gabriel García Márquez")


def photo() -> bytes:
    drawn = BytesIO()
    Image.linear_gradient("L").resize((600, 900)).convert("RGB").save(drawn, "JPEG")
    return drawn.getvalue()


def sells(ana: Reader, beto: Reader, picture: bytes = b"") -> None:
    """The whole way, from two new accounts to the parcel at the door."""
    ana.registers()
    book = ana.publishes(*MARQUEZ, photo=picture)
    beto.registers()
    beto.opens("/books")
    beto.searches("garcia marquez")
    beto.picks(book)
    order = beto.buys(book)
    asks_for_the_price_of(beto, "envia", 1250 + 2000)
    beto.pays(courier="servientrega")
    beto.follows_to("paid", "completed")
    beto.follows_to("completed")
    assert beto.mark("data-total-cents") == str(1250 + 1500)
    has_papers(beto, order)
    ana.opens("/sales")
    sale = ana.page.locator("[data-parcel-id]")
    expect(sale).to_have_attribute("data-status", "delivered")
    expect(sale).to_contain_text(HOME["address"])


def asks_for_the_price_of(beto: Reader, courier: str, cents: int) -> None:
    """Another courier's price is in the total before anything is paid, with and without scripts."""
    beto.chooses(courier=courier)
    if not beto.scripts:
        beto.writes(**HOME)
        beto.button("Update the total").click()
    expect(beto.page.locator("#summary dd.grand data, #summary dd.grand")).to_contain_text(f"{cents // 100}")


def has_papers(beto: Reader, order: str) -> None:
    """The history and the receipt."""
    beto.link("See the receipt").click()
    beto.arrives(f"/orders/{order}/receipt")
    expect(beto.page.locator("article.receipt")).to_contain_text("4242")
    assert VISA not in beto.page.content()
    beto.opens("/orders")
    row = beto.page.locator(f"tr[data-order-id='{order}']")
    expect(row).to_have_attribute("data-status", "completed")
    row.get_by_role("link").click()
    beto.arrives(f"/orders/{order}")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["es", "en"])
def test_ana_sells_a_book_to_beto(comes, language, width, scripts):
    how = {"language": language, "width": width, "scripts": scripts}
    sells(comes("ana", **how), comes("beto", **how))


def test_ana_sells_a_book_beside_the_demo_of_bookstore_up(comes, tmp_path):
    standing = Standing(tmp_path)
    try:
        pace = {name: str(seconds) for name, seconds in PACE.items()}
        shop, url = standing.up("--port", 0, demo=True, **pace)
        sells(comes("ana", url=url), comes("beto", url=url))
        assert shop.stop() == 0
    finally:
        standing.clear()


def test_ana_sells_a_book_with_a_photo_on_mysql(comes, on_mysql):
    ana, beto = comes("ana", url=on_mysql.url), comes("beto", url=on_mysql.url)
    sells(ana, beto, photo())
    shown = ana.page
    ana.opens("/selling")
    shown.locator("[data-book-id] a.title").click()
    cover = shown.locator(".photos img")
    expect(cover).to_be_visible()
    assert cover.evaluate("image => image.decode().then(() => image.naturalWidth)") >= 300
