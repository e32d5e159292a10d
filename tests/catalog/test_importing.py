"""Books of a file: the good rows are listed, the others told."""

import csv
import os
import time
from pathlib import Path

import pytest

from bookstore.catalog import criteria, importing, search
from bookstore.catalog.columns import Columns
from bookstore.catalog.complaints import harmless
from bookstore.catalog.importing import Unreadable, import_csv
from bookstore.catalog.listing import Faults
from bookstore.catalog.models import Book, StockMove

GOODBOOKS = Path(os.environ.get("BOOKSTORE_TEST_GOODBOOKS", "goodbooks.csv"))
HEAD = "title,author,description,price,stock,condition,isbn,language,year"
GOOD = 'Rayuela,Julio Cortázar,"Leída, ""mucho""","12,50",2,very good,84-376-0494-X,spa,1963'
# The headers of goodbooks-10k, with invented books.
BOOKS_HEAD = (
    "book_id,goodreads_book_id,best_book_id,work_id,books_count,isbn,isbn13,authors,original_publication_year,"
    "original_title,title,language_code,average_rating,ratings_count,work_ratings_count,work_text_reviews_count,"
    "ratings_1,ratings_2,ratings_3,ratings_4,ratings_5,image_url,small_image_url"
)


def listed_row(title="A Book", authors="A. Writer", isbn="439023483", year="2008.0", language="eng"):
    return f'1,2,3,4,5,{isbn},9.78043902348e+12,"{authors}",{year},Other,"{title}",{language},4.3,1,1,1,1,1,1,1,1,u,s'


@pytest.fixture
def bring(connected, tmp_path):
    """Import a file of these lines for ana."""

    async def bring(*lines, encoding="utf-8", **more):
        path = tmp_path / "books.csv"
        path.write_bytes("\n".join(lines).encode(encoding) if not isinstance(lines[0], bytes) else b"\n".join(lines))
        return await import_csv(path, 1, "Ana", errors_path=tmp_path / "errors.csv", **more)

    return bring


def told(report):
    with report.errors_path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1:]


async def test_a_row_of_our_template_becomes_a_listing(bring):
    report = await bring(HEAD, GOOD)
    assert (report.read, report.listed, report.refused, report.errors_path) == (1, 1, 0, None)
    book = await Book.get()
    assert (book.title, book.author, book.description) == ("Rayuela", "Julio Cortázar", 'Leída, "mucho"')
    assert (book.price_cents, book.stock, book.condition) == (1250, 2, "very_good")
    assert (book.isbn, book.language, book.year, book.seller_name) == ("9788437604947", "es", 1963, "Ana")
    assert [move.delta for move in await StockMove.all()] == [2]


async def test_columns_are_found_by_their_names_in_any_order(bring):
    report = await bring("Price;Colour; AUTHOR ;Title", "3;red;A. Writer;A Book")
    assert report.listed == 1
    assert (await Book.get()).price_cents == 300


@pytest.mark.every_database
async def test_the_faults_of_a_real_list_are_mended(bring):
    writers = ", ".join(f"Writer Number {n}" for n in range(40))
    report = await bring(
        BOOKS_HEAD,
        listed_row(),
        listed_row("Old", isbn="", year="-720.0", language="mul"),
        listed_row("Many hands", writers, language="en-US"),
    )
    assert (report.listed, report.refused) == (3, 0)
    book, old, many = await Book.all().order_by("id")
    assert (book.isbn, book.year, book.language, book.title) == ("9780439023481", 2008, "en", "A Book")
    assert (old.isbn, old.year, old.language) == (None, -720, None)
    assert len(many.author) <= 300
    assert many.author.startswith("Writer Number 0, Writer Number 1,")
    assert "más" in many.author.rpartition(",")[2]


async def test_what_a_list_cannot_know_depends_on_the_book_alone(bring):
    await bring(BOOKS_HEAD, listed_row("One"), listed_row("Two"), listed_row("Three"))
    await bring(BOOKS_HEAD, listed_row("Three"), listed_row("One"))
    made_up = {(book.title, book.price_cents, book.condition, book.stock) for book in await Book.all()}
    assert len(made_up) == 3


async def test_price_and_stock_of_the_import_fill_in_where_a_row_has_none(bring):
    await bring(HEAD, GOOD, "B,C,D,,,good,,,", price_cents=700, stock=4)
    assert [(book.price_cents, book.stock) for book in await Book.all().order_by("id")] == [(1250, 2), (700, 4)]


async def test_a_dry_run_judges_and_lists_nothing(bring):
    report = await bring(HEAD, GOOD, GOOD.replace("12,50", "x"), dry_run=True)
    assert (report.read, report.listed, report.refused) == (2, 1, 1)
    assert await Book.all().count() == 0


