"""The buy form: what it takes, and what each refusal answers."""

import asyncio
import re
from datetime import timedelta
from uuid import uuid4

import pytest

from bookstore.catalog import holds
from bookstore.catalog.models import Book
from bookstore.orders.models import Order, OrderLine
from tests.orders.buying import HTMX, LONG, NO_NUMBERS, asks_for, shelved, written
from tests.stock import new_key, stock_of

ORDER_ID = re.compile(r'name="order_id"[^>]* value="([^"]*)"')
NO_KEYS = ("", " ", "1", "abc", "0", str(uuid4())[:-1], f"{{{uuid4()}}}", uuid4().hex, "\x00", "😀", LONG, "-1", "NaN")


def offered(answer):
    """The id of the order that a refusal's form would make."""
    return ORDER_ID.search(answer.text)[1]


@pytest.mark.every_database
async def test_row_f3_a_purchase_leads_to_its_order(ana, beto):
    book, key = await shelved(ana, stock=3), new_key()
    answer = await asks_for(beto, book, quantity=2, key=key)
    assert (answer.status, answer.location) == (303, f"/orders/{key}")
    page = await beto.get(answer.location)
    assert (page.mark("data-order-id"), page.mark("data-status")) == (key, "placed")
    assert page.mark("data-total-cents") == str(2 * book.price_cents)
    assert await stock_of(book) == 1


async def test_keep_m08_too_many_copies_are_refused_and_the_rest_is_offered(ana, beto):
    book = await shelved(ana, stock=2)
    answer = await asks_for(beto, book, quantity=3)
    assert answer.status == 409
    assert answer.alerts == ["Solo quedan 2 ejemplares No se ha cobrado nada."]
    assert answer.marks("name").count("quantity") == 1
    assert await stock_of(book) == 2


async def test_sold_out_leads_to_other_copies(ana, beto):
    book = await shelved(ana, "Pedro Páramo & más", stock=0)
    for headers in ({}, HTMX):
        answer = await asks_for(beto, book, **headers)
        assert answer.status == 409
        assert "/books?q=Pedro+P%C3%A1ramo+%26+m%C3%A1s&in_stock=1" in answer.marks("href")
        assert answer.alerts == ["Alguien se llevó el último hace un momento No se ha cobrado nada."]


async def test_a_withdrawn_book_is_no_longer_sold(ana, beto):
    book = await shelved(ana, stock=2)
    await Book.filter(id=book.id).update(status="withdrawn")
    assert (await asks_for(beto, book)).alerts == [
        "El vendedor retiró este libro hace un momento No se ha cobrado nada."
    ]
    assert await written() == (0, 0, 0)


async def test_flaw_m01_no_price_is_taken_from_the_form(ana, beto):
    book = await shelved(ana, cents=2000)
    fields = {"order_id": new_key(), "book_id": book.id, "quantity": 1, "price": "0.01", "total_cents": "1"}
    page = await beto.get((await beto.post("/orders", fields)).location)
    assert page.mark("data-total-cents") == "2000"


@pytest.mark.parametrize("flaw", ["flaw_m02", "flaw_m03"])
async def test_flaw_m02_flaw_m03_a_negative_price_and_none_are_nowhere(ana, beto, flaw):
    book, price = await shelved(ana, cents=2000), {"flaw_m02": "-500", "flaw_m03": "nan"}[flaw]
    await beto.post("/orders", {"order_id": new_key(), "book_id": book.id, "quantity": 1, "price": price})
    assert await OrderLine.all().values_list("unit_cents", flat=True) == [2000]


async def test_flaw_m04_flaw_m05_flaw_m06_no_other_quantity_than_a_whole_number_of_copies(ana, beto):
    book = await shelved(ana, stock=5)
    for quantity in ("0", "-1000", *NO_NUMBERS):
        answer = await asks_for(beto, book, quantity)
        assert answer.status == 422, quantity[:20]
        assert "#quantity" in answer.marks("href"), quantity[:20]
    assert await written() == (0, 0, 0)
    assert await stock_of(book) == 5


async def test_flaw_m06_a_missing_field_is_named(ana, beto):
    book = await shelved(ana)
    fields = {"order_id": new_key(), "book_id": book.id, "quantity": 1}
    for name in fields:
        answer = await beto.post("/orders", {other: value for other, value in fields.items() if other != name})
        assert answer.status == 422
        assert f"#{name}" in answer.marks("href")
    assert await written() == (0, 0, 0)


