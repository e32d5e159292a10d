from datetime import UTC, datetime, timedelta, timezone

import pytest
from quart import request

from bookstore import texts
from bookstore.web import language
from tests.web.stage import stage

NOON = datetime(2026, 11, 23, 20, 27, 5, tzinfo=UTC)


async def language_of(answer):
    html = await answer.get_data(as_text=True)
    return html.partition('<html lang="')[2][:2]


@pytest.mark.parametrize(
    ("cookie", "accepted", "spoken"),
    [
        (None, None, "es"),
        (None, "en", "en"),
        (None, "es-MX,en;q=0.5", "es"),
        (None, "en-GB,es;q=0.5", "en"),
        (None, "fr,de;q=0.9", "es"),
        ("en", "es", "en"),
        ("es", "en", "es"),
        ("xx", "en", "en"),
        ("../../etc", None, "es"),
    ],
)
async def test_the_cookie_comes_before_the_browser_and_the_shop_last(cookie, accepted, spoken):
    client = stage().test_client()
    if cookie:
        client.set_cookie("localhost", "locale", cookie)
    answer = await client.get("/refused", headers={"Accept-Language": accepted} if accepted else {})
    assert await language_of(answer) == spoken
    assert answer.headers["Content-Language"] == spoken


async def test_the_shop_speaks_the_language_of_its_setting():
    assert await language_of(await stage(locale="en").test_client().get("/refused")) == "en"


async def test_a_link_changes_the_language_and_keeps_the_page():
    client = stage().test_client()
    answer = await client.get("/refused?q=a+b&lang=en&q=%C3%B1")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/refused?q=a+b&q=%C3%B1")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "SameSite=Lax" in answer.headers["Set-Cookie"]
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert await language_of(await client.get("/refused")) == "en"


async def test_over_https_the_cookie_is_secure():
    answer = await stage().test_client().get("/refused?lang=en", scheme="https")
    assert "Secure" in answer.headers["Set-Cookie"]


@pytest.mark.parametrize("path", ["//evil.example/x", "///evil.example", "/\\evil.example"])
async def test_the_link_never_leaves_the_shop(path):
    async with stage().test_request_context("/refused"):
        request.path = path
        assert not language.language_url("en").startswith(("//", "/\\"))


async def test_an_unknown_language_is_left_alone():
    answer = await stage().test_client().get("/refused?lang=tlh")
    assert answer.status_code == 409
    assert "Set-Cookie" not in answer.headers


async def test_the_links_on_a_refused_form_lead_to_the_page_that_held_it():
    answer = await stage().test_client().post("/refused", headers={"Referer": "http://localhost/books/new"})
    assert 'href="/books/new?lang=en"' in await answer.get_data(as_text=True)


async def test_another_sites_address_is_never_taken_over():
    answer = await stage().test_client().post("/refused", headers={"Referer": "http://evil.example/books/new"})
    assert 'href="/?lang=en"' in await answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("locale", "currency", "cents", "shown"),
    [
        ("es", "USD", 1450, "US$\u00a014,50"),
        ("es", "USD", 123_450, "US$\u00a01.234,50"),
        ("en", "USD", 1450, "$14.50"),
        ("en", "USD", 0, "$0.00"),
        ("en", "JPY", 1450, "¥1,450"),
        ("en", "EUR", 99_999_999, "€999,999.99"),
    ],
)
async def test_money_is_written_as_the_reader_writes_it(locale, currency, cents, shown):
    async with stage(currency=currency).test_request_context("/"):
        with texts.speaking(locale):
            assert language.money(cents) == shown


async def test_the_label_on_a_spine_has_no_currency():
    async with stage().test_request_context("/"):
        with texts.speaking("es"):
            assert language.figure(123_405) == "1.234,05"


def test_counts_have_the_readers_separators():
    with texts.speaking("es"):
        assert language.number(10412) == "10.412"


@pytest.mark.parametrize(("locale", "shown"), [("es", "23 nov 2026, 20:27 UTC"), ("en", "23 Nov 2026, 20:27 UTC")])
def test_a_moment_is_utc_until_the_browser_shows_it(locale, shown):
    with texts.speaking(locale):
        html = language.moment(NOON.astimezone(timezone(timedelta(hours=-5))))
    assert html == f'<time datetime="2026-11-23T20:27:05Z" data-show="moment">{shown}</time>'


def test_a_day_and_an_hour_are_marked_for_the_browser():
    with texts.speaking("es"):
        assert 'data-show="date"' in language.date(NOON)
        assert ">20:27 UTC<" in language.hour(NOON)


@pytest.mark.parametrize(
    ("locale", "code", "name"), [("es", "fr", "francés"), ("en", "fr", "French"), ("es", "qq", "qq"), ("es", None, "")]
)
def test_a_language_is_named_in_the_readers_own(locale, code, name):
    with texts.speaking(locale):
        assert language.language_name(code) == name


async def test_a_year_before_our_era_is_written_as_one():
    with texts.speaking("es"):
        assert (language.year(1967), language.year(-720)) == ("1967", "720 a. C.")
    with texts.speaking("en"):
        assert language.year(-720) == "720 BC"
