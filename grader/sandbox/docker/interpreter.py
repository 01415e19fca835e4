"""What Python a base image has, found by running it once."""

from __future__ import annotations

import json
from typing import Any

from grader.errors import SandboxError
from grader.sandbox.docker.engine import Client, explained, labels, reason, sdk
from grader.sandbox.docker.wheels import Target

_OLDEST = (3, 11)

# Runs in the base image, so it is written for any Python 3. The names are those of environment markers.
_PROBE = """
import json, os, platform, sys
v = sys.version_info
full = "%d.%d.%d" % v[:3]
print(json.dumps({"executable": sys.executable, "version": full, "libc": platform.libc_ver(), "markers": {
    "implementation_name": sys.implementation.name, "implementation_version": full, "os_name": os.name,
    "platform_machine": platform.machine(), "platform_release": platform.release(),
    "platform_system": platform.system(), "platform_version": platform.version(),
    "python_full_version": full, "platform_python_implementation": platform.python_implementation(),
    "python_version": "%d.%d" % v[:2], "sys_platform": sys.platform}}))
"""


def probe(client: Client, reference: str, image: str) -> Target:
    """The Python of a base image. Raises SandboxError for one that cannot serve."""
    found = _run(client, reference, image)
    version = str(found["version"])
    libc, libc_version = found["libc"]
    if tuple(int(part) for part in version.split(".")[:2]) < _OLDEST:
        raise SandboxError(
            f"the base image {reference} has Python {version}; set GRADER_BASE_IMAGE to one with "
            f"{_OLDEST[0]}.{_OLDEST[1]} or later"
        )
    if libc != "glibc":
        raise SandboxError(
            f"the base image {reference} is not built on glibc, which the wheels of numpy need; "
            "set GRADER_BASE_IMAGE to one that is, such as a slim Debian"
        )
    major, minor = (int(part) for part in libc_version.split(".")[:2])
    return Target(str(found["executable"]), version, (major, minor), found["markers"])


def _run(client: Client, reference: str, image: str) -> dict[str, Any]:
    errors = sdk().errors
    said = ""
    for python in ("python3", "python"):
        with explained(f"the base image {reference} cannot be run", "set GRADER_BASE_IMAGE to another"):
            try:
                output = client.containers.run(
                    image,
                    entrypoint=[python, "-I", "-S", "-c", _PROBE],
                    command=[],
                    network_mode="none",
                    labels=labels(),
                    remove=True,
                )
            except (errors.ContainerError, errors.APIError) as error:
                said = said or reason(error)
                continue
        found: dict[str, Any] = json.loads(output)
        return found
    raise SandboxError(
        f"the base image {reference} has no Python ({said}); set GRADER_BASE_IMAGE to one that has"
    )
