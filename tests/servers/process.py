"""Operating-system processes that die with the test run, whatever ends it."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

# util-linux asks the kernel for it between fork and exec, where Python code may not run once there are threads.
DIE_WITH_PARENT = ("setpriv", "--pdeathsig", "KILL")


class NotStarted(Exception):
    """The process ended, or did not answer in time; the message ends with its log's last lines."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def accepts(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(answers: Callable[[], bool], seconds: float, what: str) -> None:
    """Poll until `answers` is true; raises TimeoutError naming `what` after `seconds`."""
    deadline = time.monotonic() + seconds
    while not answers():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} within {seconds} s")
        time.sleep(0.02)


class Process:
    """One child in a session of its own, its output in a file."""

    def __init__(self, command: Sequence[str | Path], log: Path, env: Mapping[str, str] | None = None) -> None:
        self.log = log
        with log.open("ab") as output:
            self.popen = subprocess.Popen(
                [str(word) for word in (*DIE_WITH_PARENT, *command)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=None if env is None else dict(env),
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        return self.popen.pid

    @property
    def running(self) -> bool:
        return self.popen.poll() is None

    @property
    def output(self) -> str:
        return self.log.read_text(errors="replace")

    def ready(self, answers: Callable[[], bool], seconds: float) -> None:
        """Wait until `answers`; raises NotStarted when the process ends first or the time runs out."""
        try:
            wait_until(lambda: not self.running or answers(), seconds, "an answer")
        except TimeoutError as late:
            raise NotStarted(f"{self.popen.args} gave no answer in {seconds} s:\n{self._last_lines()}") from late
        if not self.running:
            raise NotStarted(f"{self.popen.args} ended with {self.popen.returncode}:\n{self._last_lines()}")

    def send(self, signal_number: signal.Signals) -> None:
        if self.running:
            os.kill(self.pid, signal_number)

    def stop(self, seconds: float = 10) -> int:
        """SIGTERM, and SIGKILL when that did not end it in `seconds`; returns the exit code."""
        self.send(signal.SIGTERM)
        return self.ended(seconds)

    def ended(self, seconds: float = 10) -> int:
        """Wait for its end, and kill it when that has not come in `seconds`; returns the exit code."""
        try:
            return self.popen.wait(seconds)
        except subprocess.TimeoutExpired:
            return self.kill()

    def kill(self) -> int:
        self.send(signal.SIGKILL)
        return self.popen.wait(10)

    def _last_lines(self, count: int = 15) -> str:
        return "\n".join(self.output.splitlines()[-count:])
