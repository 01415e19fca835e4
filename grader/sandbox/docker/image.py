"""The images of the container sandbox: one for each set of distributions that challenges require.

A distribution that is not required must not exist in the sandbox, so nothing is shared but
the base. An image is tagged by the hash of everything that went in: what is there under its
tag is up to date.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs

from grader.errors import SandboxError
from grader.resources import folder, package_folder
from grader.sandbox.base import Progress
from grader.sandbox.docker.engine import Client, explained, sdk
from grader.sandbox.docker.interpreter import probe
from grader.sandbox.docker.wheels import Target, collect, distributions, read_lock

REPOSITORY = "ml-grader/sandbox"
DEFAULT_BASE = "python:3.11-slim-bookworm"

_LABEL = "ml-grader.image"
_STAGE = "ml-grader.stage"
_REQUIRES = "ml-grader.requires"
_INPUTS = "ml-grader.inputs"
_ABOUT = "ml-grader.about"
_BUILD_SECONDS = 1800
_RETRY = "see the engine's own log, then try again"


@dataclass(frozen=True, slots=True)
class Image:
    """An image of ours, as its labels describe it. `size` in bytes, `created` in seconds since 1970."""

    id: str
    tag: str
    requires: tuple[str, ...]
    python: str
    executable: str
    distributions: tuple[tuple[str, str], ...]
    base: str
    base_id: str
    size: int
    created: int


def base_reference(environment: Mapping[str, str] | None = None) -> str:
    """The base that images are built on: GRADER_BASE_IMAGE, BASE_IMAGE, or the official slim Python."""
    environment = os.environ if environment is None else environment
    return environment.get("GRADER_BASE_IMAGE") or environment.get("BASE_IMAGE") or DEFAULT_BASE


def ensure(client: Client, requires: Iterable[str], progress: Progress, base: str | None = None) -> Image:
    """The image for `requires`, built if there is none that is up to date. Raises SandboxError."""
    reference = base or base_reference()
    found = _find(client, requires, reference)
    if found is None:
        build(client, requires, progress, reference)
        found = _find(client, requires, reference)
    if found is None:
        raise SandboxError("the engine has lost the image that it just built; try again")
    return found


def build(client: Client, requires: Iterable[str], progress: Progress, base: str | None = None) -> str:
    """Build the image for `requires`, reusing what the engine still has; its id.

    Wheels come from the user's own pip, the base from the engine; the build itself has no
    network. Raises SandboxError, and ChallengeError for a distribution that the lock lacks.
    """
    reference = base or base_reference()
    names = _sorted(requires)
    base_id = _local_id(client, reference) or _pull(client, reference, progress)
    target = probe(client, reference, base_id)
    lock = folder("requirements") / "sandbox.txt"
    cache = Path(platformdirs.user_cache_dir("ml-grader")) / "wheels"
    locked = read_lock(_read(lock).decode("utf-8"), target, str(lock))
    wheels = collect(names, locked, target, cache, progress)
    tag = _tag(names, base_id)
    progress(f"Building the sandbox image for {', '.join(names) or 'plain Python'} on {reference}")
    labels = _labels(names, reference, base_id, target, wheels)
    with context(wheels) as archive, explained("the sandbox image could not be built", _RETRY):
        stream = client.api.build(
            fileobj=archive,
            custom_context=True,
            dockerfile="Dockerfile",
            tag=tag,
            buildargs={"BASE_IMAGE": reference, "PYTHON": target.executable, "STAGE": _stage(base_id)},
            labels=labels,
            network_mode="none",
            rm=True,
            forcerm=True,
            use_config_proxy=False,
            timeout=_BUILD_SECONDS,
            decode=True,
        )
        _follow(stream, progress)
    built = _local_id(client, tag)
    if built is None:
        raise SandboxError(f"the build of {tag} ended without an image; see the engine's own log")
    return built


def images(client: Client) -> list[Image]:
    """Every image of ours that the engine has, newest first."""
    found = _list(client, f"{_LABEL}=1")
    return [_image(entry) for entry in sorted(found, key=lambda entry: entry["Created"], reverse=True)]


def prune(client: Client, *, keep_current: bool = True) -> list[str]:
    """Remove our images that are out of date, or all of them; their tags.

    What the builds left in between goes as well, unless the next build would start from it.
    An image that a container uses stays.
    """
    removed, stages = [], set()
    for entry in _list(client, f"{_LABEL}=1"):
        found = _image(entry)
        if keep_current and found.tag == _current_tag(client, found):
            stages.add(_stage(found.base_id))
        elif _remove(client, found.tag or found.id):
            removed.append(found.tag or found.id)
    for entry in _list(client, _STAGE, dangling=True):
        if entry["Labels"][_STAGE] not in stages:
            _remove(client, entry["Id"])
    return removed


def context(wheels: Iterable[Path]) -> io.BytesIO:
    """The build context, as an uncompressed tar archive in memory, the same for the same content."""
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        for name in ("wheels", "worker"):
            entry = tarfile.TarInfo(name)
            entry.type, entry.mode = tarfile.DIRTYPE, 0o755
            tar.addfile(entry)
        for name, content in [*_sources(), *((f"wheels/{path.name}", _read(path)) for path in wheels)]:
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(content), 0o644
            tar.addfile(entry, io.BytesIO(content))
    archive.seek(0)
    return archive


def inputs(requires: Iterable[str], sources: Iterable[tuple[str, bytes]] | None = None) -> str:
    """Hash of all that goes into an image but its base: 64 hexadecimal digits."""
    parts = [
        *(_sources() if sources is None else sources),
        ("lock", _read(folder("requirements") / "sandbox.txt")),
    ]
    parts.append(("requires", ",".join(_sorted(requires)).encode()))
    digest = hashlib.sha256()
    for name, content in parts:
        digest.update(f"{name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def _sources() -> list[tuple[str, bytes]]:
    """The Dockerfile and the worker's modules, by their path in the build context."""
    worker = package_folder("worker")
    modules = sorted(worker.rglob("*.py"))
    return [
        ("Dockerfile", _read(folder("docker") / "Dockerfile")),
        *((f"worker/{path.relative_to(worker).as_posix()}", _read(path)) for path in modules),
    ]


