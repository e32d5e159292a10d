"""Sessions in Redis: what is stored, how long, and what ends them."""

import time

import pytest

from bookstore.data import redis, sessions

DAY = 24 * 3600


def data(user_id: int = 7, started: float = 0) -> dict[str, object]:
    return {"user_id": user_id, "name": "Ana", "role": "member", "csrf": "00", "started": int(started or time.time())}


@pytest.fixture(autouse=True)
def _redis(connected) -> None:
    """Every test speaks to an empty Redis."""


async def test_a_session_is_read_back_by_its_id_and_by_no_other():
    first, second = await sessions.begin(data()), await sessions.begin(data(8))
    assert (await sessions.load(first)).data["user_id"] == 7
    assert (await sessions.load(second)).data["user_id"] == 8
    assert await sessions.load(first[:-1] + "-") is None


@pytest.mark.parametrize("wrong", ["", "x", "x" * 43, "x" * 10_000, "*" * 43, "\x00" * 43])
async def test_an_id_that_was_never_given_is_nobodys(wrong):
    assert await sessions.load(wrong) is None


async def test_asvs_7_2_3_ids_are_256_random_bits_and_redis_has_none_of_them():
    given = {await sessions.begin(data()) for _ in range(20)}
    assert len(given) == 20
    assert {len(one) for one in given} == {sessions.ID_LENGTH}
    keys = " ".join([str(key) async for key in redis.client().scan_iter()])
    assert not [one for one in given if one in keys]


async def test_asvs_7_3_1_every_key_runs_out_by_itself():
    await sessions.begin(data())
    left = {key: await redis.client().ttl(key) async for key in redis.client().scan_iter()}
    assert len(left) == 2
    assert all(0 < seconds <= sessions.ABSOLUTE for seconds in left.values())
    assert min(left.values()) <= sessions.IDLE


async def test_asvs_7_3_2_a_session_ends_after_its_absolute_time_however_often_it_is_used():
    old = await sessions.begin(data(started=time.time() - sessions.ABSOLUTE + DAY))
    left = (await sessions.load(old)).seconds_left
    assert DAY - 60 < left <= DAY
    await sessions.keep(old, data(started=time.time() - sessions.ABSOLUTE + DAY))
    assert (await sessions.load(old)).seconds_left <= DAY
    await sessions.change(old, data(started=time.time() - sessions.ABSOLUTE - 1))
    assert await sessions.load(old) is None


async def test_a_session_in_use_has_its_idle_time_put_back_and_not_each_time():
    one = await sessions.begin(data())
    stored = await sessions.load(one)
    assert not stored.is_due
    [key] = [key async for key in redis.client().scan_iter("session:*")]
    await redis.client().expire(key, sessions.IDLE - sessions.REFRESH - 1)
    stored = await sessions.load(one)
    assert stored.is_due
    await sessions.keep(one, stored.data)
    assert (await sessions.load(one)).seconds_left > sessions.IDLE - 10


async def test_a_session_that_ended_is_not_brought_back_by_a_request_under_way():
    one = await sessions.begin(data())
    await sessions.end(one, 7)
    await sessions.change(one, data())
    await sessions.keep(one, data())
    assert await sessions.load(one) is None


async def test_a_change_leaves_the_time_that_a_session_has():
    one = await sessions.begin(data())
    [key] = [key async for key in redis.client().scan_iter("session:*")]
    await redis.client().expire(key, 100)
    await sessions.change(one, data() | {"name": "Anita"})
    stored = await sessions.load(one)
    assert stored.data["name"] == "Anita"
    assert 0 < stored.seconds_left <= 100


async def test_a_new_session_takes_the_place_of_the_old_one():
    old = await sessions.begin(data())
    new = await sessions.begin(data(8), replacing=old)
    assert await sessions.load(old) is None
    assert await sessions.load(new)


async def test_all_sessions_of_one_person_end_and_nobody_elses():
    hers, his = [await sessions.begin(data(7)) for _ in range(3)], await sessions.begin(data(8))
    await sessions.end_all(7)
    assert [await sessions.load(one) for one in hers] == [None] * 3
    assert await sessions.load(his)
    await sessions.end_all(7)
