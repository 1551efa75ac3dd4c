"""Arcs: chains of boundary segments, from one meeting of three shapes to the next."""

from __future__ import annotations

import numpy as np
import shapely

from geo.cells import Geometries
from geo.terrain import Ints, Terrain

ON_RIVER_M = 2.0
"""Rounding to the grid moves a river by less than this."""


def rivers_on(starts: Ints, ends: Ints, terrain: Terrain) -> Ints:
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


def chains(a: Ints, b: Ints, river: Ints, vertices: int) -> tuple[Ints, Ints]:
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


def draw_chains(vertices: Ints, a: Ints, b: Ints, half: Ints, start: Ints) -> Geometries:
    """Draw arcs as LineStrings."""
    if not len(half):
        return np.empty(0, dtype=object)
    segment, way = half // 2, half % 2
    tail, head = np.where(way, b[segment], a[segment]), np.where(way, a[segment], b[segment])
    path = np.insert(tail, start[1:], head[start[1:] - 1])
    arc = np.repeat(np.arange(len(start) - 1), np.diff(start) + 1)
    return np.asarray(shapely.linestrings(vertices[path].astype(float), indices=arc), dtype=object)
