"""Reports of every shape, for the renderers' tests and the golden files in tests/cases/."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from grader.model import (
    CallShown,
    Challenge,
    Check,
    Environment,
    Limits,
    Metric,
    Outcome,
    Problem,
    Report,
    Submission,
    ValueShown,
    Verdict,
)
from grader.scoring import score

CHALLENGE = Challenge(
    slug="f1-by-hand",
    title="F1 by hand",
    topic="metrics",
    difficulty="easy",
    minutes=20,
    functions=("precision_recall_f1", "f1"),
    requires=("numpy",),
    root=Path(),
    digest="sha256:" + "c" * 64,
    question=7,
    limits=Limits(seconds=5.0),
)
DOCKER = Environment(
    sandbox="docker",
    isolation="standard",
    python="3.11.9",
    distributions=(("numpy", "2.4.1"),),
    image="sha256:" + "1" * 64,
    runtime="runc",
)
ERROR_METRIC = Metric("imputation_error", "Error against mean imputation", "lower", 1.0, 0.75, 0.6, 4.0)
RECALL_METRIC = Metric("recall", "Recall of the drifted columns", "higher", 0.5, 0.9, 0.95, 2.0)

HIDDEN = (
    Check("hidden/test_binary.py::test_perfect", "test_perfect", "Perfect predictions score one."),
    Check(
        "hidden/test_binary.py::test_positive", "test_positive", "The positive label can be any value.", 2.0
    ),
    Check(
        "hidden/test_binary.py::test_zero",
        "test_zero",
        "Where nothing is predicted positive, precision is zero and no warning is given.",
        2.0,
        hint="What does 0/0 become in numpy, and what does the brief say it should be?",
    ),
    *(
        Check(
            f"hidden/test_average.py::test_average[{average}]",
            f"test_average[{average}]",
            "Averages over the classes follow their definitions.",
            hint="Which classes take part in the mean?",
        )
        for average in ("macro", "micro", "weighted-0.6667")
    ),
    Check("hidden/test_average.py::test_large", "test_large", "A million labels take less than a second."),
    Check(
        "hidden/test_average.py::test_lengths", "test_lengths", "Vectors of different lengths are an error."
    ),
    Check("hidden/test_average.py::test_kind", "test_kind", "The result is a plain float."),
)
VISIBLE = (
    Check("visible/test_examples.py::test_brief", "test_brief", "The brief's example.", suite="visible"),
    Check("visible/test_examples.py::test_types", "test_types", "Strings may be labels.", suite="visible"),
)


def ended(check: Check, verdict: Verdict, seconds: float = 0.01, **texts: object) -> Outcome:
    return Outcome(check.id, verdict, seconds, **texts)  # type: ignore[arg-type]


def all_passed(checks: Iterable[Check]) -> list[Outcome]:
    return [ended(check, Verdict.PASSED) for check in checks]


def graded(
    checks: Iterable[Check] = (*VISIBLE, *HIDDEN),
    outcomes: Iterable[Outcome] | None = None,
    *,
    challenge: Challenge = CHALLENGE,
    problems: Iterable[Problem] = (),
    environment: Environment = DOCKER,
    name: str = "solution.py",
    **options: object,
) -> Report:
    checks = tuple(checks)
    return score(
        challenge=challenge,
        submission=Submission(name, name, (), "sha256:" + "5" * 64),
        checks=checks,
        outcomes=all_passed(checks) if outcomes is None else list(outcomes),
        problems=tuple(problems),
        environment=environment,
        seed="0123456789abcdef" * 2,
        started="2026-03-01T12:00:00+00:00",
        seconds=1.24,
        grader_version="0.1.0",
        **options,  # type: ignore[arg-type]
    )


def several_failures() -> Report:
    zero, macro, weighted, large, lengths, kind = (
        HIDDEN[2],
        HIDDEN[3],
        HIDDEN[5],
        HIDDEN[6],
        HIDDEN[7],
        HIDDEN[8],
    )
    division = (
        "ZeroDivisionError: division by zero\n"
        "  solution.py, line 12, in precision_recall_f1\n"
        "    precision = true_positives / (true_positives + false_positives) if predicted else 1 / 0"
    )
    outcomes = [
        ended(VISIBLE[0], Verdict.PASSED),
        ended(VISIBLE[1], Verdict.FAILED, staff_text="expected 0.5, not 0.25\n  at index 1"),
        ended(HIDDEN[0], Verdict.PASSED),
        ended(HIDDEN[1], Verdict.PASSED, 1.31),
        ended(
            zero, Verdict.ERROR, candidate_text=division, staff_text=division + "\nwith y_pred = [0, 0, 0]"
        ),
        ended(macro, Verdict.FAILED, staff_text="0.5833 expected, 0.6111 returned"),
        ended(HIDDEN[4], Verdict.PASSED),
        ended(weighted, Verdict.ERROR, candidate_text=division),
        ended(large, Verdict.TIMEOUT, 5.0),
        ended(lengths, Verdict.PROTOCOL, candidate_text="An object array is not plain data."),
        ended(kind, Verdict.CRASHED),
    ]
    return graded(outcomes=outcomes)


def value(name: str = "", kind: str = "", text: str = "", **table: object) -> ValueShown:
    return ValueShown(name, kind, text, **table)  # type: ignore[arg-type]


def calls_shown() -> Report:
    """Failed visible checks with calls of every shape."""
    wide = tuple(f"feature {number}" for number in range(8))
    row = value(columns=("0", "1"), cells=(("0.5", "0.25"),), kind="a tuple of 2")
    table = value(
        "table",
        "a DataFrame of 40 rows and 9 columns",
        columns=wide,
        index=("b7", "\u732b"),
        cells=(("'Gentoo'", *["50.125"] * 7), ("None", *["\u732b\u732b"] * 7)),
        left_out=(38, 1),
    )
    compared = CallShown(
        "precision_recall_f1",
        given=(
            value(
                "y_true",
                "an int array of shape (12,)",
                columns=tuple("01234567"),
                cells=(("1",) * 8,),
                left_out=(0, 4),
            ),
            value("positive", text="1"),
        ),
        returned=(replace(row, marked=((0, 1),)),),
        expected=(replace(row, cells=(("0.5", "0.75"),)),),
    )
    filled = CallShown(
        "Imputer.transform",
        given=(table,),
        returned=(replace(table, name="", marked=((1, 6),)),),
        expected=(replace(table, name=""),),
    )
    raised = CallShown(
        "f1", (value("average", text="'macro'"),), raised="KeyError: 'macro'", lines=("solution.py:3: x",)
    )
    fitted = CallShown("fit", (table,), (value(kind="an object of type Imputer that stays in the sandbox"),))
    apart = CallShown("", returned=(value(text="0.25"),), expected=(value(text="0.5"),))
    lost = CallShown("f1")
    outcomes = [
        ended(
            VISIBLE[0],
            Verdict.FAILED,
            candidate_text="at [1]: expected 0.75",
            calls=(fitted, compared, filled),
        ),
        ended(VISIBLE[1], Verdict.ERROR, candidate_text="KeyError: 'macro'", calls=(raised, apart, lost)),
        ended(HIDDEN[0], Verdict.FAILED),
        *all_passed(HIDDEN[1:]),
    ]
    return graded(outcomes=outcomes)


def load_failure() -> Report:
    text = (
        "line 14: '(' was never closed\n"
        "    return f1_of(true_positives(y_true, y_pred, positive), false_positives(y_true, y_pred), (0\n"
        + " " * 92
        + "^"
    )
    return graded(outcomes=(), problems=[Problem("load", text, line=14)], name="attempt 3.py")


def notebook() -> Report:
    text = (
        "cell 5, line 2: FileNotFoundError: [Errno 2] No such file: 'scores.csv'\n"
        "    scores = pd.read_csv('scores.csv')"
    )
    return graded(problems=[Problem("cell", text, line=2, cell=5)], name="solution.ipynb")


def missing_name() -> Report:
    problem = Problem("missing", "`f1` is not defined, or not at the top level.")
    outcomes = [
        *all_passed([VISIBLE[0], *HIDDEN[:3]]),
        ended(VISIBLE[1], Verdict.ERROR, candidate_text="`f1` is not defined."),
        *(ended(check, Verdict.ERROR, candidate_text="`f1` is not defined.") for check in HIDDEN[3:]),
    ]
    return graded(outcomes=outcomes, problems=[problem])


def infrastructure() -> Report:
    outcomes = all_passed(HIDDEN[:2])
    text = "The engine at unix:///run/engine.sock stopped answering after 2 of 9 checks."
    return graded(outcomes=outcomes, infrastructure=text)


def unofficial() -> Report:
    environment = replace(DOCKER, sandbox="process", isolation="none", image="", runtime="")
    return graded(environment=environment, official=False)


def with_metrics(error: float | None, recall: float | None) -> Report:
    figures = (("imputation_error", error), ("recall", recall))
    records = tuple((name, value) for name, value in figures if value is not None)
    challenge = replace(
        CHALLENGE,
        slug="impute-missing",
        title="Fill the holes",
        question=12,
        metrics=(ERROR_METRIC, RECALL_METRIC),
    )
    first, *others = HIDDEN[:2]
    outcomes = [ended(first, Verdict.PASSED, metrics=records), *all_passed(others)]
    return graded(HIDDEN[:2], outcomes, challenge=challenge)


def sixty_checks() -> Report:
    checks = [
        Check(f"hidden/test_many.py::test_{number}", f"test_{number}", f"Property {number} holds.")
        for number in range(60)
    ]
    outcomes = [
        ended(check, Verdict.FAILED, staff_text="3 returned, 4 expected")
        if number in (20, 21, 50)
        else ended(check, Verdict.PASSED)
        for number, check in enumerate(checks)
    ]
    return graded(checks, outcomes)


def hostile() -> Report:
    evil = (
        "\x1b[31mred\x1b[0m \x1b]0;title\x07\x9b2J[bold]markup[/bold]\r::error::boo\n"
        "::add-mask::x\n##vso[task.complete]\nPASSED  12/12 points\n\u202eevil\u200b<b>&amp;]]>\ud800\x00\n"
        + "x"
        * 5000
    )
    outcomes = [ended(check, Verdict.ERROR, candidate_text=evil, staff_text=evil) for check in HIDDEN]
    problems = [Problem("load", evil, 1), Problem("missing", evil), Problem("cell", evil, 1, 1)]
    return graded(HIDDEN, outcomes, problems=problems, name=evil, log=evil.encode("utf-8", "surrogatepass"))


SAMPLES: Mapping[str, Callable[[], Report]] = {
    "all-passed": graded,
    "several-failures": several_failures,
    "calls-shown": calls_shown,
    "load-failure": load_failure,
    "notebook": notebook,
    "missing-name": missing_name,
    "infrastructure": infrastructure,
    "unofficial": unofficial,
    "metrics-full": lambda: with_metrics(0.55, 0.97),
    "metrics-passing": lambda: with_metrics(0.71, 0.9),
    "metrics-below": lambda: with_metrics(0.75004, 0.2),
    "metrics-missing": lambda: with_metrics(None, float("nan")),
    "sixty-checks": sixty_checks,
    "hostile": hostile,
}


@pytest.fixture(params=SAMPLES)
def sample(request: pytest.FixtureRequest) -> Report:
    """Each of the sample reports in turn."""
    return SAMPLES[request.param]()


@pytest.fixture
def samples() -> Mapping[str, Callable[[], Report]]:
    """The sample reports by name."""
    return SAMPLES
