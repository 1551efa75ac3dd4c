"""CSV as every engine is told to read it: RFC 4180, whatever the engine would assume by itself."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

SEPARATORS = (",", ";", "\t")
QUOTE = '"'
"""Doubled within a cell; a cell in quotes may hold separators and line breaks."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the first line of a file says: its separator, and the columns."""

    separator: str
    columns: tuple[str, ...]


def read_head(path: Path) -> Head:
    """Read the first line; the separator is the one that gives most columns.

    Raises
    ------
    ValueError
        When the file is empty, or not UTF-8.
    csv.Error
        When its first line is not CSV.
    """
    found: list[Head] = []
    for separator in SEPARATORS:
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = next(csv.reader(file, delimiter=separator, quotechar=QUOTE), None)
        if not cells:
            raise ValueError("empty")
        found.append(Head(separator, tuple(cells)))
    return max(found, key=lambda head: len(head.columns))
