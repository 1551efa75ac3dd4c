"""Cells cover the reachable land once: no gap, no overlap."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.cells import WGS84, equal_area_crs, reach_cells
from geo.place import LonLat

LAND = shapely.box(9, 49, 12, 52)
near = st.tuples(st.floats(8.5, 12.5), st.floats(48.5, 52.5)).map(lambda p: LonLat(round(p[0], 4), round(p[1], 4)))


def metric(geometries: list[shapely.Geometry], positions: list[LonLat]) -> gpd.GeoSeries:
    return gpd.GeoSeries(geometries, crs=WGS84).to_crs(equal_area_crs(positions))


@settings(max_examples=60, deadline=None)
@given(st.lists(near, min_size=1, max_size=20))
def test_cells_tile_the_reachable_land(positions: list[LonLat]) -> None:
    cells = reach_cells(positions, LAND, 25)
    assert len(cells) == len(positions)
    ground = metric(cells, positions)
    assert all(shapely.is_valid(c) for c in cells)
    reach = metric([shapely.Point(p) for p in positions], positions).buffer(25_000, quad_segs=12)
    reachable = shapely.union_all(list(reach)).intersection(metric([LAND], positions).iloc[0])
    assert ground.area.sum() == pytest.approx(reachable.area, rel=1e-6, abs=1.0)
    assert shapely.union_all(list(ground.buffer(0))).area == pytest.approx(reachable.area, rel=1e-6, abs=1.0)


def test_places_at_one_spot_share_the_first_ones_ground() -> None:
    first, second = reach_cells([LonLat(10, 50), LonLat(10, 50)], LAND, 25)
    assert first.area > 0
    assert second.is_empty


def test_places_in_a_row() -> None:
    cells = reach_cells([LonLat(10 + i / 10, 50) for i in range(5)], LAND, 25)
    assert all(c.area > 0 for c in cells)


def test_nothing_in_nothing_out() -> None:
    assert reach_cells([], LAND, 25) == []
