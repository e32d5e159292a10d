"""Styles that are mostly picture: tiles, waves, cutout, scene."""

import re

from bookstore.catalog.covers.chance import fold
from bookstore.catalog.covers.drawing import WIDTH, byline, circle, fitted, n, rect, shape
from bookstore.catalog.covers.jacket import Jacket
from bookstore.catalog.covers.setting import Box

NIGHT = re.compile(r"noche|night|nacht|nuit|moon|luna|lune|sombra|shadow|muerte|death|tod")
SEA = re.compile(r"\bmar\b|sea|ocean|mer\b|moby|island|isla|galapagos|agua|water|wave|wind|viento")


def tiles(j: Jacket) -> list[str]:
    """Quarter circles in a grid of three or four columns, the title above."""
    columns = j.chance.pick((3, 4))
    side = WIDTH / columns
    rows = round(j.height * 0.56 / side)
    top = j.height - rows * side
    out = [rect(0, 0, WIDTH, j.height, j.colours.ground)]
    for row in range(rows):
        for column in range(columns):
            out += _tile(j, column * side, top + row * side, side)
    head = fitted(j.title, "b", Box(104, top - 30, 24, most=4))
    return [*out, head.at(8, 9, j.colours.ink), byline(j.author, 104).at(8, top - 13, j.colours.ink)]


def _tile(j: Jacket, x: float, y: float, side: float) -> list[str]:
    kind = j.chance.below(7)
    fill = j.chance.pick((j.colours.first, j.colours.second, j.colours.ink))
    s, back = n(side), n(-side)
    quarters = (
        (x, y, f"h{s}a{s} {s} 0 0 1 {back} {s}z"),
        (x + side, y, f"v{s}a{s} {s} 0 0 1 {back} {back}z"),
        (x + side, y + side, f"h{back}a{s} {s} 0 0 1 {s} {back}z"),
        (x, y + side, f"v{back}a{s} {s} 0 0 1 {s} {s}z"),
    )
    if kind < len(quarters):
        left, top, d = quarters[kind]
        return [shape(f"M{n(left)} {n(top)}{d}", fill)]
    whole = {4: circle(x + side / 2, y + side / 2, side / 2, fill), 5: rect(x, y, side, side, fill)}
    return [whole[kind]] if kind in whole else []


def waves(j: Jacket) -> list[str]:
    """Rings round a point, or swells of the sea."""
    return _rings(j) if j.chance.below(2) else _swells(j)


def _rings(j: Jacket) -> list[str]:
    c = j.colours
    x, y = j.chance.span(20, 100), j.height * j.chance.span(0.55, 0.8)
    fills = (c.first, c.ground, c.second, c.ground)
    head = fitted(j.title, "b", Box(100, 42, 16))
    height = head.height + 24
    return [
        rect(0, 0, WIDTH, j.height, c.ground),
        *(circle(x, y, radius, fills[i % 4]) for i, radius in enumerate(range(96, 4, -9))),
        rect(0, 0, WIDTH, height, c.ground),
        head.at(8, 8, c.ink),
        byline(j.author, 104).at(8, height - 13, c.ink),
    ]


def _swells(j: Jacket) -> list[str]:
    c = j.colours
    swing, period = j.chance.pick((7, 10, 14)), j.chance.pick((30, 40, 60))
    curve = f"q{period / 4:g} {-swing} {period / 2:g} 0t{period / 2:g} 0" * (WIDTH // period + 3)
    fills, top = (c.first, c.second, c.ink, c.ground), j.height * 0.42
    out, y = [rect(0, 0, WIDTH, j.height, c.ground)], top
    while y < j.height + swing * 2:
        fill = fills[(len(out) - 1) % 4]
        out.append(shape(f"M{-period} {n(y)}{curve}V{j.height + 30}H{-period}z", fill))
        y += j.chance.pick((11, 13, 16))
    head = fitted(j.title, "s", Box(102, top - 34, 18))
    return [
        *out,
        head.at(60, 12, c.ink, "middle"),
        byline(j.author, 104).at(60, 18 + head.height, c.ink, "middle"),
    ]


def cutout(j: Jacket) -> list[str]:
    """Cut paper: leaves and pebbles."""
    c, out = j.colours, [rect(0, 0, WIDTH, j.height, j.colours.ground)]
    for i in range(j.chance.pick((4, 5, 5))):
        x = (22, 92, 58, 30, 84)[i] + j.chance.span(-8, 8)
        y = j.height * ((0.62, 0.74, 0.9, 0.95, 0.56)[i] + j.chance.span(-0.05, 0.05))
        size = j.chance.span(20, 31)
        turn = f"translate({n(x)} {n(y)})rotate({j.chance.below(18) * 20})"
        piece = _leaf(size) if j.chance.below(3) else _pebble(size)
        out.append(shape(piece, (c.first, c.second, c.ink)[i % 3], turn))
    head = fitted(j.title, "s", Box(102, j.height * 0.34, 19))
    return [
        *out,
        rect(0, 0, WIDTH, 30 + head.height, c.ground),
        head.at(8, 10, c.ink),
        byline(j.author, 104).at(8, 14 + head.height, c.ink),
    ]


def _leaf(s: float) -> str:
    side = f"{n(s)} {n(-s * 0.7)} {n(s)} {n(s * 0.7)} 0 {n(s * 1.5)}"
    return f"M0 {n(-s * 1.5)}C{side}C{n(-s)} {n(s * 0.7)} {n(-s)} {n(-s * 0.7)} 0 {n(-s * 1.5)}z"


def _pebble(s: float) -> str:
    over = f"C{n(-s)} {n(-s * 1.1)} {n(s * 0.3)} {n(-s * 1.3)} {n(s * 0.9)} {n(-s * 0.4)}"
    return f"M{n(-s)} 0{over}S{n(s * 0.5)} {n(s * 1.2)} {n(-s * 0.3)} {n(s * 0.8)}{n(-s)} {n(s * 0.5)} {n(-s)} 0z"


def scene(j: Jacket) -> list[str]:
    """Sky, a disc and three ridges; words of night give a crescent, words of the sea give waves."""
    c, words = j.colours, fold(j.title)
    x, y, radius = j.chance.span(26, 94), j.height * j.chance.span(0.5, 0.6), j.chance.pick((13, 17, 21))
    out = [rect(0, 0, WIDTH, j.height, c.ground), circle(x, y, radius, c.first)]
    if NIGHT.search(words):
        out.append(circle(x + radius * 0.45, y - radius * 0.25, radius * 0.85, c.ground))
    ridge = _crests if SEA.search(words) else _hills
    for i, fill in enumerate((c.second, c.ink, c.first)):
        out.append(shape(ridge(j, j.height * (0.66 + i * 0.1)), fill))
    head = fitted(j.title, "b", Box(104, j.height * 0.3, 16))
    return [
        *out,
        head.at(60, 10, c.ink, "middle"),
        byline(j.author, 104).at(60, 15 + head.height, c.ink, "middle"),
    ]


def _crests(j: Jacket, y: float) -> str:
    return f"M-10 {n(y)}" + "q7.5 -7 15 0t15 0" * 5 + f"V{j.height}H-10z"


def _hills(j: Jacket, y: float) -> str:
    a, b, c, d = (j.chance.span(-10, 14) for _ in range(4))
    slope = f"C30 {n(y - b - 6)} 46 {n(y + c)} 66 {n(y - 2)}S100 {n(y - d)} 120 {n(y + 4)}"
    return f"M0 {n(y + a)}{slope}V{j.height}H0z"
