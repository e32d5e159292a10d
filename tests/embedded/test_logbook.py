"""The logs of the parts: what was before is kept once, and none grows for ever."""

from bookstore.embedded import logbook
from bookstore.embedded.logbook import Logbook


def test_a_start_keeps_the_log_of_the_start_before(tmp_path):
    book = Logbook(tmp_path)
    book.begin("web").write_text("yesterday")
    assert not book.begin("web").exists()
    assert (tmp_path / "web.log.1").read_text() == "yesterday"


def test_a_log_that_grew_too_large_is_set_aside_under_its_writer(tmp_path, monkeypatch):
    monkeypatch.setattr(logbook, "LARGEST", 10)
    book = Logbook(tmp_path)
    with book.begin("web").open("a") as writer:
        print("a long line of words", file=writer, flush=True)
        book.set_aside()
        print("and on", file=writer, flush=True)
    assert (tmp_path / "web.log").read_text() == "and on\n"
    assert (tmp_path / "web.log.1").read_text() == "a long line of words\n"


def test_a_small_log_is_left_alone(tmp_path):
    book = Logbook(tmp_path)
    book.begin("web").write_text("short")
    book.set_aside()
    assert (tmp_path / "web.log").read_text() == "short"
