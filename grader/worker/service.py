"""The check process: answers calls on the submission, one at a time.

Messages in: `call` (a function, a handle or a member of one), `get` (an attribute), `drop`
(handles that are no longer used), `probe`. Out: `return`, `raise`, and `callback` while a call
is under way, which the other end answers with `result` or `failure`.
"""

from __future__ import annotations

import builtins
import socket
import types
from collections.abc import Callable, Iterable

from . import loading
from .wire import Decoder, Encoder, ProtocolError, Unsendable, build_estimator, receive, send

_TEXT_BYTES = 4096


class Reference:
    """Stands for an object that stays with the other end; it can only be handed back."""

    __slots__ = ("_number",)

    def __init__(self, number: int) -> None:
        self._number = number


class _Call:
    """The call under way: its id, the prefix of ids that it may give out, callbacks made so far."""

    def __init__(self, identity: str, base: str) -> None:
        self.identity = identity
        self.base = base
        self.served = 0


class Service:
    """The loop that answers calls. What cannot cross stays here, under an id given by the caller."""

    def __init__(self, module: types.ModuleType | None, data: socket.socket, folder: str) -> None:
        self.module = module
        self.data = data
        self.folder = folder
        self.objects: dict[str, object] = {}

    def run(self) -> None:
        """Answer until the channel closes."""
        while True:
            try:
                message, buffers = receive(self.data)
            except (EOFError, OSError):
                return
            self._answer(message, buffers)

    def _answer(self, message: dict[str, object], buffers: list[memoryview]) -> None:
        call = message["id"]
        # Anything may come out of candidate code, SystemExit included: the worker's one border.
        try:
            value = self._perform(message, buffers)
            self._reply({"op": "return", "id": call}, value, str(message.get("result", "")))
        except BaseException as error:
            send(self.data, {"op": "raise", "id": call, **self._describe(error)})

    def _perform(self, message: dict[str, object], buffers: list[memoryview]) -> object:
        operation = message["op"]
        if operation == "drop":
            for handle in message["handles"]:  # type: ignore[attr-defined]
                self.objects.pop(handle, None)
            return None
        if operation == "probe":
            from . import probes

            return probes.run(isolated=bool(message["isolated"]))
        target = self._target(message)
        if operation == "get":
            return target
        decoder = self._decoder(buffers, _Call(str(message["id"]), str(message["result"])))
        args = decoder.decode(message["args"])
        kwargs = decoder.decode(message["kwargs"])
        del buffers, decoder
        return target(*args, **kwargs)  # type: ignore[operator,misc,arg-type]

    def _target(self, message: dict[str, object]) -> object:
        if "handle" in message:
            found = self.objects[str(message["handle"])]
            return getattr(found, str(message["name"])) if "name" in message else found
        name = str(message["function"])
        if self.module is None or not hasattr(self.module, name):
            raise NameError(f"the submission defines no {name!r}")
        return getattr(self.module, name)

    def _reply(self, message: dict[str, object], value: object, prefix: str) -> None:
        encoder = Encoder(other=self._keeper(prefix))
        message["value"] = encoder.encode(value)
        send(self.data, message, encoder.buffers)

    def _keeper(self, prefix: str) -> Callable[[object], object | None]:
        """Gives what cannot cross an id below `prefix`, in the order in which it is met."""
        count = 0

        def keep(value: object) -> object:
            nonlocal count
            if isinstance(value, Reference):
                return {"t": "token", "id": value._number}
            identity = f"{prefix}.{count}"
            count += 1
            self.objects[identity] = value
            return {"t": "handle", "id": identity, "type": type(value).__name__[:80]}

        return keep

    def _decoder(self, buffers: list[memoryview], call: _Call) -> Decoder:
        def callback(tag: dict[str, object]) -> object:
            return self._callback(int(tag["id"]), call)  # type: ignore[call-overload]

        def handle(tag: dict[str, object]) -> object:
            return self.objects[str(tag["id"])]

        def token(tag: dict[str, object]) -> object:
            return Reference(int(tag["id"]))  # type: ignore[call-overload]

        def estimator(tag: dict[str, object]) -> object:
            return build_estimator(tag, decoder)

        special = {"callback": callback, "handle": handle, "token": token, "estimator": estimator}
        decoder = Decoder(buffers, special=special, iterators=True)
        return decoder

    def _callback(self, number: int, call: _Call) -> Callable[..., object]:
        """A function of the other end. It may be called only while the call that brought it runs."""

        def remote(*args: object, **kwargs: object) -> object:
            call.served += 1
            encoder = Encoder(other=self._keeper(f"{call.base}c{call.served}"))
            arguments = encoder.encode((args, kwargs))
            message = {"op": "callback", "id": call.identity, "callback": number, "arguments": arguments}
            send(self.data, message, encoder.buffers)
            reply, buffers = receive(self.data)
            if reply["op"] == "failure":
                raise getattr(builtins, str(reply["type"]), RuntimeError)(reply["text"])
            return self._decoder(buffers, call).decode(reply["value"])

        return remote

    def _describe(self, error: BaseException) -> dict[str, object]:
        """An exception as plain text: its classes by name, its message, the candidate's own lines."""
        names = [kind.__name__[:80] for kind in type(error).__mro__[:12]]
        if isinstance(error, (Unsendable, ProtocolError)):
            names = ["TypeError", "Exception"]
        try:
            text = str(error)
        except BaseException:
            text = "an exception that cannot be shown"
        lines: Iterable[tuple[str, int, str]] = ()
        try:
            lines = loading.own_lines(error, self.folder)
        except BaseException:
            lines = ()
        return {
            "classes": names,
            "text": _bounded(text),
            "lines": [
                [_bounded(file, 200), int(line), _bounded(source, 200)] for file, line, source in lines
            ],
        }


def _bounded(text: str, size: int = _TEXT_BYTES) -> str:
    return str(text).encode("utf-8", "replace")[:size].decode("utf-8", "ignore")
