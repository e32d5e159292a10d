"""The socket that a web process serves, bound before anything else is started."""

import socket

from bookstore.refusals import Refused

BACKLOG = 1024  # connections that may wait while the loop is busy or the web is started again


class CannotListen(Refused):
    """The address is taken or not ours; the text says which and why."""


def split(bind: str) -> tuple[str, int]:
    """`host:port` or `[host]:port` in its two parts. Raises CannotListen."""
    host, colon, port = bind.rpartition(":")
    if not (colon and port.isdecimal() and int(port) < 2**16):
        raise CannotListen(f"BOOKSTORE_BIND takes an address and a port, such as 127.0.0.1:8000, not {bind}")
    return host.strip("[]"), int(port)


def listen(host: str, port: int) -> socket.socket:
    """A bound socket; port 0 takes any free one. Raises CannotListen."""
    try:
        [(family, *_, address), *_] = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        listener = socket.socket(family, socket.SOCK_STREAM)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
        except OSError:
            listener.close()
            raise
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CannotListen(f"cannot listen on {host}, port {port}: {reason}") from error
    return listener


def reachable(listener: socket.socket) -> tuple[str, int]:
    """Where a browser on this machine finds it: a socket on every address has none of its own."""
    host, port = listener.getsockname()[:2]
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host), port  # noqa: S104 - compared, not bound


def url(listener: socket.socket) -> str:
    """What to open in a browser."""
    host, port = reachable(listener)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
