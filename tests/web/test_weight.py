"""The first visit over the wire, packed as a proxy or the embedded shop packs it; photos come on top."""

import gzip

import pytest

from bookstore.web import assets
from tests.web.samples import book, home
from tests.web.stage import stage

KILOBYTE = 1000
STATIC = ("style.css", "fonts/archivo-var-latin.woff2", "htmx.min.js", "shop.js", "icon.svg")
SHELF = """
{% extends "layout.html" %}
{% block main %}<div class="wrap shelves">
<ul class="shelf">{% for book in books %}{{ ui.copy(book) }}{% endfor %}</ul></div>{% endblock %}
"""
WRITERS = ("Ana Ruiz", "Ludwig Stein", "Clara Bois", "Noor Haddad", "Per Åse", "Zoë Quinn")
SHARED = {"me": None, "locale": "es", "path": "/books", "searched": ""}
BOOKS = [
    book(id=i, title=f"Noticias del imperio, parte {i}", author=WRITERS[i % 6], year=1890 + 6 * i) for i in range(24)
]


@pytest.fixture
async def pages():
    app = stage()
    async with app.test_request_context("/books"):
        yield app.extensions["pages"]


def packed(html):
    return len(gzip.compress(html.encode(), 6))


async def test_a_shelf_of_24_drawn_covers_is_a_light_page(pages):
    page = packed(pages.from_string(SHELF).render(SHARED, books=BOOKS))
    static = sum(len(assets.load(name).packed or assets.load(name).plain) for name in STATIC)
    assert page < 12 * KILOBYTE
    assert page + static < 120 * KILOBYTE


async def test_the_entrance_is_a_light_page(pages):
    spines = [book(id=i, title=f"Tomo {i}: crónica de un año", year=1950) for i in range(42)]
    html = pages.get_template("catalog/home.html").render(SHARED, **home() | {"spines": spines, "newest": BOOKS[:8]})
    assert packed(html) < 12 * KILOBYTE
