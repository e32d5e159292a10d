"""An order's page in each of its states, in both languages, whole and as a fragment; its history and its receipt."""

from datetime import timedelta

import pytest

from bookstore.catalog.models import Hold
from bookstore.data import clock
from bookstore.orders.models import Order
from tests.orders.buying import CARD, DELIVERY, HTMX, NOT_APPROVED, orders, pays, shelved

POLL = 'hx-trigger="every '
LANGUAGES = {"es": {}, "en": {"Accept_Language": "en"}}
HEADINGS = {
    "placed": ("Apartado para ti", "Set aside for you"),
    "run_out": ("El plazo para pagar terminó", "The time to pay ran out"),
    "declined": ("El banco rechazó el pago", "The bank declined the payment"),
    "paying": ("Esperando al banco", "Waiting for the bank"),
    "paid": ("Ana lo está empacando", "Ana is packing it"),
    "shipped": ("Recogido por Envia", "Collected by Envia"),
    "in_transit": ("En camino", "On its way"),
    "completed": ("Entregado a Beto Ruiz", "Delivered to Beto Ruiz"),
    "expired": ("Plazo vencido, libros de vuelta", "Time ran out, books back"),
    "cancelled": ("El pedido fue cancelado", "The order was cancelled"),
}
FOLLOWS = {"paying", "paid", "shipped", "in_transit"}
STEPS = {"paid": 1, "shipped": 2, "in_transit": 3, "completed": 4}


@pytest.fixture
def comes_to(beto, order, back_office):
    """Bring the order to a state, as people and workers would."""

    async def walk(state: str) -> None:
        if state in {"run_out", "expired"}:
            past = clock.utcnow() - timedelta(seconds=1)
            await Order.all().update(deadline=past)
            await Hold.all().update(deadline=past)
        if state == "expired":
            await beto.post(f"{order}/payment", DELIVERY | CARD)
        if state == "cancelled":
            await beto.post(f"{order}/cancellation")
        if state in {"paying", "declined"} | STEPS.keys():
            await pays(beto, order, **(NOT_APPROVED if state == "declined" else {}))
        await back_office.works(STEPS.get(state, 1 if state == "declined" else 0))

    return walk


@pytest.mark.every_database
@pytest.mark.parametrize("state", HEADINGS)
async def test_every_state_in_both_languages_whole_and_as_a_fragment(beto, order, comes_to, state):
    await comes_to(state)
    for heading, language in zip(HEADINGS[state], LANGUAGES.values(), strict=True):
        for headers in (language, language | HTMX):
            page = await beto.get(order, **headers)
            assert page.status == 200
            assert heading in page.text
            assert ("<html" in page.text) is (headers is language)
            assert page.mark("data-order-id") == order.rpartition("/")[2]
            assert (POLL in page.text) is (state in FOLLOWS)
            assert page.headers["Cache-Control"] == "no-store"
            assert "HX-Request" in page.headers["Vary"]


@pytest.mark.parametrize("state", HEADINGS)
async def test_what_can_be_done_in_each_state(beto, order, comes_to, state):
    await comes_to(state)
    text = (await beto.get(order)).text
    assert (f"{order}/payment" in text) is (state in {"placed", "declined"})
    assert (f"{order}/cancellation" in text) is (state in {"placed", "declined", "paid"})
    assert (f"{order}/receipt" in text) is (state in STEPS)


async def test_the_heading_is_the_ids_beginning(beto, order):
    assert f"<h1>Pedido {order.rpartition('/')[2][:8]}</h1>" in (await beto.get(order)).text


async def test_the_countdown_is_words_a_time_and_a_bar(beto, order):
    page = await beto.get(order)
    assert 'role="timer"' in page.text
    assert page.mark("max") == "900"
    assert 880 < int(page.mark("data-seconds")) <= 900
    assert 'hx-trigger="shop:over"' in page.text


async def test_a_poll_that_finds_nothing_new_swaps_nothing(beto, order, back_office):
    await pays(beto, order)
    page = await beto.get(order)
    [seen] = [address for address in page.marks("hx-get") if "seen=" in address]
    answer = await beto.get(seen, **HTMX)
    assert (answer.status, answer.text) == (204, "")
    assert (await beto.get(seen)).status == 200
    await back_office.works()
    answer = await beto.get(seen, **HTMX)
    assert (answer.status, answer.marks("data-status")) == (200, ["paid", "preparing"])


async def test_a_hold_that_ends_while_it_is_looked_at_is_asked_for_anew(beto, order, comes_to):
    [seen] = [address for address in (await beto.get(order)).marks("hx-get") if "seen=" in address]
    await comes_to("run_out")
    answer = await beto.get(seen, **HTMX)
    assert answer.alerts[0].startswith("El plazo para pagar terminó")
    assert "hx-trigger" not in answer.text


async def test_a_htmx_form_gets_the_next_state_in_its_place(beto, order):
    answer = await beto.post(f"{order}/payment", DELIVERY | CARD, **HTMX)
    assert (answer.status, answer.marks("data-status")) == (200, ["paying"])
    assert answer.text.lstrip().startswith('<div class="wrap stack" id="order"')


async def test_without_scripts_the_total_and_the_news_are_a_button_away(beto, order):
    assert f"{order}/delivery" in (await beto.get(order)).marks("formaction")
    await pays(beto, order)
    assert order in (await beto.get(order)).marks("href")


async def test_keep_m12_the_history_names_every_order_and_its_state(ana, beto, order, comes_to):
    await comes_to("paid")
    await orders(beto, await shelved(ana, "Ubik"))
    page = await beto.get("/orders")
    assert page.marks("data-status") == ["placed", "paid"]
    assert "Rayuela &amp; más" in page.text
    assert order in page.marks("href")
    assert (await ana.get("/orders")).marks("data-order-id") == []


@pytest.mark.every_database
async def test_older_orders_are_on_the_next_page(ana, beto):
    book = await shelved(ana, stock=30)
    placed = [await orders(beto, book) for _ in range(25)]
    page = await beto.get("/orders")
    assert [f"/orders/{key}" for key in page.marks("data-order-id")] == placed[:0:-1]
    [older] = [href for href in page.marks("href") if "after=" in href]
    assert (await beto.get(older)).marks("data-order-id") == [placed[0].rpartition("/")[2]]
    for junk in ("abc", "-1", "%00", "😀", "x" * 2000):
        assert (await beto.get(f"/orders?after={junk}")).status == 200


async def test_a_receipt_is_there_once_it_is_paid(beto, order, comes_to):
    assert (await beto.get(f"{order}/receipt")).status == 404
    await comes_to("paid")
    page = await beto.get(f"{order}/receipt")
    assert page.mark("data-total-cents") == "3450"
    for text in ("Visa terminada en 4242", "Rayuela &amp; más", "Calle 49 # 36-21", "US$\u00a034,50"):
        assert text in page.text
    assert "Receipt" in (await beto.get(f"{order}/receipt", **LANGUAGES["en"])).text


async def test_a_receipt_tells_what_went_back(beto, order, comes_to):
    await comes_to("paid")
    await beto.post(f"{order}/cancellation")
    page = await beto.get(f"{order}/receipt")
    assert page.mark("data-status") == "cancelled"
    assert "−US$\u00a034,50" in page.text
