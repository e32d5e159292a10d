"""The folder that holds a whole embedded shop: database, Redis, photos, secret key, logs."""

import fcntl
import os
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from bookstore.embedded import valkey
from bookstore.refusals import Refused

PATIENCE = 1.0  # seconds: a shop that was killed outright holds its lock until its last child is gone
# What `up` decides itself, whatever the caller's environment says.
DECIDED = ("DATABASE_URL", "DATABASE_CA", "MIGRATE_DATABASE_URL", "REDIS_URL", "SECRET_KEY", "MEDIA_DIR", "SERVICES")


class Unusable(Refused):
    """The folder cannot be used; the text says why."""


@dataclass(frozen=True)
class DataFolder:
    """Use `make` to start with, or `find` where a shop must have been before."""

    path: Path

    @classmethod
    def make(cls, path: Path) -> "DataFolder":
        """The folder at `path`, made complete where something lacks. Raises Unusable."""
        folder = cls(path.absolute())
        try:
            for part in (folder.path, folder.redis, folder.media, folder.logs):
                part.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise Unusable(f"cannot keep data in {folder.path}: {error.strerror}") from error
        return folder

    @classmethod
    def find(cls, path: Path) -> "DataFolder":
        """The folder of a shop that has been up. Raises Unusable."""
        folder = cls(path.absolute())
        if not folder.secret.is_file():
            raise Unusable(f"{path} holds no shop: `bookstore up --data {path}` makes one")
        return folder

    @property
    def redis(self) -> Path:
        return self.path / "redis"

    @property
    def media(self) -> Path:
        return self.path / "media"

    @property
    def logs(self) -> Path:
        return self.path / "log"

    @property
    def secret(self) -> Path:
        return self.path / "secret.key"

    def environment(self, environ: Mapping[str, str]) -> dict[str, str]:
        """`environ` with the settings of the shop in this folder; what else it sets of ours stays."""
        decided = {f"BOOKSTORE_{name}{suffix}" for name in DECIDED for suffix in ("", "_FILE")}
        return {name: value for name, value in environ.items() if name not in decided} | {
            "BOOKSTORE_DATABASE_URL": f"sqlite:///{quote(str(self.path / 'bookstore.db'))}",
            "BOOKSTORE_REDIS_URL": f"unix://{quote(str(valkey.socket_path(self.redis)))}",
            "BOOKSTORE_SECRET_KEY": self.secret.read_text().strip(),
            "BOOKSTORE_MEDIA_DIR": str(self.media),
            "BOOKSTORE_EMBEDDED": "on",
            "BOOKSTORE_DRAIN_SECONDS": "0",
        }

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder for this process and its forks. Raises Unusable while another shop is up on it.

        The first to hold it makes the secret.
        """
        with (self.path / "up.lock").open("a+") as handle:
            deadline = time.monotonic() + PATIENCE
            while not _locks(handle.fileno()):
                if time.monotonic() > deadline:
                    handle.seek(0)
                    raise Unusable(f"a shop is already up on {self.path} (process {handle.read().strip()})")
                time.sleep(0.05)
            handle.truncate(0)
            handle.write(str(os.getpid()))
            handle.flush()
            self._make_secret()
            yield

    def _make_secret(self) -> None:
        if not self.secret.exists():
            draft = self.secret.with_suffix(".new")
            draft.touch(mode=0o600)
            draft.write_text(secrets.token_hex(32))
            draft.replace(self.secret)


def _locks(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
