"""What a rule refuses, as a page that says what happened and what is possible now."""

from quart import Blueprint, Response, request
from werkzeug.exceptions import NotFound

from bookstore.orders.forms import Purchase
from bookstore.orders.paying import DeliveryMissing
from bookstore.orders.shelf import NoSuchBook, OtherBody, OwnBook, Refusal, SoldOut
from bookstore.orders.states import WrongState
from bookstore.orders.web_answers import mine, order_page, purchase_page
from bookstore.texts import gettext, lazy, ngettext
from bookstore.web import errors

LATE = {
    "placed": lazy("The order is not paid yet."),
    "paying": lazy("The bank is being asked; the order cannot change now."),
    "paid": lazy("The order is paid; this can no longer change."),
    "completed": lazy("The order has arrived; this can no longer change."),
    "expired": lazy("The time to pay ran out."),
    "cancelled": lazy("The order was cancelled."),
}
LEFT = lazy("A parcel has left already; the order can no longer be cancelled.")


def install_refusals(blueprint: Blueprint) -> None:
    blueprint.register_error_handler(Refusal, refuse)
    blueprint.register_error_handler(WrongState, wrong_state)
    blueprint.register_error_handler(DeliveryMissing, delivery_missing)


async def wrong_state(error: WrongState) -> Response:
    """409 with the order as it stands."""
    return await _order(str(LATE.get(error.args[0], LEFT)))


async def delivery_missing(error: DeliveryMissing) -> Response:
    del error
    return await _order(gettext("Choose the delivery first: its price is part of what you pay."))


async def refuse(refusal: Refusal) -> Response:
    """What the shelf does not give: of an order that exists the order, of a purchase the way to other copies."""
    if request.view_args:
        return await _order(gettext("The time to pay ran out. Nothing was charged."))
    if isinstance(refusal, NoSuchBook):
        return await errors.refuse(NotFound())
    form = await Purchase.read()
    if isinstance(refusal, OtherBody):
        form.refuse("order_id", gettext("This form was used for another order already. Send it again for a new one."))
        return await purchase_page(form, 422)
    return await purchase_page(form, 409, **explain(refusal))


def explain(refusal: Refusal) -> dict[str, object]:
    """What happened, and whether the same form may be sent again; `look_for` is a title to search other copies of."""
    if isinstance(refusal, OwnBook):
        return {"title": gettext("This book is yours"), "text": gettext("You cannot buy what you sell.")}
    if isinstance(refusal, SoldOut):
        text = gettext("Nothing was charged.")
        return {"title": _gone(refusal), "text": text, "again": refusal.left > 0, "look_for": refusal.title}
    text = gettext("The books went back to the shelf and nothing was charged. Set them aside again to go on.")
    return {"title": gettext("The time to pay ran out"), "text": text, "again": True}


def _gone(sold: SoldOut) -> str:
    if sold.withdrawn:
        return gettext("The seller withdrew this book a moment ago")
    if sold.left:
        return ngettext("Only one copy is left", "Only %(num)s copies are left", sold.left)
    return gettext("Somebody took the last one a moment ago")


async def _order(problem: str) -> Response:
    return await order_page(await mine((request.view_args or {})["order_id"]), status=409, problem=problem)
