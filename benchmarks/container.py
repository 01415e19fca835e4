"""The image for pytest in a plain `docker run`: the sandbox's base, its wheels, pytest, the ten checks."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tarfile
from pathlib import Path
from typing import Any

import platformdirs

from benchmarks.commands import ANSWERS, BARE, F1_TEN, INSIDE, ORACLES, ROOT
from grader.errors import GraderError, SandboxError
from grader.sandbox.docker.engine import connect, explained
from grader.sandbox.docker.image import base_reference
from grader.sandbox.docker.interpreter import probe
from grader.sandbox.docker.wheels import collect, read_lock

_TAG = "ml-grader/benchmark"
_REQUIRES = ("numpy", "scikit-learn", "pytest")
_DOCKERFILE = f"""\
ARG BASE_IMAGE
FROM ${{BASE_IMAGE}}
COPY wheels/ /wheels/
RUN set -eu; \\
    stdlib="$(python3 -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')"; \\
    find /wheels -name '*.whl' -exec python3 -m pip install --quiet --no-index --no-deps --no-compile \\
        --no-cache-dir --target /opt/site {{}} +; \\
    rm -r /wheels; \\
    python3 -m compileall -q -x '/test(s|)/|lib2to3|bad_' "$stdlib" /opt/site
COPY files/ {INSIDE}/
"""


def build() -> str:
    """Build the image, or find it built; its tag. Raises SandboxError with the reason if it cannot be."""
    if shutil.which("docker") is None:
        raise SandboxError("the command docker is not installed")
    client = connect().client
    reference = base_reference()
    with explained(f"the base image {reference} is not there", "run: grader image build"):
        base = str(client.api.inspect_image(reference)["Id"])
    target = probe(client, reference, base)
    lock = ROOT / "requirements" / "dev.txt"
    cache = Path(platformdirs.user_cache_dir("ml-grader")) / "wheels"
    locked = read_lock(lock.read_text(encoding="utf-8"), target, str(lock))
    wheels = collect(_REQUIRES, locked, target, cache, lambda text: None)
    archive = _context(wheels)
    tag = f"{_TAG}:{hashlib.sha256(base.encode() + archive).hexdigest()[:12]}"
    if not client.api.images(name=tag):
        with explained("the benchmark's image could not be built", "see the engine's own log"):
            _build(client, archive, tag, reference)
    return tag


def main() -> None:
    """Print the tag with an empty note, or no tag with a note on why there is none."""
    try:
        print(json.dumps([build(), ""]))
    except GraderError as error:
        print(json.dumps(["", str(error)]))


def _build(client: Any, archive: bytes, tag: str, reference: str) -> None:
    stream = client.api.build(
        fileobj=io.BytesIO(archive),
        custom_context=True,
        tag=tag,
        buildargs={"BASE_IMAGE": reference},
        network_mode="none",
        rm=True,
        forcerm=True,
        decode=True,
    )
    for event in stream:
        if "error" in event:
            raise OSError(event["error"])


def _context(wheels: list[Path]) -> bytes:
    """The build context as a tar archive, the same for the same content."""
    files = {"Dockerfile": _DOCKERFILE.encode()}
    files |= {f"wheels/{wheel.name}": wheel.read_bytes() for wheel in wheels}
    names = [f"{BARE}/pytest.ini", f"{BARE}/test_ten.py", ANSWERS[F1_TEN]]
    names += [f"{folder}/oracle.py" for folder in ORACLES.values()]
    files |= {f"files/{name}": (ROOT / name).read_bytes() for name in names}
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, content in sorted(files.items()):
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(content), 0o644
            archive.addfile(entry, io.BytesIO(content))
    return stream.getvalue()


if __name__ == "__main__":
    main()
