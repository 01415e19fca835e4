from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.sandbox.docker.stream import Attachment, Connection, Splitter, Tail, TlsConnection


def frame(stream: int, payload: bytes) -> bytes:
    return struct.pack(">BxxxI", stream, len(payload)) + payload


def record(channel: int, payload: bytes) -> bytes:
    return struct.pack(">BI", channel, len(payload)) + payload


@pytest.fixture
def engine() -> Iterator[tuple[Attachment, socket.socket]]:
    """An attachment with channels, and the engine's end of its connection."""
    near, far = socket.socketpair()
    attachment = Attachment(near, channels=True)
    far.settimeout(10)
    for end in attachment.far:
        end.settimeout(10)
    yield attachment, far
    far.close()
    attachment.close()
    for end in attachment.far:
        end.close()


def receive(end: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size:
        piece = end.recv(size - len(found))
        assert piece, "it ended early"
        found += piece
    return found


def test_records_reach_their_channel_however_they_are_cut(engine: tuple[Attachment, socket.socket]) -> None:
    attachment, far = engine
    output = record(0, b"control") + record(1, b"da") + record(1, b"ta")
    for position in range(len(output)):
        far.sendall(frame(1, output[position : position + 1]))
    control, data = attachment.far
    assert receive(control, 7) == b"control"
    assert receive(data, 4) == b"data"


def test_what_is_sent_becomes_records(engine: tuple[Attachment, socket.socket]) -> None:
    attachment, far = engine
    control, data = attachment.far
    control.sendall(b"load")
    assert receive(far, 9) == record(0, b"load")
    data.sendall(b"call")
    assert receive(far, 9) == record(1, b"call")


def test_errors_go_to_the_log_and_only_its_end_is_kept(engine: tuple[Attachment, socket.socket]) -> None:
    attachment, far = engine
    for _ in range(200):
        far.sendall(frame(2, b"x" * 1000))
    far.sendall(frame(2, b"the end"))
    far.close()
    assert attachment.ended.wait(10)
    assert len(attachment.log()) == 64 * 1024
    assert attachment.log().endswith(b"xthe end")


def test_channels_end_when_the_engine_hangs_up(engine: tuple[Attachment, socket.socket]) -> None:
    attachment, far = engine
    far.sendall(frame(1, record(1, b"last words")))
    far.close()
    control, data = attachment.far
    assert receive(data, 10) == b"last words"
    assert data.recv(1) == control.recv(1) == b""


def test_input_ends_when_control_closes(engine: tuple[Attachment, socket.socket]) -> None:
    attachment, far = engine
    attachment.far[0].close()
    assert far.recv(1) == b""


@pytest.mark.parametrize("output", [record(2, b"x"), struct.pack(">BI", 1, 65537)])
def test_what_is_not_a_record_ends_both_channels(
    engine: tuple[Attachment, socket.socket], output: bytes
) -> None:
    attachment, far = engine
    far.sendall(frame(1, output))
    control, data = attachment.far
    assert data.recv(1) == control.recv(1) == b""


def test_a_channel_that_nobody_reads_any_more_does_not_stop_the_other(
    engine: tuple[Attachment, socket.socket],
) -> None:
    attachment, far = engine
    control, data = attachment.far
    data.close()
    far.sendall(frame(1, record(1, b"dropped") * 3 + record(0, b"kept")))
    assert receive(control, 4) == b"kept"


@pytest.mark.parametrize("broken", [False, True])
def test_output_that_nobody_wants_does_not_hold_up_the_engine(
    engine: tuple[Attachment, socket.socket], broken: bool
) -> None:
    attachment, far = engine
    flood = frame(1, record(1, bytes(16_000))) * 600
    if broken:
        far.sendall(frame(1, record(7, b"there is no such channel")))
    else:
        far.settimeout(0.5)
        with pytest.raises(TimeoutError):
            far.sendall(flood)
        attachment.discard()
        far.settimeout(10)
    far.sendall(flood)


def test_close_ends_the_threads_though_nobody_reads(engine: tuple[Attachment, socket.socket]) -> None:
    attachment, far = engine
    flood = threading.Thread(target=_flood, args=(far,))
    flood.start()
    assert receive(attachment.far[1], 10) == b"\0" * 10
    attachment.close(drain=False)
    flood.join(10)
    assert not flood.is_alive()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("sandbox-")]


def _flood(far: socket.socket) -> None:
    try:
        for _ in range(200):
            far.sendall(frame(1, record(1, bytes(60000))))
    except OSError:
        pass


def test_splitter_holds_no_more_than_an_unfinished_record() -> None:
    near, far = socket.socketpair()
    with near, far:
        splitter = Splitter((near, near))
        for _ in range(1000):
            assert splitter.feed(record(0, b"x" * 100))
            receive(far, 100)
        assert len(splitter._rest) == 0


def test_tail_stays_bounded() -> None:
    tail = Tail()
    for _ in range(1000):
        tail.append(bytes(4096))
    assert len(bytes(tail)) == 65536
    assert len(tail._kept) <= 2 * 65536


@pytest.fixture
def tls(tmp_path: Path) -> Iterator[tuple[Connection, ssl.SSLSocket]]:
    """Both ends of a TLS connection; the second one is the engine's."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = (
        f"openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=localhost -keyout {key} -out {certificate}"
    )
    try:
        subprocess.run(command.split(), check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("needs openssl")
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    client = ssl.create_default_context(cafile=str(certificate))
    near, far = socket.socketpair()
    found: list[ssl.SSLSocket] = []
    thread = threading.Thread(target=lambda: found.append(server.wrap_socket(far, server_side=True)))
    thread.start()
    wrapped = client.wrap_socket(near, server_hostname="localhost")
    thread.join()
    connection = TlsConnection(wrapped)
    yield connection, found[0]
    connection.close()
    found[0].close()


def test_tls_reads_and_writes_from_two_threads(tls: tuple[Connection, ssl.SSLSocket]) -> None:
    connection, far = tls
    content = bytes(range(256)) * 16384
    received = bytearray()

    def read() -> None:
        while len(received) < len(content):
            received.extend(connection.recv(65536))

    def echo() -> None:
        left = len(content)
        while left:
            piece = far.recv(65536)
            far.sendall(piece)
            left -= len(piece)

    threads = [threading.Thread(target=read), threading.Thread(target=echo)]
    for thread in threads:
        thread.start()
    connection.sendall(content)
    for thread in threads:
        thread.join(20)
    assert bytes(received) == content


def test_tls_shutdown_wakes_the_reader(tls: tuple[Connection, ssl.SSLSocket]) -> None:
    connection, _ = tls
    ended = threading.Event()

    def read() -> None:
        with contextlib.suppress(OSError):
            connection.recv(1)
        ended.set()

    thread = threading.Thread(target=read)
    thread.start()
    connection.shutdown(socket.SHUT_RDWR)
    assert ended.wait(10)
    thread.join()
