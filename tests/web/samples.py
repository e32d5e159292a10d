"""What each template is given, for rendering it without its handler. A new template gets a line in SAMPLES."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from bookstore.catalog import conditions


def book(**changes: Any) -> SimpleNamespace:
    return SimpleNamespace(
        **{
            "id": 7,
            "title": "Pedro Páramo",
            "author": "Juan Rulfo",
            "price_cents": 420,
            "stock": 2,
            "condition": "good",
            "language": "es",
            "year": 1977,
            "isbn": "9788437604183",
            "description": "Lomo firme.",
            "photo": None,
            "seller_id": 1,
            "seller_name": "Ana",
        }
        | changes
    )


def home() -> dict[str, Any]:
    books = [book(id=i) for i in range(3)] + [book(stock=0, language=None, year=None)]
    counts = [(name, 3) for name in conditions.NAMES]
    return {"total": 4, "spines": books, "newest": books, "languages": [("es", 3), ("en", 1)], "conditions": counts}


def error() -> dict[str, Any]:
    return {"code": 503, "message": "", "request_id": "r-1", "retry_after": 10}


SAMPLES: dict[str, Callable[[], dict[str, Any]]] = {
    "layout.html": dict,
    "catalog/home.html": home,
    "errors/error.html": error,
}