async def test_every_fault_of_a_row_is_told_with_its_line_and_the_others_go_on(bring):
    report = await bring(HEAD, GOOD, "B,,D,-3,x,mint,123,klingon,abc", "", GOOD)
    assert (report.read, report.listed, report.refused) == (3, 2, 1)
    assert [(line, column, cell) for line, column, _why, cell in told(report)] == [
        ("3", "author", ""),
        ("3", "price", "'-3"),
        ("3", "stock", "x"),
        ("3", "condition", "mint"),
        ("3", "isbn", "123"),
        ("3", "language", "klingon"),
        ("3", "year", "abc"),
    ]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("=cmd|' /C calc'!A0,C,D,1,1,good,,,", "title"),
        ("B,@SUM(1+1),D,1,1,good,,,", "author"),
        ('B,C,"+HYPERLINK(""http://x"")",1,1,good,,,', "description"),
        ("B,C,D,1,1,good,,," + ",x" * 191, ""),
        ("B\0,C,D,1,1,good,,,", "title"),
        ("x" * 301 + ",C,D,1,1,good,,,", "title"),
        ("x" * 200_000 + ",C,D,1,1,good,,,", ""),
        ("x" * 1_000_000 + ",C,D,1,1,good,,,", ""),
        ("B", "author"),
        ("B\ufffd,C,D,1,1,good,,,", "title"),
        *((f"B,C,D,{price},1,good,,,", "price") for price in ("-3", "nan", "1e308", '"1.234,50"', "9" * 5000)),
    ],
    ids=[
        *("a formula", "a function", "a link", "200 columns", "NUL", "long", "huge", "a megabyte", "one cell"),
        *("unread", "a negative price", "no number", "infinite", "thousands", "endless"),
    ],
)
async def test_a_bad_row_is_told_and_the_good_ones_go_on(bring, row, column):
    report = await bring(HEAD, GOOD, row, GOOD)
    assert (report.listed, report.refused) == (2, 1)
    assert told(report)[0][1] == column
    assert told(report)[0][2]


async def test_a_row_in_another_encoding_is_told_and_the_good_ones_go_on(bring):
    latin = "Año,C,D,1,1,good,,,".encode("latin-1")
    report = await bring(HEAD.encode(), GOOD.encode(), latin, GOOD.encode())
    assert (report.listed, report.refused) == (2, 1)
    assert "UTF-8" in told(report)[0][2]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
async def test_a_file_with_a_mark_of_its_encoding_is_read(bring, encoding):
    assert (await bring(HEAD, GOOD, encoding=encoding)).listed == 1
    assert (await Book.get()).author == "Julio Cortázar"


@pytest.mark.parametrize(
    "lines",
    [
        [""],
        ["\n\n"],
        ["Rayuela,Julio Cortázar,12"],
        ["price,stock"],
        [b"\xff\xfe\x00"],
        [b"\x00\x01\x02"],
        [b"PK\x03\x04 zip"],
        [HEAD.encode("utf-16-le")],
        [HEAD.encode("utf-32")],
    ],
    ids=["empty", "blank", "no header", "no title", "half a mark", "binary", "a workbook", "no mark", "UTF-32"],
)
async def test_a_file_that_is_no_list_is_refused_whole(bring, lines):
    with pytest.raises(Unreadable) as refused:
        await bring(*lines)
    assert str(refused.value)
    assert await Book.all().count() == 0


async def test_a_file_that_is_not_there_is_refused(connected, tmp_path):
    with pytest.raises(Unreadable):
        await import_csv(tmp_path / "none.csv", 1, "Ana")


async def test_a_folder_that_takes_no_file_is_told_before_anything_is_listed(bring, tmp_path):
    (tmp_path / "errors.csv").mkdir()
    with pytest.raises(OSError, match="errors"):
        await bring(HEAD, GOOD)
    assert await Book.all().count() == 0


async def test_no_file_of_faults_is_left_when_there_are_none(bring, tmp_path):
    (tmp_path / "errors.csv").write_text("of an earlier run")
    await bring(HEAD, GOOD)
    assert not (tmp_path / "errors.csv").exists()


async def test_a_header_without_rows_lists_nothing(bring):
    assert (await bring(HEAD)).read == 0


async def test_the_bar_is_told_how_far_it_is(bring, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 2)
    seen = []
    await bring(HEAD, *[GOOD] * 5, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(2, 5), (4, 5), (5, 5)]


async def test_an_open_quotation_mark_is_told_and_not_swallowed_for_ever(bring):
    report = await bring(HEAD, GOOD, '"B,C,D,1,1,good,,,' + "\n" + "x" * 140_000, GOOD)
    assert report.listed >= 1
    assert report.refused >= 1


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_what_is_told_cannot_be_calculated(cell):
    assert harmless(cell) == f"'{cell}"


def test_a_cell_that_keeps_a_spreadsheet_from_rounding_is_no_formula():
    columns = Columns(["title", "author", "isbn"], 100, 1)
    assert columns.listing({"title": "A", "author": "B", "isbn": '="0439023483"'}).isbn == "9780439023481"
    assert columns.listing({"title": "A", "author": "B", "isbn": '=""'}).isbn is None


@pytest.mark.parametrize("title", ["-30-", "+ and -", "@War", "…"])
def test_titles_that_only_look_like_formulas_are_taken(title):
    assert Columns(["title", "author"], None, None).listing({"title": title, "author": "B"}).title == title


def test_a_lost_nought_is_put_back_and_a_wrong_digit_told():
    columns = Columns(["title", "author", "isbn"], 100, 1)
    assert columns.listing({"title": "A", "author": "B", "isbn": "439023483"}).isbn == "9780439023481"
    with pytest.raises(Faults, match="isbn"):
        columns.listing({"title": "A", "author": "B", "isbn": "439023484"})


@pytest.mark.skipif(
    not GOODBOOKS.is_file(), reason="BOOKSTORE_TEST_GOODBOOKS names no copy of goodbooks-10k's books.csv"
)
@pytest.mark.every_database
@pytest.mark.timeout(120)
async def test_ten_thousand_real_books_are_listed_in_a_minute(connected, tmp_path):
    began = time.monotonic()
    report = await import_csv(GOODBOOKS, 1, "Ana", errors_path=tmp_path / "errors.csv")
    assert time.monotonic() - began < 60
    assert (report.read, report.listed, report.refused) == (10_000, 9977, 23)
    found = await search.find(criteria.read({"q": ["garcia marquez"]}))
    assert found.count == 12
    assert all("García Márquez" in book.author for book in found.books)
