"""One date as GeoJSON with the reports behind each place, and where the file comes from."""

from __future__ import annotations

from typing import Any

from control.export.extract import Extract
from control.export.geojson import dump_geojson, snapshot_to_geojson
from control.export.provenance import seal
from control.snapshot import take_snapshot

FORM = "snapshot"


def extract_to_snapshot(extract: Extract) -> tuple[bytes, dict[str, Any]]:
    """Convert the first day of an extract.

    Returns
    -------
    tuple of bytes and dict
        The file; and the collection in it, not yet sealed.
    """
    grounds = extract.grounds if extract.has_ground else None
    taken = take_snapshot(extract.timeline, extract.since, layers=extract.layers, grounds=grounds)
    kind, *rest = snapshot_to_geojson(taken).items()
    collection = dict([kind, ("provenance", extract.provenance(FORM).to_dict()), *rest])
    return seal(dump_geojson(collection).encode())[0], collection
