"""`grader watch` in a real pseudo-terminal, driven as a user drives it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest

from grader.store import Store

VISIBLE = '''
import numpy as np
from grader.checks import equal

def test_small(candidate):
    """Small numbers are added."""
    equal(candidate.add(2, 3), 5)

def test_arrays(candidate):
    """Arrays are added."""
    equal(candidate.add(np.array([1, 2]), np.array([3, 4])), np.array([4, 6]))
'''
STARTER = "def add(a, b):\n    raise NotImplementedError\n"
RIGHT = "def add(a, b):\n    return a + b\n"
WRONG = "def add(a, b):\n    return a - b\n"
HALF = "def add(a, b):\n    return a + b if isinstance(a, int) else a\n"
HINTS = "## A nudge\n\nThink of plus.\n\n## More\n\nThink of a plus b.\n\n## Nearly there\n\nWrite a + b.\n"
KEYS = "n next  h hint"


@pytest.fixture
def place(bank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace of `add-numbers`, with a bank in which two challenges can be started."""
    monkeypatch.setenv("GRADER_HOME", str(tmp_path / "home"))
    for slug in ("add-numbers", "extra-one"):
        folder = bank / "challenges" / slug
        (folder / "hints.md").write_text(HINTS)
        for name, text in (("checks/visible/test_example.py", VISIBLE), ("starter/solution.py", STARTER)):
            (folder / name).parent.mkdir(parents=True)
            (folder / name).write_text(text)
        manifest = folder / "challenge.toml"
        manifest.write_text(manifest.read_text().replace("requires = []", 'requires = ["numpy"]'))
    work = tmp_path / "work"
    work.mkdir()
    subprocess.run(
        [sys.executable, "-m", "grader", "start", "add-numbers", "--bank", str(bank)],
        cwd=work,
        check=True,
        capture_output=True,
    )
    return work / "add-numbers"


@pytest.fixture
def watch(place: Path) -> Iterator[Callable[..., pexpect.spawn]]:
    """Starts the command in the workspace, in a terminal of 80 x 24; it is ended after the test."""
    started: list[pexpect.spawn] = []

    def start(*arguments: str, **environment: str) -> pexpect.spawn:
        child = pexpect.spawn(
            sys.executable,
            ["-m", "grader", "watch", "--sandbox", "process", *arguments],
            cwd=str(place),
            dimensions=(24, 80),
            encoding="utf-8",
            timeout=60,
            env={**os.environ, "TERM": "xterm", "LANG": "C.UTF-8", "PYTHONUTF8": "1", **environment},
        )
        child.delaybeforesend = None
        started.append(child)
        return child

    yield start
    for child in started:
        child.close(force=True)


def save(place: Path, source: str) -> None:
    (place / "solution.py").write_text(source)


def echoes(child: pexpect.spawn) -> bool:
    """Whether the terminal is as a shell wants it: it shows what is typed, by lines."""
    return bool(termios.tcgetattr(child.child_fd)[3] & termios.ECHO)


def test_every_save_brings_a_verdict(watch, place):
    child = watch()
    child.expect("0 of 2 visible checks pass")
    save(place, HALF)
    child.expect("1 of 2 visible checks pass")
    page = child.before
    assert "add was given" in page
    assert "\u25b81\u25c2" in page
    save(place, RIGHT)
    child.expect("All 2 visible checks pass")
    child.expect("Press g to grade everything")
    child.send("q")
    child.expect(pexpect.EOF)
    child.wait()
    assert child.exitstatus == 0


def test_a_page_fits_on_the_screen(watch, place):
    child = watch()
    child.expect("0 of 2")
    save(place, WRONG)
    child.expect(re.escape(KEYS))
    child.expect("0 of 2 visible checks pass")
    child.expect(re.escape(KEYS))
    page = (child.before + child.after).rpartition("\x1b[2J")[2]
    lines = re.sub(r"\x1b\[[0-9;]*m", "", page).split("\r\n")
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("way", ["replaced", "in two steps", "removed and made again"])
def test_however_an_editor_saves_the_last_content_is_checked(watch, place, way):
    child = watch()
    child.expect("0 of 2")
    file = place / "solution.py"
    if way == "replaced":
        (place / "solution.py~new").write_text(RIGHT)
        os.replace(place / "solution.py~new", file)
    elif way == "in two steps":
        file.write_text("")
        file.write_text(RIGHT)
    else:
        file.unlink()
        child.expect("Waiting for your file")
        file.write_text(RIGHT)
    child.expect("All 2 visible checks pass")


def test_a_syntax_error_is_shown_with_its_line(watch, place):
    child = watch()
    child.expect("0 of 2")
    save(place, "def add(a, b):\n    return a +\n")
    child.expect(r"does not load \(line 2\)")


