from __future__ import annotations

import io
import json
import os
import stat
import struct
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.errors import SubmissionError
from grader.model import Cell, Submission
from grader.submission import Caps, read

CODE = b"def f1(a, b):\n    return 1.0\n"


def code_cell(source: str, **more: object) -> dict[str, object]:
    return {
        "cell_type": "code",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
        "source": source,
    } | more


def text_cell(source: str) -> dict[str, object]:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def book(*cells: dict[str, object], **more: object) -> bytes:
    content = {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": list(cells)} | more
    return json.dumps(content).encode()


def refused(path: Path, content: bytes | None = None, caps: Caps | None = None) -> str:
    """The message with which reading `path` is refused."""
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SubmissionError) as caught:
        read(path, caps=caps or Caps())
    return str(caught.value)


def zipped(
    path: Path, *members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED
) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def special(name: str, mode: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (mode | 0o644) << 16
    return info


# One Python file


def test_a_python_file_becomes_the_entry_whatever_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "numpy.py").write_bytes(CODE)
    submission = read(tmp_path / "numpy.py")
    assert submission.name == "numpy.py"
    assert (submission.entry, submission.files, submission.cells) == (
        "solution.py",
        (("solution.py", CODE),),
        (),
    )


def test_source_is_read_from_standard_input() -> None:
    submission = read(Path("-"), standard_input=io.BytesIO(CODE))
    assert submission.files == (("solution.py", CODE),)


def test_too_much_standard_input_is_refused() -> None:
    with pytest.raises(SubmissionError, match="standard input has more than 1 MiB"):
        read(Path("-"), standard_input=io.BytesIO(b"#" * (1 << 20) + b"#"))


def test_python_is_never_parsed_while_reading(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"(" * 500_000)
    assert read(tmp_path / "a.py").files[0][1] == b"(" * 500_000


def test_the_digest_depends_on_the_code_and_not_on_the_name(tmp_path: Path) -> None:
    for name, code in (("a.py", CODE), ("b.py", CODE), ("c.py", CODE + b"#")):
        (tmp_path / name).write_bytes(code)
    first, same, other = (read(tmp_path / f"{name}.py").digest for name in "abc")
    assert first == same != other
    assert first.startswith("sha256:")
    assert len(first) == len("sha256:") + 64


def test_a_file_cannot_imitate_two_in_the_digest(tmp_path: Path) -> None:
    for name, content in {
        "a/solution.py": CODE,
        "a/z.py": b"x",
        "b/solution.py": CODE + b"filez.pyx",
    }.items():
        folder(tmp_path, name, content=content)
    assert read(tmp_path / "a").digest != read(tmp_path / "b").digest


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.py", b"", "is empty"),
        ("a.py", b" \n\t\n", "is empty"),
        ("a.py", b"\x7fELF\0\0\0", "is not a Python source file"),
        ("a.py", "x = 1".encode("utf-16"), "UTF-16"),
        ("a.py", b"#" * (1 << 20) + b"#", "1 MiB are allowed"),
        ("a.pdf", b"%PDF", "is a .pdf file. A submission is a .py or .ipynb file"),
        ("a.tar.gz", b"\x1f\x8b", "Pack it as a .zip"),
        ("solution", CODE, "has no extension"),
        ("a.zip", b"not a zip", "is not a sound zip archive"),
        ("a.zip", b"", "is not a sound zip archive"),
    ],
)
def test_a_file_that_cannot_be_graded_is_refused_in_plain_words(
    tmp_path: Path, name: str, content: bytes, expected: str
) -> None:
    message = refused(tmp_path / name, content)
    assert expected in message
    assert str(tmp_path / name) in message


def test_a_wrong_path_suggests_near_names(tmp_path: Path) -> None:
    (tmp_path / "solution.py").write_bytes(CODE)
    assert f"Did you mean {tmp_path / 'solution.py'}?" in refused(tmp_path / "soluton.py")


def test_a_wrong_folder_is_named(tmp_path: Path) -> None:
    assert f"neither does the folder {tmp_path / 'nowhere'}" in refused(tmp_path / "nowhere" / "a.py")


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.py").write_bytes(CODE)
    (tmp_path / "a.py").symlink_to(tmp_path / "secret.py")
    assert "is a symbolic link" in refused(tmp_path / "a.py")


def test_a_named_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.py")
    assert "is not a regular file" in refused(tmp_path / "a.py")


@pytest.mark.parametrize("name", ["a\0b.py", "x" * 300 + ".py"])
def test_an_impossible_path_is_refused(tmp_path: Path, name: str) -> None:
    assert "x" * 200 not in refused(tmp_path / name)


