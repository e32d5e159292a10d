"""Every form of the shop, filled in rightly and sent wrongly: refused, and nothing is written."""

from urllib.parse import urlencode

import pytest

from bookstore.web.requests import FILE_BYTES, FORM_BYTES
from tests.orders.desk import Desk
from tests.stock import new_key
from tests.web.contents import changes, contents
from tests.web.filling import Cast, Filled
from tests.web.hostile import TAKEN
from tests.web.markup import Markup

URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=x"
PART = b'--x\r\nContent-Disposition: form-data; name="%b"\r\n\r\n%b\r\n'
OPEN = {"/users", "/session"}
# What is no form, or none that can be read: its type, and its body.
NO_FORMS = {
    "nothing": (URLENCODED, b""),
    "JSON": ("application/json", b'{"_csrf": "%b", "title": "x"}'),
    "plain text": ("text/plain", b"_csrf=%b"),
    "XML": ("text/xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
    "no type": ("", b"_csrf=%b"),
    "no UTF-8": (URLENCODED, b"_csrf=%b&a=\xff\xfe"),
    "another alphabet": (URLENCODED, "_csrf=%b&a=ñ".encode("utf-16")),
    "no parts": (MULTIPART, b"_csrf=%b"),
    "a part without an end": (MULTIPART, b'--x\r\nContent-Disposition: form-data; name="_csrf"\r\n\r\n%b'),
    "a part without a name": (MULTIPART, b"--x\r\nContent-Disposition: form-data\r\n\r\n%b\r\n--x--\r\n"),
    "a part without a head": (MULTIPART, b"--x\r\n\r\n%b\r\n--x--\r\n"),
    "parts without a boundary": ("multipart/form-data", b"--x\r\n%b"),
    "a boundary that is none": ("multipart/form-data; boundary=é", b"--x\r\n%b"),
    "a form in a part's file": (
        MULTIPART,
        b'--x\r\nContent-Disposition: form-data; name="_csrf"; filename="a"\r\n\r\n%b\r\n--x--\r\n',
    ),
}


@pytest.fixture
def changed():
    """The whole shop."""
    return {}


@pytest.fixture
def cast(shop, ana, beto, anybody):
    return Cast(ana, beto, anybody, Desk(shop.extensions["settings"]))


@pytest.fixture(params=sorted(TAKEN))
async def filled(request, cast) -> Filled:
    return await cast.fills(request.param)


async def test_what_is_no_form_has_no_token_and_is_forged(filled):
    before = await contents()
    for name, (kind, body) in NO_FORMS.items():
        answer = await filled.sent_as(body.replace(b"%b", filled.sender.token.encode()), kind)
        assert answer.status_code == 403, name
        assert Markup(answer.text).alerts, name
    assert changes(before, await contents()) == {}


async def test_what_is_no_form_is_an_empty_one_where_the_token_came_as_a_header(cast):
    for route, fields in TAKEN.items():
        if not fields:
            continue
        filled = (await cast.fills(route)).having(**{"X-CSRF-Token": "", "Accept-Language": "es"})
        filled = filled.having(**{"X-CSRF-Token": filled.sender.token})
        before = await contents()
        for name, (kind, body) in NO_FORMS.items():
            answer = await filled.sent_as(body.replace(b"%b", filled.sender.token.encode()), kind)
            assert answer.status_code == 422, (route, name)
            assert Markup(answer.text).alerts, (route, name)
        assert changes(before, await contents()) == {}


async def test_flaw_m24_the_token_of_somebody_else_is_none(filled, carla):
    before = await contents()
    for token in ("", "00" * 64, carla.token, filled.sender.token[:-2], filled.sender.token + "00" * 32 + "x"):
        answer = await filled.sent_as(urlencode({"_csrf": token, **filled.fields}).encode())
        assert answer.status_code == 403, token[:8]
        assert Markup(answer.text).alerts
    assert changes(before, await contents()) == {}


async def test_flaw_m24_asvs_3_5_1_a_page_of_somebody_else_sends_none(filled):
    before = await contents()
    for evil in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = await filled.having(**evil).sent()
        assert answer.status_code == 403, evil
    assert changes(before, await contents()) == {}


async def test_a_form_of_a_thousand_fields_is_too_large(filled):
    before = await contents()
    many = [(f"field{number}", "1") for number in range(1000)]
    body = b"".join(PART % (name.encode(), b"1") for name, _ in many) + b"--x--\r\n"
    for answer in (await filled.sent_pairs(many), await filled.sent_as(body, MULTIPART)):
        assert answer.status_code == 413
        assert Markup(answer.text).alerts
    assert changes(before, await contents()) == {}


async def test_flaw_m19_a_body_that_is_too_large_is_refused(filled):
    before = await contents()
    assert (await filled.sent(more="x" * FORM_BYTES)).status_code == 413
    body = PART % (b"more", b"x" * FILE_BYTES)
    answer = await filled.sent_as(body, MULTIPART)
    assert answer.status_code == 413
    assert Markup(answer.text).language == "es"
    assert changes(before, await contents()) == {}


async def test_fields_that_a_form_does_not_have_change_nothing_of_it(cast):
    """Not the price, not the owner, not the state."""
    forged = {"id": "1", "user_id": "1", "seller_id": "999", "role": "admin", "status": "paid", "total_cents": "1"}
    for route in ("/users", "/books", "/orders", "/orders/<order_id>/delivery", "/orders/<order_id>/payment"):
        filled = await cast.fills(route)
        answer = await filled.sent(**forged, amount="0", price_cents="1", unit_cents="1", version="99")
        assert answer.status_code == 303, route
    kept = await contents()
    assert not [
        row for rows in kept.values() for row in rows if "999" in row.replace("999999", "") and "seller_id" in row
    ]
    assert not [row for row in kept["auth_user"] if "'role': 'admin'" in row]
    assert not [row for row in kept["orders_order"] if "'status': 'paid'" in row or "'total_cents': 1," in row]


@pytest.mark.parametrize("route", [route for route in TAKEN if "<" in route])
async def test_flaw_m08_flaw_m13_flaw_m21_what_is_somebody_elses_and_what_is_nobodys_are_not_there(
    cast, carla, visitor, route
):
    dora = await (await visitor("dora")).is_known(role="admin")
    filled = await cast.fills(route)
    head, _, tail = filled.path.removeprefix("/").partition("/")
    before = await contents()
    for stranger in (carla, dora, cast.beto if filled.sender is cast.ana else cast.ana):
        assert (await filled.by(stranger).sent()).status_code == 404, stranger.name
    _, _, verb = tail.partition("/")
    for none in (new_key(), "0", "999999999", "9" * 19, "9" * 5000, "-1", "x", "%00", "1.5", "%F0%9F%98%80"):
        answer = await filled.at(f"/{head}/{none}" + (f"/{verb}" if verb else "")).sent()
        assert answer.status_code in {404, 405}, none[:40]  # the router's own answer to a number beyond 2**63
    assert changes(before, await contents()) == {}
