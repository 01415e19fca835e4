"""The decoder answers hostile trees and buffers with ProtocolError, quickly, and nothing else."""

from __future__ import annotations

import copy
import json
import random
import time
import tracemalloc
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
import scipy.sparse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.worker.wire import Bounds, Decoder, Encoder, ProtocolError
from grader.worker.wire.coding import DECODERS

Tag = dict[str, object]
AT = pd.Timestamp("2020-01-01")


def i4(*numbers: int) -> memoryview:
    return memoryview(bytearray(np.array(numbers, "<i4").tobytes()))


def array(number: int, length: int, kind: str = "i4") -> Tag:
    return {"t": "array", "d": kind, "s": [length], "b": number}


def frame(**changes: object) -> Tag:
    tag = {
        "t": "frame",
        "index": {"t": "rangeindex", "v": [0, 2, 1], "name": None},
        "columns": {"t": "rangeindex", "v": [0, 2, 1], "name": None},
        "v": [array(0, 2), array(1, 2)],
    }
    return {**tag, **changes}


def csr(*numbers: object) -> Tag:
    pointers, indices = numbers
    parts = [array(0, 2, "f4"), array(1, len(pointers)), array(2, len(indices))]  # type: ignore[arg-type]
    return {"t": "sparse", "f": "csr", "array": True, "s": [2, 3], "v": parts}


def refused(tree: object, *buffers: bytes | memoryview) -> None:
    with pytest.raises(ProtocolError) as caught:
        Decoder([memoryview(buffer) for buffer in buffers]).decode(tree)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("tree", [
    {}, {"t": 1}, {"t": []}, {"t": "nothing"}, {"t": "float"}, {"t": "float", "v": "1.5"},
    {"t": "float", "v": [1]}, {"t": "float", "v": "nan", "x": 1},
    2**63, -(2**63) - 1, float("nan"), float("inf"), "\ud800", ("a",), {"t": "int", "v": "5"},
    {"t": "int", "v": "f" * 2000},
    {"t": "int", "v": "0x" + "f" * 20}, {"t": "int", "v": "f_" * 20 + "f"}, {"t": "int", "v": ""},
    {"t": "complex", "v": [1.0]},
    {"t": "complex", "v": [1, 2]}, {"t": "tuple", "v": 3}, {"t": "tuple", "v": {"t": []}},
    {"t": "dict", "k": [1], "v": []},
    {"t": "dict", "k": [1, 1], "v": [1, 2]}, {"t": "dict", "k": [1, True], "v": [1, 2]},
    {"t": "dict", "k": [[]], "v": [1]}, {"t": "set", "v": ["a", "a"]},
    {"t": "set", "v": [{"t": "iter", "v": []}]}, {"t": "range", "v": [0, 10, 0]},
    {"t": "range", "v": [0, 10**8, 1]}, {"t": "range", "v": [0, 1]},
    {"t": "date", "v": "2020-13-01"}, {"t": "date", "v": "20200101"},
    {"t": "datetime", "v": "2020-01-01", "fold": 0, "tz": None},
    {"t": "datetime", "v": "2020-01-01T00:00:00", "fold": 2, "tz": None},
    {"t": "datetime", "v": "2020-01-01T00:00:00", "fold": 0, "tz": "../../etc/passwd"},
    {"t": "datetime", "v": "2020-01-01T00:00:00", "fold": 0, "tz": "Nowhere/Land"},
    {"t": "datetime", "v": "2020-01-01T00:00:00", "fold": 0, "tz": 90000},
    {"t": "timedelta", "v": [10**10, 0, 0]}, {"t": "timestamp", "v": 2**62, "unit": "s", "tz": None},
    {"t": "timestamp", "v": 1, "unit": "Y", "tz": None},
    {"t": "timestamp", "v": -(2**63), "unit": "s", "tz": None}, {"t": "numpy", "d": "f8", "v": "00"},
    {"t": "numpy", "d": "b1", "v": "02"}, {"t": "numpy", "d": "O8", "v": "00" * 8},
    {"t": "numpy", "d": "U1", "v": "00d80000"}, {"t": "numpy", "d": "U1", "v": "00001100"},
    {"t": "numpy.str", "v": 1}, {"t": "handle", "id": 1},
    {"t": "rangeindex", "v": [0, 10**8, 1], "name": None}, {"t": "rangeindex", "v": [0, 1, 1], "name": []},
    {"t": "multiindex", "levels": [], "codes": [], "names": []},
    {"t": "str", "b": 0}, {"t": "str", "b": -1}, {"t": "str", "b": True},
    {"t": "estimator", "class": "sklearn.svm._classes.SVC", "params": {}},
], ids=lambda tree: repr(tree)[:50])  # fmt: skip
def test_a_malformed_tree_is_refused(tree: object) -> None:
    refused(tree)


