"""Logging in and out by the forms."""

import asyncio

import pytest
from structlog.testing import capture_logs

from bookstore.auth.models import User
from bookstore.data import redis, sessions
from tests.people import PASSWORD

HTMX = {"HX_Request": "true", "HX_Request_Type": "partial"}
HOSTILE = ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\t/evil.example"]


@pytest.fixture
async def registered(visitor):
    """ana has an account and is logged out."""
    ana = await (await visitor("ana")).registers()
    await ana.post("/session/end")
    await ana.get("/session/new")
    return ana


async def logging_in(somebody, **changes: object):
    return await somebody.post("/session", {"email": somebody.email, "password": PASSWORD} | changes)


async def test_row_f1b_the_right_password_logs_in(registered):
    answer = await logging_in(registered)
    assert (answer.status, answer.location) == (303, "/")
    assert "Ana" in (await registered.get("/nothing")).text


async def test_the_e_mail_is_found_however_it_is_typed(registered):
    assert (await logging_in(registered, email=" ANA@Example.org ")).status == 303


@pytest.mark.parametrize(
    "wrong",
    [{"password": "wrong"}, {"email": "nobody@example.org"}, {"email": "not-an-email"}, {"password": f"{PASSWORD} "}],
)
async def test_row_f1b_a_wrong_one_shows_the_form_again_and_tells_not_which(registered, wrong):
    answer = await logging_in(registered, **wrong)
    assert answer.status == 401
    assert answer.alerts == ["El correo o la contraseña no son correctos."]
    assert 'name="password"' in answer.text
    assert "Set-Cookie" not in answer.headers
    assert [key async for key in redis.client().scan_iter("session*")] == []


@pytest.mark.parametrize(
    ("field", "value"), [("email", ""), ("password", ""), ("email", "x" * 255), ("password", "x" * 257)]
)
async def test_an_empty_or_endless_field_is_told_beside_it(registered, field, value):
    answer = await logging_in(registered, **{field: value})
    assert answer.status == 422
    assert f'id="{field}-err"' in answer.text


async def test_htmx_gets_the_form_alone_and_is_sent_on(registered):
    answer = await registered.post("/session", {"email": "x@example.org", "password": "x"}, **HTMX)
    assert answer.status == 401
    assert "HX-Redirect" not in answer.headers
    assert answer.text.strip().startswith("<section")
    answer = await registered.post("/session", {"email": registered.email, "password": PASSWORD}, **HTMX)
    assert (answer.status, answer.headers["HX-Redirect"]) == (200, "/")


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_asvs_1_2_2_a_login_leads_to_no_other_site(registered, hostile):
    assert (await logging_in(registered, next=hostile)).location == "/"
    answer = await registered.client.get("/session/new", params={"next": hostile})
    assert answer.headers["Location"] == "/"


async def test_who_was_sent_to_the_login_comes_back(registered):
    answer = await registered.get("/admin/users?after=3")
    assert answer.location == "/session/new?next=/admin/users%3Fafter%3D3"
    page = await registered.get(answer.location)
    assert 'value="/admin/users?after=3"' in page.text
    assert (await logging_in(registered, next="/admin/users?after=3")).location == "/admin/users?after=3"


async def test_flaw_m26_asvs_3_5_3_logging_out_is_a_post(ana):
    assert (await ana.get("/session/end")).status == 405
    assert "Ana" in (await ana.get("/nothing")).text


async def test_row_f1c_flaw_m27_asvs_7_4_1_a_session_is_dead_after_logging_out(ana, visitor):
    cookie = ana.client.cookies["session"]
    answer = await ana.post("/session/end")
    assert (answer.status, answer.location) == (303, "/")
    assert "session=;" in answer.headers["Set-Cookie"]
    thief = await visitor("thief")
    thief.client.cookies.set("session", cookie)
    answer = await thief.get("/admin/users")
    assert (answer.status, answer.location) == (303, "/session/new?next=/admin/users")
    assert [key async for key in redis.client().scan_iter("session:*")] == []


