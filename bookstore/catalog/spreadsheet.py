"""A CSV file row by row: encoding and separator are found out, and a row that cannot be read is told, not fatal."""

import csv
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from bookstore.texts import gettext, ngettext

SEPARATORS = ",;\t"
_UTF16, _MARKS = "utf-16", (b"\xff\xfe", b"\xfe\xff")
_HEAD = 64 * 1024  # bytes in which the first line must end


class Unreadable(Exception):
    """The file as a whole cannot be used; `str()` says why."""


@dataclass(frozen=True)
class Row:
    """Cells by the names of the first line, in lower case. `line` is where the row ends; `fault` says what is wrong."""

    line: int
    cells: dict[str, str]
    fault: str = ""


@dataclass(frozen=True)
class Sheet:
    """A file whose first line named its columns."""

    path: Path
    encoding: str
    separator: str
    columns: list[str]

    def rows(self) -> Iterator[Row]:
        """Every row that is not blank, after the one that named the columns."""
        # The half character at the end of a UTF-16 file is none that could be carried along.
        errors = "replace" if self.encoding == _UTF16 else "surrogateescape"
        with self.path.open(encoding=self.encoding, errors=errors, newline="") as file:
            lines = csv.reader(file, delimiter=self.separator)
            yield from islice((row for row in self._all(lines) if row.cells or row.fault), 1, None)

    def _all(self, lines: Any) -> Iterator[Row]:  # noqa: ANN401
        while row := self._next(lines):
            yield row

    def _next(self, lines: Any) -> Row | None:  # noqa: ANN401 - the type of a reader has no public name
        try:
            cells = next(lines, None)
        except csv.Error:
            return Row(lines.line_num, {}, gettext("This row cannot be read: a quotation mark may be missing."))
        return None if cells is None else self._row(lines.line_num, cells)

    def _row(self, line: int, cells: list[str]) -> Row:
        if not any(cell.strip() for cell in cells):
            return Row(line, {})
        named = dict(zip(self.columns, cells, strict=False))
        if any(cells[len(self.columns) :]):
            return Row(line, named, _too_many(len(cells), len(self.columns)))
        if any(_is_mangled(cell) for cell in cells):
            return Row(line, named, gettext("This row is not written in UTF-8. Save the file as CSV UTF-8."))
        return Row(line, named)


def _too_many(here: int, named: int) -> str:
    return ngettext(
        "This row has one cell, and the first line names %(named)s columns.",
        "This row has %(num)s cells, and the first line names %(named)s columns.",
        here,
        named=named,
    )


def _is_mangled(cell: str) -> bool:
    return not cell.isascii() and any("\udc80" <= letter <= "\udcff" for letter in cell)


def _head(path: Path) -> bytes:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise Unreadable(gettext("It must be a file that can be read twice: no folder, and no pipe."))
        with path.open("rb") as file:
            return file.read(_HEAD)
    except OSError as error:
        raise Unreadable(str(error)) from None


def open_sheet(path: Path) -> Sheet:
    """Look at the file's beginning. Raises Unreadable."""
    head = _head(path)
    encoding = _UTF16 if head.startswith(_MARKS) else "utf-8-sig"
    first = next((line for line in head.decode(encoding, "replace").splitlines() if line.strip()), "")
    if not first:
        raise Unreadable(gettext("The file is empty."))
    if "\0" in first:
        raise Unreadable(gettext("The file is not written in UTF-8. Save it as CSV UTF-8."))
    separator = max(SEPARATORS, key=first.count)
    columns = next(csv.reader([first], delimiter=separator))
    return Sheet(path, encoding, separator, [name.strip().lower() for name in columns])
