from __future__ import annotations

import inspect
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.worker.loading import load, missing, own_lines, write_files

Loaded = tuple[Any, list[dict[str, Any]]]
Load = Callable[..., Loaded]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[str]:
    """A folder for the submission's files; what loading changes in this process is put back."""
    path, modules = list(sys.path), set(sys.modules)
    yield str(tmp_path / "work")
    sys.path[:] = path
    for name in set(sys.modules) - modules:
        origin = getattr(sys.modules[name], "__file__", None) or ""
        if origin.startswith(str(tmp_path)):
            del sys.modules[name]


def loaded(folder: str, source: str | bytes, **files: str) -> Loaded:
    """Load `source` as solution.py, with helper modules by name beside it."""
    code = source if isinstance(source, bytes) else textwrap.dedent(source).encode()
    content = {"solution.py": code} | {
        f"{name}.py": textwrap.dedent(text).encode() for name, text in files.items()
    }
    submission = {"entry": "solution.py", "files": content, "cells": [], "folder": folder}
    write_files(submission, folder)
    return load(submission)


def ran(folder: str, *cells: str, files: dict[str, bytes] | None = None) -> Loaded:
    """Load the cells as a notebook; they are numbered 1, 2, ..."""
    numbered = [[number, textwrap.dedent(cell)] for number, cell in enumerate(cells, start=1)]
    submission = {"entry": "solution.ipynb", "files": files or {}, "cells": numbered, "folder": folder}
    write_files(submission, folder)
    return load(submission)


def only(problems: list[dict[str, Any]]) -> dict[str, Any]:
    assert len(problems) == 1, problems
    return problems[0]


# Files


def test_files_are_written_with_their_folders(folder: str) -> None:
    write_files({"files": {"solution.py": b"x", "data/deep/table.csv": b"1\n"}}, folder)
    assert Path(folder, "data/deep/table.csv").read_bytes() == b"1\n"


@pytest.mark.parametrize(
    "name", ["../a.py", "/a.py", "a/../../b.py", "", "a//b.py", "./a.py", "a\0.py", "a\\b.py"]
)
def test_a_name_that_is_not_inside_the_folder_is_refused(folder: str, name: str) -> None:
    with pytest.raises(ValueError, match="not a relative path"):
        write_files({"files": {name: b"x"}}, folder)


# Python files


def test_a_submission_is_the_module_solution(folder: str) -> None:
    module, problems = loaded(
        folder, "def f1(): return __name__, __file__\nif __name__ == '__main__': boom()"
    )
    assert problems == []
    assert module.f1() == ("solution", f"{folder}/solution.py")
    assert sys.modules["solution"] is module


def test_helper_modules_and_data_are_found(folder: str) -> None:
    source = """
        import helper
        from pathlib import Path
        def f1(): return helper.double(Path(__file__).with_name("helper.py").exists())
    """
    module, problems = loaded(folder, source, helper="def double(x): return 2 * x")
    assert problems == []
    assert module.f1() == 2


def test_the_source_of_a_function_can_be_inspected(folder: str) -> None:
    module, _ = loaded(folder, "class A:\n    pass\n\ndef f1():\n    return 1\n")
    assert inspect.getsource(module.f1) == "def f1():\n    return 1\n"
    assert inspect.getsource(module.A) == "class A:\n    pass\n"


def test_a_syntax_error_is_shown_with_its_line(folder: str) -> None:
    module, problems = loaded(folder, "def f1():\n    return 1\n\nx = = 2\n")
    found = only(problems)
    assert (found["kind"], found["line"], found["cell"]) == ("load", 4, None)
    assert found["text"] == "line 4: invalid syntax\n    x = = 2\n        ^"
    assert not hasattr(module, "f1")


@pytest.mark.parametrize(
    ("source", "line", "expected"),
    [
        (b"x = 1\ny = 'caf\xe9'\n", 2, "line 2: the byte 0xe9 is not utf-8; save the file as UTF-8"),
        (b"x = 1\n\ny = '\0'\n", 3, "line 3: the file holds a null byte"),
        (b"# coding: klingon\nx = 1\n", 1, "line 1: unknown encoding: klingon"),
        (b"# coding: rot13\nx = 1\n", 1, "line 1: 'rot13' is not a text encoding"),
        (b"x = " + b"(" * 1000, 1, "too many nested parentheses"),
        (b"x = 1\n  y = 2\n", 2, "line 2: unexpected indent"),
        (b"def f():\n\tx = 1\n        y = 2\n", 3, "inconsistent use of tabs"),
    ],
)
def test_source_that_is_not_python_is_explained(folder: str, source: bytes, line: int, expected: str) -> None:
    found = only(loaded(folder, source)[1])
    assert expected in found["text"]
    assert found["line"] == line


