"""Frames on a stream socket.

    prefix   magic, header length, payload length (16 bytes, little-endian)
    header   JSON: {"m": message, "b": [length of each buffer]}
    payload  the buffers, each padded to a multiple of 16 bytes

The padding keeps every buffer aligned for any numpy type, so arrays are views of the
payload. Waiting is done with poll and no call blocks, so that a deadline holds for the
whole frame whatever the mode of the socket (which forked processes share).
"""

from __future__ import annotations

import json
import re
import select
import socket
import struct
import time
from collections.abc import Mapping, Sequence

from .bounds import Bounds
from .errors import ProtocolError, Unsendable
from .modules import loaded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Buffer  # type: ignore[attr-defined,unused-ignore]

PREFIX = struct.Struct("<4sIQ")
MAGIC = b"GWF1"
ALIGN = 16
PARTS = 512  # buffers per system call; POSIX promises 16, Linux has 1024
LONGEST_NUMBER = 32  # characters: repr of a float has 24, a 64-bit integer 20
PADDING = bytes(ALIGN)
STRINGS = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)', re.DOTALL)
SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


def padding(size: int) -> int:
    """How many bytes follow a buffer of this size."""
    return -size % ALIGN


def send(
    sock: socket.socket,
    message: Mapping[str, object],
    buffers: Sequence[Buffer] = (),
    deadline: float | None = None,
    bounds: Bounds = Bounds(),  # noqa: B008 (frozen)
) -> None:
    """Send one frame. Buffers are not copied and must not change until this returns.

    `deadline` is a time of time.monotonic(). Raises Unsendable, before anything is sent,
    if the frame exceeds the bounds; TimeoutError; ConnectionError if the peer is gone.
    After the last two the stream is of no further use.
    """
    parts, sizes = [memoryview(b"")], []
    for buffer in buffers:
        view = memoryview(buffer)
        sizes.append(view.nbytes)
        if view.nbytes:
            parts.append(view.cast("B"))
            if padding(view.nbytes):
                parts.append(memoryview(PADDING)[: padding(view.nbytes)])
    payload = sum(size + padding(size) for size in sizes)
    header = _header(message, sizes, bounds)
    if payload > bounds.payload or len(sizes) > bounds.buffers:
        raise Unsendable(f"a value of {payload} bytes cannot be sent; {bounds.payload} is the most")
    parts[0] = memoryview(PREFIX.pack(MAGIC, len(header), payload) + header)
    _write(sock, parts, deadline)


