"""What the handlers of orders share: who asks, their order, and the pages that show it."""

from typing import cast
from uuid import UUID

from quart import Response, abort

from bookstore.orders import reading, showing, words
from bookstore.orders.forms import Checkout, Purchase
from bookstore.orders.models import Order
from bookstore.orders.shelf import LocalShelf, Shelf
from bookstore.web.hypermedia import render
from bookstore.web.session import Person, current_user
from bookstore.web.settings import settings
from bookstore.web.turns import stepping_aside


def shelf() -> Shelf:
    return LocalShelf(settings(), stepping_aside)


def person() -> Person:
    """Who is logged in; only in a view that needs a login."""
    return cast(Person, current_user())


async def mine(order_id: UUID | str) -> Order:
    """The reader's own order; another's and none are the same 404."""
    return await reading.of_buyer(person().id, str(order_id)) or abort(404)


async def order_page(order: Order, form: Checkout | None = None, status: int = 200, problem: str = "") -> Response:
    """The order as it stands, with what was typed in `form` and what is not possible in `problem`."""
    form = form or Checkout.of(order)
    shown = await showing.of(order, form.chosen)
    names = {"order": order, "shown": shown, "form": form, "problem": problem, "words": words}
    return await render("orders/show.html", "order", status, **names)


async def purchase_page(form: Purchase, status: int, **names: object) -> Response:
    """Why nothing was ordered; where it can be tried again, the form comes with a new order's id."""
    form.renew()
    names = {"title": "", "text": "", "again": "title" not in names, "look_for": ""} | names
    return await render("orders/refused.html", "refusal", status, form=form, **names)