@pytest.mark.parametrize(("tag", "buffer"), [
    ({"d": "f8", "s": [3]}, bytes(16)), ({"d": "f8", "s": [-1]}, b""), ({"d": "f8", "s": [True]}, bytes(8)),
    ({"d": "f8", "s": [10**9]}, b""),
    ({"d": "O8", "s": [1]}, bytes(8)), ({"d": "V8", "s": [1]}, bytes(8)),
    ({"d": ">f8", "s": [1]}, bytes(8)), ({"d": "f8,f8", "s": [1]}, bytes(16)),
    ({"d": "f16", "s": [1]}, bytes(16)), ({"d": "U0", "s": [5]}, b""),
    ({"d": "U257", "s": [1]}, bytes(1028)), ({"d": "U01", "s": [1]}, bytes(4)),
    ({"d": "U²", "s": [1]}, bytes(8)),
    ({"d": "M8", "s": [1]}, bytes(8)), ({"d": "M8[Y]", "s": [1]}, bytes(8)),
    ({"d": "b1", "s": [2]}, b"\1\2"), ({"d": "U1", "s": [1]}, b"\0\0\x11\0"),
    ({"d": "U1", "s": [1]}, b"\0\xd8\0\0"),
    ({"d": "f8", "s": [0, 10**8, 10**8]}, b""), ({"d": "i1", "s": [0] * 9}, b""),
    ({"d": "i1", "s": [2**32, 2**32]}, b""), ({"d": ["f8"], "s": [1]}, bytes(8)),
    ({"d": "f8", "s": 1}, bytes(8)),
])  # fmt: skip
def test_an_array_that_is_none_is_refused(tag: Tag, buffer: bytes) -> None:
    refused({"t": "array", "b": 0, **tag}, buffer)


@pytest.mark.parametrize(("tree", "buffers"), [
    (csr([0, 1, 2], [0, 3]), [i4(0, 1, 2), i4(0, 3)]), (csr([0, 1, 2], [0, -1]), [i4(0, 1, 2), i4(0, -1)]),
    (csr([0, 3, 2], [0, 1]), [i4(0, 3, 2), i4(0, 1)]),
    (csr([0, 1, 9], [0, 1]), [i4(0, 1, 9), i4(0, 1)]), (csr([1, 1, 2], [0, 1]), [i4(1, 1, 2), i4(0, 1)]),
    (csr([0, 2], [0, 1]), [i4(0, 2), i4(0, 1)]),
    (csr([0, -5, 2], [0, 1]), [i4(0, -5, 2), i4(0, 1)]), (csr([0, 1, 2], [0]), [i4(0, 1, 2), i4(0)]),
    ({**csr([0, 1, 2], [0, 1]), "s": [2, 10**8]}, [i4(0, 1, 2), i4(0, 1)]),
    ({**csr([0, 1], [0, 3]), "f": "coo"}, [i4(0, 1), i4(0, 3)]),
    ({**csr([0, 2], [0, 0]), "f": "coo"}, [i4(0, 2), i4(0, 0)]),
    ({**csr([0, 1, 2], [0, 1]), "f": "lil"}, [i4(0, 1, 2), i4(0, 1)]),
])  # fmt: skip
def test_a_sparse_matrix_with_wrong_indices_never_reaches_scipy(tree: Tag, buffers: list[memoryview]) -> None:
    refused(tree, bytes(8), *buffers)


