"""A zip archive as a submission: read in memory, file by file, never unpacked to disk.

Only regular files that are stored or deflated are read; the other methods need memory
that the archive itself decides on.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from grader.errors import SubmissionError
from grader.model import Submission
from grader.submission.caps import Caps, size
from grader.submission.naming import checked, ignored, shown, taken
from grader.submission.tree import collect

ENTRY_SIGNATURE = b"PK\x01\x02"
ENCRYPTED = 0x1 | 0x40 | 0x2000
UTF8_NAME = 0x800
# What zipfile and zlib raise for bytes that are no sound archive.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    RuntimeError,
)


def read_archive(content: bytes, where: str, name: str, entry: str, caps: Caps) -> Submission:
    """Read the archive in `content`. Raises SubmissionError."""
    # zipfile reads every entry of the directory before it can be asked how many there are.
    if content.count(ENTRY_SIGNATURE) > caps.entries:
        raise SubmissionError(f"{where} holds more than {caps.entries} files. Pack the submission alone.")
    with _sound(where):
        archive = zipfile.ZipFile(io.BytesIO(content))
    found = _without_top(_regular_files(archive, where))
    declared = sum(info.file_size for info in found.values())
    if declared > caps.total + caps.notebook:
        raise SubmissionError(
            f"{where} holds {size(declared)} unpacked; {size(caps.total)} are allowed. "
            "Leave out what is not needed."
        )

    def read(one: str, limit: int) -> bytes:
        with _sound(where), archive.open(found[one]) as stream:
            return stream.read(limit)

    return collect(where, name, found, read, entry, caps)


@contextmanager
def _sound(where: str) -> Iterator[None]:
    try:
        yield
    except BROKEN as error:
        message = f"{where} is not a sound zip archive ({shown(error)}). Pack it again."
        raise SubmissionError(message) from error


def _regular_files(archive: zipfile.ZipFile, where: str) -> dict[str, zipfile.ZipInfo]:
    """The files to read, by checked name. Refuses what an honest archive does not hold."""
    files: dict[str, zipfile.ZipInfo] = {}
    for info in archive.infolist():
        name = checked(_name(info, where), where)
        if ignored(name):
            continue
        kind = stat.S_IFMT(info.external_attr >> 16)
        if kind == stat.S_IFLNK:
            raise SubmissionError(f"{where}: {shown(name)} is a link. Pack the file itself.")
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise SubmissionError(f"{where}: {shown(name)} is not a regular file. Leave it out.")
        if info.is_dir() or kind == stat.S_IFDIR or not _may_be_taken(name):
            continue
        if info.flag_bits & ENCRYPTED:
            raise SubmissionError(f"{where}: {shown(name)} is encrypted. Pack it without a password.")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise SubmissionError(
                f"{where}: {shown(name)} is packed by an unusual method. Use an ordinary zip program."
            )
        if name in files:
            raise SubmissionError(f"{where}: {shown(name)} is in the archive twice. Pack it again.")
        files[name] = info
    return files


def _name(info: zipfile.ZipInfo, where: str) -> str:
    """The name as text. Some programs write UTF-8 without saying so; zipfile then reads code page 437."""
    name = info.orig_filename
    if not info.flag_bits & UTF8_NAME and not name.isascii():
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            message = (
                f"{where}: the file name {shown(name)} is not UTF-8. Rename the file with plain letters."
            )
            raise SubmissionError(message) from None
    return name.replace("\\", "/")  # written by old programs on Windows


def _may_be_taken(name: str) -> bool:
    """As `taken`, for a name that may still lose its top folder."""
    return taken(name) or taken(name.partition("/")[2])


def _without_top(files: dict[str, zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """The files without the one folder that holds them all, as most programs pack it."""
    tops = {name.partition("/")[0] if "/" in name else "" for name in files}
    if len(tops) == 1 and tops != {""}:
        files = {name.partition("/")[2]: info for name, info in files.items()}
    return {name: info for name, info in files.items() if taken(name)}
