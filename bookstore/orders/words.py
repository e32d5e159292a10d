"""An order's states, transitions and means in the reader's language."""

from collections.abc import Mapping

from bookstore.orders.couriers import COURIERS
from bookstore.orders.models import Attempt, OrderEvent, Parcel
from bookstore.texts import gettext, lazy

# Each state with the kind of its mark: wait, go, bad or nothing.
ORDER = {
    "placed": (lazy("Set aside"), "wait"),
    "paying": (lazy("Being paid"), "wait"),
    "paid": (lazy("Paid"), "go"),
    "completed": (lazy("Delivered"), "go"),
    "run_out": (lazy("Ran out"), ""),
    "expired": (lazy("Ran out"), ""),
    "cancelled": (lazy("Cancelled"), "bad"),
}
PARCEL = {
    "preparing": (lazy("Being packed"), ""),
    "shipped": (lazy("Collected"), "wait"),
    "in_transit": (lazy("On its way"), "wait"),
    "delivered": (lazy("Delivered"), "go"),
    "cancelled": (lazy("Cancelled"), "bad"),
}
PAST = {
    "placed": lazy("Books set aside"),
    "paying": lazy("Payment sent"),
    "paid": lazy("Payment approved"),
    "completed": lazy("Everything delivered"),
    "expired": lazy("Time ran out, books back on the shelf"),
    "cancelled": lazy("Order cancelled"),
}
METHODS = {"card": lazy("Card"), "paypal": lazy("PayPal"), "bank_transfer": lazy("Bank transfer")}
COVERAGE = {"international": lazy("international"), "national": lazy("national")}

Words = Mapping[str, tuple[lazy, str]]


def order_state(status: str) -> tuple[str, str]:
    """A state in words, and the kind of its mark."""
    return _state(ORDER, status)


def parcel_state(status: str) -> tuple[str, str]:
    return _state(PARCEL, status)


def _state(words: Words, status: str) -> tuple[str, str]:
    label, kind = words[status]
    return str(label), kind


def courier(code: str | None) -> str:
    """A courier's name; a code that is no longer ours is shown as it is."""
    known = COURIERS.get(code or "")
    return known.name if known else code or ""


def method(attempt: Attempt) -> str:
    """What is paid with: of a card the brand and its last digits."""
    if attempt.method == "card":
        brand = str(METHODS["card"]) if attempt.brand == "card" else attempt.brand.title()
        return gettext("%(brand)s ending in %(last4)s", brand=brand, last4=attempt.last4)
    return str(METHODS.get(attempt.method, attempt.method))


def happened(event: OrderEvent) -> str:
    """A transition of an order in words."""
    if event.before == "paying" and event.after == "placed":
        return gettext("Payment declined") if event.note == "declined" else gettext("The bank did not answer")
    return str(PAST.get(event.after, event.after))


def waypoint(stop: str, passed: str, parcel: Parcel, recipient: str) -> str:
    """A stop of a parcel's way in words; `passed` is done, now or next."""
    if stop == "preparing":
        packed = gettext("Packed by %(seller)s") if passed == "done" else gettext("%(seller)s is packing it")
        return packed % {"seller": parcel.seller_name}
    if stop == "shipped":
        collected = gettext("%(courier)s collects it") if passed == "next" else gettext("Collected by %(courier)s")
        return collected % {"courier": courier(parcel.courier)}
    if stop == "in_transit":
        return gettext("On its way")
    delivered = gettext("Delivery to %(name)s") if passed == "next" else gettext("Delivered to %(name)s")
    return delivered % {"name": recipient}
