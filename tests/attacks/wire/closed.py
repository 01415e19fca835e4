"""Sends half a frame and closes the channel.

threat: 23
source: knows the frames of grader/worker/wire
verdict: protocol error failed timeout crashed
"""

import json
import os
import socket
import stat
import struct


def channel():
    """The socket on which calls arrive."""
    for fd in range(3, 64):
        try:
            if stat.S_ISSOCK(os.fstat(fd).st_mode):
                return socket.socket(fileno=os.dup(fd))
        except OSError:
            pass


def frame(message, sizes=(), payload=b"", magic=b"GWF1"):
    header = json.dumps({"m": message, "b": list(sizes)}).encode()
    return struct.pack("<4sIQ", magic, len(header), len(payload)) + header + payload


def answer(value, identity="0" * 16):
    return {"op": "return", "id": identity, "value": value}


def attack():
    found = channel()
    found.sendall(frame(answer(1.0))[:20])
    found.shutdown(socket.SHUT_RDWR)
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
