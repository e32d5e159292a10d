"""The catalogues are held to the texts of the code."""

import pytest
from babel.messages.catalog import Catalog

from tools import messages

MANY = ("%(num)s copy", "%(num)s copies")
COPIES = (MANY, ("%(num)s ejemplar", "%(num)s ejemplares"))
HELLO = ("Hello, %(name)s", "Hola, %(name)s")


@pytest.fixture
def wanted():
    return catalogue(("Sold out", ""), (MANY, ("", "")), ("Hello, %(name)s", ""))


def catalogue(*pairs, locale="es"):
    made = Catalog(locale=locale)
    for text, string in pairs:
        made.add(text, string)
    return made


def faults(wanted, *pairs):
    return list(messages.faults(wanted, catalogue(*pairs)))


def test_a_whole_catalogue_has_no_fault(wanted):
    assert faults(wanted, ("Sold out", "Agotado"), COPIES, HELLO) == []


def test_a_text_that_is_missing_is_named(wanted):
    assert faults(wanted, COPIES, HELLO) == ["not in the catalogue: 'Sold out'"]


def test_an_empty_translation_is_none(wanted):
    assert faults(wanted, ("Sold out", ""), COPIES, HELLO) == ["not translated: 'Sold out'"]


def test_a_plural_needs_every_form(wanted):
    [fault] = faults(wanted, ("Sold out", "Agotado"), (MANY, ("%(num)s ejemplar", "")), HELLO)
    assert fault.startswith("not translated: ('%(num)s copy'")


def test_a_doubtful_translation_is_none(wanted):
    doubtful = catalogue(("Sold out", "Agotado"), COPIES, HELLO)
    doubtful["Sold out"].flags.add("fuzzy")
    assert list(messages.faults(wanted, doubtful)) == ["not translated: 'Sold out'"]


def test_a_text_that_nothing_uses_is_named(wanted):
    assert faults(wanted, ("Sold out", "Agotado"), COPIES, HELLO, ("Old", "Viejo")) == ["no longer used: 'Old'"]


def test_a_translation_may_not_name_what_the_text_has_not(wanted):
    [fault] = faults(wanted, ("Sold out", "Agotado"), COPIES, ("Hello, %(name)s", "Hola, %(nombre)s"))
    assert fault == "names a placeholder that the text has not: 'Hello, %(name)s'"


def test_gathering_again_keeps_what_was_translated(wanted, tmp_path):
    path = tmp_path / "bookstore.po"
    missing = messages.write(
        messages.updated(wanted, catalogue(("Sold out", "Agotado"), HELLO, ("Old", "Viejo"))), path
    )
    kept = messages.stored(path, "es")
    assert kept["Sold out"].string == "Agotado"
    assert "Old" not in kept
    assert missing == 1


def test_gathering_twice_changes_nothing(wanted, tmp_path):
    path = tmp_path / "bookstore.po"
    messages.write(messages.updated(wanted, catalogue(("Sold out", "Agotado"))), path)
    first = path.read_bytes()
    messages.write(messages.updated(wanted, messages.stored(path, "es")), path)
    assert path.read_bytes() == first


def test_the_language_of_the_code_translates_itself(wanted):
    english = messages.updated(wanted, Catalog(locale="en"))
    assert english["Sold out"].string == "Sold out"
    assert english["%(num)s copy"].string == MANY


def test_texts_are_gathered_from_code_and_templates(tmp_path, monkeypatch):
    (tmp_path / "a.py").write_text('title = lazy("Title")\nsaid = gettext("Sold out") + ngettext("a", "b", 2)\n')
    (tmp_path / "a.html").write_text("<p>{{ _('Buy') }}</p>")
    monkeypatch.setattr(messages, "SOURCES", ((tmp_path, "python", "**.py"), (tmp_path, "jinja2", "**.html")))
    assert {str(message.id) for message in messages.texts(messages.gathered())} == {
        "Title",
        "Sold out",
        "Buy",
        "('a', 'b')",
    }
