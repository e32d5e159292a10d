"""Starts children, starts an ended one again, and stops them all."""

import os
import select
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Self

from bookstore.refusals import Refused
from bookstore.supervision.children import Child

WINDOW, ENDS = 10.0, 3  # so many ends of one child in so many seconds are no accident
DELAYS = (0.1, 1.0)  # seconds before an ended child is started again, by how often it ended within the window
KILLED_AFTER = 2.0  # seconds that a child of the last group has for its end
ASKED = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGHUP})


class Stopped(Exception):
    """Somebody asked for the end: SIGTERM, Ctrl-C or a closed terminal."""


class GaveUp(Refused):
    """A child could not be kept alive; the text says which and what it last said."""


class Supervisor:
    """Use it as a context, in the main thread: at the end every child is gone.

    `say` gets a line for people when a child had to be started again. `patience` is how many seconds the children have
    to finish what they have in hand; None is as long as they need.
    """

    def __init__(self, say: Callable[[str], None], patience: float | None = None) -> None:
        self.say = say
        self.patience = patience
        self.children: list[Child] = []
        self._asked = False
        self._at_once = False

    def __enter__(self) -> Self:
        self._wake, self._waker = os.pipe()
        os.set_blocking(self._wake, False)
        os.set_blocking(self._waker, False)
        for number in (*ASKED, signal.SIGCHLD):
            signal.signal(number, self._note)
        signal.set_wakeup_fd(self._waker, warn_on_full_buffer=False)
        return self

    def __exit__(self, *_: object) -> None:
        self._stop([child for child in self.children if not child.last], self.patience)
        self._stop([child for child in self.children if child.last], KILLED_AFTER)

    @contextmanager
    def interruptible(self) -> Iterator[None]:
        """For slow work between children, such as imports: an end asked for meanwhile raises Stopped at once."""
        self._at_once = True
        try:
            if self._asked:
                raise Stopped
            yield
        finally:
            self._at_once = False

    def start(self, child: Child) -> None:
        """Start it and, unless it runs once, keep it alive."""
        self.children.append(child)
        child.start()

    def wait_for(self, child: Child) -> None:
        """Wait for the end of a child that runs once. Raises GaveUp when it failed, and Stopped."""
        while child.pid:
            self.turn()
        if child.status:
            raise GaveUp(f"{child.name} failed ({child.outcome}){_words(child)}")

    def turn(self, *readable: int, seconds: float | None = None) -> bool:
        """Sleep until a child ended, was due, `readable` has something to read (then True), or `seconds` went by.

        Raises Stopped and GaveUp.
        """
        heard = self._sleep(readable, seconds)
        if self._asked:
            raise Stopped
        for child in self._reaped():
            if not child.once:
                self._plan(child)
        for child in self.children:
            if child.due and child.due <= time.monotonic():
                child.start()
        return heard

    def _sleep(self, readable: tuple[int, ...], seconds: float | None) -> bool:
        waits = [child.due - time.monotonic() for child in self.children if child.due]
        waits += [] if seconds is None else [seconds]
        ready, _, _ = select.select([self._wake, *readable], [], [], max(0.0, min(waits)) if waits else None)
        if self._wake in ready:
            os.read(self._wake, 512)
        return any(number in ready for number in readable)

    def _plan(self, child: Child) -> None:
        now = time.monotonic()
        child.ends = [*(end for end in child.ends if now - end < WINDOW), now]
        if len(child.ends) >= ENDS:
            raise GaveUp(f"{child.name} ended {ENDS} times ({child.outcome}){_words(child)}")
        delay = DELAYS[len(child.ends) - 1]
        child.due = now + delay
        self.say(f"{child.name} ended ({child.outcome}) and is started again in {delay} s")

    def _stop(self, children: list[Child], patience: float | None) -> None:
        for child in children:
            child.due = None
            child.send(signal.SIGTERM)
        deadline = None if patience is None else time.monotonic() + patience
        while any(child.pid for child in children):
            left = None if deadline is None else deadline - time.monotonic()
            if left is not None and left <= 0:
                deadline = None
                for child in children:
                    child.send(signal.SIGKILL)
            self._sleep((), left)
            self._reaped()

    def _reaped(self) -> list[Child]:
        """The children that ended; orphans that fell to us as the first process of a container are buried too."""
        ended: list[Child] = []
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return ended
            if pid == 0:
                return ended
            for child in self.children:
                if child.pid == pid:
                    child.pid, child.status = None, status
                    ended.append(child)

    def _note(self, number: int, _frame: FrameType | None) -> None:
        self._asked = self._asked or number in ASKED
        if self._at_once and self._asked:
            raise Stopped


def _words(child: Child) -> str:
    return f"; its last line: {child.last_line}" if child.last_line else ""
