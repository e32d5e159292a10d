"""A parcel's way to its buyer, by a simulated courier that reports each step after a while."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from bookstore.config import Config
from bookstore.data import db, inbox, outbox
from bookstore.orders import states
from bookstore.orders.models import Parcel
from bookstore.orders.states import WrongState

NEXT = {"shipped": "in_transit", "in_transit": "delivered"}


@dataclass(frozen=True)
class Pace:
    """How long the simulated courier takes: until it collects, and for each step."""

    preparing: timedelta
    step: timedelta

    @classmethod
    def of(cls, config: Config) -> "Pace":
        return cls(timedelta(seconds=config.preparing_seconds), timedelta(seconds=config.shipping_step_seconds))


async def await_courier(order_id: str, pace: Pace) -> None:
    """The order is paid: the courier comes for each parcel. Inside the payment's transaction."""
    for parcel in await Parcel.filter(order_id=order_id).order_by("id"):
        await outbox.record("orders", "parcel.waiting", {"parcel": parcel.id}, pace.preparing)


async def hand_over(parcel: Parcel, pace: Pace) -> None:
    """The seller gives the parcel to the courier. Raises WrongState unless it is paid and `preparing`."""
    await db.transact(_hand_over, parcel, pace)


async def _hand_over(parcel: Parcel, pace: Pace) -> None:
    status = await states.hold_order(parcel.order_id)
    if not (status == "paid" and await _ship(parcel, pace)):
        raise WrongState(status if status != "paid" else (await Parcel.get(id=parcel.id)).status)


async def collect(parcel_id: int, pace: Pace, inbox_key: str) -> None:
    """The courier comes by itself; nothing to do when the seller was quicker, or cancelled."""
    await db.transact(_collect, await Parcel.get(id=parcel_id), pace, inbox_key)


async def _collect(parcel: Parcel, pace: Pace, inbox_key: str) -> None:
    await inbox.apply_once(inbox_key)
    if await states.hold_order(parcel.order_id) == "paid":
        await _ship(parcel, pace)


async def _ship(parcel: Parcel, pace: Pace) -> bool:
    if not await states.move_parcel(parcel, "preparing", "shipped"):
        return False
    tracking = f"{(parcel.courier or 'bs')[:3].upper()}{secrets.randbelow(10**10):010d}"
    await Parcel.filter(id=parcel.id).update(tracking=tracking)
    await outbox.record("orders", "parcel.moving", {"parcel": parcel.id, "from": "shipped"}, pace.step)
    return True


async def advance(parcel_id: int, before: str, pace: Pace, inbox_key: str) -> None:
    """One more step of the courier from `before`; the last one may complete the order."""
    await db.transact(_advance, await Parcel.get(id=parcel_id), before, pace, inbox_key)


async def _advance(parcel: Parcel, before: str, pace: Pace, inbox_key: str) -> None:
    await inbox.apply_once(inbox_key)
    await states.hold_order(parcel.order_id)
    after = NEXT[before]
    if not await states.move_parcel(parcel, before, after):
        return
    if after in NEXT:
        await outbox.record("orders", "parcel.moving", {"parcel": parcel.id, "from": after}, pace.step)
    else:
        await finish_when_all_arrived(parcel.order_id)


async def finish_when_all_arrived(order_id: str) -> None:
    """All parcels cancelled: so is the order; else all delivered or cancelled: completed. Hold the order first."""
    statuses = {parcel.status for parcel in await Parcel.filter(order_id=order_id)}
    if statuses == {"cancelled"}:
        await states.move(order_id, "paid", "cancelled", note="by the sellers")
    elif statuses <= {"delivered", "cancelled"}:
        await states.move(order_id, "paid", "completed")
