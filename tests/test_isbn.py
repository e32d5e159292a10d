import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookstore import isbn

NINE = st.text("0123456789", min_size=9, max_size=9)


@pytest.mark.parametrize(
    "typed",
    [
        "9780306406157",
        "978-0-306-40615-7",
        "978 0 306 40615 7",
        "0306406152",
        "0-306-40615-2",
        " 0 306 40615 2\n",
        "978‑0‑306‑40615‑7",
    ],
)
def test_every_way_to_write_one_isbn_is_the_same_book(typed):
    assert isbn.parse(typed) == "9780306406157"


def test_an_x_is_ten_in_either_case():
    assert isbn.parse("0-8044-2957-x") == isbn.parse("080442957X") == "9780804429573"


@pytest.mark.parametrize(
    "typed",
    ["", "abc", "123", "97803064061577", "X306406152", "0306X06152", "9770306406157", "٠٣٠٦٤٠٦١٥٢", "1" * 1000, "🙂"],
)
def test_what_has_no_form_of_an_isbn_is_refused(typed):
    with pytest.raises(isbn.NotAnIsbn) as refusal:
        isbn.parse(typed)
    assert not isinstance(refusal.value, isbn.WrongCheckDigit)


@pytest.mark.parametrize(("typed", "expected"), [("978-0-306-40615-8", "7"), ("0306406153", "2"), ("0804429571", "X")])
def test_a_wrong_check_digit_names_the_right_one(typed, expected):
    with pytest.raises(isbn.WrongCheckDigit) as refusal:
        isbn.parse(typed)
    assert refusal.value.expected == expected


def test_a_979_has_no_isbn_10():
    thirteen = "979" + "109636640"
    thirteen += isbn.check13(thirteen)
    assert isbn.parse(thirteen) == thirteen
    assert isbn.to10(thirteen) is None


@given(NINE)
def test_ten_to_thirteen_and_back_is_the_same(nine):
    ten = nine + isbn.check10(nine)
    thirteen = isbn.parse(ten)
    assert isbn.to10(thirteen) == ten
    assert isbn.is_valid(thirteen)


@given(NINE, st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(nine, place, more):
    ten = nine + isbn.check10(nine)
    wrong = ten[:place] + str((int(ten[place]) + more) % 10) + ten[place + 1 :]
    assert not isbn.is_valid(wrong)
