"""Every type that can cross arrives with its exact type and value."""

from __future__ import annotations

import datetime
import enum
import itertools
import json
import math
import zoneinfo
from collections import Counter, OrderedDict, namedtuple
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
import scipy.sparse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from hypothesis.extra import pandas as pdst

from grader.worker.wire import Bounds, Decoder, Encoder, Unsendable

settings.register_profile(
    "wire", max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), database=None
)
settings.load_profile("wire")
BIG = 4096
ZONES = ("UTC", "Europe/Berlin", "America/New_York")


def crossed(value: object, **options: object) -> object:
    """The value after a trip, through real JSON and copies of the buffers."""
    encoder = Encoder()
    tree = json.loads(json.dumps(encoder.encode(value), allow_nan=False))
    buffers = [
        memoryview(bytearray(memoryview(buffer).cast("B")))
        if memoryview(buffer).nbytes
        else memoryview(bytearray())
        for buffer in encoder.buffers
    ]
    return Decoder(buffers, **options).decode(tree)


def same(left: object, right: object) -> bool:
    """Equality of types all the way down; NaN equals NaN, 0.0 does not equal -0.0."""
    if type(left) is not type(right):
        return False
    if isinstance(left, float):
        return (math.isnan(left) and math.isnan(right)) or (
            left == right and math.copysign(1, left) == math.copysign(1, right)
        )
    if isinstance(left, complex):
        return same(float(left.real), float(right.real)) and same(float(left.imag), float(right.imag))
    if isinstance(left, list | tuple):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict):
        return same(list(left.items()), list(right.items()))
    if isinstance(left, set | frozenset):
        return same(sorted(left, key=repr), sorted(right, key=repr))
    if isinstance(left, np.ndarray):
        return left.dtype == right.dtype and left.shape == right.shape and left.tobytes() == right.tobytes()
    if isinstance(left, np.generic):
        return left.dtype == right.dtype and left.tobytes() == right.tobytes()
    if left is pd.NaT or left is pd.NA:
        return left is right
    return left == right


text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(-(2**BIG) + 1, 2**BIG - 1),
    st.floats(),
    st.complex_numbers(),
    text,
    st.binary(max_size=20),
    st.dates(),
    st.datetimes(),
    st.datetimes(timezones=st.sampled_from(ZONES[1:]).map(zoneinfo.ZoneInfo)),
    st.timedeltas(),
)
keys = st.recursive(
    scalars, lambda inner: st.tuples(inner, inner) | st.frozensets(inner, max_size=3), max_leaves=4
)
values = st.recursive(
    scalars | st.binary(max_size=9).map(bytearray),
    lambda inner: st.one_of(
        st.lists(inner, max_size=5),
        st.lists(inner, max_size=5).map(tuple),
        st.dictionaries(keys, inner, max_size=5),
        st.sets(keys, max_size=4),
    ),
    max_leaves=12,
)


@given(values)
def test_plain_data_arrives_as_it_was(value: object) -> None:
    assert same(crossed(value), value)


@given(st.one_of(*(st.lists(kind, min_size=30, max_size=80) for kind in (
    st.floats(), st.integers(-(2**63), 2**63 - 1), st.integers(), st.booleans(), text, st.none(), scalars,
    st.floats().map(np.float64), st.integers(0, 255).map(np.uint8), st.booleans().map(np.bool_),
))))  # fmt: skip
def test_long_lists_arrive_as_they_were(value: list[object]) -> None:
    assert same(crossed(value), value)


@pytest.mark.parametrize("value", [
    float("nan"), float("inf"), -float("inf"), -0.0, 5e-324, 2**63, -(2**63), -(2**63) - 1, 2**4096 - 1,
    "", "x" * 5000, "\0", "ü" * 5000, ["\0"] * 40, [""] * 40, b"", bytearray(b"ab"), range(10, 0, -3),
    range(0),
    (), [], {}, set(), frozenset(), {1: 2, "a": (None,)}, {(1, (2,)): [3]}, {float("nan"), 1.0},
    {"b": 1, "a": 2}, [[[]]], 1e308, True, {None: None, True: 1, 2.5: 2},
    datetime.datetime(2020, 10, 25, 2, 30, fold=1, tzinfo=zoneinfo.ZoneInfo("Europe/Berlin")),
    datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC),
    datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone(-datetime.timedelta(hours=3, minutes=30))),
    pd.Timestamp("2020-01-01 12:00:00.000000001"), pd.Timestamp("2020-01-01", tz="Europe/Berlin"),
    pd.Timestamp("2020-01-01").as_unit("s"), pd.Timedelta("1D").as_unit("ms"), pd.NaT, pd.NA,
    np.float64("nan"), np.float32(1.5), np.int8(-1), np.bool_(True), np.complex64(1j), np.str_("a\0"),
    np.str_(""),
    np.datetime64("2020-01-01"), np.timedelta64(3, "ms"), np.datetime64("NaT", "ns"), np.float16(1),
])  # fmt: skip
def test_edges_arrive_as_they_were(value: object) -> None:
    assert same(crossed(value), value)


