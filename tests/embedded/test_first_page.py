"""When the shop counts as ready, asked in a process of its own, which has a supervisor."""

import socket
import subprocess
import sys
import threading

SCRIPT = """
import sys
from bookstore.embedded import first_page
from bookstore.supervision.supervisor import GaveUp, Supervisor

first_page.PATIENCE, first_page.PAUSE = 2.0, 0.05
with Supervisor(print) as supervisor:
    try:
        first_page.wait_for(supervisor, "127.0.0.1", int(sys.argv[1]))
        print("ready")
    except GaveUp as reason:
        print(reason)
"""


def told(answers: list[bytes]) -> str:
    """What becomes of the wait for a web that answers so, one connection each, and then no more."""
    with socket.create_server(("127.0.0.1", 0)) as web:
        threading.Thread(target=_serve, args=(web, answers), daemon=True).start()
        asked = [sys.executable, "-c", SCRIPT, str(web.getsockname()[1])]
        return subprocess.run(asked, capture_output=True, text=True, timeout=20, check=True).stdout


def _serve(web: socket.socket, answers: list[bytes]) -> None:
    for answer in answers:
        visitor, _address = web.accept()
        with visitor:
            visitor.recv(1000)
            visitor.sendall(answer)


def test_a_page_is_ready():
    assert told([b"HTTP/1.1 200 \r\n\r\n<html>"]) == "ready\n"


def test_a_web_that_ended_over_it_is_asked_again():
    assert told([b"", b"", b"HTTP/1.1 200 \r\n\r\n<html>"]) == "ready\n"


def test_an_error_is_no_page_and_is_told_in_the_end():
    assert told([b"HTTP/1.1 500 \r\n\r\n"] * 1000) == "no first page within 2 s; the last answer was: 500\n"


def test_no_answer_is_waited_for_only_so_long():
    assert told([]) == "no first page within 2 s; the last answer was: none\n"
