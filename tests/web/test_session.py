"""Who a request comes from, what its browser is told, and what happens without Redis."""

import time

import pytest

from bookstore.data import redis, sessions
from tests.people import PASSWORD

HTTPS = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}
COOKIE = "session=" + "a" * sessions.ID_LENGTH


async def keys() -> list[str]:
    return sorted([key async for key in redis.client().scan_iter()])


async def test_an_anonymous_visit_leaves_nothing_behind(anybody):
    for path in ("/nothing", "/probe/whoami", "/session/new", "/probe/mine"):
        await anybody.get(path)
    assert await keys() == []


async def test_who_is_logged_in_is_known(ana):
    assert (await ana.get("/probe/whoami")).text == "Ana"


async def test_flaw_m25_a_login_sets_one_careful_cookie(anybody):
    await anybody.get("/users/new")
    form = {"_csrf": anybody.token, "name": "Dora", "email": "dora@example.org", "password": PASSWORD}
    answer = await anybody.client.post("/users", data=form)
    [cookie] = [line for line in answer.headers.get_list("Set-Cookie") if line.startswith("session=")]
    assert {"HttpOnly", "SameSite=Lax", "Path=/", f"Max-Age={sessions.ABSOLUTE}"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    later = await anybody.client.get("/probe/whoami")
    assert "Set-Cookie" not in later.headers


class TestOverHttps:
    @pytest.fixture
    def changed(self):
        return {"services": "auth", "trusted_proxies": 1}

    async def test_flaw_m25_asvs_3_3_1_asvs_3_3_3_the_cookie_is_secure_and_of_this_host(self, visitor):
        dora = await visitor("dora")
        dora.client.base_url = "https://shop.test"
        dora.client.headers.update(HTTPS | {"Origin": "https://shop.test"})
        await dora.get("/users/new")
        form = {"_csrf": dora.token, "name": "Dora", "email": dora.email, "password": PASSWORD}
        answer = await dora.client.post("/users", data=form)
        [cookie] = [line for line in answer.headers.get_list("Set-Cookie") if "session=" in line]
        assert cookie.startswith("__Host-session=")
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
        assert (await dora.get("/probe/whoami")).text == "Dora"

    async def test_a_cookie_that_a_neighbour_could_have_set_is_not_read(self, ana):
        assert (await ana.get("/probe/whoami")).text == "Ana"
        answer = await ana.client.get("/probe/whoami", headers=HTTPS)
        assert answer.text == "nobody"


async def test_asvs_7_2_4_an_id_that_somebody_else_chose_is_never_taken(anybody):
    chosen = "a" * sessions.ID_LENGTH
    answer = await anybody.get("/users/new", Cookie=f"session={chosen}")
    form = {"_csrf": answer.token, "name": "Dora", "email": "dora@example.org", "password": PASSWORD}
    cookies = f"session={chosen}; csrf={anybody.client.cookies['csrf']}"
    answer = await anybody.client.post("/users", data=form, headers={"Cookie": cookies})
    assert answer.status_code == 303
    assert chosen not in str(answer.headers)
    assert await sessions.load(chosen) is None


async def test_asvs_7_2_4_logging_in_again_gives_a_new_id_and_ends_the_old_one(anybody):
    await anybody.registers()
    old = anybody.client.cookies["session"]
    answer = await anybody.post("/session", {"email": anybody.email, "password": PASSWORD})
    assert answer.status == 303
    assert anybody.client.cookies["session"] != old
    assert await sessions.load(old) is None


async def test_a_session_past_its_absolute_time_is_nobodys(ana):
    old = ana.client.cookies["session"]
    stored = await sessions.load(old)
    await sessions.change(old, stored.data | {"started": int(time.time()) - sessions.ABSOLUTE - 1})
    assert (await ana.get("/probe/whoami")).text == "nobody"


async def test_a_visit_puts_the_idle_time_back(ana):
    [key] = [key for key in await keys() if key.startswith("session:")]
    await redis.client().expire(key, 1000)
    await ana.get("/probe/whoami")
    assert await redis.client().ttl(key) > sessions.IDLE - 10


async def test_static_files_do_not_ask_who_comes(ana):
    [key] = [key for key in await keys() if key.startswith("session:")]
    await redis.client().expire(key, 1000)
    for path in ("/static/style.css", "/livez", "/readyz", "/version"):
        assert (await ana.get(path)).status == 200
    assert await redis.client().ttl(key) <= 1000


async def test_a_message_waits_for_the_next_page_and_is_shown_once(ana):
    assert (await ana.post("/probe/tell?words=Done <b>well</b>")).status == 303
    assert "Done &lt;b&gt;well" in (await ana.get("/nothing")).text
    assert "Done" not in (await ana.get("/nothing")).text


async def test_a_request_under_way_while_the_person_logs_out_brings_nothing_back(ana):
    """It began before the log-out and ends after it, with a message to keep."""
    cookie = ana.client.cookies["session"]
    stored = await sessions.load(cookie)
    await ana.post("/session/end")
    await sessions.change(cookie, stored.data | {"_flashes": []})
    assert (await ana.get("/probe/whoami", Cookie=f"session={cookie}")).text == "nobody"
    assert await keys() == []


class TestWithoutRedis:
    @pytest.fixture
    def changed(self):
        return {"services": "auth", "redis_url": "redis://127.0.0.1:1/0"}

    async def test_fault_f12_reading_goes_on_for_who_was_logged_in(self, anybody):
        answer = await anybody.get("/probe/whoami", Cookie=COOKIE)
        assert (answer.status, answer.text) == (200, "nobody")

    @pytest.mark.parametrize("cookie", ["", COOKIE])
    @pytest.mark.parametrize(
        ("method", "path"),
        [
            ("GET", "/probe/mine"),
            ("POST", "/probe/act"),
            ("GET", "/session/new"),
            ("GET", "/users/new"),
            ("POST", "/session"),
            ("POST", "/users"),
            ("POST", "/session/end"),
        ],
    )
    async def test_asvs_16_5_2_what_needs_a_login_asks_to_come_back(self, anybody, method, path, cookie):
        answer = await anybody.client.request(method, path, headers={"Cookie": cookie} if cookie else {})
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0


async def test_fault_f12_with_redis_frozen_an_answer_still_comes_within_a_second(ana, frozen_redis):
    for path, status in (("/probe/whoami", 200), ("/probe/mine", 503), ("/session/new", 503)):
        began = time.monotonic()
        assert (await ana.get(path)).status == status
        assert time.monotonic() - began < 1
