"""A form is taken from our own pages only."""

import re

import pytest

from bookstore.web import csrf
from tests.people import Visitor

HTTPS = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}


async def posts(somebody: Visitor, path: str = "/probe/act", token: str | None = None, **headers: str | None) -> int:
    """Send the form with other headers than a browser's on the shop's own page; None leaves one out."""
    form = {"_csrf": somebody.token if token is None else token}
    request = somebody.client.build_request("POST", path, data=form)
    for name, value in headers.items():
        request.headers.pop(name.replace("_", "-"), None)
        if value is not None:
            request.headers[name.replace("_", "-")] = value
    return (await somebody.client.send(request)).status_code


async def test_flaw_m24_a_form_of_another_site_is_refused(ana):
    assert await posts(ana) == 200
    assert await posts(ana, Origin="https://evil.example") == 403
    assert await posts(ana, Sec_Fetch_Site="cross-site") == 403


@pytest.mark.parametrize(
    "origin", ["null", "http://shop.test:81", "https://shop.test", "http://shop.test.evil.example"]
)
async def test_asvs_3_5_1_an_origin_must_be_ours_to_the_letter(ana, origin):
    assert await posts(ana, Origin=origin, Sec_Fetch_Site=None) == 403


@pytest.mark.parametrize("site", ["same-site", "cross-site", "other"])
async def test_asvs_3_5_1_a_neighbour_of_our_domain_is_another_site(ana, site):
    assert await posts(ana, Origin=None, Sec_Fetch_Site=site) == 403


@pytest.mark.parametrize("site", ["same-origin", "none", None])
async def test_what_a_browser_sends_from_our_page_is_taken(ana, site):
    assert await posts(ana, Origin=None, Sec_Fetch_Site=site) == 200


@pytest.mark.parametrize("token", ["", "zz", "00", "0" * 128, "é" * 64, "a" * 10_000])
async def test_asvs_3_5_1_a_missing_or_wrong_token_is_refused(ana, token):
    assert await posts(ana, token=token) == 403


async def test_another_persons_token_is_refused(ana, beto):
    assert await posts(ana, token=beto.token) == 403


async def test_the_header_of_htmx_does_as_well(ana):
    answer = await ana.client.post("/probe/act", headers={csrf.HEADER: ana.token})
    assert answer.status_code == 200


async def test_a_page_shows_the_token_under_another_mask_each_time(ana):
    tokens = {(await ana.get("/nothing")).token for _ in range(2)}
    assert len(tokens) == 2
    for token in tokens:
        assert await posts(ana, token=token) == 200


async def test_the_form_of_a_stranger_is_bound_to_a_cookie_of_theirs(anybody, visitor):
    await anybody.get("/session/new")
    other = await visitor("other")
    await other.get("/session/new")
    assert await posts(anybody, "/probe/open") == 200
    assert await posts(anybody, "/probe/open", token=other.token) == 403
    anybody.client.cookies.clear()
    assert await posts(anybody, "/probe/open") == 403


async def test_a_cookie_alone_makes_no_token(anybody):
    """Whoever can set a cookie cannot sign it."""
    anybody.client.cookies.set("csrf", "a" * 43)
    assert await posts(anybody, "/probe/open", token="0" * 64 + "61" * 32) == 403


async def test_two_forms_in_two_tabs_both_work(anybody):
    first = (await anybody.get("/session/new")).token
    await anybody.get("/users/new")
    assert await posts(anybody, "/probe/open", token=first) == 200


async def test_the_token_of_before_a_login_is_of_no_use_after_it(anybody):
    before = (await anybody.get("/users/new")).token
    await anybody.registers()
    assert await posts(anybody, token=before) == 403
    assert await posts(anybody) == 200


async def test_a_page_without_a_form_sets_no_cookie_and_one_with_a_form_is_stored_nowhere(anybody):
    plain = await anybody.get("/nothing")
    assert plain.token is None
    assert "Set-Cookie" not in plain.headers
    form = await anybody.get("/session/new")
    assert form.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" in form.headers


class TestOverHttps:
    @pytest.fixture
    def changed(self):
        return {"services": "auth", "trusted_proxies": 1}

    async def test_asvs_3_3_1_the_cookie_is_bound_to_the_host_and_to_https(self, anybody):
        answer = await anybody.client.get("/session/new", headers=HTTPS)
        [cookie] = answer.headers.get_list("Set-Cookie")
        assert re.fullmatch(r"__Host-csrf=[\w-]{43}; Secure; HttpOnly; Path=/; SameSite=Lax", cookie)

    async def test_our_origin_is_the_one_that_the_proxy_is_asked_by(self, anybody):
        answer = await anybody.client.get("/session/new", headers=HTTPS)
        token = re.search(r'name="_csrf" value="(\w+)"', answer.text)[1]
        cookie = {"Cookie": answer.headers["Set-Cookie"].partition(";")[0]}
        ours = HTTPS | cookie | {"Origin": "https://shop.test"}
        for headers, status in ((ours, 200), (ours | {"Origin": "http://shop.test"}, 403)):
            sent = await anybody.client.post("/probe/open", data={"_csrf": token}, headers=headers)
            assert sent.status_code == status
