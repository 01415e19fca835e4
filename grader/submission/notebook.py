"""A notebook as a submission: the source of its code cells and nothing else.

Outputs, attachments and metadata are dropped before anything looks at them. nbformat
upgrades old formats and validates; nothing of Jupyter runs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from grader.errors import SubmissionError
from grader.model import Cell
from grader.submission.caps import Caps, size
from grader.submission.naming import shown

SKIP = "skip"
CURRENT = 4
SAVE = "Save it from Jupyter again."
OTHER_KERNEL = "Choose a Python kernel and save it again."
# Kernels that some programs name without naming the language.
OTHER_KERNELS = ("ir", "julia", "bash", "javascript", "deno", "xcpp", "octave", "sagemath")


def cells(content: bytes, where: str, caps: Caps) -> tuple[Cell, ...]:
    """The code cells in order, numbered among all cells from 1; those tagged `skip` left out.

    Raises SubmissionError: too big, broken JSON (with line and column), no notebook, not a
    Python one, no code.
    """
    if len(content) > caps.notebook:
        limit = f"is larger than {size(caps.notebook)}, the limit for a notebook"
        raise _refusal(where, limit, "Clear its outputs and save it again.")
    book = _parse(content, where)
    _refuse_other_languages(book, where)
    found = tuple(_code(_current(book, where, caps), where))
    if not found:
        raise SubmissionError(f"{where} has no code cells (those tagged '{SKIP}' do not count).")
    if sum(len(cell.source) for cell in found) > caps.source:
        raise SubmissionError(f"{where} holds more than {size(caps.source)} of code, which is the limit.")
    return found


def _parse(content: bytes, where: str) -> dict[str, Any]:
    if not content.strip():
        raise SubmissionError(f"{where} is empty. Save your notebook and try again.")
    try:
        book = json.loads(content.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}: {error.msg}"
        raise _refusal(where, f"is not a notebook: broken JSON at {place}") from None
    except UnicodeDecodeError:
        raise _refusal(where, "is not UTF-8 text") from None
    except RecursionError:
        raise _refusal(where, "is nested too deeply for a notebook") from None
    except ValueError as error:  # an integer of thousands of digits
        raise SubmissionError(f"{where} is not a notebook: {shown(error)}.") from None
    if not isinstance(book, dict) or not ("cells" in book or "worksheets" in book):
        raise SubmissionError(f"{where} is JSON but not a notebook: it has no cells.")
    return book


def _refuse_other_languages(book: dict[str, Any], where: str) -> None:
    """Refuse a notebook that says its language or its kernel is not Python."""
    metadata = _mapping(book.get("metadata"))
    kernel = _mapping(metadata.get("kernelspec"))
    said = [
        _mapping(metadata.get("language_info")).get("name"),
        _mapping(metadata.get("kernel_info")).get("language"),
        kernel.get("language"),
    ]
    for language in said:
        if isinstance(language, str) and language and not language.lower().startswith(("python", "ipython")):
            raise _refusal(where, f"is a notebook in {shown(language)}", OTHER_KERNEL)
    name = kernel.get("name")
    if isinstance(name, str) and not any(said) and name.lower().split("-")[0] in OTHER_KERNELS:
        raise _refusal(where, f"is for the kernel {shown(name)}", OTHER_KERNEL)


def _current(book: dict[str, Any], where: str, caps: Caps) -> dict[str, Any]:
    """The notebook in the current format, reduced to what is read here, valid by nbformat's schema."""
    # Imported here: it takes a good part of a second that grading a .py should not pay.
    import nbformat

    version = book.get("nbformat")
    if type(version) is not int or not 1 <= version <= CURRENT:
        raise _refusal(where, f"does not say a notebook format that is known (1 to {CURRENT})")
    try:
        if version < CURRENT:
            old = nbformat.from_dict(_reduced_old(book, where, caps))  # type: ignore[no-untyped-call]
            if version == CURRENT - 1:  # nbformat has no schema for older ones
                nbformat.validate(old, relax_add_props=True)
            book = nbformat.convert(old, CURRENT)  # type: ignore[no-untyped-call]
        reduced = _reduced(book, where, caps)
        nbformat.validate(reduced, relax_add_props=True)
    except (nbformat.ValidationError, ValueError, LookupError, TypeError, AttributeError) as error:
        reason = shown(getattr(error, "message", None) or error)
        raise _refusal(where, f"is not a valid notebook: {reason}") from None
    except RecursionError:
        raise _refusal(where, "is nested too deeply for a notebook") from None
    return reduced


