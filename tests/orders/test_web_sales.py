"""A seller's parcels: seen by nobody else, sent once, cancelled with the money back."""

import pytest

from bookstore.catalog.models import Book
from bookstore.orders.checkout import Buyer
from bookstore.orders.models import Order, Parcel, Refund
from tests.orders.buying import HTMX, shelved

ACTIONS = ("handover", "cancellation")


@pytest.fixture
async def parcel(ana, beto, back_office) -> str:
    """The address of ana's parcel of an order that beto has paid."""
    await back_office.buys(await shelved(ana, cents=1450), buyer=Buyer(beto.id, "Beto"))
    await back_office.works()
    [parcel] = await Parcel.all()
    return f"/parcels/{parcel.id}"


async def status_of(parcel: str) -> str:
    return (await Parcel.get(id=parcel.rpartition("/")[2])).status


async def test_a_paid_parcel_waits_in_the_sellers_list_with_its_address(ana, parcel):
    page = await ana.get("/sales")
    assert page.mark("data-status") == "preparing"
    assert "Por enviar" in page.text
    assert "Beto, Calle 49 # 36-21, Medellín, Colombia" in page.text
    assert "Envia" in page.text


async def test_an_unpaid_order_is_no_sale_yet(ana, beto, back_office):
    await back_office.buys(await shelved(ana), buyer=Buyer(beto.id, "Beto"))
    page = await ana.get("/sales")
    assert page.marks("data-parcel-id") == []
    assert "Aún no has vendido nada" in page.text


async def test_an_order_let_go_before_it_was_paid_was_no_sale(ana, beto, back_office):
    order = await back_office.places(await shelved(ana), buyer=Buyer(beto.id, "Beto"))
    await back_office.chooses(order)
    await beto.post(f"/orders/{order.id}/cancellation")
    assert (await ana.get("/sales")).marks("data-parcel-id") == []


async def test_flaw_m14_no_parcel_leaves_unpaid(ana, beto, back_office):
    order = await back_office.places(await shelved(ana), buyer=Buyer(beto.id, "Beto"))
    for step in (None, back_office.chooses, back_office.pays):
        if step:
            await step(order)
        [parcel] = await Parcel.all()
        for action in ACTIONS:
            answer = await ana.post(f"/parcels/{parcel.id}/{action}")
            assert (answer.status, answer.mark("data-status")) == (409, "preparing")
            assert answer.alerts
        assert "Calle 49" not in (await ana.get(f"/parcels/{parcel.id}")).text


@pytest.mark.every_database
async def test_row_f5_a_parcel_handed_over_has_a_tracking_code(ana, beto, parcel):
    answer = await ana.post(f"{parcel}/handover")
    assert (answer.status, answer.location) == (303, parcel)
    [sent] = await Parcel.all()
    assert (sent.status, sent.tracking[:3]) == ("shipped", "ENV")
    for reader, address in ((ana, "/sales"), (ana, parcel), (beto, f"/orders/{sent.order_id}")):
        page = await reader.get(address)
        assert sent.tracking in page.text
        assert "shipped" in page.marks("data-status")


async def test_flaw_m15_a_parcel_is_handed_over_once(ana, parcel):
    answers = [await ana.post(f"{parcel}/handover") for _ in range(3)]
    assert [answer.status for answer in answers] == [303, 409, 409]
    assert (await ana.post(f"{parcel}/cancellation")).status == 409


async def test_htmx_gets_the_parcel_alone(ana, parcel):
    answer = await ana.post(f"{parcel}/handover", **HTMX)
    assert (answer.status, answer.mark("data-status")) == (200, "shipped")
    assert "<html" not in answer.text
    answer = await ana.post(f"{parcel}/handover", **HTMX)
    assert (answer.status, len(answer.alerts)) == (409, 1)


async def test_a_seller_who_cannot_send_gives_the_money_back(ana, beto, parcel, back_office):
    assert (await ana.post(f"{parcel}/cancellation")).status == 303
    await back_office.works_until_rest()
    [order], [book], [refund] = await Order.all(), await Book.all(), await Refund.all()
    assert (order.status, book.stock, refund.amount_cents) == ("cancelled", 1, 1450 + 2000)
    page = await beto.get(f"/orders/{order.id}")
    assert page.marks("data-status")[0] == "cancelled"
    assert "Se devuelven US$\u00a034,50" in page.text


async def test_another_sellers_parcel_is_not_there(beto, carla, parcel):
    for stranger in (beto, carla):
        assert (await stranger.get(parcel)).status == 404
        for action in ACTIONS:
            assert (await stranger.post(f"{parcel}/{action}")).status == 404
        assert parcel not in (await stranger.get("/sales")).text
    assert await status_of(parcel) == "preparing"


async def test_a_parcel_that_cannot_be_is_no_page(ana):
    for number in ("0", "7", "-1", "abc", "1e3", "9" * 19, "9" * 40, "%00"):
        assert (await ana.get(f"/parcels/{number}")).status == 404
        for action in ACTIONS:
            assert (await ana.post(f"/parcels/{number}/{action}")).status == 404


async def test_each_form_needs_its_token(ana, parcel):
    for action in ACTIONS:
        assert (await ana.post(f"{parcel}/{action}", {"_csrf": ""})).status == 403
    assert await status_of(parcel) == "preparing"


async def test_a_stranger_is_sent_to_the_login(anybody):
    for address in ("/sales", "/parcels/1", "/orders"):
        assert (await anybody.get(address)).location.startswith("/session/new?next=")


async def test_each_seller_sees_only_her_part_of_an_order(ana, beto, carla, back_office):
    books = [await shelved(ana, "Rayuela"), await shelved(carla, "Ubik")]
    await back_office.buys(*books, buyer=Buyer(beto.id, "Beto"))
    await back_office.works()
    for seller, hers, others in ((ana, "Rayuela", "Ubik"), (carla, "Ubik", "Rayuela")):
        page = await seller.get("/sales")
        assert hers in page.text
        assert others not in page.text


async def test_older_sales_are_on_the_next_page(ana, beto, back_office):
    book = await shelved(ana, stock=30)
    for _ in range(25):
        await back_office.buys(book, buyer=Buyer(beto.id, "Beto"))
    await back_office.works()
    page = await ana.get("/sales")
    assert len(page.marks("data-parcel-id")) == 24
    [older] = [href for href in page.marks("href") if "after=" in href]
    assert len((await ana.get(older)).marks("data-parcel-id")) == 1
    for junk in ("abc", "-1", "9" * 40, "9" * 5000, "%00", "😀"):
        assert (await ana.get(f"/sales?after={junk}")).status == 200
