"""The proof of a payment: what was bought, what it cost, what of it went back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bookstore.orders import reading
from bookstore.orders.models import Attempt, Order, Refund


@dataclass(frozen=True)
class Receipt:
    order: Order
    payment: Attempt
    paid: datetime
    refunds: Sequence[Refund]

    @property
    def refunded_cents(self) -> int:
        return sum(refund.amount_cents for refund in self.refunds)


async def of(order: Order) -> Receipt | None:
    """The receipt of an order loaded with its lines, parcels and events; None until it was paid."""
    paid = next((event.at for event in order.events if event.after == "paid"), None)
    payment = next((tried for tried in await reading.attempts(order.id) if tried.outcome == "captured"), None)
    if paid is None or payment is None:
        return None
    refunds = [refund for refund in await reading.refunds(order.id) if refund.attempt_key == payment.key]
    return Receipt(order, payment, paid, refunds)
