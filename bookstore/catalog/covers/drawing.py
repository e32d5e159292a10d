"""SVG by presentation attributes alone: no ids, no styles, so a strict policy holds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

from bookstore.catalog.covers.chance import Chance
from bookstore.catalog.covers.setting import LEAD, WIDTHS, Box, fit, measure

WIDTH = 120


def n(value: float) -> str:
    """A number with at most one decimal and no idle zero."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    return f'<path fill="{fill}" d="M{n(x)} {n(y)}h{n(width)}v{n(height)}h{n(-width)}z"/>'


def circle(x: float, y: float, radius: float, fill: str) -> str:
    return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(radius)}" fill="{fill}"/>'


def shape(d: str, fill: str, turn: str = "") -> str:
    """A filled path; `turn` is a transform."""
    return f'<path d="{d}" fill="{fill}"' + (f' transform="{turn}"' if turn else "") + "/>"


def stroke(d: str, colour: str, width: float, more: str = "") -> str:
    return f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{n(width)}"{more}/>'


@dataclass(frozen=True)
class Lines:
    """Fitted lines of type: face is c(ondensed), b(old), r(egular) or s(erif)."""

    lines: Sequence[str]
    face: str
    size: float
    lead: float = LEAD

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * self.lead

    def tighter(self, lead: float) -> "Lines":
        return replace(self, lead=lead)

    def at(self, x: float, y: float, fill: str, anchor: str = "start") -> str:
        """The lines with the top of the first at `y`."""
        if not self.lines:
            return ""
        aligned = "" if anchor == "start" else f' text-anchor="{anchor}"'
        spans = "".join(
            f'<tspan x="{n(x)}" y="{n(y + self.size * 0.82 + i * self.size * self.lead)}"{self._held(line)}>'
            f"{escape(line)}</tspan>"
            for i, line in enumerate(self.lines)
        )
        return f'<text class="cv-{self.face}" font-size="{n(self.size)}" fill="{fill}"{aligned}>{spans}</text>'

    def _held(self, line: str) -> str:
        """Condensed lines are held to their width: a wider fallback font cannot overflow."""
        if self.face != "c" or any(c not in WIDTHS["c"] for c in line):
            return ""
        return f' textLength="{n(measure(line, "c", self.size))}" lengthAdjust="spacingAndGlyphs"'


def fitted(text: str, face: str, box: Box) -> Lines:
    """The text in the largest size that fits its box."""
    lines, size = fit(text, face, box)
    return Lines(lines, face, size)


def byline(author: str, width: float, big: float = 9) -> Lines:
    """An author on one line."""
    return fitted(author, "r", Box(width, 12, big, 6, 1))


def imprint(chance: Chance, x: float, y: float, fill: str) -> str:
    """The publisher's mark: one of six small devices."""
    devices = (
        shape(f"M{n(x)} {n(y - 4)}l4 4-4 4-4-4z", fill),
        circle(x, y, 3.2, fill),
        shape(f"M{n(x - 4)} {n(y + 3)}l4-7 4 7z", fill),
        shape(f"M{n(x - 4)} {n(y + 2)}a4 4 0 0 1 8 0z", fill),
        stroke(f"M{n(x - 3)} {n(y - 3)}h6v6h-6z", fill, 1.2),
        stroke(f"M{n(x)} {n(y - 4)}v8M{n(x - 4)} {n(y)}h8", fill, 1.4),
    )
    return chance.pick(devices)
