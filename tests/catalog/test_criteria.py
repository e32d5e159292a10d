"""What a reader asks of the catalogue, from the address and back."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookstore.catalog import criteria
from bookstore.catalog.criteria import MOST_WORDS

ASKED = {
    "q": ["luna"],
    "condition": ["good", "fine"],
    "language": ["es"],
    "min_price": ["2,50"],
    "max_price": ["20"],
    "in_stock": ["1"],
    "seller": ["7"],
    "sort": ["cheapest"],
    "view": ["list"],
    "after": ["1450-94"],
}


def again(url):
    return criteria.read(parse_qs(urlsplit(url).query))


def test_everything_that_can_be_asked_is_read():
    wanted = criteria.read(ASKED)
    assert wanted.problems == {}
    assert (wanted.condition, wanted.min_price, wanted.max_price) == (("good", "fine"), 250, 2000)
    assert (wanted.in_stock, wanted.seller, wanted.after) == (True, 7, (1450, 94))
    assert wanted.filters == 7


def test_an_address_keeps_what_was_asked_from_its_beginning():
    wanted = criteria.read(ASKED)
    assert again(wanted.url()).after == ()
    assert again(wanted.url(after=wanted.after)).url() == wanted.url()
    assert again(wanted.url()).condition == ("good", "fine")


def test_a_filter_can_be_taken_off_alone():
    wanted = criteria.read(ASKED)
    assert again(wanted.without("condition", "good")).condition == ("fine",)
    assert again(wanted.without("min_price")).min_price is None
    assert again(wanted.plain()).filters == 0
    assert again(wanted.plain()).q == "luna"


def test_nothing_asked_is_the_whole_catalogue():
    assert criteria.read({}).url() == "/books"
    assert criteria.read({"q": [" "], "min_price": [""], "language": [""]}).problems == {}


@pytest.mark.parametrize(
    ("name", "nonsense"),
    [
        ("q", "x" * 201),
        ("condition", "mint"),
        ("language", "<b>"),
        ("min_price", "abc"),
        ("min_price", "1.234,50"),
        ("max_price", "-3"),
        ("max_price", "nan"),
        ("in_stock", "banana"),
        ("seller", "ana"),
        ("seller", "9" * 19),
        ("sort", "title; DROP TABLE"),
        ("view", "cube"),
        ("after", "zzz"),
        ("after", "1-2-3"),
        ("after", "9" * 30),
    ],
)
def test_a_value_that_cannot_be_read_is_left_out_and_told(name, nonsense):
    wanted = criteria.read({name: [nonsense]})
    assert list(wanted.problems) == [name]
    assert wanted.url() == "/books"


def test_where_a_page_begins_depends_on_the_order():
    assert criteria.read({"after": ["94"]}).after == (94,)
    assert "after" in criteria.read({"after": ["1450-94"]}).problems
    assert "after" in criteria.read({"after": ["94"], "sort": ["dearest"]}).problems


@pytest.mark.parametrize(
    "typed", ["9788437604947", "978-84-376-0494-7", "978 84 376 0494 7", "843760494X", "84-376-0494-x"]
)
def test_an_isbn_is_one_word_with_or_without_hyphens(typed):
    assert criteria.read({"q": [f"soledad {typed}"]}).words == ["soledad", "9788437604947"]


def test_numbers_that_are_no_isbn_stay_as_they_are():
    assert criteria.read({"q": ["1984 2666"]}).words == ["1984", "2666"]
    assert criteria.read({"q": ["1234567890"]}).words == ["1234567890"]


def test_a_very_long_search_is_cut_to_its_first_words():
    assert len(criteria.read({"q": [" ".join(f"w{n}" for n in range(50))]}).words) == MOST_WORDS


@given(st.dictionaries(st.sampled_from(list(ASKED)), st.lists(st.text(), max_size=3)))
def test_no_address_is_too_strange_to_be_read(args):
    wanted = criteria.read(args)
    assert again(wanted.url()).url() == wanted.url()
