"""Every field of every form, with everything that people, scripts and broken clients put in: refused beside the field
and nothing written, or taken and kept as it was typed.
"""

import re

import httpx
import pytest

from tests.orders.desk import Desk
from tests.web.contents import changes, contents
from tests.web.filling import Cast, Filled, stored
from tests.web.hostile import NOTHING, ODD, TAKEN
from tests.web.markup import Markup
from tests.web.test_every_route import routes

WITH_FIELDS = [route for route, fields in TAKEN.items() if fields]
SECRET = {"password", "card_number"}
UNKEPT = {"order_id", "condition", "language", "courier", "method"}  # made anew, or chosen from what there is
# Where other databases than SQLite may think differently.
OF_DATABASES = {"100 kB", "emoji", "2**63", "1e308", "NUL", "half a character", "digits of another script", "zero"}
READ = {"zero": {"price": 0, "stock": 0, "year": 0}, "half a copy": {"price": 50}, "negative": {"year": -1}}
NOT_KEPT = {"next", "photos", "stock_seen", "password"}


@pytest.fixture
def changed():
    """The whole shop."""
    return {}


@pytest.fixture
def cast(shop, ana, beto, anybody):
    return Cast(ana, beto, anybody, Desk(shop.extensions["settings"]))


def test_every_form_of_the_shop_is_listed(shop):
    assert set(TAKEN) == routes(shop, "POST")


def typed(value: str | bytes | None) -> str:
    """As the shop reads it."""
    return value.decode(errors="replace") if isinstance(value, bytes) else value or ""


async def refused(form: Filled, cast: Cast, name: str, value: str | bytes | None) -> str:
    """Send it, look at the whole answer, and return what stands beside the field."""
    answer = await form.sent(**{name: value})
    about = f"{form.path} {name}={ascii(value)[:40]}"
    assert answer.status_code == 422, about
    page, control = Markup(answer.text), cast.control(name)
    assert page.alerts, about
    assert page.language == "es", about
    assert not re.search(r"Traceback|Error\b|site-packages|File \"", answer.text), about
    assert "<script>alert" not in answer.text, about
    if name in SECRET:
        assert page.value(control) == "", about
    elif name not in UNKEPT:
        assert page.value(control).casefold().split() == typed(value).casefold().split(), about
    if page.is_hidden(control):
        assert f"#{control}" in page.links, about
        return page.alerts[0]
    assert page.beside(control), about
    return page.beside(control)


async def all_refused(cast: Cast, route: str, names: set[str]) -> None:
    form = await cast.fills(route)
    before = await contents()
    for name, taken in TAKEN[route].items():
        said = {await refused(form, cast, name, ODD[odd]): ODD[odd] for odd in sorted(names - set(taken))}
        for words, value in said.items():
            answer = await form.having(**{"Accept-Language": "en"}).sent(**{name: value})
            page = Markup(answer.text)
            assert page.language == "en"
            assert (page.beside(cast.control(name)) or page.alerts[0]) != words, (name, words)
    assert changes(before, await contents()) == {}


@pytest.mark.parametrize("route", WITH_FIELDS)
async def test_what_no_field_takes_is_told_beside_it_in_both_languages_and_nothing_is_written(cast, route):
    await all_refused(cast, route, set(ODD))


@pytest.mark.databases("mariadb", "mysql")
@pytest.mark.parametrize("route", WITH_FIELDS)
async def test_every_database_is_spared_the_same(cast, route):
    await all_refused(cast, route, OF_DATABASES)


async def all_taken(cast: Cast, route: str, names: set[str]) -> None:
    for name, taken in TAKEN[route].items():
        for odd in sorted(names & set(taken)):
            form = await cast.fills(route)
            answer = await form.sent(**{name: ODD[odd]})
            if route == "/session":  # read, and nobody's
                assert answer.status_code == 401, (name, odd)
                continue
            assert answer.status_code == 303, (name, odd, answer.text)
            if name not in NOT_KEPT:
                assert await stored(form, name, answer) == read_as(name, odd), (name, odd)


def read_as(name: str, odd: str) -> object:
    if odd in NOTHING:
        return None
    return READ.get(odd, {}).get(name, typed(ODD[odd]))


@pytest.mark.parametrize("route", WITH_FIELDS)
async def test_what_only_looks_odd_is_kept_as_it_was_typed(cast, route):
    await all_taken(cast, route, set(ODD))


@pytest.mark.databases("mariadb", "mysql")
@pytest.mark.parametrize("route", WITH_FIELDS)
async def test_every_database_keeps_it_as_it_was_typed(cast, route):
    await all_taken(cast, route, OF_DATABASES)


@pytest.mark.parametrize("route", WITH_FIELDS)
async def test_a_file_in_the_place_of_a_text_is_a_text_that_was_not_sent(cast, route):
    for name, taken in TAKEN[route].items():
        form = await cast.fills(route)
        answer, without = await form.sent_with_file(name), await form.sent(**{name: None})
        if "missing" not in taken:
            assert answer.status_code == without.status_code == 422, name
            assert beside(answer, cast.control(name)) == beside(without, cast.control(name)), name
        else:
            assert answer.status_code in ({422} if name == "photos" else {303, 401}), name


def beside(answer: httpx.Response, control: str) -> str:
    page = Markup(answer.text)
    return page.beside(control) or page.alerts[0]


@pytest.mark.parametrize("route", WITH_FIELDS)
async def test_of_a_field_that_is_sent_twice_the_first_counts(cast, route):
    form = await cast.fills(route)
    before = await contents()
    for name in (name for name, taken in TAKEN[route].items() if "control" not in taken):
        spoilt = [(name, "a\x1bb"), *form.fields.items()]
        assert (await form.sent_pairs(spoilt)).status_code == 422, name
    assert changes(before, await contents()) == {}
