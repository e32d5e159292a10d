"""What an order's page shows: its stage, its trail, its total, and whether the page follows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from bookstore.data import clock
from bookstore.orders import reading, words
from bookstore.orders.couriers import COURIERS
from bookstore.orders.models import Attempt, Order, OrderEvent, Parcel, Refund
from bookstore.texts import lazy

STAGES = (lazy("Set aside"), lazy("Paid"), lazy("On its way"), lazy("Delivered"))
# How many stages lie behind an order of this state; the next one is under way.
BEHIND = {"placed": 0, "paying": 1, "paid": 2, "completed": len(STAGES)}
STAMPS = {"paid": "go", "completed": "go", "cancelled": "bad", "expired": "bad"}
WAY = ("preparing", "shipped", "in_transit", "delivered")
# When the page asks for itself again: only where the order can change without its reader.
FOLLOWS = {"placed": "shop:over", "paying": "every 1s", "paid": "every 2s"}

Couriers = Mapping[int, str | None]  # a courier's code for each seller


@dataclass(frozen=True)
class Step:
    """One stop of a trail. `state` is done, now or next; `at` is None where it has not happened."""

    label: str
    state: str
    at: datetime | None = None


@dataclass
class Shown:
    """An order as its page shows it at the moment `now` of the database's clock."""

    order: Order
    attempts: Sequence[Attempt]
    refunds: Sequence[Refund]
    now: datetime
    chosen: Couriers

    @property
    def state(self) -> str:
        return state(self.order, self.now)

    @property
    def seconds_left(self) -> int:
        left: timedelta = self.order.deadline - self.now
        return ceil(left.total_seconds())

    @property
    def seconds_whole(self) -> int:
        """How long the hold lasts in all."""
        whole: timedelta = self.order.deadline - self.order.created
        return max(1, round(whole.total_seconds()))

    @property
    def follows(self) -> str:
        """The page's trigger for asking again; empty where the order rests."""
        return FOLLOWS.get(self.state, "")

    @property
    def stages(self) -> list[tuple[str, str]]:
        behind = BEHIND.get(self.state)
        if behind is None:
            return []
        return [(str(label), _relative(place, behind)) for place, label in enumerate(STAGES)]

    @property
    def stamp(self) -> str:
        """The kind of the stamp at the head: go, bad or none."""
        return STAMPS.get(self.state, "")

    @property
    def last(self) -> Attempt | None:
        return self.attempts[-1] if self.attempts else None

    @property
    def failed(self) -> str:
        """How the last try to pay ended, while the order waits for another one: declined, closed or nothing."""
        return self.last.outcome if self.last and self.state == "placed" else ""

    @property
    def is_paid(self) -> bool:
        return self.since("paid") is not None

    @property
    def may_cancel(self) -> bool:
        """Whether its buyer may still take it back after paying."""
        parcels = {parcel.status for parcel in self.order.parcels}
        return self.order.status == "paid" and parcels <= {"preparing", "cancelled"}

    @property
    def postage(self) -> list[tuple[Parcel, str, int | None]]:
        """Each parcel with its courier's name and price in cents; None where none is chosen."""
        codes = [(parcel, self.chosen.get(parcel.seller_id)) for parcel in self.order.parcels]
        return [(parcel, words.courier(code), COURIERS[code].cents if code else None) for parcel, code in codes]

    @property
    def total_cents(self) -> int:
        """What is paid, with the couriers chosen."""
        return int(self.order.goods_cents) + sum(cents or 0 for _, _, cents in self.postage)

    @property
    def refunded_cents(self) -> int:
        return sum(refund.amount_cents for refund in self.refunds)

    @property
    def past(self) -> list[Step]:
        """What happened to the order itself, oldest first."""
        events = [event for event in self.order.events if event.parcel_id is None]
        return [Step(words.happened(event), self._progress(event), event.at) for event in events]

    def _progress(self, event: OrderEvent) -> str:
        return "now" if event.after == self.state == "paying" else "done"

    def since(self, status: str, parcel: Parcel | None = None) -> datetime | None:
        """When the order, or its parcel, came to this state; None if it never did."""
        wanted = (status, parcel.id if parcel else None)
        return next((event.at for event in self.order.events if (event.after, event.parcel_id) == wanted), None)

    def trail(self, parcel: Parcel) -> list[Step]:
        """The way of a parcel that is not cancelled: what happened, where it is, what comes."""
        here = WAY.index(parcel.status)
        return [self._stop(parcel, place, here) for place in range(len(WAY))]

    def _stop(self, parcel: Parcel, place: int, here: int) -> Step:
        stop = WAY[place]
        passed = "done" if parcel.status == "delivered" else _relative(place, here)
        label = words.waypoint(stop, passed, parcel, self.order.recipient or self.order.buyer_name)
        return Step(label, passed, self.since("paid") if place == 0 else self.since(stop, parcel))


async def of(order: Order, chosen: Couriers | None = None) -> Shown:
    """The order with all that its page needs; `chosen` shows one set aside as it would be with these couriers."""
    attempts, refunds, now = await reading.attempts(order.id), await reading.refunds(order.id), await clock.read()
    if chosen is None or state(order, now) != "placed":
        chosen = {parcel.seller_id: parcel.courier for parcel in order.parcels}
    return Shown(order, attempts, refunds, now, chosen)


def state(order: Order, now: datetime) -> str:
    """The order's state, or `run_out` where its hold is over by the database's clock and no worker has said so yet."""
    over = order.status == "placed" and order.deadline <= now
    return "run_out" if over else str(order.status)


def _relative(place: int, here: int) -> str:
    return "done" if place < here else "now" if place == here else "next"
