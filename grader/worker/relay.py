"""Both channels over one pair of streams, for engines that offer only an attached stream.

A record is one byte for the channel (0 control, 1 data), four bytes for the length (big
endian, at most 65536), then the bytes. The relay never looks into them.
"""

from __future__ import annotations

import os
import selectors
import socket
import struct

RECORD = struct.Struct(">BI")
CHUNK = 65536


class Relay:
    """Copies between two streams and the near ends of two sockets, driven by a selector."""

    def __init__(self, source: int, sink: int, control: socket.socket, data: socket.socket) -> None:
        self.source = source
        self.sink = sink
        self.channels = (control, data)
        self._incoming = bytearray()

    def register(self, selector: selectors.BaseSelector) -> None:
        """Have `selector` report what this relay must react to; its key data is the relay."""
        selector.register(self.source, selectors.EVENT_READ, self)
        for channel in self.channels:
            selector.register(channel, selectors.EVENT_READ, self)

    def ready(self, file: object) -> bool:
        """Move what is there; False when the stream from outside has ended."""
        if file == self.source:
            return self._take()
        for number, channel in enumerate(self.channels):
            if file is channel:
                self._give(number, channel)
        return True

    def flush(self) -> None:
        """Send everything that the inside has already written."""
        for number, channel in enumerate(self.channels):
            while self._give(number, channel, socket.MSG_DONTWAIT):
                pass

    def close(self) -> None:
        """Close every end that this relay holds."""
        os.close(self.source)
        os.close(self.sink)
        for channel in self.channels:
            channel.close()

    def _take(self) -> bool:
        piece = os.read(self.source, CHUNK + RECORD.size)
        if not piece:
            return False
        self._incoming += piece
        while len(self._incoming) >= RECORD.size:
            number, length = RECORD.unpack_from(self._incoming)
            end = RECORD.size + length
            if len(self._incoming) < end:
                break
            with memoryview(self._incoming) as view:
                self.channels[number].sendall(view[RECORD.size : end])
            del self._incoming[:end]
        return True

    def _give(self, number: int, channel: socket.socket, flags: int = 0) -> bool:
        try:
            piece = channel.recv(CHUNK, flags)
        except BlockingIOError:
            return False
        if not piece:
            return False
        record = memoryview(RECORD.pack(number, len(piece)) + piece)
        while record:
            record = record[os.write(self.sink, record) :]
        return True
