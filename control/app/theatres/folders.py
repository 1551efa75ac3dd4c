"""Which theatres the app offers: those in `seeds/`, and those that somebody names when the app is started."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

VARIABLE = "CONTROLMAP_THEATRES"
"""Environment variable with folders, parted as in `PATH`."""

USAGE = "streamlit run streamlit_app.py -- --theatre FOLDER"
SETTINGS = "theatre.toml"


def named_folders(arguments: Sequence[str], environment: Mapping[str, str]) -> tuple[list[Path], list[str]]:
    """Return the folders that are named at the start, and what could not be understood.

    Parameters
    ----------
    arguments
        What stands after `--` on the command line: `--theatre FOLDER`, once or several times.
    environment
        Environment variables; `VARIABLE` may name more folders.

    Returns
    -------
    folders
        As named, those of the command line first.
    complaints
        What was wrong, expected, and how to mend it, a sentence each.
    """
    folders: list[Path] = []
    complaints: list[str] = []
    waiting = list(arguments)
    while waiting:
        word, equals, value = waiting.pop(0).partition("=")
        if word != "--theatre":
            complaints.append(f"{word!r} says nothing to the app; expected --theatre FOLDER; write {USAGE}")
        elif equals and value:
            folders.append(Path(value))
        elif not equals and waiting and not waiting[0].startswith("--"):
            folders.append(Path(waiting.pop(0)))
        else:
            complaints.append(f"--theatre names no folder; expected one after it; write {USAGE}")
    return folders + [Path(text) for text in environment.get(VARIABLE, "").split(os.pathsep) if text], complaints


def known_theatres(seeds: Path, named: Sequence[Path]) -> tuple[dict[str, Path], list[str]]:
    """Return the theatres that the app offers, by the name of their folder: the named ones first, then those in `seeds`.

    A folder that holds theatres in folders of its own stands for all of them. One that is named goes before one in `seeds`
    of the same name.

    Returns
    -------
    theatres
        Name of the folder -> folder, absolute.
    complaints
        Folders that are no theatres, and names that stand for two.
    """
    known: dict[str, Path] = {}
    complaints: list[str] = []
    for folder in named:
        found = [folder] if _has_settings(folder) else _theatres_in(folder)
        if not found:
            there = f"{SETTINGS} is missing in it" if folder.is_dir() else "there is no such folder"
            complaints.append(
                f"{folder} is no theatre: {there}; expected a folder as `python -m control theatre new` makes it; correct "
                f"the path, which counts from {Path.cwd()}"
            )
        complaints += [
            f"{path} has the name of {known[path.name]}; expected a folder name of its own, since addresses go by it; "
            "rename one of the two"
            for path in (f.resolve() for f in found)
            if known.setdefault(path.name, path) != path
        ]
    for path in _theatres_in(seeds):
        known.setdefault(path.name, path.resolve())
    return known, complaints


def file_stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Return name, size (bytes) and time of change (ns) of each file: other when somebody has written to the folder."""
    files = sorted(path for path in folder.iterdir() if path.suffix in {".csv", ".toml", ".geojson"})
    return tuple((path.name, (state := _state(path)).st_size, state.st_mtime_ns) for path in files)


def _state(path: Path) -> os.stat_result:
    """Return the state of a file, or of the link itself where it leads nowhere: the reader will say so."""
    try:
        return path.stat()
    except OSError:
        return path.lstat()


def _has_settings(folder: Path) -> bool:
    try:
        return (folder / SETTINGS).exists() or (folder / SETTINGS).is_symlink()
    except OSError:  # a folder that may not be looked into
        return False


def _theatres_in(folder: Path) -> list[Path]:
    return [path.parent for path in sorted(folder.glob(f"*/{SETTINGS}"))]
