"""The documentation says what is there: commands, options, links, variables, and examples that run."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import asdict
from html import unescape
from pathlib import Path

import click
import pytest
from tests_sandboxes import usable

import grader
from grader.bank import Bank
from grader.checks.lint import lint
from grader.cli.main import command
from grader.manifest import ChallengeManifest
from grader.model import Limits, Status, Verdict
from grader.seeds import parse_seed

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = [*ROOT.glob("*.md"), *sorted(path for path in DOCS.rglob("*.md") if "_build" not in path.parts)]
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
BLOCK = re.compile(
    r"^```(?:\{code-block\} )?(\w+)\n(?::caption: (\S+)\n\n)?(.*?)^```$", re.MULTILINE | re.DOTALL
)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
DECISION_PARTS = ["**Status:**", "## Context", "## Decision", "## Consequences"]

every_page = pytest.mark.parametrize("page", PAGES, ids=NAMES)


def blocks(page: Path, language: str) -> list[tuple[str, str]]:
    """(caption, content) of the page's code blocks in a language; without a caption it is empty."""
    found = BLOCK.findall(page.read_text(encoding="utf-8"))
    return [(caption, content) for name, caption, content in found if name == language]


def commands(group: click.Group, *path: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command below a group with its full name; groups too."""
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found is not None
        yield (*path, name), found
        if isinstance(found, click.Group):
            yield from commands(found, *path, name)


COMMANDS = dict(commands(command))


def typed(page: Path) -> list[list[str]]:
    """The words of each line that a reader is told to type."""
    lines = [line for _, block in blocks(page, "console") for line in block.splitlines()]
    return [shlex.split(line.removeprefix("$ ")) for line in lines if line.startswith("$ ")]


def accept(words: list[str]) -> None:
    """Raise click's own error for a command line that it would not take."""
    found: click.Command = command
    while isinstance(found, click.Group) and words:
        context = click.Context(found)
        _, following, words = found.resolve_command(context, words)
        assert following is not None
        found = following
    found.make_context("grader", list(words))


def heading_anchors(page: Path) -> set[str]:
    lines = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line.lower()).strip().replace(" ", "-") for line in lines}


# Commands.


@pytest.mark.parametrize("name", COMMANDS, ids=" ".join)
def test_every_command_and_option_has_help(name: tuple[str, ...]) -> None:
    found = COMMANDS[name]
    assert found.help
    options = [one for one in found.params if isinstance(one, click.Option)]
    assert [one.name for one in options if not one.help] == []


@every_page
def test_command_lines_are_ones_that_the_program_takes(page: Path) -> None:
    for words in typed(page):
        if Path(words[0]).name == "grader":
            accept(words[1:])


@every_page
def test_other_lines_to_type_name_things_that_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for words in typed(page):
        if words[0] == "make":
            assert set(words[1:]) <= targets
        if words[0].startswith("scripts/"):
            assert (ROOT / words[0]).is_file()


@every_page
def test_commands_in_the_text_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    known = {name[0] for name in COMMANDS}
    assert {word for word in re.findall(r"`grader ([a-z]\w*)", text) if word not in known} == set()


def test_a_command_line_with_an_unknown_option_is_noticed() -> None:
    with pytest.raises(click.UsageError):
        accept(["grade", "f1-by-hand", "solution.py", "--faster"])
    with pytest.raises(click.UsageError):
        accept(["image", "paint"])


# Links and names.


@every_page
def test_relative_links_lead_to_files(page: Path) -> None:
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        if "://" in link or link.startswith("mailto:"):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not anchor or anchor in heading_anchors(target), link


@every_page
def test_files_named_in_the_text_exist(page: Path) -> None:
    """Paths below the repository's own folders that stand between backticks."""
    text = BLOCK.sub("", page.read_text(encoding="utf-8"))
    folders = "docs|tests|scripts|schemas|requirements|docker"
    for name in re.findall(rf"`((?:{folders})/[\w./*-]+|grader/[\w/]+\.py)`", text):
        assert next(ROOT.glob(name.rstrip("/")), None) or name.startswith("docs/_build/"), name


