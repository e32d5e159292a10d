"""Files that people gave us, in a folder that every replica shares and that may be a network's."""

import os
import re
import secrets
from contextlib import suppress
from pathlib import Path

NAME = re.compile(r"[0-9a-f]{32}\.[a-z]{3,4}")


class NoRoom(Exception):
    """The folder takes no file now: it is full, not there, or not ours to write to."""


def keep(folder: Path, content: bytes, suffix: str) -> str:
    """Store the content under a new name and return the name: after that it is whole and on the disk.

    Blocks: call it in a thread. Raises NoRoom, and then nothing is left behind.
    """
    name = secrets.token_hex(16) + suffix
    half = folder / f".{name}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write(half, content)
        half.replace(folder / name)
        _sync(folder)
    except OSError as error:
        for path in (half, folder / name):
            with suppress(OSError):
                path.unlink(missing_ok=True)
        raise NoRoom(str(error)) from error
    return name


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """A rename is on the disk when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(folder: Path, name: str) -> bytes | None:
    """The content, or None when there is no such file or its disk does not answer. Blocks."""
    if not NAME.fullmatch(name):
        return None
    try:
        return (folder / name).read_bytes()
    except OSError:
        return None


def drop(folder: Path, name: str) -> None:
    """Remove a file that nothing names. Blocks."""
    if NAME.fullmatch(name):
        with suppress(OSError):
            (folder / name).unlink(missing_ok=True)
