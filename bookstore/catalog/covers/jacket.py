"""What every style draws on: a height, four printed colours, a title and an author."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from bookstore.catalog.covers.chance import Chance

PAPER = "#f7f0de"
PRINT = "#22231f"


class Palette(NamedTuple):
    """`ink` is read on `ground`, at 5:1 or better; the other two are only shapes."""

    ground: str
    ink: str
    first: str
    second: str


PALETTES = (
    Palette("#e8dcbf", "#22231f", "#c23b27", "#2c5a4c"),
    Palette("#1f4b40", "#f4ead0", "#e2a72e", "#c9513a"),
    Palette("#b93a26", "#fdf3de", "#1f2b3a", "#f0bd45"),
    Palette("#23405e", "#f5ecd5", "#dca745", "#8fb3b0"),
    Palette("#e0a52d", "#22231f", "#9a2d20", "#f7ecd2"),
    Palette("#d6d0bd", "#1d2937", "#386585", "#c23b27"),
    Palette("#5a2a2c", "#f4e6ca", "#d98f40", "#93503f"),
    Palette("#8db0a3", "#182524", "#f5ecd5", "#a93523"),
    Palette("#2a2a28", "#f3ead2", "#c94430", "#dba945"),
    Palette("#f3ead3", "#1f3a5a", "#e0a52d", "#1f3a5a"),
    Palette("#b4c5c9", "#1e2c45", "#f6edd8", "#b93a26"),
    Palette("#e4c3a6", "#45191d", "#a93523", "#2c5a4c"),
    Palette("#3f6f76", "#fbf4e2", "#f0bd45", "#1d2f33"),
    Palette("#cfd3b4", "#26331f", "#55713d", "#c8722b"),
)


@dataclass(frozen=True)
class Jacket:
    """The blank cover of one book."""

    chance: Chance
    colours: Palette
    height: int
    title: str
    author: str


Style = Callable[[Jacket], list[str]]


def luminance(colour: str) -> float:
    """WCAG's relative luminance of `#rrggbb`, 0 to 1."""
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  sRGB


def contrast(one: str, other: str) -> float:
    """WCAG's contrast of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
