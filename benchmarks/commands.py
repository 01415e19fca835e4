"""The commands that are measured: bare pytest, pytest in a plain container, the grader from a cold start."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from benchmarks.timing import Command

ROOT = Path(__file__).resolve().parent.parent
BARE = "benchmarks/bare"
BANK = "benchmarks/bank"
INSIDE = "/benchmark"  # where a container sees the files
ORACLES = {
    "scikit-learn": f"{BARE}/scikit_learn",
    "numpy": f"{BANK}/challenges/f1-ten/checks/hidden",
}
F1_TEN, TUNE = "f1-ten", "tune-regularisation"
ANSWERS = {F1_TEN: "solutions/f1-by-hand/reference.py", TUNE: f"solutions/{TUNE}/reference.py"}
# What happens to be installed beside pytest must not slow it.
_NO_PLUGINS = ("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


def bare_ten(oracle: str) -> Command:
    """pytest in a fresh process, running the ten checks beside the answer."""
    words, path = _pytest_ten(oracle, sys.executable, str(ROOT))
    return Command(words, (("PYTHONPATH", path), _NO_PLUGINS))


def bare_tune() -> Command:
    """pytest in a fresh process, running all checks of tune-regularisation beside the answer."""
    checks = f"challenges/{TUNE}/checks"
    path = os.pathsep.join(map(str, (ROOT, ROOT / BARE, (ROOT / ANSWERS[TUNE]).parent)))
    words = (sys.executable, "-m", "pytest", "-q", "-c", f"{ROOT / BARE}/pytest.ini", f"--rootdir={ROOT}")
    return Command((*words, "-p", "in_process", str(ROOT / checks)), (("PYTHONPATH", path), _NO_PLUGINS))


def container_ten(oracle: str, image: str) -> Command:
    """The same as `bare_ten` in `docker run` with the engine's defaults."""
    words, path = _pytest_ten(oracle, "python3", INSIDE)
    variables = ("-e", f"PYTHONPATH={path}:/opt/site", "-e", "=".join(_NO_PLUGINS))
    return Command(("docker", "run", "--rm", *variables, image, *words))


def cold(slug: str, sandbox: str) -> Command:
    """`grader grade` as a user types it."""
    installed = Path(sys.executable).with_name("grader")
    grader = (str(installed),) if installed.exists() else (sys.executable, "-m", "grader")
    bank = ("--bank", str(ROOT / BANK)) if slug == F1_TEN else ()
    words = (*grader, "grade", slug, str(ROOT / ANSWERS[slug]), "--sandbox", sandbox, *bank)
    return Command(words, () if installed.exists() else (("PYTHONPATH", str(ROOT)),))


def _pytest_ten(oracle: str, python: str, root: str) -> tuple[tuple[str, ...], str]:
    """The command line, and the path with the answer and the oracle; `root` holds the files."""
    options = ("-q", "-c", f"{root}/{BARE}/pytest.ini", f"{root}/{BARE}/test_ten.py")
    folders = (os.path.dirname(ANSWERS[F1_TEN]), ORACLES[oracle])
    return (python, "-m", "pytest", *options), os.pathsep.join(f"{root}/{folder}" for folder in folders)
