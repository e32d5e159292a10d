"""The forms of buying: what is ordered, who carries it where to, and what it is paid with."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Self
from uuid import uuid4

from werkzeug.datastructures import MultiDict
from wtforms import StringField
from wtforms.validators import StopValidation
from wtforms.widgets import HiddenInput

from bookstore.orders import words
from bookstore.orders.couriers import COURIERS, Address
from bookstore.orders.models import Order, Parcel
from bookstore.orders.provider import METHODS, is_card_number
from bookstore.texts import gettext, lazy
from bookstore.web.forms import Count, Form, Key, Line, Radio

MOST_COPIES = 9999  # of one book in one order; what no shelf holds is still the shelf's to refuse
MOST_BOOKS = 10**9 - 1
COURIER, ADDRESS, MEANS = "courier", ("name", "address", "city", "country"), ("method", "card_number")
CHEAPEST = min(COURIERS.values(), key=lambda courier: courier.cents).code
DELIVERY, PAYMENT = frozenset({"delivery"}), frozenset({"payment"})  # the parts of a checkout

Sent = MultiDict[str, str]


class Purchase(Form):
    """One book, under the id of the order that it becomes."""

    order_id = Key(lazy("Order number"))
    book_id = Count(lazy("Book"), least=1, most=MOST_BOOKS, widget=HiddenInput())
    quantity = Count(lazy("Copies"), least=1, most=MOST_COPIES)

    @property
    def lines(self) -> list[tuple[int, int]]:
        return [(self.book_id.data, self.quantity.data)]

    def renew(self) -> None:
        """Let the next try be another order."""
        self.order_id.raw_data, self.order_id.data = [], uuid4()


class CardNumber(StringField):
    """Read, and never written back into a page."""

    def _value(self) -> str:
        return ""

    def pre_validate(self, form: Any) -> None:  # noqa: ANN401 - the library's own signature
        if form.method.data == "card" and not is_card_number(self.data or ""):
            raise StopValidation(gettext("This is not the number of a card."))


class Checkout(Form):
    """Delivery and payment of one order; `of` adds the choice of a courier for each of its parcels."""

    name = Line(lazy("Name of who receives it"), most=120)
    address = Line(lazy("Address"), most=200)
    city = Line(lazy("City"), most=80)
    country = Line(lazy("Country"), most=80)
    method = Radio(lazy("Way to pay"), [(name, words.METHODS[name]) for name in METHODS])
    card_number = CardNumber(lazy("Card number"))  # type: ignore[arg-type]

    asked: frozenset[str] = frozenset()
    notes: ClassVar = {courier.code: words.COVERAGE[courier.coverage] for courier in COURIERS.values()}
    prices: ClassVar = {courier.code: courier.cents for courier in COURIERS.values()}

    @classmethod
    def of(cls, order: Order, sent: Sent | None = None, asked: frozenset[str] = frozenset()) -> Self:
        """The order's form with what was sent, else what is stored; only the parts that are `asked` are checked.

        A field of those parts that was not sent is empty, whatever is stored.
        """
        options = [(courier.code, courier.name) for courier in COURIERS.values()]
        names = {parcel: f"{COURIER}_{parcel.seller_id}" for parcel in order.parcels}
        choices = {name: Radio(parcel.seller_name, options) for parcel, name in names.items()}
        stored = {name: value for name, value in _stored(order, names).items() if _part(name) not in asked}
        form: Self = type("CheckoutOfOrder", (cls,), choices)(_spread(sent, names.values()), **stored)
        form.asked = asked
        return form

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - the library's own signature
        """Whether the parts that are asked for are right."""
        del extra_validators
        right = [field.validate(self) for field in self if _part(field.name) in self.asked]
        return all(right)  # every field says what is wrong with it

    @property
    def couriers(self) -> list[Radio]:
        return [field for field in self if isinstance(field, Radio) and field.name.startswith(f"{COURIER}_")]

    @property
    def chosen(self) -> dict[int, str]:
        """Each seller's courier, where it is one of ours."""
        fields = [(int(field.name.removeprefix(f"{COURIER}_")), field.data) for field in self.couriers]
        return {seller_id: code for seller_id, code in fields if code in COURIERS}

    @property
    def where(self) -> Address:
        return Address(*(str(self[name].data) for name in ADDRESS))


def parts_of(sent: Sent) -> frozenset[str]:
    """What a payment's form asks for: always the payment, and the delivery where it has any of its fields."""
    return PAYMENT | ({_part(name) for name in sent} & DELIVERY)


def _part(name: str) -> str:
    if name in MEANS:
        return "payment"
    return "delivery" if name in ADDRESS or name.partition("_")[0] == COURIER else ""


def _spread(sent: Sent | None, names: Iterable[str]) -> Sent | None:
    """`courier` stands for every parcel that has no choice of its own."""
    if sent is None or COURIER not in sent:
        return sent
    return MultiDict(dict.fromkeys(names, sent[COURIER]) | sent.to_dict())


def _stored(order: Order, names: Mapping[Parcel, str]) -> dict[str, str | None]:
    address = {"address": order.address, "city": order.city, "country": order.country}
    couriers = {name: parcel.courier or CHEAPEST for parcel, name in names.items()}
    return {"name": order.recipient or order.buyer_name, "method": METHODS[0]} | address | couriers
