import gzip
import hashlib
import re

import pytest

from bookstore.web import assets
from tests.web.stage import stage

KILOBYTE = 1000
SCRIPTS = ("htmx.min.js", "shop.js")
FONT = "fonts/archivo-var-latin.woff2"


@pytest.fixture
def client():
    return stage().test_client()


def read(name):
    return (assets.FOLDER / name).read_bytes()


def weight(*names):
    return sum(len(assets.load(name).packed or assets.load(name).plain) for name in names)


async def test_a_file_with_its_hash_may_be_kept_for_ever(client):
    answer = await client.get(assets.static_url("style.css"))
    assert answer.headers["Cache-Control"] == assets.FOR_EVER
    assert answer.headers["Content-Type"].startswith("text/css")
    assert await answer.get_data() == read("style.css")


@pytest.mark.parametrize("query", ["", "?v=0000000000"])
async def test_a_file_with_another_hash_is_kept_for_a_little(client, query):
    assert (await client.get(f"/static/style.css{query}")).headers["Cache-Control"] == assets.A_LITTLE


async def test_who_can_unpack_gets_it_packed(client):
    answer = await client.get("/static/style.css", headers={"Accept-Encoding": "br, gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.vary
    assert gzip.decompress(await answer.get_data()) == read("style.css")


async def test_a_font_is_sent_as_it_is(client):
    answer = await client.get(f"/static/{FONT}", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers
    assert answer.headers["Content-Type"] == "font/woff2"


@pytest.mark.parametrize("name", ["none.css", "../config.py", "%2e%2e/config.py", "fonts", "", "fonts/../../config.py"])
async def test_nothing_outside_the_folder_is_served(client, name):
    assert (await client.get(f"/static/{name}")).status_code == 404


@pytest.mark.parametrize("name", ["htmx.min.js", FONT])
def test_what_was_made_elsewhere_is_what_was_noted(name):
    noted = read("VENDORED.md").decode()
    assert f"`{name}`" in noted
    assert hashlib.sha256(read(name)).hexdigest() in noted


def test_stylesheet_and_preload_name_the_same_font():
    assert f'url("{FONT}?v={assets.load(FONT).fingerprint}")' in read("style.css").decode()


def test_the_first_visit_stays_within_its_budget():
    assert weight("style.css") <= 12 * KILOBYTE
    assert weight(FONT) <= 52 * KILOBYTE
    assert weight(*SCRIPTS) <= 20 * KILOBYTE
    assert weight("style.css", FONT, "icon.svg", *SCRIPTS) <= 108 * KILOBYTE  # leaves 12 for the page


@pytest.mark.parametrize("name", ["style.css", "shop.js"])
def test_nothing_comes_from_another_host(name):
    assert not re.search(r"https?://|@import|url\(\s*[\"']?//", read(name).decode())


def test_our_script_keeps_to_the_policy():
    assert not re.search(
        r"\beval\b|new Function|innerHTML|insertAdjacentHTML|document\.write", read("shop.js").decode()
    )