def _tag(requires: Iterable[str], base_id: str) -> str:
    return f"{REPOSITORY}:{hashlib.sha256(f'{inputs(requires)} {base_id}'.encode()).hexdigest()[:12]}"


def _stage(base_id: str) -> str:
    """Names what an image's first stages were made from; the worker's sources are no part of it."""
    content = _read(folder("docker") / "Dockerfile") + _read(folder("requirements") / "sandbox.txt")
    return hashlib.sha256(content + base_id.encode()).hexdigest()[:12]


def _labels(
    names: tuple[str, ...], reference: str, base_id: str, target: Target, wheels: list[Path]
) -> dict[str, str]:
    return {
        _LABEL: "1",
        _REQUIRES: ",".join(names),
        _INPUTS: inputs(names),
        # In one, since every label is a step of the build.
        _ABOUT: json.dumps(
            {
                "base": reference,
                "base_id": base_id,
                "python": target.version,
                "executable": target.executable,
                "distributions": dict(distributions(wheels)),
            }
        ),
    }


def _find(client: Client, requires: Iterable[str], reference: str) -> Image | None:
    """The image that is up to date. Where the base itself is not there, one that was built on it."""
    base_id = _local_id(client, reference)
    if base_id is not None:
        found = _list(client, f"{_LABEL}=1", reference=_tag(requires, base_id))
    else:
        same = _list(client, f"{_INPUTS}={inputs(requires)}")
        found = [entry for entry in same if _about(entry["Labels"]).get("base") == reference]
    return _image(max(found, key=lambda entry: entry["Created"])) if found else None


def _current_tag(client: Client, image: Image) -> str:
    """The tag that `image` would have if it were built now."""
    base_id = _local_id(client, image.base) if image.base else None
    return _tag(image.requires, base_id or image.base_id)


def _image(entry: Mapping[str, Any]) -> Image:
    labels = entry["Labels"]
    about = _about(labels)
    tags = [tag for tag in entry.get("RepoTags") or [] if tag != "<none>:<none>"]
    return Image(
        id=entry["Id"],
        tag=tags[0].removeprefix("localhost/") if tags else "",
        requires=tuple(name for name in labels.get(_REQUIRES, "").split(",") if name),
        python=about.get("python", ""),
        executable=about.get("executable", "python3"),
        distributions=tuple(sorted(about.get("distributions", {}).items())),
        base=about.get("base", ""),
        base_id=about.get("base_id", ""),
        size=int(entry["Size"]),
        created=int(entry["Created"]),
    )


def _about(labels: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(labels.get(_ABOUT, "{}"))
    return found


def _sorted(requires: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({name.lower() for name in requires}))


def _list(client: Client, *labels: str, **filters: object) -> list[dict[str, Any]]:
    with explained("the engine does not list its images", _RETRY):
        return list(client.api.images(filters={"label": list(labels), **filters}))


def _local_id(client: Client, reference: str) -> str | None:
    errors = sdk().errors
    with explained(f"the engine does not answer about the image {reference}", _RETRY):
        try:
            return str(client.api.inspect_image(reference)["Id"])
        except errors.NotFound:
            return None


def _remove(client: Client, name: str) -> bool:
    errors = sdk().errors
    with explained(f"the image {name} cannot be removed", _RETRY):
        try:
            client.api.remove_image(name)
        except errors.NotFound:
            return False
        except errors.APIError as error:
            if error.status_code == 409:
                return False
            raise
    return True


def _pull(client: Client, reference: str, progress: Progress) -> str:
    progress(f"Pulling {reference}")
    remedy = (
        "set GRADER_BASE_IMAGE to an image with Python 3.11 or later and pip that the engine has or can "
        "pull; scripts/base-image makes one where there is no registry"
    )
    with explained(f"the base image {reference} is not there and cannot be pulled", remedy):
        for event in client.api.pull(reference, stream=True, decode=True):
            if "error" in event:
                raise OSError(event["error"])
    found = _local_id(client, reference)
    if found is None:
        raise SandboxError(f"the engine pulled {reference} but does not have it; {remedy}")
    return found


def _follow(stream: Iterable[Mapping[str, Any]], progress: Progress) -> None:
    """Report each step of a build; raise SandboxError with the end of what it said if it fails."""
    said: list[str] = []
    for event in stream:
        line = str(event.get("stream") or "").rstrip()
        if line:
            said = [*said[-20:], line]
        if line.startswith("Step "):
            progress(f"Building the sandbox image: {line.partition(' : ')[0].lower()}")
        if "error" in event:
            tail = " ".join(" ".join(said).split())[-800:]
            raise SandboxError(
                f"the sandbox image could not be built: {event['error']}; the build said: {tail}"
            )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SandboxError(f"{path} cannot be read ({error.strerror}); install the grader again") from None
