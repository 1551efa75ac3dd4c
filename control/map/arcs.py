"""The ground as the map gets it: shared arcs on a grid of whole numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.terrain import Floats, Ints, Terrain
from geo.topology import Topology

TOLERANCE_M = 150
"""How far a border may move to be drawn with fewer vertices: five pixels where the map is closest."""
STEPS = (1e-3, 5e-4, 2e-4, 1e-4)
"""Grids, degrees: 100 m to 10 m. The coarsest on which every cell keeps its shape is taken, or else the last."""


def encode_ground(topology: Topology, terrain: Terrain, reported: Sequence[bool]) -> tuple[dict[str, Any], Floats]:
    """Encode the ground for the map.

    Of sites at one spot the first that is reported stands for the ground there: an estimate must not hide a report.

    Parameters
    ----------
    topology
        Cells of the sites.
    terrain
        The terrain whose projection it is in.
    reported
        For each site, whether anybody reported on it, shape (n,).

    Returns
    -------
    ground
        Arcs and sides, as `ControlTimeline` documents them.
    area
        Square metres of the ground each site stands for, shape (n,).
    """
    stand_in = _stand_ins(topology.owner, reported)
    simple = topology.simplified(TOLERANCE_M)
    coords, arc = shapely.get_coordinates(simple.arcs, return_index=True)
    start = np.searchsorted(arc, np.arange(len(simple.arcs) + 1))
    degrees = terrain.to_degrees(coords)
    corner = np.floor(degrees.min(axis=0)) if len(degrees) else np.zeros(2)
    step, grid = _gridded(simple, degrees - corner, start)
    sides = np.column_stack((topology.left, topology.right))
    sides[sides >= 0] = stand_in[sides[sides >= 0]]
    # Between what is nobody's and what is abroad there is nothing to draw; nor inside of the ground of one site.
    drawn = np.flatnonzero((sides.max(axis=1) >= 0) & (sides[:, 0] != sides[:, 1]))
    area = np.zeros(len(stand_in))
    np.add.at(area, stand_in, topology.area)
    ground = {
        "transform": {"scale": [step, step], "translate": corner.tolist()},
        "arcs": [_deltas(grid[start[n] : start[n + 1]]) for n in drawn],
        "sides": sides[drawn].tolist(),
    }
    return ground, area


def _stand_ins(owner: Ints, reported: Sequence[bool]) -> Ints:
    """Return for each site the one that its cell is drawn for, shape (n,)."""
    chosen = np.arange(len(owner))
    for site in np.flatnonzero(np.asarray(reported, dtype=bool))[::-1]:
        chosen[owner[site]] = site
    return chosen


def _gridded(topology: Topology, offsets: Floats, start: Ints) -> tuple[float, NDArray[np.int64]]:
    """Round vertices to the coarsest grid on which no cell vanishes and no borders cross, or the finest."""
    has_ground = shapely.area(topology.cells) > 0
    for step in STEPS:
        grid = np.rint(offsets / step).astype(np.int64)
        cells = topology.rings.geometries(grid.astype(float), start)
        if (shapely.is_valid(cells) & ((shapely.area(cells) > 0) | ~has_ground)).all() and (
            shapely.is_empty(shapely.coverage_invalid_edges(cells)).all()
        ):
            break
    return step, grid


def _deltas(points: NDArray[np.int64]) -> list[int]:
    """Return [x, y, dx, dy, ...]: the first vertex, then steps from each to the next; steps of nothing are left out."""
    steps = np.diff(points, axis=0)
    return [*points[0].tolist(), *steps[steps.any(axis=1)].ravel().tolist()]