def test_a_save_while_a_check_runs_is_what_is_shown(watch, place):
    child = watch()
    child.expect("0 of 2")
    save(place, "import time\n\ndef add(a, b):\n    time.sleep(8)\n    return a\n")
    child.expect("Checking")
    before = time.monotonic()
    save(place, RIGHT)
    child.expect("All 2 visible checks pass")
    assert time.monotonic() - before < 6


def test_grading_everything_is_kept_as_an_attempt(watch, place, tmp_path):
    child = watch()
    child.expect("0 of 2")
    save(place, RIGHT)
    child.expect("All 2")
    child.send("g")
    child.expect("PASSED  2/2 points")
    child.send("q")
    child.expect(pexpect.EOF)
    with Store(tmp_path / "home") as store:
        (attempt,) = store.attempts("add-numbers")
        assert attempt.passed
        assert store.state("add-numbers").label == "solved"


def test_keys_show_hints_the_list_and_help(watch, tmp_path):
    child = watch()
    child.expect("0 of 2")
    child.send("h")
    child.expect("Hint 1 of 3")
    child.expect("Think of plus")
    child.send("h")
    child.expect("Hint 2 of 3")
    child.send("l")
    child.expect("Challenges, 0 of 3 solved")
    child.expect("add-numbers")
    child.send("?")
    child.expect("put the starter back")
    child.send("\x1b")
    child.expect("0 of 2 visible checks pass")
    child.send("q")
    child.expect(pexpect.EOF)
    with Store(tmp_path / "home") as store:
        assert store.state("add-numbers").hints == 2


def test_the_starter_is_put_back_only_when_it_is_confirmed_and_the_file_is_kept(watch, place):
    child = watch()
    child.expect("0 of 2")
    save(place, RIGHT)
    child.expect("All 2")
    child.send("r")
    child.expect("Put the starter back")
    child.send("x")
    child.expect(re.escape(KEYS))
    assert (place / "solution.py").read_text() == RIGHT
    child.send("r")
    child.expect("Put the starter back")
    child.send("y")
    child.expect("0 of 2 visible checks pass")
    assert (place / "solution.py").read_text() == STARTER
    assert (place / "solution.py.1.bak").read_text() == RIGHT


def test_next_starts_another_challenge_and_watches_it(watch, place):
    child = watch()
    child.expect("0 of 2")
    child.send("n")
    child.expect("Something more")
    child.expect("0 of 2 visible checks pass")
    other = place.parent / "extra-one" / "solution.py"
    other.write_text(RIGHT)
    child.expect("All 2 visible checks pass")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_the_terminal_is_given_back_when_a_signal_ends_it(watch, number, code):
    child = watch()
    child.expect("0 of 2")
    assert not echoes(child)
    child.kill(number)
    child.expect(pexpect.EOF)
    child.wait()
    assert child.exitstatus == code


def test_stopping_gives_the_terminal_back_and_going_on_takes_it_again(place, watch):
    shell = pexpect.spawn(
        "/bin/sh", ["-i"], cwd=str(place), encoding="utf-8", timeout=60, dimensions=(24, 80)
    )
    try:
        shell.sendline("stty -a | head -1; PS1='$'; set -m")
        shell.sendline(f"TERM=xterm LANG=C.UTF-8 {sys.executable} -m grader watch --sandbox process")
        shell.expect("0 of 2 visible checks pass")
        shell.expect(re.escape(KEYS))
        assert not echoes(shell)
        shell.sendcontrol("z")
        shell.expect("[Ss]topped")
        assert echoes(shell)
        shell.sendline("fg")
        shell.expect("0 of 2 visible checks pass")
        shell.expect(re.escape(KEYS))
        assert not echoes(shell)
        shell.send("q")
        shell.sendline("echo ended with $?")
        shell.expect("ended with 0")
        assert echoes(shell)
    finally:
        shell.close(force=True)


def test_without_a_terminal_there_are_no_keys_and_it_says_so(place):
    process = subprocess.Popen(
        [sys.executable, "-m", "grader", "watch", "--sandbox", "process"],
        cwd=place,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        assert "there are no keys" in process.stderr.readline()
        shown = ""
        while "0 of 2 visible checks pass" not in shown:
            shown += process.stdout.readline()
        assert "\x1b" not in shown
        assert KEYS not in shown
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
    finally:
        process.kill()
        process.communicate()


def test_an_ascii_terminal_without_colour_gets_neither(watch, place):
    child = watch(LANG="C", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", NO_COLOR="1")
    child.expect("0 of 2")
    save(place, HALF)
    child.expect("1 of 2 visible checks pass")
    assert child.before.isascii()
    assert ">1<" in child.before
    assert not re.search(r"\x1b\[[0-9;]*m", child.before)


def test_a_key_that_cannot_be_obeyed_says_why_and_the_watch_goes_on(watch, place, bank):
    (bank / "challenges" / "add-numbers" / "hints.md").unlink()
    child = watch()
    child.expect("0 of 2")
    child.send("h")
    child.expect("That did not work")
    child.expect("hints.md")
    save(place, RIGHT)
    child.expect("All 2 visible checks pass")