# Notebooks


def test_a_notebook_gives_its_code_cells_numbered_among_all_cells(tmp_path: Path) -> None:
    path = tmp_path / "Homework.ipynb"
    skipped = code_cell("plot()", metadata={"tags": ["skip", "skip"]})
    path.write_bytes(
        book(text_cell("# F1"), code_cell("x = 1"), skipped, code_cell(" "), code_cell("%ls\ny = 2"))
    )
    submission = read(path)
    assert submission.cells == (Cell(2, "x = 1"), Cell(5, "%ls\ny = 2"))
    assert (submission.name, submission.entry, submission.files) == ("Homework.ipynb", "solution.ipynb", ())


def test_only_the_source_of_a_notebook_counts_for_its_digest(tmp_path: Path) -> None:
    html = {"output_type": "display_data", "data": {"text/html": "<script>"}, "metadata": {}}
    attached = text_cell("![](attachment:a.png)") | {"attachments": {"a.png": {"image/png": "AAAA"}}}
    (tmp_path / "a.ipynb").write_bytes(book(text_cell("a"), code_cell("x = 1")))
    (tmp_path / "b.ipynb").write_bytes(
        book(attached, code_cell("x = 1", outputs=[html, 3], execution_count=7))
    )
    (tmp_path / "c.ipynb").write_bytes(book(text_cell("a"), code_cell("x = 2")))
    first, same, other = (read(tmp_path / f"{name}.ipynb").digest for name in "abc")
    assert first == same != other


def test_source_as_a_list_of_lines_is_joined(tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_bytes(book(code_cell("") | {"source": ["x = 1\n", "y = 2"]}))
    assert read(tmp_path / "a.ipynb").cells == (Cell(1, "x = 1\ny = 2"),)


@pytest.mark.parametrize("version", [1, 2, 3])
def test_old_formats_are_upgraded(tmp_path: Path, version: int) -> None:
    text, source = ("text", "code") if version == 1 else ("source", "input")
    code = {"cell_type": "code", source: "x = 1", "outputs": [], "language": "python"}
    cells = [{"cell_type": "text" if version == 1 else "markdown", text: "words"}, code]
    body = {"cells": cells} if version == 1 else {"worksheets": [{"cells": cells}]}
    content = {"nbformat": version, "nbformat_minor": 0, "metadata": {"name": "old"}} | body
    (tmp_path / "a.ipynb").write_text(json.dumps(content))
    assert read(tmp_path / "a.ipynb").cells == (Cell(2, "x = 1"),)


@pytest.mark.parametrize(
    "metadata",
    [
        {},
        {"kernelspec": {"name": "my-environment", "display_name": "Mine"}},
        {"kernelspec": {"name": "python3", "language": "python"}, "language_info": {"name": "python"}},
        {"kernelspec": {"name": "pyodide", "language": "python"}},
    ],
)
def test_python_kernels_are_accepted(tmp_path: Path, metadata: dict[str, object]) -> None:
    (tmp_path / "a.ipynb").write_bytes(book(code_cell("x = 1"), metadata=metadata))
    assert len(read(tmp_path / "a.ipynb").cells) == 1


@pytest.mark.parametrize(
    "metadata",
    [
        {"language_info": {"name": "R"}},
        {"kernelspec": {"name": "x", "language": "julia"}},
        {"kernelspec": {"name": "julia-1.10"}},
        {"kernelspec": {"name": "ir"}},
    ],
)
def test_other_kernels_are_refused(tmp_path: Path, metadata: dict[str, object]) -> None:
    assert "Choose a Python kernel" in refused(
        tmp_path / "a.ipynb", book(code_cell("x <- 1"), metadata=metadata)
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "is empty"),
        (b'{\n "cells": [\n  {]}', "broken JSON at line 3, column 4"),
        (b"\xff\xfe\x00", "is not UTF-8"),
        (b"[1, 2]", "it has no cells"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"cells": [], "a": ' + b"[" * 200_000 + b"]" * 200_000 + b"}", "nested too deeply"),
        (b'{"cells": ' + b"9" * 5000 + b"}", "is not a notebook"),
        (book(), "no code cells"),
        (book(text_cell("x")), "no code cells"),
        (book(code_cell("x", metadata={"tags": ["skip"]})), "no code cells"),
        (book(code_cell("x") | {"source": 3}), "is not a valid notebook"),
        (book(code_cell("x"), cells=[3]), "its cells are no list"),
        (book(code_cell("x"), cells={"a": 1}), "its cells are no list"),
        (book({"cell_type": "trap", "source": ""}), "is not a valid notebook"),
        (book(code_cell("x"), nbformat=True), "format that is known"),
        (book(code_cell("x"), nbformat=99), "format that is known"),
        (book(code_cell("x"), nbformat=3), "is not a valid notebook"),
        (book(code_cell("x = '\ud800'")), "cell 1 that are not Unicode"),
        (book(code_cell("#" * (1 << 20)), code_cell("#")), "more than 1 MiB of code"),
        (book(*[text_cell("")] * 2001), "2001 cells; 2000 are allowed"),
    ],
)
def test_a_notebook_that_cannot_be_graded_is_refused_in_plain_words(
    tmp_path: Path, content: bytes, expected: str
) -> None:
    message = refused(tmp_path / "a.ipynb", content)
    assert expected in message
    assert len(message) < 500


