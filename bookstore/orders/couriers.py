"""Who carries a parcel and what it costs: the original shop's four couriers, in minor units of the shop's currency."""

from collections.abc import Mapping
from dataclasses import dataclass

from bookstore.data import clock, db
from bookstore.orders.models import Order, Parcel
from bookstore.orders.states import WrongState


@dataclass(frozen=True)
class Courier:
    code: str
    name: str
    coverage: str  # international or national
    cents: int


COURIERS = {
    courier.code: courier
    for courier in (
        Courier("dhl", "DHL", "international", 5000),
        Courier("fedex", "FedEx", "international", 4500),
        Courier("envia", "Envia", "national", 2000),
        Courier("servientrega", "Servientrega", "national", 1500),
    )
}


@dataclass(frozen=True)
class Address:
    name: str
    address: str
    city: str
    country: str


async def choose(order: Order, chosen: Mapping[int, str], address: Address) -> None:
    """Choose, or change, who carries each seller's parcel and where to; the order's total follows.

    `chosen` maps every seller's id to a courier's code. Raises WrongState unless the order is `placed`.
    """
    await db.transact(_choose, order.id, chosen, address)


async def _choose(order_id: str, chosen: Mapping[int, str], address: Address) -> None:
    shipping = sum(COURIERS[code].cents for code in chosen.values())
    changed = await Order.filter(id=order_id, status="placed").update(
        shipping_cents=shipping,
        recipient=address.name,
        address=address.address,
        city=address.city,
        country=address.country,
        changed=clock.database_now(),
    )
    if not changed:
        raise WrongState((await Order.get(id=order_id)).status)
    for seller_id, code in sorted(chosen.items()):
        parcel = Parcel.filter(order_id=order_id, seller_id=seller_id)
        if not await parcel.update(courier=code, shipping_cents=COURIERS[code].cents):
            raise ValueError(f"order {order_id} has no parcel of seller {seller_id}")
