"""What each template is given, for rendering it without its handler. A new template gets a line in SAMPLES.

A template that shows very different things has one builder for each.
"""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from bookstore.auth.forms import LogIn, Registration
from bookstore.catalog import conditions, criteria
from bookstore.catalog.forms import ListingForm
from bookstore.catalog.own import Page, Tallies
from bookstore.catalog.search import Found
from tests.web import samples_orders


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
            "status": "on_sale",
        }
        | changes
    )


def home() -> dict[str, Any]:
    books = [book(id=i) for i in range(3)] + [book(stock=0, language=None, year=None)]
    counts = [(name, 3) for name in conditions.NAMES]
    return {"total": 4, "spines": books, "newest": books, "languages": [("es", 3), ("en", 1)], "conditions": counts}


def error() -> dict[str, Any]:
    return {"code": 503, "message": "", "request_id": "r-1", "retry_after": 10}


def catalogue(query: dict[str, list[str]], *books: SimpleNamespace) -> dict[str, Any]:
    found = Found(list(books), (7,) if books else (), 1 + len(books))
    return {"wanted": criteria.read(query), "found": found, "languages": ["es", "fr"], "sorts": criteria.SORTS}


def found() -> dict[str, Any]:
    asked = {"q": ["luna"], "condition": ["good"], "language": ["es"], "min_price": ["x"], "max_price": ["9,50"]}
    return catalogue(asked | {"in_stock": ["1"], "seller": ["1"], "after": ["8"]}, book(), book(id=8, stock=0))


def shown() -> dict[str, Any]:
    key = "0f0e0d0c-0b0a-4908-8706-050403020100"
    return {
        "book": book(),
        "is_mine": False,
        "ten": "8437604184",
        "order_id": key,
        "minutes": 15,
        "beside": [book(id=9)],
    }


def card() -> dict[str, Any]:
    notes = {grade.name: grade.note for grade in conditions.GRADES}
    return {"form": ListingForm(title="<b>"), "book": book(), "notes": notes, "currency": "USD"}


def own() -> dict[str, Any]:
    return {"page": Page("on_sale", [book(), book(id=8, stock=0)], 8), "tallies": Tallies(2, 1, 2, 1, 4)}


def people() -> dict[str, Any]:
    user = SimpleNamespace(id=1, name="Ana <b>", email="ana@example.org", role="admin", created=samples_orders.NOW)
    return {"users": [user], "more": True}


def log_in() -> dict[str, Any]:
    return {"form": LogIn(next="/books/7"), "wrong": True}


def registration() -> dict[str, Any]:
    return {"form": Registration(name='"><b>')}


Builder = Callable[[], dict[str, Any]]
SAMPLES: dict[str, Builder | tuple[Builder, ...]] = {
    "admin/index.html": samples_orders.desk,
    "admin/orders.html": samples_orders.history,
    "auth/log_in.html": log_in,
    "auth/register.html": registration,
    "auth/users.html": people,
    "layout.html": dict,
    "catalog/form.html": card,
    "catalog/home.html": home,
    "catalog/index.html": found,
    "catalog/selling.html": own,
    "catalog/show.html": shown,
    "errors/error.html": error,
    "orders/index.html": samples_orders.history,
    "orders/parcel.html": samples_orders.sale,
    "orders/receipt.html": samples_orders.receipt,
    "orders/refused.html": samples_orders.refused,
    "orders/sales.html": samples_orders.sales,
    "orders/show.html": samples_orders.STATES,
}
