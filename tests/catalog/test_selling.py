"""A seller's own books, through the pages."""

import pytest

from bookstore.catalog import holds, own, shelving
from bookstore.catalog.listing import Listing
from bookstore.catalog.models import Book
from tests.catalog.test_publishing import CARD
from tests.catalog.test_shelving import HOUR
from tests.stock import new_key


async def taken(book_id, buyer, copies=1):
    key = new_key()
    await holds.reserve(key, buyer.id, [(book_id, copies)], HOUR)
    return key


async def test_row_f6_the_owner_edits_and_withdraws_and_nobody_else(ana, carla):
    book_id = await ana.publishes("Rayuela")
    assert (await ana.post(f"/books/{book_id}", CARD | {"title": "Bestiario"})).location == f"/books/{book_id}"
    assert [(await carla.get(f"/books/{book_id}/edit")).status] == [404]
    assert (await carla.post(f"/books/{book_id}", CARD | {"title": "Mía"})).status == 404
    assert (await carla.post(f"/books/{book_id}/withdrawal")).status == 404
    assert (await Book.get(id=book_id)).title == "Bestiario"
    assert (await ana.post(f"/books/{book_id}/withdrawal")).location == "/selling"
    assert (await Book.get(id=book_id)).status == "withdrawn"


async def test_flaw_m21_not_yours_and_not_there_are_the_same_page(ana, carla):
    book_id = await ana.publishes()
    theirs, nobodys = await carla.get(f"/books/{book_id}/edit"), await carla.get("/books/999/edit")
    assert theirs.status == nobodys.status == 404
    assert theirs.alerts == nobodys.alerts


async def test_keep_m06_the_form_shows_what_the_card_says(ana):
    book_id = await ana.publishes("Rayuela", isbn="843760494X", year="1963", language="es", stock=4)
    page = await ana.get(f"/books/{book_id}/edit")
    for shown in ("Rayuela", "9788437604947", "1963", "12.50"):
        assert f'value="{shown}"' in page.text
    assert 'name="stock_seen" type="hidden" value="4"' in page.text
    assert '<option selected value="es">' in page.text


async def test_keep_m06_a_sale_since_the_form_was_opened_is_told_not_undone(ana, beto):
    book_id = await ana.publishes(stock=5)
    await taken(book_id, beto, 2)
    form = CARD | {"stock": "6", "stock_seen": "5"}
    page = await ana.post(f"/books/{book_id}", form)
    assert page.status == 409
    assert 'name="stock_seen" type="hidden" value="3"' in page.text
    assert (await Book.get(id=book_id)).stock == 3
    assert (await ana.post(f"/books/{book_id}", form | {"stock_seen": "3"})).status == 303
    assert (await Book.get(id=book_id)).stock == 6


async def test_a_form_without_what_was_seen_changes_the_stock_that_is_there(ana, beto):
    book_id = await ana.publishes(stock=5)
    await taken(book_id, beto, 2)
    assert (await ana.post(f"/books/{book_id}", CARD | {"stock": "4"})).status == 303
    assert (await Book.get(id=book_id)).stock == 4


@pytest.mark.parametrize("seen", ["", "-1", "x", "9" * 40, "٣"])
async def test_nonsense_for_what_was_seen_is_no_failure(ana, seen):
    book_id = await ana.publishes(stock=5)
    assert (await ana.post(f"/books/{book_id}", CARD | {"stock": "4", "stock_seen": seen})).status == 303


async def test_a_wrong_field_leaves_the_card_as_it_was(ana):
    book_id = await ana.publishes("Rayuela")
    page = await ana.post(f"/books/{book_id}", CARD | {"title": "Otra", "price": "-1"})
    assert (page.status, 'id="price-err"' in page.text) == (422, True)
    assert (await Book.get(id=book_id)).title == "Rayuela"


async def test_flaw_m22_a_withdrawn_book_is_kept_for_its_orders(ana, beto):
    book_id = await ana.publishes(stock=2)
    await taken(book_id, beto)
    await ana.post(f"/books/{book_id}/withdrawal")
    assert await Book.exists(id=book_id)
    assert str(book_id) not in (await beto.get("/books")).marks("data-book-id")
    assert (await beto.get(f"/books/{book_id}")).status == 404
    assert (await ana.get(f"/books/{book_id}")).status == 200
    assert (await ana.get("/selling?status=withdrawn")).mark("data-book-id") == str(book_id)


async def test_keep_m07_withdrawing_is_a_post_and_twice_is_once(ana):
    book_id = await ana.publishes()
    assert (await ana.get(f"/books/{book_id}/withdrawal")).status == 405
    assert [(await ana.post(f"/books/{book_id}/withdrawal")).status for _ in range(2)] == [303, 303]


async def test_a_withdrawn_card_is_not_changed(ana):
    book_id = await ana.publishes("Rayuela")
    await ana.post(f"/books/{book_id}/withdrawal")
    assert (await ana.get(f"/books/{book_id}/edit")).status == 409
    assert (await ana.post(f"/books/{book_id}", CARD | {"title": "Otra"})).status == 409
    assert (await Book.get(id=book_id)).title == "Rayuela"


async def test_keep_m04_the_sellers_list_holds_her_books_with_the_way_to_change_them(ana, beto):
    mine, _his = await ana.publishes("Rayuela", stock=0), await beto.publishes("Ficciones")
    page = await ana.get("/selling")
    assert page.mark("data-book-id") == str(mine)
    assert f'href="/books/{mine}/edit"' in page.text
    assert "Ficciones" not in page.text


async def test_keep_m04_an_empty_list_says_so(ana):
    assert "No tienes ningún libro en el estante" in (await ana.get("/selling")).text
    assert (await ana.get("/selling?status=withdrawn")).status == 200


@pytest.mark.parametrize("query", ["status=x", "after=zzz", "after=-1", "after=99999999999999999999", "after="])
async def test_no_address_of_the_list_is_a_failure(ana, query):
    assert (await ana.get(f"/selling?{query}")).status == 200


@pytest.mark.every_database
async def test_the_tallies_follow_the_copies(connected):
    card = Listing("Rayuela", "Julio Cortázar", "Leída.", 1250, 5, "good")
    [first, second] = [await shelving.publish(1, "Ana", card) for _ in range(2)]
    await shelving.withdraw(second, 1)
    held, confirmed, released = new_key(), new_key(), new_key()
    for key in (held, confirmed, released):
        await holds.reserve(key, 2, [(first, 1)], HOUR)
    await holds.confirm(confirmed, 1)
    await holds.release(released)
    assert await own.tallies(1) == own.Tallies(on_sale=1, withdrawn=1, copies=3, held=1, sold=1)
    assert await own.tallies(2) == own.Tallies(0, 0, 0, 0, 0)


@pytest.mark.every_database
async def test_a_long_list_comes_in_pages(connected, monkeypatch):
    monkeypatch.setattr(own, "PAGE", 2)
    card = Listing("Rayuela", "Julio Cortázar", "Leída.", 1250, 5, "good")
    ids = [await shelving.publish(1, "Ana", card) for _ in range(5)]
    seen, after = [], ""
    while after is not None:
        page = await own.page(1, "on_sale", str(after))
        seen, after = seen + [book.id for book in page.books], page.after
    assert seen == sorted(ids, reverse=True)