@pytest.mark.parametrize(
    "source", [b"x = " + b"-" * 200_000 + b"1", b"x" + b".x" * 100_000, b"x = " + b"9" * 5000]
)
def test_source_that_is_too_much_for_the_parser_is_a_problem(folder: str, source: bytes) -> None:
    found = only(loaded(folder, source)[1])
    assert found["kind"] == "load"
    assert len(found["text"].encode()) <= 4096


@pytest.mark.parametrize(
    "source",
    ["# coding: latin-1\nname = 'caf\xe9'\n".encode("latin-1"), "\ufeffname = 'caf\xe9'\r\n".encode()],
)
def test_declared_encodings_and_marks_are_understood(folder: str, source: bytes) -> None:
    module, problems = loaded(folder, source)
    assert problems == []
    assert module.name == "café"


def test_what_was_defined_before_an_exception_stays(folder: str) -> None:
    module, problems = loaded(folder, "def f1():\n    return 1\n\nf1().nothing\n\ndef f2():\n    return 2\n")
    found = only(problems)
    assert (found["kind"], found["line"]) == ("load", 4)
    assert found["text"].startswith(
        "line 4: AttributeError: 'int' object has no attribute 'nothing'\n    f1().nothing"
    )
    assert module.f1() == 1
    assert not hasattr(module, "f2")


def test_the_line_is_that_of_the_candidates_own_file(folder: str) -> None:
    found = only(loaded(folder, "import json\n\njson.loads('{')\n")[1])
    assert found["line"] == 3
    assert "JSONDecodeError" in found["text"]


def test_an_exception_in_a_helper_names_both_lines(folder: str) -> None:
    found = only(loaded(folder, "x = 1\nimport helper\n", helper="\n\n1 / 0\n")[1])
    assert found["line"] == 2
    assert found["text"] == "line 2: ZeroDivisionError: division by zero (in helper.py, line 3)\n    1 / 0"


def test_a_syntax_error_in_a_helper_names_both_lines(folder: str) -> None:
    found = only(loaded(folder, "x = 1\nimport helper\n", helper="x = 1\ny = = 2\n")[1])
    assert found["line"] == 2
    assert "(in helper.py, line 2)\n    y = = 2" in found["text"]


@pytest.mark.parametrize(
    "statement", ["import sys; sys.exit(0)", "raise KeyboardInterrupt", "raise GeneratorExit"]
)
def test_what_ends_a_program_is_caught(folder: str, statement: str) -> None:
    module, problems = loaded(folder, f"f1 = len\n{statement}\n")
    assert only(problems)["line"] == 2
    assert module.f1 is len


def test_a_package_that_is_not_there_is_explained(folder: str) -> None:
    text = only(loaded(folder, "import no_such_package")[1])["text"]
    assert "No module named 'no_such_package' (only the packages that the challenge lists" in text


def test_a_long_message_is_bounded(folder: str) -> None:
    text = only(loaded(folder, "raise ValueError('ü' * 1_000_000)")[1])["text"]
    assert text.startswith("line 1: ValueError: üüü")
    assert len(text.encode()) <= 4096


HOSTILE = """
    class Meta(type):
        @property
        def __name__(self): raise SystemExit
        def __getattribute__(self, name): raise SystemExit
    class Trap(ValueError, metaclass=Meta):
        def __str__(self): raise KeyboardInterrupt
        def __getattribute__(self, name): raise SystemExit
    raise Trap()
"""


def test_an_exception_that_resists_is_described_all_the_same(folder: str) -> None:
    found = only(loaded(folder, HOSTILE)[1])
    assert found["line"] == 9
    assert "Trap: (its message cannot be shown)" in found["text"]


def test_a_syntax_error_with_odd_contents_is_described(folder: str) -> None:
    odd = "error.filename = error.lineno = error.msg = error.text = object()"
    source = f"error = SyntaxError('x')\n{odd}\nraise error\n"
    assert only(loaded(folder, source)[1])["line"] == 3


# Notebooks


def test_cells_share_one_namespace(folder: str) -> None:
    module, problems = ran(folder, "import math\nr = 2", "def area():\n    return math.pi * r", "r = 1")
    assert problems == []
    assert module.area() == pytest.approx(3.14159265)


def test_main_guards_are_skipped_in_cells(folder: str) -> None:
    assert ran(folder, "if __name__ == '__main__':\n    boom()")[1] == []


def test_a_failing_cell_keeps_the_definitions_around_it(folder: str) -> None:
    failing = """
        def before(): return 1
        show(before())
        print(never)
        import math
        limit = 3
        def after(): return math.floor(limit)
        class Late: pass
    """
    module, problems = ran(folder, "start = 1", failing, "def last(): return after()")
    found = only(problems)
    assert (found["kind"], found["cell"], found["line"]) == ("cell", 2, 3)
    assert found["text"] == "cell 2, line 3: NameError: name 'show' is not defined\n    show(before())"
    assert (module.before(), module.last(), module.Late.__name__) == (1, 3, "Late")


