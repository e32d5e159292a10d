"""Registering by the form."""

import pytest

from bookstore.auth.models import User
from tests.people import PASSWORD

GOOD = {"name": "Ana", "email": "ana@example.org", "password": PASSWORD}
HTMX = {"HX_Request": "true", "HX_Request_Type": "partial"}


async def registering(somebody, **changes: object):
    await somebody.get("/users/new")
    return await somebody.post("/users", {name: value for name, value in (GOOD | changes).items() if value is not None})


async def test_row_f1a_a_new_e_mail_makes_an_account_that_is_logged_in(anybody):
    answer = await registering(anybody)
    assert (answer.status, answer.location) == (303, "/")
    assert "Ana" in (await anybody.get("/nothing")).text
    [user] = await User.all()
    assert PASSWORD not in user.password_hash


async def test_row_f1a_flaw_m29_a_known_e_mail_is_told_beside_its_field(anybody, visitor):
    await registering(anybody)
    other = await visitor("other")
    answer = await registering(other, name="Otra", email="ANA@example.org ")
    assert answer.status == 422
    assert 'id="email-err"' in answer.text
    assert "argon2" not in answer.text
    assert await User.all().count() == 1


async def test_the_way_back_is_kept_through_a_mistake(anybody):
    page = await anybody.get("/users/new?next=/books/5%3Ftab%3D2")
    assert 'value="/books/5?tab=2"' in page.text
    assert "/session/new?next=/books/5%3Ftab%3D2" in page.text
    answer = await anybody.post("/users", GOOD | {"name": "", "next": "/books/5?tab=2"})
    assert 'value="/books/5?tab=2"' in answer.text
    answer = await anybody.post("/users", GOOD | {"next": "/books/5?tab=2"})
    assert answer.location == "/books/5?tab=2"


async def test_htmx_gets_the_form_alone_and_is_sent_on(anybody):
    await anybody.get("/users/new")
    answer = await anybody.post("/users", GOOD | {"name": ""}, **HTMX)
    assert answer.status == 422
    assert "<html" not in answer.text
    assert 'id="register"' in answer.text
    answer = await anybody.post("/users", GOOD, **HTMX)
    assert (answer.status, answer.headers["HX-Redirect"]) == (200, "/")


async def test_who_is_logged_in_is_not_asked_to_register(ana):
    answer = await ana.get("/users/new?next=/orders")
    assert (answer.status, answer.location) == (303, "/orders")


NAMES = [None, "", " ", "x" * 81, "a\x00b", "a\nb", "\u202eana", "\u200b\u200b", "x" * 100_000]
EMAILS = [
    None,
    "",
    "not-an-email",
    "a@b",
    "@example.org",
    "ana@",
    "a b@example.org",
    "ana@example..org",
    "aña@example.org",
]
EMAILS += [
    "ana@exa_mple.org",
    "ana@-a.org",
    "x" * 65 + "@example.org",
    "x@" + "a." * 130 + "org",
    "ana@example.org\r\nBcc: x",
]
PASSWORDS = [None, "", "1", "1234567", "password", "PASSWORD1", "x" * 257, "ana@example.org", "x" * 100_000]


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", value) for value in NAMES]
    + [("email", value) for value in EMAILS]
    + [("password", v) for v in PASSWORDS],
)
async def test_flaw_m31_flaw_m32_flaw_m33_asvs_6_2_1_a_wrong_field_is_told_beside_it(anybody, field, value):
    answer = await registering(anybody, **{field: value})
    assert answer.status == 422
    assert f'id="{field}-err"' in answer.text
    assert answer.alerts
    assert await User.all().count() == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "Ñandú 😀 O’Brien"),
        ("name", "x" * 80),
        ("name", "村上 春樹"),
        ("email", "a.b+c@mail.example.co"),
        ("email", "x" * 64 + "@example.org"),
        ("password", "frase de paso larga"),
        ("password", " pässword "),
        ("password", "x1y2z3w4"),
        ("password", "a" * 256),
    ],
)
async def test_a_field_at_its_limits_is_taken(anybody, field, value):
    assert (await registering(anybody, **{field: value})).status == 303
    assert await User.all().count() == 1


async def test_asvs_15_3_3_fields_that_the_form_does_not_have_are_ignored(anybody):
    await registering(anybody, role="admin", id=1, password_hash="x", created=0)
    [user] = await User.all()
    assert user.role == "member"
    assert (await anybody.get("/admin/users")).status == 403


async def test_flaw_m20_asvs_1_2_1_a_name_is_shown_as_text(anybody):
    await registering(anybody, name="<script>alert(1)</script>")
    page = await anybody.get("/nothing")
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert" in page.text


async def test_asvs_6_2_7_the_password_may_be_pasted_and_kept_by_a_manager(anybody):
    page = await anybody.get("/users/new")
    assert 'type="password"' in page.text
    assert 'autocomplete="new-password"' in page.text
    answer = await registering(anybody, name="")
    assert PASSWORD not in answer.text