class Name(str):
    def __str__(self) -> str:
        return "other"


class Share(float):
    def __float__(self) -> float:
        return 9.0

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = float.__hash__


class Items(list):
    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter([0])

    def __len__(self) -> int:
        return 1


class Mapped(dict):
    def items(self):  # type: ignore[no-untyped-def]
        return [("x", 1)]


class Level(enum.IntEnum):
    HIGH = 3


class Colour(enum.StrEnum):
    RED = "red"


Point = namedtuple("Point", "x y")
moved = OrderedDict(a=1, b=2)
moved.move_to_end("a")


@pytest.mark.parametrize(("value", "plain"), [
    (Name("a"), "a"), (Share(1.5), 1.5), (Items([1, 2]), [1, 2]), (Mapped(a=1), {"a": 1}), (Level.HIGH, 3),
    (Colour.RED, "red"), (Point(1, 2), (1, 2)), (Counter("aab"), {"a": 2, "b": 1}), (moved, {"b": 2, "a": 1}),
    (np.bytes_(b"ab"), b"ab"), ({}.keys(), []), ({1: 2}.items(), [(1, 2)]), ([Share(2.0)] * 40, [2.0] * 40),
])  # fmt: skip
def test_a_subclass_arrives_as_its_plain_base_value(value: object, plain: object) -> None:
    assert same(crossed(value), plain)


@pytest.mark.parametrize("make", [
    lambda: (n for n in range(3)), lambda: iter([0, 1, 2]), lambda: map(int, "012"),
    lambda: itertools.islice(itertools.count(), 3),
])  # fmt: skip
def test_an_iterator_arrives_as_a_list_or_as_an_iterator(make: Callable[[], object]) -> None:
    assert crossed(make()) == [0, 1, 2]
    arrived = crossed(make(), iterators=True)
    assert next(arrived) == 0
    assert list(arrived) == [1, 2]


def endless() -> list[object]:
    value: list[object] = []
    value.append(value)
    return value


@pytest.mark.parametrize(("value", "said"), [
    (itertools.count(), "iterator of more than"), (endless(), "nested"), (2**5000, "bits"),
    ("\ud800", "surrogates"),
    (["\ud800"] * 40, "surrogates"), (np.array([None]), "dtype object"), (object(), "type object"),
    (object, "type type"),
    (np.longdouble(1), "numpy scalar"), (np.zeros(2, "V3"), "dtype"), (np.array(["a" * 300]), "256"),
    (range(10**9), "range"),
    (np.zeros((1,) * 9), "shape"), ({object(): 1}, "key"), (np.matrix([[1]]), "type matrix"),
    (np.ma.array([1]), "MaskedArray"),
    (pd.Series([[1]]), "holds a list"), (pd.interval_range(0, 2), "type IntervalIndex"),
    (pd.Series([1], pd.interval_range(0, 1)), "index of type"), (np.array(["\ud800"]), "Unicode"),
    (np.array(["2020-01"], "M8[M]"), "dtype"), (pd.Series(pd.period_range("2020", periods=2, freq="D")),
        "column of dtype"),
    (np.zeros(256 * 2**20 + 1, "u1"), "shape"), ([bytes(200 * 2**20)] * 2, "bytes"),
])  # fmt: skip
def test_what_cannot_cross_is_named(value: object, said: str) -> None:
    with pytest.raises(Unsendable, match=said):
        Encoder().encode(value)


def test_two_nans_are_two_keys() -> None:
    assert len(crossed({float("nan"), float("nan"), 1})) == 3


def test_other_gets_what_is_not_plain_and_special_decodes_it() -> None:
    encoder = Encoder(other=lambda value: {"t": "handle", "id": 7} if type(value) is object else None)
    tree = encoder.encode({"a": [object()]})
    assert Decoder([], {"handle": lambda tag: tag["id"]}).decode(tree) == {"a": [7]}
    with pytest.raises(Unsendable, match="key"):
        encoder.encode({object(): 1})