def test_after_a_failure_nothing_but_definitions_runs(folder: str) -> None:
    module, _ = ran(
        folder, "seen = []\n1 / 0\nseen.append(1)\nfor i in range(3): seen.append(i)\nseen += [1]"
    )
    assert module.seen == []


def test_failing_imports_after_a_failure_are_told_and_failing_assignments_not(folder: str) -> None:
    _, problems = ran(
        folder, "import no_such_plots\nfigure = no_such_plots.figure()\nimport no_such_tables\n"
    )
    assert [problem["line"] for problem in problems] == [1, 3]


def test_the_line_of_a_problem_is_that_of_the_cell_not_of_the_library(folder: str) -> None:
    found = only(ran(folder, "import json", "def go():\n    return json.loads('{')\n", "x = 1\ngo()")[1])
    assert (found["cell"], found["line"]) == (3, 2)
    assert "(in solution.ipynb cell 2, line 2)" in found["text"]


def test_a_cell_with_a_syntax_error_leaves_the_others_alone(folder: str) -> None:
    module, problems = ran(folder, "a = 1", "b = = 2", "c = 3")
    found = only(problems)
    assert (found["kind"], found["cell"], found["line"]) == ("cell", 2, 1)
    assert found["text"].startswith("cell 2, line 1: invalid syntax\n    b = = 2")
    assert (module.a, module.c) == (1, 3)


def test_a_statement_that_does_not_compile_is_a_problem_of_its_own(folder: str) -> None:
    module, problems = ran(folder, "a = 1\nreturn a\nb = 2")
    assert only(problems)["line"] == 2
    assert "'return' outside function" in problems[0]["text"]
    assert (module.a, module.b) == (1, 2)


def test_the_source_of_functions_and_classes_in_cells_can_be_inspected(folder: str) -> None:
    module, _ = ran(folder, "x = 1", "%matplotlib inline\ndef f1():\n    return 1\n", "class A:\n    y = 2\n")
    assert inspect.getsource(module.f1) == "def f1():\n    return 1\n"
    assert inspect.getsource(module.A) == "class A:\n    y = 2\n"


def test_top_level_await_runs_on_one_event_loop(folder: str) -> None:
    cells = (
        "import asyncio\nasync def one():\n    await asyncio.sleep(0)\n    return 1",
        "task = asyncio.create_task(one()) if False else await one()",
        "async def start(): return asyncio.create_task(one())\nrunning = await start()",
        "value = await running",
        "async for_ = 1",
    )
    module, problems = ran(folder, *cells)
    assert (module.task, module.value) == (1, 1)
    assert only(problems)["cell"] == 5


def test_future_imports_hold_for_later_statements(folder: str) -> None:
    module, problems = ran(
        folder, "from __future__ import annotations\ndef f1(x: Nowhere): return x", "def f2(x: No): 1"
    )
    assert problems == []
    assert (module.f1.__annotations__, module.f2.__annotations__) == ({"x": "Nowhere"}, {"x": "No"})


def test_what_jupyter_provides_is_there_and_harmless(folder: str) -> None:
    shell = "get_ipython().run_line_magic('matplotlib', 'inline')\nget_ipython().system('ls')"
    cell = f"display(1, x=2)\n{shell}\ndone = 1"
    module, problems = ran(folder, cell)
    assert problems == []
    assert module.done == 1


def test_leaving_the_program_in_a_cell_does_not_stop_the_next(folder: str) -> None:
    module, problems = ran(folder, "raise SystemExit", "raise KeyboardInterrupt", "x = 1")
    assert [problem["cell"] for problem in problems] == [1, 2]
    assert module.x == 1


def test_the_number_of_problems_is_bounded(folder: str) -> None:
    assert len(ran(folder, *["1 / 0"] * 50)[1]) == 20


@pytest.mark.parametrize(
    "cell", ["x = '\0'", "x = " + "(" * 1000, "x = " + "-" * 100_000 + "1", "x = '\ud800"]
)
def test_a_cell_that_is_too_much_for_the_parser_is_a_problem(folder: str, cell: str) -> None:
    module, problems = ran(folder, cell, "y = 1")
    assert only(problems)["cell"] == 1
    assert module.y == 1


def test_a_file_beside_a_notebook_can_be_imported(folder: str) -> None:
    module, problems = ran(folder, "from helper import x", files={"helper.py": b"x = 5"})
    assert problems == []
    assert module.x == 5