def test_a_notebook_with_huge_outputs_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    with path.open("wb") as stream:
        stream.truncate(300 << 20)  # sparse: neither written nor read
    message = refused(path)
    assert "has 300 MiB; 10 MiB are allowed" in message
    assert "Clear its outputs" in message


# Folders


def folder(root: Path, *names: str, content: bytes = CODE) -> Path:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root


def names(submission: Submission) -> list[str]:
    return [name for name, _ in submission.files]


def test_a_folder_is_read_with_its_helpers_and_data(tmp_path: Path) -> None:
    wanted = ["data/table.csv", "helper.py", "pkg/__init__.py", "solution.py", "weights.npy"]
    others = [
        ".git/config.py", ".venv/a.py", "venv/b.py", "__pycache__/c.py", ".hidden.py", "report.pdf",
        "old.zip", "draft.ipynb", "pkg/notes.ipynb",
    ]  # fmt: skip
    folder(tmp_path, *wanted, *others)
    (tmp_path / "pkg" / "__init__.py").write_bytes(b"")
    submission = read(tmp_path)
    assert names(submission) == wanted
    assert (submission.entry, submission.name) == ("solution.py", tmp_path.name)


def test_the_folder_one_stands_in_has_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder(tmp_path, "solution.py")
    monkeypatch.chdir(tmp_path)
    assert read(Path(".")).name == tmp_path.name


@pytest.mark.parametrize(
    ("present", "entry"),
    [
        (["solution.py", "a.py", "a.ipynb", "b.ipynb"], "solution.py"),
        (["solution.ipynb", "b.ipynb", "a.py"], "solution.ipynb"),
        (["work.ipynb", "a.py", "b.py"], "work.ipynb"),
        (["mine.py", "pkg/helper.py"], "mine.py"),
    ],
)
def test_the_entry_of_a_folder(tmp_path: Path, present: list[str], entry: str) -> None:
    for name in present:
        folder(tmp_path, name, content=book(code_cell("x = 1")) if name.endswith(".ipynb") else CODE)
    submission = read(tmp_path)
    assert submission.entry == entry
    assert bool(submission.cells) == entry.endswith(".ipynb")


@pytest.mark.parametrize(
    ("present", "expected"),
    [
        ([], "holds no solution.py and no notebook"),
        (["a.py", "b.py"], "several Python files (a.py, b.py). Call the one to grade solution.py"),
        (
            ["a.ipynb", "b.ipynb", "c.py"],
            "several notebooks (a.ipynb, b.ipynb). Call the one to grade solution.ipynb",
        ),
        (["deep/solution.py"], "There is deep/solution.py further down"),
        (["solution.py", "Helper.py", "helper.py"], "have the same name"),
        (["solution.py", "a/b/c/d/e/f/g/h/i/j.py"], "more than 8 folders deep"),
        (["solution.py", "a\x1b[31m.py"], r"'a\x1b[31m.py' cannot be used"),
    ],
)
def test_a_folder_that_cannot_be_graded_is_refused_in_plain_words(
    tmp_path: Path, present: list[str], expected: str
) -> None:
    assert expected in refused(folder(tmp_path, *present))


def test_an_empty_entry_in_a_folder_is_named(tmp_path: Path) -> None:
    folder(tmp_path, "solution.py", content=b"")
    assert f"{tmp_path}/solution.py is empty" in refused(tmp_path)


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    folder(tmp_path / "outside", "secret.py", "answers.csv")
    work = folder(tmp_path / "work", "solution.py")
    (work / "helper.py").symlink_to(tmp_path / "outside" / "secret.py")
    (work / "data").symlink_to(tmp_path / "outside")
    (work / "itself").symlink_to(work)
    os.mkfifo(work / "pipe.py")
    assert names(read(work)) == ["solution.py"]


