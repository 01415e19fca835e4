"""Opens sockets of every family that the kernel may have.

threat: 21
source: vsock, netlink, packet, alg, xdp
verdict: any
"""

import socket


def attack():
    opened = []
    for family in range(1, 46):
        for kind in (1, 2, 3, 5):
            try:
                opened.append(socket.socket(family, kind))
            except OSError:
                pass
    return float(any(one.family not in (socket.AF_UNIX,) for one in opened))
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
