"""Files that anybody may have written: regular ones only, of a limited size, in UTF-8; every fault is a sentence."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from geo.errors import UserError

_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
"""Without O_NONBLOCK, opening a pipe waits until somebody writes into it."""
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
)


class FileError(UserError, ValueError):
    """A file that cannot be used; the message names it, and says what is wrong, what was expected and how to mend it."""


def size_text(limit: int) -> str:
    """Write a limit of bytes for a message."""
    return f"{limit // 2**20} MB" if limit >= 2**20 else f"{limit // 2**10} kB"


def read_bytes(path: Path, limit: int, within: Path | None = None, remedy: str = "leave something out") -> bytes:
    """Read a regular file of at most `limit` bytes.

    The size is counted while reading: what a link leads to may tell any size, or none, and then never end.

    Parameters
    ----------
    within
        Folder that the file must lie in when it is a link; `None` lets it lead anywhere, for a file that the user named.
    remedy
        What to do with a larger file.

    Raises
    ------
    FileError
        When the file is missing, unreadable, too large or no regular file, or a link that leads out of `within`.
    """
    name = path.name
    try:
        real = path.resolve(strict=True)
    except FileNotFoundError:
        if path.is_symlink():
            raise FileError(f"{name}: a link to nothing; expected a file; put the file in its place") from None
        raise FileError(f"{name}: the file is missing; expected it at {path}") from None
    except (OSError, RuntimeError, ValueError) as error:  # a link in a circle is one of the three, by version of Python
        raise FileError(f"{name}: cannot be opened ({_reason(error)}); expected a file that can be read") from None
    if within is not None and not real.is_relative_to(within.resolve()):
        raise FileError(
            f"{name}: a link that leads out of its folder; expected a file in it, so that a folder from elsewhere cannot "
            "show what else can be read here; copy the file into the folder"
        )
    try:
        return _bounded(real, name, limit, remedy)
    except OSError as error:
        raise FileError(
            f"{name}: cannot be read ({_reason(error)}); expected a file that can be read; see to its permissions"
        ) from None


def first_bytes(path: Path, count: int) -> bytes:
    """Return how a regular file begins.

    Raises
    ------
    FileError
        As `read_bytes`, of a file of any size.
    """
    try:
        with _opened(path.resolve(strict=True), path.name) as file:
            return file.read(count)
    except FileNotFoundError:
        raise FileError(f"{path.name}: the file is missing; expected it at {path}") from None
    except (OSError, RuntimeError, ValueError) as error:
        if isinstance(error, FileError):
            raise
        raise FileError(f"{path.name}: cannot be read ({_reason(error)}); expected a file that can be read") from None


def _bounded(path: Path, name: str, limit: int, remedy: str) -> bytes:
    with _opened(path, name) as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise FileError(f"{name}: larger than {size_text(limit)}; expected less; {remedy}")
    return content


def _opened(path: Path, name: str) -> BinaryIO:
    _check_regular(path.stat().st_mode, name)  # before it is opened: opening a device may already do something
    file = open(os.open(path, _OPEN), "rb")  # noqa: PTH123, SIM115  opened without waiting for a pipe; the caller closes it
    try:
        _check_regular(os.fstat(file.fileno()).st_mode, name)
    except FileError:
        file.close()
        raise
    return file


def _check_regular(mode: int, name: str) -> None:
    if not stat.S_ISREG(mode):
        kind = next((words for is_kind, words in _KINDS if is_kind(mode)), "no regular file")
        raise FileError(f"{name}: it is {kind}; expected a regular file; put the file in its place")


def read_text(path: Path, limit: int, within: Path | None = None, remedy: str = "leave something out") -> str:
    """Read a regular text file in UTF-8, with or without a byte order mark; otherwise like `read_bytes`.

    Raises
    ------
    FileError
        As `read_bytes`, and when it is not UTF-8 or holds a NUL, which no text does.
    """
    return decoded(read_bytes(path, limit, within, remedy), path.name)


def decoded(content: bytes, name: str) -> str:
    """Decode the content of a text file, UTF-8 with or without a byte order mark.

    Raises
    ------
    FileError
        When it is not UTF-8 or holds a NUL.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileError(f"{name}:1: not UTF-8 but UTF-16; expected UTF-8; save it as UTF-8")
    at = content.find(b"\0")
    if at >= 0:
        raise FileError(
            f"{name}:{_line(content, at)}: not UTF-8 text, it holds a NUL (byte {at}); expected UTF-8; save it as UTF-8"
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = _line(content, error.start)
        raise FileError(f"{name}:{line}: not UTF-8 at byte {error.start}; expected UTF-8; save it as UTF-8") from None


def _line(content: bytes, at: int) -> int:
    return content.count(b"\n", 0, at) + 1


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) and error.strerror else str(error)).lower()
