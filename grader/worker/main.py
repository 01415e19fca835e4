"""Entry of the worker: connect, set limits, import what will be needed, then serve."""

from __future__ import annotations

import gc
import importlib
import json
import os
import socket
import sys

from . import processes
from .init import Init
from .relay import Relay


def main(argument: str) -> None:
    """Run the worker with its configuration, a JSON object (see grader/sandbox/launch.py)."""
    config = json.loads(argument)
    # Nobody with the same user id may read this process's memory or descriptors.
    processes.prctl(processes.PR_SET_DUMPABLE, 0)
    processes.prctl(processes.PR_SET_CHILD_SUBREAPER, 1)
    if config["own_pids"] and not processes.alone():
        sys.exit("the worker expected a PID namespace of its own")
    control, data, relay = connect(config["transport"])
    if config["filter"] and not processes.filter_calls(bytes.fromhex(config["filter"])):
        sys.exit("the system call filter was refused")
    set_limits(config["rlimits"])
    gc.disable()
    for module in config["preload"]:
        importlib.import_module(module)
    # What the imports left as garbage is little, and looking for it takes a tenth of their time.
    gc.freeze()
    gc.enable()
    Init(control, data, relay, config).run()


def connect(transport: dict[str, object]) -> tuple[socket.socket, socket.socket, Relay | None]:
    """Open the two channels, each a stream socket.

    `{"fds": [control, data]}`: inherited. `{"socket": path}`: connect twice and say which is
    which. `{"stdio": true}`: both share standard input and output, as with an attached stream.
    """
    if "fds" in transport:
        fds = transport["fds"]
        assert isinstance(fds, list)
        return socket.socket(fileno=fds[0]), socket.socket(fileno=fds[1]), None
    if "socket" in transport:
        channels = []
        for name in (b"c", b"d"):
            channel = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            channel.connect(str(transport["socket"]))
            channel.sendall(name)
            channels.append(channel)
        return channels[0], channels[1], None
    control, control_end = socket.socketpair()
    data, data_end = socket.socketpair()
    relay = Relay(os.dup(0), os.dup(1), control_end, data_end)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    os.close(null)
    return control, data, relay


def set_limits(limits: dict[str, int]) -> None:
    """Lower the limits of this process and all that it starts; never raise one."""
    try:
        import resource
    except ImportError:  # not a POSIX system: only the sandbox `process` runs there
        return
    for name, value in limits.items():
        kind = getattr(resource, f"RLIMIT_{name}", None)
        # The worker itself needs room beside the candidate's, so memory is limited in the loader.
        if kind is None or name in ("DATA", "AS"):
            continue
        hard = resource.getrlimit(kind)[1]
        if hard != resource.RLIM_INFINITY:
            value = min(value, hard)
        resource.setrlimit(kind, (value, value))
