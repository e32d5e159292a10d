"""The file that tells what was wrong with the rows of another, for whoever mends it in a spreadsheet."""

import csv
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from bookstore.texts import gettext

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Complaints:
    """Written row by row; the file is made with the first one. `rows` is how many rows were refused."""

    def __init__(self, path: Path) -> None:
        self.path, self.rows = path, 0
        self._file: TextIO | None = None

    def add(self, line: int, faults: Mapping[str, str], cells: Mapping[str, str]) -> None:
        """The row that ends at `line` was refused, for what is wrong in these of its cells."""
        if self._file is None:
            self._file = self.path.open("w", encoding="utf-8-sig", newline="")  # the mark tells a spreadsheet UTF-8
            head = (gettext("Line"), gettext("Column"), gettext("What is wrong"), gettext("Cell"))
            csv.writer(self._file).writerow(head)
        self.rows += 1
        told = [(line, name, why, harmless(cells.get(name, ""))) for name, why in faults.items()]
        csv.writer(self._file).writerows(told)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._file:
            self._file.close()


def harmless(cell: str) -> str:
    """The cell as a spreadsheet shows it without calculating it."""
    text = cell.encode(errors="replace").decode()
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text