def text(codes: int, levels: list[object], kind: str = "object") -> Tag:
    return {"t": "text", "d": kind, "codes": array(0, codes), "levels": levels}


def series(column: object, rows: int) -> Tag:
    return {
        "t": "series",
        "v": column,
        "index": {"t": "rangeindex", "v": [0, rows, 1], "name": None},
        "name": None,
    }


def category(levels: object, ordered: object = False) -> Tag:
    return {"t": "category", "codes": array(0, 2), "levels": levels, "ordered": ordered}


def objects(*items: object) -> Tag:
    return {"t": "objects", "v": list(items)}


LEVELS = {"t": "rangeindex", "v": [0, 2, 1], "name": None}
NO_LEVELS = {**LEVELS, "v": [0, 0, 1]}


@pytest.mark.parametrize(("tree", "buffers"), [
    (series(text(2, ["a"]), 2), [i4(0, 1)]), (series(text(2, ["a"]), 2), [i4(0, -4)]),
    (series(text(2, ["a"], "str"), 2), [i4(0, -2)]), (series(text(2, ["a", "a"]), 2), [i4(0, 1)]),
    (series(text(2, ["a", 1]), 2), [i4(0, 1)]), (series(text(2, ["a"], "O"), 2), [i4(0, 0)]),
    (series(category(LEVELS), 2), [i4(0, 2)]), (series(category(LEVELS), 2), [i4(-2, 0)]),
    (series(category(LEVELS, 1), 2), [i4(0, 0)]), (series(category({"t": "index", "v": array(1, 2),
        "name": None}), 2), [i4(0, 0), i4(5, 5)]),
    (series(category(objects(1, 2)), 2), [i4(0, 0)]), (series(array(0, 2), 3), [i4(1, 2)]),
    (series(array(0, 2), 10**8), [i4(1, 2)]), (series(objects([1]), 1), []),
    (series(objects({"t": "tuple", "v": []}), 1), []), (series(objects({"t": "iter", "v": []}), 1), []),
    (series({"t": "array", "d": "M8[D]", "s": [1], "b": 0}, 1), [bytes(8)]),
    (series({"t": "array", "d": "U1", "s": [1], "b": 0}, 1), [bytes(4)]),
    (series({"t": "masked", "d": "Int32", "v": array(0, 2), "mask": array(1, 2, "b1")}, 2),
        [i4(1, 2), b"\0\2"]),
    (series({"t": "masked", "d": "Int32", "v": array(0, 2), "mask": array(1, 1, "b1")}, 2),
        [i4(1, 2), b"\0"]), (series({"t": "masked", "d": "Int64", "v": array(0, 2), "mask": array(1, 2,
        "b1")}, 2), [i4(1, 2), b"\0\0"]),
    (series({"t": "zoned", "v": array(0, 2), "tz": "UTC"}, 2), [i4(1, 2)]),
    (frame(v=[array(0, 2), array(1, 1)]), [i4(1, 2), i4(1)]), (frame(v=[array(0, 2)]), [i4(1, 2)]),
    (frame(v=[array(0, 2), array(0, 2)]), [i4(1, 2)]),
    (frame(v=[], index={**LEVELS, "v": [0, 10**8, 1]}, columns=NO_LEVELS), []),
    (frame(index=3), [i4(1, 2), i4(1, 2)]),
    (frame(v={"t": "array", "d": "i1", "s": [10**8, 0], "b": 0}, across=False, columns=NO_LEVELS,
        index={**LEVELS, "v": [0, 10**8, 1]}), [b""]),
    (series(array(0, 2), 2) | {"name": {"t": "dict", "k": [], "v": []}}, [i4(1, 2)]),
    ({"t": "multiindex", "levels": [LEVELS], "codes": [array(0, 2)], "names": [None]}, [i4(0, 2)]),
    ({"t": "multiindex", "levels": [LEVELS], "codes": [array(0, 2)], "names": []}, [i4(0, 1)]),
])  # fmt: skip
def test_a_table_that_is_none_is_refused(tree: Tag, buffers: list[bytes]) -> None:
    refused(tree, *buffers)


