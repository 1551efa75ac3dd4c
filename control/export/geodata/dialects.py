"""GeoJSON dialects of time: the same intervals as each program wants to read them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

import shapely

from control.export.extract import Extract, place_rows
from control.export.geodata.geojson import DECIMALS, Feature, dump_geojson, members_of, method_of
from control.export.provenance import seal
from control.snapshot import Layer

DAY = timedelta(days=1)


class Dialect(StrEnum):
    """How a feature says when it was so."""

    LEAFLET = "geojson"
    TIMES = "geojson-times"
    KEPLER = "kepler"
    OHM = "ohm"

    def write(self, extract: Extract, file: Path) -> None:
        """Write an extract in this dialect."""
        text = dump_geojson(extract_to_geojson(extract, self))
        file.write_bytes(seal(text.encode())[0])


def _leaflet(start: date, end: date) -> dict[str, Any]:
    return {"start": start.isoformat(), "end": end.isoformat(), "endExclusive": True}


def _times(start: date, end: date) -> dict[str, Any]:
    return {"times": [start.isoformat(), (end - DAY).isoformat()]}


def _kepler(start: date, end: date) -> dict[str, Any]:
    return {"start": f"{start}T00:00:00", "end": f"{end}T00:00:00"}


def _ohm(start: date, end: date) -> dict[str, Any]:
    return {"start_date": start.isoformat(), "end_date": (end - DAY).isoformat()}


WHEN: dict[Dialect, Callable[[date, date], dict[str, Any]]] = {
    Dialect.LEAFLET: _leaflet,
    Dialect.TIMES: _times,
    Dialect.KEPLER: _kepler,
    Dialect.OHM: _ohm,
}
"""Leaflet.timeline: half-open. Leaflet.TimeDimension: first and last day. kepler.gl: full datetimes, half-open.
OpenHistoricalMap: first and last day."""


def extract_to_geojson(extract: Extract, dialect: Dialect) -> dict[str, Any]:
    """Convert an extract to a FeatureCollection (RFC 7946): places by id, then areas, then fronts, each by time.

    Stretches of which nothing is known are left out: a map of time shows what is known. The foreign member `provenance`
    says where the file comes from.
    """
    when = WHEN[dialect]
    features: list[Feature] = []
    if Layer.PLACES in extract.layers:
        for row in place_rows(extract, unknown=False):
            rest = {key: value for key, value in row.items() if key not in {"lon", "lat", "start", "end"}}
            point = shapely.Point(round(row["lon"], DECIMALS), round(row["lat"], DECIMALS))
            features.append(Feature(point, {"layer": str(Layer.PLACES), **when(row["start"], row["end"]), **rest}))
    for shape in extract.shapes() if extract.has_ground else ():
        time = when(shape.start, shape.end)
        features.append(Feature(shape.geometry, {"layer": str(shape.layer), **time, **shape.properties}))
    settings = extract.timeline.theatre.settings
    provenance = extract.provenance(dialect)
    collection: dict[str, Any] = {
        "type": "FeatureCollection",
        "provenance": provenance.to_dict(),
        "title": provenance.line,
        "license": settings.licence,
        "attribution": settings.attribution,
        "method": method_of(extract.timeline.theatre, has_ground=extract.has_ground),
    }
    return {**collection, **members_of(features)}
