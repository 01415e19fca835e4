"""The attached stream of a container: its log, and both channels where no socket can be shared.

The engine frames what the container writes: one byte for the stream (1 output, 2 errors),
three of padding, four for the length (big endian), then the bytes. Inside the output, and
inside the input, the channels are told apart by the worker's own records: one byte for the
channel (0 control, 1 data), four for the length (at most 65536), then the bytes. Nothing
here looks into those.
"""

from __future__ import annotations

import contextlib
import selectors
import socket
import ssl
import struct
import threading
from typing import Any, Protocol

_FRAME = struct.Struct(">BxxxI")
_RECORD = struct.Struct(">BI")
_CHUNK = 65536
_READ = 1 << 18
_LOG_BYTES = 64 << 10
_JOIN_SECONDS = 1.0


class Connection(Protocol):
    """What is needed of a socket."""

    def recv(self, size: int, /) -> bytes: ...
    def sendall(self, data: bytes, /) -> None: ...
    def shutdown(self, how: int, /) -> None: ...
    def close(self) -> None: ...


class Tail:
    """Keeps the last 64 KiB of what is appended."""

    def __init__(self) -> None:
        self._kept = bytearray()

    def append(self, piece: bytes) -> None:
        self._kept += piece
        if len(self._kept) > 2 * _LOG_BYTES:
            del self._kept[:-_LOG_BYTES]

    def __bytes__(self) -> bytes:
        return bytes(self._kept[-_LOG_BYTES:])


class TlsConnection:
    """A TLS connection that one thread reads while another writes, which OpenSSL forbids.

    So every call is short: it does not block, and holds a lock.
    """

    def __init__(self, connection: ssl.SSLSocket) -> None:
        self._connection = connection
        self._connection.setblocking(False)
        self._lock = threading.Lock()

    def recv(self, size: int, /) -> bytes:
        while True:
            try:
                with self._lock:
                    return self._connection.recv(size)
            except ssl.SSLWantReadError:
                self._wait(selectors.EVENT_READ)
            except ssl.SSLWantWriteError:
                self._wait(selectors.EVENT_WRITE)
            except ssl.SSLEOFError:
                return b""

    def sendall(self, data: bytes, /) -> None:
        rest = memoryview(data)
        while rest:
            try:
                with self._lock:
                    rest = rest[self._connection.send(rest) :]
            except ssl.SSLWantReadError:
                self._wait(selectors.EVENT_READ)
            except ssl.SSLWantWriteError:
                self._wait(selectors.EVENT_WRITE)

    def shutdown(self, how: int, /) -> None:
        # TLS has no half-open connections that engines understand: the end of one is the end of both.
        socket.socket.shutdown(self._connection, socket.SHUT_RDWR)

    def close(self) -> None:
        self._connection.close()

    def _wait(self, event: int) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._connection, event)
            selector.select()


class Splitter:
    """Gives every record of a worker's output to its channel."""

    def __init__(self, channels: tuple[socket.socket, ...]) -> None:
        self._channels: list[socket.socket | None] = list(channels)
        self._rest = bytearray()

    def feed(self, piece: bytes) -> bool:
        """Take the next bytes; False if they are not records."""
        self._rest += piece
        start = 0
        with memoryview(self._rest) as view:
            while len(view) - start >= _RECORD.size:
                number, length = _RECORD.unpack_from(view, start)
                if number >= len(self._channels) or length > _CHUNK:
                    return False
                end = start + _RECORD.size + length
                if end > len(view):
                    break
                self._give(number, view[start + _RECORD.size : end])
                start = end
        del self._rest[:start]
        return True

    def _give(self, number: int, piece: memoryview) -> None:
        channel = self._channels[number]
        if channel is None:
            return
        try:
            channel.sendall(piece)
        except OSError:  # nobody reads this channel any more; the other one may still be read
            self._channels[number] = None


