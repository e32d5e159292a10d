"""A file as rows of cells, whatever it was written with."""

import os

import pytest

from bookstore.catalog.spreadsheet import Unreadable, open_sheet
from bookstore.texts import speaking

HEAD = "title,author"


@pytest.fixture
def rows(tmp_path):
    """The titles of a file's rows, or what is wrong with a row."""

    def of(*lines, encoding="utf-8", short=0):
        path = tmp_path / "books.csv"
        content = "\n".join(lines).encode(encoding)
        path.write_bytes(content[: len(content) - short])
        return [row.fault or row.cells["title"] for row in open_sheet(path).rows()]

    return of


def test_a_file_that_ends_in_half_a_character_is_read_up_to_it(rows):
    assert rows(HEAD, "Rayuela,C", "Ubik,D", encoding="utf-16", short=1) == ["Rayuela", "Ubik"]


def test_blank_lines_are_left_aside_before_the_columns_names_and_after(rows):
    assert rows("", "  ", HEAD, "", "Rayuela,C", " , ", "\t") == ["Rayuela"]


def test_a_quoted_cell_may_have_lines_and_separators(rows):
    assert rows(HEAD, '"uno', "", 'dos, ""tres""",C', "Ubik,D") == ['uno\n\ndos, "tres"', "Ubik"]


def test_a_name_of_a_column_without_end_is_no_failure(rows):
    assert rows(HEAD + "," + "x" * 200_000, "Rayuela,C,z") == ["Rayuela"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["", "\r"])
def test_the_separator_and_the_ends_of_lines_are_found_out(rows, separator, end):
    assert rows(f"title{separator}author{end}", f"Rayuela{separator}C{end}") == ["Rayuela"]


def test_what_cannot_be_read_twice_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path, "/dev/null", "/dev/zero"):
        with speaking("en"), pytest.raises(Unreadable, match="twice"):
            open_sheet(type(tmp_path)(path))
