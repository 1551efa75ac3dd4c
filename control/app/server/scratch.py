"""Room for files on their way to a visitor: in memory where the machine has such a folder, and never left behind."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = "controlmap-made-"
MEMORY = Path("/dev/shm")  # noqa: S108  a folder of Linux that is memory; what is made in it has a name nobody can guess
LEAST_FREE = 2**30
OLD_SECONDS = 3600
"""No file takes so long to make: what is older was left by a server that was killed."""


def _places() -> list[Path]:
    return [MEMORY, Path(tempfile.gettempdir())]


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Give a folder that nobody else can read, and that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=_roomy(), ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _roomy() -> Path | None:
    """Return the folder in memory if it has room; `None` stands for the system's folder, which is on a disk."""
    try:
        has_room = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= LEAST_FREE
    except OSError:
        return None
    return MEMORY if has_room else None


def sweep_scratch(now: float | None = None) -> int:
    """Remove what servers that were killed have left, and return how many folders that were."""
    limit = (time.time() if now is None else now) - OLD_SECONDS
    old = [
        folder
        for place in _places()
        if place.is_dir()
        for folder in place.glob(f"{PREFIX}*")
        if folder.is_dir() and not folder.is_symlink() and folder.stat().st_mtime < limit
    ]
    for folder in old:
        shutil.rmtree(folder, ignore_errors=True)
    return len(old)
