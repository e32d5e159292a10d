"""`bookstore up` from its first start to its end."""

import json
import os
import signal
import socket

import httpx
import pytest

from bookstore.embedded import valkey
from tests.embedded.standing import READY, SHOP, role, roles
from tests.people import Visitor
from tests.servers.family import cpu_seconds
from tests.servers.process import free_port, wait_until


def test_it_says_where_the_first_page_is(standing):
    shop, url = standing.up()
    assert httpx.get(url).status_code == 200
    assert httpx.get(f"{url}/readyz").json()["redis"] == "ok"
    assert shop.output == f"BookStore is ready at {url}\n"


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_asked_to_end_it_ends_within_ten_seconds_and_leaves_nothing(standing, asked):
    shop, _url = standing.up()
    assert set(roles(shop)) == SHOP
    os.killpg(shop.pid, asked)  # as a terminal does it: whoever shares it is told
    assert shop.popen.wait(10) == 0
    assert standing.left() == set()


def test_it_ends_as_well_before_it_is_ready(standing):
    shop = standing.start("--port", 0)
    role(shop, "valkey-server")
    assert shop.stop(10) == 0
    assert not READY.search(shop.output)
    assert standing.left() == set()


def test_no_child_survives_its_sigkill(standing):
    shop, _url = standing.up()
    shop.kill()
    wait_until(lambda: not standing.left(), 2, "the end of every child")


def test_a_folder_that_was_killed_is_taken_up_again_at_once(standing):
    shop, _url = standing.up()
    shop.kill()
    again, url = standing.up()
    assert httpx.get(url).status_code == 200
    assert again.stop() == 0


async def test_a_second_start_finds_the_data_again(standing):
    port = free_port()
    shop, url = standing.up("--port", port)
    async with Visitor("ana", url) as ana:
        await ana.registers()
        book = await ana.publishes("Rayuela")
        secret = (standing.place / "var/secret.key").read_text()
        assert shop.stop() == 0
        again, _url = standing.up("--port", port)
        # Of the 5 s that it may take: work alone, since time depends on what else the machine does.
        assert sum(map(cpu_seconds, [again.pid, *roles(again).values()])) < 3
        assert (standing.place / "var/secret.key").read_text() == secret
        page = await ana.get(f"/books/{book}")
        assert "Rayuela" in page.text
        assert page.token  # she is still logged in


def test_a_second_up_on_the_same_folder_says_so_and_harms_nothing(standing):
    shop, url = standing.up()
    second = standing.start("--port", 0)
    assert second.popen.wait(10) == 1
    assert second.output.startswith("Error: a shop is already up on ")
    assert f"process {shop.pid}" in second.output
    assert second.output.count("\n") == 1
    assert httpx.get(url).status_code == 200


def test_a_taken_port_is_said_in_one_line(standing):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        shop = standing.start("--port", port)
        assert shop.popen.wait(10) == 1
        assert shop.output == f"Error: cannot listen on 127.0.0.1, port {port}: Address already in use\n"
        assert standing.left() == set()


def test_on_every_address_the_url_can_be_clicked(standing):
    _shop, url = standing.up("--host", "0.0.0.0", "--port", 0)
    assert url.startswith("http://127.0.0.1:")
    assert httpx.get(url).status_code == 200


@pytest.mark.parametrize("data", ["with spaces", "librería/años", "100% ? #1", "deep/" + "/".join(["folder"] * 30)])
def test_any_folder_will_do(standing, data):
    shop, url = standing.up(data=data)
    folder = standing.place / data
    assert httpx.get(f"{url}/readyz").json()["redis"] == "ok"
    wait_until(lambda: "queue worker started" in (folder / "log/queue.log").read_text(), 10, "a worker")
    assert (folder / "bookstore.db").exists()
    socket_path = valkey.socket_path(folder / "redis")
    assert shop.stop() == 0
    assert not socket_path.exists()
    assert shop.output == f"BookStore is ready at {url}\n"


def test_a_folder_that_cannot_be_made_is_said_in_one_line(standing):
    (standing.place / "file").touch()
    shop = standing.start(data="file")
    assert shop.popen.wait(10) == 1
    assert shop.output == f"Error: cannot keep data in {standing.place / 'file'}: File exists\n"


def test_a_wrong_setting_is_said_in_one_line(standing):
    shop = standing.start("--port", 0, hold_minutes="soon")
    assert shop.popen.wait(10) == 1
    assert shop.output.startswith("Error: BOOKSTORE_HOLD_MINUTES ")
    assert shop.output.count("\n") == 1
    assert standing.left() == set()


def test_the_callers_own_settings_do_not_lead_the_shop_elsewhere(standing):
    """The environment of these tests names a database and a Redis that are not there."""
    elsewhere = {"services": "auth", "migrate_database_url": "mysql://u:p@127.0.0.1:1/shop", "media_dir_file": "/none"}
    _shop, url = standing.up(**elsewhere)
    assert httpx.get(f"{url}/readyz").json()["database"] == "ok"
    assert httpx.get(f"{url}/books").status_code == 200
    assert not (standing.place / "nowhere").exists()


def test_what_only_we_may_read_is_readable_by_us_alone(standing):
    standing.up()
    var = standing.place / "var"
    assert var.stat().st_mode & 0o777 == 0o700
    assert (var / "secret.key").stat().st_mode & 0o777 == 0o600


def test_each_part_logs_to_a_file_of_its_own_as_json(standing):
    _shop, url = standing.up()
    httpx.get(f"{url}/books")
    log = standing.place / "var/log/web.log"
    wait_until(lambda: "/books" in log.read_text(), 5, "a line about the request")
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert {line["role"] for line in lines} == {"web"}
    assert [line["request_id"] for line in lines if line.get("path") == "/books"]
