"""Password hashes: argon2id, two at a time, so that a rush of logins takes neither the loop nor the memory.

The cost is OWASP's: 2 passes over 19 MiB, about 22 ms. Threads of our own, because each keeps the memory of its hash.
"""

import asyncio
import functools
from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

T = TypeVar("T")

LEAST = 8  # characters; no rule of composition, and the commonest are refused
PASSES, MEMORY_KIB, LANES = 2, 19456, 1
COMMON = Path(__file__).with_name("common_passwords.txt")

_hasher = PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES)
_threads = ThreadPoolExecutor(2, thread_name_prefix="argon2")


def _empty(size: int) -> str:
    return b64encode(bytes(size)).decode().rstrip("=")


# No password has this hash; checking one against it costs what every check costs.
NOBODYS = f"$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}${_empty(16)}${_empty(32)}"


async def hashed(password: str) -> str:
    """The hash to store, with its own salt and cost in it."""
    return await _aside(functools.partial(_hasher.hash, password))


async def matches(stored: str | None, password: str) -> bool:
    """Whether the password has this hash. With None, as for an unknown e-mail, the same work is done for a no."""
    return await _aside(functools.partial(verify, stored or NOBODYS, password)) and stored is not None


def verify(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (Argon2Error, InvalidHashError):
        return False


def is_outdated(stored: str) -> bool:
    """Whether the hash was made at another cost than today's."""
    return _hasher.check_needs_rehash(stored)


def is_common(password: str) -> bool:
    """Whether it is among the first that a thief would try."""
    return password.casefold() in _common()


@functools.cache
def _common() -> frozenset[str]:
    lines = COMMON.read_text().splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


async def _aside(work: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(_threads, work)
