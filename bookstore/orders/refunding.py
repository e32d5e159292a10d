"""Money that goes back: owed in the transaction that makes it so, sent by a job, once for each key."""

from bookstore.data import clock, db, inbox, outbox
from bookstore.orders.models import Capture, Parcel, Refund
from bookstore.orders.provider import Provider


async def owe(order_id: str, attempt_key: str, amount_cents: int, parcel_id: int | None = None) -> None:
    """Write down, inside the transaction that causes it, that money of this capture goes back."""
    key = f"{attempt_key}-{'all' if parcel_id is None else parcel_id}"
    await Refund.create(
        key=key,
        order_id=order_id,
        attempt_key=attempt_key,
        parcel_id=parcel_id,
        amount_cents=amount_cents,
        at=clock.utcnow(),
    )
    await outbox.record("orders", "refund.owed", {"refund": key})


async def owe_parcel(parcel: Parcel) -> None:
    """The part of the order's payment that was for this parcel: its books and its courier."""
    capture = await Capture.filter(order_id=parcel.order_id).order_by("at").first()
    if capture is None:
        raise LookupError(f"parcel {parcel.id} of a paid order without a capture")
    await owe(parcel.order_id, capture.attempt_key, parcel.goods_cents + parcel.shipping_cents, parcel.id)


async def send(provider: Provider, refund_key: str, inbox_key: str) -> None:
    """Tell the provider to give the money back, then write its reference."""
    refund = await Refund.get(key=refund_key)
    reference = await provider.refund(refund.key, refund.attempt_key, refund.amount_cents)
    await db.transact(_write, refund_key, reference, inbox_key)


async def _write(refund_key: str, reference: str, inbox_key: str) -> None:
    await inbox.apply_once(inbox_key)
    await Refund.filter(key=refund_key).update(reference=reference)
