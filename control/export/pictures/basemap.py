"""The base of a picture: land, sea, rivers and borders of a theatre, projected to pixels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry as Geometry

from control.export.pictures.drawing import Area, Item, Line
from control.map.palette import LIGHT
from control.record.layers import AREAS
from control.record.theatre import Theatre
from geo.terrain import LEAST_RANK, Terrain, areal, within

Floats = NDArray[np.float64]

SEA, LAND, NEIGHBOUR = LIGHT["sea"], LIGHT["land"], LIGHT["neighbour"]
BORDER, NEIGHBOUR_BORDER, RIVER = LIGHT["border"], LIGHT["neighbour-border"], LIGHT["river"]
RIM = 1.0
"""Degrees around the part of the globe on the map within which shapes are projected."""
DETAIL = 0.4
"""Of a pixel: what is smaller is left out."""


@dataclass(frozen=True)
class Projection:
    """Metres of a terrain to pixels of a picture, the north up.

    Attributes
    ----------
    left, top, right, bottom
        The map, pixels.
    west, north, scale
        Metres of its upper left corner, and pixels a metre.
    """

    terrain: Terrain
    left: float
    top: float
    right: float
    bottom: float
    west: float
    north: float
    scale: float

    @classmethod
    def of(cls, terrain: Terrain, box: tuple[float, float, float, float], left: float, top: float, width: float) -> Any:
        """Fit a box (west, south, east, north), degrees, into a width; the height follows."""
        west, south, east, north = box
        lons, lats = np.linspace(west, east, 50), np.linspace(south, north, 50)
        rim = np.concatenate(
            [np.column_stack(np.broadcast_arrays(lons, y)) for y in (south, north)]
            + [np.column_stack(np.broadcast_arrays(x, lats)) for x in (west, east)]
        )
        metres = terrain.to_metres(rim)
        (x0, y0), (x1, y1) = metres.min(axis=0), metres.max(axis=0)
        scale = width / (x1 - x0)
        height = (y1 - y0) * scale
        return cls(terrain, left, top, left + width, round(top + height), float(x0), float(y1), float(scale))

    @cached_property
    def drawn(self) -> dict[int, tuple[dict[str, Any], Geometry]]:
        """Features that were projected, by their identity, which is theirs as long as they are kept here."""
        return {}

    @cached_property
    def window(self) -> tuple[float, float, float, float]:
        """The part of the globe that the map shows, and a little around it: west, south, east, north, degrees."""
        x, y = np.linspace(self.left, self.right, 50), np.linspace(self.top, self.bottom, 50)
        rim = np.concatenate(
            [np.column_stack(np.broadcast_arrays(x, at)) for at in (self.top, self.bottom)]
            + [np.column_stack(np.broadcast_arrays(at, y)) for at in (self.left, self.right)]
        )
        metres = np.column_stack(
            (self.west + (rim[:, 0] - self.left) / self.scale, self.north - (rim[:, 1] - self.top) / self.scale)
        )
        degrees = self.terrain.to_degrees(metres)
        if not np.isfinite(degrees).all() or self._shows_a_pole:
            return -180.0, -90.0, 180.0, 90.0
        (west, south), (east, north) = degrees.min(axis=0) - RIM, degrees.max(axis=0) + RIM
        return max(float(west), -180.0), max(float(south), -90.0), min(float(east), 180.0), min(float(north), 90.0)

    @property
    def _shows_a_pole(self) -> bool:
        poles = self.pixels(self.terrain.to_metres(np.array([[0.0, 90.0], [0.0, -90.0]])))
        return any(self.holds(x, y, -9) for x, y in poles.tolist())

    def pixels(self, metres: Floats) -> Floats:
        """Project metres, shape (n, 2), to pixels."""
        x = self.left + (metres[:, 0] - self.west) * self.scale
        y = self.top + (self.north - metres[:, 1]) * self.scale
        return np.column_stack((x, y))

    def shape(self, geometry: Any) -> Any:
        """Project a geometry in metres, or an array of them."""
        return shapely.transform(geometry, self.pixels)

    def cut(self, geometry: Geometry) -> Geometry:
        """Cut a shape in pixels near the frame of the map."""
        cut = shapely.clip_by_rect(geometry, self.left - 9, self.top - 9, self.right + 9, self.bottom + 9)
        return shapely.Polygon() if cut is None else cut  # GEOS gives nothing for what it cannot cut, such as a point

    def holds(self, x: float, y: float, margin: float = 0.0) -> bool:
        """Tell whether a pixel lies on the map."""
        return self.left + margin <= x <= self.right - margin and self.top + margin <= y <= self.bottom - margin


def base_below(theatre: Theatre, projection: Projection) -> list[Item]:
    """Return land and lakes: what lies below the colours of actors."""
    shapes: dict[tuple[bytes, bool], Geometry] = {}  # a copy of a country is not painted again
    for feature in theatre.geography("borders")["features"]:
        shape = _projected(feature, projection)
        if not shape.is_empty:
            shapes.setdefault((shape.wkb, bool(feature["properties"].get("inside"))), shape)
    return [Area(shape, LAND if inside else NEIGHBOUR) for (_, inside), shape in shapes.items()]


def base_above(theatre: Theatre, projection: Projection) -> list[Item]:
    """Return lakes, rivers and borders: what lies over them."""
    lakes = theatre.geography("lakes")["features"]
    items: list[Item] = [Area(_projected(feature, projection), SEA) for feature in lakes]
    for feature in theatre.geography("rivers")["features"]:
        rank = feature["properties"].get("rank")
        major = str(rank).isdecimal() and 0 < int(rank) < min(3, LEAST_RANK)
        items.append(Line(_projected(feature, projection), RIVER, 1.3 if major else 0.6, 1 if major else 0.7))
    for inside in (False, True):
        for feature in theatre.geography("borders")["features"]:
            if bool(feature["properties"].get("inside")) is inside:
                shape = _projected(feature, projection)
                if not shape.is_empty:
                    line = shapely.boundary(shape)
                    items.append(Line(line, BORDER if inside else NEIGHBOUR_BORDER, 1.3 if inside else 0.7))
    return [item for item in items if isinstance(item, Area | Line) and not item.geometry.is_empty]


def country_spots(theatre: Theatre, projection: Projection) -> list[tuple[str, bool, float, float, float]]:
    """Return (name, in the theatre, x, y, width) of the countries on the map, where there is room for a name."""
    found = []
    for feature in theatre.geography("borders")["features"]:
        shape = shapely.make_valid(_projected(feature, projection))
        frame = shapely.box(projection.left, projection.top, projection.right, projection.bottom)
        seen = shapely.intersection(shape, frame)
        parts = [part for part in shapely.get_parts(seen) if part.geom_type == "Polygon" and part.area > 1]
        if parts:
            largest = max(parts, key=lambda p: p.area)
            spot = shapely.maximum_inscribed_circle(largest, 2.0)
            (x, y), _ = shapely.get_coordinates(spot).tolist()
            name = feature["properties"].get("name") or ""
            found.append((name, bool(feature["properties"].get("inside")), x, y, 2 * float(spot.length)))
    return found


def _projected(feature: dict[str, Any], projection: Projection) -> Geometry:
    """Return the shape of a feature in pixels; each is drawn several times, as ground, line and name, and projected once."""
    if id(feature) not in projection.drawn:
        projection.drawn[id(feature)] = feature, _shape(feature, projection)
    return projection.drawn[id(feature)][1]


def _shape(feature: dict[str, Any], projection: Projection) -> Geometry:
    degrees = within(shapely.geometry.shape(feature["geometry"]), projection.window)
    shape = projection.shape(shapely.transform(degrees, projection.terrain.to_metres))
    drawn = shapely.simplify(projection.cut(shapely.make_valid(shape)), DETAIL)
    return areal(drawn) if feature["geometry"]["type"] in AREAS else drawn
