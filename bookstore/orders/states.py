"""Every state of an order and of a parcel, and each way from one to the next."""

from tortoise.expressions import F

from bookstore.data import clock
from bookstore.orders.models import Order, OrderEvent, Parcel

ORDER = {
    "placed": ("paying", "expired", "cancelled"),
    "paying": ("paid", "placed", "expired"),
    "paid": ("completed", "cancelled"),
    "completed": (),
    "expired": (),
    "cancelled": (),
}
PARCEL = {
    "preparing": ("shipped", "cancelled"),
    "shipped": ("in_transit",),
    "in_transit": ("delivered",),
    "delivered": (),
    "cancelled": (),
}
MOVING = frozenset({"paying", "paid"})  # an order that changes without its buyer


class WrongState(Exception):
    """What was asked for is not possible from state `args[0]`."""


async def move(order_id: str, before: str, after: str, note: str = "") -> bool:
    """Take the order from one state to the next and record it; False when it was not in `before`.

    Call it inside a transaction: it holds the order's row from then on.
    """
    if after not in ORDER[before]:
        raise ValueError(f"no way from {before} to {after}")
    in_state = Order.filter(id=order_id, status=before)
    if not await in_state.update(status=after, version=F("version") + 1, changed=clock.database_now()):
        return False
    await _record(order_id, before, after, note)
    return True


async def move_parcel(parcel: Parcel, before: str, after: str, note: str = "") -> bool:
    """The same for a parcel. Its order must be held (`hold_order`), so that siblings change one after the other."""
    if after not in PARCEL[before]:
        raise ValueError(f"no way from {before} to {after}")
    if not await Parcel.filter(id=parcel.id, status=before).update(status=after):
        return False
    await Order.filter(id=parcel.order_id).update(version=F("version") + 1)
    await _record(parcel.order_id, before, after, note, parcel.id)
    return True


async def hold_order(order_id: str) -> str:
    """Keep others off this order until the transaction ends; returns its state. Orders before parcels, everywhere."""
    await Order.filter(id=order_id).update(version=F("version"))
    return (await Order.get(id=order_id)).status


async def begin(order: Order) -> None:
    """Record the order's first state."""
    await _record(order.id, None, order.status, "")


async def _record(order_id: str, before: str | None, after: str, note: str, parcel_id: int | None = None) -> None:
    seq = (await Order.get(id=order_id)).version
    await OrderEvent.create(
        order_id=order_id, seq=seq, parcel_id=parcel_id, before=before, after=after, note=note, at=clock.utcnow()
    )
