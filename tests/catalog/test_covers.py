import re
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest

from bookstore.catalog import covers
from bookstore.catalog.covers import cover
from bookstore.catalog.covers.jacket import PALETTES, PAPER, PRINT, Jacket, contrast
from bookstore.catalog.covers.plain import CLOTHS
from bookstore.catalog.covers.setting import WIDTHS, Box, fit, measure

AUTHORS = ["Ana Ruiz", "Ludwig Stein", "Clara Bois", "Io Tanaka", "Noor Haddad", "Per Åse", "Zoë Quinn", "Ben Okafor"]
LONG = "Der große Wald: Roman in vier Teilen und einem Nachspiel"
TITLES = ["El mar de la noche", "A Short Walk", LONG, "1912", "Las islas del viento"]
SAMPLE = [(title, author, year) for title in TITLES for author, year in zip(AUTHORS, [1850, *[1960] * 7], strict=True)]
HOSTILE = [
    ("<script>alert(1)</script>", "\"'><img src=x onerror=y>"),
    ("😀🎉 Fiesta 🎉", "🎈"),
    ("أولاد حارتنا", "نجيب محفوظ"),
    ("百年孤独", "加西亚·马尔克斯"),
    ("w" * 300, "z" * 300),
    ("(Only a series #1)", ""),
    ("", ""),
    ("nul\x00 bell\x07 line\nfeed \u202e", "tab\tbed"),
    ("one two " * 200, "a b " * 200),
    ("]]>&amp;&#x3c;", "<!--"),
]
STYLES = [*covers.STYLES, covers.plain.cloth]


def every_style(title, author):
    for style in STYLES:
        jacket = covers._jacket(covers._short(title), covers._printable(author).split(",")[0].strip())
        yield "".join(style(jacket))


def test_a_cover_is_the_same_in_every_process():
    code = "from bookstore.catalog.covers import cover; print(cover('Rayuela', 'Julio Cortázar', 1963))"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30)
    assert other.stdout.strip() == cover("Rayuela", "Julio Cortázar", 1963)


def test_case_and_accents_do_not_change_the_drawing():
    words = re.compile(r"<text.*?</text>")
    assert words.sub("", cover("RAYUELA", "julio cortazar")) == words.sub("", cover("Rayuela", "Julio Cortázar"))


def test_one_writers_books_share_a_style_and_differ():
    style = covers._style_of("Ana Ruiz")
    assert style is covers._style_of("ana ruiz")
    assert cover(TITLES[0], "Ana Ruiz") != cover(TITLES[1], "Ana Ruiz")


def test_a_book_from_before_1900_has_cloth_boards():
    gold = {gold for _, gold in CLOTHS}
    assert any(colour in cover("Moby Dick", "Herman Melville", 1851) for colour in gold)
    assert not any(colour in cover("Moby Dick", "Herman Melville", 1951) for colour in gold)


@pytest.mark.parametrize("palette", PALETTES)
def test_the_title_is_readable_on_every_ground(palette):
    assert contrast(palette.ink, palette.ground) >= 5


@pytest.mark.parametrize(("ground", "ink"), [*CLOTHS, (PAPER, PRINT), ("#f8f1df", PRINT), ("#f6efdc", PRINT)])
def test_the_title_is_readable_on_cloth_and_paper(ground, ink):
    assert contrast(ink, ground) >= 5


@pytest.mark.parametrize(("title", "author", "year"), SAMPLE)
def test_a_cover_breaks_no_strict_policy(title, author, year):
    svg = cover(title, author, year)
    assert not re.search(r"\s(?:id|style|on\w+|href)=", svg)
    assert "<style" not in svg
    assert 'aria-hidden="true"' in svg


def test_forty_covers_weigh_little():
    assert len(SAMPLE) == 40
    assert sum(len(cover(*book).encode()) for book in SAMPLE) / 40 < 1600


@pytest.mark.parametrize(("title", "author"), HOSTILE)
def test_hostile_names_stay_words(title, author):
    for drawing in every_style(title, author):
        tags = {element.tag for element in ET.fromstring(f"<svg>{drawing}</svg>").iter()}  # noqa: S314  our own
        assert tags <= {"svg", "path", "circle", "ellipse", "text", "tspan"}


@pytest.mark.parametrize(("title", "author"), HOSTILE)
def test_no_cover_grows_with_its_title(title, author):
    assert all(len(drawing.encode()) < 14_000 for drawing in every_style(title, author))


def test_the_class_is_escaped():
    assert '"><b>' not in cover("T", "A", None, '"><b>')


def test_the_empty_title_still_has_a_mark():
    assert "…" in cover("", "")


@pytest.mark.parametrize("face", WIDTHS)
def test_fitted_lines_stay_inside_their_box(face):
    for title in [*TITLES, *(title for title, _ in HOSTILE)]:
        lines, size = fit(covers._printable(title), face, Box(100, 60, 20))
        assert all(measure(line.rstrip("…"), face, size) <= 100 for line in lines)


def test_a_blank_jacket_can_be_drawn_by_every_style():
    chance = covers.Chance("x")
    for style in STYLES:
        assert style(Jacket(chance, PALETTES[0], 162, "…", ""))


def test_drawings_are_kept_in_the_process():
    assert cover("Ficciones", "Jorge Luis Borges") is cover("Ficciones", "Jorge Luis Borges")
