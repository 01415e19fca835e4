from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Callable

import pytest

from grader.errors import ChallengeError, SandboxError
from grader.sandbox.docker import image
from grader.sandbox.docker.engine import Client, labels

docker = pytest.mark.docker


@pytest.fixture(scope="module")
def numpy_image(engine_client: Client, base: str) -> image.Image:
    return image.ensure(engine_client, ("numpy",), print, base)


@pytest.fixture(scope="module")
def full_image(engine_client: Client, base: str) -> image.Image:
    return image.ensure(engine_client, ("scikit-learn", "numpy", "pandas"), print, base)


@pytest.fixture
def python_in(engine_client: Client) -> Callable[..., str]:
    """Run Python in an image as the worker is run, as root so that every file can be seen; its output."""

    def run(found: image.Image, code: str) -> str:
        path = "import sys; sys.path.insert(0, '/opt/worker'); sys.path.append('/opt/site')\n"
        output = engine_client.containers.run(
            found.id,
            [found.executable, "-I", "-S", "-B", "-c", path + code],
            user="0:0",
            network_mode="none",
            labels=labels(),
            remove=True,
            stderr=True,
        )
        return output.decode().strip()

    return run


def test_base_is_taken_from_the_environment() -> None:
    assert image.base_reference({}) == image.DEFAULT_BASE
    assert image.base_reference({"BASE_IMAGE": "a"}) == "a"
    assert image.base_reference({"BASE_IMAGE": "a", "GRADER_BASE_IMAGE": "b"}) == "b"


def test_hash_changes_with_the_worker_and_the_requirements() -> None:
    sources = [("Dockerfile", b"FROM x"), ("worker/main.py", b"pass")]
    first = image.inputs(("numpy",), sources)
    assert first == image.inputs(("numpy",), list(sources))
    assert first != image.inputs(("numpy",), [sources[0], ("worker/main.py", b"pass  ")])
    assert first != image.inputs(("numpy",), [*sources, ("worker/more.py", b"")])
    assert first != image.inputs(("pandas",), sources)
    assert image.inputs(("numpy", "pandas")) == image.inputs(("pandas", "numpy"))


def test_context_has_the_worker_and_the_wheels_and_nothing_else() -> None:
    archive = image.context([])
    assert archive.getvalue() == image.context([]).getvalue()
    with tarfile.open(fileobj=archive) as tar:
        names = tar.getnames()
    assert {"Dockerfile", "wheels", "worker", "worker/main.py", "worker/wire/__init__.py"} <= set(names)
    assert {name.split("/")[0] for name in names} == {"Dockerfile", "wheels", "worker"}
    assert not [name for name in names if "__pycache__" in name]


@docker
def test_an_image_that_is_up_to_date_is_not_built_again(
    engine_client: Client, base: str, numpy_image: image.Image
) -> None:
    said: list[str] = []
    assert image.ensure(engine_client, ("numpy",), said.append, base) == numpy_image
    assert said == []


@docker
def test_image_describes_itself(numpy_image: image.Image, full_image: image.Image, base: str) -> None:
    assert numpy_image.tag.startswith("ml-grader/sandbox:")
    assert len(numpy_image.tag.partition(":")[2]) == 12
    assert numpy_image.requires == ("numpy",)
    assert full_image.requires == ("numpy", "pandas", "scikit-learn")
    assert numpy_image.base == base
    assert [name for name, _ in numpy_image.distributions] == ["numpy"]
    assert {"numpy", "pandas", "scikit-learn", "scipy", "joblib"} <= dict(full_image.distributions).keys()


@docker
def test_nothing_of_the_base_is_inherited(engine_client: Client, numpy_image: image.Image) -> None:
    config = engine_client.api.inspect_image(numpy_image.id)["Config"]
    assert config["User"] == "65534:65534"
    assert not config["Entrypoint"]
    assert not config["Volumes"]
    assert {entry.partition("=")[0] for entry in config["Env"] or []} <= {"PATH"}


