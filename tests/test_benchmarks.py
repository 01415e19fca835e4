"""The benchmarks run and write their tables. How long anything takes is not tested."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import measure
from benchmarks.commands import BARE, ORACLES, ROOT, bare_ten, cold
from benchmarks.results import render
from benchmarks.subjects import Aim, Result, Subject
from benchmarks.timing import Command, Failed, Reading, run, run_two_at_a_time
from benchmarks.watch import Watching


def page(results: dict[str, Result], part: str = "cold") -> list[str]:
    text = render(
        results,
        parts=["bare", part],
        machine={"Cores": "2"},
        notes=["docker was left out: no\nengine"],
        date="2025-01-31",
        rounds=2,
        tune="tune",
    )
    return text.splitlines()


def result(key: str, part: str, values: list[float], **more: object) -> Result:
    subject = Subject(key, part, f"label of {key}", "s", lambda: Reading(()), **more)  # type: ignore[arg-type]
    return Result(subject, values, [100.0 for _ in values])


def test_every_subject_has_its_turn_in_every_round() -> None:
    turns: list[str] = []

    def turn(name: str) -> Reading:
        turns.append(name)
        return Reading((float(len(turns)),))

    subjects = [Subject(name, "bare", name, "s", lambda name=name: turn(name)) for name in "AB"]
    results = measure(subjects, 2, warm_up=True)
    assert turns == ["A", "B", "A", "B", "A", "B"]
    assert results["A"].values == [3.0, 5.0]  # the first round warms up


def test_a_row_holds_median_spread_ratio_and_aim() -> None:
    rows = page(
        {
            "a": result("a", "bare", [4.0, 2.0, 3.0]),
            "c": result("c", "cold", [1.5, 1.2], against="a", aim=Aim(0.5)),
            "d": result("d", "cold", [6.0], against="a", aim=Aim(3, at_least=True)),
        }
    )
    assert "| label of a | 3.00 s | 2.00 to 4.00 |  |  |  |" in rows
    assert "| label of c | 1.35 s | 1.20 to 1.50 | 0.450 | at most 0.5 | yes |" in rows
    assert "| label of d | 6.00 s | 6.00 to 6.00 | 2.00 | at least 3 | no |" in rows
    assert "| Cores | 2 |" in rows
    assert "- docker was left out: no engine" in rows


def test_memory_shows_both_sides() -> None:
    rows = page(
        {
            "c": result("c", "cold", [1.0], memory="grader grade: outside"),
            "m": result("m", "memory", [33.0]),
        },
        "memory",
    )
    assert "| grader grade: outside | 100 MiB | 100 to 100 |" in rows
    assert "| label of m | 33.0 MiB | 33.0 to 33.0 |" in rows


def test_a_command_that_fails_is_no_measurement() -> None:
    failing = Command((sys.executable, "-c", "print('what went wrong'); raise SystemExit(3)"))
    with pytest.raises(Failed, match=r"ended with 3:\nwhat went wrong"):
        run(failing)
    with pytest.raises(Failed):
        run_two_at_a_time(failing, 2)


def test_peak_memory_is_that_of_the_command() -> None:
    # A process of its own: until it has started its program, a child counts its parent's memory.
    program = (
        "import sys; from benchmarks.timing import Command, run\n"
        "small = run(Command((sys.executable, '-c', '')))\n"
        "large = run(Command((sys.executable, '-c', 'b\"x\" * (200 << 20)')))\n"
        "assert large.peak_mib > small.peak_mib + 150, (small, large)\n"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)


def test_both_sides_run_the_same_ten_checks() -> None:
    names = []
    for file in (f"{BARE}/test_ten.py", f"{ORACLES['numpy']}/test_ten.py"):
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        found = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
        names.append([name for name in found if name.startswith("test_")])
    assert names[0] == names[1]


def test_bare_pytest_runs_ten_checks_with_the_numpy_oracle() -> None:
    command = bare_ten("numpy")
    found = subprocess.run(
        command.words, env=dict(command.variables), capture_output=True, text=True, check=True
    )
    assert "10 passed" in found.stdout


def test_the_benchmarks_challenge_passes_its_reference() -> None:
    assert run(cold("f1-ten", "process")).values


@pytest.mark.slow
def test_a_quick_run_writes_the_tables(tmp_path: Path) -> None:
    output = tmp_path / "RESULTS.md"
    command = [sys.executable, "-m", "benchmarks", "--quick", "--rounds", "1", "--output", str(output)]
    subprocess.run([*command, "--only", "bare"], cwd=ROOT, check=True, capture_output=True)
    text = output.read_text(encoding="utf-8")
    figures = [line.split(" | ")[0] for line in text.splitlines() if line.startswith("| ")]
    for figure in (
        "| Processor",
        "| Container engine",
        "| ten checks of F1, oracle scikit-learn",
        "| ten checks of F1, oracle numpy",
        "| the checks of tune-regularisation",
    ):
        assert figures.count(figure) == 1
    assert str(ROOT) not in text


def test_the_time_from_a_save_to_its_verdict_is_taken() -> None:
    with Watching("process") as watching:
        times = watching.saves(2).values
    assert len(times) == 2
    assert all(0.005 < seconds < 30 for seconds in times)
