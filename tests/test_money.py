import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookstore import money


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("12.50", 1250),
        ("12,50", 1250),
        ("12.5", 1250),
        ("12", 1200),
        ("0", 0),
        (" 7,05 ", 705),
        ("1000000", 100_000_000),
    ],
)
def test_an_amount_is_read_with_either_mark(typed, cents):
    assert money.parse(typed) == cents


@pytest.mark.parametrize(
    "typed",
    ["", " ", "1.234,50", "1,234.50", "1.234", "1,234", "12.505", "-1", "+1", "1e3", "1e308", "NaN", "inf", "0x10",
     "12.", ".50", ",5", "1 000", "1_000", "١٢", "１２", "12.5٠", "12€", "$12", "1\x002", "🙂", "9" * 100_000],
)  # fmt: skip
def test_what_could_be_misread_is_refused(typed):
    with pytest.raises(money.NotMoney):
        money.parse(typed)


def test_more_than_the_bound_is_refused_by_its_own_name():
    with pytest.raises(money.TooMuch):
        money.parse("1000000.01")


@given(st.integers(0, money.MOST_CENTS))
def test_a_typed_amount_reads_back(cents):
    assert money.parse(money.typed(cents)) == cents


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(typed):
    try:
        cents = money.parse(typed)
    except money.NotMoney:
        return
    assert 0 <= cents <= money.MOST_CENTS
