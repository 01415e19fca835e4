"""Inputs of the fuzzer of the decoder, made by the encoder, and how an input becomes a frame.

An input is one byte for the kind, then either a whole frame ("raw"), or a message with its buffers
("framed"): the number of buffers, one byte for the length of each, the buffers, and the JSON tree. Those
get a prefix and a list of lengths that are right, so that what is fuzzed is the decoder behind them.
"""

from __future__ import annotations

import datetime
import json

import numpy as np
import pandas as pd
import scipy.sparse

from grader.worker.wire import Encoder
from grader.worker.wire.frames import MAGIC, PREFIX, padding

RAW, FRAMED = 0, 1
MOST_BUFFERS, LONGEST_BUFFER = 16, 255
_AT = pd.Timestamp("2020-01-01")

VALUES: tuple[object, ...] = (
    [1, 2.5, None, True, "a", [], (1,), {1: [2]}, {3}, frozenset({"x"}), 2**70, b"ab", 1j, range(3)],
    ["x" * 250, [0.5] * 20, [1] * 20, [True] * 20, ["a", "bc"] * 10, [np.float64(1)] * 8],
    [float("nan"), float("inf"), -0.0, {"a": {"b": [1, {"c": None}]}}],
    [np.arange(6.0).reshape(2, 3), np.array(["ab", "c"]), np.array([True]), np.zeros((0, 3))],
    [np.array(["2020"], "M8[s]"), np.array([1, 2], "m8[ns]"), np.float32(1), np.str_("é"), np.bool_(True)],
    [np.array([1 + 2j]), np.arange(4, dtype="u1"), np.array([1.5], "f2")],
    [_AT, _AT.to_pydatetime(), _AT.date(), _AT.tz_localize("Europe/Berlin"), pd.Timedelta(1, "s")],
    [pd.NaT, pd.NA, datetime.timedelta(1, 2, 3)],
    pd.DataFrame({"a": [1, 2], "b": ["x", None], "c": pd.Categorical(["u", "v"]), "d": [1.5, 2]}),
    pd.DataFrame({"a": pd.array([1, None], "Int8"), "b": pd.array(["x", None], "string"), "c": [1, "y"]}),
    pd.DataFrame(np.eye(2), index=pd.MultiIndex.from_product([["a"], [1, 2]]), columns=["x", "y"]),
    pd.Series([_AT.tz_localize("UTC")] * 2, name="s", index=pd.date_range("2020", periods=2)),
    pd.Series([1, 2], index=["p", "q"], name=("a", 1)),
    [pd.Index([1, 2]), pd.RangeIndex(4), pd.CategoricalIndex(["a"], ordered=True)],
    [pd.Series([True, None], dtype="boolean").array, pd.Categorical(["a", None])],
    [scipy.sparse.csr_array(np.eye(3)), scipy.sparse.coo_matrix(np.eye(2)), scipy.sparse.csc_array((2, 2))],
)


def seeds() -> list[bytes]:
    """One input for each value, framed and raw, and a few frames that are none."""
    found = []
    for value in VALUES:
        encoder = Encoder()
        tree = encoder.encode(value)
        buffers = [bytes(memoryview(buffer).cast("B")) for buffer in encoder.buffers]
        found += [pack(tree, buffers), bytes([RAW]) + frame(json.dumps(tree), buffers)]
    return [*found, bytes([RAW]), bytes([RAW]) + MAGIC, bytes([RAW]) + PREFIX.pack(MAGIC, 2, 0) + b"{}"]


def pack(tree: object, buffers: list[bytes]) -> bytes:
    """A framed input."""
    lengths = bytes(len(buffer) for buffer in buffers)
    return bytes([FRAMED, len(buffers)]) + lengths + b"".join(buffers) + json.dumps(tree).encode("utf-8")


def unpack(data: bytes) -> tuple[str, list[bytes]]:
    """The text of the tree and the buffers of a framed input; every byte string has some."""
    number = min(data[1] if len(data) > 1 else 0, MOST_BUFFERS)
    lengths, rest = data[2 : 2 + number], data[2 + number :]
    buffers, start = [], 0
    for length in lengths:
        buffers.append(rest[start : start + length])
        start += length
    return rest[start:].decode("utf-8", "replace"), buffers


def frame(tree: str, buffers: list[bytes]) -> bytes:
    """A frame whose lengths are right, with `tree` as the value of the message, whatever it is."""
    header = b'{"m":{"op":"answer","value":%s},"b":%s}' % (
        tree.encode("utf-8", "replace"),
        json.dumps([len(buffer) for buffer in buffers]).encode(),
    )
    payload = b"".join(buffer + bytes(padding(len(buffer))) for buffer in buffers)
    return PREFIX.pack(MAGIC, len(header), len(payload)) + header + payload


def as_frame(data: bytes) -> bytes:
    """What an input puts on the wire."""
    if data[:1] == bytes([FRAMED]):
        return frame(*unpack(data))
    return data[1:]