@docker
@pytest.mark.parametrize("module", ["pandas", "sklearn", "scipy", "pip", "setuptools", "ensurepip", "wheel"])
def test_what_is_not_required_is_not_there(
    numpy_image: image.Image, python_in: Callable[..., str], module: str
) -> None:
    code = f"import importlib.util; print(importlib.util.find_spec({module!r}))"
    assert python_in(numpy_image, code) == "None"


@docker
def test_what_is_required_works(full_image: image.Image, python_in: Callable[..., str]) -> None:
    code = "import numpy, pandas, sklearn.ensemble, worker.main; print(sklearn.__version__)"
    assert python_in(full_image, code) == dict(full_image.distributions)["scikit-learn"]


@docker
def test_known_tables_are_not_there(full_image: image.Image, python_in: Callable[..., str]) -> None:
    code = """
import os
names = [os.path.join(folder, name) for folder, _, files in os.walk("/opt") for name in files]
tables = [name for name in names if name.endswith((".csv", ".csv.gz", ".arff.gz", ".rst"))]
print([name for name in tables if "/sklearn/" in name and "/datasets/descr/" not in name])
"""
    assert python_in(full_image, code) == "[]"


@docker
def test_no_file_gives_rights_and_no_installer_is_left(
    numpy_image: image.Image, python_in: Callable[..., str]
) -> None:
    code = """
import json, os, stat
special, named = [], []
for folder, folders, files in os.walk("/"):
    if folder in ("/proc", "/sys", "/dev"):
        folders.clear()
        continue
    for name in folders + files:
        path = os.path.join(folder, name)
        if not os.path.islink(path) and os.lstat(path).st_mode & (stat.S_ISUID | stat.S_ISGID):
            special.append(path)
        if name.split("-")[0] in ("pip", "pip3", "apt", "dpkg", "setuptools", "perl", "gcc"):
            named.append(path)
print(json.dumps([special, named]))
"""
    assert json.loads(python_in(numpy_image, code)) == [[], []]


@docker
def test_standard_library_distributions_and_worker_are_compiled(
    numpy_image: image.Image, python_in: Callable[..., str]
) -> None:
    code = """
import importlib.util, json, os
import numpy, worker.main
print([m.__file__ for m in (json, numpy, worker.main) if not os.path.exists(m.__cached__)])
"""
    assert python_in(numpy_image, code) == "[]"


@docker
def test_list_and_prune_know_what_is_current(
    engine_client: Client, base: str, numpy_image: image.Image, outdated: str
) -> None:
    assert {numpy_image.id, outdated} <= {found.id for found in image.images(engine_client)}
    removed = image.prune(engine_client)
    left = {found.id for found in image.images(engine_client)}
    assert outdated not in left
    assert numpy_image.id in left
    assert numpy_image.tag not in removed
    # The same id, so every step came from what the first build left.
    assert image.build(engine_client, ("numpy",), print, base) == numpy_image.id


@pytest.fixture
def outdated(engine_client: Client, numpy_image: image.Image) -> str:
    """An image of ours whose inputs are not those of today."""
    about = json.dumps({"base": numpy_image.base, "base_id": "sha256:0"})
    stream = engine_client.api.build(
        fileobj=io.BytesIO(f"FROM {numpy_image.tag}\nLABEL ml-grader.inputs=0\n".encode()),
        tag=f"{image.REPOSITORY}:outdated",
        labels={"ml-grader.image": "1", "ml-grader.about": about},
        rm=True,
        decode=True,
    )
    assert not [event for event in stream if "error" in event]
    return str(engine_client.api.inspect_image(f"{image.REPOSITORY}:outdated")["Id"])


@docker
def test_a_base_that_is_nowhere_says_what_to_set(engine_client: Client) -> None:
    with pytest.raises(SandboxError, match=r"GRADER_BASE_IMAGE.*scripts/base-image"):
        image.build(engine_client, (), print, "localhost:1/no/such:image")


@docker
def test_a_distribution_that_the_sandbox_lacks_is_the_authors_error(engine_client: Client, base: str) -> None:
    with pytest.raises(ChallengeError, match="no 'no-such-thing'"):
        image.build(engine_client, ("no-such-thing",), print, base)
