"""Settings: what a user would otherwise type as an option each time.

A flag comes first, then an environment variable, then the nearest project file (a `grader.toml`, or a
`pyproject.toml` with `[tool.grader]`, in the current folder or above it; project files are not merged), then
the user's own `grader.toml`, then the default. Flags are click's affair; the rest is read here.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from grader.bank import Bank
from grader.errors import GraderError

FILE = "grader.toml"
PYPROJECT = "pyproject.toml"
PREFIX = "GRADER_"

Origin = Literal["environment", "project", "user"]
# Key -> the words that it may be, or the type that it must have. `Path` is text, relative to its file.
KINDS: Mapping[str, type | tuple[str, ...]] = MappingProxyType(
    {
        "challenge": str,  # what `grader start` writes; not an option of any command
        "bank": Path,
        "sandbox": ("auto", "docker", "bubblewrap", "process"),
        "runtime": str,
        "isolation": ("standard", "strict"),
        "format": ("terminal", "json", "junit", "markdown", "html", "csv"),
        "audience": ("candidate", "staff"),
        "feedback": ("full", "hints", "titles", "score"),
        "progress": bool,
    }
)
_WORDS = {
    "true": True,
    "1": True,
    "yes": True,
    "on": True,
    "false": False,
    "0": False,
    "no": False,
    "off": False,
}


class SettingsError(GraderError):
    """Settings that cannot be used; every one of them is named."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A value and where it was found: a file, or the name of a variable."""

    key: str
    value: Any
    source: str
    origin: Origin


Settings = Mapping[str, Setting]


def read(cwd: Path, environ: Mapping[str, str], user: Path | None) -> Settings:
    """The settings that hold in the folder `cwd`, by key; `user` is the folder of the user's own file.

    Raises SettingsError with every unknown key and every wrong value of all three places.
    """
    problems: list[str] = []
    found: dict[str, Setting] = {}
    if user is not None:
        found |= _from_file(user / FILE, "user", problems) or {}
    for folder in (cwd.absolute(), *cwd.absolute().parents):
        project = _from_file(folder / FILE, "project", problems)
        if project is None:
            project = _from_file(folder / PYPROJECT, "project", problems)
        if project is not None:
            found |= project
            break
    found |= _from_environment(environ, cwd, problems)
    if problems:
        raise SettingsError("\n".join(["the settings cannot be used:", *problems]))
    return MappingProxyType(found)


def user_folder(environ: Mapping[str, str]) -> Path:
    """Where the user's own `grader.toml` is: in GRADER_HOME if that is set, else where settings belong."""
    if home := environ.get("GRADER_HOME"):
        return Path(home)
    import platformdirs

    return platformdirs.user_config_path("ml-grader", appauthor=False)


def bank_for(folder: Path, environ: Mapping[str, str]) -> Bank:
    """The bank that is set for a folder, or the grader's own. Raises SettingsError or ChallengeError."""
    setting = read(folder, environ, user_folder(environ)).get("bank")
    return Bank.default() if setting is None else Bank.at(setting.value)


def _from_file(path: Path, origin: Origin, problems: list[str]) -> dict[str, Setting] | None:
    """What a file says; None if it is not there, or is a `pyproject.toml` that says nothing of the grader."""
    table = ""
    try:
        text = path.read_text(encoding="utf-8")
        if path.name == PYPROJECT:
            if "tool" not in text or "grader" not in text:
                return None
            table = "tool.grader."
            content = tomllib.loads(text).get("tool", {}).get("grader")
        else:
            content = tomllib.loads(text)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return None
    except (OSError, ValueError, AttributeError) as error:
        if table and "[tool.grader" not in text:
            return None  # somebody else's mistake, in a file that is not about the grader
        problems.append(f"{path}: cannot be read as TOML: {error}")
        return {}
    if content is None:
        return None
    if not isinstance(content, dict):
        problems.append(f"{path}: tool.grader: must be a table")
        return {}
    found = {}
    for key, value in content.items():
        if problem := _wrong(key, value):
            problems.append(f"{path}: {table}{key}: {problem}")
        else:
            converted = path.parent / value if KINDS[key] is Path else value
            found[key] = Setting(key, converted, str(path), origin)
    return found


def _from_environment(environ: Mapping[str, str], cwd: Path, problems: list[str]) -> dict[str, Setting]:
    found = {}
    for key, kind in KINDS.items():
        name = variable(key)
        text = environ.get(name, "")
        if not text or key == "challenge":
            continue
        value = _WORDS.get(text.lower(), text) if kind is bool else text
        if problem := _wrong(key, value):
            problems.append(f"{name}: {problem}")
        else:
            found[key] = Setting(key, cwd / text if kind is Path else value, name, "environment")
    return found


def variable(key: str) -> str:
    """The environment variable of a key."""
    return PREFIX + key.upper().replace("-", "_")


def _wrong(key: str, value: object) -> str:
    """What is wrong with a value; empty if nothing."""
    if key not in KINDS:
        near = difflib.get_close_matches(key, KINDS, n=1)
        advice = f"; did you mean {near[0]}?" if near else f"; there is {', '.join(KINDS)}"
        return f"is not a known key{advice}"
    kind = KINDS[key]
    if isinstance(kind, tuple):
        return "" if value in kind else f"must be one of {', '.join(kind)}, not {_shown(value)}"
    if kind is bool:
        return "" if isinstance(value, bool) else f"must be true or false, not {_shown(value)}"
    return "" if isinstance(value, str) and value else f"must be text, not {_shown(value)}"


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def lines(settings: Settings) -> Iterator[str]:
    """One line for each setting with its source, for a log."""
    for setting in settings.values():
        yield f"{setting.key} = {setting.value!r} from {setting.source}"
