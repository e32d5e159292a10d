"""What the logs look like, each time in a process of its own, as logging belongs to the whole process."""

import json
import subprocess
import sys

BEGIN = """
import logging, structlog, warnings
from bookstore import logs
from bookstore.data.request_id import bind_request_id
logs.configure("web")
"""


def written(script: str) -> list[dict[str, object]]:
    done = subprocess.run(
        [sys.executable, "-c", BEGIN + script], capture_output=True, text=True, timeout=20, check=False
    )
    assert done.stdout == ""
    return [json.loads(line) for line in done.stderr.splitlines()]


def test_a_line_says_what_when_who_and_how_grave():
    [line] = written("structlog.get_logger('shop').warning('book sold', book=7, título='Años')")
    assert line["time"].endswith("Z")
    assert (
        line.items() >= {"event": "book sold", "book": 7, "título": "Años", "level": "warning", "role": "web"}.items()
    )
    assert isinstance(line["pid"], int)


def test_libraries_and_their_warnings_are_written_alike():
    lines = written("logging.getLogger('rq').error('no %s', 'luck'); warnings.warn('old')")
    assert [line["logger"] for line in lines] == ["rq", "py.warnings"]
    assert lines[0]["event"] == "no luck"


def test_each_line_carries_its_requests_id():
    script = "bind_request_id('r-1'); structlog.get_logger().info('ours'); logging.getLogger('x').info('theirs')"
    assert [line["request_id"] for line in written(script)] == ["r-1", "r-1"]


def test_an_exception_is_in_the_line_of_what_failed():
    [line] = written("try: 1 / 0\nexcept ZeroDivisionError: structlog.get_logger().exception('division failed')")
    assert line["event"] == "division failed"
    assert line["exception"].endswith("ZeroDivisionError: division by zero")


def test_what_nobody_caught_is_written_like_the_rest():
    [line] = written("raise ValueError('nobody caught this')")
    assert line["level"] == "critical"
    assert line["exception"].endswith("ValueError: nobody caught this")


def test_chatter_is_left_out():
    assert written("structlog.get_logger().debug('chatter'); logging.getLogger('tortoise').info('closed')") == []
