"""Files that are written whole: whatever stops a run, a file is as it was or as it is meant to be, never half of it."""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from time import time

from geo.errors import UserError

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

DRAFT = ".controlmap-draft-"
"""How folders of drafts begin; the rest is drawn at random, so that no two programs share one, in containers neither."""
_DRAFT = re.compile(re.escape(DRAFT) + "[a-z0-9_]{8}")
STALE_S = 86_400
"""Where nobody can say whether the maker of a draft still runs, drafts of this age are taken for left behind."""
_FULL = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is used up",
    errno.EFBIG: "it would be larger than a file may be here",
    errno.EIO: "it could not be written",
}
"""What can stop a program that is writing already."""
_LITTLE = 1 << 20
"""With less room in bytes a disk is full: libraries write in blocks, and what did not fit is given back."""


class UnwrittenError(UserError, OSError):
    """A file that could not be written; the message says why, and that nothing was changed."""


def write_whole(file: Path, content: str | bytes) -> None:
    """Write a file, with the folders above it; text as UTF-8. Raises as `drafts`."""
    write_together({file: content})


def write_together(contents: Mapping[Path, str | bytes]) -> None:
    """Write files that belong together: all are on the disk before the first takes its place. Raises as `drafts`."""
    with drafts(*contents) as parts:
        for part, content in zip(parts, contents.values(), strict=True):
            part.write_bytes(content if isinstance(content, bytes) else content.encode())


def write_folder(folder: Path, contents: Mapping[str, str]) -> None:
    """Write a new folder of text files: all of it, or none. Raises as `drafts`.

    Parameters
    ----------
    folder
        Not there, or empty.
    contents
        Text by file name. Where the folder itself cannot be exchanged the files take their places in this order.
    """
    target = Path(os.path.realpath(folder))
    if target.is_dir() and _must_stay(target):
        write_together({folder / name: text for name, text in contents.items()})
        return
    with _explained([folder]), _parents(target.parent), _draft_folder(target.parent) as made:
        new = made / target.name
        new.mkdir()
        for name, text in contents.items():
            (new / name).write_text(text, encoding="utf-8", newline="\n")
            _flush(new / name)
        if target.is_dir():
            new.chmod(stat.S_IMODE(target.stat().st_mode))
            if os.name == "nt":  # there a folder takes no other folder's place
                target.rmdir()
        new.replace(target)
        _flush_folder(target.parent)


def is_new(folder: Path) -> bool:
    """Whether a folder is not there, or has nothing in it but what a stopped run left behind."""
    if not folder.exists():
        return not folder.is_symlink()
    if not folder.is_dir():
        return False
    _sweep(folder)
    return not any(folder.iterdir())


@contextmanager
def drafts(*files: Path) -> Iterator[list[Path]]:
    """Hand out paths to write to; after the block what is there takes the place of `files`, in their order.

    The drafts have the names of the files, in a folder of their own beside them. They are on the disk before the first
    file is replaced; a fault leaves the files as they were. A file keeps its mode; a link goes on to name the same file;
    a device or a pipe gets what was written.

    Raises
    ------
    UnwrittenError
        When the disk is full.
    OSError
        When a file cannot be written.
    """
    with ExitStack() as stack:
        with _explained(files):
            targets = [_target(file) for file in files]
            for folder in dict.fromkeys(target.parent for target in targets if target):
                stack.enter_context(_parents(folder))
            homes = [target.parent if target else Path(tempfile.gettempdir()) for target in targets]
            parts = [stack.enter_context(_draft_folder(home)) / f.name for home, f in zip(homes, files, strict=True)]
        with _explained(files, _FULL):
            yield parts
        with _explained(files):
            for part, target in zip(parts, targets, strict=True):
                _finish(part, target)
            for part, target, file in zip(parts, targets, files, strict=True):
                _put(part, target or file, target is not None)
            for home in dict.fromkeys(homes):
                _flush_folder(home)


def _finish(part: Path, target: Path | None) -> None:
    """Give a draft the mode and the owner of the file that it replaces, and wait until it is on the disk."""
    with suppress(FileNotFoundError):
        if target:
            known = target.stat()
            part.chmod(stat.S_IMODE(known.st_mode))
            if hasattr(os, "chown") and (known.st_uid, known.st_gid) != (os.geteuid(), os.getegid()):
                with suppress(OSError):  # only root may give files away
                    os.chown(part, known.st_uid, known.st_gid)
    _flush(part)


