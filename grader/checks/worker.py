"""The trusted end of the wire: one sandboxed worker, its submission and the check under way.

Nothing that arrives is believed: every answer has a deadline, must belong to the call that is
outstanding, and decodes to plain data or to handles with the ids that this side issued.
"""

from __future__ import annotations

import secrets
import select
import socket
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from grader.checks.candidate import Handle, error_from
from grader.checks.recorder import Recorder
from grader.worker.wire import (
    Decoder,
    Encoder,
    ProtocolError,
    describe,
    encode_estimator,
    is_estimator,
    receive,
    send,
)

START_SECONDS = 60.0
CLEAN_SECONDS = 5.0


class WorkerLost(BaseException):
    """The worker cannot go on. `reason` is "start", "timeout", "died" or "protocol".

    A BaseException, so that no check can take it for an error of the candidate's.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


@dataclass
class _Call:
    """What one outstanding call has lent to the candidate, and the ids that it may answer with."""

    identity: str
    base: str
    callbacks: list[Callable[..., object]] = field(default_factory=list)
    tokens: list[object] = field(default_factory=list)
    served: int = 0


class Worker:
    """A conversation with one worker, from its start to the first thing that goes wrong.

    `spent` is the time in seconds that candidate code has taken since it was last set to
    zero; it may reach `allowed`.
    """

    def __init__(
        self,
        control: socket.socket,
        data: socket.socket,
        *,
        on_loss: Callable[[WorkerLost], None] = lambda error: None,
        debug: bool = False,
    ) -> None:
        self.control = control
        self.data = data
        self.on_loss = on_loss
        self.debug = debug
        self.recorder: Recorder | None = None  # of the check under way, if its calls may be shown
        self.problems: list[dict[str, Any]] = []
        self.usable = True  # whether the submission has anything that could be called
        self.spent = 0.0
        self.allowed = 0.0
        self.lost = False
        self.started = False
        self._calls = 0
        self._answer_bytes = 0  # in the buffers of the last answer
        self._epoch = 0
        self._ending = False
        self._load_seconds = 0.0
        self._loading = False

    def load(self, submission: Mapping[str, object] | None, seconds: float) -> None:
        """Wait for the worker to start, then have it load the submission within `seconds`.

        Without a submission there is nothing to call, but the worker can be probed.
        """
        end = time.monotonic() + START_SECONDS
        self._expect("ready", end)
        self.started = True
        if submission is None:
            return
        encoder = Encoder()
        tree = encoder.encode(dict(submission))
        self._send(self.control, {"op": "load", "submission": tree}, encoder.buffers, end)
        self._load_seconds = seconds
        self._await_loaded()

    def begin(self) -> None:
        """Have a fresh process answer from now on."""
        # Sent before the end of the last one is confirmed: the worker takes one after the other.
        self._send(self.control, {"op": "begin"}, (), time.monotonic() + CLEAN_SECONDS)
        self._finish_end()
        if self._loading:
            self._await_loaded()
        self._expect("began", time.monotonic() + CLEAN_SECONDS)
        self._epoch += 1

    def end(self) -> None:
        """Have that process killed with all that it started. Does not wait for it."""
        self._epoch += 1
        self._send(self.control, {"op": "end"}, (), time.monotonic() + CLEAN_SECONDS)
        self._ending = True

    def probe(self, *, isolated: bool) -> object:
        """Run the probes of `grader doctor` in the check process."""
        return self.request({"op": "probe", "isolated": isolated})

    def request(
        self,
        message: dict[str, Any],
        args: tuple[object, ...] = (),
        kwargs: dict[str, object] | None = None,
        epoch: int | None = None,
        kind: str = "",
    ) -> object:
        """Send a call and wait for its answer, serving callbacks meanwhile.

        `kind` is the type of the handle that is called, for whoever is shown the call. Raises
        CandidateError for an exception of the candidate's code, Unsendable for an argument that
        cannot cross, and WorkerLost where no valid answer comes in time.
        """
        if self.recorder is None:
            return self._request(message, args, kwargs, epoch)
        with self.recorder.watch(message, kind, args, kwargs or {}) as call:
            answer = self._request(message, args, kwargs, epoch)
            call.answered(answer, self._answer_bytes)
            return answer

    def _request(
        self,
        message: dict[str, Any],
        args: tuple[object, ...],
        kwargs: dict[str, object] | None,
        epoch: int | None,
    ) -> object:
        if self.lost or (epoch is not None and epoch != self._epoch):
            raise RuntimeError("the object is gone: the process that held it has ended")
        self._calls += 1
        call = _Call(secrets.token_hex(8), f"h{self._calls}")
        encoder = self._encoder(call)
        body = {
            **message,
            "id": call.identity,
            "result": call.base,
            "args": encoder.encode(args),
            "kwargs": encoder.encode(kwargs or {}),
        }
        buffers: Sequence[Any] = encoder.buffers
        while True:
            started = time.monotonic()
            try:
                self._send(self.data, body, buffers, started + self.allowed - self.spent)
                reply, received = self._receive(started + self.allowed - self.spent)
            finally:
                self.spent += time.monotonic() - started
            try:
                if reply.get("id") != call.identity:
                    raise ProtocolError("an answer to another call")
                if reply.get("op") == "return":
                    self._answer_bytes = sum(map(len, received))
                    return self._decode(reply["value"], received, call, call.base)
                if reply.get("op") == "raise":
                    raise error_from(reply)
                if reply.get("op") != "callback":
                    raise ProtocolError("an unknown kind of answer")
                number, arguments = self._callback(reply, received, call)
            except (ProtocolError, KeyError, TypeError, ValueError) as error:
                if type(error) not in (ProtocolError, KeyError, TypeError, ValueError):
                    raise  # the candidate's own, of a built-in kind
                raise self._lose("protocol", f"{type(error).__name__}: {error}") from None
            body, buffers = self._perform(call, number, arguments)

    def _callback(
        self, reply: dict[str, Any], received: list[memoryview], call: _Call
    ) -> tuple[int, tuple[tuple[object, ...], dict[str, object]]]:
        number = reply["callback"]
        if type(number) is not int or not 0 <= number < len(call.callbacks):
            raise ProtocolError("a callback that was not given")
        call.served += 1
        both = self._decode(reply["arguments"], received, call, f"{call.base}c{call.served}")
        if (
            type(both) is not tuple
            or len(both) != 2
            or type(both[0]) is not tuple
            or type(both[1]) is not dict
        ):
            raise ProtocolError("arguments of a callback that are not arguments")
        if not all(type(name) is str for name in both[1]):
            raise ProtocolError("argument names of a callback that are not text")
        return number, both

    def _perform(
        self, call: _Call, number: int, arguments: tuple[tuple[object, ...], dict[str, object]]
    ) -> tuple[dict[str, Any], Sequence[Any]]:
        """Call one of the check's own functions for the candidate."""
        # It meets whatever the candidate hands it, and its text may say what is hidden.
        try:
            value = call.callbacks[number](*arguments[0], **arguments[1])
        except Exception as error:
            name = type(error).__name__
            text = f"the function that was given to you raised {name}"
            return {"op": "failure", "type": name, "text": text}, ()
        encoder = self._encoder(call, lend=True)
        return {"op": "result", "value": encoder.encode(value)}, encoder.buffers

    def _encoder(self, call: _Call, *, lend: bool = False) -> Encoder:
        """`lend`: what is not plain data goes as a token, which can only come back."""

        def other(value: object) -> object | None:
            if type(value) is Handle:
                if value._worker is not self or value._epoch != self._epoch:
                    raise RuntimeError("the object is gone: the process that held it has ended")
                return {"t": "handle", "id": value._identity}
            if is_estimator(value):
                return encode_estimator(encoder, value)
            if lend:
                call.tokens.append(value)
                return {"t": "token", "id": len(call.tokens) - 1}
            if callable(value):
                call.callbacks.append(value)
                return {"t": "callback", "id": len(call.callbacks) - 1}
            return None

        encoder = Encoder(other=other)
        return encoder

    def _decode(self, tree: object, buffers: list[memoryview], call: _Call, base: str) -> object:
        count = 0

        def handle(tag: dict[str, object]) -> object:
            nonlocal count
            if tag.get("id") != f"{base}.{count}" or type(tag.get("type")) is not str or len(tag) != 3:
                raise ProtocolError("a handle that was not issued")
            count += 1
            return Handle(self, f"{base}.{count - 1}", str(tag["type"])[:80], self._epoch)

        def token(tag: dict[str, object]) -> object:
            number = tag.get("id")
            if type(number) is not int or not 0 <= number < len(call.tokens):
                raise ProtocolError("a token that was not given")
            return call.tokens[number]

        return Decoder(buffers, special={"handle": handle, "token": token}).decode(tree)

    def _finish_end(self) -> None:
        if not self._ending:
            return
        self._ending = False
        message = self._expect("clean", time.monotonic() + CLEAN_SECONDS)
        if message.get("ok") is not True:
            raise self._lose("protocol", f"could not be cleaned after a check: {message.get('left')}")
        self._loading = message.get("reloading") is True and self._load_seconds > 0
        if not self._loading and select.select([self.data], [], [], 0)[0]:
            raise self._lose("protocol", "answers that nobody asked for")

    def _await_loaded(self) -> None:
        self._loading = False
        message, _ = self._receive(time.monotonic() + self._load_seconds)
        problems = message.get("problems")
        if message.get("op") != "loaded" or not isinstance(problems, list):
            raise self._lose("protocol", "no word about how the submission loaded")
        self.problems = [problem for problem in problems[:50] if isinstance(problem, dict)]
        self.usable = message.get("usable") is True

    def _expect(self, operation: str, deadline: float) -> dict[str, Any]:
        """The next control message, which must be this one; "died" may come at any time."""
        while True:
            message = self._control(deadline)
            if message.get("op") == operation:
                return message
            if message.get("op") != "died" or operation != "clean":
                raise self._lose(
                    "died" if message.get("op") == "died" else "protocol", str(message.get("op"))
                )

    def _control(self, deadline: float) -> dict[str, Any]:
        try:
            message, buffers = receive(self.control, deadline)
        except TimeoutError:
            raise self._lose("timeout", "the worker does not answer") from None
        except (EOFError, OSError) as error:
            raise self._lose("died", f"the worker has ended ({error})") from None
        except ProtocolError as error:
            raise self._lose("protocol", str(error)) from None
        self._log("<", message, buffers)
        return message

    def _send(
        self, channel: socket.socket, message: dict[str, Any], buffers: Sequence[Any], deadline: float
    ) -> None:
        self._log(">", message, buffers)
        try:
            send(channel, message, buffers, deadline)
        except TimeoutError:
            raise self._lose("timeout", "the call was not taken") from None
        except OSError as error:
            raise self._lose("died", str(error)) from None

    def _receive(self, deadline: float) -> tuple[dict[str, Any], list[memoryview]]:
        """The next answer on the data channel, unless the control channel says that none will come."""
        wait = max(0.0, deadline - time.monotonic())
        readable = select.select([self.data, self.control], [], [], wait)[0]
        if not readable:
            raise self._lose("timeout", "no answer in time")
        if self.data not in readable:
            self._expect("answer", deadline)
        try:
            message, buffers = receive(self.data, deadline)
        except TimeoutError:
            raise self._lose("timeout", "no whole answer in time") from None
        except (EOFError, OSError) as error:
            raise self._lose("died", str(error)) from None
        except ProtocolError as error:
            raise self._lose("protocol", str(error)) from None
        self._log("<", message, buffers)
        return message, buffers

    def _lose(self, reason: str, detail: str) -> WorkerLost:
        error = WorkerLost(reason if self.started else "start", detail)
        if not self.lost:
            self.lost = True
            self.on_loss(error)
        return error

    def _log(self, direction: str, message: Mapping[str, Any], buffers: Sequence[Any]) -> None:
        if self.debug:
            print(f"wire {direction} {describe(message, buffers)}", file=sys.stderr, flush=True)
