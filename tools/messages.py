"""The texts of the pages: gathered from the code into the catalogues, and checked.

tools/messages.py           write every text into bookstore/locale/<locale>/LC_MESSAGES/bookstore.po
tools/messages.py --check   exit 1 when a text is missing, doubtful, unused or its placeholders differ
"""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "bookstore" / "locale"
SOURCE_LOCALE = "en"  # the messages are written in it: its catalogue repeats them
KEYWORDS = DEFAULT_KEYWORDS | {"lazy": None}
SOURCES = (
    (ROOT / "bookstore", "python", "**.py"),
    (ROOT / "workers", "python", "**.py"),
    (ROOT / "templates", "jinja2", "**.html"),
)
# A template that cannot be read is an error, not a template without texts.
OPTIONS = {"encoding": "utf-8", "extensions": "jinja2.ext.do", "silent": "false"}
HEADER = """\
# The texts of BookStore's pages. `make messages` keeps this file in step with the code.
msgid ""
msgstr ""
"Language: {locale}\\n"
"Plural-Forms: {plurals}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def main(arguments: list[str]) -> int:
    if arguments == ["--check"]:
        return check()
    wanted = gathered()
    for locale, path in catalogues():
        path.parent.mkdir(parents=True, exist_ok=True)
        missing = write(updated(wanted, stored(path, locale)), path)
        print(f"{path.relative_to(ROOT)}: {len(wanted)} texts, {missing} to translate")
    return 0


def check() -> int:
    wanted = gathered()
    problems = [
        f"{path.relative_to(ROOT)}: {problem}"
        for locale, path in catalogues()
        for problem in faults(wanted, stored(path, locale))
    ]
    print("\n".join(problems[:20]))
    print(f"{len(problems)} in all: run `make messages`, then translate." if problems else "Every text is there.")
    return bool(problems)


def catalogues() -> list[tuple[str, Path]]:
    return [(locale, LOCALES / locale / "LC_MESSAGES" / "bookstore.po") for locale in ("es", "en")]


def gathered() -> Catalog:
    """Every text that the code and the templates name."""
    catalogue = Catalog(project="BookStore", charset="utf-8")
    for folder, method, pattern in SOURCES:
        found = extract_from_dir(folder, [(pattern, method)], {pattern: OPTIONS}, KEYWORDS)
        for _file, _line, text, _comments, context in found:
            catalogue.add(text, context=context)
    return catalogue


def stored(path: Path, locale: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=locale, project="BookStore", charset="utf-8")
    with path.open("rb") as lines:
        return read_po(lines, locale=locale)


def updated(wanted: Catalog, catalogue: Catalog) -> Catalog:
    """The catalogue with exactly the wanted texts; translations are kept, none is guessed."""
    catalogue.update(wanted, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    for message in texts(catalogue):
        if str(catalogue.locale) == SOURCE_LOCALE and not is_translated(message):
            message.string = message.id
    return catalogue


def write(catalogue: Catalog, path: Path) -> int:
    """Write it without the lines and dates that change with every edit; returns how many lack a translation."""
    lines = BytesIO()
    write_po(lines, catalogue, width=120, no_location=True, omit_header=True, sort_output=True)
    path.write_bytes(HEADER.format(locale=catalogue.locale, plurals=catalogue.plural_forms).encode() + lines.getvalue())
    return sum(not is_translated(message) for message in texts(catalogue))


def faults(wanted: Catalog, catalogue: Catalog) -> Iterator[str]:
    known = {message.id for message in texts(catalogue)}
    asked = {message.id for message in texts(wanted)}
    yield from (f"not in the catalogue: {text!r}" for text in sorted(asked - known, key=str))
    yield from (f"no longer used: {text!r}" for text in sorted(known - asked, key=str))
    for message in texts(catalogue):
        if message.fuzzy or not is_translated(message):
            yield f"not translated: {message.id!r}"
        elif placeholders(message.string) - placeholders(message.id):
            yield f"names a placeholder that the text has not: {message.id!r}"


def texts(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, (tuple, list)) else [message.string]
    return all(strings)


def placeholders(text: str | tuple[str, ...]) -> set[str]:
    return set(PLACEHOLDER.findall(" ".join(text) if isinstance(text, (tuple, list)) else text))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
