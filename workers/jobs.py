"""Everything that follows from something else: what RQ runs, and which message asks for it.

A job gets ids, runs one rule and is safe to repeat; the rule writes the job's inbox key with its effect.
"""

from bookstore.orders import cancelling, paying, refunding, shipping
from bookstore.orders.provider import Provider
from bookstore.orders.shelf import LocalShelf
from bookstore.orders.shipping import Pace
from workers.runtime import Delivery, job


@job
async def take_payment(message: Delivery) -> None:
    shelf, provider = LocalShelf(message.config), Provider(message.config.payment_seconds)
    await paying.charge(shelf, provider, Pace.of(message.config), message.text("attempt"), message.inbox_key)


@job
async def send_refund(message: Delivery) -> None:
    await refunding.send(Provider(message.config.payment_seconds), message.text("refund"), message.inbox_key)


@job
async def return_copies(message: Delivery) -> None:
    parcel_id = message.number("parcel") if "parcel" in message.body else None
    await cancelling.return_copies(LocalShelf(message.config), message.text("order"), parcel_id, message.inbox_key)


@job
async def collect_parcel(message: Delivery) -> None:
    await shipping.collect(message.number("parcel"), Pace.of(message.config), message.inbox_key)


@job
async def advance_parcel(message: Delivery) -> None:
    await shipping.advance(message.number("parcel"), message.text("from"), Pace.of(message.config), message.inbox_key)


ON = {
    "order.paying": [take_payment],
    "refund.owed": [send_refund],
    "copies.returned": [return_copies],
    "parcel.waiting": [collect_parcel],
    "parcel.moving": [advance_parcel],
}