def test_every_variable_of_the_grader_is_described() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "grader").rglob("*.py"))
    used = set(re.findall(r"\"(GRADER_[A-Z_]+)\"", sources))
    described = (DOCS / "reference" / "environment.md").read_text(encoding="utf-8")
    assert used
    assert {name for name in used if f"`{name}`" not in described} == set()


def test_every_challenge_is_in_the_table_of_the_readme() -> None:
    rows = [
        f"| {one.question or ''} | [{one.slug}](challenges/{one.slug}/README.md) | {one.title} | "
        f"{one.difficulty} | {one.minutes} | {', '.join(one.requires)} |"
        for one in Bank.default().all()
    ]
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| \d* \| \[.*$", text, re.MULTILINE) == rows


def test_decisions_are_numbered_and_have_their_parts() -> None:
    pages = sorted((DOCS / "decisions").glob("*.md"))
    for number, page in enumerate(pages, 1):
        text = page.read_text(encoding="utf-8")
        assert page.name.startswith(f"{number:04d}-")
        assert text.startswith(f"# {number}. ")
        assert [text.count(part) for part in DECISION_PARTS] == [1, 1, 1, 1], page.name


# Examples.


def test_the_example_of_challenge_toml_is_valid() -> None:
    [(_, text)] = blocks(DOCS / "reference" / "challenge-toml.md", "toml")
    ChallengeManifest.model_validate(tomllib.loads(text))


def test_the_defaults_of_challenge_toml_are_those_of_the_code() -> None:
    text = (DOCS / "reference" / "challenge-toml.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `limits\.(\w+)` \| (\d+) \|$", text, re.MULTILINE))
    assert {key: float(value) for key, value in rows.items()} == asdict(Limits())


@every_page
def test_python_in_the_text_imports_what_exists(page: Path) -> None:
    for _, source in blocks(page, "python"):
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("grader"):
                module = importlib.import_module(str(node.module))
                assert [alias.name for alias in node.names if not hasattr(module, alias.name)] == []


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A folder with the files of the authors' guide: `bank/` and the scripts beside it."""
    page = DOCS / "guides" / "authors.md"
    for language in ("toml", "markdown", "python"):
        for caption, content in blocks(page, language):
            top = tmp_path / "bank" if caption.startswith(("challenges/", "solutions/")) else tmp_path
            (top / caption).parent.mkdir(parents=True, exist_ok=True)
            (top / caption).write_text(content, encoding="utf-8")
    return tmp_path


def run(script: Path, *arguments: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, str(script), *arguments],
        cwd=script.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_authors_example_passes_the_linter(written: Path) -> None:
    files = [*written.glob("bank/challenges/*/checks/*/*.py")]
    assert len(files) == 3
    assert [str(finding) for path in files for finding in lint(path)] == []


@pytest.mark.parametrize("number", range(3))
def test_the_authors_example_passes_the_right_and_fails_the_wrong(written: Path, number: int) -> None:
    solutions = written / "bank" / "solutions" / "robust-line"
    with grader.Session(bank=Bank.at(written / "bank"), sandbox="process") as session:
        right = session.grade("robust-line", solutions / "reference.py", seed=parse_seed(str(number)))
        wrong = session.grade(
            "robust-line", solutions / "wrong_least_squares.py", seed=parse_seed(str(number))
        )
    assert (right.status, right.points) == (Status.PASSED, right.points_possible)
    assert wrong.status is Status.FAILED
    failed = [result for result in wrong.checks if result.outcome.verdict is not Verdict.PASSED]
    assert failed == []  # only the metric tells
    assert [metric.passed for metric in wrong.metrics] == [False]