def _header(message: Mapping[str, object], sizes: list[int], bounds: Bounds) -> bytes:
    text = json.dumps({"m": message, "b": sizes}, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    try:
        header = text.encode("utf-8")
    except UnicodeEncodeError:
        raise Unsendable("text with unpaired surrogates cannot be sent; return valid Unicode") from None
    if len(header) > bounds.header or _containers(header, bounds.containers) > bounds.containers:
        raise Unsendable("a value with too many small parts cannot be sent; return an array or a table")
    return header


def _write(sock: socket.socket, parts: list[memoryview], deadline: float | None) -> None:
    first = 0
    while first < len(parts):
        _ready(sock, select.POLLOUT, deadline)
        try:
            sent = sock.sendmsg(parts[first : first + PARTS], (), socket.MSG_DONTWAIT | socket.MSG_NOSIGNAL)
        except (BlockingIOError, TimeoutError):
            _wait(sock, select.POLLOUT, deadline)
            continue
        while first < len(parts) and sent >= len(parts[first]):
            sent -= len(parts[first])
            first += 1
        if sent:
            parts[first] = parts[first][sent:]


def receive(
    sock: socket.socket,
    deadline: float | None = None,
    bounds: Bounds = Bounds(),  # noqa: B008 (frozen)
) -> tuple[dict[str, object], list[memoryview]]:
    """Receive one frame: its message and its buffers, writable and aligned to 16 bytes.

    Everything is checked before memory is set aside for it. Raises EOFError if the peer
    closed between frames, ProtocolError if it did so within one or sent anything that is
    no frame, TimeoutError at the deadline. After any of them the stream is of no use.
    """
    prefix = bytearray(PREFIX.size)
    _read(sock, memoryview(prefix), deadline, at_start=True)
    magic, header_size, payload_size = PREFIX.unpack(prefix)
    if magic != MAGIC:
        raise ProtocolError("not a frame")
    if header_size > bounds.header or payload_size > bounds.payload:
        raise ProtocolError(f"a frame of {header_size} + {payload_size} bytes is too large")
    header = bytearray(header_size)
    _read(sock, memoryview(header), deadline)
    message, sizes = _parse(bytes(header), bounds)
    if sum(size + padding(size) for size in sizes) != payload_size:
        raise ProtocolError("the buffers do not add up to the payload")
    payload = _allocate(payload_size)
    _read(sock, payload, deadline)
    buffers, start = [], 0
    for size in sizes:
        buffers.append(payload[start : start + size])
        start += size + padding(size)
    return message, buffers


def _allocate(size: int) -> memoryview:
    """Room for a payload; numpy's is not filled with zeros first."""
    numpy = loaded("numpy")
    return memoryview(bytearray(size) if numpy is None or size == 0 else numpy.empty(size, "u1"))


def _read(sock: socket.socket, view: memoryview, deadline: float | None, at_start: bool = False) -> None:
    done = 0
    while done < len(view):
        _ready(sock, select.POLLIN, deadline)
        try:
            count = sock.recv_into(view[done:], 0, socket.MSG_DONTWAIT)
        except (BlockingIOError, TimeoutError):
            _wait(sock, select.POLLIN, deadline)
            continue
        except ConnectionError:
            count = 0
        if count == 0:
            if at_start and done == 0:
                raise EOFError("the other end closed")
            raise ProtocolError("the other end closed within a frame")
        done += count


def _ready(sock: socket.socket, event: int, deadline: float | None) -> None:
    """Check the deadline. A socket with a timeout of its own would wait for that: be first."""
    if sock.gettimeout():
        _wait(sock, event, deadline)
    if deadline is not None and time.monotonic() >= deadline:
        raise TimeoutError("the deadline of a frame passed")


def _wait(sock: socket.socket, event: int, deadline: float | None) -> None:
    poll = select.poll()
    poll.register(sock, event)
    if deadline is None:
        poll.poll()
        return
    poll.poll(max(0.0, (deadline - time.monotonic()) * 1000) + 1)


def _containers(header: bytes, enough: int) -> int:
    """How many lists and objects the header opens; text is left out only if it matters."""
    count = header.count(b"[") + header.count(b"{")
    if count <= enough:
        return count
    rest = STRINGS.sub(b"", header)
    return rest.count(b"[") + rest.count(b"{")


def _parse(header: bytes, bounds: Bounds) -> tuple[dict[str, object], list[int]]:
    if _containers(header, bounds.containers) > bounds.containers:
        raise ProtocolError(f"a header with more than {bounds.containers} parts")
    try:
        tree = json.loads(
            header.decode("utf-8"),
            object_pairs_hook=_pairs,
            parse_int=_integer,
            parse_float=_float,
            parse_constant=_constant,
        )
        if SURROGATE.search(header):
            json.dumps(tree, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError):  # the first one holds UnicodeError and JSONDecodeError
        raise ProtocolError("a header that is not JSON in UTF-8") from None
    if type(tree) is not dict or tree.keys() != {"m", "b"} or type(tree["m"]) is not dict:
        raise ProtocolError("a header without message and buffers")
    sizes = tree["b"]
    if type(sizes) is not list or len(sizes) > bounds.buffers:
        raise ProtocolError(f"a header with more than {bounds.buffers} buffers")
    if not all(type(size) is int and 0 <= size <= bounds.payload for size in sizes):
        raise ProtocolError("a buffer without a possible length")
    return tree["m"], sizes


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ProtocolError("a header with a duplicate key")
    return found


def _integer(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise ProtocolError("a header with an integer that is too long")
    return int(digits)


def _float(digits: str) -> float:
    if len(digits) > LONGEST_NUMBER:
        raise ProtocolError("a header with a number that is too long")
    return float(digits)


def _constant(name: str) -> float:
    raise ProtocolError(f"a header with {name}")


def describe(message: Mapping[str, object], buffers: Sequence[Buffer]) -> str:
    """One line about a frame, for the log: its op, its size in bytes, its number of buffers."""
    op = message.get("op")
    kind = ascii(op[:40])[1:-1] if type(op) is str else "frame"
    size = sum(memoryview(buffer).nbytes for buffer in buffers)
    size += len(json.dumps(message, ensure_ascii=True, separators=(",", ":")))
    return f"{kind} {size} bytes, {len(buffers)} buffers"
