"""The payment's half of the order's form: what it takes, what it refuses, and what is never shown again."""

import asyncio
import sqlite3

import pytest

from bookstore.catalog.models import Book, Hold
from bookstore.data import clock
from bookstore.orders.models import Attempt, Capture, Order
from bookstore.web.limits import BUY
from tests.orders.buying import (
    CARD,
    DELIVERY,
    HTMX,
    NO_CODES,
    NOT_APPROVED,
    orders,
    pays,
    shelved,
    stored,
)
from tests.stock import new_key

NO_CARDS = (
    "",
    " ",
    "4242 4242 4242 4241",
    "4242",
    "abc",
    "-1",
    "NaN",
    "1e308",
    "😀",
    "\x00",
    "4" * 100_000,
    "4242" * 5,
)


@pytest.mark.every_database
async def test_row_f4_one_form_chooses_delivery_and_pays(beto, order):
    answer = await pays(beto, order)
    assert (answer.status, answer.location) == (303, order)
    page = await beto.get(order)
    assert (page.mark("data-status"), page.mark("data-total-cents")) == ("paying", "3450")
    assert "Visa terminada en 4242" in page.text


@pytest.mark.parametrize("method", ["paypal", "bank_transfer"])
async def test_keep_m09_the_other_methods_need_no_card(beto, order, method):
    assert (await beto.post(f"{order}/payment", DELIVERY | {"method": method})).status == 303
    assert await Attempt.all().values_list("method", "last4") == [(method, "")]


async def test_flaw_m08_flaw_m09_the_amount_is_the_orders(beto, order):
    await pays(beto, order, amount="0", total_cents="1", price="100")
    assert await Attempt.all().values_list("amount_cents", flat=True) == [3450]


async def test_flaw_m10_paying_three_times_is_one_payment(beto, order):
    answers = [await pays(beto, order) for _ in range(3)]
    assert [(answer.status, answer.location) for answer in answers] == [(303, order)] * 3
    assert await Attempt.all().count() == 1


@pytest.mark.every_database
async def test_flaw_m10_three_clicks_at_once_are_one_payment(beto, order):
    answers = await asyncio.gather(*(pays(beto, order) for _ in range(3)))
    assert {(answer.status, answer.location) for answer in answers} == {(303, order)}
    assert await Attempt.all().count() == 1


async def test_flaw_m11_no_other_method_is_taken(beto, order):
    for method in ("MONOPOLY", *NO_CODES):
        answer = await beto.post(f"{order}/payment", DELIVERY | CARD | {"method": method, "amount": "-1"})
        assert answer.status == 422, method[:20]
        assert "#method-0" in answer.marks("href")
    assert await Attempt.all().count() == 0


async def test_flaw_m12_an_order_that_is_not_there_is_no_page(beto):
    for order in (f"/orders/{new_key()}", "/orders/99999999", "/orders/-1", "/orders/%00"):
        for page in ("", "/receipt", "/delivery"):
            assert (await beto.get(order + page)).status == 404
        for form in ("/payment", "/delivery", "/cancellation"):
            assert (await beto.post(order + form, DELIVERY | CARD)).status == 404


async def test_flaw_m07_flaw_m08_flaw_m13_another_persons_order_is_not_there(carla, order):
    for page in ("", "/receipt", "/delivery"):
        assert (await carla.get(order + page)).status == 404
    for form in ("/payment", "/delivery", "/cancellation"):
        assert (await carla.post(order + form, DELIVERY | CARD)).status == 404
    assert (await stored(order)).status == "placed"
    assert (await stored(order)).recipient is None


async def test_flaw_m14_nothing_is_paid_without_delivery(beto, order):
    answer = await beto.post(f"{order}/payment", CARD)
    assert answer.status == 409
    assert answer.alerts == ["Elige primero la entrega: su precio es parte de lo que pagas."]
    assert (answer.mark("data-status"), await Attempt.all().count()) == ("placed", 0)


async def test_what_fails_luhn_is_no_card(beto, order):
    for number in NO_CARDS:
        answer = await pays(beto, order, card_number=number)
        assert answer.status == 422, number[:20]
        assert "#card_number" in answer.marks("href")
    assert await Attempt.all().count() == 0


