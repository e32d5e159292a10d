"""Styles that are mostly type: bands, label, shout, stripes, gridded, cloth."""

import math
from collections.abc import Callable

from bookstore.catalog.covers.drawing import WIDTH, Lines, byline, circle, fitted, imprint, n, rect, shape, stroke
from bookstore.catalog.covers.jacket import PAPER, PRINT, Jacket, contrast, luminance
from bookstore.catalog.covers.patterns import PATTERNS
from bookstore.catalog.covers.setting import Box, measure

DARK = 0.45
CLOTHS = (
    ("#1f4b40", "#e3c36c"),
    ("#5a2a2c", "#e6c67a"),
    ("#23405e", "#e3c97f"),
    ("#2f2c29", "#d9b65c"),
    ("#3f4a2e", "#e0c878"),
    ("#7a3420", "#f0d58c"),
)


def bands(j: Jacket) -> list[str]:
    """Two bands of colour, the title on paper between them."""
    c, paper = j.colours, "#f6efdc"
    band = next((x for x in (c.ground, c.first, c.second, c.ink) if luminance(x) < DARK), "#23405e")
    top, low = j.height * 0.30, j.height * 0.27
    head = fitted(j.title, "b", Box(102, j.height - top - low - 34, 17))
    rule = top + 10 + head.height + 3
    author = fitted(j.author, "r", Box(100, 20, 9, 6.5, 2))
    return [
        rect(0, 0, WIDTH, j.height, paper),
        rect(0, 0, WIDTH, top, band),
        rect(0, j.height - low, WIDTH, low, band),
        head.at(60, top + 10, PRINT, "middle"),
        stroke(f"M48 {n(rule)}h24", PRINT, 0.8),
        author.at(60, rule + 5, PRINT, "middle"),
        f'<ellipse cx="60" cy="{n(top / 2)}" rx="34" ry="{n(top * 0.27)}" fill="{paper}"/>',
        imprint(j.chance, 60, top / 2, PRINT),
        imprint(j.chance, 60, j.height - low / 2, paper),
    ]


def label(j: Jacket) -> list[str]:
    """Patterned paper with a pasted label."""
    kind, step = j.chance.below(len(PATTERNS)), j.chance.pick((10, 12, 15))
    colour = j.colours.first if j.chance.below(2) else j.colours.second
    head = fitted(j.title, "s", Box(72, 46, 13, 7.5))
    author = fitted(j.author, "r", Box(74, 16, 7.5, 6, 2))
    height, y = head.height + author.height + 20, j.height * 0.2
    return [
        rect(0, 0, WIDTH, j.height, j.colours.ground),
        *PATTERNS[kind](step, j.height, colour, j.colours.ink),
        rect(17, y, 86, height, "#f8f1df"),
        stroke(f"M19.5 {n(y + 2.5)}h81v{n(height - 5)}h-81z", PRINT, 0.7),
        head.at(60, y + 7, PRINT, "middle"),
        author.at(60, y + 12 + head.height, PRINT, "middle"),
    ]


def shout(j: Jacket) -> list[str]:
    """Type only: each line fills the measure."""
    c, rows = j.colours, _rows(j.title.upper())
    cap = min(46, (j.height - 40) / len(rows) * 1.2)
    sizes = [min(104 / max(measure(row, "c", 1), 0.01), cap) for row in rows]
    scale = min(1, (j.height - 42) / sum(size * 0.84 for size in sizes))
    hot, y, out = j.chance.below(len(rows)), 9.0, [rect(0, 0, WIDTH, j.height, c.ground)]
    for i, (row, full) in enumerate(zip(rows, sizes, strict=True)):
        size = full * scale
        fill = c.first if i == hot and contrast(c.first, c.ground) > 3 else c.ink  # noqa: PLR2004  large type
        out.append(Lines([row], "c", size).at(8, y - size * 0.1, fill))
        y += size * 0.84
    bar = j.height - 26
    return [
        *out,
        *_filler(j, y, bar),
        stroke(f"M8 {n(bar + 2)}h104", c.ink, 1.4),
        byline(j.author, 104).at(8, bar + 8, c.ink),
    ]


def _rows(words: str) -> list[str]:
    """Words joined to rows of at most nine characters, at most six rows."""
    rows: list[str] = []
    for word in words.split():
        if rows and len(rows[-1]) + 1 + len(word) <= 9:  # noqa: PLR2004  what a row of large type holds
            rows[-1] += f" {word}"
        else:
            rows.append(word)
    return rows[:6]


def _filler(j: Jacket, y: float, bar: float) -> list[str]:
    """A disc or a bar in the room that the type left."""
    room, c = bar - y, j.colours
    if room <= 26:  # noqa: PLR2004  too little for a shape
        return []
    if j.chance.below(2):
        return [circle(60 + j.chance.pick((-18, 0, 18)), (y + bar) / 2 + 2, min(33, room / 2 - 5), c.second)]
    return [
        rect(8, y + 7, 104, room - 14, c.second),
        rect(8, y + 7, 104 * j.chance.span(0.3, 0.7), room - 14, c.first),
    ]


