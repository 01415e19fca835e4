"""Chooses the subjects of a run, in the order of a round, and starts the processes that they need."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial

from benchmarks import commands
from benchmarks.commands import F1_TEN, ORACLES, ROOT, TUNE
from benchmarks.helper import Helper
from benchmarks.subjects import Aim, Subject
from benchmarks.timing import Command, environment, run, run_two_at_a_time

ISOLATING = ("bubblewrap", "docker")
SANDBOXES = (*ISOLATING, "process")
COLD_AIMS = {"bubblewrap": Aim(0.5), "docker": Aim(0.7)}
TUNE_AIM, WARM_AIM, POOL_AIM = Aim(0.9), Aim(0.05), Aim(3, at_least=True)
# Parts that hold the baselines of another are measured with it.
NEEDS = {"container": {"bare"}, "cold": {"bare"}, "warm": {"bare"}, "memory": {"bare", "cold"}}
VALUES = {"array": "array of 8 MB", "table": "table of 100,000 x 20"}


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much one turn does."""

    warm: int = 5
    pool: int = 40
    bare_pool: int = 8
    transfers: int = 5


QUICK = Sizes(warm=2, pool=6, bare_pool=2, transfers=2)


def plan(
    parts: Collection[str], sandboxes: Collection[str], sizes: Sizes, stack: ExitStack, notes: list[str]
) -> list[Subject]:
    """What has a turn in every round, baselines first.

    The helpers that it starts end with `stack`. What cannot be measured here is left out, with a
    line in `notes`.
    """
    parts = set(parts).union(*(NEEDS.get(part, set()) for part in parts))
    usable: list[str] = []
    sessions: dict[str, Helper] = {}
    wires: dict[str, Helper] = {}
    for sandbox in sandboxes if parts - {"bare", "container"} else ():
        # Building an image takes memory, so it is done by a helper that measures nothing.
        with Helper("wire", sandbox) as first:
            if first.unavailable:
                notes.append(f"{sandbox} was left out: {first.unavailable}")
                continue
            first.ask("prepare")
        usable.append(sandbox)
        if sandbox in ISOLATING and parts & {"warm", "pool"}:
            sessions[sandbox] = stack.enter_context(Helper("session", sandbox))
        if sandbox in ISOLATING and parts & {"transfer", "memory"}:
            wires[sandbox] = stack.enter_context(Helper("wire", sandbox))
    made: dict[str, Callable[[], Iterator[Subject]]] = {
        "bare": bare,
        "container": partial(container, notes),
        "cold": partial(cold, usable),
        "warm": partial(warm, sessions, sizes),
        "pool": partial(pool, sessions, sizes),
        "transfer": partial(transfer, wires, sizes),
        "memory": partial(memory, wires),
    }
    return [subject for part, make in made.items() if part in parts for subject in make()]


def bare() -> Iterator[Subject]:
    """What everything else is held against."""
    for oracle in ORACLES:
        label, turn = f"ten checks of F1, oracle {oracle}", partial(run, commands.bare_ten(oracle))
        yield Subject(_ten(oracle), "bare", label, "s", turn, _ten(), memory=f"bare pytest, {label}")
    label, turn = f"the checks of {TUNE}", partial(run, commands.bare_tune())
    yield Subject(f"bare {TUNE}", "bare", label, "s", turn, memory=f"bare pytest, {label}")


def container(notes: list[str]) -> Iterator[Subject]:
    """pytest in a plain container, which protects the host but not the checks."""
    image, note = _image()
    if note:
        notes.append(f"pytest in a container was left out: {note}")
        return
    for oracle in ORACLES:
        label, turn = (
            f"ten checks of F1, oracle {oracle}",
            partial(run, commands.container_ten(oracle, image)),
        )
        yield Subject(f"container {oracle}", "container", label, "s", turn, _ten())


def cold(sandboxes: Collection[str]) -> Iterator[Subject]:
    """The command, once for each submission."""
    aims = {F1_TEN: COLD_AIMS, TUNE: dict.fromkeys(ISOLATING, TUNE_AIM)}
    baselines = {F1_TEN: _ten(), TUNE: f"bare {TUNE}"}
    for slug in (F1_TEN, TUNE):
        for sandbox in sandboxes:
            label, turn = f"{slug}, {sandbox}", partial(run, commands.cold(slug, sandbox))
            memory = f"grader grade, {label}: outside the sandbox" if sandbox in ISOLATING else ""
            aim = aims[slug].get(sandbox)
            yield Subject(f"cold {label}", "cold", label, "s", turn, baselines[slug], aim, memory)


def warm(sessions: dict[str, Helper], sizes: Sizes) -> Iterator[Subject]:
    """Submissions that come one by one."""
    for sandbox, session in sessions.items():
        turn = partial(session.ask, "one_by_one", count=sizes.warm)
        yield Subject(f"warm {sandbox}", "warm", f"{F1_TEN}, {sandbox}", "s", turn, _ten(), WARM_AIM)


def pool(sessions: dict[str, Helper], sizes: Sizes) -> Iterator[Subject]:
    """Submissions that come all at once."""
    command, baseline = commands.bare_ten("scikit-learn"), "pool bare"
    turn = partial(run_two_at_a_time, command, sizes.bare_pool)
    yield Subject(baseline, "pool", "bare pytest, oracle scikit-learn", "a minute", turn)
    for sandbox, session in sessions.items():
        label = f"{sizes.pool} submissions to {F1_TEN}, {sandbox}"
        turn = partial(session.ask, "through_the_pool", count=sizes.pool)
        memory = f"the library's process, {label}"
        yield Subject(f"pool {sandbox}", "pool", label, "a minute", turn, baseline, POOL_AIM, memory)


def transfer(wires: dict[str, Helper], sizes: Sizes) -> Iterator[Subject]:
    """Large values, against copying them twice in one process."""
    for value, name in VALUES.items():
        baseline = f"copies {value}"
        for wire in list(wires.values())[:1]:
            turn = partial(wire.ask, "copied_twice", value=value, count=sizes.transfers)
            yield Subject(baseline, "transfer", f"{name}, two copies in one process", "ms", turn)
        for sandbox, wire in wires.items():
            label, turn = (
                f"{name}, {sandbox}",
                partial(wire.ask, "there_and_back", value=value, count=sizes.transfers),
            )
            memory = f"{label}: outside the sandbox"
            yield Subject(
                f"transfer {value} {sandbox}", "transfer", label, "ms", turn, baseline, memory=memory
            )


def memory(wires: dict[str, Helper]) -> Iterator[Subject]:
    """The sandbox's side; the other side is taken with the subjects above."""
    for what, name in {F1_TEN: F1_TEN, TUNE: TUNE, **VALUES}.items():
        for sandbox, wire in wires.items():
            label, turn = f"{name}, {sandbox}: in the sandbox", partial(wire.ask, "sandbox_memory", what=what)
            yield Subject(f"memory {what} {sandbox}", "memory", label, "MiB", turn)


def _ten(oracle: str = "scikit-learn") -> str:
    return f"bare ten {oracle}"


def _image() -> tuple[str, str]:
    """The image's tag, and why there is none. In a process of its own, to keep this one small."""
    words = (sys.executable, "-m", "benchmarks.container")
    found = subprocess.run(
        words, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT, env=environment(Command(words))
    )
    tag, note = json.loads(found.stdout)
    return tag, note
