"""The starter notebook of a challenge, made from its brief and its starter module."""

from __future__ import annotations

import ast
import itertools
import json


def starter_notebook(brief: str, source: str) -> str:
    """A notebook (nbformat 4.5, as text) with the brief in Markdown cells and the stubs in code cells.

    `brief` is README.md, split before each second-level heading; `source` is starter/solution.py, split
    into what comes before the first function or class (without the module's docstring) and one cell for
    each function or class. Raises SyntaxError if `source` is not Python.
    """
    cells: list[dict[str, object]] = []
    for part in _sections(brief):
        cells.append({"cell_type": "markdown", "id": f"brief-{len(cells) + 1}", **_body(part)})
    for part in _definitions(source):
        code: dict[str, object] = {"execution_count": None, "outputs": []}
        cells.append({"cell_type": "code", "id": f"code-{len(cells) + 1}", **_body(part), **code})
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _body(text: str) -> dict[str, object]:
    return {"metadata": {}, "source": text.splitlines(keepends=True)}


def _sections(brief: str) -> list[str]:
    """Cut before each line that starts with `## `, but not inside a fenced block."""
    parts: list[list[str]] = [[]]
    fenced = False
    for line in brief.splitlines():
        fenced ^= line.lstrip().startswith("```")
        if line.startswith("## ") and not fenced:
            parts.append([])
        parts[-1].append(line)
    return [text for part in parts if (text := "\n".join(part).strip())]


def _definitions(source: str) -> list[str]:
    tree, lines = ast.parse(source), source.splitlines()
    definitions = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    first = 1
    if tree.body and isinstance(head := tree.body[0], ast.Expr) and isinstance(head.value, ast.Constant):
        first = (head.end_lineno or 0) + 1
    starts = [min([node.lineno, *(mark.lineno for mark in node.decorator_list)]) for node in definitions]
    cuts = [first, *starts, len(lines) + 1]
    parts = ["\n".join(lines[start - 1 : end - 1]).strip() for start, end in itertools.pairwise(cuts)]
    return [part for part in parts if part]
