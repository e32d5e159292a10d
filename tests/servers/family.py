"""Which processes of a shop are alive: found by what they were started with, however they are related."""

import os
import signal
from pathlib import Path

PROC = Path("/proc")


def family(mark: str) -> set[int]:
    """The live processes that have `mark`, such as the test's own folder, in their arguments or environment."""
    numbers = {int(entry.name) for entry in PROC.iterdir() if entry.name.isdecimal()} - {os.getpid()}
    return {pid for pid in numbers if is_alive(pid) and mark in _started_with(pid)}


def children(pid: int) -> set[int]:
    """The live processes that `pid` forked."""
    numbers = (int(entry.name) for entry in PROC.iterdir() if entry.name.isdecimal())
    return {number for number in numbers if (stat := _stat(number)) and stat[0] != "Z" and stat[1] == str(pid)}


def is_alive(pid: int) -> bool:
    """A zombie that nobody has reaped yet is dead all the same."""
    return _stat(pid)[:1] not in ([], ["Z"])


def name(pid: int) -> str:
    """What `ps` calls it; nothing for a process that is gone."""
    try:
        return (PROC / str(pid) / "comm").read_text().strip()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def cpu_seconds(pid: int) -> float:
    """What it has worked so far, itself and the children that it has waited for, however busy the machine is."""
    return sum(int(ticks) for ticks in _stat(pid)[11:15]) / os.sysconf("SC_CLK_TCK")


def kill(pids: set[int]) -> None:
    for pid in filter(is_alive, pids):
        os.kill(pid, signal.SIGKILL)


def _stat(pid: int) -> list[str]:
    """Of /proc/PID/stat what follows the name: state, parent and so on; nothing for a process that is gone."""
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def _started_with(pid: int) -> str:
    try:
        return "".join(
            (PROC / str(pid) / name).read_bytes().decode(errors="replace") for name in ("cmdline", "environ")
        )
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return ""
