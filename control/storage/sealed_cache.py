"""A cache of files with seals: a file that was damaged, cut off or mixed up counts as not there, and is made anew."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from control.storage.atomic_file import write_whole

MOST_BYTES = 1 << 29
"""Nothing that is kept is as large as that."""


def read_sealed(file: Path) -> bytes | None:
    """Return what `write_sealed` kept under this name; `None` when there is nothing, or it is not what was written.

    What is read is marked as used, where the folder may be written.
    """
    try:
        if not file.is_file() or file.stat().st_size > MOST_BYTES:
            return None
        seal, _, content = file.read_bytes().partition(b"\n")
    except OSError:
        return None
    if seal != _seal(file, content):
        return None
    with suppress(OSError):  # in a folder that may only be read nothing is deleted either
        os.utime(file)
    return content


def write_sealed(file: Path, content: bytes) -> None:
    """Keep a file; where it cannot be written it is not kept: that costs time and no answer."""
    with suppress(OSError):
        write_whole(file, _seal(file, content) + b"\n" + content)


def delete_all_but(most: int, folder: Path, pattern: str) -> None:
    """Delete the files that were not used for longest, and leave as many as are to be kept."""
    with suppress(OSError):  # another process may have deleted one
        used = sorted(folder.glob(pattern), key=lambda path: path.stat().st_mtime)
        for old in used[: max(0, len(used) - most)]:
            old.unlink(missing_ok=True)


def _seal(file: Path, content: bytes) -> bytes:
    """Digest of name and content: one file does not pass for another."""
    return hashlib.sha256(file.name.encode() + b"\0" + content).hexdigest().encode()
