"""How often somebody may try, for all replicas together."""

import asyncio

import pytest

from bookstore.data import redis
from bookstore.web import limits
from tests.people import PASSWORD

FROM = "X-Forwarded-For"


@pytest.fixture
def changed() -> dict[str, object]:
    return {"services": "auth", "rate_limits": "on", "trusted_proxies": 1}


async def tries(somebody, email: str, password: str, address: str = "203.0.113.7") -> int:
    form = {"_csrf": somebody.token, "email": email, "password": password}
    answer = await somebody.client.post("/session", data=form, headers={FROM: address})
    return answer.status_code


@pytest.fixture
async def guesser(visitor):
    somebody = await visitor("guesser")
    await somebody.get("/session/new")
    return somebody


async def test_flaw_m34_asvs_6_3_1_guessing_a_password_ends(guesser):
    answers = [await tries(guesser, "ana@example.org", f"wrong {n}") for n in range(limits.PASSWORD.times + 3)]
    assert answers == [401] * limits.PASSWORD.times + [429] * 3


async def test_asvs_6_3_1_guesses_at_the_same_time_are_counted_too(guesser):
    answers = await asyncio.gather(*(tries(guesser, "ana@example.org", f"wrong {n}") for n in range(15)))
    assert sorted(answers) == [401] * limits.PASSWORD.times + [429] * (15 - limits.PASSWORD.times)


async def test_asvs_6_3_1_the_owner_still_gets_in_from_elsewhere(guesser, visitor):
    ana = await (await visitor("ana")).registers()
    for n in range(limits.PASSWORD.times + 1):
        await tries(guesser, ana.email, f"wrong {n}")
    assert await tries(guesser, ana.email, PASSWORD) == 429
    assert await tries(guesser, ana.email, PASSWORD, address="198.51.100.4") == 303


async def test_spelling_the_address_otherwise_gives_no_more_guesses(guesser):
    spelled = ["ana@example.org", "ANA@example.org", " ana@example.org "]
    answers = [await tries(guesser, spelled[n % 3], "wrong") for n in range(limits.PASSWORD.times + 1)]
    assert answers[-1] == 429


async def test_the_right_password_starts_the_count_again(guesser, visitor):
    ana = await (await visitor("ana")).registers()
    for _ in range(limits.PASSWORD.times - 1):
        await tries(guesser, ana.email, "wrong")
    assert await tries(guesser, ana.email, PASSWORD) == 303
    await guesser.get("/nothing")
    assert await tries(guesser, ana.email, "wrong") == 401


async def test_a_classroom_behind_one_router_can_log_in(visitor):
    """Sixty people, one address, one wrong try each."""
    statuses = set()
    for number in range(60):
        pupil = await visitor(f"pupil-{number}")
        await pupil.get("/session/new")
        statuses.add(await tries(pupil, pupil.email, "wrong"))
    assert statuses == {401}


async def test_a_refusal_says_when_to_come_back(guesser):
    for n in range(limits.PASSWORD.times):
        await tries(guesser, "ana@example.org", f"wrong {n}")
    answer = await guesser.post(
        "/session", {"email": "ana@example.org", "password": "x"}, X_Forwarded_For="203.0.113.7"
    )
    assert answer.status == 429
    assert 0 < int(answer.headers["Retry-After"]) <= limits.PASSWORD.seconds
    assert answer.alerts


async def test_flaw_m29_registering_is_limited_too(anybody, monkeypatch):
    await anybody.get("/users/new")
    client = redis.client()
    await client.set("limit:register:203.0.113.7", limits.REGISTER.times, ex=60)
    answer = await anybody.post("/users", {"name": "x"}, X_Forwarded_For="203.0.113.7")
    assert answer.status == 429


async def test_every_count_runs_out_by_itself(guesser):
    await tries(guesser, "ana@example.org", "wrong")
    left = {key: await redis.client().ttl(key) async for key in redis.client().scan_iter("limit:*")}
    assert len(left) == 2
    assert all(0 < seconds <= 300 for seconds in left.values())
    assert "ana" not in str(left)


@pytest.mark.parametrize(
    ("first", "second", "shared"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("203.0.113.7", "203.0.113.8", False),
        ("nonsense", "nonsense", True),
    ],
)
async def test_an_ipv6_customer_is_one_client(shop, first, second, shared):
    keys = []
    for address in (first, second):
        async with shop.test_request_context("/", scope_base={"client": (address, 0)}):
            keys.append(await limits.by_address())
    assert (keys[0] == keys[1]) is shared


class TestWithoutRedis:
    @pytest.fixture
    def changed(self):
        return {"services": "auth", "rate_limits": "on", "redis_url": "redis://127.0.0.1:1/0"}

    async def test_asvs_16_5_3_a_login_that_cannot_be_counted_is_not_tried(self, anybody):
        assert (await anybody.post("/session", {"email": "ana@example.org", "password": "x"})).status == 503


async def test_a_limit_that_is_not_vital_lets_through_what_it_cannot_count(anybody, monkeypatch):
    await anybody.get("/session/new")
    assert (await anybody.post("/probe/aside")).status == 200
    assert (await anybody.post("/probe/aside")).status == 429
    await redis.client().set("limit:aside:127.0.0.1", "not a number")
    assert (await anybody.post("/probe/aside")).status == 200