def test_a_link_to_a_folder_is_refused(tmp_path: Path) -> None:
    folder(tmp_path / "work", "solution.py")
    (tmp_path / "link").symlink_to(tmp_path / "work")
    assert "is a symbolic link" in refused(tmp_path / "link")


@pytest.mark.parametrize(
    ("caps", "expected"),
    [
        (Caps(files=2), "holds 3 files; 2 are allowed"),
        (Caps(total=50), "holds more than 50 bytes (helper.py is over the limit)"),
        (Caps(source=10), "helper.py is larger than 10 bytes"),
        (Caps(entries=2), "more than 2 files"),
    ],
)
def test_the_caps_of_a_folder_hold(tmp_path: Path, caps: Caps, expected: str) -> None:
    work = folder(tmp_path / "work", "solution.py", "helper.py", "data.csv")
    assert expected in refused(work, caps=caps)


def test_a_folder_exactly_at_its_caps_is_read(tmp_path: Path) -> None:
    work = folder(tmp_path / "work", "solution.py", "data.csv")
    caps = Caps(files=2, entries=2, source=len(CODE), total=2 * len(CODE))
    assert len(read(work, caps=caps).files) == 2


# Archives


def test_an_archive_reads_like_its_folder(tmp_path: Path) -> None:
    content = {"solution.py": CODE, "helper.py": b"x = 1", "data/table.csv": b"a,b\n"}
    for name, data in content.items():
        folder(tmp_path / "work", name, content=data)
    plain = zipped(tmp_path / "a.zip", *content.items())
    topped = zipped(
        tmp_path / "b.zip",
        ("work/", b""),
        *((f"work/{name}", data) for name, data in content.items()),
        ("work/README.md", b"read me"),
        ("work/.DS_Store", b"\0"),
        ("__MACOSX/task/._solution.py", b"\0"),
        ("work/inner.zip", b"PK"),
    )
    assert read(plain).files == read(topped).files == read(tmp_path / "work").files
    assert read(plain).digest == read(topped).digest == read(tmp_path / "work").digest


def test_a_notebook_in_an_archive_is_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", ("task/work.ipynb", book(code_cell("x = 1"))), ("task/helper.py", CODE))
    submission = read(path)
    assert (submission.entry, submission.cells, names(submission)) == (
        "work.ipynb",
        (Cell(1, "x = 1"),),
        ["helper.py"],
    )


@pytest.mark.parametrize("name", ["../evil.py", "a/../../evil.py", "..\\evil.py"])
def test_an_archive_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    assert "leads out of its folder" in refused(
        zipped(tmp_path / "a.zip", ("solution.py", CODE), (name, CODE))
    )


@pytest.mark.parametrize("name", ["/etc/evil.py", "C:/evil.py", "C:\\evil.py", "\\evil.py"])
def test_an_archive_with_absolute_paths_is_refused(tmp_path: Path, name: str) -> None:
    assert "is an absolute path" in refused(zipped(tmp_path / "a.zip", ("solution.py", CODE), (name, CODE)))


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        (stat.S_IFLNK, "helper.py is a link"),
        (stat.S_IFIFO, "not a regular file"),
        (stat.S_IFCHR, "not a regular file"),
        (stat.S_IFBLK, "not a regular file"),
        (stat.S_IFSOCK, "not a regular file"),
    ],
)
def test_links_and_devices_in_an_archive_are_refused(tmp_path: Path, mode: int, expected: str) -> None:
    path = zipped(tmp_path / "a.zip", ("solution.py", CODE), (special("helper.py", mode), b"/etc/passwd"))
    assert expected in refused(path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_is_in_an_archive_twice_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", ("solution.py", CODE), ("./solution.py", b"x"))
    assert "is in the archive twice" in refused(path)
    path = zipped(tmp_path / "b.zip", ("solution.py", CODE), ("solution.py", b"x"))
    assert "is in the archive twice" in refused(path)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Helper.py", "helper.py", "have the same name"),
        ("caf\u00e9.py", "cafe\u0301.py", "have the same name"),
        ("data.csv", "data.csv/helper.py", "is both a file and a folder"),
    ],
)
def test_names_that_fall_on_one_another_are_refused(
    tmp_path: Path, first: str, second: str, expected: str
) -> None:
    path = zipped(tmp_path / "a.zip", ("solution.py", CODE), (first, b"x"), (second, b"y"))
    assert expected in refused(path)


