"""Paying for an order: one attempt at a time, each charged at most once, whatever dies in between.

A charge has three steps: the state and the attempt in one transaction, the call outside any, and its effect in another
transaction that starts with the inbox key. Everything before that last commit may be repeated.
"""

from datetime import timedelta

from tortoise.exceptions import IntegrityError
from tortoise.expressions import F

from bookstore.data import clock, db, inbox, outbox
from bookstore.orders import shipping, states
from bookstore.orders.models import Attempt, Capture, Order, Parcel
from bookstore.orders.provider import Answer, Provider, Token
from bookstore.orders.refunding import owe
from bookstore.orders.shelf import HoldGone, Shelf
from bookstore.orders.states import WrongState

PATIENCE = timedelta(minutes=10)  # without an answer for this long, the attempt's key is closed


class DeliveryMissing(Exception):
    """Payment was asked for before delivery was chosen."""


async def start(shelf: Shelf, order: Order, method: str, token: Token) -> None:
    """Begin an attempt to pay the order's total; a job charges it.

    Raises WrongState unless the order is `placed`, DeliveryMissing, and HoldGone when its copies went back to the
    shelf: it is `expired` then, and nothing is charged.
    """
    attempt = await db.transact(_begin, order.id, method, token)
    if not await shelf.confirm(order.id, attempt.number):
        await db.transact(_expire, attempt)
        raise HoldGone


async def _begin(order_id: str, method: str, token: Token) -> Attempt:
    if not await states.move(order_id, "placed", "paying", note=method):
        raise WrongState((await Order.get(id=order_id)).status)
    if await Parcel.filter(order_id=order_id, courier__isnull=True).exists():
        raise DeliveryMissing
    await Order.filter(id=order_id).update(attempts=F("attempts") + 1)
    order = await Order.get(id=order_id)
    attempt = await Attempt.create(
        key=f"{order_id}-{order.attempts}",
        order_id=order_id,
        number=order.attempts,
        method=method,
        token=token.token,
        brand=token.brand,
        last4=token.last4,
        amount_cents=order.total_cents,
        created=clock.utcnow(),
    )
    await outbox.record("orders", "order.paying", {"attempt": attempt.key})
    return attempt


async def charge(shelf: Shelf, provider: Provider, pace: shipping.Pace, attempt_key: str, inbox_key: str) -> None:
    """Confirm the copies, then charge the attempt, then write what came of it. Raises provider.TemporaryError."""
    if await inbox.is_applied(inbox_key):
        return
    attempt = await Attempt.get(key=attempt_key)
    if attempt.outcome != "unknown":
        await db.transact(inbox.apply_once, inbox_key)
    elif await shelf.confirm(attempt.order_id, attempt.number):
        answer = await provider.charge(attempt.key, attempt.token, attempt.amount_cents)
        await settle(shelf, pace, attempt, answer, inbox_key)
    else:
        await db.transact(_expire, attempt, inbox_key)


async def close_overdue(shelf: Shelf, provider: Provider, pace: shipping.Pace) -> int:
    """End the attempts that have had no answer for PATIENCE: charged after all, or never; returns how many."""
    waiting = Order.filter(status="paying", changed__lte=clock.database_now(-PATIENCE))
    orders = await waiting.order_by("changed").limit(50)
    for order in orders:
        attempt = await Attempt.get(order_id=order.id, number=order.attempts)
        await settle(shelf, pace, attempt, await provider.close(attempt.key))
    return len(orders)


async def settle(
    shelf: Shelf, pace: shipping.Pace, attempt: Attempt, answer: Answer, inbox_key: str | None = None
) -> None:
    """Write what came of an attempt, once, however many deliveries and closings bring the answer."""
    if answer.outcome != "captured":
        # Before the order is `placed` again: a buyer's next attempt must never find its confirmed copies reopened.
        await shelf.reopen(attempt.order_id, attempt.number)
    await db.transact(_write_outcome, pace, attempt, answer, inbox_key)


async def _write_outcome(pace: shipping.Pace, attempt: Attempt, answer: Answer, inbox_key: str | None) -> None:
    if inbox_key:
        await inbox.apply_once(inbox_key)
    mine = Attempt.filter(key=attempt.key, outcome="unknown")
    if answer.outcome == "captured":
        await _capture(pace, attempt, answer)
    elif await mine.update(outcome=answer.outcome):
        await states.move(attempt.order_id, "paying", "placed", note=answer.outcome)


async def _capture(pace: shipping.Pace, attempt: Attempt, answer: Answer) -> None:
    # Lock order everywhere: the order first. Its row is held by `move`, or by `hold_order` where it does not move.
    status = await states.hold_order(attempt.order_id)
    try:
        await Capture.create(
            attempt_key=attempt.key,
            order_id=attempt.order_id,
            amount_cents=answer.amount_cents,
            reference=answer.reference,
            at=clock.utcnow(),
        )
    except IntegrityError:
        return  # another delivery wrote it
    current = await Attempt.filter(key=attempt.key, outcome="unknown").update(outcome="captured")
    if status == "paying" and current and await states.move(attempt.order_id, "paying", "paid", note=attempt.method):
        await shipping.await_courier(attempt.order_id, pace)
    else:
        await owe(attempt.order_id, attempt.key, answer.amount_cents)


async def _expire(attempt: Attempt, inbox_key: str | None = None) -> None:
    if inbox_key:
        await inbox.apply_once(inbox_key)
    if await Attempt.filter(key=attempt.key, outcome="unknown").update(outcome="dropped"):
        await states.move(attempt.order_id, "paying", "expired", note="hold gone")
