"""Run under the seccomp filter by test_seccomp: what must fail fails, what must work works."""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import socket
import subprocess
import sys
import tempfile
import threading

LIBC = ctypes.CDLL(None, use_errno=True)
NUMBERS = {  # x86_64, aarch64
    "ptrace": (101, 117),
    "io_uring_setup": (425, 425),
    "keyctl": (250, 219),
    "personality": (135, 92),
    "unshare": (272, 97),
    "shmget": (29, 194),
    "userfaultfd": (323, 282),
    "bpf": (321, 280),
    "sched_setaffinity": (203, 122),
}
ARGUMENTS = {"personality": (0xFFFFFFFF,), "unshare": (0x10000000,), "sched_setaffinity": (0, 0, 0)}


def answer(name: str) -> int:
    number = NUMBERS[name][platform.machine() == "aarch64"]
    ctypes.set_errno(0)
    result = LIBC.syscall(number, *map(ctypes.c_long, ARGUMENTS.get(name, (0, 0, 0, 0))))
    return ctypes.get_errno() if result == -1 else 0


def refused() -> None:
    for name in NUMBERS:
        assert answer(name) == errno.EPERM, (name, answer(name))
    for family in (socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK, socket.AF_PACKET):
        assert refusal_of_socket(family) == errno.EAFNOSUPPORT, family


def refusal_of_socket(family: int) -> int | None:
    try:
        socket.socket(family, socket.SOCK_DGRAM).close()
    except OSError as error:
        return error.errno
    return 0


def unix_sockets() -> None:
    left, right = socket.socketpair()
    left.settimeout(5)
    right.sendall(b"x")
    assert left.recv(1) == b"x"


def processes() -> None:
    said = subprocess.run([sys.executable, "-I", "-c", "print(6 * 7)"], capture_output=True, check=True)
    assert said.stdout == b"42\n"
    assert os.system("exit 3") >> 8 == 3
    with tempfile.TemporaryDirectory() as where:
        os.mkfifo(where + "/pipe")
        open(where + "/file", "w").close()
    seen: list[int] = []
    threads = [threading.Thread(target=seen.append, args=(place,)) for place in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(seen) == [0, 1, 2, 3]


def libraries() -> None:
    import joblib
    import numpy as np
    import pandas as pd
    from sklearn.linear_model import LogisticRegression

    X = np.random.default_rng(0).normal(size=(200, 200))
    assert np.isfinite(X @ X).all()
    y = (X[:, 0] > 0).astype(int)
    assert LogisticRegression().fit(X, y).score(X, y) > 0.9
    assert len(pd.DataFrame(X).groupby(y).mean()) == 2
    for backend in ("threading", "multiprocessing", "loky"):
        assert joblib.Parallel(2, backend=backend)(joblib.delayed(abs)(n) for n in (-1, -2)) == [1, 2]


if __name__ == "__main__":
    refused()
    unix_sockets()
    processes()
    libraries()
    print("all well")