def test_writefile_makes_a_module_that_a_later_cell_imports(folder: str) -> None:
    module, problems = ran(
        folder,
        "%%writefile pieces.py\nx = 5\n",
        "%%writefile -a pieces.py\ny = x + 1\n",
        "from pieces import y",
    )
    assert problems == []
    assert module.y == 6


@pytest.mark.parametrize("name", ["../evil.py", "/tmp/evil.py", ""])
def test_writefile_stays_in_the_folder(folder: str, name: str) -> None:
    found = only(ran(folder, f"%%writefile {name}\nx = 5\n")[1])
    assert (found["cell"], found["kind"]) == (1, "cell")
    assert "the file was not written" in found["text"]


# Missing names


def test_missing_names_are_told_with_the_nearest_one(folder: str) -> None:
    module, _ = loaded(folder, "def f_1(): ...\nmacro_f1 = 3\nclass Learner: ...\nglobals()[3] = 4\n")
    problems = missing(module, ["f1", "macro_f1", "Learner", "zzz"])
    assert [problem["text"] for problem in problems] == [
        "f1 is not defined; did you mean to rename f_1?",
        "macro_f1 cannot be called: it is of type int",
        "zzz is not defined",
    ]
    assert {problem["kind"] for problem in problems} == {"missing"}


# Own lines


def raised(call: Callable[[], object]) -> BaseException:
    with pytest.raises(Exception) as caught:  # noqa: PT011
        call()
    return caught.value


def test_own_lines_leave_out_everything_that_is_not_the_candidates(folder: str) -> None:
    source = "import helper, json\ndef f1():\n    return helper.parse(json)\n"
    module, _ = loaded(folder, source, helper="def parse(json):\n    return json.loads('{')\n")
    assert own_lines(raised(module.f1), folder) == [
        ("solution.py", 3, "return helper.parse(json)"),
        ("helper.py", 2, "return json.loads('{')"),
    ]


def test_own_lines_of_cells_name_the_cell(folder: str) -> None:
    module, _ = ran(folder, "x = 1", "def f1():\n    return 1 / 0\n")
    assert own_lines(raised(module.f1), folder) == [("solution.ipynb cell 2", 2, "return 1 / 0")]


def test_own_lines_are_the_last_ten_and_bounded(folder: str) -> None:
    call = f"return other(n - 1)  # {'x' * 500}"
    module, _ = loaded(
        folder, f"def f1(n=50):\n    {call}\ndef other(n):\n    1 / n\n    {call.replace('other', 'f1')}\n"
    )
    lines = own_lines(raised(module.f1), folder)
    assert len(lines) == 10
    assert all(len(text) == 160 for _, _, text in lines)


def test_a_line_that_calls_itself_or_holds_a_comprehension_stands_there_once(folder: str) -> None:
    module, _ = loaded(folder, "def f1(n=50):\n    return [f1(n - 1) if n else 1 / 0 for _ in 'a']\n")
    assert own_lines(raised(module.f1), folder) == [
        ("solution.py", 2, "return [f1(n - 1) if n else 1 / 0 for _ in 'a']")
    ]


# Anything at all

FUZZ = settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
PIECES = st.sampled_from(
    ["%", "%%", "!", "?", "x", " = ", "(", ")", "'''", '"', "\n", "\n    ", ":", "if x", "def f()", "await ",
     "\\\n", "time ", "timeit -n 1 ", "1", "\0", "\ud800", "\r", "\t", "#", "%%time", "%%writefile a.py\n",
     "return", "\x0c"]
)  # fmt: skip


@FUZZ
@given(
    source=st.binary(max_size=60)
    | st.lists(PIECES, max_size=15).map(lambda p: "".join(p).encode("utf-8", "replace"))
)
def test_loading_any_bytes_never_raises(folder: str, source: bytes) -> None:
    _, problems = loaded(folder, source)
    assert all(problem["kind"] == "load" for problem in problems)


@FUZZ
@given(
    cells=st.lists(st.lists(PIECES, max_size=15).map("".join) | st.text(max_size=20), min_size=1, max_size=3)
)
def test_loading_any_cells_never_raises(folder: str, cells: list[str]) -> None:
    _, problems = ran(folder, *cells)
    assert all(problem["kind"] == "cell" for problem in problems)


def test_what_c_code_imports_for_a_cells_function_is_found(tmp_path):
    # numpy's mean() imports Python code from C, by way of the caller's globals.
    cells = [[1, "import numpy as np"], [2, "def f(x):\n    return float(np.asarray(x).mean())"]]
    submission = {"entry": "solution.ipynb", "files": {}, "cells": cells, "folder": str(tmp_path)}
    module, problems = load(submission)
    assert problems == []
    assert module.f([1.0, 2.0]) == 1.5
    assert "__builtins__" in vars(module)
