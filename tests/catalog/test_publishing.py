"""A card filled in, through the pages."""

import pytest

from bookstore.catalog.models import Book
from tests.catalog.test_listing import WRONG

CARD = {
    "title": "Rayuela",
    "author": "Julio Cortázar",
    "description": "Una copia leída.",
    "price": "12,50",
    "stock": "1",
    "condition": "good",
}
# What a form cannot send: half a character.
SENT = [(field, typed) for field, all_of in WRONG.items() for typed in all_of if "\ud800" not in typed]
XSS = "<script>alert('x')</script>\"'><img src=x onerror=alert(1)>"


async def test_row_f2_what_ana_publishes_beto_finds_in_the_catalogue(ana, beto):
    book_id = await ana.publishes("Rayuela", stock=2)
    assert (await beto.get("/books")).mark("data-book-id") == str(book_id)
    page = await beto.get(f"/books/{book_id}")
    assert page.status == 200
    assert "Rayuela" in page.text


async def test_keep_m05_five_fields_and_a_condition_are_enough(ana):
    page = await ana.post("/books", CARD)
    assert (page.status, page.location[:7]) == (303, "/books/")
    book = await Book.get(id=int(page.location[7:]))
    assert (book.seller_id, book.price_cents, book.stock, book.condition) == (ana.id, 1250, 1, "good")


async def test_a_free_book_and_one_without_copies_may_be_listed(ana):
    assert (await ana.post("/books", CARD | {"price": "0", "stock": "0"})).status == 303


@pytest.mark.parametrize("field", WRONG)
async def test_flaw_m06_what_cannot_be_read_is_told_beside_its_field(ana, field):
    for typed in (typed for name, typed in SENT if name == field):
        page = await ana.post("/books", CARD | {field: typed})
        assert page.status == 422, typed[:50]
        assert f'id="{field}-err"' in page.text, typed[:50]
        assert page.alerts
    assert await Book.all().count() == 0


@pytest.mark.parametrize("field", list(CARD))
async def test_flaw_m06_a_field_that_is_not_sent_is_missing_not_a_failure(ana, field):
    page = await ana.post("/books", {name: value for name, value in CARD.items() if name != field})
    assert page.status == 422
    assert f'id="{field}-err"' in page.text


async def test_an_empty_form_tells_all_that_is_needed(ana):
    page = await ana.post("/books")
    assert [f'id="{field}-err"' in page.text for field in CARD] == [True] * len(CARD)
    assert "6" in page.alerts[0]


async def test_flaw_m02_a_negative_price_is_refused(ana):
    assert (await ana.post("/books", CARD | {"price": "-500"})).status == 422
    assert await Book.all().count() == 0


async def test_flaw_m03_a_price_that_is_no_number_is_refused(ana):
    assert (await ana.post("/books", CARD | {"price": "nan"})).status == 422
    assert await Book.all().count() == 0


async def test_flaw_m18_negative_stock_is_refused(ana):
    assert (await ana.post("/books", CARD | {"stock": "-7"})).status == 422
    assert await Book.all().count() == 0


async def test_flaw_m18b_no_price_breaks_the_sellers_own_list(ana):
    await ana.post("/books", CARD | {"price": "nan"})
    await ana.post("/books", CARD | {"price": "1e308"})
    assert (await ana.get("/selling")).status == 200


async def test_flaw_m19_a_title_of_a_hundred_thousand_characters_is_refused(ana):
    page = await ana.post("/books", CARD | {"title": "x" * 100_000})
    assert (page.status, 'id="title-err"' in page.text) == (422, True)


async def test_flaw_m19_a_form_of_two_megabytes_is_too_large(ana):
    assert (await ana.post("/books", CARD | {"description": "x" * 2_000_000})).status == 413


async def test_what_was_typed_is_kept_for_mending(ana):
    page = await ana.post(
        "/books", CARD | {"title": XSS, "price": "doce", "description": "</textarea>" + XSS, "isbn": XSS}
    )
    assert page.status == 422
    assert 'value="doce"' in page.text
    assert "&lt;script&gt;" in page.text
    assert "<script>alert" not in page.text
    assert "onerror=alert(1)>" not in page.text


@pytest.mark.parametrize("field", ["title", "author", "description"])
async def test_flaw_m20_a_script_in_a_card_is_text_on_every_page(ana, beto, field):
    book_id = await ana.publishes(**{"title": "Rayuela", field: XSS})
    for path in ("/", "/books", "/books?view=list", f"/books/{book_id}", "/books?q=script"):
        assert "<script>alert" not in (await beto.get(path)).text
        assert "<img src=x" not in (await beto.get(path)).text
    for path in ("/selling", f"/books/{book_id}", f"/books/{book_id}/edit"):
        page = await ana.get(path)
        assert (page.status, "<script>alert" in page.text, "<img src=x" in page.text) == (200, False, False)


async def test_flaw_m20_a_script_in_a_name_or_a_search_is_text(visitor):
    mallory = await (await visitor(XSS)).is_known()
    book_id = await mallory.publishes("Rayuela")
    for path in (f"/books/{book_id}", "/books?view=list", f"/books?q={XSS}", f"/books?min_price={XSS}&q={XSS}"):
        assert "<script>alert" not in (await mallory.get(path)).text


async def test_publishing_needs_an_account(anybody):
    assert (await anybody.get("/books/new")).location == "/session/new?next=/books/new"
    assert (await anybody.post("/books", CARD)).status == 401


async def test_a_forged_form_publishes_nothing(ana):
    assert (await ana.post("/books", CARD | {"_csrf": "0" * 128})).status == 403
    assert (await ana.post("/books", CARD, Sec_Fetch_Site="cross-site")).status == 403
    assert await Book.all().count() == 0


async def test_the_form_asks_in_the_readers_language(ana):
    spanish, english = await ana.get("/books/new"), await ana.get("/books/new", Accept_Language="en")
    assert "Publicar un libro" in spanish.text
    assert "Publish a book" in english.text
