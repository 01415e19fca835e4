"""Compiles docker/seccomp.json to the classic BPF program that bubblewrap loads.

Docker compiles the same file itself, so both sandboxes deny the same system calls. The
program has three parts: a check of the architecture, a binary search over ranges of
system call numbers, and at its leaves an answer or a few comparisons of arguments.

Sources: linux/filter.h and linux/seccomp.h (instructions, struct seccomp_data), the
engine's documentation of its profiles, seccomp_rule_add(3) (meaning of the comparisons).
"""

from __future__ import annotations

import functools
import json
import platform
import struct
from dataclasses import dataclass
from importlib import resources as package_files
from typing import Any

from grader.errors import SandboxError
from grader.resources import folder

_ARCHITECTURES = {  # machine -> (AUDIT_ARCH_*, column in syscalls.json, name in the profile)
    "x86_64": (0xC000003E, 0, "SCMP_ARCH_X86_64"),
    "aarch64": (0xC00000B7, 1, "SCMP_ARCH_AARCH64"),
}
_SAME_MACHINE = {"amd64": "x86_64", "arm64": "aarch64"}

_LOAD, _AND, _JUMP, _JUMP_EQ, _JUMP_GE, _RETURN = 0x20, 0x54, 0x05, 0x15, 0x35, 0x06
_AT_NUMBER, _AT_ARCHITECTURE, _AT_ARGUMENTS = 0, 4, 16  # in struct seccomp_data
_KILL_PROCESS, _ALLOW, _ERRNO = 0x80000000, 0x7FFF0000, 0x00050000
_EPERM = 1
_MOST_INSTRUCTIONS = 4096
_LONGEST_JUMP = 255
_LOW = 0xFFFFFFFF

_PROFILE_KEYS = {"defaultAction", "defaultErrnoRet", "archMap", "syscalls"}
_GROUP_KEYS = {"comment", "names", "action", "errnoRet", "args"}

Profile = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Instruction:
    """One struct sock_filter."""

    code: int
    value: int
    if_true: int = 0
    if_false: int = 0


_Block = list[_Instruction]


@dataclass(frozen=True, slots=True)
class _Test:
    """`argument & mask` compared with `value`, all of 64 bits."""

    index: int
    mask: int
    value: int
    equal: bool


@dataclass(frozen=True, slots=True)
class _Rule:
    """What is answered when every test holds."""

    answer: int
    tests: tuple[_Test, ...] = ()


def load_profile() -> Profile:
    """The profile as Docker's JSON has it."""
    text = (folder("docker") / "seccomp.json").read_text(encoding="utf-8")
    profile: Profile = json.loads(text)
    return profile


def load_numbers() -> dict[str, tuple[int | None, int | None]]:
    """System call name -> its number on (x86_64, aarch64); None where it does not exist."""
    text = (package_files.files("grader.sandbox") / "syscalls.json").read_text(encoding="utf-8")
    return {name: (first, second) for name, (first, second) in json.loads(text).items()}


@functools.cache
def sandbox_filter() -> bytes:
    """What `compile_filter` makes of the sandboxes' profile on this machine."""
    return compile_filter(load_profile())


def compile_filter(profile: Profile, machine: str | None = None) -> bytes:
    """The profile as an array of struct sock_filter, for `bwrap --seccomp FD`.

    A call under another architecture kills the process. x32 calls need no case of their
    own: they carry bit 30 in the number, so none equals a number that the profile allows.
    SandboxError for a machine or a profile that this compiler does not know: a condition
    that was overlooked would open a hole.
    """
    machine = machine or platform.machine()
    machine = _SAME_MACHINE.get(machine.lower(), machine)
    if machine not in _ARCHITECTURES:
        raise SandboxError(
            f"no system call filter for machine {machine!r}: bubblewrap sandboxes need x86_64 or aarch64; "
            "use --sandbox docker here"
        )
    audit, column, name = _ARCHITECTURES[machine]
    _refuse_unknown("the profile", profile, _PROFILE_KEYS)
    if name not in {entry["architecture"] for entry in profile["archMap"]}:
        raise SandboxError(f"seccomp profile: archMap does not list {name}")
    default = _answer(profile["defaultAction"], profile.get("defaultErrnoRet"))
    program = [
        _Instruction(_LOAD, _AT_ARCHITECTURE),
        _Instruction(_JUMP_EQ, audit, if_true=1),
        _Instruction(_RETURN, _KILL_PROCESS),
        _Instruction(_LOAD, _AT_NUMBER),
        *_search(_ranges(_rules_by_number(profile, column), default), default),
    ]
    if len(program) > _MOST_INSTRUCTIONS:
        raise SandboxError(
            f"seccomp profile: {len(program)} instructions, the kernel takes {_MOST_INSTRUCTIONS}"
        )
    return b"".join(struct.pack("=HBBI", i.code, i.if_true, i.if_false, i.value) for i in program)


def _refuse_unknown(where: str, found: dict[str, Any], known: set[str]) -> None:
    unknown = sorted(key for key in found if key not in known and found[key])
    if unknown:
        raise SandboxError(
            f"seccomp profile: {where} has {', '.join(unknown)}, which the compiler does not know"
        )


