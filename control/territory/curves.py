"""Curves: lines whose corners are rounded off, with their ends where they were."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry as Geometry

SMOOTH_M = 2000.0
"""How far a line is moved to become a curve, metres: no report says better than this where a front runs."""
ROUNDS = 3
"""How often corners are cut; after three nobody sees them at the sizes that maps are printed in."""

Floats = NDArray[np.float64]


def smoothed(geometry: Geometry, within: float = SMOOTH_M) -> Geometry:
    """Return a line, or several, as curves: corners nearer to the straight line than `within` go, the others are rounded.

    The ends of a line stay, so that lines which meet in a point still do; a ring stays a ring. A short line moves less: a
    twelfth of its length at the most, or the ring around a small town would no longer hold it.
    """
    found = [_curve(part, min(within, part.length / 12)) for part in shapely.get_parts(geometry)]
    curves: Geometry = found[0] if len(found) == 1 else shapely.MultiLineString(found)
    return curves


def _curve(line: Geometry, within: float) -> shapely.LineString:
    """Half of the way goes to leaving out corners, half to rounding the others: short stretches are rounded by little."""
    plain: Any = shapely.segmentize(shapely.simplify(line, within / 2), 3 * within)
    return shapely.LineString(_rounded(shapely.get_coordinates(plain)))


def _rounded(points: Floats) -> Floats:
    """Cut corners, each round a quarter of the way from either side (Chaikin, 1974)."""
    closed = len(points) > 3 and bool((points[0] == points[-1]).all())
    for _ in range(ROUNDS):
        if len(points) < 3:
            break
        first, second = points[:-1], points[1:]
        cut = np.stack((0.75 * first + 0.25 * second, 0.25 * first + 0.75 * second), axis=1).reshape(-1, 2)
        points = np.vstack((cut, cut[:1])) if closed else np.vstack((points[:1], cut[1:-1], points[-1:]))
    return points
