"""`bookstore up`: Valkey, the web, the queue's worker and the clock under one supervisor."""

import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path

from bookstore.config import Config
from bookstore.embedded import first_page, valkey
from bookstore.embedded.folder import DataFolder
from bookstore.embedded.logbook import Logbook
from bookstore.supervision.children import Child
from bookstore.supervision.listening import BACKLOG, listen, reachable, url
from bookstore.supervision.supervisor import Stopped, Supervisor

PATIENCE = 7.0  # seconds for the children's end; with Valkey's own, less than the 10 that `up` promises
TEND = 60.0  # seconds between looks at the logs' size


def up(host: str, port: int, data: Path, *, demo: bool) -> None:
    """Run the whole shop until SIGTERM or Ctrl-C.

    Raises Unusable, CannotListen, NoValkey, WrongSetting, or GaveUp when a part of it could not be kept alive.
    """
    folder = DataFolder.make(data)
    with (
        folder.locked(),
        listen(host, port) as listener,
        valkey.socket_folder(folder.redis),
        Supervisor(_warn, PATIENCE) as supervisor,
    ):
        listener.listen(BACKLOG)  # from now on visitors wait in line, also while the web is started again
        _settle(folder.environment(os.environ))
        try:
            _start(supervisor, folder, listener, demo=demo)
            first_page.wait_for(supervisor, *reachable(listener))
            while not valkey.answers(folder.redis):
                supervisor.turn(seconds=0.05)
            _say(f"BookStore is ready at {url(listener)}")
            if demo:
                _introduce()
            while True:
                supervisor.turn(seconds=TEND)
                Logbook(folder.logs).set_aside()
        except Stopped:
            listener.close()


def _start(supervisor: Supervisor, folder: DataFolder, listener: socket.socket, *, demo: bool) -> None:
    """Fork each child as soon as what it needs is imported here, once for them all; the slowest imports come last."""
    config = Config.from_env()

    def child(name: str, run: Callable[[], None], *, last: bool = False, once: bool = False) -> Child:
        return Child(name, run, Logbook(folder.logs).begin(name), last=last, once=once)

    program = valkey.find_program()
    supervisor.start(child("valkey", lambda: valkey.run(program, folder.redis), last=True))
    with supervisor.interruptible():
        from bookstore.embedded import preparation  # noqa: PLC0415

    prepare = child("prepare", lambda: preparation.run(config, folder.path, with_demo=demo), once=True)
    supervisor.start(prepare)
    with supervisor.interruptible():
        from bookstore import serving  # noqa: PLC0415

    supervisor.wait_for(prepare)
    supervisor.start(child("web", lambda: serving.run(config, listener)))
    with supervisor.interruptible():
        from workers import processes  # noqa: PLC0415

    supervisor.start(child("queue", lambda: _away_from(listener, processes.work, config)))
    supervisor.start(child("clock", lambda: _away_from(listener, processes.tick, config)))


def _away_from(listener: socket.socket, run: Callable[[Config], None], config: Config) -> None:
    listener.close()  # or visitors would wait at a door that nobody opens any more
    run(config)


def _settle(environment: dict[str, str]) -> None:
    """For the children: a job reads its settings from its own process."""
    os.environ.clear()
    os.environ.update(environment)


def _introduce() -> None:
    from bookstore.auth import seeding  # noqa: PLC0415 - after the first page, so that nobody waits for it

    _say(f"Log in as {', '.join(seeding.emails())}; the password is {seeding.PASSWORD}")


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - what the command answers


def _warn(line: str) -> None:
    print(f"bookstore: {line}", file=sys.stderr, flush=True)  # noqa: T201 - the console is where it is read
