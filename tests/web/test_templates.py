import re
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from bookstore.web.hypermedia import FOLDERS, MACROS
from tests.web.samples import SAMPLES, book
from tests.web.stage import stage

FOLDER = next(folder for folder in FOLDERS if folder.exists())
FILES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.html"))
# A name with an underscore is a part of a page: it is rendered by the page that includes it.
PAGES = [name for name in FILES if not name.rpartition("/")[2].startswith("_")]
SHARED = {"me": None, "locale": "es", "path": "/books", "searched": ""}
BLOCK = re.compile(r"{%-?\s*block\s+(\w+)")
ANA = SimpleNamespace(id=1, name="Ana <b>", role="member")


def source(name):
    return (FOLDER / name).read_text()


def cases():
    """Every page with every one of its samples."""
    for name in PAGES:
        builders = SAMPLES.get(name, _unknown(name))
        builders = builders if isinstance(builders, tuple) else (builders,)
        yield from (pytest.param(name, builder, id=f"{name}-{i}") for i, builder in enumerate(builders))


def _unknown(name):
    def complain():
        pytest.fail(f"{name} has no line in tests/web/samples.py")

    return complain


EVERY_SAMPLE = pytest.mark.parametrize(("name", "given"), list(cases()))
EVERY_PAGE = pytest.mark.parametrize(("name", "given"), [case for case in cases() if case.values[0] != "layout.html"])


@pytest.fixture(scope="module")
def app():
    return stage()


@pytest.fixture
async def environment(app):
    async with app.test_request_context("/books?q=luna"):
        yield app.extensions["pages"]


@pytest.fixture
def ui(environment):
    return environment.globals["ui"]


@EVERY_SAMPLE
async def test_every_block_can_be_rendered_alone(environment, name, given):
    template = environment.get_template(name)
    for block in dict.fromkeys(BLOCK.findall(source(name))):
        "".join(template.blocks[block](template.new_context(SHARED | given())))


@EVERY_PAGE
@pytest.mark.parametrize("me", [None, ANA], ids=["stranger", "ana"])
async def test_every_page_has_one_heading_and_one_main(environment, name, given, me):
    html = environment.get_template(name).render(SHARED | given() | {"me": me})
    assert len(re.findall(r"<h1[ >]", html)) == 1
    assert html.count('<main id="main" tabindex="-1">') == 1
    assert "Ana <b>" not in html


@EVERY_PAGE
async def test_no_element_id_comes_twice_in_a_page(environment, name, given):
    ids = re.findall(r'\sid="([^"]*)"', environment.get_template(name).render(SHARED | given()))
    assert sorted(ids) == sorted(set(ids))


@EVERY_PAGE
async def test_whoever_is_logged_in_can_log_out_on_every_page(environment, name, given):
    html = environment.get_template(name).render(SHARED | given() | {"me": ANA})
    form = re.search(r'<form method="post" action="/session/end">(.*?)</form>', html, re.DOTALL)
    assert 'name="_csrf"' in form[1]


@pytest.mark.parametrize("name", FILES)
def test_no_template_breaks_the_strict_policy(name):
    text = source(name)
    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


@pytest.mark.parametrize("name", FILES)
def test_no_template_needs_eval(name):
    text = source(name)
    assert not re.search(r"hx-on|hx-(?:vals|headers)[:\w]*=[\"']js:|hx-trigger=\"[^\"]*\[", text)


@pytest.mark.parametrize("name", FILES)
def test_no_template_names_another_host(name):
    assert not re.search(r"(?:src|href|action|hx-\w+)=[\"'](?:https?:)?//", source(name))


@pytest.mark.parametrize("name", [name for name in FILES if name not in MACROS])
def test_no_template_takes_names_that_a_block_alone_would_miss(name):
    assert not re.search(r"{%-?\s*(?:from|import)\s", source(name))


@pytest.mark.parametrize("name", FILES)
def test_every_posting_form_carries_a_token(name):
    for form in re.findall(r'<form[^>]*method="post".*?</form>', source(name), re.DOTALL):
        assert "csrf()" in form


async def test_a_copy_carries_its_marks(ui):
    html = ui.copy(book())
    assert 'data-book-id="7" data-stock="2" data-price-cents="420"' in html
    assert "US$\u00a04,20" in html


async def test_a_sold_copy_says_so_in_words(ui):
    html = ui.copy(book(stock=0))
    assert "Vendido" in html
    assert "US$" not in html


async def test_a_photo_takes_the_covers_place(ui):
    html = ui.art(book(photo="a1.webp"))
    assert 'src="/media/a1.webp"' in html
    assert "<svg" not in html


async def test_the_ruler_marks_the_present_grade(ui):
    marked = re.search(r'<li aria-current="true">(.*?)</li>', ui.ruler("very_good"))
    assert marked[1] == "Muy bueno"
    assert ui.ruler("poor").count('class="past"') == 0
    assert ui.ruler("as_new").count('class="past"') == 6


async def test_a_hold_counts_in_the_browser_and_stands_without_it(ui):
    html = ui.hold(datetime(2026, 11, 23, 20, 42, tzinfo=UTC), 767, 900)
    assert 'data-seconds="767"' in html
    assert "12:47" in html
    assert "20:42 UTC" in html
    assert "held" in html
    assert "bad" not in html


async def test_the_last_minute_of_a_hold_is_red(ui):
    assert 'class="note bad held"' in ui.hold(datetime(2026, 11, 23, tzinfo=UTC), 60, 900)
