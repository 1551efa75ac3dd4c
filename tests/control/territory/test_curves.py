"""Lines whose corners are rounded off."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from control.territory.curves import SMOOTH_M, smoothed

STEPS = [(0, 0), (0, 1e3), (1e3, 1e3), (1e3, 2e3), (2e3, 2e3), (2e3, 3e3), (3e3, 3e3)]
STAIRS = shapely.LineString([*STEPS, (2e4, 2e4), (6e4, 2e4)])
"""Steps of a kilometre, and then two straight stretches that meet in 45 degrees."""


def sharpest(line: shapely.LineString) -> float:
    """The largest turn in a line, degrees."""
    steps = np.diff(shapely.get_coordinates(line), axis=0)
    turns = np.diff(np.arctan2(steps[:, 1], steps[:, 0]))
    return float(np.degrees(np.abs((turns + np.pi) % (2 * np.pi) - np.pi)).max())


def test_small_steps_go_and_ends_stay() -> None:
    """The steps turn by 90 degrees; the curve nowhere by 20, and it stays within 2 km."""
    curve = smoothed(STAIRS)
    assert (sharpest(STAIRS), sharpest(curve) < 20) == (pytest.approx(90), True)
    assert shapely.hausdorff_distance(STAIRS, curve) <= SMOOTH_M
    assert (curve.coords[0], curve.coords[-1]) == (STAIRS.coords[0], STAIRS.coords[-1])


def test_a_ring_stays_one_and_keeps_its_town() -> None:
    """A square of 2 km: its perimeter of 8 km allows for 667 m, so that the middle stays inside of it."""
    ring = shapely.LineString([(0, 0), (2e3, 0), (2e3, 2e3), (0, 2e3), (0, 0)])
    curve = smoothed(ring)
    assert curve.is_closed
    assert sharpest(curve) < 30
    assert shapely.Polygon(curve).contains(shapely.Point(1e3, 1e3))


def test_several_lines_stay_several() -> None:
    lines = smoothed(shapely.MultiLineString([[(0, 0), (1e4, 0)], [(0, 5e3), (1e4, 5e3)]]))
    assert lines.geom_type == "MultiLineString"
    assert lines.length == pytest.approx(2e4)
