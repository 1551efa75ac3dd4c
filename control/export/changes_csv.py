"""The changes of a range of dates as a table."""

from __future__ import annotations

from control.export.changes import COLUMNS, change_to_row
from control.export.csvw import Table
from control.export.extract import Extract

CHANGES = Table((*COLUMNS, "export_id"), ("place_id", "date"))


def extract_to_changes(extract: Extract) -> bytes:
    """Write what changed hands from the first day to the last, both included, one change a line, in order of time."""
    theatre = extract.timeline.theatre
    changes = extract.timeline.changes(extract.since, extract.until)
    return CHANGES.to_csv({**change_to_row(theatre, change), "export_id": extract.id} for change in changes)