def test_depth_is_bounded_and_recursion_never_shows() -> None:
    tree: object = []
    for _ in range(5000):
        tree = [tree]
    refused(tree)
    index: object = LEVELS
    for _ in range(5000):
        column = {"t": "category", "codes": array(0, 0), "levels": index, "ordered": False}
        index = {"t": "index", "v": column, "name": None}
    refused(index, b"")


def test_items_are_bounded() -> None:
    with pytest.raises(ProtocolError, match="items"):
        Decoder([memoryview(bytes(88))], bounds=Bounds(items=10)).decode({"t": "floats", "b": 0})
    with pytest.raises(ProtocolError, match="items"):
        Decoder([], bounds=Bounds(items=10)).decode([[None] * 6, [None] * 6])


def test_a_long_level_repeated_by_codes_is_bounded() -> None:
    codes = memoryview(bytearray(4 * 100_000))
    level = {"t": "strs", "n": 1, "b": 1}
    tree = series({"t": "text", "d": "object", "codes": array(0, 100_000), "levels": level}, 100_000)
    refused(tree, codes, b"x" * 10_000)


def test_keys_made_to_collide_are_refused_quickly() -> None:
    modulus = 2**61 - 1
    collide = [{"t": "int", "v": format(n * modulus, "x")} for n in range(9, 30_009)]
    began = time.monotonic()
    refused({"t": "set", "v": collide})
    refused({"t": "dict", "k": collide, "v": [0] * len(collide)})
    assert time.monotonic() - began < 3


VALID = [
    [1, 2.5, None, True, "a", [], (1,), {1: [2]}, {3}, 2**70, b"ab", 1j, range(3), "x" * 2000],
    [[0.5] * 40, [1] * 40, [True] * 40, ["a"] * 40, [np.float64(1)] * 40],
    [np.arange(6.0).reshape(2, 3), np.array(["ab", "c"]), np.array([True]), np.array(["2020"], "M8[s]"),
        np.float32(1)],
    [AT, AT.to_pydatetime(), AT.date(), AT.tz_localize("Europe/Berlin"), pd.Timedelta(1, "s"), pd.NaT, pd.NA],
    pd.DataFrame({"a": [1, 2], "b": ["x", None], "c": pd.Categorical(["u", "v"]), "d": [1.5, 2],
        "e": [AT, pd.NaT]}),
    pd.DataFrame({"a": pd.array([1, None], "Int8"), "b": pd.array(["x", None], "string"), "c": [1, "y"]},
        index=["p", "q"]),
    pd.DataFrame(np.eye(3), index=pd.MultiIndex.from_product([["a"], [1, 2, 3]]), columns=["x", "y", "z"]),
    pd.Series([AT.tz_localize("UTC")] * 2, name="s", index=pd.date_range("2020", periods=2)),
    [scipy.sparse.csr_array(np.eye(3)), scipy.sparse.coo_matrix(np.eye(2)),
        pd.Series([True, None], dtype="boolean").array],
]  # fmt: skip


def encoded(value: object) -> tuple[object, list[bytes]]:
    encoder = Encoder()
    tree = json.loads(json.dumps(encoder.encode(value)))
    return tree, [bytes(memoryview(buffer)) for buffer in encoder.buffers]


def places(tree: object) -> Iterator[tuple[object, object]]:
    """Every container of a tree with every key or position in it."""
    for key in list(tree) if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ():
        yield tree, key
        yield from places(tree[key])  # type: ignore[index]


TAGS = sorted(DECODERS)
KEYS = sorted({"t", "v", "b", "d", "s", "k", "n", "f", "array", "unit", "tz", "fold", "index", "columns",
    "name",
               "names", "codes", "levels", "mask", "ordered", "across", "handle"})  # fmt: skip