class Attachment:
    """The attached stream of one container, served by threads until it ends.

    With `channels`, `control` and `data` are the ends to hand out; without, it only keeps
    the log. `ended` is set when the engine closes the stream, as it does when the container
    ends.
    """

    def __init__(self, connection: Connection, *, channels: bool) -> None:
        self.ended = threading.Event()
        self._connection = connection
        self._log = Tail()
        self._near: tuple[socket.socket, ...] = ()
        self.far: tuple[socket.socket, ...] = ()
        self._threads = [threading.Thread(target=self._receive, name="sandbox-output", daemon=True)]
        if channels:
            control, data = socket.socketpair(), socket.socketpair()
            self._near, self.far = (control[0], data[0]), (control[1], data[1])
            self._threads.append(threading.Thread(target=self._send, name="sandbox-input", daemon=True))
        for thread in self._threads:
            thread.start()

    def log(self) -> bytes:
        """The last 64 KiB of the container's standard error."""
        return bytes(self._log)

    def discard(self) -> None:
        """Throw away what the container still writes.

        Its output would fill up where nobody reads, and the engine would wait for that before it ends it.
        """
        for end in self._near:
            _shutdown(end, socket.SHUT_WR)

    def close(self, *, drain: bool = True) -> None:
        """End the threads and close what is held, save the ends that were handed out.

        `drain`: the container has ended, so what it wrote last is still waited for.
        """
        if drain:
            self._hang_up()
            self.ended.wait(_JOIN_SECONDS)
        _shutdown(self._connection)
        self._hang_up()
        for thread in self._threads:
            thread.join(_JOIN_SECONDS)
        for end in self._near:
            end.close()
        self._connection.close()

    def _hang_up(self) -> None:
        """Wake whichever thread waits on a channel."""
        for end in self._near:
            _shutdown(end)

    def _receive(self) -> None:
        splitter = Splitter(self._near)
        buffer = bytearray()
        try:
            while piece := self._connection.recv(_READ):
                buffer += piece
                if not self._unframe(buffer, splitter):
                    self._hang_up()
                    while self._connection.recv(_READ):
                        pass  # read on all the same: the engine does not end what it cannot get rid of
                    break
        except OSError:
            pass  # closed by `close`, or by the engine
        finally:
            self.ended.set()
            self._hang_up()

    def _unframe(self, buffer: bytearray, splitter: Splitter) -> bool:
        """Take every whole frame off the front of `buffer`; False if it makes no sense."""
        start = 0
        with memoryview(buffer) as view:
            while len(view) - start >= _FRAME.size:
                stream, length = _FRAME.unpack_from(view, start)
                end = start + _FRAME.size + length
                if end > len(view):
                    break
                payload = bytes(view[start + _FRAME.size : end])
                if stream == 2:
                    self._log.append(payload)
                elif self._near and not splitter.feed(payload):
                    return False
                start = end
        del buffer[:start]
        return True

    def _send(self) -> None:
        with selectors.DefaultSelector() as selector:
            for number, end in enumerate(self._near):
                selector.register(end, selectors.EVENT_READ, number)
            try:
                while self._forward(selector):
                    pass
            except OSError:
                return  # the container's input is closed
        # The owner of the control channel is gone, so the worker must see the end of its input.
        _shutdown(self._connection, socket.SHUT_WR)

    def _forward(self, selector: selectors.BaseSelector) -> bool:
        for key, _ in selector.select():
            end = key.fileobj
            assert isinstance(end, socket.socket)
            piece = end.recv(_CHUNK)
            if piece:
                self._connection.sendall(_RECORD.pack(key.data, len(piece)) + piece)
            elif key.data == 0:
                return False
            else:
                selector.unregister(end)
        return True


def as_connection(stream: Any) -> Connection:
    """The SDK's idea of an attached stream (it differs by transport) as one socket without a timeout."""
    inner = stream if hasattr(stream, "recv") else stream._sock
    inner.settimeout(None)
    return _Held(TlsConnection(inner) if isinstance(inner, ssl.SSLSocket) else inner, stream)


class _Held:
    """A connection with the response that owns it, which would close it on being collected."""

    def __init__(self, connection: Connection, stream: Any) -> None:
        self.recv = connection.recv
        self.sendall = connection.sendall
        self.shutdown = connection.shutdown
        self._connection = connection
        self._stream = stream

    def close(self) -> None:
        # The response first: its buffer stands on the stream, and flushing a closed one is an error.
        response = getattr(self._stream, "_response", None)
        if response is not None:
            response.close()
        self._stream.close()
        self._connection.close()


def _shutdown(end: Connection, how: int = socket.SHUT_RDWR) -> None:
    with contextlib.suppress(OSError):  # closed from the other side
        end.shutdown(how)