def _put(part: Path, file: Path, replaced: bool) -> None:
    if replaced:
        part.replace(file)
        return
    with part.open("rb") as content, file.open("wb") as stream:
        shutil.copyfileobj(content, stream)


def _target(file: Path) -> Path | None:
    """Return the file that a path names in the end; `None` for a device or a pipe, which nothing may take the place of."""
    if not file.exists():
        return Path(os.path.realpath(file))
    if file.is_dir():
        raise IsADirectoryError(errno.EISDIR, "it is a folder: name a file")
    if not file.is_file():
        return None
    if not os.access(file, os.W_OK):
        raise PermissionError(errno.EACCES, "it is write-protected")
    return Path(os.path.realpath(file))


def _must_stay(folder: Path) -> bool:
    """Whether a folder cannot be exchanged for another: somebody stands in it, or the folder above is out of reach."""
    return folder == Path.cwd() or folder.is_mount() or not os.access(folder.parent, os.W_OK)


@contextmanager
def _draft_folder(home: Path) -> Iterator[Path]:
    """Make a folder for drafts, locked while this program runs, and take it away in the end."""
    _sweep(home)
    folder, lock = _locked_folder(home)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def _locked_folder(home: Path) -> tuple[Path, int | None]:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=DRAFT, dir=home))
        with suppress(BlockingIOError):  # between the two another program has begun to sweep it away
            lock = _lock(folder)
            if lock is None or folder.exists():
                return folder, lock
            os.close(lock)


def _lock(folder: Path) -> int | None:
    """Lock a folder; `None` where that is not possible. Raises `BlockingIOError` when another program has locked it."""
    if fcntl is None:
        return None
    lock = None
    try:
        lock = os.open(folder, os.O_RDONLY)
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if lock is not None:
            os.close(lock)
        if isinstance(error, BlockingIOError):
            raise
        return None
    return lock


def _sweep(home: Path) -> None:
    """Take away the drafts of programs that were stopped; what cannot be looked at or deleted stays."""
    with suppress(OSError):
        left = [entry for entry in os.scandir(home) if _DRAFT.fullmatch(entry.name)]
        for entry in left:
            with suppress(OSError):
                if entry.is_dir(follow_symlinks=False):
                    _sweep_one(Path(entry.path))


def _sweep_one(folder: Path) -> None:
    lock = _lock(folder)
    try:
        if lock is not None or time() - folder.stat().st_mtime > STALE_S:
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        if lock is not None:
            os.close(lock)


@contextmanager
def _parents(folder: Path) -> Iterator[None]:
    """Make a folder and those above it; when what follows fails, take away those that were made."""
    made = [folder, *folder.parents]
    made = made[: next((number for number, path in enumerate(made) if path.exists()), len(made))]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        with suppress(OSError):  # somebody else has put something into it
            for path in made:
                path.rmdir()
        raise


def _flush(file: Path) -> None:
    """Wait until a file is on the disk: an order to replace must not overtake what it puts there."""
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


@contextmanager
def _explained(files: Sequence[Path], only: Mapping[int, str] | None = None) -> Iterator[None]:
    """Say in one sentence why files were not written. `only` those errors: others may be of what is read meanwhile."""
    try:
        yield
    except UnwrittenError:
        raise
    except OSError as error:
        if only is not None and error.errno not in only:
            raise
        names = " and ".join(map(str, files)) if len(files) < 3 else f"{len(files)} files of {files[0].parent}"
        full = _FULL.get(error.errno or 0)
        what, remedy = (
            (full, "make room, or write to another folder") if full else ("it may not be written", "name another")
        )
        raise UnwrittenError(f"{names}: {what} ({error.strerror or error}); nothing was changed; {remedy}") from None


def hidden_cause(error: Exception, file: Path) -> OSError:
    """Return what a library's own error means that does not say why a file could not be written."""
    full = shutil.disk_usage(file.parent).free < _LITTLE
    return OSError(errno.ENOSPC if full else errno.EIO, str(error))
