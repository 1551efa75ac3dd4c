"""Tables as CSV, with a description of their columns beside them (CSV on the Web, W3C 2015)."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from control.export.columns import MEANINGS
from control.export.provenance import Provenance
from control.markup import csv_cell

_TYPES = {"population": "integer", "assumed": "boolean"} | {
    **dict.fromkeys(("start", "end", "date"), "date"),
    **dict.fromkeys(("lon", "lat", "probability", "probability_least"), "number"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """A kind of table: its columns in order, and those that tell one row from all others."""

    columns: tuple[str, ...]
    key: tuple[str, ...]

    def to_csv(self, rows: Iterable[Mapping[str, Any]]) -> bytes:
        """Write rows in UTF-8, one a line; text that a spreadsheet would run as a formula is disarmed."""
        file = io.StringIO()
        writer = csv.DictWriter(file, self.columns, restval="", lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow({key: csv_cell(value) for key, value in row.items()})
        return file.getvalue().encode()

    def describe(self, provenance: Provenance, name: str, content: bytes) -> bytes:
        """Write the metadata file: what the columns are, and where the table comes from. `name` is that of the CSV file."""
        columns: list[dict[str, Any]] = [
            {"name": c, "titles": c, "datatype": _TYPES.get(c, "string"), "dc:description": MEANINGS[c]}
            for c in self.columns
        ]
        sealed = replace(provenance, content=hashlib.sha256(content).hexdigest())
        record = {
            "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
            "url": name,
            "dc:title": provenance.line,
            "dc:rights": f"{provenance.licence} {provenance.attribution}",
            "tableSchema": {"columns": columns, "primaryKey": list(self.key)},
            "dc:provenance": sealed.to_dict(),
        }
        return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()
