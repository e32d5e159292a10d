"""What a process asks of the kernel: to end with its parent, and to be seen by its own name.

Only Linux is asked. On other systems nothing happens: there, only a clean stop takes the children along.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG, PR_SET_NAME = 1, 15  # linux/prctl.h


def die_with(parent: int) -> None:
    """Be killed when `parent`, which forked this process, ends, even by a SIGKILL.

    The kernel watches the parent's thread that forked, so fork from a thread that lives as long as the process.
    """
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before it was watched
        os._exit(1)


def be_called(name: str) -> None:
    """Be `name` in `ps` and `top`; 15 bytes of it are kept."""
    _prctl(PR_SET_NAME, name.encode())


def _prctl(option: int, value: int | bytes) -> None:
    if sys.platform == "linux" and ctypes.CDLL(None, use_errno=True).prctl(option, value) != 0:
        raise OSError(ctypes.get_errno(), f"prctl {option}")
