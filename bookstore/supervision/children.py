"""One child: a role in a fork of this process, so that what is imported once serves them all."""

import json
import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bookstore.supervision.prctl import be_called, die_with

HANDLED = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD)


@dataclass
class Child:
    """`run` in a process of its own, under `name`; what it prints goes to the end of `log`, or where ours goes.

    `last` is for what the others need until their own end: it is stopped after them. `once` is for what has an end.
    """

    name: str
    run: Callable[[], None]
    log: Path | None = None
    last: bool = False
    once: bool = False
    pid: int | None = None
    status: int | None = None  # as os.waitpid tells it, after the end
    started: float = 0.0  # seconds of time.monotonic
    ends: list[float] = field(default_factory=list)  # the same clock; the supervisor's memory of recent ends
    due: float | None = None  # when to start it again, the same clock

    def start(self) -> None:
        """Fork. Call it from a process without other threads."""
        self.status, self.due, self.started = None, None, time.monotonic()
        # A signal between the fork and the child's own handlers would be told to its parent's.
        signal.pthread_sigmask(signal.SIG_BLOCK, HANDLED)
        parent, self.pid = os.getpid(), os.fork()
        if self.pid == 0:
            self._live(parent)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, HANDLED)

    def send(self, number: signal.Signals) -> None:
        if self.pid:
            os.kill(self.pid, number)  # it cannot be another's: an ended child keeps its number until it is reaped

    @property
    def last_line(self) -> str:
        """The last that it said; of a line of our own logs, what happened."""
        said = self.log.read_text(errors="replace").strip() if self.log and self.log.exists() else ""
        line = said.rpartition("\n")[2]
        try:
            entry = json.loads(line)
            return str(entry.get("exception") or entry["event"]).strip().rpartition("\n")[2]
        except (ValueError, KeyError, AttributeError):
            return line

    @property
    def outcome(self) -> str:
        """How it ended, for people."""
        code = os.waitstatus_to_exitcode(self.status or 0)
        return f"signal {-code}" if code < 0 else f"exit code {code}"

    def _live(self, parent: int) -> None:
        status = 1
        try:
            self._settle(parent)
            self.run()
            status = 0
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else int(end.code is not None)
        except BaseException:
            sys.stdout.flush()  # or what it printed before would come after, as its last words
            logging.getLogger(__name__).critical("%s ended by an error", self.name, exc_info=True)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)

    def _settle(self, parent: int) -> None:
        die_with(parent)
        be_called(f"bookstore-{self.name}")
        os.setsid()  # a Ctrl-C at the terminal is the supervisor's, who stops the children in order
        signal.set_wakeup_fd(-1)
        for number in HANDLED:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, HANDLED)
        nowhere = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nowhere, 0)
        if self.log:
            file = os.open(self.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            os.dup2(file, 1)
            os.dup2(file, 2)
