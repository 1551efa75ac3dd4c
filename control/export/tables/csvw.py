"""Tables as CSV, with a description of their columns beside them (CSV on the Web, W3C 2015)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from control.export.provenance import Provenance, ProvenanceError, read_record
from control.export.tables.columns import MEANINGS, TYPES
from control.export.untrusted_file import HEAD, check_plain
from control.storage.csv_text import csv_file, csv_text

_DATATYPES = {int: "integer", float: "number", bool: "boolean", date: "date", str: "string"}


@dataclass(frozen=True, slots=True)
class Table:
    """A kind of table: its columns in order, and those that tell one row from all others."""

    columns: tuple[str, ...]
    key: tuple[str, ...]

    def to_csv(self, rows: Iterable[Mapping[str, Any]]) -> bytes:
        """Write rows in UTF-8 with its mark, one a line; text that a spreadsheet would run as a formula is disarmed."""
        return csv_file(csv_text(self.columns, rows)).encode()

    def describe(self, provenance: Provenance, name: str) -> bytes:
        """Write the metadata file: what the columns are, and where the table comes from. `name` is that of the CSV file.

        It is not sealed: the seal is of both files.
        """
        columns: list[dict[str, Any]] = [
            {"name": c, "titles": c, "datatype": _DATATYPES[TYPES.get(c, str)], "dc:description": MEANINGS[c]}
            for c in self.columns
        ]
        record = {
            "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
            "url": name,
            "dc:title": provenance.line,
            "dc:rights": f"{provenance.licence} {provenance.attribution}",
            "tableSchema": {"columns": columns, "primaryKey": list(self.key)},
            "dc:provenance": provenance.to_dict(),
        }
        return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()


def sidecar(file: Path) -> Path:
    """Return the metadata file of a CSV file, where CSV on the Web looks for it."""
    return file.with_name(f"{file.name}-metadata.json")


def read_description(file: Path) -> dict[str, Any]:
    """Read the metadata file of a CSV file. Raises `ProvenanceError` when it is none of ours."""
    beside = sidecar(file)
    if not beside.exists():
        raise ProvenanceError(f"{file.name}: {beside.name} is not beside it; keep the two together")
    check_plain(beside)
    try:
        if beside.stat().st_size > HEAD:
            raise ValueError("too large")
        described: dict[str, Any] = json.loads(beside.read_text(encoding="utf-8"))
        described["dc:provenance"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ProvenanceError(f"{beside.name}: no metadata of ours; export the file anew") from None
    return described


def read_provenance(file: Path) -> Provenance:
    """Read where a table comes from, in the file beside it. Raises `ProvenanceError` when that does not say."""
    return read_record(read_description(file)["dc:provenance"])
