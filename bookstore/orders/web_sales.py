"""Parcels over HTTP, for the people who sell: what to send, where to, and what cannot be sent."""

from quart import Blueprint, Response, abort, request

from bookstore.orders import cancelling, reading, shipping, words
from bookstore.orders.models import Parcel
from bookstore.orders.states import WrongState
from bookstore.orders.web_answers import person
from bookstore.texts import gettext
from bookstore.web.hypermedia import redirect, render, wants_fragment
from bookstore.web.session import login_required
from bookstore.web.settings import settings

sales = Blueprint("sales", __name__)


@sales.get("/sales")
@login_required
async def index() -> Response:
    page = await reading.sales(person().id, request.args.get("after"))
    return await render("orders/sales.html", page=page, words=words)


@sales.get("/parcels/<int(max=9007199254740991):parcel_id>")
@login_required
async def show(parcel_id: int) -> Response:
    return await _page(await _sold(parcel_id))


@sales.post("/parcels/<int(max=9007199254740991):parcel_id>/handover")
async def hand_over(parcel_id: int) -> Response:
    await shipping.hand_over(await _sold(parcel_id), shipping.Pace.of(settings()))
    return await _changed(parcel_id)


@sales.post("/parcels/<int(max=9007199254740991):parcel_id>/cancellation")
async def cancel(parcel_id: int) -> Response:
    await cancelling.cancel_parcel(await _sold(parcel_id))
    return await _changed(parcel_id)


@sales.errorhandler(WrongState)
async def wrong_state(error: WrongState) -> Response:
    """409 with the parcel as it stands."""
    del error
    parcel = await _sold((request.view_args or {})["parcel_id"])
    return await _page(parcel, 409, gettext("This parcel can no longer change that way; here is how it stands."))


async def _sold(parcel_id: int) -> Parcel:
    """The reader's own parcel; another's and none are the same 404."""
    return await reading.sold_parcel(person().id, parcel_id) or abort(404)


async def _changed(parcel_id: int) -> Response:
    return await _page(await _sold(parcel_id)) if wants_fragment() else redirect(f"/parcels/{parcel_id}")


async def _page(parcel: Parcel, status: int = 200, problem: str = "") -> Response:
    return await render("orders/parcel.html", "parcel", status, parcel=parcel, problem=problem, words=words)
