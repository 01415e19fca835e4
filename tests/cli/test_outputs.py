from __future__ import annotations

import os
from pathlib import Path

import click
import pytest

from grader.cli.outputs import Output, Outputs


def parse(value: str) -> Output:
    return Outputs().convert(value, None, None)


@pytest.mark.parametrize(
    ("value", "format_", "name"),
    [
        ("report.json", "json", "report.json"),
        ("report.XML", "junit", "report.XML"),
        ("report.txt", "terminal", "report.txt"),
        ("junit:report.txt", "junit", "report.txt"),
        ("json:report", "json", "report"),
        ("at:noon.json", "json", "at:noon.json"),
    ],
)
def test_the_format_is_told_by_suffix_or_prefix(value: str, format_: str, name: str) -> None:
    assert parse(value) == Output(format_, Path(name))


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("report.pdf", r"should end in \.txt, \.json, \.xml"),
        ("report", "should end in"),
        ("nowhere/report.json", "there is no folder 'nowhere'"),
        ("json:.", "'.' is a folder"),
    ],
)
def test_what_cannot_be_written_is_refused_beforehand(value: str, message: str) -> None:
    with pytest.raises(click.BadParameter, match=message):
        parse(value)


def test_a_report_replaces_the_file_and_leaves_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    target.write_text("old", encoding="utf-8")
    with target.open(encoding="utf-8") as reader:
        Output("json", target).write("né\n")
        assert reader.read() == "old", "whoever was reading sees no half of the new one"
    assert target.read_bytes() == "né\n".encode()
    assert os.listdir(tmp_path) == ["report.json"]


def test_a_report_can_go_to_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        Output("json", pipe).write("text")
        assert os.read(reader, 100) == b"text"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_a_folder_that_went_away_is_an_error_that_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(click.FileError) as caught:
        Output("json", tmp_path / "gone" / "report.json").write("text")
    assert "report.json" in caught.value.format_message()
