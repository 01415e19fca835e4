"""Runs inside the sandbox: one preloaded process that forks a worker for every mutant, one after the other.

It is handed to the interpreter as text, because the sandbox holds no file of this package; its argument is
a JSON object. Each message on `channel` brings two descriptors, a worker's control and data. When that
worker has ended and everything that it started is gone, a byte goes back.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import socket
import sys


def serve(channel: socket.socket, config: dict[str, object], first: list[str], last: list[str]) -> None:
    """Fork until the channel closes. `first` and `last` are put at both ends of the search path."""
    sys.path[:0] = first
    sys.path += last
    processes = importlib.import_module("worker.processes")
    main = importlib.import_module("worker.main").main
    processes.prctl(processes.PR_SET_DUMPABLE, 0)
    processes.prctl(processes.PR_SET_CHILD_SUBREAPER, 1)
    gc.disable()
    preload = config["preload"]
    assert isinstance(preload, list)
    for module in preload:
        importlib.import_module(module)
    gc.collect()
    gc.freeze()
    while True:
        message, descriptors, _, _ = socket.recv_fds(channel, 1, 2)
        if not message:
            return
        pid = os.fork()
        if pid == 0:
            channel.close()
            main(json.dumps({**config, "transport": {"fds": descriptors}}))
            os._exit(0)
        for descriptor in descriptors:
            os.close(descriptor)
        os.waitpid(pid, 0)
        clean = processes.kill_descendants(os.getpid(), (), 1.0)
        channel.sendall(b"d" if clean else b"x")


if __name__ == "__main__":
    told = json.loads(sys.argv[1])
    serve(socket.socket(fileno=told["channel"]), told["config"], told["first"], told["last"])
