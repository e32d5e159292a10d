"""The file that tells what was wrong with the rows of another, for whoever mends it in a spreadsheet."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from bookstore.texts import gettext

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Complaints:
    """Written row by row; a file without a row is taken away again. `rows` is how many rows were refused."""

    def __init__(self, path: Path) -> None:
        self.path, self.rows = path, 0

    def __enter__(self) -> Self:
        """Raises OSError: better now than after half of the rows."""
        self._file = self.path.open("w", encoding="utf-8-sig", newline="")  # the mark tells a spreadsheet UTF-8
        self._write([(gettext("Line"), gettext("Column"), gettext("What is wrong"), gettext("Cell"))])
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()
        if not self.rows:
            self.path.unlink()

    def add(self, line: int, faults: Mapping[str, str], cells: Mapping[str, str]) -> None:
        """The row that ends at `line` was refused, for what is wrong in these of its cells."""
        self.rows += 1
        self._write((line, name, why, harmless(cells.get(name, ""))) for name, why in faults.items())

    def _write(self, rows: Iterable[Sequence[object]]) -> None:
        csv.writer(self._file).writerows(rows)


def harmless(cell: str) -> str:
    """The cell as a spreadsheet shows it without calculating it."""
    text = cell.encode(errors="replace").decode()
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text
