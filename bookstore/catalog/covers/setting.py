"""Type set by measured widths: the largest size at which a text fits its box."""

import json
import unicodedata
from pathlib import Path
from typing import NamedTuple

# Advance widths in hundredths of the size, measured in the shop's own font and the usual serif.
WIDTHS: dict[str, dict[str, int]] = json.loads((Path(__file__).parent / "widths.json").read_text())
LEAD = 1.08
UNKNOWN, WIDE = 62, 105
MOST_WORDS = 12
FINE_STEPS_BELOW = 14


def _width(character: str, known: dict[str, int]) -> int:
    if character in known:
        return known[character]
    return WIDE if unicodedata.east_asian_width(character) in "WF" else UNKNOWN


def measure(text: str, face: str, size: float) -> float:
    """How wide a text runs."""
    known = WIDTHS[face]
    return sum(_width(c, known) for c in text) * size / 100


def wrap(words: list[str], face: str, size: float, width: float, most: int) -> list[str] | None:
    """Fewest lines that hold the words, then the most even break of that many; None if none fits."""
    for count in range(1, most + 1):
        breaks = _breaks(words, face, size, width, count)
        if breaks:
            return min(breaks, key=lambda lines: max(measure(line, face, size) for line in lines))
    return None


def _breaks(words: list[str], face: str, size: float, width: float, count: int) -> list[list[str]]:
    """Every way to set the words in exactly `count` lines."""
    if count == 1:
        line = " ".join(words)
        return [[line]] if measure(line, face, size) <= width else []
    found = []
    for end in range(1, len(words) - count + 2):
        first = " ".join(words[:end])
        if measure(first, face, size) > width:
            break
        found += [[first, *rest] for rest in _breaks(words[end:], face, size, width, count - 1)]
    return found


class Box(NamedTuple):
    """Room for type: its sides, the sizes allowed (largest first) and the most lines."""

    width: float
    height: float
    big: float
    small: float = 8
    most: int = 5


def fit(text: str, face: str, box: Box) -> tuple[list[str], float]:
    """Lines and size; at the smallest size the text is cut and ends in an ellipsis."""
    words = text.split()[:MOST_WORDS]
    size = box.big
    while words and size >= box.small:
        lines = wrap(words, face, size, box.width, box.most)
        if lines and len(lines) * size * LEAD <= box.height:
            return lines, size
        size -= 0.5 if size < FINE_STEPS_BELOW else 1
    return _cut(words, face, box), box.small


def _cut(words: list[str], face: str, box: Box) -> list[str]:
    if not words:
        return []
    kept = words[: max(2, len(words) - 2)]
    lines = wrap(kept, face, box.small, box.width, box.most + 2) or kept[: box.most]
    lines = [_trim(line, face, box) for line in lines]
    return [*lines[:-1], lines[-1].rstrip("…") + "…"]


def _trim(line: str, face: str, box: Box) -> str:
    while measure(line, face, box.small) > box.width:
        line = line[:-1]
    return line
