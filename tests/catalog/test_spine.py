import re

import pytest

from bookstore.catalog.covers.spine import spine
from bookstore.web import assets


def test_a_spine_is_the_same_every_time():
    assert spine("Rayuela", "es", 1250) == spine("RAYUELA", "es", 1250)


@pytest.mark.parametrize(("language", "side"), [("en", "en"), ("es", "es"), ("ru", "es"), (None, "es")])
def test_english_spines_read_downwards(language, side):
    assert spine("Ubik", language, 385)[0].split()[0] == side


@pytest.mark.parametrize(("cents", "least"), [(9_999, 1), (10_000, 3), (100_000, 4), (100_000_000, 4)])
def test_a_dear_book_is_thick_enough_for_its_price(cents, least):
    widths = {int(spine(f"Title {i}", "es", cents)[1][1]) for i in range(60)}
    assert min(widths) == least


def test_a_long_title_stands_on_the_tallest_spine():
    assert "h5" in spine("El coronel no tiene quien le escriba", "es", 100)[1]


def test_the_stylesheet_knows_every_class():
    style = (assets.FOLDER / "style.css").read_text()
    used = {name for i in range(200) for name in spine(f"Title {i}", "es", 100)[1].split()} - {"k0"}
    assert all(re.search(rf"\.{name}\b", style) for name in used)
