import gzip

import pytest
from jinja2 import UndefinedError

from bookstore.web.hypermedia import render
from tests.web.stage import stage

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def client():
    return stage().test_client()


async def test_a_browser_gets_the_page(client):
    answer = await client.get("/refused")
    html = await answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert html.startswith("<!doctype html>")
    assert html.count("<h1") == 1


async def test_htmx_gets_the_block_alone(client):
    answer = await client.get("/refused", headers=HTMX)
    html = await answer.get_data(as_text=True)
    assert "<html" not in html
    assert 'role="alert"' in html


@pytest.mark.parametrize(
    "more", [{"HX-Boosted": "true"}, {"HX-History-Restore-Request": "true"}, {"HX-Request-Type": "full"}]
)
async def test_htmx_that_replaces_the_page_gets_the_page(client, more):
    answer = await client.get("/refused", headers=HTMX | more)
    assert "<html" in await answer.get_data(as_text=True)


async def test_every_answer_says_on_what_it_depends(client):
    for answer in [await client.get("/refused"), await client.get("/refused", headers=HTMX)]:
        assert {"HX-Request", "Cookie", "Accept-Language"} <= set(answer.vary)


async def test_what_people_wrote_stays_words(client):
    answer = await client.get("/refused")
    assert "&lt;i&gt;Sold&lt;/i&gt;" in await answer.get_data(as_text=True)


async def test_a_page_with_a_token_is_stored_nowhere(client):
    assert (await client.get("/form")).headers["Cache-Control"] == "no-store"
    assert "Cache-Control" not in (await client.get("/refused")).headers


async def test_a_redirect_is_followed_with_and_without_htmx(client):
    plain, htmx = await client.post("/moved"), await client.post("/moved", headers=HTMX)
    assert (plain.status_code, plain.headers["Location"]) == (303, "/books/7")
    assert (htmx.status_code, htmx.headers["HX-Redirect"]) == (200, "/books/7")
    assert "Location" not in htmx.headers


async def test_a_name_that_a_template_lacks_is_an_error():
    async with stage().test_request_context("/"):
        with pytest.raises(UndefinedError):
            await render("errors/error.html", code=404)


async def test_the_embedded_shop_packs_pages_without_a_token():
    client = stage(embedded=True).test_client()
    answer = await client.get("/refused", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.vary
    assert b"<!doctype html>" in gzip.decompress(await answer.get_data())


async def test_a_page_with_a_token_is_never_packed():
    answer = await stage(embedded=True).test_client().get("/form", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers


async def test_a_proxy_packs_for_all_others(client):
    answer = await client.get("/refused", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers
