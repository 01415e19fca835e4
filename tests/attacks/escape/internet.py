"""Connects to the internet in every family.

threat: 21
source: known
verdict: any
"""

import socket


def attack():
    for family in (socket.AF_INET, socket.AF_INET6):
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):
            try:
                channel = socket.socket(family, kind)
                channel.settimeout(0.2)
                channel.connect(("127.0.0.1" if family == socket.AF_INET else "::1", 80))
                return 1.0
            except OSError:
                pass
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