def _reduced(book: dict[str, Any], where: str, caps: Caps) -> dict[str, Any]:
    cells: list[dict[str, Any]] = []
    for number, cell in enumerate(_cells(book.get("cells"), where, caps), start=1):
        kind = cell.get("cell_type")
        tags = _mapping(cell.get("metadata")).get("tags")
        skipped = isinstance(tags, list) and SKIP in tags
        kept = {"id": f"cell-{number}", "cell_type": kind, "metadata": {"tags": [SKIP] if skipped else []}}
        if kind == "code":
            cells.append(kept | {"source": cell.get("source"), "outputs": [], "execution_count": None})
        else:
            cells.append(kept | {"source": ""})
    return {"nbformat": CURRENT, "nbformat_minor": 5, "metadata": {}, "cells": cells}


def _reduced_old(book: dict[str, Any], where: str, caps: Caps) -> dict[str, Any]:
    """Formats 1 to 3: cells in worksheets or (format 1) at the top, code under `input`."""
    sheets = book.get("worksheets", [{"cells": book.get("cells")}])
    if not isinstance(sheets, list) or not all(isinstance(sheet, dict) for sheet in sheets):
        raise _refusal(where, "is not a valid notebook: its worksheets are no list")
    version = book["nbformat"]
    cells: list[dict[str, Any]] = []
    for cell in (cell for sheet in sheets for cell in _cells(sheet.get("cells"), where, caps)):
        if cell.get("cell_type") == "code":
            cells.append(_old_code(cell, "code" if version == 1 else "input", where))
        elif version == 1:
            cells.append({"cell_type": "text", "text": ""})
        else:
            cells.append({"cell_type": "markdown", "metadata": {}, "source": ""})
    reduced = {"nbformat": version, "nbformat_minor": 0, "metadata": {"name": ""}}
    if version == 1:
        return reduced | {"cells": cells}
    return reduced | {"worksheets": [{"metadata": {}, "cells": cells}]}


def _old_code(cell: dict[str, Any], key: str, where: str) -> dict[str, Any]:
    language = cell.get("language", "python")
    if language != "python":
        raise SubmissionError(f"{where} has a cell in {shown(language)}. Only Python can be graded.")
    source = cell.get(key)
    if not isinstance(source, str | list):
        raise _refusal(where, "is not a valid notebook: a code cell has no source")
    code = {"cell_type": "code", "language": "python", "collapsed": False, "outputs": [], "metadata": {}}
    return code | {key: source}


def _cells(value: object, where: str, caps: Caps) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(cell, dict) for cell in value):
        raise _refusal(where, "is not a valid notebook: its cells are no list")
    if len(value) > caps.cells:
        raise SubmissionError(f"{where} has {len(value)} cells; {caps.cells} are allowed.")
    return value


def _code(book: dict[str, Any], where: str) -> Iterator[Cell]:
    for number, cell in enumerate(book["cells"], start=1):
        source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
        if cell["cell_type"] != "code" or SKIP in cell["metadata"]["tags"] or not source.strip():
            continue
        if any("\ud800" <= character <= "\udfff" for character in source):
            raise _refusal(where, f"has characters in cell {number} that are not Unicode", "Type them again.")
        yield Cell(number, source)


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _refusal(where: str, what: str, advice: str = SAVE) -> SubmissionError:
    return SubmissionError(f"{where} {what}. {advice}")
