from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from grader.sandbox.docker.meeting import SOCKET, Meeting, leftovers

if sys.platform != "linux":
    pytest.skip("sockets are shared with containers on Linux only", allow_module_level=True)


def connect(meeting: Meeting, name: bytes) -> socket.socket:
    channel = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    channel.connect(str(meeting.folder / SOCKET))
    channel.sendall(name)
    return channel


def test_channels_are_told_apart_whatever_their_order() -> None:
    with Meeting() as meeting, connect(meeting, b"d") as data, connect(meeting, b"c") as control:
        found = meeting.wait(5, threading.Event())
        assert found is not None
        control.sendall(b"to control")
        data.sendall(b"to data")
        assert [end.recv(20) for end in found] == [b"to control", b"to data"]
        for end in found:
            assert end.gettimeout() is None
            end.close()


def test_what_is_neither_channel_is_hung_up_on() -> None:
    with Meeting() as meeting, connect(meeting, b"x") as stranger, connect(meeting, b"c"):
        assert meeting.wait(0.2, threading.Event()) is None
        assert stranger.recv(1) == b""


def test_a_worker_that_has_ended_is_not_waited_for() -> None:
    ended = threading.Event()
    ended.set()
    begin = time.monotonic()
    with Meeting() as meeting:
        assert meeting.wait(60, ended) is None
    assert time.monotonic() - begin < 5


def test_others_on_the_machine_cannot_reach_the_socket_and_the_sandbox_can() -> None:
    with Meeting() as meeting:
        assert stat.S_IMODE(meeting.folder.parent.stat().st_mode) == 0o700
        assert stat.S_IMODE(meeting.folder.stat().st_mode) == 0o755
        assert stat.S_IMODE((meeting.folder / SOCKET).stat().st_mode) == 0o666
    assert not meeting.folder.parent.exists()


def test_a_long_temporary_folder_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = tmp_path / ("x" * 120)
    deep.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(deep))
    with Meeting() as meeting:
        assert meeting.folder.is_relative_to(deep)
        assert (meeting.folder / SOCKET).is_socket()


def test_folders_of_killed_graders_are_removed_and_no_others(tmp_path: Path) -> None:
    code = "from grader.sandbox.docker.meeting import Meeting; Meeting(); import os; os.kill(os.getpid(), 9)"
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", code], env=environment, check=False)
    [left] = tmp_path.iterdir()
    unrelated = tmp_path / "ml-grader-sock-of-somebody"
    unrelated.mkdir()
    aim = tmp_path / "aim"
    aim.mkdir()
    link = tmp_path / f"{left.name}x"
    link.symlink_to(aim)
    assert leftovers(tmp_path) == 1
    assert sorted(tmp_path.iterdir()) == sorted([unrelated, aim, link])
