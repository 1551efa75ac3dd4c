"""Base layers as GeoJSON: what is cut out, rounded and written the same way by all that make them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon, mapping
from shapely.geometry.base import BaseGeometry

DECIMALS = 5
"""Of a degree: about a metre."""

G = TypeVar("G", bound=BaseGeometry)
Feature = dict[str, Any]


def rounded(geometry: G) -> G:
    """Round the coordinates (lon/lat degrees) to `DECIMALS`."""
    at_grid: G = shapely.transform(geometry, lambda xy: np.round(xy, DECIMALS))
    return at_grid


def clipped_area(shape: BaseGeometry, window: Polygon) -> BaseGeometry:
    """Clip to the window; only areas are kept, not points or lines where a shape merely touches it."""
    cut = shape if window.contains(shape) else shape.intersection(window)
    parts = shapely.get_parts(rounded(cut))
    return MultiPolygon([part for part in parts if isinstance(part, Polygon) and part.area > 0])


def feature(geometry: BaseGeometry, **properties: Any) -> Feature:
    """Return a GeoJSON feature (RFC 7946): outer rings counter-clockwise, holes clockwise."""
    parts = shapely.get_parts(geometry)
    single = parts[0] if len(parts) == 1 else geometry
    oriented = shapely.orient_polygons(single.normalize() if single.geom_type != "LineString" else single)
    return {"type": "Feature", "properties": properties, "geometry": mapping(oriented)}


def by_importance(item: Feature) -> tuple[int, str, list[list[float]]]:
    """Sort key of rivers and lakes: important first, named before unnamed, then by place."""
    properties, shape = item["properties"], shapely.geometry.shape(item["geometry"])
    return properties["rank"], properties["name"] or "~", shapely.get_coordinates(shape).tolist()


def collection_text(features: Sequence[Feature], about: Mapping[str, str]) -> str:
    """Write a GeoJSON collection (RFC 7946), one feature a line so that a diff is readable."""
    bounds = np.array([shapely.geometry.shape(item["geometry"]).bounds for item in features])
    collection: dict[str, Any] = {**about, "type": "FeatureCollection"}
    if features:
        collection["bbox"] = [*bounds[:, :2].min(axis=0).tolist(), *bounds[:, 2:].max(axis=0).tolist()]
    lines = ",\n".join(_compact(item) for item in features)
    return f'{_compact(collection)[:-1]},"features":[\n{lines}\n]}}\n'


def _compact(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