@pytest.mark.slow
@pytest.mark.bubblewrap
def test_the_authors_example_is_proven(written: Path) -> None:
    """The guide to the letter: new, replace every file, update, check."""
    usable("bubblewrap")
    bank, scratch = written / "bank", written / "made" / "bank"
    name = "challenges/robust-line"
    words = next(words for words in typed(DOCS / "guides" / "authors.md") if words[1:3] == ["bank", "new"])
    main = [sys.executable, "-m", "grader"]
    place = {"cwd": scratch.parent, "env": {**os.environ, "PYTHONPATH": str(ROOT)}, "check": True}
    scratch.parent.mkdir()
    subprocess.run([*main, *words[1:]], **place)
    for made in ("checks/hidden/test_fit_line.py",):
        (scratch / name / made).unlink()
    for made in (scratch / "solutions" / "robust-line").iterdir():
        made.unlink()
    shutil.copytree(bank, scratch, dirs_exist_ok=True)
    options = ["robust-line", "--bank", "bank", "--sandbox", "bubblewrap", "--no-progress"]
    subprocess.run([*main, "bank", "update", *options], **place)
    done = subprocess.run(
        [*main, "bank", "check", *options], **{**place, "check": False}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.bubblewrap
def test_the_script_for_a_class_grades_one(tmp_path: Path) -> None:
    usable("bubblewrap")
    scripts = dict(blocks(DOCS / "guides" / "courses-and-ci.md", "python"))
    (tmp_path / "grade_class.py").write_text(scripts["grade_class.py"], encoding="utf-8")
    for folder in ("in", "out"):
        (tmp_path / folder).mkdir()
    solutions = Bank.default().solutions / "f1-by-hand"
    (tmp_path / "in" / "ada.py").write_bytes((solutions / "reference.py").read_bytes())
    (tmp_path / "in" / "bob.py").write_bytes((solutions / "wrong_swapped.py").read_bytes())
    (tmp_path / "in" / "cyd.py").write_bytes(b"")
    # No engine answers there, so that the sandbox is the embedded one.
    run(tmp_path / "grade_class.py", "f1-by-hand", "in", "out", DOCKER_HOST="unix:///nonexistent/docker.sock")
    rows = (tmp_path / "out" / "grades.csv").read_text().splitlines()
    assert rows[:2] == ["student,status,points", "ada,passed,55.0"]
    assert rows[2].startswith("bob,failed,")
    assert rows[3].startswith("cyd,unreadable:")
    assert (tmp_path / "out" / "ada.txt").is_file()


# The built pages.


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if importlib.util.find_spec("sphinx") is None:
        pytest.skip("sphinx is not installed")
    folder = tmp_path_factory.mktemp("html")
    sphinx = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-E", "-d", str(folder / "trees")]
    done = subprocess.run([*sphinx, str(DOCS), str(folder)], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return folder


def text_of(page: Path) -> str:
    body = page.read_text(encoding="utf-8").partition("<article")[2].partition("</article")[0]
    return unescape(re.sub(r"<[^>]+>", "", body))


@pytest.mark.slow
def test_the_built_reference_has_every_command_and_option(html: Path) -> None:
    text = text_of(html / "reference" / "commands.html")
    for name, found in COMMANDS.items():
        usage = text.partition(f"grader {' '.join(name)} ")[2]
        section = usage.partition("Usage")[0]
        assert usage, name
        for option in found.params:
            assert all(word in section for word in option.opts if word.startswith("--")), (name, option.opts)


@pytest.mark.slow
def test_the_built_reference_has_every_field_of_the_report(html: Path) -> None:
    schema = json.loads((ROOT / "schemas" / "grader-result-v1.schema.json").read_text())
    text = text_of(html / "reference" / "report.html")
    for name, definition in schema["$defs"].items():
        if "properties" not in definition:
            continue
        section = text.partition(f"\n{name}")[2]
        assert section, name
        rows = section.replace(" (optional)\n", "\n")
        assert [field for field in definition["properties"] if f"\n{field}\n" not in rows] == []
