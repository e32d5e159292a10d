"""What a reader asks of the catalogue, from the address and back to it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any
from urllib.parse import urlencode

from bookstore import isbn, money
from bookstore.catalog import conditions
from bookstore.catalog.folding import fold
from bookstore.texts import gettext

LONGEST = 200  # characters of a search
MOST_WORDS = 12
SORTS = ("newest", "cheapest", "dearest")
_NUMBER = re.compile(r"[0-9]{1,18}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_AFTER = {"newest": re.compile(r"([0-9]{1,18})"), "price": re.compile(r"([0-9]{1,12})-([0-9]{1,18})")}
# Digits with hyphens or spaces between: ten or thirteen of them may be an ISBN.
_ISBN = re.compile(r"(?<!\w)(?:97[89][\s-]?)?(?:[0-9][\s-]?){9}[0-9Xx](?!\w)")


class Unread(ValueError):
    """A value of the address cannot be understood; `str()` says why."""


@dataclass(frozen=True)
class Criteria:
    """Prices are cents; `after` is where the page before ended; `problems` are the values left out, {name: why}, and
    `typed` is what the address said.
    """

    q: str = ""
    condition: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    min_price: int | None = None
    max_price: int | None = None
    in_stock: bool = False
    seller: int | None = None
    sort: str = "newest"
    view: str = ""
    after: tuple[int, ...] = ()
    problems: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> list[str]:
        """The folded words that all must be found; an ISBN is one of them, with thirteen digits."""
        text = _ISBN.sub(_thirteen, self.q)
        return list(dict.fromkeys(fold(text).split()))[:MOST_WORDS]

    @property
    def filters(self) -> int:
        """How many filters are on, the search not counted."""
        single = (self.min_price is not None, self.max_price is not None, self.in_stock, self.seller is not None)
        return len(self.condition) + len(self.language) + sum(single)

    def url(self, **changes: Any) -> str:  # noqa: ANN401 - the fields' own types
        """The address of this page with other values, from its beginning unless `after` is among them."""
        changed = replace(self, **{"after": (), **changes})
        query = urlencode([pair for each in fields(changed) for pair in _pairs(changed, each.name)])
        return f"/books?{query}" if query else "/books"

    def plain(self) -> str:
        """The address without any filter: the search, the order and the way to look stay."""
        return Criteria(q=self.q, sort=self.sort, view=self.view).url()

    def without(self, name: str, value: str | None = None) -> str:
        """The address with one filter, or one of its values, taken off."""
        if value is not None:
            return self.url(**{name: tuple(kept for kept in getattr(self, name) if kept != value)})
        return self.url(**{name: getattr(Criteria, name)})


def _pairs(wanted: Criteria, name: str) -> list[tuple[str, str]]:
    value = getattr(wanted, name)
    if name in {"problems", "typed"} or value == getattr(Criteria, name, None):
        return []
    if name in {"min_price", "max_price"}:
        return [(name, money.typed(value))]
    if name == "after":
        return [(name, "-".join(map(str, value)))]
    values = value if isinstance(value, tuple) else (value,)
    return [(name, "1" if each is True else str(each)) for each in values]


def _thirteen(found: re.Match[str]) -> str:
    try:
        return isbn.parse(found[0])
    except isbn.NotAnIsbn:
        return found[0]


def read(args: Mapping[str, Sequence[str]]) -> Criteria:
    """The criteria of an address' arguments; a value that cannot be read is left out and told in `problems`."""
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for name, reader in _READERS.items():
        given = [value.strip() for value in args.get(name, ()) if value.strip()]
        try:
            if given:
                values[name] = reader(given)
        except Unread as why:
            problems[name] = str(why)
    typed = {name: args[name][0] for name in _READERS if args.get(name)}
    wanted = Criteria(**values, problems=problems, typed=typed)
    return _placed(wanted, args.get("after", ()))


def _placed(wanted: Criteria, after: Sequence[str]) -> Criteria:
    """How `after` is read depends on the order."""
    if not after or not after[0]:
        return wanted
    found = _AFTER["newest" if wanted.sort == "newest" else "price"].fullmatch(after[0])
    if not found:
        return replace(wanted, problems={**wanted.problems, "after": _unknown()})
    return replace(wanted, after=tuple(int(part) for part in found.groups()))


def _unknown() -> str:
    return gettext("This part of the address is not known and was left out.")


def _search(given: list[str]) -> str:
    if len(given[0]) > LONGEST:
        raise Unread(gettext("A search has at most %(most)s characters.", most=LONGEST))
    return given[0]


def _conditions(given: list[str]) -> tuple[str, ...]:
    return _each(given, lambda value: value in conditions.NAMES)


def _languages(given: list[str]) -> tuple[str, ...]:
    return _each(given, lambda value: bool(_LANGUAGE.fullmatch(value)))


def _each(given: list[str], is_known: Callable[[str], bool]) -> tuple[str, ...]:
    if len(given) > MOST_WORDS or not all(map(is_known, given)):
        raise Unread(_unknown())
    return tuple(dict.fromkeys(given))


def _cents(given: list[str]) -> int:
    try:
        return money.parse(given[0])
    except money.NotMoney:
        raise Unread(gettext("Write only the number, for example 12.50.")) from None


def _yes(given: list[str]) -> bool:
    if given[0] not in {"1", "0", "on", "true", "false"}:
        raise Unread(_unknown())
    return given[0] not in {"0", "false"}


def _seller(given: list[str]) -> int:
    if not _NUMBER.fullmatch(given[0]):
        raise Unread(_unknown())
    return int(given[0])


def _one_of(*known: str) -> Callable[[list[str]], str]:
    def reader(given: list[str]) -> str:
        if given[0] not in known:
            raise Unread(_unknown())
        return given[0]

    return reader


_READERS: Mapping[str, Callable[[list[str]], object]] = {
    "q": _search,
    "condition": _conditions,
    "language": _languages,
    "min_price": _cents,
    "max_price": _cents,
    "in_stock": _yes,
    "seller": _seller,
    "sort": _one_of(*SORTS),
    "view": _one_of("list", "shelf"),
}
