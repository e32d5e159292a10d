"""A seller's side: listing a book, changing its card, taking it off sale."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from quart import Response, abort, flash, request

from bookstore.catalog import own, photos, shelving
from bookstore.catalog.conditions import GRADES
from bookstore.catalog.forms import ListingForm
from bookstore.catalog.models import Book
from bookstore.data import storage
from bookstore.data.failures import Unavailable
from bookstore.texts import gettext
from bookstore.web.hypermedia import redirect, render
from bookstore.web.requests import takes_files
from bookstore.web.session import Person, current_user, login_required
from bookstore.web.settings import settings


@login_required
async def index() -> Response:
    """The seller's own books."""
    me = _me()
    status = "withdrawn" if request.args.get("status") == "withdrawn" else "on_sale"
    page = await own.page(me.id, status, request.args.get("after", ""))
    return await render("catalog/selling.html", page=page, tallies=await own.tallies(me.id))


@login_required
async def new() -> Response:
    """An empty card."""
    return await _card(ListingForm(stock=1))


@takes_files
async def create() -> Response:
    """Publish."""
    form, me = await ListingForm.read(), _me()
    if not form.validate() or not await _photographed(form):
        return await _card(form, status=422)
    async with _photo_or_nothing(form):
        book_id = await shelving.publish(me.id, me.name, form.listing(), form.photo)
    await flash(gettext("It is on the shelf."), "good")
    return redirect(f"/books/{book_id}")


@login_required
async def edit(book_id: int) -> Response:
    """The card to change."""
    book = await _own(book_id)
    return await _card(ListingForm.of(book), book)


@takes_files
async def update(book_id: int) -> Response:
    """Save the card."""
    book, form = await _own(book_id), await ListingForm.read()
    if not form.validate() or not await _photographed(form):
        return await _card(form, book, 422)
    try:
        async with _photo_or_nothing(form):
            await shelving.edit(book.id, book.seller_id, form.listing(), form.seen(book.stock), form.photo)
    except shelving.StockChanged as changed:
        return await _once_more(form, book, changed.now)
    await flash(gettext("The card is saved."), "good")
    return redirect(f"/books/{book.id}")


async def withdraw(book_id: int) -> Response:
    """Take it off sale."""
    try:
        await shelving.withdraw(book_id, _me().id)
    except shelving.NotYours:
        abort(404)
    await flash(gettext("It is off the shelf. Its orders go on."), "good")
    return redirect("/selling")


def _me() -> Person:
    return current_user() or abort(401)


async def _own(book_id: int) -> Book:
    try:
        book = await shelving.own(book_id, _me().id)
    except shelving.NotYours:
        abort(404)
    if book.status != "on_sale":
        abort(409, gettext("You took this book off the shelf."))
    return book


async def _card(form: ListingForm, book: Book | None = None, status: int = 200) -> Response:
    notes, currency = {grade.name: grade.note for grade in GRADES}, settings().currency
    return await render("catalog/form.html", None, status, form=form, book=book, notes=notes, currency=currency)


async def _once_more(form: ListingForm, book: Book, now: int) -> Response:
    """The form with the copies that there are now: who saves it again has seen them."""
    seen = form.seen(book.stock)
    text = gettext("There were %(seen)s when you opened the card, and there are %(now)s now.", seen=seen, now=now)
    form.refuse("stock", text)
    form.stock_seen.data = str(now)
    return await _card(form, book, 409)


async def _photographed(form: ListingForm) -> bool:
    """Whether the photo, where there is one, is kept."""
    file = (await request.files).get("photos")
    if not file or not file.filename:
        return True
    try:
        form.photo = await photos.keep(settings().media_dir, file.read())
    except photos.NotAPhoto as why:
        form.refuse("photos", str(why))
    except storage.NoRoom:
        form.refuse("photos", gettext("Photos cannot be kept at the moment. Save the card without it, or try later."))
    return not form.photos.errors


@asynccontextmanager
async def _photo_or_nothing(form: ListingForm) -> AsyncIterator[None]:
    """A card that is not saved leaves no photo behind. Where nobody knows whether it was saved, the photo stays."""
    try:
        yield
    except Exception as error:
        if form.photo and not isinstance(error, Unavailable):
            await asyncio.to_thread(storage.drop, settings().media_dir, form.photo)
        raise
