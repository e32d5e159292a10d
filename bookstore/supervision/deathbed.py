"""No process of ours outlives the one that started it, not even after a SIGKILL."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def die_with(parent: int) -> None:
    """Let the kernel kill this process when `parent`, which forked it, ends.

    The kernel watches the parent's thread that forked, so fork from a thread that lives as long as the process. On
    systems other than Linux nothing happens: there, only a clean stop takes the children along.
    """
    if sys.platform != "linux":
        return
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG)")
    if os.getppid() != parent:  # it ended before it was watched
        os._exit(1)
