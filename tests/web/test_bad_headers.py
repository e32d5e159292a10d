"""What a client may write into its headers: answered as if it had written nothing."""

import pytest

NO_ADDRESSES = (
    "http://[",
    "http://[::1",
    "[",
    "://",
    "//[",
    "http://shop.test:port/",
    "a\x7fb",
    "x" * 8000,
    "\xff\xfe",
)
COOKIES = ("", "=", ";;;", "session", 'session="', "x" * 8000, "\xff" * 43, "a" * 43, "%00", "😀")


@pytest.fixture
def changed():
    """The whole shop."""
    return {}


def raw(value: str) -> bytes:
    return value.encode()


@pytest.mark.parametrize("address", NO_ADDRESSES)
async def test_an_address_that_is_none_leads_to_the_entrance(anybody, address):
    headers = {"HX-Request": "true", "HX-Current-URL": raw(address)}
    for method in ("GET", "POST"):
        answer = await anybody.client.request(method, "/orders", headers=headers)
        assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/session/new?next=/")


@pytest.mark.parametrize("address", NO_ADDRESSES)
async def test_a_form_from_nowhere_is_answered_all_the_same(anybody, address):
    await anybody.get("/session/new")
    answer = await anybody.client.post("/session", data={"_csrf": anybody.token}, headers={"Referer": raw(address)})
    assert answer.status_code == 422
    assert 'href="/?lang=en"' in answer.text


@pytest.mark.parametrize("name", ["session", "csrf", "locale"])
@pytest.mark.parametrize("value", COOKIES)
async def test_a_cookie_that_is_not_ours_is_none(anybody, name, value):
    answer = await anybody.client.get("/books", headers={"Cookie": raw(f"{name}={value}")})
    assert answer.status_code == 200
    answer = await anybody.client.post(
        "/session", data={"_csrf": "00" * 64}, headers={"Cookie": raw(f"{name}={value}")}
    )
    assert answer.status_code == 403


@pytest.mark.parametrize("name", ["Accept-Language", "Accept-Encoding", "X-Request-ID", "X-CSRF-Token"])
@pytest.mark.parametrize("value", ["\x00", "q=nan", "en;q=1e308,*;q=-1", ",;,;", "\xff", "x" * 8000, "[::"])
async def test_a_header_that_says_nothing_is_left_aside(anybody, name, value):
    answer = await anybody.client.get("/session/new", headers={name: raw(value)})
    assert answer.status_code == 200
    assert value not in answer.headers["X-Request-ID"]


@pytest.mark.parametrize("host", ["x" * 64, "a..b", ".", "[::", "a b", "a/b", "shop.test:x", "\xff", "😀", "a,b"])
async def test_a_host_that_no_name_server_knows_is_refused(anybody, host):
    answer = await anybody.client.get("/books", headers={"Host": raw(host)})
    assert (answer.status_code, answer.text) == (400, "400")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "host", ["", "localhost", "127.0.0.1:8000", "[::1]:8000", "Shop.test.", "a-b_c.example:80", "x" * 63]
)
async def test_a_host_of_any_name_is_served(anybody, host):
    assert (await anybody.client.get("/books", headers={"Host": host})).status_code == 200
