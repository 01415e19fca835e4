from __future__ import annotations

import os
import subprocess
import sys

import pytest

from grader.sandbox.owner import is_alive, me

TELL = "from grader.sandbox.owner import me; print(me(), flush=True); input()"


def start_owner() -> tuple[subprocess.Popen[str], str]:
    process = subprocess.Popen(
        [sys.executable, "-c", TELL], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    return process, process.stdout.readline().strip()


def end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def test_names_this_process_and_knows_it_is_alive() -> None:
    assert f":{os.getpid()}:" in me()
    assert is_alive(me())


def test_name_stays_the_same() -> None:
    assert me() == me()


def test_another_process_is_alive_until_it_was_killed() -> None:
    process, owner = start_owner()
    assert owner != me()
    assert is_alive(owner)
    end(process)
    assert not is_alive(owner)


@pytest.mark.skipif(not os.path.exists("/proc/self/stat"), reason="needs /proc")
def test_a_zombie_is_dead() -> None:
    process, owner = start_owner()
    process.kill()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    assert not is_alive(owner)
    process.communicate()


def test_a_process_id_used_again_is_not_the_owner() -> None:
    place, pid, start = me().rsplit(":", 2)
    assert not is_alive(f"{place}:{pid}:{int(start) + 1}")


@pytest.mark.parametrize("owner", ["", "nonsense", "elsewhere+1:1:1", "a:b:c", "x+1:0:0", "x+1:-1:3"])
def test_what_cannot_be_judged_counts_as_alive(owner: str) -> None:
    assert is_alive(owner)
