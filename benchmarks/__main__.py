"""`python -m benchmarks`: measure everything side by side, and write RESULTS.md."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import machine
from benchmarks.commands import TUNE
from benchmarks.plan import QUICK, SANDBOXES, Sizes, plan
from benchmarks.results import render
from benchmarks.subjects import PARTS, Result, Subject
from benchmarks.timing import Failed


def main() -> None:
    """Parse, measure, write."""
    options = _options()
    about, notes = machine.describe(), list[str]()
    about["Load average at the start"] = machine.load()
    before = machine.stolen()
    try:
        with ExitStack() as stack:
            sizes = QUICK if options.quick else Sizes()
            subjects = plan(options.only, options.sandbox, sizes, stack, notes)
            results = measure(subjects, options.rounds, warm_up=not options.quick)
    except Failed as error:
        sys.exit(f"benchmarks: {error}")
    about["Load average at the end"] = machine.load()
    about["Processor time taken by other virtual machines"] = machine.share(before, machine.stolen())
    page = render(
        results,
        parts=options.only,
        machine=about,
        notes=notes,
        date=datetime.now(UTC).date().isoformat(),
        rounds=options.rounds,
        tune=TUNE,
    )
    options.output.write_text(page, encoding="utf-8")
    print(page)


def measure(subjects: Sequence[Subject], rounds: int, *, warm_up: bool) -> dict[str, Result]:
    """Give every subject its turn, `rounds` times; before that one turn that does not count."""
    results = {subject.key: Result(subject) for subject in subjects}
    for number in range(0 if warm_up else 1, rounds + 1):
        for subject in subjects:
            name = f"round {number} of {rounds}" if number else "warming up"
            print(f"{name}: {PARTS[subject.part]}: {subject.label}", file=sys.stderr, flush=True)
            reading = subject.turn()
            if number:
                results[subject.key].add(reading)
    return results


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=_positive, default=5, metavar="N", help="default: 5")
    parser.add_argument("--quick", action="store_true", help="small turns and no warming up, to try it out")
    parser.add_argument(
        "--only", nargs="+", choices=PARTS, default=list(PARTS), metavar="PART", help=", ".join(PARTS)
    )
    parser.add_argument(
        "--sandbox",
        nargs="+",
        choices=SANDBOXES,
        default=SANDBOXES,
        metavar="NAME",
        help=", ".join(SANDBOXES),
    )
    output = Path(__file__).with_name("RESULTS.md")
    parser.add_argument(
        "--output", type=Path, default=output, metavar="FILE", help="default: benchmarks/RESULTS.md"
    )
    return parser.parse_args()


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


if __name__ == "__main__":
    main()