async def test_an_order_id_is_a_uuid(ana, beto):
    book = await shelved(ana)
    for key in NO_KEYS:
        answer = await beto.post("/orders", {"order_id": key, "book_id": book.id, "quantity": 1})
        assert answer.status == 422, key[:40]
    assert await written() == (0, 0, 0)


async def test_an_order_id_in_capitals_is_the_same_order(ana, beto):
    book, key = await shelved(ana, stock=5), new_key()
    answers = [await asks_for(beto, book, key=spelling) for spelling in (key, key.upper())]
    assert [answer.location for answer in answers] == [f"/orders/{key}"] * 2
    assert await stock_of(book) == 4


async def test_no_book_is_no_page(beto):
    for book_id in ("1", "999999999"):
        answer = await beto.post("/orders", {"order_id": new_key(), "book_id": book_id, "quantity": 1})
        assert answer.status == 404
    for book_id in (*NO_NUMBERS, "0"):
        answer = await beto.post("/orders", {"order_id": new_key(), "book_id": book_id, "quantity": 1})
        assert answer.status == 422, book_id[:20]
    assert await written() == (0, 0, 0)


async def test_flaw_m23_a_seller_does_not_buy_from_herself(ana):
    book = await shelved(ana)
    answer = await asks_for(ana, book)
    assert answer.status == 409
    assert answer.alerts == ["Este libro es tuyo No puedes comprar lo que vendes."]
    assert await written() == (0, 0, 0)


async def test_flaw_m24_a_form_from_elsewhere_orders_nothing(ana, beto):
    book = await shelved(ana)
    fields = {"order_id": new_key(), "book_id": book.id, "quantity": 1}
    for forged in ({"_csrf": ""}, {"_csrf": "00" * 64}, {"_csrf": ana.token}):
        assert (await beto.post("/orders", fields | forged)).status == 403
    assert (await beto.post("/orders", fields, Origin="https://evil.example")).status == 403
    assert await written() == (0, 0, 0)


async def test_a_stranger_is_told_to_log_in(ana, anybody):
    book = await shelved(ana)
    assert (await asks_for(anybody, book)).status == 401
    answer = await asks_for(anybody, book, **HTMX)
    assert answer.status == 401
    assert answer.headers["HX-Redirect"].startswith("/session/new?next=")


@pytest.mark.every_database
async def test_flaw_m41_a_double_click_is_one_order(ana, beto):
    book, key = await shelved(ana, stock=1), new_key()
    answers = await asyncio.gather(*(asks_for(beto, book, key=key) for _ in range(2)))
    assert [(answer.status, answer.location) for answer in answers] == [(303, f"/orders/{key}")] * 2
    assert await Order.all().count() == 1


@pytest.mark.every_database
async def test_the_same_id_with_another_body_is_a_422_that_can_be_sent_anew(ana, beto, carla):
    book, key = await shelved(ana, stock=5), new_key()
    await asks_for(beto, book, key=key)
    for buyer, quantity in ((beto, 2), (carla, 1)):
        answer = await asks_for(buyer, book, quantity=quantity, key=key)
        assert answer.status == 422
        assert "Este formulario ya se usó para otro pedido" in answer.alerts[0]
        assert (await asks_for(buyer, book, quantity=quantity, key=offered(answer))).status == 303
    assert await Order.all().count() == 3


async def test_a_hold_that_is_over_offers_a_new_one(ana, beto):
    book, key = await shelved(ana, stock=2), new_key()
    await holds.reserve(key, beto.id, [(book.id, 1)], timedelta(0))
    answer = await asks_for(beto, book, key=key)
    assert answer.status == 409
    assert answer.alerts[0].startswith("El plazo para pagar terminó")
    assert (await asks_for(beto, book, key=offered(answer))).status == 303


async def test_htmx_is_led_on_by_a_header(ana, beto):
    answer = await asks_for(beto, await shelved(ana), **HTMX)
    assert answer.status == 200
    assert answer.headers["HX-Redirect"].startswith("/orders/")


async def test_htmx_gets_the_refusal_alone(ana, beto):
    answer = await asks_for(beto, await shelved(ana, stock=0), **HTMX)
    assert answer.text.lstrip().startswith('<div class="stack" id="refusal">')
    assert "<html" not in answer.text


async def test_a_refusal_is_said_in_the_readers_language(ana, beto):
    answer = await asks_for(beto, await shelved(ana, stock=0), Accept_Language="en")
    assert answer.alerts == ["Somebody took the last one a moment ago Nothing was charged."]
