"""Cells: the ground a place stands for, as faces of one planar subdivision of the land."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import Voronoi, cKDTree
from shapely.geometry.base import BaseGeometry as Geometry

from geo.terrain import Floats, Ints, Terrain

Bools = NDArray[np.bool_]
Geometries = NDArray[np.object_]

GRID_M = 1.0
"""Every vertex lies on a grid of this width, so that neighbours meet in the same vertices."""
CIRCLE_SIDES = 128
"""A circle of 25 km drawn with as many sides is nowhere more than 8 m off."""
FIRST_LOOK = 8
"""Sites near a face that are compared at first; more are when these do not settle it."""
BANK_SITES = 6
"""Sites of one bank that share out a face which its nearest site, across the river, does not get."""


@dataclass(frozen=True, eq=False)
class Faces:
    """The land in faces, each of which goes to one site.

    Attributes
    ----------
    polygons
        Polygons, metres, shape (f,): a valid coverage of the land, all vertices on the grid.
    site
        Index of the site with the lowest travel cost, shape (f,); -1 when there are no sites.
    within
        Whether the face lies within reach of its site, shape (f,).
    owner
        Index of the first site at the same spot, shape (n,): itself, unless several sites share a spot.
    """

    polygons: Geometries
    site: Ints
    within: Bools
    owner: Ints


@dataclass(frozen=True, eq=False)
class _Costs:
    """What it takes to get to a spot: the straight way, and a toll for every river that parts."""

    spots: Floats
    tree: cKDTree
    terrain: Terrain
    reach_m: float
    crossing_m: float

    def nearest(self, points: Floats, number: int) -> tuple[Floats, Ints]:
        """Return distances and indices, shape (n, number), of the nearest spots."""
        distance, spot = self.tree.query(points, k=np.arange(1, number + 1))
        return distance, spot.astype(np.int64)

    def rivers_between(self, points: Floats, spot: Ints) -> Ints:
        """Count the rivers between points (n, 2) and their spots (n, k); shape (n, k)."""
        ends = self.spots[spot]
        origins = np.broadcast_to(points[:, None, :], ends.shape)
        pair, _ = self.terrain.separations(origins.reshape(-1, 2), ends.reshape(-1, 2))
        return np.bincount(pair, minlength=spot.size).reshape(spot.shape)

    def cheapest(self, faces: Geometries) -> tuple[Ints, Bools, Bools]:
        """Find the spot that each face goes to, by the cost of the way to a point in it.

        The cost is the straight distance and `crossing_m` for every river between. Spots within reach come before
        spots beyond it, so that the ground within reach of any site is nobody's nowhere. More spots are compared until no
        further one can be cheaper. A spot across the circle of whose reach the face lies does not get it, unless it is
        the nearest: its circle has cut the faces.

        Returns
        -------
        spot, within, parted
            Index of the spot, whether it is within reach, and whether a river parts the point from its nearest spot.
        """
        points = _inner_points(faces)
        distance, near = self.nearest(points, 1)
        spot, within = near[:, 0].copy(), distance[:, 0] <= self.reach_m
        parted = self.rivers_between(points, near)[:, 0] > 0
        number, todo = FIRST_LOOK, np.flatnonzero(parted)
        while len(todo):
            number = min(number, len(self.spots))
            far, which = self.nearest(points[todo], number)
            cost = far + self.crossing_m * self.rivers_between(points[todo], which)
            barred = self._out_of_reach(faces[todo], points[todo], far, which) & within[todo, None]
            barred[:, 0] = False
            cost[barred] = np.inf
            best = np.lexsort((which, cost), axis=1)[:, 0]
            row = np.arange(len(todo))
            spot[todo] = which[row, best]
            last = far[:, -1]
            settled = (cost[row, best] <= last) | (within[todo] & (last > self.reach_m)) | (number == len(self.spots))
            todo, number = todo[~settled], number * 4
        return spot, within, parted

    def _out_of_reach(self, faces: Geometries, points: Floats, far: Floats, spot: Ints) -> Bools:
        """Tell which spots (f, k), `far` from a point in each face, do not reach all of the face."""
        vertices, face = shapely.get_coordinates(faces, return_index=True)
        radius = np.zeros(len(faces))
        np.maximum.at(radius, face, np.hypot(*(vertices - points[face]).T))
        limit = self.reach_m + 1.5 * GRID_M
        out = far > self.reach_m
        start = np.searchsorted(face, np.arange(len(faces) + 1))
        for row, column in np.argwhere(~out & (far + radius[:, None] > limit)):
            offset = vertices[start[row] : start[row + 1]] - self.spots[spot[row, column]]
            out[row, column] = np.hypot(*offset.T).max() > limit
        return np.asarray(out)


def divide(points: Floats, terrain: Terrain, reach_m: float, crossing_m: float) -> Faces:
    """Divide the land among sites by the cost of travel.

    Voronoi edges of the sites (Okabe et al. 2000), the land's boundary, the rivers, and the circles of reach where cells
    extend beyond it, are noded together on a grid (snap rounding, Hobby 1999) and polygonised. A face goes to the site
    with the lowest cost. Where a river parts a face from its nearest site, the face is first divided among the nearest
    sites of its own bank; against sites of the other bank it is not divided, but given as a whole.

    Parameters
    ----------
    points
        Sites, metres of `terrain.crs`, shape (n, 2). They are rounded to the grid; sites that then share a spot share its
        ground, which goes to the first of them.
    terrain
        Land and rivers.
    reach_m
        Distance from a site beyond which ground is nobody's, metres.
    crossing_m
        What crossing a river costs, as metres of way.

    Returns
    -------
    Faces
        They do not depend on the order of the sites, apart from the indices.

    Raises
    ------
    ValueError
        If a site has no finite position, or a distance makes no sense.
    """
    points = np.asarray(points, dtype=float).reshape(-1, 2)
    _check(points, reach_m, crossing_m)
    spots, first, spot_of = np.unique(np.rint(points / GRID_M) * GRID_M, axis=0, return_index=True, return_inverse=True)
    owner = first[spot_of.reshape(-1)].astype(np.int64)
    if terrain.land.is_empty:
        return Faces(np.empty(0, dtype=object), np.empty(0, np.int64), np.empty(0, np.bool_), owner)
    land = np.concatenate([_segments(terrain.land), _clipped(_segments(*(r.line for r in terrain.rivers)), terrain)])
    if not len(spots):
        faces = _land_faces(_noded(land), terrain)
        return Faces(faces, np.full(len(faces), -1, np.int64), np.zeros(len(faces), np.bool_), owner)
    costs = _Costs(spots, cKDTree(spots), terrain, float(reach_m), float(crossing_m))
    edges, between, rim = _voronoi_edges(spots, terrain.land)
    circles = _circles(costs, edges, between, rim)
    lines = np.concatenate([land, _clipped(edges, terrain), _clipped(circles, terrain)])
    faces = _land_faces(_noded(lines), terrain)
    spot, within, parted = costs.cheapest(faces)
    torn = parted & within
    more = _bank_edges(costs, faces[torn])
    if len(more):
        faces = _land_faces(_cut(faces, torn, more), terrain)
        spot, within, _ = costs.cheapest(faces)
    _keep_home(faces, spot, within, spots)
    return Faces(faces, first[spot].astype(np.int64), within, owner)


def _check(points: Floats, reach_m: float, crossing_m: float) -> None:
    if not np.isfinite(points).all():
        row = int(np.flatnonzero(~np.isfinite(points).all(axis=1))[0])
        raise ValueError(
            f"site {row} has no finite position: {points[row].tolist()}; expected metres in the terrain's projection. "
            "Leave out places without coordinates, or locate them first."
        )
    if not reach_m > 0 or not np.isfinite(reach_m):
        raise ValueError(f"the reach is {reach_m} m; expected a number above 0, for instance 25000")
    if not crossing_m >= 0 or not np.isfinite(crossing_m):
        raise ValueError(f"the cost of a crossing is {crossing_m} m; expected 0 or more, for instance 15000")


def _inner_points(faces: Geometries) -> Floats:
    return np.asarray(shapely.get_coordinates(shapely.point_on_surface(faces)))


def _segments(*geometries: Any) -> Floats:
    """Cut lines and rings into single segments, shape (s, 2, 2)."""
    lines = np.array(geometries, dtype=object)
    areal = shapely.get_dimensions(lines) == 2
    lines[areal] = shapely.boundary(lines[areal])
    parts = shapely.get_parts(lines)
    coords, line = shapely.get_coordinates(parts, return_index=True)
    joined = line[1:] == line[:-1]
    return np.stack((coords[:-1][joined], coords[1:][joined]), axis=1)


def _clipped(segments: Floats, terrain: Terrain) -> Floats:
    """Keep what lies within the land's box (and 1 km): outside of it there is nothing to divide."""
    if not len(segments):
        return segments
    west, south, east, north = terrain.land.bounds
    low, high = np.array([west - 1000, south - 1000]), np.array([east + 1000, north + 1000])
    least, most = segments.min(axis=1), segments.max(axis=1)
    inside = ((least >= low) & (most <= high)).all(axis=1)
    across = ~inside & ((most >= low) & (least <= high)).all(axis=1)
    cut = (
        shapely.clip_by_rect(shapely.linestrings(segments[across]), *low, *high)
        if across.any()
        else np.empty(0, object)
    )
    return np.concatenate([segments[inside], _segments(*cut[~shapely.is_empty(cut)])])


