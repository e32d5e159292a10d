"""The children's logs in the data folder: the console stays quiet, the disk does not fill up."""

import shutil
from pathlib import Path

LARGEST = 5_000_000  # bytes, before a log is set aside


class Logbook:
    """A file for each child; of what was before this start, or before it grew too large, one file is kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def begin(self, name: str) -> Path:
        """An empty log."""
        log = self.folder / f"{name}.log"
        if log.exists():
            log.replace(_earlier(log))
        return log

    def set_aside(self) -> None:
        """Empty each log that has grown too large. Its writer goes on at the new end, since it appends."""
        for log in self.folder.glob("*.log"):
            if log.stat().st_size > LARGEST:
                shutil.copyfile(log, _earlier(log))
                with log.open("r+b") as handle:
                    handle.truncate()


def _earlier(log: Path) -> Path:
    return log.with_suffix(".log.1")
