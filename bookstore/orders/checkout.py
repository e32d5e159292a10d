"""Placing an order: the shelf reserves, and the order is written from its answer and from nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from tortoise.exceptions import IntegrityError

from bookstore.data import clock, db
from bookstore.orders import states
from bookstore.orders.models import Order, OrderLine, Parcel
from bookstore.orders.shelf import HeldLine, OtherBody, Reservation, Shelf

by_seller = attrgetter("seller_id")


@dataclass(frozen=True)
class Buyer:
    id: int
    name: str


async def place(shelf: Shelf, buyer: Buyer, order_id: str, lines: Sequence[tuple[int, int]], currency: str) -> Order:
    """Order these books (id, quantity) under an id the page made; the same id and lines lead to the same order.

    Raises a Refusal of the shelf, and then nothing was ordered.
    """
    known = await Order.get_or_none(id=order_id)
    if known is None:
        reservation = await shelf.reserve(order_id, buyer.id, lines)
        try:
            return await db.transact(_write, buyer, order_id, reservation, currency)
        except IntegrityError:  # the other half of a double click wrote it meanwhile
            known = await Order.get(id=order_id)
    return await _same(known, buyer, lines)


async def _same(order: Order, buyer: Buyer, lines: Sequence[tuple[int, int]]) -> Order:
    ordered = await OrderLine.filter(order_id=order.id).order_by("book_id").values_list("book_id", "quantity")
    if order.buyer_id != buyer.id or [tuple(line) for line in ordered] != sorted(lines):
        raise OtherBody
    return order


async def _write(buyer: Buyer, order_id: str, reservation: Reservation, currency: str) -> Order:
    now = clock.utcnow()
    order = await Order.create(
        id=order_id,
        buyer_id=buyer.id,
        buyer_name=buyer.name,
        currency=currency,
        goods_cents=_worth(reservation.lines),
        deadline=reservation.deadline,
        created=now,
        changed=now,
    )
    for seller_id, lines in groupby(sorted(reservation.lines, key=by_seller), by_seller):
        await _write_parcel(order, seller_id, list(lines))
    await states.begin(order)
    return order


async def _write_parcel(order: Order, seller_id: int, lines: list[HeldLine]) -> None:
    parcel = await Parcel.create(
        order_id=order.id,
        seller_id=seller_id,
        seller_name=lines[0].seller_name,
        goods_cents=_worth(lines),
        created=order.created,
    )
    await OrderLine.bulk_create([_line(parcel, line) for line in lines])


def _line(parcel: Parcel, line: HeldLine) -> OrderLine:
    return OrderLine(
        order_id=parcel.order_id,
        parcel_id=parcel.id,
        book_id=line.book_id,
        quantity=line.quantity,
        unit_cents=line.unit_cents,
        title=line.title,
        author=line.author,
        condition=line.condition,
        year=line.year,
        photo=line.photo,
    )


def _worth(lines: list[HeldLine]) -> int:
    return sum(line.quantity * line.unit_cents for line in lines)
