"""What the templates of orders are given: one order of two parcels, in each of its states."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from types import SimpleNamespace
from typing import Any

from bookstore.orders import showing, words
from bookstore.orders.forms import Checkout, Purchase
from bookstore.orders.reading import Page
from bookstore.orders.receipts import Receipt

NOW = datetime(2026, 11, 23, 20, 27, tzinfo=UTC)
KEY = "0f0e0d0c-0b0a-4908-8706-050403020100"


class Row(SimpleNamespace):
    """A row without its table."""

    __hash__ = object.__hash__


def line(number: int, **changes: Any) -> Row:
    copied = {"title": f"Tomo {number}", "author": "Juan Rulfo", "condition": "good", "year": 1977, "photo": None}
    money = {"quantity": number, "unit_cents": 420, "sum_cents": 420 * number}
    return Row(**{"id": number, "book_id": number} | copied | money | changes)


def parcel(number: int, status: str = "preparing", **changes: Any) -> Row:
    sold = {
        "seller_id": number,
        "seller_name": f"Vendedor {number}",
        "lines": [line(number)],
        "goods_cents": 420 * number,
    }
    sent = {"courier": "envia", "shipping_cents": 2000, "tracking": "ENV-1" if status != "preparing" else None}
    return Row(**{"id": number, "status": status, "order_id": KEY} | sold | sent | changes)


def order(status: str = "placed", **changes: Any) -> Row:
    parcels = [parcel(1), parcel(2, "shipped" if status == "paid" else "preparing")]
    where = {"recipient": "Beto", "address": "Calle 1", "city": "Quito", "country": "Ecuador"}
    passed = ["placed", "paying", status] if status != "placed" else ["placed"]
    events = [Row(parcel_id=None, before=None, after=after, note="", at=NOW) for after in dict.fromkeys(passed)]
    made = Row(
        id=KEY,
        buyer_name="Beto",
        status=status,
        version=len(events),
        currency="USD",
        goods_cents=1260,
        shipping_cents=4000,
        total_cents=5260,
        created=NOW - timedelta(minutes=3),
        deadline=NOW + timedelta(minutes=12),
        attempts=1,
        parcels=parcels,
        lines=[row for one in parcels for row in one.lines],
        events=events,
        **where,
    )
    made.__dict__.update(changes)
    for one in parcels:
        one.order = made
    return made


def shown(status: str = "placed", outcome: str = "declined", **changes: Any) -> dict[str, Any]:
    bought = order(status, **changes)
    attempt = Row(method="card", brand="visa", last4="4242", outcome=outcome, amount_cents=5260)
    chosen = {one.seller_id: one.courier for one in bought.parcels}
    refunds = [Row(amount_cents=5260)] if status == "cancelled" else []
    page = showing.Shown(bought, [attempt], refunds, NOW, chosen)
    return {"order": bought, "shown": page, "form": Checkout.of(bought), "words": words, "problem": "Late."}


def run_out() -> dict[str, Any]:
    return shown(deadline=NOW - timedelta(seconds=1))


# An order's page in every state that it has.
STATES: tuple[Callable[[], dict[str, Any]], ...] = (
    run_out,
    *(partial(shown, status) for status in ("placed", "paying", "paid", "completed", "expired", "cancelled")),
)


def history() -> dict[str, Any]:
    bought = Page([order(), order("completed")], KEY)
    return {"page": bought, "words": words, "showing": showing, "now": NOW}


def desk() -> dict[str, Any]:
    return {"tallies": {"paying": 2, "completed": 1200}, "words": words}


def sales() -> dict[str, Any]:
    return {"page": Page([order("paid").parcels[0], order("paid").parcels[1]], KEY), "words": words}


def sale() -> dict[str, Any]:
    return {"parcel": order("paid").parcels[0], "words": words, "problem": "Late."}


def refused() -> dict[str, Any]:
    form = Purchase(order_id=KEY, book_id=7, quantity=1)
    return {"form": form, "title": "Sold out", "text": "Somebody was quicker.", "again": True, "look_for": "Tomo 1"}


def receipt() -> dict[str, Any]:
    payment = Row(method="card", brand="visa", last4="4242", amount_cents=5260)
    return {"receipt": Receipt(order("paid"), payment, NOW, [Row(amount_cents=420)]), "words": words}