def stripes(j: Jacket) -> list[str]:
    """Vertical stripes of unequal width, the title in a panel."""
    c = j.colours
    out: list[str] = []
    x = 0
    cycle = (c.ground, c.first, c.ground, c.second, c.ink)
    while x < WIDTH:
        width = j.chance.pick((5, 8, 12, 17, 22))
        out.append(rect(x, 0, min(width, WIDTH - x), j.height, cycle[len(out) % 5]))
        x += width
    head = fitted(j.title, "c", Box(88, 62, 24, 9)).tighter(1.02)
    height = head.height + 28
    y = (j.height - height) / 2 if j.chance.below(2) else j.height - height - 16
    return [
        *out,
        rect(10, y, 100, height, c.ground),
        head.at(16, y + 8, c.ink),
        byline(j.author, 88).at(16, y + height - 14, c.ink),
    ]


def cloth(j: Jacket) -> list[str]:
    """Cloth boards with a stamped frame and a rosette in gold."""
    ground, gold = j.chance.pick(CLOTHS)
    out = [
        rect(0, 0, WIDTH, j.height, ground),
        stroke(f"M8 8h104v{j.height - 16}H8z", gold, 1.6),
        stroke(f"M12 12h96v{j.height - 24}H12z", gold, 0.6),
    ]
    out += [
        shape(f"M{x} {y - 7}q2.5 4.5 7 7q-4.5 2.5-7 7q-2.5-4.5-7-7q4.5-2.5 7-7z", gold)
        for x, y in ((12, 12), (108, 12), (12, j.height - 12), (108, j.height - 12))
    ]
    out.append(fitted(j.title, "s", Box(82, j.height * 0.3, 16)).at(60, j.height * 0.19, gold, "middle"))
    centre, petals = j.height * 0.64, j.chance.pick((6, 8, 10))
    out += [
        shape("M0-3C5-7 5-14 0-19C-5-14-5-7 0-3z", gold, f"translate(60 {n(centre)})rotate({n(360 * i / petals)})")
        for i in range(petals)
    ]
    return [*out, circle(60, centre, 2.2, gold), byline(j.author, 84, 8.5).at(60, j.height - 26, gold, "middle")]


def gridded(j: Jacket) -> list[str]:
    """A ruled head with author and title, a field with one figure below."""
    head = fitted(j.title, "b", Box(106, 40, 15))
    foot = 20 + head.height + 5
    top = foot + 5
    x, figure = _figure(j)
    return [
        rect(0, top, WIDTH, j.height - top, j.colours.ground),
        *figure(j, x, top, j.height - top),
        rect(0, 0, WIDTH, top, PAPER),
        byline(j.author, 92).at(7, 5, PRINT),
        stroke(f"M7 17h106M7 {n(foot)}h106", PRINT, 0.8),
        head.at(7, 20, PRINT),
    ]


Figure = Callable[[Jacket, float, float, float], list[str]]


def _figure(j: Jacket) -> tuple[float, Figure]:
    figure = j.chance.pick((_drops, _bowl, _rays, _peaks))
    return j.chance.span(35, 85), figure


def _drops(j: Jacket, _x: float, top: float, height: float) -> list[str]:
    c, out = j.colours, []
    for i in range(6):
        y = top + height * j.chance.span(0.3, 0.7)
        out.append(shape(f"M{i * 20} {n(top)}h20V{n(y - 10)}a10 10 0 0 1-20 0z", (c.first, c.ink, c.second)[i % 3]))
        if i % 2:
            out.append(circle(i * 20 + 10, y - 10, 5, c.ground))
    return out


def _bowl(j: Jacket, x: float, top: float, height: float) -> list[str]:
    y, m = top + height / 2, height * 0.42
    return [
        circle(x, y, m, j.colours.first),
        shape(f"M{n(x - m)} {n(y)}a{n(m)} {n(m)} 0 0 0 {n(2 * m)} 0z", j.colours.ink),
        circle(x, y, m * 0.3, j.colours.second),
    ]


def _rays(j: Jacket, x: float, top: float, height: float) -> list[str]:
    y = top + height / 2

    def tip(angle: float) -> str:
        return f"{n(x + 150 * math.cos(angle))} {n(y + 150 * math.sin(angle))}"

    fills = (j.colours.first, j.colours.second)
    rays = [shape(f"M{n(x)} {n(y)}L{tip(i * 0.9)}L{tip(i * 0.9 + 0.42)}z", fills[i % 2]) for i in range(7)]
    return [*rays, circle(x, y, 15, j.colours.ink)]


def _peaks(j: Jacket, _x: float, top: float, height: float) -> list[str]:
    c, y, out = j.colours, top + height / 2, []
    for i, fill in enumerate((c.first, c.ink, c.second, c.ground)):
        m = height * (0.46 - i * 0.11)
        out.append(shape(f"M60 {n(y - m)}L{n(60 + m * 1.1)} {n(y + m)}H{n(60 - m * 1.1)}z", fill))
    return out
