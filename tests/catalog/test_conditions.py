import pytest

from bookstore import texts
from bookstore.catalog import conditions

SPANISH = ["Como nuevo", "Excelente", "Casi excelente", "Muy bueno", "Bueno", "Aceptable", "Para lectura"]


def test_the_scale_runs_from_the_best_to_the_worst():
    assert conditions.NAMES == ("as_new", "fine", "near_fine", "very_good", "good", "fair", "poor")


def test_every_grade_is_named_in_spanish():
    with texts.speaking("es"):
        assert [conditions.label(name) for name in conditions.NAMES] == SPANISH


@pytest.mark.parametrize(("locale", "code"), [("es", "MB"), ("en", "VG")])
def test_the_short_form_follows_the_language(locale, code):
    with texts.speaking(locale):
        assert conditions.code("very_good") == code


@pytest.mark.parametrize("locale", texts.LOCALES)
def test_no_two_grades_share_a_short_form(locale):
    with texts.speaking(locale):
        assert len({conditions.code(name) for name in conditions.NAMES}) == len(conditions.NAMES)


def test_an_unknown_grade_is_shown_as_it_is():
    assert conditions.label("mint") == "mint"
    assert conditions.code("mint") == ""
