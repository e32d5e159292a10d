"""The shop's books over HTTP, for who keeps it."""

from quart import Blueprint, Response, request

from bookstore.data import clock
from bookstore.orders import reading, showing, words
from bookstore.web.hypermedia import render
from bookstore.web.session import role_required

admin = Blueprint("admin", __name__)
ADMIN = "admin"


@admin.get("/admin")
@role_required(ADMIN)
async def index() -> Response:
    return await render("admin/index.html", tallies=await reading.tallies(), words=words)


@admin.get("/admin/orders")
@role_required(ADMIN)
async def orders() -> Response:
    page = await reading.everybodys(request.args.get("after"))
    return await render("admin/orders.html", page=page, words=words, showing=showing, now=await clock.read())
