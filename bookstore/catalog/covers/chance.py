"""Decisions that look like chance and are always the same: bytes of SHA-256, one for each."""

import hashlib
import unicodedata
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def fold(text: str) -> str:
    """Without case and accents, so that two spellings of one name make one cover."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in letters if not unicodedata.combining(c)).strip()


class Chance:
    """A stream of decisions that a text determines."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._pool = b""
        self._drawn = 0

    def below(self, limit: int) -> int:
        """An integer from 0 to limit - 1; limit is at most 256."""
        if not self._pool:
            self._pool = hashlib.sha256(f"{self._seed}/{self._drawn}".encode()).digest()
            self._drawn += 1
        byte, self._pool = self._pool[0], self._pool[1:]
        return byte % limit

    def pick(self, choices: Sequence[T]) -> T:
        return choices[self.below(len(choices))]

    def span(self, low: float, high: float) -> float:
        return low + (high - low) * self.below(256) / 255
