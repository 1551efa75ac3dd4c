"""The subdivision of the land among sites: cells joined into shapes, shapes into arcs with two sides each."""

from __future__ import annotations

import numpy as np
import shapely

from geo.arcs import chains, draw_chains, rivers_on
from geo.cells import Geometries, divide
from geo.rings import Rings, offsets, split_rings, vertices_of
from geo.terrain import Floats, Ints, Terrain
from geo.topology import NOBODY, OUTSIDE, Topology


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
    river = rivers_on(vertices[a], vertices[b], terrain)
    half, arc_start = chains(a, b, river, len(vertices))
    arcs = len(arc_start) - 1
    first, last = half[arc_start[:-1]], half[arc_start[1:] - 1]
    way = first % 2
    left, right = sides[first // 2, way], sides[first // 2, 1 - way]
    order = np.argsort(left == right, kind="stable")  # seams come last
    number = np.empty(arcs, dtype=np.int64)
    number[order] = np.arange(arcs)
    arc_of = np.empty(len(key), dtype=np.int64)
    arc_of[half // 2] = np.repeat(np.arange(arcs), np.diff(arc_start))
    lines = draw_chains(vertices, a, b, half, arc_start)[order]
    seam = int((left == right).sum())
    # A ring enters an arc by its first half-edge, or, from behind, by the twin of its last.
    step = 2 * segment + ~forward
    arc = arc_of[segment]
    onward, backward = step == first[arc], step == (last[arc] ^ 1)
    entered = onward | backward
    refs = np.where(onward, number[arc], ~number[arc])[entered]
    all_rings = Rings(refs, offsets(ring[entered], len(rings)), part, shape_of, len(shapes))
    cell_rings, beyond_rings = split_rings(all_rings, count)
    drawn = all_rings.geometries(*vertices_of(lines))
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
