"""Land and rivers: which ground lies across the water."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.terrain import River, Terrain, equal_area_crs, read_terrain

CRS = equal_area_crs((35.0, 30.0, 47.0, 38.0))
LAND = shapely.box(0, 0, 100_000, 100_000)
whole = st.integers(-20, 120).map(lambda km: km * 1000)
spot = st.tuples(whole, whole)


def terrain(*lines: list[tuple[float, float]]) -> Terrain:
    return Terrain(CRS, LAND, tuple(River(f"river {i}", 1, shapely.LineString(line)) for i, line in enumerate(lines)))


def parted(ground: Terrain, origin: tuple[float, float], end: tuple[float, float]) -> list[int]:
    pairs, rivers = ground.separations(np.array([origin], float), np.array([end], float))
    assert pairs.tolist() == [0] * len(rivers)
    return list(rivers)


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": shapely.geometry.mapping(geometry)}


def collection(*features: dict[str, Any]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


@given(st.floats(35, 47), st.floats(30, 38))
def test_there_and_back(lon: float, lat: float) -> None:
    ground = Terrain(CRS, LAND)
    assert ground.to_degrees(ground.to_metres([(lon, lat)]))[0] == pytest.approx((lon, lat), abs=1e-7)


def test_an_area_is_an_area_anywhere() -> None:
    # 1 x 1 degree on the WGS 84 ellipsoid, from 33 to 34 N: 92.91 x 110.92 km wherever it lies.
    ground = Terrain(CRS, LAND)
    for lon in (36, 41, 46):
        square = shapely.segmentize(shapely.box(lon, 33, lon + 1, 34), 0.01)
        assert shapely.transform(square, ground.to_metres).area / 1e6 == pytest.approx(10_306, rel=1e-3)


def test_geometries_turn_back_to_degrees() -> None:
    ground = Terrain(CRS, LAND)
    line = shapely.LineString([(36, 33), (45, 37)])
    metric = shapely.transform(line, ground.to_metres)
    assert shapely.equals_exact(ground.geometry_to_degrees(metric), line, tolerance=1e-7)


def test_a_straight_river_parts_its_banks() -> None:
    ground = terrain([(50_000, 0), (50_000, 100_000)])
    assert parted(ground, (40_000, 50_000), (60_000, 50_000)) == [0]
    assert parted(ground, (40_000, 50_000), (45_000, 90_000)) == []


def test_a_meander_crossed_twice_parts_nobody() -> None:
    bend = [(50_000, 0), (50_000, 40_000), (70_000, 40_000), (70_000, 60_000), (50_000, 60_000), (50_000, 100_000)]
    ground = terrain(bend)
    assert parted(ground, (60_000, 30_000), (60_000, 70_000)) == []
    assert parted(ground, (60_000, 30_000), (60_000, 50_000)) == [0]


def test_a_crossing_through_a_vertex_is_one_crossing() -> None:
    ground = terrain([(50_000, 0), (50_000, 50_000), (50_000, 100_000)])
    assert parted(ground, (40_000, 50_000), (60_000, 50_000)) == [0]


def test_a_touched_bend_is_no_crossing() -> None:
    ground = terrain([(60_000, 0), (50_000, 50_000), (60_000, 100_000)])
    assert parted(ground, (50_000, 10_000), (50_000, 90_000)) == []


def test_a_line_round_the_end_of_a_river_does_not_cross_it() -> None:
    ground = terrain([(50_000, 0), (50_000, 40_000)])
    assert parted(ground, (40_000, 50_000), (60_000, 50_000)) == []


def test_two_rivers_part_twice() -> None:
    ground = terrain([(50_000, 0), (50_000, 100_000)], [(60_000, 0), (60_000, 100_000)])
    assert parted(ground, (40_000, 50_000), (70_000, 50_000)) == [0, 1]


@given(spot, spot)
def test_a_river_without_end_parts_by_side(origin: tuple[int, int], end: tuple[int, int]) -> None:
    # Whole kilometres against a river at half kilometres: no point lies on it, but lines may run through its vertices.
    ground = terrain([(-500_000, 30_500), (30_500, 30_500), (30_500, 60_500), (60_500, 60_500), (60_500, -500_000)])

    def south_west(point: tuple[int, int]) -> bool:
        x, y = point
        return (y < 30_500 and x < 60_500) or (30_500 < x < 60_500 and y < 60_500)

    expected = [0] if south_west(origin) != south_west(end) else []
    assert parted(ground, origin, end) == expected
    assert parted(ground, end, origin) == expected


def test_no_rivers_no_separations() -> None:
    pairs, rivers = Terrain(CRS, LAND).separations(np.zeros((1, 2)), np.ones((1, 2)))
    assert (len(pairs), len(rivers)) == (0, 0)


def test_points_near_a_river() -> None:
    ground = terrain([(50_000, 0), (50_000, 100_000)], [(60_000, 0), (60_000, 100_000)])
    points = shapely.points([(50_001, 5), (55_000, 5), (60_001, 5)])
    which, river = ground.rivers_near(points, 2.0)
    assert (which.tolist(), river.tolist()) == ([0, 2], [0, 1])
    assert len(Terrain(CRS, LAND).rivers_near(points, 2.0)[0]) == 0


def test_reading_the_base_layers() -> None:
    box = (40.0, 33.0, 42.0, 35.0)
    ground = read_terrain(
        collection(
            feature(shapely.box(40, 33, 41, 34), inside=True),
            feature(shapely.box(41, 33, 42, 34), inside=True),
            feature(shapely.box(40, 34, 41, 35), inside=False),
        ),
        collection(
            feature(shapely.LineString([(40, 33.5), (41, 33.5)]), name="Long", rank=2),
            feature(shapely.LineString([(41, 33.5), (42, 33.5)]), name="Long", rank=1),
            feature(shapely.LineString([(40, 33.7), (42, 33.7)]), name=None, rank=1),
            feature(shapely.LineString([(40.5, 33), (40.5, 34)]), name="Brook"),
        ),
        collection(feature(shapely.box(40.9, 33.4, 41.1, 33.6))),
        box,
    )
    # Two countries inside, less a lake of 0.2 x 0.2 degrees.
    assert ground.land.area / 1e6 == pytest.approx(1.96 * 10_306, rel=2e-3)
    assert [(river.name, river.rank) for river in ground.rivers] == [("Brook", 9), ("Long", 1)]
    assert ground.rivers[1].line.geom_type == "LineString"
    assert not shapely.contains(ground.land, shapely.points(ground.to_metres([(41.0, 33.5)]))[0])


def test_no_lakes_and_no_rivers() -> None:
    borders = collection(feature(shapely.box(40, 33, 41, 34), inside=True))
    ground = read_terrain(borders, collection(), collection(), (40.0, 33.0, 41.0, 34.0))
    assert ground.rivers == ()
    assert ground.land.area > 0


def test_what_mending_leaves_of_a_spike_is_no_land() -> None:
    """A square with a spike on its east side, there and back: the square alone is land, and it is polygons only."""
    spiked = shapely.Polygon([(40, 33), (41, 33), (41, 34), (41, 34.5), (41, 34), (40, 34)])
    borders = collection(feature(spiked, inside=True))
    ground = read_terrain(borders, collection(), collection(), (40.0, 33.0, 41.0, 34.0))
    assert {part.geom_type for part in shapely.get_parts(ground.land)} == {"Polygon"}
    assert ground.land.area / 1e6 == pytest.approx(10_306, rel=5e-3)


def test_a_river_with_a_rank_in_words_has_the_least() -> None:
    rivers = collection(feature(shapely.LineString([(40, 33.5), (41, 33.5)]), name="Long", rank="main"))
    ground = read_terrain(collection(), rivers, collection(), (40.0, 33.0, 41.0, 34.0))
    assert [river.rank for river in ground.rivers] == [9]
