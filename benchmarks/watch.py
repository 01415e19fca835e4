"""From a save to the verdict on the screen: `grader watch` in a pseudo-terminal, as a user runs it.

`python -m benchmarks.watch` measures this alone and prints each time.
"""

from __future__ import annotations

import argparse
import os
import pty
import select
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType

from benchmarks.commands import ROOT
from benchmarks.timing import Failed, Reading

SLUG = "f1-by-hand"
# Two answers in turn, and what the screen says of each: a verdict is told from the one before.
ANSWERS = {"reference.py": b"All 6 visible checks pass", "wrong_arithmetic_mean.py": b"2 of 6 visible checks"}
PAUSE = 1.0  # seconds between two saves: sandboxes are replaced meanwhile, as between a user's saves
PATIENCE = 60.0


class Watching:
    """One `grader watch` on a workspace of its own, whose first verdict has come."""

    def __init__(self, sandbox: str) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="grader-watch-"))
        self._environment = os.environ | {"GRADER_HOME": str(self._folder / "home"), "TERM": "xterm"}
        self._words = (sys.executable, "-m", "grader")
        self._sandbox = sandbox
        self._saves = 0

    def __enter__(self) -> Watching:
        workspace = self._folder / SLUG
        subprocess.run(
            (*self._words, "start", SLUG, str(workspace)),
            env=self._environment,
            cwd=ROOT,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        self._file = workspace / "solution.py"
        self._terminal, far = pty.openpty()
        self._process = subprocess.Popen(
            (*self._words, "watch", str(workspace), "--sandbox", self._sandbox),
            stdin=far,
            stdout=far,
            stderr=far,
            env=self._environment,
            cwd=ROOT,
            start_new_session=True,
        )
        os.close(far)
        self._until(b"0 of 6 visible checks")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.send_signal(signal.SIGTERM)
        os.close(self._terminal)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._folder)

    def saves(self, count: int) -> Reading:
        """Seconds from before the file is written until the terminal shows its verdict, for each save."""
        times = []
        for _ in range(count):
            time.sleep(PAUSE)
            answer, verdict = list(ANSWERS.items())[self._saves % len(ANSWERS)]
            source = (ROOT / "solutions" / SLUG / answer).read_bytes()
            self._saves += 1
            began = time.perf_counter()
            self._file.write_bytes(source)
            self._until(verdict)
            times.append(time.perf_counter() - began)
        return Reading(tuple(times))

    def _until(self, wanted: bytes) -> None:
        shown, end = b"", time.monotonic() + PATIENCE
        while wanted not in shown:
            ready = select.select([self._terminal], [], [], max(0.0, end - time.monotonic()))[0]
            if not ready:
                raise Failed(f"`grader watch` does not show {wanted!r}; the terminal has {shown[-2000:]!r}")
            try:
                shown += os.read(self._terminal, 65536)
            except OSError:
                raise Failed(f"`grader watch` ended; the terminal has {shown[-2000:]!r}") from None


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.watch", description=__doc__)
    parser.add_argument("--sandbox", default="bubblewrap", metavar="NAME")
    parser.add_argument("--saves", type=int, default=20, metavar="N")
    options = parser.parse_args()
    with Watching(options.sandbox) as watching:
        times = [1000 * seconds for seconds in watching.saves(options.saves).values]
    print(" ".join(f"{value:.0f}" for value in times))
    print(f"median {statistics.median(times):.0f} ms, fastest {min(times):.0f}, slowest {max(times):.0f}")


if __name__ == "__main__":
    main()
