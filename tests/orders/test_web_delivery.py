"""The delivery's half of the order's form: couriers, addresses and the total that follows them."""

import pytest

from bookstore.orders.checkout import Buyer
from bookstore.orders.models import Parcel
from tests.orders.buying import (
    ADDRESS,
    DELIVERY,
    HTMX,
    NO_CODES,
    NO_TEXTS,
    pays,
    shelved,
    stored,
)


async def test_keep_m10_the_couriers_price_is_in_the_total(beto, order):
    for courier, cents in {"dhl": 5000, "fedex": 4500, "envia": 2000, "servientrega": 1500}.items():
        answer = await beto.post(f"{order}/delivery", DELIVERY | {"courier": courier})
        assert (answer.status, answer.location) == (303, order)
        page = await beto.get(order)
        assert page.mark("data-total-cents") == str(1450 + cents)
        assert 'value="Beto Ruiz"' in page.text


async def test_each_parcel_has_its_own_courier(ana, carla, beto, back_office):
    books = [await shelved(ana), await shelved(carla, "Ubik")]
    placed = await back_office.places(*books, buyer=Buyer(beto.id, "Beto"))  # the cart's page comes later
    order = f"/orders/{placed.id}"
    answer = await beto.post(
        f"{order}/delivery", ADDRESS | {f"courier_{ana.id}": "dhl", f"courier_{carla.id}": "envia"}
    )
    assert answer.status == 303
    parcels = await Parcel.all().order_by("seller_id")
    assert {parcel.seller_id: parcel.courier for parcel in parcels} == {ana.id: "dhl", carla.id: "envia"}
    answer = await beto.post(f"{order}/delivery", ADDRESS | {f"courier_{ana.id}": "dhl"})
    assert (answer.status, answer.marks("aria-describedby")[0]) == (422, f"courier_{carla.id}-err")
    assert (await beto.post(f"{order}/delivery", DELIVERY | {f"courier_{ana.id}": "fedex"})).status == 303
    couriers = await Parcel.all().order_by("seller_id").values_list("courier", flat=True)
    assert sorted(couriers) == ["envia", "fedex"]


async def test_a_quote_shows_a_total_and_stores_nothing(beto, ana, order):
    page = await beto.get(f"{order}/delivery?courier_{ana.id}=dhl", **HTMX)
    assert "Pagar US$\u00a064,50" in page.text
    assert page.mark("data-total-cents") == "1450"
    assert (await stored(order)).shipping_cents == 0
    assert (await beto.get(f"{order}/delivery?courier_{ana.id}=ups")).status == 200


async def test_flaw_m14_flaw_m15_delivery_is_chosen_once_paying_began(beto, order):
    await pays(beto, order)
    for _ in range(4):
        answer = await beto.post(f"{order}/delivery", DELIVERY | {"courier": "dhl"})
        assert answer.status == 409
        assert answer.alerts == ["El banco está contestando; ahora el pedido no puede cambiar."]
    assert await Parcel.all().values_list("courier", flat=True) == ["envia"]


async def test_flaw_m16_a_courier_that_is_not_there_is_refused(beto, order):
    for courier in NO_CODES:
        answer = await beto.post(f"{order}/delivery", DELIVERY | {"courier": courier})
        assert answer.status == 422, courier[:20]
        assert answer.alerts
    assert (await stored(order)).shipping_cents == 0


@pytest.mark.parametrize("field", [*ADDRESS])
async def test_an_address_is_written_in_letters(beto, order, field):
    for typed in NO_TEXTS:
        answer = await pays(beto, order, **{field: typed})
        assert answer.status == 422, ascii(typed[:20])
        assert f"#{field}" in answer.marks("href"), ascii(typed[:20])
    assert (await stored(order)).recipient is None


@pytest.mark.every_database
@pytest.mark.parametrize("field", [*ADDRESS])
async def test_an_address_may_be_of_any_script(beto, order, field):
    for typed in ("Ñandú 日本 😀", "<script>alert(1)</script>", "x" * 80):
        answer = await beto.post(f"{order}/delivery", DELIVERY | {field: typed})
        assert answer.status == 303
        page = await beto.get(order)
        assert "<script>alert" not in page.text
