"""Intervals of places as a table."""

from __future__ import annotations

from control.export.csvw import Table
from control.export.extract import PLACE_COLUMNS, Extract, place_rows

INTERVALS = Table((*PLACE_COLUMNS, "export_id"), ("place_id", "start"))


def intervals_to_csv(extract: Extract) -> bytes:
    """Write the intervals of every place, one a line; `end` is the first day that is no longer part of it."""
    return INTERVALS.to_csv({**row, "export_id": extract.id} for row in place_rows(extract))
