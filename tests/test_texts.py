import asyncio

import pytest

from bookstore import texts
from bookstore.texts import gettext, lazy, ngettext


def test_a_message_is_said_in_the_language_of_the_task():
    with texts.speaking("es"):
        assert gettext("Sold") == "Vendido"
    with texts.speaking("en"):
        assert gettext("Sold") == "Sold"


def test_names_fill_the_message():
    with texts.speaking("es"):
        assert gettext("See all %(count)s", count="7") == "Ver los 7"


@pytest.mark.parametrize(
    ("count", "said"), [(1, "Vuelve a intentarlo en un segundo."), (2, "Vuelve a intentarlo en 2 segundos.")]
)
def test_plurals_fit_the_number(count, said):
    with texts.speaking("es"):
        assert ngettext("Try again in one second.", "Try again in %(num)s seconds.", count) == said


def test_a_text_without_a_translation_is_itself():
    with texts.speaking("es"):
        assert gettext("No catalogue knows this.") == "No catalogue knows this."


def test_a_percent_sign_is_no_placeholder():
    assert gettext("100 % cotton") == "100 % cotton"


def test_a_lazy_text_waits_for_its_reader():
    label = lazy("Sold")
    for locale, said in [("es", "Vendido"), ("en", "Sold")]:
        with texts.speaking(locale):
            assert str(label) == said
            assert f"{label}!" == f"{said}!"


def test_a_lazy_text_is_filled_like_a_word():
    with texts.speaking("es"):
        assert lazy("See all %(count)s") % {"count": 3} == "Ver los 3"


def test_lazy_texts_are_equal_by_their_message():
    assert lazy("Sold") == lazy("Sold")
    assert lazy("Sold") != lazy("Sell")
    assert len({lazy("Sold"), lazy("Sold")}) == 1


async def test_two_readers_at_once_keep_their_own_language():
    async def read(locale):
        texts.speak(locale)
        await asyncio.sleep(0)
        return gettext("Sold")

    assert await asyncio.gather(*(asyncio.create_task(read(locale)) for locale in texts.LOCALES)) == ["Vendido", "Sold"]


def test_speaking_ends_with_its_block():
    before = texts.current()
    with texts.speaking("en"):
        pass
    assert texts.current() == before


@pytest.mark.parametrize("locale", texts.LOCALES)
def test_no_text_of_a_catalogue_is_empty(locale):
    said = texts.catalogue(locale)._catalog
    assert len(said) > 50
    assert all(said.values())
