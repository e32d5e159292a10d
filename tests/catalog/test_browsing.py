"""Looking round the shop, through the pages."""

import gzip
import re
from itertools import count

import pytest

from bookstore.catalog import shelving
from bookstore.catalog.listing import Listing
from bookstore.web import assets
from tests.web.test_weight import STATIC

_numbers = count(1)


async def shelves(books, **told):
    card = {"title": "Rayuela", "author": "Julio Cortázar", "description": "Leída.", "price_cents": 1250, "stock": 1}
    for _ in range(books):
        title = f"Tomo {next(_numbers)}"
        await shelving.publish(1, "Ana", Listing(**{**card, "title": title, "condition": "good", **told}))


async def test_keep_m03_the_catalogue_is_open_to_everybody(anybody):
    await shelves(2)
    for path in ("/", "/books", "/books/1", "/books?view=list"):
        assert (await anybody.get(path)).status == 200


@pytest.mark.parametrize("path", ["/", "/books", "/books?view=list", "/books?q=tomo"])
async def test_what_is_the_same_for_all_has_no_form_but_the_search_and_no_cookie(anybody, path):
    await shelves(1)
    page = await anybody.get(path)
    assert re.findall(r'<form[^>]*method="post"', page.text) == []
    assert page.token is None
    assert "Set-Cookie" not in page.headers
    assert page.headers["Cache-Control"] == "no-cache"


async def test_a_page_of_somebody_who_is_logged_in_is_kept_nowhere(ana):
    assert (await ana.get("/books")).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/books", "/books?q=zzz", "/books?condition=fine", "/books?after=1", "/selling"])
async def test_an_empty_shop_has_its_pages(ana, path):
    page = await ana.get(path)
    assert page.status == 200
    assert page.marks("data-book-id") == []


async def test_nothing_found_says_what_was_looked_for_and_how_to_go_on(anybody):
    await shelves(1)
    page = await anybody.get("/books?q=quijote&condition=fine")
    assert "quijote" in page.text
    assert 'href="/books?q=quijote"' in page.text


async def test_pages_follow_by_a_link(anybody):
    await shelves(30)
    first = await anybody.get("/books")
    [following] = re.findall(r'rel="next" href="([^"]+)"', first.text)
    second = await anybody.get(following)
    assert len(set(first.marks("data-book-id")) | set(second.marks("data-book-id"))) == 30
    assert 'rel="next"' not in second.text


async def test_htmx_gets_the_results_alone(anybody):
    await shelves(1)
    piece = await anybody.get("/books?q=tomo", HX_Request="true")
    assert piece.text.lstrip().startswith('<div id="results"')
    assert "<html" not in piece.text
    assert "HX-Request" in piece.headers["Vary"]
    whole = await anybody.get("/books?q=tomo", HX_Request="true", HX_History_Restore_Request="true")
    assert "<html" in whole.text


@pytest.mark.parametrize(
    "query",
    ["min_price=abc", "max_price=1.234,50", "after=zzz", "condition=mint", "sort=1", "seller=ana", "language=%00"],
)
async def test_a_filter_that_cannot_be_read_is_told_and_left_out(anybody, query):
    await shelves(1)
    page = await anybody.get(f"/books?{query}")
    assert page.status == 422
    assert page.alerts
    assert len(page.marks("data-book-id")) == 1


async def test_a_price_that_cannot_be_read_is_told_beside_its_field(anybody):
    page = await anybody.get("/books?min_price=abc")
    assert 'id="min_price-err"' in page.text
    assert re.search(r'name="min_price"[^>]*value="abc"[^>]*aria-invalid="true"', page.text)


@pytest.mark.parametrize(
    "path", ["/books/0", "/books/999", "/books/99999999999999999999999", "/books/-1", "/books/x", "/books/1.5"]
)
async def test_keep_m13_a_book_that_is_not_there_is_a_404(anybody, path):
    assert (await anybody.get(path)).status == 404


async def test_keep_m08_beto_may_buy_from_one_copy_to_all(ana, beto):
    book_id = await ana.publishes(stock=3)
    page = await beto.get(f"/books/{book_id}")
    assert re.findall(r"<option>(\d+)</option>", page.text) == ["1", "2", "3"]
    assert 'action="/orders"' in page.text
    assert page.headers["Cache-Control"] == "no-store"


async def test_flaw_m01_the_buy_form_has_no_price(ana, beto):
    page = await beto.get(f"/books/{await ana.publishes()}")
    [form] = re.findall(r'<form[^>]*action="/orders".*?</form>', page.text, re.DOTALL)
    assert re.findall(r'name="(\w+)"', form) == ["_csrf", "order_id", "book_id", "quantity"]


async def test_flaw_m04_the_buy_form_offers_no_copies_below_one(ana, beto):
    page = await beto.get(f"/books/{await ana.publishes(stock=1)}")
    assert re.findall(r'name="quantity" value="(-?\d+)"', page.text) == ["1"]


async def test_every_view_of_a_page_makes_an_order_of_its_own(ana, beto):
    book_id = await ana.publishes()
    keys = {(await beto.get(f"/books/{book_id}")).text.split('name="order_id" value="')[1][:36] for _ in range(2)}
    assert len(keys) == 2


async def test_a_stranger_is_sent_to_log_in_and_back(ana, anybody):
    book_id = await ana.publishes()
    page = await anybody.get(f"/books/{book_id}")
    assert f'href="/session/new?next=/books/{book_id}"' in page.text
    assert "<form" not in page.text.split("<main", 1)[1]


async def test_flaw_m23_her_own_book_offers_ana_its_card_and_no_purchase(ana):
    book_id = await ana.publishes()
    page = await ana.get(f"/books/{book_id}")
    assert f'href="/books/{book_id}/edit"' in page.text
    assert f'action="/books/{book_id}/withdrawal"' in page.text
    assert 'action="/orders"' not in page.text


async def test_row_f2_a_sold_book_says_so_and_cannot_be_bought(ana, beto):
    book_id = await ana.publishes(stock=0)
    page, shelf = await beto.get(f"/books/{book_id}"), await beto.get("/books")
    assert "No está disponible" in page.text
    assert 'action="/orders"' not in page.text
    assert "Vendido" in shelf.text
    assert shelf.mark("data-stock") == "0"


async def test_the_lines_of_a_description_are_kept(ana, anybody):
    book_id = await ana.publishes(description="uno\n\ndos")
    page = await anybody.get(f"/books/{book_id}")
    assert "uno\n\ndos" in page.text


@pytest.mark.parametrize(("locale", "words"), [("es", "Catálogo"), ("en", "Catalogue")])
async def test_pages_are_in_the_readers_language(anybody, locale, words):
    page = await anybody.get("/books", Accept_Language=locale)
    assert words in page.text
    assert page.headers["Content-Language"] == locale


async def test_the_first_visit_to_the_catalogue_weighs_little(anybody):
    await shelves(24)
    page = len(gzip.compress((await anybody.get("/books")).text.encode(), 6))
    static = sum(len(assets.load(name).packed or assets.load(name).plain) for name in STATIC)
    assert page < 12_000
    assert page + static < 120_000
