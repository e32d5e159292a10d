"""A small app with the shop's pages and nothing behind them."""

from typing import Any

from quart import Quart, Response

from bookstore import pages
from bookstore.config import Config
from bookstore.web.hypermedia import redirect, render

SECRET = "0123456789abcdefghijklmnopqrstuv"


def settings(**changes: Any) -> Config:
    return Config.build(
        {"database_url": "sqlite:///:memory:", "redis_url": "redis://", "secret_key": SECRET, "media_dir": "."}
        | changes
    )


def stage(**changes: Any) -> Quart:
    """The app: `/refused` is an error page, `/form` holds a token, `/moved` redirects."""
    app = Quart("bookstore.app", static_folder=None)
    app.secret_key = SECRET
    app.extensions["settings"] = settings(**changes)
    pages.install(app)

    @app.get("/refused")
    @app.get("/refused/<path:_more>")
    @app.post("/refused")
    async def refused(_more: str = "") -> Response:
        return await refusal()

    @app.get("/form")
    async def form() -> Response:
        return await refusal(message=pages.csrf_token())

    @app.post("/moved")
    async def moved() -> Response:
        return redirect("/books/7")

    return app


async def refusal(message: str = "<i>Sold</i>", **names: Any) -> Response:
    names = {"code": 409, "request_id": "r-1", "retry_after": 0} | names
    return await render("errors/error.html", "notice", 409, message=message, **names)