def _answer(action: str, errno: int | None) -> int:
    """A seccomp return value. An errno that is not given is EPERM, as in the engine."""
    if action == "SCMP_ACT_ALLOW":
        return _ALLOW
    if action == "SCMP_ACT_ERRNO":
        return _ERRNO | (_EPERM if errno is None else errno)
    raise SandboxError(f"seccomp profile: unknown action {action!r}; use SCMP_ACT_ALLOW or SCMP_ACT_ERRNO")


def _test(argument: dict[str, Any]) -> _Test:
    everything = (1 << 64) - 1
    index, value, operator = argument["index"], argument["value"], argument["op"]
    if operator in ("SCMP_CMP_EQ", "SCMP_CMP_NE"):
        return _Test(index, everything, value, operator == "SCMP_CMP_EQ")
    if operator == "SCMP_CMP_MASKED_EQ":  # `value` is the mask, `valueTwo` what must be left
        return _Test(index, value, argument.get("valueTwo", 0), True)
    raise SandboxError(f"seccomp profile: unknown comparison {operator!r}")


def _rules_by_number(profile: Profile, column: int) -> dict[int, tuple[_Rule, ...]]:
    """The rules of each system call in the profile's order; a name that the machine lacks is left out."""
    numbers = load_numbers()
    rules: dict[int, tuple[_Rule, ...]] = {}
    for group in profile["syscalls"]:
        where = f"the group of {group['names'][0]}"
        _refuse_unknown(where, group, _GROUP_KEYS)
        tests = tuple(_test(argument) for argument in group.get("args") or ())
        rule = _Rule(_answer(group["action"], group.get("errnoRet")), tests)
        for name in group["names"]:
            if name not in numbers:
                raise SandboxError(f"seccomp profile: {where}: {name!r} is not in syscalls.json")
            number = numbers[name][column]
            if number is not None:
                rules[number] = (*rules.get(number, ()), rule)
    return rules


def _ranges(rules: dict[int, tuple[_Rule, ...]], default: int) -> list[tuple[int, tuple[_Rule, ...]]]:
    """(first number, rules) of each run of numbers with the same rules, ascending, from 0 to the end."""
    otherwise = (_Rule(default),)
    ranges: list[tuple[int, tuple[_Rule, ...]]] = []
    for number in range(max(rules, default=0) + 2):
        here = rules.get(number, otherwise)
        if not ranges or ranges[-1][1] != here:
            ranges.append((number, here))
    return ranges


def _search(ranges: list[tuple[int, tuple[_Rule, ...]]], default: int) -> _Block:
    """Binary search with the number in the accumulator; ends in an answer."""
    if len(ranges) == 1:
        return _leaf(ranges[0][1], default)
    middle = len(ranges) // 2
    below = _search(ranges[:middle], default)
    above = _search(ranges[middle:], default)
    first = ranges[middle][0]
    if len(below) <= _LONGEST_JUMP:
        return [_Instruction(_JUMP_GE, first, if_true=len(below)), *below, *above]
    far = _Instruction(_JUMP, len(below))
    return [_Instruction(_JUMP_GE, first, if_false=1), far, *below, *above]


def _leaf(rules: tuple[_Rule, ...], default: int) -> _Block:
    """Answers with the first rule whose tests all hold."""
    block: _Block = []
    for rule in rules:
        block += _attempt(rule)
        if not rule.tests:
            return block
    return [*block, _Instruction(_RETURN, default)]


def _attempt(rule: _Rule) -> _Block:
    """Answers if every test holds, else runs off its end. Built from the end, where the jumps go to."""
    block = [_Instruction(_RETURN, rule.answer)]
    for test in reversed(rule.tests):
        block = [*(_equal if test.equal else _differs)(test, len(block)), *block]
    return block


def _halves(test: _Test) -> list[tuple[int, int, int]]:
    """(offset, mask, value) of the low and the high half of the argument that the mask looks at."""
    low = _AT_ARGUMENTS + 8 * test.index  # both machines are little-endian
    halves = [(low, test.mask & _LOW, test.value & _LOW), (low + 4, test.mask >> 32, test.value >> 32)]
    return [half for half in halves if half[1] or half[2]]


def _load(offset: int, mask: int) -> _Block:
    load = [_Instruction(_LOAD, offset)]
    return load if mask == _LOW else [*load, _Instruction(_AND, mask)]


def _equal(test: _Test, after: int) -> _Block:
    """Goes on if the halves are equal, else jumps over what follows and `after` more instructions."""
    block: _Block = []
    for offset, mask, value in reversed(_halves(test)):
        skip = _near(len(block) + after)
        block = [*_load(offset, mask), _Instruction(_JUMP_EQ, value, if_false=skip), *block]
    return block


def _differs(test: _Test, after: int) -> _Block:
    """Goes on if one of the halves differs, else jumps over `after` instructions."""
    block: _Block = []
    last = _near(after)
    for offset, mask, value in reversed(_halves(test)):
        jump = _Instruction(_JUMP_EQ, value, if_true=0 if block else last, if_false=_near(len(block)))
        block = [*_load(offset, mask), jump, *block]
    return block


def _near(distance: int) -> int:
    if distance > _LONGEST_JUMP:
        raise SandboxError("seccomp profile: too many comparisons in one group")
    return distance
