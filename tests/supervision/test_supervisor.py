"""The supervisor, each time in a process of its own, as its children are forks of it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers.process import wait_until

SCRIPT = """
import os, signal, sys, time
from pathlib import Path
from bookstore.supervision.children import Child
from bookstore.supervision.supervisor import GaveUp, Stopped, Supervisor

folder = Path({folder!r})
def note(name): (folder / f"{{name}}.{{os.getpid()}}").touch()
def sleeps(): note("sleeps"); time.sleep(60)
def deaf(): signal.signal(signal.SIGTERM, signal.SIG_IGN); note("deaf"); time.sleep(60)
def breaks(): print("some words"); raise ValueError("no luck today")
def parent(): os.fork(); note("parent"); time.sleep(60)

with Supervisor(lambda line: print(line, flush=True), patience=1) as supervisor:
    try:
        {body}
        print("settled", flush=True)
        while True:
            supervisor.turn()
    except Stopped:
        print("stopped", flush=True)
    except GaveUp as reason:
        print("gave up:", reason, flush=True)
"""


class Supervised:
    def __init__(self, folder: Path, body: str) -> None:
        self.folder = folder
        script = SCRIPT.format(folder=str(folder), body=body)
        self.popen = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)

    def pids(self, name: str) -> set[int]:
        return {int(path.suffix[1:]) for path in self.folder.glob(f"{name}.*") if path.suffix[1:].isdecimal()}

    def pid(self, name: str) -> int:
        wait_until(lambda: self.pids(name), 10, f"a child {name}")
        [pid] = self.pids(name)
        return pid

    def end(self, number: signal.Signals = signal.SIGTERM) -> str:
        self.popen.send_signal(number)
        return self.popen.communicate(timeout=15)[0]


@pytest.fixture
def supervised(tmp_path):
    started = []

    def start(body: str) -> Supervised:
        started.append(Supervised(tmp_path, body))
        return started[-1]

    yield start
    for one in started:
        one.popen.kill()
        one.popen.communicate()


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_it_stops_its_children_when_it_is_asked_to(supervised, asked):
    one = supervised("supervisor.start(Child('sleeps', sleeps))")
    child = one.pid("sleeps")
    assert one.end(asked) == "settled\nstopped\n"
    assert one.popen.returncode == 0
    assert not alive(child)


def test_a_ctrl_c_at_the_terminal_is_the_supervisors_alone(supervised):
    one = supervised("supervisor.start(Child('sleeps', sleeps))")
    assert os.getpgid(one.pid("sleeps")) == one.pid("sleeps")
    assert os.getsid(one.pid("sleeps")) != os.getsid(one.popen.pid)


def test_a_child_that_does_not_listen_is_killed(supervised):
    one = supervised("supervisor.start(Child('deaf', deaf))")
    child = one.pid("deaf")
    one.end()
    assert one.popen.returncode == 0
    assert not alive(child)


def test_no_child_survives_it(supervised):
    one = supervised("supervisor.start(Child('sleeps', sleeps)); supervisor.start(Child('deaf', deaf))")
    children = [one.pid("sleeps"), one.pid("deaf")]
    one.end(signal.SIGKILL)
    wait_until(lambda: not any(map(alive, children)), 2, "the children's end")


def test_a_killed_child_is_started_again(supervised):
    one = supervised("supervisor.start(Child('sleeps', sleeps))")
    first = one.pid("sleeps")
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: len(one.pids("sleeps")) == 2, 5, "another child")
    assert "sleeps ended (signal 9) and is started again in 0.1 s" in one.end()


def test_three_quick_ends_stop_everything_and_say_the_last_line(supervised):
    one = supervised(
        "supervisor.start(Child('sleeps', sleeps));"
        " supervisor.start(Child('breaks', breaks, log=folder / 'breaks.log'))"
    )
    said = one.popen.communicate(timeout=15)[0]
    assert "gave up: breaks ended 3 times (exit code 1); its last line: ValueError: no luck today" in said
    assert not any(map(alive, one.pids("sleeps")))


def test_the_last_line_of_a_json_log_is_what_happened(supervised):
    body = (
        "import json; supervisor.start(Child('fails', lambda: (print(json.dumps({'event': 'went wrong',"
        " 'exception': 'Traceback\\nOSError: no room'})), exit(3)), log=folder / 'fails.log'))"
    )
    assert "(exit code 3); its last line: OSError: no room" in supervised(body).popen.communicate(timeout=15)[0]


def test_what_runs_once_is_waited_for(supervised):
    one = supervised(
        "done = Child('done', lambda: note('done'), once=True); supervisor.start(done);"
        " supervisor.wait_for(done); print('done', len(list(folder.glob('done.*'))), flush=True)"
    )
    one.pid("done")
    assert one.end() == "done 1\nsettled\nstopped\n"


def test_what_runs_once_and_fails_is_not_tried_again(supervised):
    one = supervised(
        "broken = Child('breaks', breaks, once=True, log=folder / 'log');"
        " supervisor.start(broken); supervisor.wait_for(broken)"
    )
    said = one.popen.communicate(timeout=15)[0]
    assert said == "gave up: breaks failed (exit code 1); its last line: ValueError: no luck today\n"


def test_the_last_group_is_stopped_after_the_others(supervised):
    body = (
        "ended = lambda name: lambda *_: (print(name, 'ended', flush=True), os._exit(0));"
        " wait = lambda name: lambda: (signal.signal(signal.SIGTERM, ended(name)), note(name), time.sleep(60));"
        " supervisor.start(Child('needed', wait('needed'), last=True));"
        " supervisor.start(Child('needs', wait('needs')))"
    )
    one = supervised(body)
    one.pid("needed"), one.pid("needs")
    assert one.end() == "settled\nstopped\nneeds ended\nneeded ended\n"


def test_a_childs_own_orphans_are_buried(supervised):
    """As the first process of a container, the supervisor gets every orphan; here it is told to."""
    one = supervised("import ctypes; ctypes.CDLL(None).prctl(36, 1); supervisor.start(Child('parent', parent))")
    wait_until(lambda: len(one.pids("parent")) == 2, 10, "a child and its child")
    orphan = max(one.pids("parent"))
    os.kill(min(one.pids("parent")), signal.SIGKILL)
    os.kill(orphan, signal.SIGKILL)
    wait_until(lambda: not Path(f"/proc/{orphan}").exists(), 5, "the orphan's burial")
    one.end()


def test_an_end_that_is_asked_for_during_slow_work_comes_at_once(supervised):
    one = supervised("work = supervisor.interruptible(); work.__enter__(); note('slow'); time.sleep(60)")
    one.pid("slow")
    assert one.end() == "stopped\n"
