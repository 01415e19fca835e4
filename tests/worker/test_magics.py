from __future__ import annotations

import ast
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.worker.magics import cell_magic, neutralise


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("%matplotlib inline", "pass"),
        ("%load_ext autoreload", "pass"),
        ("!pip install numpy 'it's", "pass"),
        ("!!ls", "pass"),
        ("pip install numpy", "pass"),
        ("?len", "pass"),
        ("len?", "pass"),
        ("np.dot??", "pass"),
        ("%time?", "pass"),
        ("%time f(1)", "f(1)"),
        ("%time x = f(1)", "x = f(1)"),
        ("%timeit -n 10 -r3 f(1)", "f(1)"),
        ("%timeit -q -o -f", "-f"),
        ("%time", "pass"),
        ("%time !ls", "pass"),
        ("x = !ls -l", "x = None"),
        ("a, b = !ls", "a, b = None"),
        ("x = %time f(1)", "x = f(1)"),
        ("x = %timeit -o f(1)", "x = f(1)"),
        ("x = %pwd", "x = None"),
        ("x['a'] = !ls = 3", "x['a'] = None"),
    ],
)
@pytest.mark.parametrize(
    "frame", ["{}", "a = 1\n{}\nb = 2", "if a:\n    {}\nb = 2", "try:\n  {}\nfinally:\n  a"]
)
def test_a_magic_line_is_made_harmless_in_its_place(line: str, plain: str, frame: str) -> None:
    assert neutralise(frame.format(line)) == frame.format(plain)


def test_a_command_over_several_lines_goes_whole() -> None:
    assert neutralise("!pip install \\\n  numpy \\\n  pandas\nx = 1") == "pass\n\n\nx = 1"


def test_only_the_failing_line_is_changed() -> None:
    source = "%matplotlib inline\ntext = '''\n%kept\n!kept\nkept?\n'''\n%time f()\n"
    assert neutralise(source) == source.replace("%matplotlib inline", "pass").replace("%time f()", "f()")


@pytest.mark.parametrize(
    "source",
    [
        "'''\n%time f()\n!ls\n'''",
        "x = (a\n%b)",
        "x = a \\\n%b",
        "print('100%')\n# !ls\n# %time\n",
        "x = a % time",
        "x = a != b",
    ],
)
def test_valid_python_is_never_altered(source: str) -> None:
    ast.parse(source)
    assert neutralise(source) == source


@pytest.mark.parametrize(
    "source", ["x = = 1", "y = (a\n% b", "x = 1 +", "if x:\n%time\n  y", "f(", "'''\n%time"]
)
def test_an_error_that_is_no_magic_stays_an_error(source: str) -> None:
    with pytest.raises(SyntaxError):
        ast.parse(neutralise(source))


def test_many_magic_lines_end() -> None:
    assert neutralise("%a\n" * 150) == "pass\n" * 150
    neutralise("%a\n" * 300)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("%%time\nx = 1", ("time", "", "\nx = 1")),
        ("\n\n%%timeit -n 10\nx = 1\n", ("timeit", "-n 10", "\n\n\nx = 1\n")),
        ("%%writefile  helper.py \nx = 1", ("writefile", "helper.py", "\nx = 1")),
        ("%%html", ("html", "", "\n")),
    ],
)
def test_a_cell_magic_is_split_from_its_cell(source: str, expected: tuple[str, str, str]) -> None:
    assert cell_magic(source) == expected


@pytest.mark.parametrize(
    "source", ["x = 1", "%time x", "# c\n%%time", "x = '''\n%%time\n'''", "%%", "%% cell"]
)
def test_other_cells_have_no_cell_magic(source: str) -> None:
    assert cell_magic(source) is None


@given(st.text(alphabet="%!?x= \n'\"()\\#:", max_size=40))
def test_line_numbers_are_kept(source: str) -> None:
    source = textwrap.dedent(source)
    assert neutralise(source).count("\n") == source.count("\n")
