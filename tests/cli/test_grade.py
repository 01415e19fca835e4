from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import Result

Run = Callable[..., Result]
Start = Callable[..., subprocess.Popen[str]]

RIGHT = "def add(a, b):\n    return a + b\n"
WRONG = "def add(a, b):\n    print('I am', 'here')\n    return abs(a) + abs(b)\n"


@pytest.fixture
def grade(bank: Path, tmp_path: Path, start: Start) -> Callable[..., tuple[int, str, str]]:
    """Grade a source text in a process of its own; exit code, standard output, standard error."""

    def run_it(source: str, *options: str | Path, **environment: str) -> tuple[int, str, str]:
        path = tmp_path / "solution.py"
        path.write_text(source, encoding="utf-8")
        process = start(
            "grade", "add-numbers", path, "--sandbox", "process", "--bank", bank, *options, **environment
        )
        out, err = process.communicate(timeout=120)
        return process.returncode, out, err

    return run_it


Grade = Callable[..., tuple[int, str, str]]


def test_a_right_submission_ends_with_0_and_its_report_on_standard_output(grade: Grade) -> None:
    code, out, err = grade(RIGHT)
    assert code == 0, err
    assert "Add two numbers" in out
    assert "Negative numbers are added" in out
    assert "\x1b" not in out
    assert err == ""


def test_a_wrong_submission_ends_with_1(grade: Grade) -> None:
    code, out, err = grade(WRONG)
    assert code == 1
    assert "Negative numbers are added" in out
    assert err == ""


def test_json_is_all_that_is_on_standard_output(grade: Grade) -> None:
    code, out, _ = grade(WRONG, "--format", "json", "--audience", "staff", "--seed", "0" * 31 + "A")
    assert code == 1
    found = json.loads(out)
    assert found["format"] == "grader/result/v1"
    assert "0" * 31 + "a" in out, "the staff report holds the seed"


def test_the_candidates_report_does_not_hold_the_seed(grade: Grade) -> None:
    assert "0" * 31 + "a" not in grade(WRONG, "--format", "json", "--seed", "0" * 31 + "a")[1]


def test_files_are_written_in_the_format_of_their_suffix(grade: Grade, tmp_path: Path) -> None:
    outputs = [option for name in ("r.json", "r.xml", "r.txt") for option in ("--output", tmp_path / name)]
    code, out, err = grade(WRONG, "--quiet", *outputs)
    assert (code, out, err) == (1, "", "")
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["format"] == "grader/result/v1"
    assert ElementTree.parse(tmp_path / "r.xml").getroot().tag == "testsuites"
    assert "Negative numbers are added" in (tmp_path / "r.txt").read_text(encoding="utf-8")


def test_the_log_of_a_failed_run_is_kept_on_request(grade: Grade, tmp_path: Path) -> None:
    code, _, err = grade(WRONG, "--keep", TMPDIR=str(tmp_path))
    assert code == 1
    (log,) = tmp_path.glob("grader-add-numbers-*.log")
    assert str(log) in err
    assert "I am here" in log.read_text(encoding="utf-8")
    assert log.stat().st_mode & 0o077 == 0, "it may show hidden inputs"


def test_a_log_is_not_kept_for_a_passed_run(grade: Grade, tmp_path: Path) -> None:
    assert grade(RIGHT, "--keep", TMPDIR=str(tmp_path))[0] == 0
    assert not list(tmp_path.glob("grader-*.log"))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--seed", "12"], "32 hexadecimal digits"),
        (["--output", "report.pdf"], "should end in"),
        (["--sandbox", "chroot"], "is not one of"),
        (["--format", "yaml"], "is not one of"),
    ],
)
def test_wrong_options_are_usage_errors_before_anything_runs(
    run: Run, bank: Path, options: list[str], message: str
) -> None:
    result = run("grade", "add-numbers", "solution.py", "--bank", bank, *options)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""


def test_a_submission_that_is_not_there_ends_with_2(run: Run, bank: Path, tmp_path: Path) -> None:
    result = run("grade", "add-numbers", tmp_path / "none.py", "--bank", bank, "--sandbox", "process")
    assert result.exit_code == 2
    assert "none.py" in result.stderr


def test_an_unknown_challenge_ends_with_2(run: Run, bank: Path, tmp_path: Path) -> None:
    result = run("grade", "add-number", tmp_path / "none.py", "--bank", bank)
    assert result.exit_code == 2
    assert "did you mean add-numbers?" in result.stderr


def test_a_sandbox_that_is_not_there_ends_with_3(bank: Path, tmp_path: Path, start: Start) -> None:
    path = tmp_path / "solution.py"
    path.write_text(RIGHT, encoding="utf-8")
    process = start(
        "grade",
        "add-numbers",
        path,
        "--sandbox",
        "docker",
        "--bank",
        bank,
        DOCKER_HOST="unix:///nowhere.sock",
    )
    out, err = process.communicate(timeout=120)
    assert process.returncode == 3
    assert out == ""
    assert "no container engine answers" in err
