"""What a form may be sent, field by field: each odd value is refused, or it is listed here as taken."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

MISSING = None
ODD: Mapping[str, str | bytes | None] = {
    "missing": MISSING,
    "empty": "",
    "blanks": "   ",
    "100 kB": "x" * 100_000,
    "100,000 digits": "9" * 100_000,
    "negative": "-1",
    "zero": "0",
    "NaN": "NaN",
    "inf": "inf",
    "1e308": "1e308",
    "2**63": str(2**63),
    "thousands": "1.234,50",
    "half a copy": "0.5",
    "digits of another script": "\u0661",
    "emoji": "😀",
    "NUL": "a\x00b",
    "control": "a\x1bb",
    "turned": "a\u202eb",
    "stacked": "a" + "\u0301" * 200,
    "half a character": b"a\xed\xa0\x80b",
    "no UTF-8": b"a\xff\xfeb",
    "unknown": "MONOPOLY",
    "markup": "\"'><script>alert(1)</script>",
    "statement": "1' OR 1=1; --",
}
NOTHING = {"missing", "empty", "blanks"}
TEXT = {
    *("negative", "zero", "NaN", "inf", "1e308", "2**63", "thousands", "half a copy"),
    *("digits of another script", "emoji", "unknown", "markup", "statement"),
}
ENDLESS, UNREAD = {"100 kB", "100,000 digits"}, {"half a character", "no UTF-8"}
ALL = set(ODD)
LONG = {"2**63", "thousands", "markup", "statement", "stacked"}  # long enough for a password
# Route, field: the odd values that are taken. A field that is not read by the shop takes anything and keeps nothing.
CARD: Mapping[str, AbstractSet[str]] = {
    "title": TEXT,
    "author": TEXT,
    "description": TEXT,
    "price": {"zero", "half a copy"},
    "stock": {"zero"},
    "condition": set(),
    "isbn": NOTHING,
    "language": NOTHING,
    "year": NOTHING | {"negative", "zero"},
    "photos": ALL,
}
ADDRESS: Mapping[str, AbstractSet[str]] = {"name": TEXT, "address": TEXT, "city": TEXT, "country": TEXT}
NO_FIELDS: Mapping[str, AbstractSet[str]] = {}
TAKEN: Mapping[str, Mapping[str, AbstractSet[str]]] = {
    "/users": {"name": TEXT, "email": set(), "password": LONG, "next": ALL},
    "/session": {"email": TEXT, "password": ALL - {"missing", "empty", *ENDLESS, *UNREAD}, "next": ALL},
    "/session/end": NO_FIELDS,
    "/books": CARD | {"stock_seen": ALL},
    "/books/<book_id>": CARD | {"stock_seen": ALL},
    "/books/<book_id>/withdrawal": NO_FIELDS,
    "/orders": {"order_id": set(), "book_id": set(), "quantity": set()},
    "/orders/<order_id>/delivery": ADDRESS | {"courier": set()},
    "/orders/<order_id>/payment": ADDRESS | {"courier": set(), "method": set(), "card_number": set()},
    "/orders/<order_id>/cancellation": NO_FIELDS,
    "/parcels/<parcel_id>/handover": NO_FIELDS,
    "/parcels/<parcel_id>/cancellation": NO_FIELDS,
}
