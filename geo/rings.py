"""Rings of arcs: shapes that share their boundaries, as in TopoJSON."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from geo.cells import Geometries
from geo.terrain import Floats, Ints


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


def split_rings(rings: Rings, count: int) -> tuple[Rings, Rings]:
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


def joined_rings(mine: Rings, rest: Rings) -> Rings:
    """Undo `split_rings`."""
    return Rings(
        np.concatenate([mine.refs, rest.refs]),
        np.concatenate([mine.start, rest.start[1:] + len(mine.refs)]),
        np.concatenate([mine.part, rest.part + len(mine.shape_of)]),
        np.concatenate([mine.shape_of, rest.shape_of + mine.count]),
        mine.count + rest.count,
    )


def vertices_of(lines: Geometries) -> tuple[Floats, Ints]:
    """Return the vertices of all lines, and where each line starts among them and at last their number."""
    coords, line = shapely.get_coordinates(lines, return_index=True)
    return coords, offsets(line, len(lines))


def offsets(group: Ints, groups: int) -> Ints:
    """Return where each group starts among sorted members, and at last their number; shape (groups + 1,)."""
    return np.searchsorted(group, np.arange(groups + 1)).astype(np.int64)
