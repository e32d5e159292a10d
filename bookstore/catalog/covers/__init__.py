"""Cover art for a book without a photo: an inline SVG, the same for the same title and author.

One writer's books share a style, so that they look like a series; palette, size and geometry come
from the title. Books first published before 1900 get cloth boards.
"""

import functools
import re

from markupsafe import Markup

from bookstore.catalog.covers import pictures, plain
from bookstore.catalog.covers.chance import Chance, fold
from bookstore.catalog.covers.drawing import WIDTH
from bookstore.catalog.covers.jacket import PALETTES, Jacket, Style

__all__ = ["cover"]

# The order decides which style an author gets: append, never sort.
STYLES: tuple[Style, ...] = (
    plain.bands,
    pictures.tiles,
    plain.gridded,
    plain.label,
    pictures.waves,
    plain.shout,
    pictures.cutout,
    pictures.scene,
    plain.stripes,
)
HEIGHTS = (162, 172, 172, 180, 186)
PAPERBACKS_SINCE = 1900
LONG_TITLE = 34
LONGEST_WORD = 26
MOST_TEXT = 160


@functools.lru_cache(maxsize=4096)
def cover(title: str, author: str, year: int | None = None, klass: str = "cover") -> Markup:
    """The cover as an `<svg>` without ids or styles, hidden from readers: the title stands beside it."""
    jacket = _jacket(_short(title), _printable(author).split(",")[0].strip())
    style = plain.cloth if year and 0 < year < PAPERBACKS_SINCE else _style_of(jacket.author)
    body = Markup("".join(style(jacket)))  # noqa: S704  drawing.text escapes what people wrote
    return Markup('<svg class="{}" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">{}</svg>').format(
        klass, WIDTH, jacket.height, body
    )


def _jacket(title: str, author: str) -> Jacket:
    chance = Chance(f"{fold(title)}|{fold(author)}")
    height = chance.pick(HEIGHTS)
    return Jacket(chance, chance.pick(PALETTES), height, title, author)


def _style_of(author: str) -> Style:
    return STYLES[Chance(fold(author)).below(len(STYLES))]


def _printable(text: str) -> str:
    """One line of printable characters, no word longer than a cover is wide."""
    words = "".join(c if c.isprintable() else " " for c in text[:MOST_TEXT]).split()
    return " ".join(word if len(word) <= LONGEST_WORD else word[: LONGEST_WORD - 1] + "…" for word in words)


def _short(title: str) -> str:
    """The title without its series in brackets and, when it is long, without its subtitle."""
    text = _printable(title)
    text = re.sub(r"\s*\([^)]*\)\s*$", "", text).strip() or text
    if len(text) > LONG_TITLE:
        text = re.split(r"(?<=\w{3})[:.] ", text)[0]
    return text or "…"