def _noded(segments: Floats) -> Geometries:
    """Split segments where they meet, with all vertices on the grid: lines, shape (s,)."""
    return np.asarray(
        shapely.get_parts(shapely.union_all(shapely.linestrings(segments), grid_size=GRID_M)), dtype=object
    )


def _cut(faces: Geometries, torn: Bools, more: Floats) -> Geometries:
    """Return the noded lines around faces, after more segments have cut some of them.

    Only the lines around the faces to be cut meet the new ones, and only these are noded again.
    """
    around = _segments(*faces)
    sizes = shapely.get_num_coordinates(faces) - shapely.get_num_interior_rings(faces) - 1
    face = np.repeat(np.arange(len(faces)), sizes)
    swap = (around[:, 0, 0] > around[:, 1, 0]) | (
        (around[:, 0, 0] == around[:, 1, 0]) & (around[:, 0, 1] > around[:, 1, 1])
    )
    around[swap] = around[swap][:, ::-1]
    single, which = np.unique(around.reshape(-1, 4), axis=0, return_inverse=True)
    near = np.zeros(len(single), dtype=bool)
    near[which.reshape(-1)[torn[face]]] = True
    single = single.reshape(-1, 2, 2)
    return np.concatenate([shapely.linestrings(single[~near]), _noded(np.concatenate([single[near], more]))])


