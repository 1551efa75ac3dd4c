"""Intervals of places as a table."""

from __future__ import annotations

from pathlib import Path

from control.export.extract import Extract, place_rows
from control.export.tables.columns import PLACE_COLUMNS
from control.export.tables.csvw import Table

INTERVALS = Table((*PLACE_COLUMNS, "export_id"), ("place_id", "start"))


def write(extract: Extract, file: Path) -> None:
    """Write the intervals of places as a table."""
    file.write_bytes(intervals_to_csv(extract))


def intervals_to_csv(extract: Extract) -> bytes:
    """Write the intervals of every place, one a line; `end` is the first day that is no longer part of it."""
    return INTERVALS.to_csv({**row, "export_id": extract.id} for row in place_rows(extract))
