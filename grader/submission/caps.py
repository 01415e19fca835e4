"""How large a submission may be, and which files of a folder belong to it."""

from __future__ import annotations

from dataclasses import dataclass

KIB = 1 << 10
MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Caps:
    """Upper limits; sizes in bytes. What is over one of them is refused, never cut."""

    source: int = MIB  # one Python file, or the code of all cells of a notebook
    notebook: int = 10 * MIB  # a notebook on disk, outputs included
    total: int = 20 * MIB  # all files of a folder or archive; also the archive itself
    files: int = 200
    cells: int = 2000  # of a notebook, text included
    depth: int = 8  # folders in one another
    entries: int = 10_000  # names that are looked at in a folder or archive


DEFAULT = Caps()


def size(number: int) -> str:
    """A size for people: "1 MiB", "312 MiB", "1.5 KiB", "7 bytes"."""
    for unit, name in ((MIB, "MiB"), (KIB, "KiB")):
        if number >= unit:
            return f"{number / unit:.1f}".removesuffix(".0") + f" {name}"
    return f"{number} byte" + ("" if number == 1 else "s")