async def test_a_card_number_is_never_shown_again(beto, order):
    for changes in (
        {"city": ""},
        {"card_number": "4242 4242 4242 4241"},
        {"card_number": "4242424242424242", "name": ""},
    ):
        for headers in ({}, HTMX):
            answer = await beto.post(f"{order}/payment", DELIVERY | CARD | changes, **headers)
            assert answer.status == 422
            assert "4242 4242" not in answer.text
            assert "42424242" not in answer.text


async def test_a_card_number_is_kept_nowhere(beto, order, back_office, database_url, redis_instance, capfd):
    await pays(beto, order, city="")
    await pays(beto, order, **NOT_APPROVED)
    await back_office.works()
    await pays(beto, order, card_number="4242-4242-4242-4242")
    await back_office.works_until_rest()
    with sqlite3.connect(database_url.removeprefix("sqlite:///")) as database, redis_instance.client() as client:
        kept = [*database.iterdump(), *(str(client.dump(key)) for key in client.scan_iter()), *capfd.readouterr()]
    everything = "".join(kept)
    assert "'visa'" in everything  # what may be kept is there, so the search looks in the right place
    for number in ("4242424242424242", "4242 4242", "4242-4242", "4000000000000002", "4000 0000"):
        assert number not in everything


async def test_what_was_typed_comes_back_with_its_errors(beto, order):
    answer = await pays(beto, order, city="", courier="dhl", address="Carrera 7 & 8")
    assert 'value="Carrera 7 &amp; 8"' in answer.text
    assert answer.marks("aria-describedby") == ["city-err", "card_number-hint"]
    assert "Pagar US$\u00a064,50" in answer.text


async def test_a_declined_card_is_told_and_another_is_taken(beto, order, back_office):
    await pays(beto, order, **NOT_APPROVED)
    await back_office.works()
    page = await beto.get(order)
    assert page.mark("data-status") == "placed"
    assert page.alerts[0].startswith("El banco rechazó el pago No se ha cobrado nada")
    await beto.post(f"{order}/payment", CARD)
    await back_office.works()
    assert (await beto.get(order)).marks("data-status") == ["paid", "preparing"]
    assert await Capture.all().count() == 1


@pytest.mark.every_database
async def test_flaw_m42_a_hold_that_ran_out_is_neither_shown_as_open_nor_paid(beto, order):
    now = clock.utcnow()
    await Order.all().update(deadline=now)
    await Hold.all().update(deadline=now)
    page = await beto.get(order)
    assert page.alerts[0].startswith("El plazo para pagar terminó")
    assert f"{order}/payment" not in page.text
    assert "every" not in page.text
    answer = await pays(beto, order)
    assert (answer.status, answer.mark("data-status")) == (409, "expired")
    assert answer.alerts[0] == "El plazo para pagar terminó. No se ha cobrado nada."
    assert await Capture.all().count() == 0


async def test_letting_go_puts_the_copies_back(ana, beto, back_office):
    book = await shelved(ana)
    order = await orders(beto, book)
    assert (await beto.post(f"{order}/cancellation")).location == order
    await back_office.works()
    assert (await Book.get(id=book.id)).stock == 1
    assert (await beto.get(order)).mark("data-status") == "cancelled"
    answer = await beto.post(f"{order}/cancellation")
    assert (answer.status, answer.alerts) == (409, ["El pedido fue cancelado."])


async def test_cancelling_a_paid_order_sends_the_money_back(beto, order, back_office):
    await pays(beto, order)
    assert (await beto.post(f"{order}/cancellation")).status == 409
    await back_office.works()
    answer = await beto.post(f"{order}/cancellation", **HTMX)
    assert (answer.status, answer.marks("data-status")[0]) == (200, "cancelled")
    assert "Se devuelven US$\u00a034,50" in answer.text


async def test_each_form_needs_its_token(beto, order):
    for form in ("payment", "delivery", "cancellation"):
        for token in ("", "00" * 64):
            assert (await beto.post(f"{order}/{form}", DELIVERY | CARD | {"_csrf": token})).status == 403
    assert (await stored(order)).status == "placed"


def test_asvs_2_4_1_buying_and_paying_are_limited_per_person(shop):
    for view in ("orders.create", "orders.pay"):
        assert vars(shop.view_functions[view])["limits"] == (BUY,)
