"""A moment is the same on every database, whatever time zone its sessions are in."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tortoise import connections

from bookstore.data import clock, db
from bookstore.data.models import InboxKey

CLOCKS_AGREE = timedelta(seconds=5)  # the test's process and its servers share one machine
MINUTE = timedelta(minutes=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
moments = st.integers(-(2**51), 2**54).map(lambda count: EPOCH + timedelta(microseconds=count))  # of 1898 to 2540


@given(moments)
def test_a_moment_comes_back_as_its_millisecond(moment):
    field = clock.Instant()
    back = field.to_python_value(field.to_db_value(moment, None))
    assert timedelta() <= moment - back < timedelta(milliseconds=1)
    assert field.to_python_value(field.to_db_value(back, None)) == back


def test_a_moment_of_another_time_zone_is_the_same_moment():
    noon = datetime(2026, 3, 29, 12, 0, tzinfo=timezone(timedelta(hours=-5)))
    assert clock.Instant().to_db_value(noon, None) == clock.Instant().to_db_value(noon.astimezone(UTC), None)


@pytest.mark.every_database
async def test_a_moment_survives_the_database(connected):
    moment = datetime(2038, 1, 19, 3, 14, 8, 117000, tzinfo=UTC)  # past what 32 bits of seconds can hold
    await InboxKey.create(key="late", applied=moment)
    assert (await InboxKey.get(key="late")).applied == moment
    assert await InboxKey.exists(applied=moment)


@pytest.mark.every_database
async def test_the_databases_clock_is_the_worlds(connected):
    assert abs(await clock.read() - clock.utcnow()) < CLOCKS_AGREE


@pytest.mark.every_database
async def test_the_databases_clock_judges_in_a_filter(connected):
    now = await clock.read()
    await InboxKey.create(key="past", applied=now - MINUTE)
    await InboxKey.create(key="future", applied=now + MINUTE)
    assert await InboxKey.filter(applied__lte=clock.database_now()).values_list("key", flat=True) == ["past"]
    assert await InboxKey.filter(applied__lte=clock.database_now(2 * MINUTE)).count() == 2
    assert await InboxKey.filter(applied__lte=clock.database_now(-2 * MINUTE)).count() == 0


@pytest.mark.every_database
async def test_the_databases_clock_is_written_by_an_update(connected):
    await InboxKey.create(key="key", applied=datetime(2000, 1, 1, tzinfo=UTC))
    await InboxKey.filter(key="key").update(applied=clock.database_now(MINUTE))
    assert abs((await InboxKey.get(key="key")).applied - clock.utcnow() - MINUTE) < CLOCKS_AGREE


@pytest.mark.databases("mariadb", "mysql")
async def test_a_servers_own_time_zone_changes_nothing(engine, connected, request):
    server = request.getfixturevalue(f"{engine}_server")
    server.run("SET GLOBAL time_zone = '-05:00'")
    try:
        await db.connect(connected)  # new connections, born in the server's zone
        assert abs(await clock.read() - clock.utcnow()) < CLOCKS_AGREE
        [zone] = await connections.get("default").execute_query_dict("SELECT @@session.time_zone AS name")
        assert zone["name"] == "+00:00"
    finally:
        server.run("SET GLOBAL time_zone = 'SYSTEM'")


@pytest.mark.databases("mariadb", "mysql")
@pytest.mark.parametrize("zone", ["-05:00", "+13:00"])
async def test_a_sessions_time_zone_changes_nothing(connected, zone):
    async def elsewhere() -> datetime:
        await connections.get("default").execute_query(f"SET time_zone = '{zone}'")
        await InboxKey.create(key="key", applied=clock.utcnow())
        await InboxKey.filter(key="key").update(applied=clock.database_now())
        return (await InboxKey.get(key="key")).applied

    assert abs(await db.transact(elsewhere) - clock.utcnow()) < CLOCKS_AGREE