RUBBISH = [None, True, -1, 0, 1, 2, 7, 2**31, 2**63 - 1, -(2**63), 10**8, 1.5, "", "a", "f8", "i8",
    "M8[ns]", "U1", "nan", "csr",
           "UTC", "\ud800", [], [0], [[]], {}, {"t": "nat"}, {"t": "iter", "v": []},
           *({"t": name} for name in TAGS)]  # fmt: skip


def mutate(chance: random.Random, tree: object, buffers: list[bytes]) -> tuple[object, list[bytes]]:
    tree, buffers = copy.deepcopy(tree), list(buffers)
    spots = list(places(tree))
    for _ in range(chance.randint(1, 4)):
        if buffers and chance.random() < 0.3:
            at = chance.randrange(len(buffers))
            data = bytearray(buffers[at])
            if data and chance.random() < 0.7:
                data[chance.randrange(len(data))] = chance.choice([0, 1, 2, 127, 128, 255])
            else:
                data = data[: chance.randint(0, len(data))] + bytes(chance.choice([0, 1, 4, 8]))
            buffers[at] = bytes(data)
        elif spots:
            holder, key = chance.choice(spots)
            other, place = chance.choice(spots)
            try:
                new = chance.choice(RUBBISH) if chance.random() < 0.6 else copy.deepcopy(other[place])  # type: ignore[index]
                holder[key] = new  # type: ignore[index]
                if isinstance(holder, dict) and chance.random() < 0.1:
                    del holder[chance.choice(list(holder))]
            except (KeyError, IndexError):
                continue
    return tree, buffers


def decode_quickly(tree: object, buffers: list[bytes]) -> bool:
    began = time.monotonic()
    try:
        Decoder([memoryview(bytearray(buffer)) for buffer in buffers], bounds=Bounds(virtual=10_000)).decode(
            tree
        )
    except ProtocolError:
        return False
    finally:
        assert time.monotonic() - began < 2
    return True


@pytest.mark.parametrize("value", VALID, ids=lambda value: type(value).__name__)
def test_a_mutated_value_is_a_value_or_a_protocol_error(value: object) -> None:
    tree, buffers = encoded(value)
    assert decode_quickly(tree, buffers)
    refusals = sum(not decode_quickly(*mutate(random.Random(seed), tree, buffers)) for seed in range(600))
    assert refusals > 200


leaves = st.sampled_from(RUBBISH) | st.integers() | st.floats() | st.text(max_size=5)
trees = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4)
    | st.builds(lambda name, rest: {**rest, "t": name}, st.sampled_from(TAGS),
        st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)),
    max_leaves=15,
)  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(trees, st.lists(st.binary(max_size=32), max_size=4))
def test_a_random_tree_is_a_value_or_a_protocol_error(tree: object, buffers: list[bytes]) -> None:
    decode_quickly(tree, buffers)


def test_keys_that_cannot_be_hashed_or_compared_are_refused() -> None:
    nothing = {"t": "na"}
    arrays = [{"t": "array", "d": "i1", "s": [1], "b": number} for number in range(2)]
    refused({"t": "set", "v": arrays}, b"a", b"b")
    refused({"t": "set", "v": [nothing, nothing]})
    earliest = {"t": "datetime", "v": "0001-01-01T00:00:00", "fold": 0, "tz": "Asia/Tokyo"}
    assert decode_quickly({"t": "set", "v": [nothing, earliest, 2**61 - 1]}, [])


def test_a_special_tag_is_no_key_and_no_name() -> None:
    decoder = Decoder([i4(1, 2)], {"handle": lambda tag: 7})
    handle = {"t": "handle"}
    assert decoder.decode([handle]) == [7]
    for tree in ({"t": "set", "v": [handle]}, {**LEVELS, "name": handle}, series(objects(handle), 1)):
        with pytest.raises(ProtocolError, match="no place"):
            decoder.decode(tree)


def test_a_refused_array_allocates_nothing() -> None:
    tree = {"t": "array", "d": "f8", "s": [10**8, 10**8], "b": 0}
    tracemalloc.start()
    try:
        refused(tree, b"")
        assert tracemalloc.get_traced_memory()[1] < 100_000
    finally:
        tracemalloc.stop()
