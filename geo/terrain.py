"""Terrain: the land of a theatre and the rivers that part it, in metres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from shapely.geometry.base import BaseGeometry as Geometry

from geo.place import LonLat

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

WGS84 = "EPSG:4326"

AROUND = 14.0
"""Degrees around the box of a theatre within which there may be ground."""

LEAST_RANK = 9
"""Of a river whose rank is not told."""


@dataclass(frozen=True, slots=True)
class River:
    """A river: its line in metres, and its rank (1 for a main river, 2 for a tributary)."""

    name: str
    rank: int
    line: Geometry


@dataclass(frozen=True)
class Terrain:
    """Land and rivers in one equal-area projection.

    Attributes
    ----------
    crs
        PROJ string, Lambert azimuthal equal-area, metres: an area is an area anywhere in the theatre.
    land
        Polygon or MultiPolygon, metres: the countries of the theatre without their lakes.
    rivers
        Rivers that part ground from ground.
    """

    crs: str
    land: Geometry
    rivers: tuple[River, ...] = ()

    @cached_property
    def _transformer(self) -> Transformer:
        return Transformer.from_crs(CRS.from_user_input(WGS84), CRS.from_user_input(self.crs), always_xy=True)

    def to_metres(self, positions: Sequence[LonLat] | Floats) -> Floats:
        """Project (lon, lat) in degrees, shape (n, 2), to metres, shape (n, 2)."""
        degrees = np.asarray(positions, dtype=float).reshape(-1, 2)
        return np.column_stack(self._transformer.transform(degrees[:, 0], degrees[:, 1]))

    def to_degrees(self, points: Floats) -> Floats:
        """Project metres, shape (n, 2), to (lon, lat) in degrees, WGS84, shape (n, 2)."""
        metres = np.asarray(points, dtype=float).reshape(-1, 2)
        return np.column_stack(self._transformer.transform(metres[:, 0], metres[:, 1], direction="INVERSE"))

    def geometry_to_degrees(self, geometry: Any) -> Any:
        """Project one geometry, or an array of them, from metres to (lon, lat) in degrees, WGS84."""
        return shapely.transform(geometry, self.to_degrees)

    def separations(self, origins: Floats, ends: Floats) -> tuple[Ints, Ints]:
        """Find the rivers that lie between pairs of points.

        A river parts two points when the straight line between them crosses it an odd number of times: a meander that is
        crossed twice parts nobody.

        Parameters
        ----------
        origins, ends
            Metres, shape (n, 2).

        Returns
        -------
        pairs, rivers
            Index of the pair (row of `origins`) and of the river (in `rivers`), one row a separation, sorted.
        """
        if not self.rivers or not len(origins):
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
        origins, ends = np.asarray(origins, dtype=float), np.asarray(ends, dtype=float)
        _, river_of = self._pieces
        pair, piece = self._tree.query(shapely.linestrings(np.stack((origins, ends), axis=1)), predicate="intersects")
        start, stop = self._piece_ends
        a, b, o, e = start[piece], stop[piece], origins[pair], ends[pair]
        # A vertex on the line counts to one side of it, so that a crossing through a vertex is one crossing, not two.
        crossed = (_is_left(o, e, a) != _is_left(o, e, b)) & (_is_left(a, b, o) != _is_left(a, b, e))
        key = pair[crossed] * len(self.rivers) + river_of[piece[crossed]]
        keys, total = np.unique(key, return_counts=True)
        odd = keys[total % 2 == 1]
        return odd // len(self.rivers), odd % len(self.rivers)

    def rivers_near(self, points: NDArray[np.object_], distance_m: float) -> tuple[Ints, Ints]:
        """Find the points that lie within a distance of a river.

        Parameters
        ----------
        points
            Points, metres, shape (n,).
        distance_m
            Metres.

        Returns
        -------
        which, river
            Index of the point, ascending and once each, and of the nearest river (in `rivers`).
        """
        if not self.rivers or not len(points):
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
        which, piece = self._tree.query_nearest(points, max_distance=distance_m, all_matches=False)
        return which.astype(np.int64), self._pieces[1][piece]

    @cached_property
    def _pieces(self) -> tuple[NDArray[np.object_], Ints]:
        """Rivers cut into their single segments, which an index finds quickly, and the river each belongs to."""
        parts, owners = shapely.get_parts([river.line for river in self.rivers], return_index=True)
        coords, line_of = shapely.get_coordinates(parts, return_index=True)
        joined = line_of[1:] == line_of[:-1]
        segments = np.stack((coords[:-1][joined], coords[1:][joined]), axis=1)
        return np.asarray(shapely.linestrings(segments), dtype=object), owners[line_of[1:][joined]].astype(np.int64)

    @cached_property
    def _piece_ends(self) -> tuple[Floats, Floats]:
        ends = shapely.get_coordinates(self._pieces[0]).reshape(-1, 2, 2)
        return ends[:, 0], ends[:, 1]

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self._pieces[0])


def _is_left(start: Floats, stop: Floats, point: Floats) -> NDArray[np.bool_]:
    """Tell whether points lie left of the lines from `start` to `stop`; all of shape (n, 2)."""
    along, aside = stop - start, point - start
    return np.asarray(along[:, 0] * aside[:, 1] - along[:, 1] * aside[:, 0] > 0)


def equal_area_crs(box: tuple[float, float, float, float]) -> str:
    """Return a Lambert azimuthal equal-area CRS (metres) centred on a box (west, south, east, north) in degrees."""
    west, south, east, north = box
    return f"+proj=laea +lon_0={(west + east) / 2:.3f} +lat_0={(south + north) / 2:.3f} +datum=WGS84 +units=m"


def _each_once(lines: Sequence[Geometry]) -> list[Geometry]:
    """Leave out copies: the union of thousands of one line with itself takes a gigabyte."""
    return list({line.wkb: line for line in lines}.values())


def read_terrain(
    borders: dict[str, Any],
    rivers: dict[str, Any],
    lakes: dict[str, Any],
    box: tuple[float, float, float, float],
) -> Terrain:
    """Read a theatre's base layers.

    Parameters
    ----------
    borders, rivers, lakes
        GeoJSON FeatureCollections, WGS84 (lon, lat). Countries of the theatre have the property `inside`; rivers have
        `name` and `rank`. Only rivers with a name part ground: the nameless ones are brooks and canals.
    box
        (west, south, east, north) in degrees; the projection is centred on it.
    """
    crs = equal_area_crs(box)
    bare = Terrain(crs, shapely.Polygon())

    window = _around(box)

    def metric(features: list[dict[str, Any]]) -> list[Geometry]:
        shapes = [within(shapely.geometry.shape(feature["geometry"]), window) for feature in features]
        return [shapely.transform(shape, bare.to_metres) for shape in shapes]

    inside = [f for f in borders["features"] if f["properties"].get("inside")]
    land = areal(
        shapely.difference(
            shapely.union_all([shapely.make_valid(g) for g in metric(inside)]),
            shapely.union_all([shapely.make_valid(g) for g in metric(lakes["features"])]),
        )
    )
    named = [f for f in rivers["features"] if f["properties"].get("name")]
    by_name: dict[str, list[Geometry]] = {}
    rank: dict[str, int] = {}
    for feature, line in zip(named, metric(named), strict=True):
        name = str(feature["properties"]["name"])
        by_name.setdefault(name, []).append(line)
        rank[name] = min(rank.get(name, LEAST_RANK), _rank(feature["properties"].get("rank")))
    found = tuple(
        River(n, rank[n], shapely.line_merge(shapely.union_all(_each_once(lines))))
        for n, lines in sorted(by_name.items())
    )
    return Terrain(crs, land, found)


def _around(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    west, south, east, north = box
    return max(west - AROUND, -180), max(south - AROUND, -90), min(east + AROUND, 180), min(north + AROUND, 90)


def within(shape: Geometry, window: tuple[float, float, float, float]) -> Geometry:
    """Cut a shape in degrees to a window (west, south, east, north) where it reaches beyond.

    What lies on the other side of the globe has no place on a flat map: an outline around that point would turn inside out.
    """
    west, south, east, north = shape.bounds if not shape.is_empty else window
    if window[0] <= west and window[1] <= south and east <= window[2] and north <= window[3]:
        return shape
    return shapely.clip_by_rect(shapely.make_valid(shape), *window)


def areal(geometry: Geometry) -> Geometry:
    """Keep what has area: mending an outline may leave lines and points, which are no ground."""
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"]
    return geometry if len(parts) == shapely.get_num_geometries(geometry) else shapely.multipolygons(parts)


def _rank(told: Any) -> int:
    return int(told) if str(told).isdecimal() and int(told) > 0 else LEAST_RANK
