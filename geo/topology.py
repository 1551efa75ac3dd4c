"""Topology: who borders whom, and the lines between them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry as Geometry

from geo.cells import Geometries, divide
from geo.terrain import Floats, Ints, Terrain

NOBODY = -1
"""The side of an arc that is land beyond the reach of every site."""
OUTSIDE = -2
"""The side of an arc that is no land of the theatre: abroad, the sea, a lake."""
FORMAT = 1
"""Version of the saved form; a file of another version is refused."""
ON_RIVER_M = 2.0
"""Rounding to the grid moves a river by less than this."""


@dataclass(frozen=True, eq=False)
class Rings:
    """Shapes as rings of arcs, as in TopoJSON (Bostock and Metcalf 2012).

    Attributes
    ----------
    refs
        Arcs of all rings, one ring after the other: `i` is arc i as it stands, `~i` (that is `-i - 1`) arc i reversed.
        Shells run anticlockwise, holes clockwise: the shape is on the left.
    start
        Where each ring starts in `refs`, and at last `len(refs)`; shape (r + 1,).
    part
        Polygon each ring belongs to, ascending; the first ring of a polygon is its shell, the others are holes.
    shape_of
        Shape each polygon belongs to, ascending.
    count
        Number of shapes; some may have no polygon.
    """

    refs: Ints
    start: Ints
    part: Ints
    shape_of: Ints
    count: int

    def of(self, shape: int) -> list[list[Ints]]:
        """Return the polygons of a shape, each as its shell and its holes, each of these as signed arcs."""
        first, last = np.searchsorted(self.shape_of, [shape, shape + 1])
        low, high = np.searchsorted(self.part, [first, last])
        polygons: list[list[Ints]] = [[] for _ in range(first, last)]
        for ring in range(low, high):
            polygons[self.part[ring] - first].append(self.refs[self.start[ring] : self.start[ring + 1]])
        return polygons

    def ring_sizes(self, sizes: Ints) -> Ints:
        """Return the number of distinct vertices of each ring, given the number of vertices of each arc."""
        arcs = np.where(self.refs < 0, ~self.refs, self.refs)
        return np.add.reduceat(sizes[arcs] - 1, self.start[:-1]) if len(self.part) else np.empty(0, np.int64)

    def geometries(self, coords: Floats, arc_start: Ints) -> Geometries:
        """Draw the shapes, shape (count,), from the vertices of all arcs and where each arc starts among them."""
        shapes = np.full(self.count, shapely.Polygon(), dtype=object)
        if not len(self.part):
            return shapes
        backward = self.refs < 0
        arcs = np.where(backward, ~self.refs, self.refs)
        sizes = arc_start[arcs + 1] - arc_start[arcs] - 1  # the last vertex is the first of the next arc
        begin = np.cumsum(sizes) - sizes
        inside = np.arange(sizes.sum()) - np.repeat(begin, sizes)
        first = np.where(backward, arc_start[arcs + 1] - 1, arc_start[arcs])
        vertices = coords[np.repeat(first, sizes) + inside * np.repeat(np.where(backward, -1, 1), sizes)]
        ring_of_ref = np.repeat(np.arange(len(self.part)), np.diff(self.start))
        rings = shapely.linearrings(vertices, indices=np.repeat(ring_of_ref, sizes))
        shell = np.append(True, self.part[1:] != self.part[:-1])
        polygons = rings[shell]
        holes = shapely.polygons(rings[shell])
        pierced = np.unique(self.part[~shell])
        if len(pierced):
            bored = np.searchsorted(pierced, self.part[~shell])
            order = np.argsort(bored, kind="stable")
            groups = np.split(rings[~shell][order], np.flatnonzero(np.diff(bored[order])) + 1)
            for polygon, inner in zip(pierced, groups, strict=True):
                holes[polygon] = shapely.polygons(polygons[polygon], inner)
        single = np.bincount(self.shape_of, minlength=self.count)
        lone = single[self.shape_of] == 1
        shapes[self.shape_of[lone]] = holes[lone]
        several, group = np.unique(self.shape_of[~lone], return_inverse=True)
        if len(several):
            shapes[several] = shapely.multipolygons(holes[~lone], indices=group)
        return shapes


@dataclass(frozen=True, eq=False)
class Topology:
    """One planar subdivision of the land; everything in metres of the terrain's projection.

    Attributes
    ----------
    cells
        Ground within reach of each site, Polygons or MultiPolygons, perhaps empty; shape (n,). Of sites at one spot the
        first has the ground, the others are empty.
    beyond
        Ground beyond every site's reach for which the site is the nearest, perhaps empty; shape (n,). It is nobody's.
    area
        m2 of `cells`, shape (n,): the effective area.
    total_area
        m2 of `cells` and `beyond`, shape (n,). They add up to the land's area, if there is a site at all.
    land_area
        m2 of the land, its boundary rounded to the grid.
    arcs
        LineStrings, shape (m,): chains of boundary with the same two sides, from one meeting of three shapes to the next;
        they are also cut where a river begins or ends, and where a seam does.
    left, right
        What is on either side of each arc, shape (m,): index of a site, NOBODY or OUTSIDE. They differ.
    river
        Index in `Terrain.rivers` of the river each arc lies on, or -1; shape (m,).
    owner
        Index of the site whose cell holds this site's spot, shape (n,): itself, or the first at the spot.
    rings
        Cells as rings of `arcs`.
    seams
        LineStrings between the shares of `beyond`: nobody's ground on both sides.
    beyond_rings
        Shares of `beyond` as rings of arcs and then seams: number m + j is seam j. Without sites, all land is one share.
    """

    cells: Geometries
    beyond: Geometries
    area: Floats
    total_area: Floats
    land_area: float
    arcs: Geometries
    left: Ints
    right: Ints
    river: Ints
    owner: Ints
    rings: Rings
    seams: Geometries
    beyond_rings: Rings

    def dissolve(self, labels: Ints) -> dict[int, Geometry]:
        """Join the cells of each label.

        Parameters
        ----------
        labels
            One whole number a site, shape (n,). Sites with a negative one are left out.

        Returns
        -------
        dict of int to Geometry
            Polygon or MultiPolygon of each label that has ground, ascending. Vertices of the cells along the boundary
            stay, so that areas of different labels meet in the same vertices.
        """
        labels = self._checked(labels)
        some = np.flatnonzero((labels >= 0) & ~shapely.is_empty(self.cells))
        order = some[np.argsort(labels[some], kind="stable")]
        cuts = np.flatnonzero(np.diff(labels[order])) + 1
        return {int(labels[g[0]]): shapely.coverage_union_all(self.cells[g]) for g in np.split(order, cuts) if len(g)}

    def nobody(self) -> Geometry:
        """Return all land beyond the reach of every site, a Polygon or MultiPolygon, perhaps empty."""
        return self._nobody

    @cached_property
    def _nobody(self) -> Geometry:
        rim = self.arcs[(self.left == NOBODY) | (self.right == NOBODY)]
        return shapely.build_area(shapely.multilinestrings(rim)) if len(rim) else shapely.Polygon()

    def fronts(self, labels: Ints) -> Ints:
        """Return the indices of the arcs between sites of different labels, both at least 0; ascending."""
        padded = np.append(self._checked(labels), [-1, -1])  # OUTSIDE is -2 and NOBODY -1: the two last
        one, other = padded[self.left], padded[self.right]
        return np.flatnonzero((one >= 0) & (other >= 0) & (one != other))

    def neighbours(self) -> tuple[Ints, Floats]:
        """Return pairs of sites with a common border, shape (k, 2), lower index first, and its length in metres, (k,)."""
        both = (self.left >= 0) & (self.right >= 0)
        sides = np.sort(np.column_stack((self.left[both], self.right[both])), axis=1)
        pairs, where = np.unique(sides, axis=0, return_inverse=True)
        length = np.bincount(where.reshape(-1), weights=shapely.length(self.arcs[both]), minlength=len(pairs))
        return pairs, length.astype(np.float64)

    def site_at(self, points: Floats) -> Ints:
        """Find the sites whose cells cover points in metres, shape (k, 2); NOBODY or OUTSIDE where none does; shape (k,).

        On a border it is the site with the lowest index.
        """
        places = np.asarray(shapely.points(np.asarray(points, dtype=float).reshape(-1, 2)), dtype=object)
        found = np.full(len(places), OUTSIDE, dtype=np.int64)
        for tree, shapes in ((self._beyond_tree, None), (self._cell_tree, self.cells)):
            which, shape = tree.query(places, predicate="intersects")
            order = np.argsort(-shape, kind="stable")
            found[which[order]] = NOBODY if shapes is None else shape[order]
        return found

    @cached_property
    def _cell_tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.cells)

    @cached_property
    def _beyond_tree(self) -> shapely.STRtree:
        return shapely.STRtree(shapely.get_parts([self.nobody()]))

    def simplified(self, tolerance_m: float) -> Topology:
        """Return the subdivision with fewer vertices.

        Every arc is simplified by itself (Douglas and Peucker 1973), so that shared borders stay shared; its ends stay.
        Where lines would then cross or a cell would vanish, the arcs around it are left as they were. Arcs keep their
        numbers; `area`, `total_area` and `land_area` stay those of the full outlines.

        Parameters
        ----------
        tolerance_m
            How far a line may move, metres, 0 or more.
        """
        if not tolerance_m >= 0:
            raise ValueError(f"the tolerance is {tolerance_m} m; expected 0 or more")
        full = np.concatenate([self.arcs, self.seams])
        lines = shapely.simplify(full, tolerance_m, preserve_topology=False)
        owned = _shared_rings(self.rings, self.beyond_rings)
        arc_of_ref = np.where(owned.refs < 0, ~owned.refs, owned.refs)
        ring_of_ref = np.repeat(np.arange(len(owned.part)), np.diff(owned.start))
        shape_of_ref = owned.shape_of[owned.part[ring_of_ref]]
        kept = np.zeros(len(full), dtype=bool)
        while True:
            sizes = shapely.get_num_coordinates(lines).astype(np.int64)
            thin = owned.ring_sizes(sizes) < 3
            bad = arc_of_ref[thin[ring_of_ref]]
            if not len(bad):
                shapes = owned.geometries(*_vertices(lines))
                wrong = ~shapely.is_valid(shapes) | (~shapely.is_empty(shapely.coverage_invalid_edges(shapes)))
                bad = arc_of_ref[wrong[shape_of_ref]]
                if not len(bad):
                    break
            kept[bad if not kept[bad].all() else slice(None)] = True
            lines[kept] = full[kept]
        count, m = len(self.cells), len(self.arcs)
        cells, beyond = shapes[:count], shapes[count : 2 * count]
        return replace(self, cells=cells, beyond=beyond, arcs=lines[:m], seams=lines[m:])

    def save(self, path: Path | str) -> None:
        """Write the subdivision to an npz file, without pickle; the same subdivision gives the same bytes."""
        arc_coords, arc_start = _vertices(np.concatenate([self.arcs, self.seams]))
        arrays: dict[str, Any] = {
            "format": np.array(FORMAT),
            "coords": np.rint(arc_coords).astype(np.int32),
            "arc_start": arc_start,
            "land_area": np.array(self.land_area),
        }
        for name in ("area", "total_area", "left", "right", "river", "owner"):
            arrays[name] = getattr(self, name)
        for prefix, rings in (("cell", self.rings), ("beyond", self.beyond_rings)):
            for name in ("refs", "start", "part", "shape_of"):
                arrays[f"{prefix}_{name}"] = getattr(rings, name)
        with Path(path).open("wb") as stream:
            np.savez_compressed(stream, **arrays)

    @staticmethod
    def load(path: Path | str) -> Topology:
        """Read what `save` wrote.

        Raises
        ------
        ValueError
            If the file is not a subdivision, or one of another version: delete it and build it again.
        """
        try:
            with Path(path).open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
                arrays = dict(stored)
            if int(arrays["format"]) != FORMAT:
                raise ValueError(f"it is of format {int(arrays['format'])}, this programme reads {FORMAT}")
            return _read(arrays)
        except OSError:
            raise
        except Exception as error:
            teach = "Delete it; it will be built again."
            raise ValueError(f"{path} holds no subdivision of the land: {error}. {teach}") from error

    def _checked(self, labels: Ints) -> Ints:
        labels = np.asarray(labels)
        if labels.shape != (len(self.cells),) or labels.dtype.kind not in "iu":
            raise ValueError(
                f"labels have shape {labels.shape} and type {labels.dtype}; expected one whole number for each of the "
                f"{len(self.cells)} sites, -1 for those to leave out"
            )
        return labels.astype(np.int64)


def build_topology(points: Floats, terrain: Terrain, reach_m: float, crossing_m: float = 15_000) -> Topology:
    """Build the subdivision of the land among sites.

    Parameters
    ----------
    points
        Sites, metres of `terrain.crs`, shape (n, 2).
    terrain
        Land and rivers.
    reach_m
        Distance from every site beyond which ground is nobody's, metres.
    crossing_m
        What crossing a river costs, as metres of way.

    Raises
    ------
    ValueError
        If a site has no finite position, or a distance makes no sense.
    """
    faces = divide(points, terrain, reach_m, crossing_m)
    count = len(faces.owner)
    group = np.where(faces.within, faces.site, faces.site + count)
    if not count:
        group = np.zeros(len(faces.site), dtype=np.int64)  # all land is one share of nobody's ground
    groups = max(2 * count, 1)
    shapes = _joined(faces.polygons, group, groups)
    return _assembled(shapes, count, faces.owner, terrain)


def _joined(polygons: Geometries, group: Ints, groups: int) -> Geometries:
    """Join the polygons of each group, shape (groups,)."""
    joined = np.full(groups, shapely.Polygon(), dtype=object)
    size = np.bincount(group, minlength=groups)
    lone = size[group] == 1
    joined[group[lone]] = polygons[lone]
    rest = np.flatnonzero(~lone)
    rest = rest[np.argsort(group[rest], kind="stable")]
    for members in np.split(rest, np.flatnonzero(np.diff(group[rest])) + 1):
        if len(members):
            joined[group[members[0]]] = shapely.coverage_union_all(polygons[members])
    return joined


def _assembled(shapes: Geometries, count: int, owner: Ints, terrain: Terrain) -> Topology:
    """Find the arcs of a coverage of cells (the first `count` shapes) and shares of nobody's ground (the others)."""
    parts, shape_of = shapely.get_parts(shapely.orient_polygons(shapes), return_index=True)
    some = ~shapely.is_empty(parts)  # an empty polygon is a part of itself
    parts, shape_of = parts[some], shape_of[some]
    rings, part = shapely.get_rings(parts, return_index=True)
    coords, ring = shapely.get_coordinates(rings, return_index=True)
    vertices, vertex = np.unique(np.rint(coords).astype(np.int64), axis=0, return_inverse=True)
    vertex = vertex.reshape(-1)
    on = np.flatnonzero(ring[1:] == ring[:-1])
    tail, head, ring = vertex[on], vertex[on + 1], ring[on]
    side = shape_of[part[ring]]
    forward = tail < head
    key, segment = np.unique(np.minimum(tail, head) * len(vertices) + np.maximum(tail, head), return_inverse=True)
    segment = segment.reshape(-1)
    # A shape is on the left of its rings, so the segment's lower-to-higher direction tells which side it is on.
    sides = np.full((len(key), 2), OUTSIDE, dtype=np.int64)
    sides[segment[forward], 0] = side[forward]
    sides[segment[~forward], 1] = side[~forward]
    sides[sides >= count] = NOBODY
    a, b = np.divmod(key, max(len(vertices), 1))
    river = _rivers_on(vertices[a], vertices[b], terrain)
    half, arc_start = _chains(a, b, river, len(vertices))
    arcs = len(arc_start) - 1
    first, last = half[arc_start[:-1]], half[arc_start[1:] - 1]
    way = first % 2
    left, right = sides[first // 2, way], sides[first // 2, 1 - way]
    order = np.argsort(left == right, kind="stable")  # seams come last
    number = np.empty(arcs, dtype=np.int64)
    number[order] = np.arange(arcs)
    arc_of = np.empty(len(key), dtype=np.int64)
    arc_of[half // 2] = np.repeat(np.arange(arcs), np.diff(arc_start))
    lines = _lines(vertices, a, b, half, arc_start)[order]
    seam = int((left == right).sum())
    # A ring enters an arc by its first half-edge, or, from behind, by the twin of its last.
    step = 2 * segment + ~forward
    arc = arc_of[segment]
    onward, backward = step == first[arc], step == (last[arc] ^ 1)
    entered = onward | backward
    refs = np.where(onward, number[arc], ~number[arc])[entered]
    all_rings = Rings(refs, _offsets(ring[entered], len(rings)), part, shape_of, len(shapes))
    cell_rings, beyond_rings = _split_rings(all_rings, count)
    drawn = all_rings.geometries(*_vertices(lines))
    area = shapely.area(drawn)
    mine, far = area[:count], area[count : 2 * count] if count else np.empty(0)
    m = arcs - seam
    return Topology(
        cells=drawn[:count],
        beyond=drawn[count : 2 * count],
        area=mine,
        total_area=mine + far,
        land_area=float(area.sum()),
        arcs=lines[:m],
        left=left[order][:m],
        right=right[order][:m],
        river=river[first // 2][order][:m],
        owner=owner,
        rings=cell_rings,
        seams=lines[m:],
        beyond_rings=beyond_rings,
    )


def _rivers_on(starts: Ints, ends: Ints, terrain: Terrain) -> Ints:
    """Return the river that segments lie on, or -1; shape (s,)."""
    found = np.full(len(starts), -1, dtype=np.int64)
    if not terrain.rivers or not len(starts):
        return found
    todo = np.arange(len(starts))
    for share in (0.5, 0.0, 1.0):
        points = np.asarray(shapely.points(starts[todo] * (1 - share) + ends[todo] * share), dtype=object)
        which, river = terrain.rivers_near(points, ON_RIVER_M)
        if share == 0.5:
            found[todo[which]] = river
        todo = todo[which]
    near = np.zeros(len(starts), dtype=bool)
    near[todo] = True
    found[~near] = -1
    return found


def _chains(a: Ints, b: Ints, river: Ints, vertices: int) -> tuple[Ints, Ints]:
    """Chain segments into arcs.

    Half-edge 2s is segment s from a to b, 2s + 1 the same from b to a. An arc passes a vertex where just two segments of
    the same kind meet; where more meet, or a river begins, it ends.

    Returns
    -------
    half, start
        Half-edges of all arcs in order, shape (s,), and where each arc starts among them and at last s.
    """
    leaving = np.arange(2 * len(a))
    tail = np.column_stack((a, b)).reshape(-1)
    order = np.argsort(tail, kind="stable")
    degree = np.bincount(tail, minlength=vertices)
    position = np.cumsum(degree) - degree
    pair = np.flatnonzero(degree == 2)
    one, other = leaving[order[position[pair]]], leaving[order[position[pair] + 1]]
    same = river[one // 2] == river[other // 2]
    one, other = one[same], other[same]
    following = np.full(2 * len(a), -1, dtype=np.int64)
    following[one ^ 1], following[other ^ 1] = other, one
    inner = np.zeros(2 * len(a), dtype=bool)
    inner[one] = inner[other] = True
    after, seen = following.tolist(), bytearray(len(a))
    half: list[int] = []
    start: list[int] = []
    # Arcs with ends come first, then the closed ones, which may start anywhere.
    for edge in [*np.flatnonzero(~inner).tolist(), *range(0, 2 * len(a), 2)]:
        if seen[edge >> 1]:
            continue
        start.append(len(half))
        step = edge
        while step >= 0 and not seen[step >> 1]:
            seen[step >> 1] = 1
            half.append(step)
            step = after[step]
    start.append(len(half))
    return np.array(half, dtype=np.int64), np.array(start, dtype=np.int64)


def _lines(vertices: Ints, a: Ints, b: Ints, half: Ints, start: Ints) -> Geometries:
    """Draw arcs as LineStrings."""
    if not len(half):
        return np.empty(0, dtype=object)
    segment, way = half // 2, half % 2
    tail, head = np.where(way, b[segment], a[segment]), np.where(way, a[segment], b[segment])
    path = np.insert(tail, start[1:], head[start[1:] - 1])
    arc = np.repeat(np.arange(len(start) - 1), np.diff(start) + 1)
    return np.asarray(shapely.linestrings(vertices[path].astype(float), indices=arc), dtype=object)


def _vertices(lines: Geometries) -> tuple[Floats, Ints]:
    """Return the vertices of all lines, and where each line starts among them and at last their number."""
    coords, line = shapely.get_coordinates(lines, return_index=True)
    return coords, _offsets(line, len(lines))


def _offsets(group: Ints, groups: int) -> Ints:
    """Return where each group starts among sorted members, and at last their number; shape (groups + 1,)."""
    return np.searchsorted(group, np.arange(groups + 1)).astype(np.int64)


def _split_rings(rings: Rings, count: int) -> tuple[Rings, Rings]:
    """Split rings into those of the first `count` shapes and those of the others, which are numbered anew."""
    parts = int(np.searchsorted(rings.shape_of, count))
    ring = int(np.searchsorted(rings.part, parts))
    ref = rings.start[ring]
    mine = Rings(rings.refs[:ref], rings.start[: ring + 1], rings.part[:ring], rings.shape_of[:parts], count)
    rest = Rings(
        rings.refs[ref:],
        rings.start[ring:] - ref,
        rings.part[ring:] - parts,
        rings.shape_of[parts:] - count,
        rings.count - count,
    )
    return mine, rest


def _shared_rings(mine: Rings, rest: Rings) -> Rings:
    """Undo `_split_rings`."""
    return Rings(
        np.concatenate([mine.refs, rest.refs]),
        np.concatenate([mine.start, rest.start[1:] + len(mine.refs)]),
        np.concatenate([mine.part, rest.part + len(mine.shape_of)]),
        np.concatenate([mine.shape_of, rest.shape_of + mine.count]),
        mine.count + rest.count,
    )


def _read(arrays: dict[str, Any]) -> Topology:
    count, m = len(arrays["owner"]), len(arrays["left"])
    coords, start = arrays["coords"].astype(float), arrays["arc_start"]
    arc = np.repeat(np.arange(len(start) - 1), np.diff(start))
    lines = np.asarray(shapely.linestrings(coords, indices=arc), dtype=object) if len(arc) else np.empty(0, object)

    def rings(prefix: str, shapes: int) -> Rings:
        refs, start, part, shape_of = (arrays[f"{prefix}_{name}"] for name in ("refs", "start", "part", "shape_of"))
        return Rings(refs, start, part, shape_of, shapes)

    mine, rest = rings("cell", count), rings("beyond", max(count, 1))
    return Topology(
        cells=mine.geometries(coords, start),
        beyond=rest.geometries(coords, start)[:count],
        area=arrays["area"],
        total_area=arrays["total_area"],
        land_area=float(arrays["land_area"]),
        arcs=lines[:m],
        left=arrays["left"],
        right=arrays["right"],
        river=arrays["river"],
        owner=arrays["owner"],
        rings=mine,
        seams=lines[m:],
        beyond_rings=rest,
    )
