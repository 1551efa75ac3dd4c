"""Intervals of places as CSV, with a description of its columns beside it (CSV on the Web, W3C 2015)."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import replace
from typing import Any

from control.export.columns import MEANINGS
from control.export.extract import PLACE_COLUMNS, Extract, place_rows
from control.export.provenance import Provenance
from control.markup import csv_cell

COLUMNS = (*PLACE_COLUMNS, "export_id")
_TYPES = {"population": "integer", "assumed": "boolean", "start": "date", "end": "date"} | dict.fromkeys(
    ("lon", "lat", "probability", "probability_least"), "number"
)


def intervals_to_csv(extract: Extract) -> bytes:
    """Write the intervals of every place, one a line, in UTF-8; `end` is the first day that is no longer part of it."""
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for row in place_rows(extract):
        writer.writerow({key: csv_cell(value) for key, value in {**row, "export_id": extract.id}.items()})
    return file.getvalue().encode()


def describe_csv(provenance: Provenance, name: str, content: bytes) -> bytes:
    """Write the metadata file of a table: its columns, and where it comes from. `name` is that of the CSV file."""
    columns: list[dict[str, Any]] = [
        {"name": c, "titles": c, "datatype": _TYPES.get(c, "string"), "dc:description": MEANINGS[c]} for c in COLUMNS
    ]
    sealed = replace(provenance, content=hashlib.sha256(content).hexdigest())
    record = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": name,
        "dc:title": provenance.line,
        "dc:rights": f"{provenance.licence} {provenance.attribution}",
        "tableSchema": {"columns": columns, "primaryKey": ["place_id", "start"]},
        "dc:provenance": sealed.to_dict(),
    }
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()
