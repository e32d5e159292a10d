"""Orders over HTTP, for the people who buy. Whose order it is decides whether it is there."""

from uuid import UUID

from quart import Blueprint, Response, abort, request

from bookstore.data import clock
from bookstore.orders import cancelling, checkout, couriers, paying, provider, reading, receipts, showing, words
from bookstore.orders.forms import DELIVERY, Checkout, Purchase, parts_of
from bookstore.orders.models import Order
from bookstore.orders.states import MOVING, WrongState
from bookstore.orders.web_admin import admin
from bookstore.orders.web_answers import mine, order_page, person, purchase_page, shelf
from bookstore.orders.web_refusals import install_refusals
from bookstore.orders.web_sales import sales
from bookstore.web.hypermedia import redirect, render, wants_fragment
from bookstore.web.limits import BUY, limited
from bookstore.web.session import login_required
from bookstore.web.settings import settings

blueprint = Blueprint("orders", __name__)
blueprint.register_blueprint(sales)
blueprint.register_blueprint(admin)
install_refusals(blueprint)

PAID_FOR = frozenset({"paying", "paid", "completed"})
NOTHING_NEW = 204  # htmx swaps nothing, so nothing is read aloud again


@blueprint.post("/orders")
@limited(BUY)
async def create() -> Response:
    form = await Purchase.read()
    if not form.validate():
        return await purchase_page(form, 422)
    buyer = checkout.Buyer(person().id, person().name)
    order = await checkout.place(shelf(), buyer, str(form.order_id.data), form.lines, settings().currency)
    return redirect(f"/orders/{order.id}")


@blueprint.get("/orders")
@login_required
async def index() -> Response:
    page = await reading.history(person().id, request.args.get("after"))
    return await render("orders/index.html", page=page, words=words, showing=showing, now=await clock.read())


@blueprint.get("/orders/<uuid:order_id>")
@login_required
async def show(order_id: UUID) -> Response:
    order = await mine(order_id)
    if wants_fragment() and order.status in MOVING and request.args.get("seen") == str(order.version):
        return Response("", NOTHING_NEW)
    return await order_page(order)


@blueprint.get("/orders/<uuid:order_id>/receipt")
@login_required
async def receipt(order_id: UUID) -> Response:
    found = await receipts.of(await mine(order_id)) or abort(404)
    return await render("orders/receipt.html", receipt=found, words=words)


@blueprint.get("/orders/<uuid:order_id>/delivery")
@login_required
async def quote(order_id: UUID) -> Response:
    """The order as it would be with the couriers in the address; nothing is stored."""
    order = await mine(order_id)
    return await order_page(order, Checkout.of(order, request.args))


@blueprint.post("/orders/<uuid:order_id>/delivery")
async def choose_delivery(order_id: UUID) -> Response:
    order = await mine(order_id)
    form = Checkout.of(order, await request.form, DELIVERY)
    if not form.validate():
        return await order_page(order, form, 422)
    await couriers.choose(order, form.chosen, form.where)
    return await _changed(order_id)


@blueprint.post("/orders/<uuid:order_id>/payment")
@limited(BUY)
async def pay(order_id: UUID) -> Response:
    order, sent = await mine(order_id), await request.form
    form = Checkout.of(order, sent, parts_of(sent))
    if not form.validate():
        return await order_page(order, form, 422)
    await _pay(order, form)
    return await _changed(order_id)


async def _pay(order: Order, form: Checkout) -> None:
    try:
        if form.asked >= DELIVERY:
            await couriers.choose(order, form.chosen, form.where)
        token = await provider.tokenize(form.method.data, form.card_number.data)
        await paying.start(shelf(), order, form.method.data, token)
    except WrongState as wrong:
        if wrong.args[0] not in PAID_FOR:  # a second click gets the answer of the first
            raise


@blueprint.post("/orders/<uuid:order_id>/cancellation")
async def cancel(order_id: UUID) -> Response:
    await cancelling.cancel(await mine(order_id))
    return await _changed(order_id)


async def _changed(order_id: UUID) -> Response:
    if wants_fragment():
        return await order_page(await mine(order_id))
    return redirect(f"/orders/{order_id}")
