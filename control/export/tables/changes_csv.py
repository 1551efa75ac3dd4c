"""Changes as CSV: as a plain list, and as the table of an extract."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from control.assessment.changes import Change
from control.export.extract import Extract
from control.export.records import change_to_row
from control.export.tables.columns import CHANGE_COLUMNS
from control.export.tables.csvw import Table
from control.record.theatre import Theatre
from control.storage.csv_text import csv_text

CHANGES = Table((*CHANGE_COLUMNS, "export_id"), ("place_id", "date"))


def changes_to_csv(theatre: Theatre, changes: Sequence[Change]) -> str:
    """Write changes as CSV, one a line; (lon, lat) WGS84."""
    return csv_text(CHANGE_COLUMNS, (change_to_row(theatre, change) for change in changes))


def write(extract: Extract, file: Path) -> None:
    """Write what changed hands from the first day to the last, both included, one change a line, in order of time."""
    theatre = extract.timeline.theatre
    changes = extract.timeline.changes(extract.since, extract.until)
    rows = ({**change_to_row(theatre, change), "export_id": extract.id} for change in changes)
    file.write_bytes(CHANGES.to_csv(rows))
