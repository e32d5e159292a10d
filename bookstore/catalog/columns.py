"""From a row of a file to the fields of a card: our own template and the book lists of goodbooks-10k.

Columns are found by their names. What a list of books cannot know is made up: for a column that is not there, a price
and a condition that depend on the book alone, so that a file always makes the same shop. An empty cell of a column
that is there is a fault of its row.
"""

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256

from bookstore import isbn, money
from bookstore.catalog import listing
from bookstore.catalog.listing import Faults, Listing
from bookstore.texts import gettext, ngettext

# For each field the names of its column, the best first.
NAMES: Mapping[str, Sequence[str]] = {
    "title": ("title",),
    "author": ("author", "authors"),
    "description": ("description",),
    "price": ("price",),
    "stock": ("stock", "quantity"),
    "condition": ("condition",),
    "isbn": ("isbn",),
    "language": ("language", "language_code"),
    "year": ("year", "original_publication_year"),
}
NEEDED = ("title", "author")
NO_LANGUAGE = {"mul", "und", "zxx"}  # many, unknown, none
# How often each grade is met in a second-hand shop, of 100.
GRADES = (("as_new", 8), ("fine", 16), ("near_fine", 22), ("very_good", 28), ("good", 18), ("fair", 5), ("poor", 3))
LOWEST, STEP, STEPS = 280, 35, 64  # made-up prices, in cents: 2.80 to 24.85
_FORMULA = re.compile(r"\s*(?:=|[+\-@].*[(|!])", re.DOTALL)  # what a spreadsheet would calculate or start
_AS_TEXT = re.compile(r'="([0-9Xx-]*)"')  # how a list keeps a spreadsheet from rounding an ISBN
_POINT_NOUGHT = re.compile(r"(-?[0-9]+)\.0+")


class Columns:
    """The columns of one file. `price_cents` and `stock` fill in where the file has none."""

    def __init__(self, names: Sequence[str], price_cents: int | None, stock: int | None) -> None:
        self.of = {field: next((name for name in known if name in names), None) for field, known in NAMES.items()}
        self.price_cents, self.stock = price_cents, stock

    @property
    def missing(self) -> list[str]:
        """The columns without which no card can be made."""
        return [field for field in NEEDED if self.of[field] is None]

    def listing(self, cells: Mapping[str, str]) -> Listing:
        """The card that a row makes. Raises Faults."""
        typed = self.typed(cells)
        faults = {field: gettext("A formula is not taken.") for field in typed if _FORMULA.match(typed[field])}
        if faults:
            raise Faults(faults)
        return listing.read(self._complete(typed))

    def typed(self, cells: Mapping[str, str]) -> dict[str, str]:
        """What the row says of each field, as somebody would have typed it."""
        return {field: _as_typed(field, cells.get(name or "", "").strip()) for field, name in self.of.items()}

    def _complete(self, typed: dict[str, str]) -> dict[str, str]:
        """Filled in from the settings of this import, or made up where there is no such column."""
        chance = sha256(f"{typed['title']}|{typed['author']}".encode(errors="replace")).digest()
        made_up = {
            "description": gettext("From a list of books, without a description."),
            "price": money.typed(LOWEST + STEP * (chance[0] % STEPS)),
            "stock": "1",
            "condition": _grade(chance[1]),
        }
        given = {
            "price": None if self.price_cents is None else money.typed(self.price_cents),
            "stock": None if self.stock is None else str(self.stock),
        }
        filled = dict(typed)
        for field in (name for name in made_up if not typed[name]):
            instead = given.get(field) or (made_up[field] if self.of[field] is None else "")
            filled[field] = instead
        return filled


def _as_typed(field: str, cell: str) -> str:
    if field == "isbn":
        return _whole_isbn(_AS_TEXT.sub(r"\1", cell))
    if field == "year":
        return _POINT_NOUGHT.sub(r"\1", cell)
    if field == "language":
        return "" if cell in NO_LANGUAGE else cell
    if field == "condition":
        return "_".join(cell.lower().split())
    return shortened(cell) if field == "author" else cell


def shortened(authors: str) -> str:
    """As many of the authors as a card has room for, and how many more there are."""
    if len(authors) <= listing.AUTHOR:
        return authors
    names = [name.strip() for name in authors.split(",")]
    for kept in range(len(names) - 1, 0, -1):
        rest = ngettext("and one more", "and %(num)s more", len(names) - kept)
        if len(text := f"{', '.join(names[:kept])} {rest}") <= listing.AUTHOR:
            return text
    return authors


def _whole_isbn(text: str) -> str:
    """A spreadsheet takes an ISBN-10 for a number and drops the noughts at its beginning."""
    whole = text.zfill(10)
    return whole if text and (isbn.is_valid(whole) or whole[1:] == text) else text


def _grade(chance: int) -> str:
    place = chance % 100
    for name, share in GRADES:
        place -= share
        if place < 0:
            return name
    raise AssertionError("the shares make 100")