def test_a_name_in_utf_8_that_is_not_marked_as_such_is_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", ("solution.py", CODE), ("zahlen_XX.csv", b"1"))
    path.write_bytes(path.read_bytes().replace(b"zahlen_XX", "zahlen_ü".encode()))
    assert "zahlen_ü.csv" in names(read(path))


def test_a_name_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", ("solution.py", CODE), ("zahlen_X.csv", b"1"))
    path.write_bytes(path.read_bytes().replace(b"zahlen_X", b"zahlen_\xfc"))
    assert "is not UTF-8" in refused(path)


def test_a_name_with_a_null_byte_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", ("solution.py", CODE), ("helper.pyX.csv", b"1"))
    path.write_bytes(path.read_bytes().replace(b"helper.pyX", b"helper.py\0"))
    assert "cannot be used" in refused(path)


def test_an_encrypted_archive_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", ("solution.py", CODE))
    content = bytearray(path.read_bytes())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert "Pack it without a password" in refused(path, bytes(content))


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_an_unusual_method_is_refused(tmp_path: Path, method: int) -> None:
    assert "unusual method" in refused(zipped(tmp_path / "a.zip", ("solution.py", CODE), method=method))


def test_a_bomb_is_refused_by_what_it_declares(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", ("solution.py", CODE), ("zeros.csv", bytes(40 << 20)))
    assert path.stat().st_size < 100_000
    assert "holds 40 MiB unpacked; 20 MiB are allowed" in refused(path)


def test_a_bomb_that_declares_less_is_never_unpacked_further(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", ("solution.py", CODE), ("zeros.csv", bytes(40 << 20)))
    lie = path.read_bytes().replace(struct.pack("<L", 40 << 20), struct.pack("<L", 1000))
    assert "is not a sound zip archive" in refused(path, lie)


def test_a_bomb_by_count_is_refused_before_its_directory_is_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", *((f"{number}.txt", b"") for number in range(50)))
    assert "holds 50 files; 40 are allowed" not in refused(path, caps=Caps(entries=40, files=40))
    assert "more than 40 files" in refused(path, caps=Caps(entries=40))


def test_too_many_files_in_an_archive_are_refused(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "a.zip", ("solution.py", CODE), *((f"{number}.txt", b"") for number in range(200))
    )
    assert "holds 201 files; 200 are allowed" in refused(path)


def test_a_damaged_archive_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", ("solution.py", CODE), method=zipfile.ZIP_STORED)
    assert "is not a sound zip archive" in refused(path, path.read_bytes().replace(b"return", b"retrun"))


def test_an_archive_within_an_archive_is_not_opened(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", ("solution.py", CODE)).read_bytes()
    assert "holds no solution.py" in refused(zipped(tmp_path / "a.zip", ("inner.zip", inner)))


# Anything at all

FUZZ = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


def read_or_refuse(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with suppress(SubmissionError):
        assert read(path).digest.startswith("sha256:")


@FUZZ
@given(content=st.binary(max_size=400), suffix=st.sampled_from([".py", ".ipynb", ".zip"]))
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes, suffix: str) -> None:
    read_or_refuse(tmp_path / f"a{suffix}", content)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["code", "python"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["cells", "worksheets", "metadata", "source", "input", "cell_type", "language", "tags"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)
CELL = st.fixed_dictionaries(
    {"cell_type": st.sampled_from(["code", "markdown", "heading", "raw", 3])},
    optional=dict.fromkeys(("source", "input", "metadata", "outputs", "language", "level"), JSON),
)


@FUZZ
@given(
    content=st.fixed_dictionaries(
        {"nbformat": st.sampled_from([1, 2, 3, 4, 5, "4"])},
        optional={
            "cells": st.lists(CELL, max_size=3) | JSON,
            "worksheets": st.lists(st.fixed_dictionaries({"cells": st.lists(CELL, max_size=3)}), max_size=2)
            | JSON,
            "metadata": JSON,
            "nbformat_minor": JSON,
        },
    )
)
def test_any_json_is_read_or_refused(tmp_path: Path, content: object) -> None:
    read_or_refuse(tmp_path / "a.ipynb", json.dumps(content).encode())


@FUZZ
@given(data=st.data())
def test_any_damage_to_an_archive_is_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    path = zipped(tmp_path / "a.zip", ("solution.py", CODE), ("data/table.csv", b"1,2\n" * 50))
    content = bytearray(path.read_bytes())
    places = st.integers(0, len(content) - 1)
    for place, value in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), min_size=1, max_size=6)):
        content[place] = value
    read_or_refuse(
        path,
        bytes(content[: data.draw(st.integers(0, len(content)))] if data.draw(st.booleans()) else content),
    )
