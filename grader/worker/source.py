"""Python's own parser and compiler without their warnings, which are the candidate's affair."""

from __future__ import annotations

import ast
import io
import tokenize
import types
import warnings

from .problems import Problem, problem

# What the parser and the compiler raise for source that they cannot take.
REFUSED = (SyntaxError, ValueError, OverflowError, MemoryError, RecursionError)


def parsed(source: str, filename: str) -> ast.Module:
    """The syntax tree. Raises one of `REFUSED`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(source, filename)


def compiled(source: str | ast.Module, filename: str, flags: int = 0) -> types.CodeType:
    """The code object of a module. Raises one of `REFUSED`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        code: types.CodeType = compile(source, filename, "exec", flags=flags, dont_inherit=True)
        return code


def decoded(content: bytes) -> str | Problem:
    """The text of a Python file by PEP 263, or the problem with it."""
    refusal = ""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
    except SyntaxError as error:  # an unknown encoding, or bytes that are not UTF-8
        encoding, refusal = "utf-8", error.msg
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        byte = content[error.start]
        text = f"line {line}: the byte 0x{byte:02x} is not {encoding}; save the file as UTF-8"
        return problem("load", text, line)
    except (ValueError, LookupError) as error:  # a codec that is not for text
        refusal = str(error)
    if refusal:
        return problem("load", f"line 1: {refusal}", 1)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        return problem("load", f"line {line}: the file holds a null byte, so it is not Python source", line)
    return text
