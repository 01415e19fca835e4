"""The guide "Your first challenge", typed into a real terminal after an installation from the built wheel.

Every block of the guide must be on the screen, line by line; only the clock and durations may differ.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from tests_sandboxes import usable

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs" / "guides" / "first-challenge.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(?:console|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SAVE = re.compile(r"^```\{code-block\} python\n:caption: (\w+)\.py\n\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CLOCK = re.compile(r"\d\d:\d\d:\d\d +\d+\.\d+ s")
SECONDS = 90.0  # for any one step, on a busy machine

pytestmark = [
    pytest.mark.slow,
    pytest.mark.bubblewrap,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="needs tmux"),
    pytest.mark.timeout(900),
]


def lines_of(text: str) -> list[str]:
    """What is compared: no typed commands, no clock, no empty lines at the ends."""
    lines = [CLOCK.sub("CLOCK", line.rstrip()) for line in text.splitlines() if not line.startswith("$ ")]
    return "\n".join(lines).strip("\n").splitlines()


def holds(screen: Sequence[str], block: Sequence[str]) -> bool:
    """Whether the block stands on the screen, one line after the other."""
    size = len(block)
    return any(list(screen[at : at + size]) == list(block) for at in range(len(screen) - size + 1))


class Terminal:
    """A shell on a terminal of 80 columns and 24 lines."""

    def __init__(self, socket: Path, folder: Path, variables: dict[str, str]) -> None:
        self.socket = socket
        assigned = [f"{name}={value}" for name, value in variables.items()]
        shell = shlex.join(["env", "-i", *assigned, "bash", "--norc", "--noprofile"])
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", "-c", str(folder), shell)

    def tmux(self, *words: str) -> str:
        done = subprocess.run(["tmux", "-S", str(self.socket), *words], capture_output=True, check=True)
        return done.stdout.decode()

    def press(self, key: str) -> None:
        self.tmux("send-keys", key)

    def forget(self) -> None:
        """Forget what has scrolled away."""
        self.tmux("clear-history")

    def type(self, text: str) -> None:
        """Type a command and press Enter."""
        self.tmux("send-keys", "-l", text)
        self.press("Enter")

    def screen(self) -> str:
        """What is shown, with what has scrolled away."""
        return self.tmux("capture-pane", "-p", "-S", "-300")

    def wait(self, text: str) -> None:
        """Until these lines are on the screen, one after the other."""
        block, end = lines_of(text), time.monotonic() + SECONDS
        while not holds(lines_of(self.screen()), block):
            if time.monotonic() > end:
                pytest.fail("not on the screen:\n" + "\n".join(block) + "\n\nbut:\n" + self.screen())
            time.sleep(0.05)

    def wait_for(self, text: str) -> None:
        """Until these words are on the screen."""
        end = time.monotonic() + SECONDS
        while text not in self.screen():
            if time.monotonic() > end:
                pytest.fail(f"not on the screen: {text}\n\nbut:\n{self.screen()}")
            time.sleep(0.05)

    def wait_for_prompt(self) -> None:
        """Until the shell waits for a command: what is typed before goes to the program that runs."""
        end = time.monotonic() + SECONDS
        while self.screen().rstrip().rpartition("\n")[2] != "$":
            if time.monotonic() > end:
                pytest.fail(f"no prompt\n\n{self.screen()}")
            time.sleep(0.05)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with nothing but the built wheel and what is locked for it."""
    folder = tmp_path_factory.mktemp("installed")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "dist")]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
    pip = [str(folder / "venv/bin/python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    locked = [*pip, "--require-hashes", "-r", str(ROOT / "requirements/runtime.txt")]
    if subprocess.run(locked, capture_output=True).returncode:
        pytest.skip("pip cannot fetch what the package needs")
    [wheel] = (folder / "dist").glob("*.whl")
    subprocess.run([*pip, "--no-deps", str(wheel)], check=True)
    return folder / "venv"


@pytest.fixture
def terminal(installed: Path, tmp_path: Path) -> Iterator[Terminal]:
    usable("bubblewrap")
    work = tmp_path / "work"
    work.mkdir()
    variables = {
        "PATH": f"{installed / 'bin'}:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
        "HOME": str(tmp_path),
        "GRADER_HOME": str(tmp_path / "state"),
        "GRADER_SANDBOX": "bubblewrap",
        "TERM": "screen-256color",
        "LANG": "C.UTF-8",
        "PS1": "$ ",
    }
    found = Terminal(tmp_path / "tmux", work, variables)
    yield found
    found.tmux("kill-server")


def test_the_first_hour_is_as_the_guide_tells_it(terminal: Terminal, tmp_path: Path) -> None:
    blocks = BLOCK.findall(GUIDE)
    commands = [[line[2:] for line in block.splitlines() if line.startswith("$ ")] for block in blocks]
    saves = dict(SAVE.findall(GUIDE))
    assert [line for typed in commands[1:] for line in typed] == [
        "grader",
        "cd learn-the-rule",
        "grader show",
        "grader watch",
        "grader answer",
        "grader solution --no-code",
        "grader progress",
        "grader start --next",
        "grader quiz",
    ]
    solution = tmp_path / "work" / "learn-the-rule" / "solution.py"
    _, hello, _, watch, first, hint, third, passed, answer, compared, _, following, quiz = blocks

    terminal.type("grader")
    terminal.wait_for("[Y/n]:")
    terminal.tmux("send-keys", "-l", "y")
    terminal.press("Enter")
    terminal.wait(hello)
    terminal.type("cd learn-the-rule")
    terminal.type("grader show")
    terminal.wait_for("What is machine learning, in simple terms?")
    terminal.wait_for("How it must behave")

    terminal.type("grader watch")
    terminal.wait(watch)
    solution.write_text(saves["first"], encoding="utf-8")
    terminal.wait(first)
    terminal.press("h")
    terminal.wait(hint)
    terminal.forget()
    solution.write_text(saves["second"], encoding="utf-8")
    terminal.wait_for("3 of 4 visible checks pass")
    solution.write_text(saves["third"], encoding="utf-8")
    terminal.wait(third)
    terminal.press("g")
    terminal.wait(passed)
    terminal.press("q")
    terminal.wait_for_prompt()

    terminal.type("grader answer")
    terminal.wait(answer)
    terminal.type("grader solution --no-code")
    terminal.wait(compared)
    terminal.type("grader progress")
    terminal.wait_for("learn-the-rule  solved  100 %")
    terminal.type("grader start --next")
    terminal.wait(following)
    terminal.type("grader quiz")
    terminal.wait(quiz)
    terminal.press("Enter")
    terminal.wait_for("A program is usually a rule that somebody wrote down.")
    terminal.press("q")
    terminal.wait_for("$ ")
