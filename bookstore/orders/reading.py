"""What people see of orders, always loaded through whose they are: not yours and not there are the same."""

import re
from dataclasses import dataclass
from typing import Generic, TypeVar

from tortoise.expressions import Q
from tortoise.functions import Count
from tortoise.query_utils import Prefetch
from tortoise.queryset import QuerySet

from bookstore.orders.models import Attempt, Order, OrderEvent, OrderLine, Parcel, Refund

PAGE = 24
KEY = 36  # characters of an order's id; the ORM raises for more
_PARCEL = re.compile(r"[0-9]{1,18}")
T = TypeVar("T", Order, Parcel)


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows, newest first, and the mark to ask for the next ones with."""

    items: list[T]
    next: str | None


async def of_buyer(buyer_id: int, order_id: str) -> Order | None:
    """The buyer's order with its lines, parcels (each with its lines) and events in order."""
    return await _whole(Order.filter(id=order_id, buyer_id=buyer_id)).first()


def _whole(orders: QuerySet[Order]) -> QuerySet[Order]:
    # A parcel's lines inside its own queryset: named `parcels__lines` beside it, the ORM would read the parcels twice
    # at once, with lines and without, and keep whichever comes last.
    parcels = Parcel.all().order_by("seller_id").prefetch_related(Prefetch("lines", queryset=_lines()))
    return orders.prefetch_related(
        Prefetch("lines", queryset=_lines()),
        Prefetch("parcels", queryset=parcels),
        Prefetch("events", queryset=OrderEvent.all().order_by("seq")),
    )


def _lines() -> QuerySet[OrderLine]:
    return OrderLine.all().order_by("book_id")


async def attempts(order_id: str) -> list[Attempt]:
    """The order's tries to pay, first to last."""
    return await Attempt.filter(order_id=order_id).order_by("number")


async def refunds(order_id: str) -> list[Refund]:
    return await Refund.filter(order_id=order_id).order_by("at", "key")


async def history(buyer_id: int, after: str | None = None) -> Page[Order]:
    """The buyer's orders, newest first. `after` is an earlier page's `next`; one that names nothing starts over."""
    return await _newest(Order.filter(buyer_id=buyer_id), after)


async def everybodys(after: str | None = None) -> Page[Order]:
    """Every order, newest first, for who keeps the shop."""
    return await _newest(Order.all(), after)


async def tallies() -> dict[str, int]:
    """How many orders are in each state that has any."""
    counted = Order.annotate(orders=Count("id")).group_by("status").values_list("status", "orders")
    return {str(status): int(count) for status, count in await counted}


async def _newest(orders: QuerySet[Order], after: str | None) -> Page[Order]:
    last = await orders.get_or_none(id=after) if after and len(after) <= KEY else None
    if last:
        orders = orders.filter(Q(created__lt=last.created) | Q(created=last.created, id__lt=last.id))
    found = await _whole(orders.order_by("-created", "-id").limit(PAGE + 1))
    return Page(found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None)


async def sales(seller_id: int, after: str | None = None) -> Page[Parcel]:
    """The seller's parcels of orders that were paid, newest first, each with its order and lines."""
    parcels = Parcel.filter(seller_id=seller_id, order__events__after="paid")  # an order is paid at most once
    if after and _PARCEL.fullmatch(after):
        parcels = parcels.filter(id__lt=int(after))
    found = await parcels.order_by("-id").limit(PAGE + 1).prefetch_related("order", "lines")
    return Page(found[:PAGE], str(found[PAGE - 1].id) if len(found) > PAGE else None)


async def sold_parcel(seller_id: int, parcel_id: int) -> Parcel | None:
    """The seller's parcel with its order and lines."""
    return await Parcel.get_or_none(id=parcel_id, seller_id=seller_id).prefetch_related("order", "lines")
