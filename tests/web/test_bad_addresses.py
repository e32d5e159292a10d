"""Every page of the shop, asked for with everything that an address may say: answered, and nothing changes."""

import re
from urllib.parse import quote

import pytest

from bookstore.data import redis
from bookstore.orders.checkout import Buyer
from bookstore.orders.models import Parcel
from tests.orders.desk import Desk
from tests.stock import lists
from tests.web.contents import changes, contents
from tests.web.hostile import ODD
from tests.web.markup import Markup
from tests.web.test_every_route import ADMINS, HEALTH, PUBLIC, routes

LONGEST = 3000  # characters; a real server answers a longer address itself
SEARCH = ("q", "condition", "language", "min_price", "max_price", "in_stock", "seller", "sort", "view", "after")
NAMES = (*SEARCH, "next", "seen", "status", "courier", "courier_1", "name", "v", "unheard-of")
SIGNS = (
    "%",
    "_",
    "\\",
    "+a -b",
    '"',
    "a*",
    "(",
    "@1",
    "~",
    "a" * 84 + "*",
    "' OR 1=1 --",
    "%' ESCAPE '",
    "the",
    "\u0e01",
)
NOWHERE = {
    "/books/": ("0", "-1", "999999999", "9" * 20, "9" * 4000, "1.5", "x", "%00", "1%00", "1/edit/x", "%2e%2e", "NaN"),
    "/orders/": ("1", "x", "%00", "0" * 32, "00000000-0000-0000-0000-00000000000g", "😀", "../orders"),
    "/parcels/": ("0", "-1", "999999999", "9" * 20, "9" * 4000, "x", "%00"),
    "/media/": ("x", "%00", "..%2f..%2fetc%2fpasswd", "../../etc/passwd", "a" * 32 + ".webp", "." + "a" * 32 + ".part"),
    "/static/": ("x", "%00", "../config.py", "%2e%2e/config.py", "..%5c..%5cx", "fonts", "x.css%00.js"),
    "/": ("etc/passwd", ".git/config", "%ff", "console", "admin/../books/x", "a" * 4000),
}


@pytest.fixture
def changed():
    """The whole shop."""
    return {}


@pytest.fixture
async def pages(shop, ana, beto, anybody, visitor):
    """Every page, with somebody who may see it: ana's book, and beto's paid order of it."""
    desk = Desk(shop.extensions["settings"])
    book = await lists("Rayuela", stock=5, seller=Buyer(ana.id, "Ana"))
    order = await desk.buys(book, buyer=Buyer(beto.id, "Beto"))
    await desk.works()
    [parcel] = await Parcel.all()
    dora = await (await visitor("dora")).is_known(role="admin")
    values = {"<book_id>": str(book.id), "<order_id>": order.id, "<parcel_id>": str(parcel.id), "<name>": "style.css"}

    def reader(route):
        if route in PUBLIC | HEALTH:
            return anybody
        return dora if route in ADMINS else beto if route.startswith("/orders") else ana

    return {fill(route, values): reader(route) for route in routes(shop, "GET")}


def fill(route: str, values: dict[str, str]) -> str:
    return re.sub(r"<\w+>", lambda name: values[name[0]], route)


def odd() -> dict[str, str]:
    """The values as they stand in an address."""
    values = {name: value if isinstance(value, bytes) else (value or "")[:LONGEST] for name, value in ODD.items()}
    return {name: quote(value) for name, value in values.items()}


def looks_right(answer, about: object) -> None:
    assert answer.status_code in {200, 204, 303, 404, 422}, about
    assert not re.search(r"Traceback|site-packages|File \"", answer.text), about
    assert "<script>alert" not in answer.text, about
    if answer.status_code in {404, 422}:
        assert Markup(answer.text).alerts, about


@pytest.mark.every_database
async def test_no_page_fails_whatever_its_address_says(pages):
    before = await contents()
    for path, reader in pages.items():
        for name, value in odd().items():
            names = NAMES if len(value) < LONGEST else ("after",)
            query = "&".join(f"{key}={value}" for key in (*names, "lang"))
            looks_right(await reader.client.get(f"{path}?{query}"), (path, name))
    assert changes(before, await contents()) == {}


@pytest.mark.every_database
@pytest.mark.parametrize("name", SEARCH)
async def test_each_part_of_a_search_is_read_or_told(pages, anybody, name):
    for sort in ("newest", "cheapest"):
        for about, value in odd().items() | {sign: quote(sign) for sign in SIGNS}.items():
            query = f"{name}={value}" if name == "sort" else f"sort={sort}&{name}={value}"
            for language in ("es", "en"):
                answer = await anybody.client.get(f"/books?{query}", headers={"Accept-Language": language})
                looks_right(answer, (name, about))
                assert Markup(answer.text).language == language


@pytest.mark.parametrize("value", ["", "xx", "ES", "es-CO", "../es", "%00", "😀", "e" * 4000, "es&lang=en"])
async def test_a_language_that_we_do_not_speak_is_left_aside(anybody, value):
    answer = await anybody.get(f"/books?lang={value}")
    assert answer.status == (303 if value.startswith("es&") else 200)
    assert 'lang="es"' in (await anybody.get("/books")).text


@pytest.mark.parametrize("place", NOWHERE)
async def test_what_is_nowhere_is_not_found(shop, ana, place):
    client = shop.test_client()  # it leaves dots in an address as they are
    for rest in NOWHERE[place]:
        for path in (place + rest, place + rest + "?lang=xx"):
            answer = await client.get(path, headers={"Cookie": f"session={ana.client.cookies['session']}"})
            assert answer.status_code == 404, path[:80]
            assert "root:" not in (await answer.get_data(as_text=True))


async def test_asvs_3_5_3_asking_for_pages_changes_nothing(pages, visitor, ana, beto, anybody):
    dora = await (await visitor("erna")).is_known(role="admin")
    before = await contents()
    for reader in (anybody, ana, beto, dora):
        for path in pages:
            for headers in ({}, {"HX-Request": "true"}):
                answer = await reader.client.get(path, headers=headers)
                assert answer.status_code < 500, (reader.name, path)
                assert await reader.client.head(path, headers=headers), path
    assert changes(before, await contents()) == {}
    assert await redis.client().ping()


async def test_flaw_m36_every_page_is_made_of_our_own_parts(pages):
    for path, reader in pages.items():
        text = (await reader.client.get(path)).text
        parts = re.findall(r'<(?:script|link|img|use|source)[^>]* (?:src|href|srcset)="([^"]*)"', text)
        assert [part for part in parts if not part.startswith(("/static/", "/media/", "#"))] == [], path
        assert len(parts) >= 4 or "<html" not in text, path
