"""`bookstore web`: one process that begins at once, and ends without losing a request."""

import signal
import socket
import time

import httpx
import pytest

from bookstore.supervision.listening import CannotListen, listen, reachable, split, url
from tests.servers.family import children
from tests.servers.process import wait_until


def test_it_is_one_process(served):
    web = served.start().webs[0]
    assert httpx.get(web.url).status_code == 200
    assert children(web.process.pid) == set()


def test_sigterm_ends_it_at_once_when_nobody_asks_for_anything(served):
    web = served.start().webs[0]
    began = time.monotonic()
    assert web.process.stop() == 0
    assert time.monotonic() - began < 5


def test_while_it_drains_it_says_so_and_still_serves(served):
    web = served.start(drain_seconds=3).webs[0]
    web.process.send(signal.SIGTERM)
    wait_until(lambda: httpx.get(f"{web.url}/readyz").status_code == 503, 2, "the word that it drains")
    assert httpx.get(web.url).status_code == 200
    assert web.process.popen.wait(10) == 0


def test_a_request_under_way_gets_its_answer_after_sigterm(served):
    web = served.start().webs[0]
    form = b"email=ana%40example.org&password=none"
    head = f"POST /session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(form)}\r\nConnection: close\r\n"
    with socket.create_connection(("127.0.0.1", web.port), timeout=10) as line:
        line.sendall(head.encode() + b"Content-Type: application/x-www-form-urlencoded\r\n\r\n" + form[:10])
        wait_until(lambda: b"200" in _readyz(web.url), 5, "another answer")
        web.process.send(signal.SIGTERM)
        wait_until(lambda: _readyz(web.url) == b"", 5, "the closed door")
        line.sendall(form[10:])
        assert line.recv(1000).startswith(b"HTTP/1.1 403 ")  # it has no token
    assert web.process.popen.wait(10) == 0


def _readyz(url: str) -> bytes:
    try:
        return str(httpx.get(f"{url}/readyz").status_code).encode()
    except httpx.TransportError:
        return b""


def test_a_taken_port_is_said_in_one_line_and_the_process_ends(served):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = served._process("web", {"bind": f"127.0.0.1:{port}"})
        assert process.popen.wait(10) == 1
        assert process.output == f"Error: cannot listen on 127.0.0.1, port {port}: Address already in use\n"


@pytest.mark.parametrize("bind", ["8000", "127.0.0.1", "127.0.0.1:http", "127.0.0.1:99999", "no.such.host.invalid:0"])
def test_an_address_that_is_none_is_refused(bind):
    with pytest.raises(CannotListen):
        listen(*split(bind))


def test_an_address_of_ipv6_is_written_in_brackets():
    with listen(*split("[::1]:0")) as listener:
        host, port = reachable(listener)
        assert (host, url(listener)) == ("::1", f"http://[::1]:{port}")


def test_every_line_that_it_writes_is_json_of_its_role(served):
    web = served.start().webs[0]
    httpx.get(f"{web.url}/books/0")
    httpx.get(f"{web.url}/nowhere")
    web.process.stop()
    lines = [httpx.Response(200, text=line).json() for line in web.process.output.splitlines()]
    assert {line["role"] for line in lines} == {"web"}
    assert all({"time", "level", "event", "pid"} <= line.keys() for line in lines)