async def test_asvs_14_3_1_logging_out_clears_what_the_browser_kept(ana):
    assert (await ana.post("/session/end")).headers["Clear-Site-Data"] == '"cache"'


async def test_asvs_14_3_2_a_page_of_somebody_logged_in_is_stored_nowhere(ana):
    assert (await ana.get("/nothing")).headers["Cache-Control"] == "no-store"


async def test_logging_out_ends_this_session_and_not_the_one_on_the_phone(ana):
    phone = await sessions.begin((await sessions.load(ana.client.cookies["session"])).data)
    await ana.post("/session/end")
    assert await sessions.load(phone)


async def test_flaw_m28_a_cookie_signed_with_any_key_is_nobodys(anybody):
    anybody.client.cookies.set("session", "eyJ1c2VyX2lkIjoxfQ.aBcDeF.0123456789abcdefghijklm")
    assert (await anybody.get("/admin/users")).status == 303


async def test_flaw_m17_asvs_8_2_1_the_list_of_people_is_for_administrators(anybody, ana, visitor):
    dora = await (await visitor("dora")).is_known(role="admin")
    assert (await anybody.get("/admin/users")).status == 303
    refused = await ana.get("/admin/users")
    assert refused.status == 403
    assert "@example.org" not in refused.text
    page = await dora.get("/admin/users")
    assert page.status == 200
    assert page.marks("data-user-id") == [str(ana.id), str(dora.id)]
    assert "argon2" not in page.text


@pytest.mark.parametrize("after", ["x", "-1", "1e9", "9" * 40, "٣", "' OR 1=1"])
async def test_the_list_of_people_starts_at_its_beginning_for_a_place_that_is_none(visitor, after):
    dora = await (await visitor("dora")).is_known(role="admin")
    answer = await dora.client.get("/admin/users", params={"after": after})
    assert answer.status_code == 200
    assert f'data-user-id="{dora.id}"' in answer.text


async def test_asvs_16_3_1_a_login_and_a_refused_one_leave_a_line_without_the_e_mail(registered):
    with capture_logs() as lines:
        await logging_in(registered, password="my secret in the wrong place")
        await logging_in(registered)
    events = [line["event"] for line in lines if line["event"] != "request"]
    assert events == ["login refused", "logged in"]
    assert "secret" not in str(lines)
    assert registered.email not in str(lines)


async def test_a_role_that_is_taken_away_is_gone_at_once(visitor):
    from bookstore.auth import people

    dora = await (await visitor("dora")).is_known(role="admin")
    assert (await dora.get("/admin/users")).status == 200
    await people.revoke(dora.email)
    assert (await dora.get("/admin/users")).status == 303


async def test_many_logins_at_once_all_get_sessions_of_their_own(registered):
    answers = await asyncio.gather(*(logging_in(registered) for _ in range(6)))
    assert {answer.status for answer in answers} <= {303, 403}
    cookies = {answer.headers["Set-Cookie"].partition(";")[0] for answer in answers if answer.status == 303}
    assert len(cookies) == [answer.status for answer in answers].count(303) >= 1
    assert await User.all().count() == 1


class TestWithoutADatabase:
    @pytest.fixture
    def changed(self):
        return {"services": "auth", "database_url": "mysql://nobody:nothing@127.0.0.1:1/none"}

    async def test_asvs_16_5_2_an_account_asks_to_come_back(self, anybody):
        await anybody.get("/users/new")
        registering = {"name": "Ana", "email": "ana@example.org", "password": PASSWORD}
        for path, form in (("/users", registering), ("/session", registering)):
            answer = await anybody.post(path, form)
            assert answer.status == 503
            assert int(answer.headers["Retry-After"]) > 0
            assert "127.0.0.1" not in answer.text
        assert [key async for key in redis.client().scan_iter("session*")] == []