def _land_faces(lines: Geometries, terrain: Terrain) -> Geometries:
    """Return the faces between noded lines that are land, shape (f,)."""
    faces = shapely.get_parts(shapely.polygonize(lines))
    if not len(faces):
        return np.empty(0, dtype=object)
    shapely.prepare(terrain.land)
    x, y = _inner_points(faces).T
    return np.asarray(faces[shapely.contains_xy(terrain.land, x, y)], dtype=object)


def _voronoi_edges(spots: Floats, land: Geometry) -> tuple[Floats, Ints, Ints]:
    """Return the edges of the Voronoi cells, shape (e, 2, 2), the two spots either side, shape (e, 2), and the rim.

    The rim are the spots whose cells are open: those at the edge of all.

    Four far points close every cell, so that one spot, or spots in a row, need no case of their own. They are too far
    to be the nearest anywhere on the land.
    """
    corners = np.array(land.bounds).reshape(2, 2)
    low, high = np.minimum(corners[0], spots.min(axis=0)), np.maximum(corners[1], spots.max(axis=0))
    middle, span = np.rint((low + high) / 2), 4 * float(np.hypot(*(high - low))) + 1000
    far = np.array([(-span, 0.0), (span, 0.0), (0.0, -span), (0.0, span)])
    diagram = Voronoi(np.concatenate([spots - middle, far]))
    ends = np.array(diagram.ridge_vertices, dtype=np.int64)
    between = np.asarray(diagram.ridge_points, dtype=np.int64)
    real = (ends >= 0).all(axis=1) & (between < len(spots)).all(axis=1)
    order = np.lexsort(np.sort(between[real], axis=1).T[::-1])
    rim = np.unique(between[(between >= len(spots)).any(axis=1)])
    edges = diagram.vertices[ends[real][order]] + middle
    return edges, np.sort(between[real], axis=1)[order], rim[rim < len(spots)]


def _circles(costs: _Costs, edges: Floats, between: Ints, rim: Ints) -> Floats:
    """Return the arcs of the circles of reach that lie in their own spot's Voronoi cell, as segments, shape (s, 2, 2).

    Every circle has a vertex where it meets a Voronoi edge. The two circles that meet there meet in the same vertex.
    """
    reach, far = costs.reach_m, np.hypot(*(edges - costs.spots[between[:, 0], None, :]).transpose(2, 0, 1)).max(axis=1)
    extends = np.full(len(costs.spots), True)
    if len(edges):
        # A cell whose corners are all within reach needs no circle; a cell at the rim has a corner far away, or none.
        extends[np.setdiff1d(between, rim)] = False
        extends[between[far > reach - 1]] = True
    wide = np.flatnonzero(extends)
    angle = np.arange(CIRCLE_SIDES) * (2 * np.pi / CIRCLE_SIDES)
    regular = costs.spots[wide, None, :] + reach * np.column_stack((np.cos(angle), np.sin(angle)))
    crossings, edge = _crossings(costs.spots[between[:, 0]], edges, reach)
    vertices = np.concatenate([regular.reshape(-1, 2), crossings, crossings])
    spot = np.concatenate([np.repeat(wide, CIRCLE_SIDES), between[edge, 0], between[edge, 1]])
    vertices, spot = vertices[extends[spot]], spot[extends[spot]]
    offset = vertices - costs.spots[spot]
    order = np.lexsort((np.arctan2(offset[:, 1], offset[:, 0]), spot))
    vertices, spot = vertices[order], spot[order]
    following = np.arange(len(vertices)) + 1
    start = np.searchsorted(spot, wide)
    following[np.append(start[1:], len(vertices)) - 1] = start
    segments = np.stack((vertices, vertices[following]), axis=1)
    middle = (vertices + vertices[following]) / 2
    # An arc a little beyond its cell is a dangle and vanishes; an arc that stops short would leave a gap.
    nearest = costs.nearest(middle, 1)[0][:, 0] if len(middle) else np.empty(0)
    own = np.hypot(*(middle - costs.spots[spot]).T)
    return np.asarray(segments[own <= nearest + 0.001])


