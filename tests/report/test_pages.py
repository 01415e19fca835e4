"""Markdown, HTML and CSV: opened by real parsers, with candidates' text in every place it can reach."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pandas as pd
import pytest
from markdown_it import MarkdownIt

from grader.model import CallShown, CheckResult, Problem, Report, Status, ValueShown, Verdict
from grader.report import render
from grader.report.redact import view
from grader.report.table import rows

Samples = Mapping[str, Callable[[], Report]]
CANARY = "canary"
HOSTILE = [
    "<script>document.title='canary'</script>",
    "<img src=x onerror=\"document.title='canary'\">",
    "</pre><script>document.title='canary'</script>",
    "](javascript:alert(1)) ![x](http://192.0.2.1/canary.png) <http://192.0.2.1>",
    "```\n# canary\n```\n````text\n<b>canary</b>",
    "@everyone #1 GH-1 www.example.com a_b*c*d ~~x~~ | a | b |",
    '=HYPERLINK("http://192.0.2.1","canary")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "  =1+1",
    "::error::canary",
    "::add-mask::a",
    "##[error]canary",
    "a\x00b\x1b[31mred\u202egnp.exe\u200b\ud800",
    "&lt;script&gt; &amp; \"quotes\" 'and' <!-- --> ]]>",
    "x" * 100_000,
]


def planted(report: Report, text: str) -> Report:
    """The report with `text` wherever a candidate's words can stand."""

    def with_text(result: CheckResult) -> CheckResult:
        outcome = replace(result.outcome, verdict=Verdict.ERROR, candidate_text=text, staff_text=text)
        if result.check.suite == "visible":
            shown = ValueShown(text, text, text, (text,), (text,), ((text,),), ((0, 0),))
            both = CallShown(text, (shown,), (shown,), expected=(shown,))
            outcome = replace(
                outcome, calls=(both, CallShown(text, (), (), text, (text,)), replace(both, call=""))
            )
        return replace(result, outcome=outcome)

    return replace(
        report,
        submission=text,
        status=Status.FAILED,
        checks=tuple(map(with_text, report.checks)),
        problems=(Problem("load", text, 1, 2), Problem("cell", text), Problem("missing", text)),
        infrastructure="",
    )


@pytest.fixture(
    params=range(len(HOSTILE)), ids=lambda number: HOSTILE[number][:20].encode("ascii", "replace").decode()
)
def hostile(request: pytest.FixtureRequest, samples: Samples) -> Report:
    return planted(samples["metrics-passing"](), HOSTILE[request.param])


class Elements(HTMLParser):
    """Every tag with its attributes, and the text outside of style."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def shape(source: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(tag, tuple(sorted(attributes))) for tag, attributes in Elements(source).tags]


@pytest.mark.parametrize("audience", ["candidate", "staff"])
def test_no_words_change_the_elements_of_a_page(hostile: Report, samples: Samples, audience: Any) -> None:
    plain = planted(samples["metrics-passing"](), "plain words")
    assert shape(render(hostile, "html", audience)) == shape(render(plain, "html", audience))


def test_a_page_loads_nothing_and_runs_nothing(sample: Report) -> None:
    for audience in ("candidate", "staff"):
        page = Elements(render(sample, "html", audience))  # type: ignore[arg-type]
        assert not {tag for tag, _ in page.tags} & {"script", "img", "link", "iframe", "object", "a", "form"}
        assert not [
            name
            for _, attributes in page.tags
            for name in attributes
            if name.startswith(("on", "src", "href"))
        ]
        policies = [a["content"] for tag, a in page.tags if tag == "meta" and "http-equiv" in a]
        assert policies
        assert str(policies[0]).startswith("default-src 'none'")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs chromium")
def test_a_browser_shows_hostile_words_and_runs_none(samples: Samples, tmp_path) -> None:
    page = tmp_path / "report.html"
    page.write_text(
        render(planted(samples["metrics-passing"](), "\n".join(HOSTILE[:6])), "html", "staff"),
        encoding="utf-8",
    )
    options = "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-sync --no-first-run --dump-dom"
    run = subprocess.run(
        ["chromium", *options.split(), f"--user-data-dir={tmp_path / 'profile'}", page.as_uri()],
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert "<title>Fill the holes" in run.stdout
    assert "document.title='canary'" in run.stdout  # the words are there
    assert "<title>canary" not in run.stdout


def tokens(source: str) -> Iterator[Any]:
    for token in MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(source):
        yield token
        yield from token.children or ()


@pytest.mark.parametrize("audience", ["candidate", "staff"])
def test_no_words_change_the_structure_of_markdown(hostile: Report, samples: Samples, audience: Any) -> None:
    plain = planted(samples["metrics-passing"](), "plain words")
    wanted = [token.type for token in tokens(render(plain, "markdown", audience))]
    found = list(tokens(render(hostile, "markdown", audience)))
    assert [token.type for token in found] == wanted
    assert not {"html_inline", "html_block", "image", "link_open"} & {token.type for token in found}


@pytest.mark.parametrize("audience", ["candidate", "staff"])
def test_a_spreadsheet_finds_a_row_for_each_result_and_no_formula(hostile: Report, audience: Any) -> None:
    source = render(hostile, "csv", audience)
    table = pd.read_csv(io.StringIO(source), dtype=str, keep_default_na=False)
    expected = list(rows(view(hostile, audience)))
    assert len(table) == len(expected) == len(hostile.checks) + len(hostile.metrics)
    assert list(table["title"]) == [row.title for row in expected]
    for cell in table.to_numpy().ravel():
        assert not cell.lstrip(" \t'\"" if not cell.startswith("'") else "").startswith(
            ("=", "+", "-", "@", "|")
        )
    assert list(table["points"]) == [row.points for row in expected]


@pytest.mark.parametrize("format", ["markdown", "html", "csv"])
def test_a_log_that_shows_it_gives_no_command(hostile: Report, format: str) -> None:
    for line in render(hostile, format, "staff").splitlines():
        assert not line.lstrip().startswith("::")
        assert "##[" not in line


@pytest.mark.parametrize("format", ["markdown", "html", "csv"])
def test_what_the_candidate_may_not_see_is_not_there(samples: Samples, format: str) -> None:
    secret = "expected 0.123456789"
    report = samples["several-failures"]()
    checks = tuple(
        replace(one, outcome=replace(one.outcome, staff_text=secret)) if one.check.suite == "hidden" else one
        for one in report.checks
    )
    report = replace(report, checks=checks, seed="feed" * 8)
    assert secret.split()[1] in render(report, format, "staff").replace("\\", "")
    shown = render(report, format, "candidate").replace("\\", "")
    assert secret.split()[1] not in shown
    assert "feedfeed" not in shown


def test_an_infrastructure_failure_is_not_shown_as_a_zero(samples: Samples) -> None:
    report = samples["infrastructure"]()
    assert "not graded" in render(report, "markdown", "candidate")
    assert "Not graded" in render(report, "html", "candidate")
    assert len(render(report, "csv", "candidate").splitlines()) == 1
    for format in ("markdown", "html"):
        assert "points" not in render(report, format, "candidate").partition("</style>")[2]
