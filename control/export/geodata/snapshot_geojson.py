"""One date as GeoJSON with the reports behind each place, and where the file comes from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from control.export.extract import Extract
from control.export.geodata.geojson import dump_geojson, snapshot_to_geojson
from control.export.provenance import seal

FORM = "snapshot"


def write(extract: Extract, file: Path) -> None:
    """Write one date with its reports as GeoJSON."""
    file.write_bytes(extract_to_snapshot(extract)[0])


def extract_to_snapshot(extract: Extract) -> tuple[bytes, dict[str, Any]]:
    """Convert the first day of an extract.

    Returns
    -------
    tuple of bytes and dict
        The file; and the collection in it, not yet sealed.
    """
    kind, *rest = snapshot_to_geojson(extract.snapshot).items()
    collection = dict([kind, ("provenance", extract.provenance(FORM).to_dict()), *rest])
    return seal(dump_geojson(collection).encode())[0], collection
