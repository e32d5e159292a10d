"""Text as the search compares it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookstore.catalog.folding import MOST, fold, search_text


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("García Márquez", "garcia marquez"),
        ("GARCÍA-MÁRQUEZ", "garcia marquez"),
        ("L’Étranger", "l etranger"),
        ("Der Prozeß", "der prozess"),
        ("Stanisław Łem", "stanislaw lem"),
        ("Søren Æsop", "soren aesop"),
        ("İnce ışık", "ince isik"),
        ("Фёдор", "федор"),
        ("Στράτης Μυριβήλης", "στρατησ μυριβηλησ"),
        ("أولاد", "اولاد"),
        ("100% _pure_", "100 pure"),
        ("ﬁne ½", "fine 1 2"),
        ("Ｔｏｋｙｏ", "tokyo"),
        ("소년이", "소년이"),
        ("?!… — ·", ""),
        ("", ""),
    ],
)
def test_accents_case_and_signs_do_not_count(written, folded):
    assert fold(written) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_a_folded_text_holds_no_sign_that_a_database_understands(text):
    assert all(letter.isalnum() or letter == " " for letter in fold(text))


@given(st.text())
def test_it_does_not_matter_how_an_accent_is_encoded(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_every_word_of_what_a_listing_is_found_by_stands_after_a_space():
    text = search_text("Pedro Páramo", "Juan Rulfo", "9788437604183")
    assert text == " 9788437604183 8437604184 pedro paramo juan rulfo"


def test_a_text_that_grows_when_it_is_folded_still_fits_its_column():
    text = search_text("ﷺ" * 300, "ﷺ" * 300, "9788437604183")
    assert len(text) == MOST
    assert text.startswith(" 9788437604183 ")


def test_an_isbn_of_the_new_kind_has_no_short_form():
    assert search_text("A", "B", "9791034745005") == " 9791034745005 a b"
