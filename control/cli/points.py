"""The table of points that `assess --points` answers, a row for each."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Any

import typer

from control.assessment.timeline import Timeline
from control.cli.arguments import needed_day, position_of
from control.cli.console import print_json
from control.export.records import point_to_dict
from control.markup import csv_cell
from control.record.tables import TableError, read_points
from control.territory.ground import Grounds
from control.territory.locate import assess_point

_ANSWER_COLUMNS = {"place_id", "name", "status", "actor", "probability", "estimated", "where", "reports"}
_POINT_COLUMNS = ("place_id", "name", "lon", "lat", "date", "status", "actor", "probability", "estimated", "where")


def assess_points(timeline: Timeline, file: Path, day: str, as_json: bool) -> None:
    """Print the answer to each row of a table (columns lon, lat and optionally date) as it is found."""
    rows = read_points(file, needed=("lon", "lat"))
    grounds = Grounds.of(timeline)
    writer: Any = None
    for number, row in enumerate(rows, start=2):
        text = row.get("date") or day
        try:
            answer = assess_point(grounds, position_of(float(row["lon"]), float(row["lat"])), needed_day(text))
        except (ValueError, typer.BadParameter) as error:
            raise TableError(f"{file.name}:{number}: {error}") from None
        record = point_to_dict(timeline.theatre, answer)
        if as_json:
            print_json(record)
            continue
        titles = dict.fromkeys(f"{r['event_date']} {r['source_title']}" for r in record["reports"])
        # a column of the user's own that has the name of an answer is kept beside it
        given = {f"input_{k}" if k in _ANSWER_COLUMNS else k: v for k, v in row.items()}
        cells = {**given, **{k: record[k] for k in _POINT_COLUMNS}, "reports": "; ".join(titles)}
        if writer is None:
            writer = csv.DictWriter(sys.stdout, list(cells), lineterminator="\n")
            writer.writeheader()
        writer.writerow({key: csv_cell(value) for key, value in cells.items()})
