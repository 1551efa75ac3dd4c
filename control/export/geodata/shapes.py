"""Lines and areas as RFC 7946 wants them: (lon, lat), few decimals, right-hand rule, valid as written."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry as Geometry

from geo.terrain import Terrain

DECIMALS = 6
"""Of a degree: a tenth of a metre."""
LEAST_AREA_M2 = 500.0
"""Smaller parts and holes are left by cutting and rounding; no place has so little ground."""


def shape_in_degrees(geometry: Geometry, terrain: Terrain) -> Geometry | None:
    """Convert a line or an area from metres to degrees.

    Parameters
    ----------
    geometry
        LineString, Polygon or a Multi of them, in metres of `terrain.crs`.

    Returns
    -------
    Geometry or None
        In degrees, WGS84, (lon, lat), rounded and valid as rounded, outer rings anticlockwise. `None` when nothing is left
        of it.
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
    rounded: Geometry = shapely.transform(snapped, _rounded)
    return rounded


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


def _rounded(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.round(degrees, DECIMALS)
