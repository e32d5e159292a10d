"""Ending an order or a parcel early: the copies go back to the shelf and the money to the buyer."""

from bookstore.data import clock, db, inbox, outbox
from bookstore.orders import refunding, states
from bookstore.orders.models import Order, OrderLine, Parcel
from bookstore.orders.shelf import Shelf
from bookstore.orders.shipping import finish_when_all_arrived
from bookstore.orders.states import WrongState


async def cancel(order: Order) -> None:
    """The buyer ends the order: while `placed`, or `paid` with no parcel handed over. Raises WrongState."""
    await db.transact(_cancel, order.id)


async def _cancel(order_id: str) -> None:
    status = await states.hold_order(order_id)
    if status not in {"placed", "paid"}:
        raise WrongState(status)
    await states.move(order_id, status, "cancelled")
    for parcel in await Parcel.filter(order_id=order_id).order_by("id"):
        if await states.move_parcel(parcel, "preparing", "cancelled"):
            if status == "paid":
                await refunding.owe_parcel(parcel)
        elif parcel.status != "cancelled":
            raise WrongState(parcel.status)
    await outbox.record("orders", "copies.returned", {"order": order_id})


async def cancel_parcel(parcel: Parcel) -> None:
    """The seller cannot send: that part is refunded and restocked. Raises WrongState unless paid and preparing."""
    await db.transact(_cancel_parcel, parcel)


async def _cancel_parcel(parcel: Parcel) -> None:
    status = await states.hold_order(parcel.order_id)
    if status != "paid" or not await states.move_parcel(parcel, "preparing", "cancelled"):
        raise WrongState(status if status != "paid" else (await Parcel.get(id=parcel.id)).status)
    await refunding.owe_parcel(parcel)
    await outbox.record("orders", "copies.returned", {"order": parcel.order_id, "parcel": parcel.id})
    await finish_when_all_arrived(parcel.order_id)


async def expire_overdue() -> int:
    """End the `placed` orders whose hold has run out; returns how many. Their copies are catalog's to free already."""
    overdue = Order.filter(status="placed", deadline__lte=clock.database_now())
    orders = await overdue.order_by("deadline").limit(100)
    return sum([await db.transact(_expire, order.id) for order in orders])


async def _expire(order_id: str) -> bool:
    if not await states.move(order_id, "placed", "expired"):
        return False
    # A hold that a crashed attempt left confirmed has no deadline that would free it.
    await outbox.record("orders", "copies.returned", {"order": order_id})
    return True


async def return_copies(shelf: Shelf, order_id: str, parcel_id: int | None, inbox_key: str) -> None:
    """Give an ended order's copies, or one parcel's, back to the shelf."""
    book_ids = None
    if parcel_id is not None:
        book_ids = [line.book_id for line in await OrderLine.filter(parcel_id=parcel_id)]
    await shelf.release(order_id, book_ids)
    await db.transact(inbox.apply_once, inbox_key)
