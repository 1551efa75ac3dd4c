"""Lines and areas as RFC 7946 wants them: (lon, lat), few decimals, right-hand rule, valid as written."""

from __future__ import annotations

from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry as Geometry

from geo.terrain import Terrain

DECIMALS = 6
"""Of a degree: a tenth of a metre."""
LEAST_AREA_M2 = 500.0
"""Smaller parts and holes are left by cutting and rounding; no place has so little ground."""


def shape_to_geojson(geometry: Geometry, terrain: Terrain) -> dict[str, Any] | None:
    """Convert a line or an area to a GeoJSON geometry.

    Parameters
    ----------
    geometry
        LineString, Polygon or a Multi of them, in metres of `terrain.crs`.

    Returns
    -------
    dict or None
        In degrees, WGS84, (lon, lat), outer rings anticlockwise; valid as rounded. `None` when nothing is left of it.
    """
    is_area = geometry.geom_type.endswith("Polygon")
    rough = _without_slivers(geometry) if is_area else geometry
    degrees = terrain.geometry_to_degrees(rough)
    if is_area and not degrees.is_valid:
        # long straight lines bend on the way to degrees, and far from the middle of the projection may cross others
        degrees = shapely.make_valid(degrees, method="structure", keep_collapsed=False)
    snapped = shapely.set_precision(degrees, 10.0**-DECIMALS)
    if is_area:
        snapped = shapely.orient_polygons(_polygons(snapped), exterior_cw=False)
    if snapped.is_empty:
        return None
    kind: str = snapped.geom_type
    found: dict[str, Any] = shapely.geometry.mapping(snapped)
    return {"type": kind, "coordinates": _rounded(found["coordinates"])}


def bounds_of(geometry: dict[str, Any]) -> tuple[float, float, float, float]:
    """Return (west, south, east, north) of a GeoJSON geometry, degrees."""
    west, south, east, north = shapely.bounds(shapely.geometry.shape(geometry)).tolist()
    return west, south, east, north


def _without_slivers(geometry: Geometry) -> Geometry:
    """Leave out parts and holes that are too small to be ground; metres."""
    kept = []
    for part in shapely.get_parts(geometry):
        if part.area >= LEAST_AREA_M2:
            holes = [ring for ring in part.interiors if shapely.Polygon(ring).area >= LEAST_AREA_M2]
            kept.append(shapely.Polygon(part.exterior, holes))
    return kept[0] if len(kept) == 1 else shapely.MultiPolygon(kept)


def _polygons(geometry: Geometry) -> Geometry:
    """Keep what has area: rounding may leave points and lines."""
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _rounded(coordinates: Any) -> Any:
    if isinstance(coordinates[0], int | float):
        return [round(float(c), DECIMALS) for c in coordinates]
    return [_rounded(inner) for inner in coordinates]