dtypes = st.sampled_from([
    "?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16", "U1", "U7", "U256",
    *(f"{kind}8[{unit}]" for kind in "Mm" for unit in ("s", "ms", "us", "ns", "D")),
])  # fmt: skip


@given(
    npst.arrays(dtypes, npst.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)),
    st.sampled_from("CFrTb"),
)
def test_arrays_of_any_layout_arrive_as_they_were(array: np.ndarray, layout: str) -> None:
    if layout == "r":
        array = array[::-1] if array.ndim else array
    array = {"F": np.asfortranarray, "T": np.transpose,
        "b": lambda a: a.astype(a.dtype.newbyteorder(">"))}.get(
        layout, lambda a: a)(np.asarray(array))  # fmt: skip
    arrived = crossed(array)
    assert same(arrived, np.array(array, dtype=array.dtype.newbyteorder("<"), order="C"))
    assert arrived.flags.writeable


columns = st.sampled_from(
    ["float64", "float32", "int64", "int8", "uint16", "bool", "datetime64[ns]", "timedelta64[ns]"]
)


@given(st.lists(columns, max_size=5).flatmap(
    lambda kinds: pdst.data_frames([pdst.column(str(at), dtype=kind) for at, kind in enumerate(kinds)])
))  # fmt: skip
def test_tables_of_numbers_and_dates_arrive_as_they_were(table: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(crossed(table), table, check_exact=True)


missing = [None, float("nan"), pd.NA, pd.NaT]
SERIES = [
    pd.Series(["a", "b", None, "a"]),
    pd.Series(["a", None, "ü" * 900], dtype="string"),
    pd.Series(["a", None, float("nan"), pd.NA, "b"], dtype=object),
    pd.Series(["a", pd.NaT], dtype=object),
    pd.Series([None, float("nan")], dtype=object),
    pd.Series(missing, dtype=object),
    pd.Series([1, "a", 2.5, None, True, b"x", 1j, pd.Timestamp("2020"), np.float32(1)], dtype=object),
    pd.Series([True, None, float("nan")], dtype=object),
    pd.Series([], dtype=object),
    pd.Series([], dtype="str"),
    pd.Series([], dtype="float64"),
    pd.Series(["b", "a", None], dtype="category"),
    pd.Series(pd.Categorical([2, 1, None], categories=[3, 2, 1], ordered=True)),
    pd.Series(pd.Categorical(["a"], categories=["a", "unused"])),
    pd.Series(pd.Categorical([pd.Timestamp("2020")])),
    pd.Series(pd.Categorical([], categories=[])),
    *(pd.Series([1, None, 3], dtype=name) for name in ("Int8", "Int64", "UInt16", "Float32", "Float64")),
    pd.Series([True, None], dtype="boolean"),
    pd.Series(pd.to_datetime(["2020-01-01", None])),
    *(
        pd.Series(pd.to_datetime(["2020-01-01", None])).astype(f"M8[{unit}]")
        for unit in ("s", "ms", "us", "ns")
    ),
    pd.Series(pd.to_datetime(["2020-06-01", None])).dt.tz_localize("Europe/Berlin"),
    pd.Series(pd.to_datetime(["2020-06-01"])).dt.tz_localize("UTC"),
    pd.Series(pd.to_datetime(["2020-06-01T00:00:00+05:30"])),
    pd.Series(pd.to_timedelta(["1D", None])),
    pd.Series([1.0, float("nan"), -0.0, float("inf")], dtype="float32"),
    pd.Series([1j, 2]),
    pd.Series([1], name=("a", 1)),
    pd.Series([1], name=pd.Timestamp("2020")),
    pd.Series([1, 2], index=["a", "a"]),
]


@pytest.mark.parametrize("series", SERIES, ids=lambda series: str(series.dtype))
def test_every_kind_of_column_arrives_as_it_was(series: pd.Series) -> None:
    arrived = crossed(series)
    pd.testing.assert_series_equal(arrived, series, check_exact=True)
    assert type(arrived.array) is type(series.array)
    if series.dtype == object:
        assert same(arrived.tolist(), series.tolist())
    table = series.to_frame("x").assign(y=1)
    pd.testing.assert_frame_equal(crossed(table), table, check_exact=True)
    values = crossed(series.array)
    assert type(values) is type(series.array)


INDEXES = [
    pd.RangeIndex(0),
    pd.RangeIndex(5, 50, 7, name="n"),
    pd.Index([3, 1, 2], name=("a", 2)),
    pd.Index([]),
    pd.Index(["a", None, "a"]),
    pd.Index(["a", None], dtype=object),
    pd.Index([1, "a", (1, 2)][:2]),
    pd.Index([True, False]),
    pd.Index([1.5, float("nan")], dtype="float32"),
    pd.date_range("2020", periods=3, tz="America/New_York"),
    pd.to_timedelta(["1D", "2h"]),
    pd.CategoricalIndex(["a", "b"], ordered=True),
    pd.Index([1, None], dtype="Int64"),
    pd.MultiIndex.from_product([["a", "b"], [1, 2]], names=["x", None]),
    pd.MultiIndex.from_tuples([("a", pd.Timestamp("2020")), (None, pd.NaT)]),
    pd.MultiIndex.from_arrays([[], []], names=["x", "y"]),
]


@pytest.mark.parametrize("index", INDEXES, ids=lambda index: type(index).__name__)
def test_every_kind_of_index_arrives_as_it_was(index: pd.Index) -> None:
    arrived = crossed(index)
    pd.testing.assert_index_equal(arrived, index, exact=True, check_freq=False)
    assert arrived.dtype == index.dtype
    for table in (pd.DataFrame(index=index), pd.DataFrame({"a": range(len(index)), "b": "x"}, index=index)):
        pd.testing.assert_frame_equal(crossed(table), table, check_freq=False)
    wide = pd.DataFrame([range(len(index))], columns=index)
    pd.testing.assert_frame_equal(crossed(wide), wide, check_freq=False)


@pytest.mark.parametrize("table", [
    pd.DataFrame(), pd.DataFrame(index=range(3)), pd.DataFrame(columns=["a"]), pd.DataFrame(np.zeros((0, 3))),
    pd.DataFrame([[1, 2.5]], columns=["a", "a"]), pd.DataFrame(np.arange(6.0).reshape(2, 3)),
    pd.DataFrame({0: [1], 1: [2]}),
    pd.DataFrame({n: [1, "x"][n % 2] for n in range(130)}, index=[0]),
    pd.DataFrame({"a": [1, 2], "b": [True, False]}),
    pd.DataFrame({"a": pd.to_datetime(["2020"]), "b": pd.to_datetime(["2021"])}),
])  # fmt: skip
def test_tables_of_any_shape_arrive_as_they_were(table: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(crossed(table), table, check_exact=True)


@pytest.mark.parametrize("table", [
    pd.DataFrame(np.arange(12.0).reshape(4, 3)), pd.DataFrame({"a": [1.0, 2], "b": [1.0, 3]}),
    pd.DataFrame({"a": [1], "b": [2.5]}),
])  # fmt: skip
def test_a_table_that_arrives_is_a_view_of_the_payload(table: pd.DataFrame) -> None:
    encoder = Encoder()
    tree = encoder.encode(table)
    buffers = [memoryview(bytearray(memoryview(buffer))) for buffer in encoder.buffers]
    arrived = Decoder(buffers).decode(tree)
    for name in arrived.columns:
        assert any(
            np.shares_memory(np.frombuffer(buffer, "u1"), arrived[name].to_numpy()) for buffer in buffers
        )


@pytest.mark.parametrize("kind", ["csr", "csc", "coo"])
@pytest.mark.parametrize("what", ["matrix", "array"])
@pytest.mark.parametrize(
    "dense", [np.eye(3)[:2], np.zeros((2, 0)), np.zeros((0, 3), "i4"), np.eye(2, dtype=bool)]
)
def test_sparse_matrices_arrive_as_they_were(kind: str, what: str, dense: np.ndarray) -> None:
    value = getattr(scipy.sparse, f"{kind}_{what}")(dense)
    arrived = crossed(value)
    assert type(arrived) is type(value)
    assert arrived.dtype == value.dtype
    assert same(arrived.toarray(), value.toarray())


def test_a_wide_table_that_arrives_can_be_extended_without_a_warning() -> None:
    arrived = crossed(pd.DataFrame({n: [1, 2.5][n % 2] for n in range(130)}, index=[0]))
    arrived.insert(0, "new", 1)
    assert arrived.shape == (1, 131)


def test_a_million_floats_are_one_buffer() -> None:
    encoder = Encoder()
    tree = encoder.encode([0.5] * 1_000_000)
    assert len(encoder.buffers) == 1
    assert len(json.dumps(tree)) < 100


def test_the_encoder_stops_at_its_bounds() -> None:
    with pytest.raises(Unsendable, match="items"):
        Encoder(bounds=Bounds(items=10)).encode([0.0] * 11)
    with pytest.raises(Unsendable, match="parts"):
        Encoder(bounds=Bounds(buffers=2)).encode([b"", b"", b""])
