"""GeoJSON dialects of time: the same intervals as each program wants to read them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import shapely

from control.export.columns import AREA_COLUMNS, FRONT_COLUMNS
from control.export.extract import Extract, place_rows
from control.export.geojson import DECIMALS, GROUND_METHOD, METHOD
from control.export.shapes import bounds_of
from control.snapshot import Layer

DAY = timedelta(days=1)


class Dialect(StrEnum):
    """How a feature says when it was so."""

    LEAFLET = "geojson"
    TIMES = "geojson-times"
    KEPLER = "kepler"
    OHM = "ohm"


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
    features: list[dict[str, Any]] = []
    if Layer.PLACES in extract.layers:
        for row in place_rows(extract, unknown=False):
            time = when(row.pop("start"), row.pop("end"))
            point = [round(row.pop("lon"), DECIMALS), round(row.pop("lat"), DECIMALS)]
            features.append(_feature({"type": "Point", "coordinates": point}, Layer.PLACES, time, row))
    for shape in extract.shapes() if extract.has_ground else ():
        columns = AREA_COLUMNS if shape.layer is Layer.AREAS else FRONT_COLUMNS
        properties = {key: shape.properties[key] for key in columns if key in shape.properties}
        geometry = shapely.geometry.mapping(shape.geometry)
        features.append(_feature(geometry, shape.layer, when(shape.start, shape.end), properties))
    settings = extract.timeline.theatre.settings
    provenance = extract.provenance(dialect)
    collection: dict[str, Any] = {
        "type": "FeatureCollection",
        "provenance": provenance.to_dict(),
        "title": provenance.line,
        "license": settings.licence,
        "attribution": settings.attribution,
        "method": METHOD + (GROUND_METHOD if extract.has_ground else ""),
    }
    if features:
        wests, souths, easts, norths = zip(*(bounds_of(f["geometry"]) for f in features), strict=True)
        collection["bbox"] = [min(wests), min(souths), max(easts), max(norths)]
    return {**collection, "features": features}


def _feature(geometry: dict[str, Any], layer: Layer, time: dict[str, Any], rest: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": {"layer": str(layer), **time, **rest}}
