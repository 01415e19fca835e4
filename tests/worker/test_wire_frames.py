"""Frames arrive whole, by the deadline, within the bounds, or not at all."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import grader.worker
from grader.worker.wire import Bounds, Decoder, Encoder, ProtocolError, Unsendable, describe, receive, send
from grader.worker.wire.frames import MAGIC, PREFIX

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    left, right = socket.socketpair()
    with left, right:
        yield left, right


def frame(header: object, payload: bytes = b"", size: int | None = None) -> bytes:
    data = header if isinstance(header, bytes) else json.dumps(header).encode()
    return PREFIX.pack(MAGIC, len(data), len(payload) if size is None else size) + data + payload


def soon(seconds: float = 0.2) -> float:
    return time.monotonic() + seconds


def test_a_frame_arrives_with_aligned_writable_buffers(pair: Pair) -> None:
    send(pair[0], {"op": "call", "id": "é"}, [b"abc", bytearray(b""), np.arange(3.0)])
    message, buffers = receive(pair[1])
    assert message == {"op": "call", "id": "é"}
    assert [bytes(buffer) for buffer in buffers] == [b"abc", b"", np.arange(3.0).tobytes()]
    for buffer in buffers:
        assert not buffer.readonly
    assert np.frombuffer(buffers[2]).ctypes.data % 16 == 0


@pytest.mark.parametrize("mode", [True, False, 5.0])
def test_the_mode_of_the_socket_does_not_matter(pair: Pair, mode: float) -> None:
    data = np.random.default_rng(0).random(1_000_000)
    for end in pair:
        end.settimeout(None if mode is True else mode)
    sender = threading.Thread(target=send, args=(pair[0], {"op": "x"}, [data, b"a"]))
    sender.start()
    _, buffers = receive(pair[1], soon(20))
    sender.join()
    assert bytes(buffers[0]) == data.tobytes()
    with pytest.raises(TimeoutError):
        receive(pair[1], soon(0.05))


def test_many_small_buffers_arrive(pair: Pair) -> None:
    parts = [bytes([n % 256]) * (n % 40) for n in range(5000)]
    sender = threading.Thread(target=send, args=(pair[0], {}, parts))
    sender.start()
    _, buffers = receive(pair[1], soon(20))
    sender.join()
    assert [bytes(buffer) for buffer in buffers] == parts


def test_a_clean_end_is_told_from_a_truncated_frame(pair: Pair) -> None:
    whole = frame({"m": {}, "b": [16]}, bytes(16))
    for length in range(len(whole)):
        left, right = socket.socketpair()
        with left, right:
            left.sendall(whole[:length])
            left.close()
            with pytest.raises(ProtocolError if length else EOFError):
                receive(right, soon())


def test_what_follows_a_frame_is_the_next_frame(pair: Pair) -> None:
    pair[0].sendall(frame({"m": {"n": 1}, "b": []}) + frame({"m": {"n": 2}, "b": []}) + b"rubbish" * 9)
    assert receive(pair[1])[0] == {"n": 1}
    assert receive(pair[1])[0] == {"n": 2}
    with pytest.raises(ProtocolError, match="not a frame"):
        receive(pair[1])


def test_dribbled_bytes_do_not_extend_the_deadline(pair: Pair) -> None:
    stop = threading.Event()

    def dribble() -> None:
        for byte in frame({"m": {}, "b": [400]}, bytes(400)):
            if stop.wait(0.01):
                return
            pair[0].sendall(bytes([byte]))

    dribbler = threading.Thread(target=dribble)
    dribbler.start()
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        receive(pair[1], soon(0.3))
    assert time.monotonic() - began < 1.5
    stop.set()
    dribbler.join()


def test_a_peer_that_never_reads_does_not_hold_the_sender(pair: Pair) -> None:
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        send(pair[0], {}, [bytes(8_000_000)], soon())
    assert time.monotonic() - began < 1.5


def test_a_peer_that_is_gone_is_a_connection_error(pair: Pair) -> None:
    pair[1].close()
    with pytest.raises(ConnectionError):
        send(pair[0], {}, [bytes(8_000_000)])


def test_an_end_with_unread_data_is_an_end(pair: Pair) -> None:
    pair[1].sendall(b"unread")
    pair[0].close()
    # pair[1] has nothing to read, and its own bytes were never read by the end that closed
    with pytest.raises(EOFError):
        receive(pair[1], soon())


@pytest.mark.parametrize(
    "sizes", [(2**32 - 1, 0), (10, 2**63), (10, 2**64 - 1), (5 * 2**20, 0), (10, 2**28 + 1)]
)
def test_a_huge_declared_length_allocates_nothing(pair: Pair, sizes: tuple[int, int]) -> None:
    pair[0].sendall(PREFIX.pack(MAGIC, *sizes) + b"{}")
    tracemalloc.start()
    try:
        with pytest.raises(ProtocolError, match="too large"):
            receive(pair[1], soon())
        assert tracemalloc.get_traced_memory()[1] < 100_000
    finally:
        tracemalloc.stop()


def test_a_payload_is_not_allocated_before_its_header_is_right(pair: Pair) -> None:
    pair[0].sendall(frame({"m": {}, "b": [16]}, size=2**28))
    tracemalloc.start()
    try:
        with pytest.raises(ProtocolError, match="add up"):
            receive(pair[1], soon())
        assert tracemalloc.get_traced_memory()[1] < 100_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("header", [
    b"", b"{", b"[]", b"null", b"\xff", b'{"m":{}}', b'{"m":{},"b":[],"x":1}', b'{"m":[],"b":[]}',
    b'{"m":{},"b":{}}',
    b'{"m":{},"b":[-1]}', b'{"m":{},"b":[true]}', b'{"m":{},"b":[1.0]}', b'{"m":{},"b":[1]}',
    b'{"m":{},"b":[999999999999]}',
    b'{"m":{"a":1,"a":2},"b":[]}', b'{"m":{"a":NaN},"b":[]}', b'{"m":{"a":-Infinity},"b":[]}',
    b'{"m":{"a":' + b"9" * 5000 + b'},"b":[]}', b'{"m":{"a":0.' + b"9" * 5000 + b'},"b":[]}',
    b'{"m":{"a":"\\ud800"},"b":[]}', b'{"m":{"a":' + b"[" * 50_000 + b"]" * 50_000 + b'},"b":[]}',
    b'{"m":{"a":[' + b"[]," * 260_000 + b'[]]},"b":[]}', b'{"m":{},"b":[' + b"0," * 100_001 + b"0]}",
    b'{"m":{},"b":[]} x', b'\xef\xbb\xbf{"m":{},"b":[]}', b'"' + b'\\"' * 1_000_000 + b"[" * 300_000,
])  # fmt: skip
def test_a_header_that_is_none_is_refused_quickly(header: bytes) -> None:
    left, right = socket.socketpair()
    with left, right:
        sender = threading.Thread(target=left.sendall, args=(frame(header, size=0),))
        sender.start()
        began = time.monotonic()
        with pytest.raises(ProtocolError):
            receive(right, soon(10))
        assert time.monotonic() - began < 3
        sender.join()


def test_brackets_in_text_are_not_counted(pair: Pair) -> None:
    text = '[{\\"' * 200_000
    sender = threading.Thread(target=send, args=(pair[0], {"a": text}))
    sender.start()
    assert receive(pair[1], soon(10))[0] == {"a": text}
    sender.join()


@pytest.mark.parametrize(("message", "buffers"), [
    ({"a": "\ud800"}, []), ({"a": "x" * 5 * 2**20}, []), ({"a": [[]] * 260_000}, []),
    ({}, [bytes(2**20)] * 257),
])  # fmt: skip
def test_nothing_is_sent_of_what_the_other_end_would_refuse(
    pair: Pair, message: dict[str, object], buffers: list[bytes]
) -> None:
    with pytest.raises(Unsendable):
        send(pair[0], message, buffers)
    pair[1].setblocking(False)
    with pytest.raises(BlockingIOError):
        pair[1].recv(1)


def test_the_bounds_are_frozen_and_known_by_name() -> None:
    with pytest.raises(AttributeError):
        Bounds().depth = 3
    with pytest.raises(TypeError, match="no bound named deepth"):
        Bounds(deepth=3)


def test_the_bounds_are_an_argument(pair: Pair) -> None:
    send(pair[0], {}, [bytes(100)])
    with pytest.raises(ProtocolError):
        receive(pair[1], bounds=Bounds(payload=64))


def test_a_large_array_makes_the_round_trip(pair: Pair) -> None:
    array = np.random.default_rng(0).random((1000, 1000))

    def echo() -> None:
        message, buffers = receive(pair[1], soon(20))
        encoder = Encoder()
        tree = encoder.encode(Decoder(buffers).decode(message["value"]))
        send(pair[1], {"value": tree}, encoder.buffers, soon(20))

    worker = threading.Thread(target=echo)
    worker.start()
    encoder = Encoder()
    tree = encoder.encode(array)
    send(pair[0], {"value": tree}, encoder.buffers, soon(20))
    message, buffers = receive(pair[0], soon(20))
    worker.join()
    arrived = Decoder(buffers).decode(message["value"])
    assert np.array_equal(arrived, array)
    assert np.shares_memory(arrived, np.frombuffer(buffers[0], "u1"))


def test_a_frame_is_described_in_one_safe_line() -> None:
    line = describe({"op": "call\n\x1b[31m" + "x" * 100}, [b"12345", np.zeros(2)])
    assert line.startswith("call\\n\\x1b[31m")
    assert line.endswith("2 buffers")
    assert "\n" not in line
    assert len(line) < 120


HEAVY = (
    "numpy", "pandas", "scipy", "sklearn", "dataclasses", "inspect", "typing", "zoneinfo", "pickle", "grader"
)  # fmt: skip


def test_the_worker_imports_it_by_its_own_name_and_nothing_heavy() -> None:
    folder = Path(grader.worker.__file__).parents[1]
    program = (
        f"import sys; sys.path.insert(0, {str(folder)!r}); import worker.wire; "
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-IS", "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
