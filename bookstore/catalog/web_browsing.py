"""Looking round: the entrance, the catalogue, a book's page and its photo."""

import asyncio
from uuid import uuid4

from quart import Response, abort, request

from bookstore import isbn
from bookstore.catalog import criteria, search, window
from bookstore.catalog.models import Book
from bookstore.data import storage
from bookstore.web import limits
from bookstore.web.hypermedia import render
from bookstore.web.session import current_user
from bookstore.web.settings import settings

NEW, SPINES = 8, 40  # books at the entrance: on its shelf and in its window
DRAWERS = 5  # languages of the card catalogue
LANGUAGES = 12  # offered as filters, the most spoken of the shop first
AGAIN = "no-cache"  # may be kept, and is asked for again before it is shown
FOR_EVER = "public, max-age=31536000, immutable"


async def home() -> Response:
    """The entrance."""
    tallies, books = await window.tallies(), await window.newest(NEW + SPINES)
    page = await render(
        "catalog/home.html",
        total=tallies.copies,
        newest=books[:NEW],
        spines=books[NEW:] if len(books) > 2 * NEW else books,
        languages=tallies.languages[:DRAWERS],
        conditions=tallies.conditions,
    )
    return _same_for_all(page)


@limits.limited(limits.SEARCH)
async def index() -> Response:
    """The catalogue, searched and filtered."""
    wanted = criteria.read(request.args.to_dict(flat=False))
    found, tallies = await search.find(wanted), await window.tallies()
    offered = dict.fromkeys([*(code for code, _ in tallies.languages[:LANGUAGES]), *wanted.language])
    status = 422 if wanted.problems else 200
    page = await render(
        "catalog/index.html",
        "results",
        status,
        wanted=wanted,
        found=found,
        languages=list(offered),
        sorts=criteria.SORTS,
    )
    return _same_for_all(page) if status == 200 else page  # noqa: PLR2004


async def show(book_id: int) -> Response:
    """A book's page; a withdrawn book is its seller's alone to see."""
    me = current_user()
    book = await Book.get_or_none(id=book_id)
    is_mine = bool(me and book and book.seller_id == me.id)
    if book is None or (book.status != "on_sale" and not is_mine):
        abort(404)
    return await render(
        "catalog/show.html",
        book=book,
        is_mine=is_mine,
        ten=isbn.to10(book.isbn) if book.isbn else None,
        order_id=str(uuid4()),
        minutes=round(settings().hold_minutes),
        beside=await window.beside(book.id, book.author, book.seller_id),
    )


async def photo(name: str) -> Response:
    """A photo; its name changes with it."""
    content = await asyncio.to_thread(storage.read, settings().media_dir, name)
    if content is None:
        abort(404)
    headers = {"Cache-Control": FOR_EVER, "Content-Security-Policy": "default-src 'none'; sandbox"}
    return Response(content, content_type="image/webp", headers=headers)


def _same_for_all(page: Response) -> Response:
    """Whoever is not logged in gets the same page, without a form but the search."""
    if current_user() is None:
        page.headers.setdefault("Cache-Control", AGAIN)
    return page