def _crossings(centres: Floats, edges: Floats, reach: float) -> tuple[Floats, Ints]:
    """Find the points (c, 2) on edges (e, 2, 2) at distance `reach` from the edge's centre, and their edges (c,)."""
    if not len(edges):
        return np.empty((0, 2)), np.empty(0, np.int64)
    start, step = edges[:, 0] - centres, edges[:, 1] - edges[:, 0]
    length = np.hypot(*step.T)
    good = length > 0
    unit = step / np.where(good, length, 1.0)[:, None]
    along = (start * unit).sum(axis=1)
    square = reach**2 - (start[:, 0] * unit[:, 1] - start[:, 1] * unit[:, 0]) ** 2
    half = np.sqrt(np.maximum(square, 0))
    found, where = [], []
    for way in (-along - half, -along + half):
        # One metre too many at the ends adds a harmless vertex; one too few might lose a corner.
        on = np.flatnonzero(good & (square >= 0) & (way >= -1) & (way <= length + 1))
        found.append(edges[on, 0] + unit[on] * way[on, None])
        where.append(on)
    return np.concatenate(found), np.concatenate(where).astype(np.int64)


def _bank_edges(costs: _Costs, faces: Geometries) -> Floats:
    """Return segments, shape (s, 2, 2), that divide faces among the nearest spots with fewer rivers between.

    Those are mostly the spots of the faces' own bank.
    """
    none = np.empty((0, 2, 2))
    if not len(faces):
        return none
    inner = _inner_points(faces)
    distance, near = costs.nearest(inner, min(len(costs.spots), 4 * FIRST_LOOK))
    rivers = costs.rivers_between(inner, near)
    own = (rivers < rivers[:, :1]) & (distance <= distance[:, :1] + costs.crossing_m * (rivers[:, :1] - rivers))
    own &= np.cumsum(own, axis=1) <= BANK_SITES
    face, rank = np.nonzero(own)
    if not len(face):
        return none
    spot = near[face, rank]
    angle = np.append(np.arange(CIRCLE_SIDES), 0) * (2 * np.pi / CIRCLE_SIDES)
    ring = costs.reach_m * np.column_stack((np.cos(angle), np.sin(angle)))
    reaches = shapely.linestrings(costs.spots[spot][:, None, :] + ring[None, :, :])
    pieces = [shapely.intersection(reaches, faces[face])]
    several = np.flatnonzero(own.sum(axis=1) > 1)
    if len(several):
        chosen = np.isin(face, several)
        groups = np.searchsorted(several, face[chosen])
        sites = shapely.multipoints(costs.spots[spot[chosen]], indices=groups)
        edges = shapely.voronoi_polygons(sites, only_edges=True, extend_to=faces[several])
        pieces.append(shapely.intersection(edges, faces[several]))
    parts = shapely.get_parts(np.concatenate(pieces))
    lines = parts[(shapely.get_dimensions(parts) == 1) & ~shapely.is_empty(parts)]
    return _segments(*lines)


def _keep_home(faces: Geometries, spot: Ints, within: Bools, spots: Floats) -> None:
    """Give every spot the face it stands in, also when a river runs by its door and ends there."""
    which, face = shapely.STRtree(faces).query(shapely.points(spots), predicate="within")
    served = np.isin(np.arange(len(spots)), which[spot[face] == which])
    order = np.lexsort((face, which))
    which, face = which[order], face[order]
    head = np.append(True, which[1:] != which[:-1])[: len(which)] & ~served[which]
    spot[face[head]], within[face[head]] = which[head], True
