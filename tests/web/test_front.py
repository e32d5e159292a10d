"""The headers of every answer, and what a proxy is believed."""

import re

import pytest

from bookstore.web.front import CSP, believed, replica
from bookstore.web.hypermedia import FOLDERS

EVERYWHERE = [
    ("GET", "/session/new", 200),
    ("GET", "/nothing", 404),
    ("POST", "/livez", 405),
    ("POST", "/probe/act", 401),
    ("GET", "/probe/mine", 303),
    ("GET", "/probe/fail?with=defect", 500),
    ("GET", "/probe/fail?with=redis", 503),
    ("GET", "/static/style.css", 200),
    ("GET", "/static/nothing.css", 404),
    ("GET", "/livez", 200),
    ("GET", "/readyz", 200),
    ("GET", "/metrics", 200),
    ("HEAD", "/version", 200),
    ("OPTIONS", "/session/new", 200),
    ("TRACE", "/session/new", 405),
    ("GET", "/session/new?lang=en", 303),
]
EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": CSP,
}


@pytest.mark.parametrize(("method", "path", "status"), EVERYWHERE)
async def test_flaw_m35_asvs_3_4_4_every_answer_carries_every_header(anybody, method, path, status):
    answer = await anybody.client.request(method, path)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in EXPECTED} == EXPECTED
    assert "Cache-Control" in answer.headers
    assert re.fullmatch("[0-9a-f]{16}", answer.headers["X-Request-ID"])
    assert answer.headers["X-Replica"] == replica()
    assert "Strict-Transport-Security" not in answer.headers
    if answer.content:
        assert re.search("charset=utf-8|application/json|font", answer.headers["Content-Type"])


def test_asvs_3_4_3_nothing_runs_but_our_own_files():
    rules = dict(rule.split(" ", 1) for rule in CSP.split("; "))
    assert rules["default-src"] == rules["object-src"] == rules["base-uri"] == rules["frame-ancestors"] == "'none'"
    assert set(rules.values()) == {"'none'", "'self'"}


async def test_asvs_3_4_2_no_other_site_may_read_an_answer(anybody):
    answer = await anybody.get("/session/new", Origin="https://evil.example")
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]


@pytest.mark.parametrize("path", ["/console", "/.git/config", "/.env", "/static/../config.py", "/static/"])
async def test_flaw_m37_asvs_13_4_1_there_is_nothing_to_find(anybody, path):
    assert (await anybody.get(path)).status == 404


@pytest.mark.parametrize("path", ["/session/new", "/users/new", "/nothing"])
async def test_flaw_m36_every_part_of_a_page_is_our_own(anybody, path):
    page = await anybody.get(path)
    parts = re.findall(r'<(?:script|link|img|use|source)[^>]* (?:src|href|srcset)="([^"]*)"', page.text)
    assert len(parts) >= 4
    assert [part for part in parts if not part.startswith("/static/")] == []


def test_asvs_1_2_1_no_template_lets_text_be_markup():
    templates = [path for folder in FOLDERS for path in folder.rglob("*.html")]
    assert len(templates) > 10
    pattern = re.compile(r"\|\s*safe\b|autoescape|<script(?![^>]* src=)[^>]*>|<style| style=| on\w+=", re.IGNORECASE)
    assert [path.name for path in templates if pattern.search(path.read_text())] == []


async def test_a_request_id_from_anybody_is_not_taken_over(anybody):
    answer = await anybody.get("/livez", X_Request_ID="mine")
    assert answer.headers["X-Request-ID"] != "mine"


class TestBehindAProxy:
    @pytest.fixture
    def changed(self):
        return {"services": "auth", "trusted_proxies": 1}

    async def test_asvs_3_4_1_https_is_for_a_year_and_every_subdomain(self, anybody):
        answer = await anybody.get("/nothing", X_Forwarded_Proto="https")
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"

    @pytest.mark.parametrize("given", ["a", "A-9", "x" * 64])
    async def test_its_request_id_is_taken_over(self, anybody, given):
        assert (await anybody.get("/livez", X_Request_ID=given)).headers["X-Request-ID"] == given

    @pytest.mark.parametrize("given", ["", "x" * 65, "a b", "a\tb", "ü", "a;b", "<script>"])
    async def test_asvs_16_4_1_an_id_that_is_none_is_replaced(self, anybody, given):
        answer = await anybody.client.get("/livez", headers={"X-Request-ID": given.encode()})
        assert re.fullmatch("[0-9a-f]{16}", answer.headers["X-Request-ID"])


def scope(**headers: str) -> dict:
    lines = [(name.replace("_", "-").lower().encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "scheme": "http", "client": ("10.0.0.9", 4000), "headers": lines}


@pytest.mark.parametrize(
    ("hops", "forwarded", "client"),
    [
        (0, "6.6.6.6", "10.0.0.9"),
        (1, "9.9.9.9", "9.9.9.9"),
        (1, "6.6.6.6, 9.9.9.9", "9.9.9.9"),
        (2, "6.6.6.6, 9.9.9.9, 10.0.0.1", "9.9.9.9"),
        (2, "9.9.9.9", "10.0.0.9"),
        (1, "9.9.9.9:5123", "9.9.9.9"),
        (1, "[2001:db8::7]:5123", "2001:db8::7"),
        (1, "2001:db8::7", "2001:db8::7"),
    ],
)
def test_asvs_4_1_3_the_client_is_who_the_outermost_trusted_proxy_saw(hops, forwarded, client):
    assert believed(scope(X_Forwarded_For=forwarded), hops)["client"][0] == client


@pytest.mark.parametrize(
    ("hops", "forwarded", "scheme"),
    [
        (0, "https", "http"),
        (1, "https", "https"),
        (2, "https", "https"),
        (1, "https, http", "http"),
        (2, "https, http", "https"),
        (1, "javascript", "http"),
        (1, "", "http"),
    ],
)
def test_asvs_4_1_3_the_scheme_is_the_one_of_the_outermost_trusted_proxy(hops, forwarded, scheme):
    assert believed(scope(X_Forwarded_Proto=forwarded), hops)["scheme"] == scheme
