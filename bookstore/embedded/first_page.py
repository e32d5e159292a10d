"""Ready is when our own web has answered a request for the first page."""

import socket
import time

from bookstore.supervision.supervisor import GaveUp, Supervisor

PATIENCE = 60.0  # seconds
PAUSE = 0.2  # seconds after an answer that was no page


def wait_for(supervisor: Supervisor, host: str, port: int) -> None:
    """Ask for the first page and wait; the request stands in line until the web takes it, so nothing is polled.

    The supervisor goes on with its work meanwhile. Raises GaveUp and Stopped.
    """
    deadline, answer = time.monotonic() + PATIENCE, "none"
    while time.monotonic() < deadline:
        with socket.create_connection((host, port), timeout=PATIENCE) as request:
            request.sendall(f"GET / HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode())
            while not supervisor.turn(request.fileno(), seconds=1) and time.monotonic() < deadline:
                pass
            answer = _status(request) if time.monotonic() < deadline else answer
        if answer == "200":
            return
        supervisor.turn(seconds=PAUSE)
    raise GaveUp(f"no first page within {PATIENCE:.0f} s; the last answer was: {answer}")


def _status(request: socket.socket) -> str:
    """Read the whole answer; an empty one is a web that ended over it."""
    try:
        with request.makefile("rb") as answer:
            head = answer.readline().split()
            answer.read()
    except OSError:
        return "none"
    return head[1].decode() if len(head) > 1 else "none"
