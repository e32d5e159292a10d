"""Ways back: where a reader goes after logging in, always inside the shop."""

from urllib.parse import SplitResult, quote, urlsplit

from quart import request

from bookstore.web.hypermedia import is_htmx

LONGEST = 2000


def own_path(typed: str) -> str:
    """The path if it is one of ours, else the entrance: a `next` must lead nobody to another site.

    Browsers read a backslash as a slash and skip control characters, so neither may occur.
    """
    is_ours = typed.startswith("/") and not typed.startswith("//") and len(typed) <= LONGEST
    return typed if is_ours and typed.isprintable() and "\\" not in typed else "/"


def parts(address: str | None) -> SplitResult:
    """The parts of an address that a browser named; all of them empty where it is none."""
    try:
        return urlsplit(address or "")
    except ValueError:  # the bracket of an IPv6 address without its other half
        return urlsplit("")


def login_path() -> str:
    """The login, with the way back to the page that the reader is on."""
    return f"/session/new?next={quote(_here(), safe='/')}"


def _here() -> str:
    if is_htmx():
        shown = parts(request.headers.get("HX-Current-URL"))
        return own_path(_joined(shown.path, shown.query)) if shown.netloc == request.host else "/"
    return own_path(_joined(request.path, request.query_string.decode("latin-1")))


def _joined(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path
