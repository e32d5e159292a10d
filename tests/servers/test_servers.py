"""The test run's own servers are what they say they are."""

import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import aiomysql
import pytest

from tests.servers.process import Process, wait_until


@pytest.mark.databases("mariadb", "mysql")
async def test_each_server_is_the_one_it_is_named_for(engine, empty_database_url):
    url = urlsplit(empty_database_url)
    login = {"host": url.hostname, "port": url.port, "user": url.username, "password": url.password}
    async with aiomysql.connect(db=url.path[1:], **login) as shop, shop.cursor() as cursor:
        await cursor.execute("SELECT version()")
        [version] = await cursor.fetchone()
    assert ("MariaDB" in version) == (engine == "mariadb")


@pytest.mark.databases("mariadb", "mysql")
def test_emptying_takes_every_row_and_leaves_the_tables(engine, request):
    server = request.getfixturevalue(f"{engine}_server")
    server.create("emptied")
    server.run(
        "CREATE TABLE a (id INT PRIMARY KEY)",
        "CREATE TABLE b (id INT REFERENCES a (id))",
        "INSERT INTO a VALUES (1)",
        "INSERT INTO b VALUES (1)",
        database="emptied",
    )
    server.empty("emptied")
    assert server.run("SELECT (SELECT COUNT(*) FROM a) + (SELECT COUNT(*) FROM b)", database="emptied") == [(0,)]
    server.drop("emptied")


def test_every_test_gets_an_empty_redis(redis_url, redis_instance):
    with redis_instance.client() as client:
        assert client.dbsize() == 0
        client.set("left", "behind")


def test_what_an_earlier_test_left_in_redis_is_gone(redis_url, redis_instance):
    with redis_instance.client() as client:
        assert client.get("left") is None


def test_a_child_dies_with_the_process_that_started_it(tmp_path):
    parent = (
        "import sys, time, pathlib; from tests.servers.process import Process;"
        f"child = Process(['sleep', '60'], pathlib.Path({str(tmp_path / 'child.log')!r}));"
        "print(child.pid, flush=True); time.sleep(60)"
    )
    running = subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE, text=True)
    child = int(running.stdout.readline())
    wait_until(lambda: Path(f"/proc/{child}/comm").read_text() == "sleep\n", 5, "the child's own program")
    running.kill()
    running.wait()
    running.stdout.close()
    wait_until(lambda: not _alive(child), 5, "the orphan's end")


def test_a_process_that_ends_early_says_why(tmp_path):
    process = Process([sys.executable, "-c", "raise SystemExit('no such luck')"], tmp_path / "log")
    with pytest.raises(Exception, match="no such luck"):
        process.ready(lambda: False, seconds=10)


def _alive(pid: int) -> bool:
    """A zombie that init has not reaped is dead all the same; it may vanish while it is being read."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
