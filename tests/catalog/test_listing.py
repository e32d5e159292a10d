"""What a listing may say, field by field."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookstore import money
from bookstore.catalog import listing
from bookstore.catalog.listing import Faults, Wrong

CARD = {
    "title": "Rayuela",
    "author": "Julio Cortázar",
    "description": "Leída.",
    "price": "12,50",
    "stock": "2",
    "condition": "good",
}
WRONG = {
    "title": [
        "",
        "   ",
        "\u200b",
        "x" * 301,
        "a\x00b",
        "a\x07b",
        "\u202eabc",
        "a\ud800b",
        "\ufffd",
        "a" + "\u0301" * 31,
    ],
    "author": ["", "x" * 100_000, "a\x1bb"],
    "description": ["", "\n\n", "x" * 4001, "a\x00", "a\u2028b"],
    "price": [
        *("", "abc", "-3", "nan", "NaN", "inf", "1e308", "1.234,50", "1,234.50", "1.234", "12.345", "٣", "🙂", "0x1F"),
        *("1_0", "9" * 100_000, "1000000.01"),
    ],
    "stock": ["", "-7", "abc", "1.5", "1e3", "٣", "10000", "9" * 400, "nan", "+1", "0x10"],
    "condition": ["", "mint", "GOOD", "good ", "<script>"],
    "isbn": ["123", "9788437604948", "8437604941", "x" * 100_000, "🙂", "9" * 13],
    "language": ["klingon", "<b>", "x" * 100_000, "1"],
    "year": ["abc", "1.5", "3000", "-3001", "9" * 400, "٢٠٠٠", "1e3", "nan"],
}


def test_a_card_is_read():
    read = listing.read(CARD | {"isbn": "84-376-0494-X", "language": "ES", "year": "-720"})
    assert (read.price_cents, read.stock) == (1250, 2)
    assert (read.isbn, read.language, read.year) == ("9788437604947", "es", -720)


def test_what_is_not_needed_may_be_empty():
    read = listing.read(CARD)
    assert (read.isbn, read.language, read.year) == (None, None, None)


@pytest.mark.parametrize(("field", "typed"), [(field, typed) for field, all_of in WRONG.items() for typed in all_of])
def test_a_field_that_cannot_stand_is_told_alone(field, typed):
    with pytest.raises(Faults) as told:
        listing.read(CARD | {field: typed})
    assert list(told.value.fields) == [field]
    assert len(told.value.fields[field]) < 200


def test_every_field_that_cannot_stand_is_told_at_once():
    with pytest.raises(Faults) as told:
        listing.read({})
    assert set(told.value.fields) == {"title", "author", "description", "price", "stock", "condition"}


@pytest.mark.parametrize("field", listing.READERS)
@given(typed=st.text())
def test_no_text_is_too_strange_to_be_read_or_refused(field, typed):
    with suppress(Wrong):
        read = listing.READERS[field](typed)
        assert read is None or len(str(read)) <= listing.DESCRIPTION


@given(st.integers(0, money.MOST_CENTS))
def test_an_amount_survives_being_shown_and_read(cents):
    assert listing.price(money.typed(cents)) == cents


def test_flaw_m39_three_times_ten_cents_are_thirty():
    assert 3 * listing.price("0.1") == 30


@pytest.mark.parametrize(
    "title", ["2666", "¿?", "...y no se lo tragó la tierra", "紅樓夢", "🐋", "👩‍👧", "ق\u200cن", "C++ & <b>"]
)
def test_real_titles_may_look_strange(title):
    assert listing.title(title) == title


def test_lines_of_a_description_are_kept_and_those_of_a_title_are_not():
    assert listing.description(" a\r\nb\n\n\tc ") == "a\nb\n\n\tc"
    assert listing.title(" a \n b\t") == "a b"


def test_a_wrong_last_digit_is_named():
    with pytest.raises(Wrong, match="7"):
        listing.isbn("978-84-376-0494-8")
