"""Routes for trying the ground alone: each does one thing that a view may do."""

import asyncio

from quart import Quart, Response, abort, flash, request
from redis.exceptions import ConnectionError as RedisGone

from bookstore.data.failures import Unavailable
from bookstore.web import requests
from bookstore.web.hypermedia import redirect
from bookstore.web.limits import Limit, by_address, limited
from bookstore.web.session import anyone, current_user, login_required, role_required

ONCE = Limit("once", 1, 60, by_address)
ASIDE = Limit("aside", 1, 60, by_address, vital=False)


async def whoami() -> str:
    person = current_user()
    return person.name if person else "nobody"


async def mine() -> str:
    return "yours"


async def act() -> str:
    return (await request.form).get("title", "")


async def tell() -> Response:
    await flash(request.args["words"], "good")
    return redirect("/probe/whoami")


async def refuse() -> Response:
    abort(int(request.args["code"]), request.args.get("words"))


async def slow() -> str:
    await asyncio.sleep(60)
    return "late"


async def fail() -> None:
    raise {
        "defect": ZeroDivisionError("division of 4242 4242 4242 4242"),
        "redis": RedisGone("gone"),
        "database": Unavailable("database"),
        "timeout": TimeoutError(),
        "socket": ConnectionResetError(),
    }[request.args["with"]]


def add(app: Quart) -> None:
    app.add_url_rule("/probe/whoami", "probe.whoami", whoami)
    app.add_url_rule("/probe/mine", "probe.mine", login_required(mine))
    app.add_url_rule("/probe/refuse", "probe.refuse", refuse)
    app.add_url_rule("/probe/slow", "probe.slow", slow)
    app.add_url_rule("/probe/fail", "probe.fail", fail)
    posts = {
        "tell": tell,
        "act": act,  # no mark: a POST needs a login
        "open": anyone(another(act)),
        "often": limited(ONCE)(another(act)),
        "aside": limited(ASIDE)(anyone(another(act))),
        "admin": role_required("admin")(limited(ONCE)(another(act))),
        "file": requests.takes_files(another(act)),
        "missing/<int:number>": another(missing),
    }
    for name, view in posts.items():
        app.add_url_rule(f"/probe/{name}", f"probe.{name.partition('/')[0]}", view, methods=["POST"])


async def missing(number: int) -> None:
    abort(404)


def another(view):
    """A view that does the same and bears its own marks."""

    async def same(**values: int) -> object:
        return await view(**values)

    return same
