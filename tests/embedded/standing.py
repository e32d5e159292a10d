"""A `bookstore up` of the tests' own."""

import re
import sys
from pathlib import Path

from tests.conftest import environment
from tests.servers.family import children, family, kill, name
from tests.servers.process import Process, wait_until

UP = (sys.executable, "-m", "bookstore", "up")
READY = re.compile(r"^BookStore is ready at (http://\S+)$", re.MULTILINE)
SHOP = {"valkey-server", "bookstore-web", "bookstore-queue", "bookstore-clock"}


class Standing:
    """Shops over data folders in one place, and what is left of them."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.started: list[Process] = []

    def start(self, *options: object, data: str = "var", demo: bool = False, **settings: str) -> Process:
        """Start without waiting; the demo only on request."""
        log = self.place / f"up-{len(self.started)}.log"
        command = [*UP, "--data", self.place / data, *([] if demo else ["--no-demo"]), *options]
        chosen = {f"BOOKSTORE_{name.upper()}": value for name, value in settings.items()}
        self.started.append(Process(command, log, env=environment("sqlite:///nowhere", self.place) | chosen))
        return self.started[-1]

    def up(self, *options: object, data: str = "var", demo: bool = False, **settings: str) -> tuple[Process, str]:
        """Start, wait until it says that it is ready, and return it with its URL."""
        process = self.start(*(options or ("--port", 0)), data=data, demo=demo, **settings)
        process.ready(lambda: bool(READY.search(process.output)), 30)
        return process, READY.findall(process.output)[0]

    def left(self) -> set[int]:
        """The processes that have anything to do with this place."""
        return family(str(self.place))

    def clear(self) -> None:
        kill(self.left())
        for process in self.started:
            process.kill()


def role(shop: Process, called: str) -> int:
    """The process id of the shop's child of this name in `ps`, once it is there."""
    wait_until(lambda: called in roles(shop), 10, f"a process {called}")
    return roles(shop)[called]


def roles(shop: Process) -> dict[str, int]:
    """The shop's children by name."""
    return {called: pid for pid in children(shop.pid) if (called := name(pid))}
