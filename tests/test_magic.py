"""`%load_ext grader` in a real IPython shell, and what of its session is checked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell

import grader
from grader.magic.definitions import definitions
from grader.magic.results import Result, Words
from grader.model import Cell, Verdict
from grader.store import Store

RIGHT = Path("solutions/f1-by-hand/reference.py")
WRONG = Path("solutions/f1-by-hand/wrong_arithmetic_mean.py")
ROOT = Path(grader.__file__).parents[1]


def sliced(*cells: str, wanted: tuple[str, ...] = ("f",), gone: tuple[str, ...] = ()) -> tuple[Cell, ...]:
    return definitions(list(enumerate(cells, start=1)), wanted, lambda name: name not in gone)


def kept(*cells: str, **options: tuple[str, ...]) -> str:
    """The lines that are kept, of all cells."""
    return "\n".join(line for cell in sliced(*cells, **options) for line in cell.source.split("\n") if line)


def test_what_only_shows_something_is_left_out() -> None:
    cells = ("import numpy as np", "def f(x):\n    return np.sum(x)", "f([1])", "print(f([2]))\nplot(f)")
    assert kept(*cells) == "import numpy as np\ndef f(x):\n    return np.sum(x)"


def test_the_later_of_two_definitions_is_taken() -> None:
    assert kept("def f():\n    return 1", "def f():\n    return 2") == "def f():\n    return 2"


def test_what_a_function_needs_comes_along_and_nothing_else() -> None:
    cells = (
        "LIMIT = 3\nOTHER = train()",
        "def helper(x):\n    return x + LIMIT",
        "def unused():\n    return OTHER",
        "def f(model):\n    OTHER = 1\n    return helper(model) + OTHER",
        "model = slow()",
    )
    assert kept(*cells) == (
        "LIMIT = 3\ndef helper(x):\n    return x + LIMIT\n"
        "def f(model):\n    OTHER = 1\n    return helper(model) + OTHER"
    )


def test_lines_and_cells_keep_their_numbers() -> None:
    (cell,) = sliced("x = 1", "show()\n\n@cache\ndef f():\n    return 1\n\nshow()")
    assert cell == Cell(2, "\n\n@cache\ndef f():\n    return 1\n")


def test_a_value_that_was_needed_then_is_kept_beside_the_later_one() -> None:
    cells = ("n = 2", "TABLE = [0] * n", "n = 5", "def f():\n    return TABLE, n")
    assert kept(*cells) == "n = 2\nTABLE = [0] * n\nn = 5\ndef f():\n    return TABLE, n"


def test_changes_of_an_object_that_is_needed_are_kept() -> None:
    cells = ("OPTIONS = {}", "OPTIONS['a'] = 1\nother['b'] = 2", "def f():\n    return OPTIONS")
    assert kept(*cells) == "OPTIONS = {}\nOPTIONS['a'] = 1\ndef f():\n    return OPTIONS"


def test_classes_conditional_imports_and_methods_are_followed() -> None:
    cells = (
        "try:\n    import fast\nexcept ImportError:\n    fast = None",
        "class Base:\n    pass",
        "class f(Base):\n    def go(self):\n        return fast",
    )
    assert kept(*cells).count("\n") == 8


@pytest.mark.parametrize(
    "cell",
    [
        "%matplotlib inline\ndef f():\n    return 1",
        "%%time\ndef f():\n    return 1",
        "!ls\ndef f():\n    return 1",
    ],
)
def test_magics_do_not_hide_definitions(cell: str) -> None:
    assert kept(cell) == "def f():\n    return 1"


def test_a_cell_that_never_parsed_does_not_count() -> None:
    assert kept("def f():\n    return 1", "def f(:") == "def f():\n    return 1"


def test_a_name_that_was_deleted_is_not_defined() -> None:
    assert sliced("def f():\n    return 1", gone=("f",)) == ()


def test_future_imports_always_come_along() -> None:
    assert kept("from __future__ import annotations", "def f(): ...") == (
        "from __future__ import annotations\ndef f(): ..."
    )


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[InteractiveShell]:
    """A shell in an empty folder, with the extension loaded."""
    monkeypatch.setenv("GRADER_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GRADER_SANDBOX", "process")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.chdir(tmp_path)
    shell = InteractiveShell()
    shell.history_manager.enabled = False
    shell.run_line_magic("load_ext", "grader")
    yield shell
    shell.magics_manager.magics["line"]["grader"].close()
    shell.history_manager.end_session()


@pytest.fixture
def run(shell: InteractiveShell) -> Callable[[str], object]:
    """Runs a cell and gives its value; an error in it is a failure."""

    def cell(source: str) -> object:
        result = shell.run_cell(source, store_history=True)
        result.raise_error()
        return result.result

    return cell


def test_what_the_session_has_run_is_checked(run: Callable[[str], object]) -> None:
    run((ROOT / WRONG).read_text())
    first = run("%grader check f1-by-hand")
    assert isinstance(first, Result)
    assert first.about == "f1-by-hand, as this session has run it in [1]"
    assert [one.outcome.verdict for one in first.report.checks].count(Verdict.PASSED) == 2
    run("x = 3")
    run((ROOT / RIGHT).read_text())
    second = run("%grader check f1-by-hand")
    assert isinstance(second, Result)
    assert all(one.outcome.verdict is Verdict.PASSED for one in second.report.checks)


def test_a_result_is_html_without_script_and_plain_text(run: Callable[[str], object]) -> None:
    run((ROOT / WRONG).read_text())
    result = run("%grader check f1-by-hand")
    assert isinstance(result, Result)
    html = result._repr_html_()
    assert html.startswith('<div class="grader">')
    assert "2 of 6 checks passed" in html
    assert 'class="differs"' in html
    assert "<script" not in html
    assert "\u25b80.583333\u25c2" in str(result)
    assert "\x1b" not in str(result)


def test_a_style_reaches_nothing_outside_the_result(run: Callable[[str], object]) -> None:
    run((ROOT / RIGHT).read_text())
    result = run("%grader check f1-by-hand")
    assert isinstance(result, Result)
    style = result._repr_html_().partition("<style>")[2].partition("</style>")[0]
    rules = style.replace("@media (prefers-color-scheme: dark) {", "")
    selectors = [one for rule in rules.split("}") if "{" in rule for one in rule.split("{")[0].split(",")]
    assert selectors
    assert all(".grader" in one for one in selectors)


def test_an_error_is_placed_in_its_cell(run: Callable[[str], object]) -> None:
    run("import numpy as np")
    run(
        "\n\ndef f1(a, b, average):\n    return 1 / 0\n\ndef precision_recall_f1(a, b, positive=1):\n    return 1"
    )
    result = run("%grader check f1-by-hand")
    assert isinstance(result, Result)
    lines = [line for one in result.report.checks for call in one.outcome.calls for line in call.lines]
    assert "solution.ipynb cell 2:4: return 1 / 0" in lines


def test_grading_is_kept_as_an_attempt(run: Callable[[str], object], tmp_path: Path) -> None:
    run((ROOT / RIGHT).read_text())
    result = run("%grader grade f1-by-hand")
    assert isinstance(result, Result)
    assert result.report.passed
    with Store(tmp_path / "home") as store:
        (attempt,) = store.attempts("f1-by-hand")
        assert json.loads(attempt.report)["submission"]["name"] == "this session"


def test_a_file_is_checked_as_it_was_saved(run: Callable[[str], object], tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_bytes((ROOT / RIGHT).read_bytes())
    result = run("%grader check f1-by-hand mine.py")
    assert isinstance(result, Result)
    assert result.about == "mine.py, as it was saved last"
    assert all(one.outcome.verdict is Verdict.PASSED for one in result.report.checks)


def test_in_a_workspace_the_challenge_need_not_be_named(run: Callable[[str], object], tmp_path: Path) -> None:
    (tmp_path / "grader.toml").write_text('challenge = "f1-by-hand"\n')
    words = run("%grader show")
    assert isinstance(words, Words)
    assert "F1" in words._repr_markdown_()
    hint = run("%grader hint")
    assert isinstance(hint, Words)
    assert hint.markdown.startswith("**Hint 1 of 3**")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("check", "name it, as in %grader check f1-by-hand"),
        ("check f1-by-hand", "has not defined precision_recall_f1 or f1"),
        ("check f1-by-hnd", "did you mean f1-by-hand"),
        ("chekc", "there is no %grader chekc"),
        ("check f1-by-hand nothing.py", "nothing.py"),
        ("check 'f1", "No closing quotation"),
    ],
)
def test_a_mistake_is_a_sentence_and_no_traceback(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str], line: str, said: str
) -> None:
    shell.run_cell(f"%grader {line}", store_history=True)
    shown = capsys.readouterr()
    assert said in shown.out + shown.err
    assert "Traceback" not in shown.out + shown.err
