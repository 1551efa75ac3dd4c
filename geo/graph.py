"""The place graph: which places are neighbours, how far apart, and which rivers lie between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import Delaunay, QhullError

from geo.terrain import Terrain

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class PlaceGraph:
    """Neighbours by Delaunay triangulation.

    Attributes
    ----------
    size
        Number of places n.
    pairs
        Indices of neighbours, shape (e, 2), the lower one first, sorted, each once.
    lengths
        Metres, shape (e,).
    parted, parting
        Rows of `pairs` that a river parts, and the index of that river in `Terrain.rivers`; a pair parted by two rivers
        stands there twice.
    """

    size: int
    pairs: Ints
    lengths: Floats
    parted: Ints
    parting: Ints


def place_graph(points: Floats, terrain: Terrain) -> PlaceGraph:
    """Link places with their neighbours (Delaunay 1934).

    Places at one spot form a chain of their own, the first of which has the neighbours. Places on one line are linked along
    it.

    Parameters
    ----------
    points
        Metres in `terrain.crs`, shape (n, 2).
    """
    points = np.asarray(points, dtype=float).reshape(-1, 2)
    spots, first, spot_of = np.unique(np.round(points), axis=0, return_index=True, return_inverse=True)
    spot_of = spot_of.ravel()
    links = first[_links(spots)]
    at_one_spot = _chains(spot_of)
    pairs = np.sort(np.concatenate((links, at_one_spot)).astype(np.int64).reshape(-1, 2), axis=1)
    pairs = np.unique(pairs, axis=0)
    lengths = np.hypot(*(points[pairs[:, 0]] - points[pairs[:, 1]]).T)
    parted, parting = terrain.separations(points[pairs[:, 0]], points[pairs[:, 1]])
    return PlaceGraph(len(points), pairs, lengths, parted, parting)


def _links(spots: Floats) -> Ints:
    """Return pairs of neighbouring spots, shape (e, 2)."""
    if len(spots) < 2:
        return np.empty((0, 2), dtype=np.int64)
    if len(spots) > 3 or _spread(spots):
        try:
            triangles = Delaunay(spots).simplices.astype(np.int64)
        except QhullError:
            pass  # all on one line
        else:
            return np.concatenate((triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [0, 2]]))
    order = np.lexsort((spots[:, 1], spots[:, 0]))
    return np.column_stack((order[:-1], order[1:]))


def _spread(spots: Floats) -> bool:
    """Whether three spots span a triangle."""
    (ax, ay), (bx, by) = spots[1] - spots[0], spots[-1] - spots[0]
    return bool(len(spots) == 3 and abs(ax * by - ay * bx) > 1)


def _chains(spot_of: Ints) -> Ints:
    """Link the places of each spot one after the other, shape (e, 2)."""
    order = np.argsort(spot_of, kind="stable")
    same = spot_of[order][1:] == spot_of[order][:-1]
    return np.column_stack((order[:-1][same], order[1:][same]))
