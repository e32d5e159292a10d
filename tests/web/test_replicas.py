"""Two processes of one shop: who logs in at one is known at the other, and whoever logs out is nowhere."""

import json
import re
import socket

import pytest

from bookstore.web.requests import FILE_BYTES, FORM_BYTES
from tests.people import PASSWORD, Visitor


@pytest.fixture
def replicas(served) -> list[str]:
    return served.start(webs=2, services="auth", trusted_proxies=1).urls


@pytest.fixture
async def ana(replicas):
    """She is registered at the first replica."""
    async with Visitor("ana", replicas[0]) as ana:
        yield await ana.registers()


def moves(somebody: Visitor, url: str) -> None:
    """The balancer sends the same browser, with its cookies, to another replica."""
    cookies = {cookie.name: cookie.value for cookie in somebody.client.cookies.jar}
    somebody.client.base_url = url
    somebody.client.headers["Origin"] = url
    somebody.client.cookies.clear()
    for name, value in cookies.items():
        somebody.client.cookies.set(name, value)


async def test_row_f1b_row_f1c_a_session_lives_and_dies_on_every_replica(ana, replicas):
    here = (await ana.get("/nothing")).headers["X-Replica"]
    moves(ana, replicas[1])
    page = await ana.get("/nothing")
    assert "Ana" in page.text
    assert page.headers["X-Replica"] != here
    cookie = ana.client.cookies["session"]
    assert (await ana.post("/session/end")).status == 303
    async with Visitor("thief", replicas[0]) as thief:
        thief.client.cookies.set("session", cookie)
        assert (await thief.get("/admin/users")).location.startswith("/session/new")


async def test_flaw_m44_who_registered_at_one_logs_in_at_the_other(ana, replicas):
    await ana.post("/session/end")
    moves(ana, replicas[1])
    assert (await ana.logs_in()).status == 303
    assert "Ana" in (await ana.get("/nothing")).text


async def test_flaw_m45_a_cookie_of_one_replica_is_the_same_person_at_the_other(ana, replicas):
    async with Visitor("zoe", replicas[1]) as zoe:
        await zoe.registers()
        moves(zoe, replicas[0])
        page = await zoe.get("/nothing")
    assert "Zoe" in page.text
    assert "Ana" not in page.text


async def test_a_form_of_one_replica_is_taken_by_the_other(replicas):
    async with Visitor("dora", replicas[0]) as dora:
        await dora.get("/users/new")
        moves(dora, replicas[1])
        form = {"name": "Dora", "email": dora.email, "password": PASSWORD}
        assert (await dora.post("/users", form)).status == 303


@pytest.mark.parametrize("size", [FORM_BYTES + 1, 3 * FILE_BYTES])
async def test_a_browser_that_sends_too_much_is_told_so(ana, size):
    answer = await ana.post("/users", {"name": "x" * size})
    assert answer.status == 413
    assert answer.alerts


async def test_asvs_16_4_1_nothing_that_is_sent_writes_a_line_of_its_own(served, replicas):
    async with Visitor("mallory", replicas[0]) as mallory:
        await mallory.get('/a%0D%0A{"event":"logged in"}%1b[31m%C2%9B%E2%80%A8')
        await mallory.get("/session/new", User_Agent="x", X_Request_ID="same-as-the-proxys")
        await mallory.post("/session", {"email": 'x@y.org\r\n{"event":"logged in"}', "password": PASSWORD})
    lines = [json.loads(line) for line in served.webs[0].process.output.splitlines()]
    assert "logged in" not in [line["event"] for line in lines]
    assert [line["request_id"] for line in lines if line.get("path") == "/session/new"] == ["same-as-the-proxys"]
    assert not re.search("[^\n\x20-\x7e]", served.logs)
    assert PASSWORD not in served.logs


def test_a_request_that_is_none_is_refused_and_ends_nothing(served, replicas):
    for nonsense in (b"\x00\x01\x02\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"GET /\xff HTTP/1.1\r\nHost: x\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", served.webs[0].port), timeout=5) as raw:
            raw.sendall(nonsense)
            assert b" 500 " not in raw.recv(4096).partition(b"\r\n")[0]
    assert served.webs[0].ready()
