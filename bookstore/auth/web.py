"""Accounts and sessions over HTTP."""

import re

import structlog
from quart import Blueprint, Response, request

from bookstore.auth import accounts, people
from bookstore.auth.accounts import EmailTaken
from bookstore.auth.forms import LogIn, Registration
from bookstore.auth.models import User
from bookstore.texts import gettext
from bookstore.web import limits, session
from bookstore.web.hypermedia import redirect, render
from bookstore.web.limits import limited
from bookstore.web.paths import own_path
from bookstore.web.session import Person, anyone, current_user, login_required, role_required, sessions_needed

blueprint = Blueprint("auth", __name__)
log = structlog.get_logger("auth")
PAGE = 100  # accounts on a page of the list
ID = re.compile(r"[0-9]{1,18}")


@blueprint.get("/users/new")
@sessions_needed
async def registration() -> Response:
    if current_user():
        return redirect(own_path(_next()))
    return await render("auth/register.html", form=Registration(next=_next()))


@blueprint.post("/users")
@anyone
@sessions_needed
@limited(limits.REGISTER)
async def register() -> Response:
    form = await Registration.read()
    if not form.validate():
        return await render("auth/register.html", block="form", status=422, form=form)
    try:
        user = await accounts.register(form.name.data, form.email.data, form.password.data)
    except EmailTaken:
        form.refuse("email", gettext("There is an account with this e-mail. Log in, or use another one."))
        return await render("auth/register.html", block="form", status=422, form=form)
    return await _welcome(user, form.next.data)


@blueprint.get("/session/new")
@sessions_needed
async def entrance() -> Response:
    if current_user():
        return redirect(own_path(_next()))
    return await render("auth/log_in.html", form=LogIn(next=_next()), wrong=False)


@blueprint.post("/session")
@anyone
@sessions_needed
@limited(limits.PASSWORD, limits.LOGIN)
async def log_in() -> Response:
    form = await LogIn.read()
    if not form.validate():
        return await render("auth/log_in.html", block="form", status=422, form=form, wrong=False)
    user = await accounts.log_in(form.email.data, form.password.data)
    if not user:
        log.warning("login refused", account=limits.account_hash(form.email.data))
        return await render("auth/log_in.html", block="form", status=401, form=form, wrong=True)
    await limits.forgive(limits.PASSWORD)
    return await _welcome(user, form.next.data)


@blueprint.post("/session/end")
@login_required
async def log_out() -> Response:
    await session.end()
    response = redirect("/")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@blueprint.get("/admin/users")
@role_required(people.ADMIN)
async def users() -> Response:
    after = request.args.get("after", "")
    found = await people.page(int(after) if ID.fullmatch(after) else 0, PAGE)
    return await render("auth/users.html", users=found, more=len(found) == PAGE)


async def _welcome(user: User, wanted: str | None) -> Response:
    await session.begin(Person(user.id, user.name, user.role))
    log.info("logged in", user_id=user.id)
    return redirect(own_path(wanted or "/"))


def _next() -> str:
    return request.args.get("next", "/")
