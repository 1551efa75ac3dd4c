"""The ground that the map gets is the ground of the topology, to what a screen shows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from control.map.arcs import encode_ground
from control.map.payload_faults import _ground_faults
from geo.subdivision import build_topology
from geo.terrain import Floats, Terrain, equal_area_crs

CRS = equal_area_crs((40.0, 33.0, 42.0, 35.0))
LAND = shapely.box(-80_000, -80_000, 80_000, 80_000)
TERRAIN = Terrain(CRS, LAND)


def encoded(points: list[tuple[float, float]], reported: list[bool]) -> tuple[dict[str, Any], Floats]:
    return encode_ground(build_topology(np.array(points, dtype=float), TERRAIN, 25_000), TERRAIN, reported)


def area_of(ground: dict[str, Any], count: int) -> Floats:
    """Square metres of each cell, from the arcs alone: what is on the left of a walk around it (shoelace formula)."""
    (sx, sy), (tx, ty) = ground["transform"]["scale"], ground["transform"]["translate"]
    area = np.zeros(count)
    for arc, (left, right) in zip(ground["arcs"], ground["sides"], strict=True):
        steps = np.array(arc).reshape(-1, 2).cumsum(axis=0)
        x, y = TERRAIN.to_metres(steps * [sx, sy] + [tx, ty]).T
        swept = (x[:-1] * y[1:] - x[1:] * y[:-1]).sum() / 2
        if left >= 0:
            area[left] += swept
        if right >= 0:
            area[right] -= swept
    return area


spots = st.tuples(st.integers(-75, 75), st.integers(-75, 75)).map(lambda spot: (spot[0] * 1000.0, spot[1] * 1000.0))


@settings(max_examples=25, deadline=None)
@given(st.lists(spots, min_size=1, max_size=12, unique=True))
def test_cells_keep_their_areas_and_their_borders_close(points: list[tuple[float, float]]) -> None:
    ground, area = encoded(points, [True] * len(points))
    assert _ground_faults(ground, [{"id": n} for n in range(len(points))]) == []
    perimeter = 2 * np.pi * 25_000
    assert area_of(ground, len(points)) == pytest.approx(area, abs=200 * perimeter)
    assert (area_of(ground, len(points)) > 0).all()


def test_the_reported_of_two_sites_at_one_spot_stands_for_the_ground() -> None:
    """Expected: the second site, because an estimate for the first must not hide the report of the second."""
    ground, area = encoded([(0, 0), (0, 0), (60_000, 0)], [False, True, True])
    assert {side for sides in ground["sides"] for side in sides if side >= 0} == {1, 2}
    assert area[0] == 0 < area[1]
    ground, area = encoded([(0, 0), (0, 0), (60_000, 0)], [False, False, True])
    assert area[1] == 0 < area[0]


def test_what_no_cell_touches_is_not_sent() -> None:
    """A lone site in the middle of the land: one circle, and not the coast far from it."""
    ground, _ = encoded([(0, 0)], [True])
    assert all(0 in sides for sides in ground["sides"])


def test_no_sites_no_arcs() -> None:
    ground, area = encoded([], [])
    assert (ground["arcs"], ground["sides"], len(area)) == ([], [], 0)
