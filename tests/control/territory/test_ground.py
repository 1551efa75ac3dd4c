"""Whose the land is: laws on the bundled theatre, and what is known of single days."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pytest
import shapely

from control.territory.ground import Grounds, Standing
from control.territory.locate import Where, assess_point
from geo.place import LonLat
from tests.conftest import report
from tests.control.conftest import town

DAYS = random.Random(20140610).sample([date(2013, 1, 1) + timedelta(days=n) for n in range(2556)], 40)  # noqa: S311


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_areas_of_a_day_cover_the_land_once(bundled_grounds: Grounds, day: date) -> None:
    ground, topology = bundled_grounds.ground_on(day), bundled_grounds.landscape.topology
    shapes = np.array([area.geometry for area in ground.areas])
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    assert sum(area.area_m2 for area in ground.areas) == pytest.approx(topology.land_area, rel=1e-6)
    assert topology.land_area == pytest.approx(bundled_grounds.landscape.terrain.land.area, rel=1e-6)
    pairs = shapely.STRtree(shapes).query(shapes, predicate="intersects").T
    first, second = pairs[pairs[:, 0] < pairs[:, 1]].T
    assert shapely.area(shapely.intersection(shapes[first], shapes[second])).max(initial=0) <= 1


def test_each_kind_of_ground_has_its_area(grounds_of: Callable[..., Grounds]) -> None:
    """Alpha is Red's, its neighbour estimated, Gamma fought over by Blue and Red; the rest is nobody's."""
    places = [town("Alpha", 10.0, 50.0), town("Beta", 10.1, 50.0), town("Gamma", 11.5, 51.5)]
    reports = [report("2017-03-01", "captured", "Red Army"), report("2017-03-01", "holds", "Blue Front", place="Gamma")]
    reports.append(report("2017-03-05", "contested", "Red Army", "Blue Front", place="Gamma"))
    grounds = grounds_of(reports, places)
    found = {(a.actor, a.standing, a.rivals, a.effective) for a in grounds.ground_on(date(2017, 3, 6)).areas}
    assert found == {
        ("red", Standing.ASSESSED, (), True),
        ("red", Standing.ESTIMATED, (), True),
        ("blue", Standing.CONTESTED, ("red",), True),
        (None, Standing.UNKNOWN, (), False),
    }


def test_a_theatre_without_places_is_nobodys(grounds_of: Callable[..., Grounds]) -> None:
    grounds = grounds_of([], [])
    (area,) = grounds.ground_on(date(2017, 3, 6)).areas
    assert (area.actor, area.effective) == (None, False)
    assert grounds.fronts(date(2017, 3, 6)) == grounds.enclaves(date(2017, 3, 6)) == ()


def test_degrees_are_lon_lat(bundled_grounds: Grounds) -> None:
    ground = bundled_grounds.ground_on(date(2015, 1, 1))
    west, south, east, north = shapely.total_bounds(ground.to_degrees([a.geometry for a in ground.areas]))
    assert (35 < west < 36, 48 < east < 49.5) == (True, True)
    assert (28 < south < 30, 37 < north < 38) == (True, True)


def across_the_euphrates(
    grounds: Grounds, upstream: LonLat, downstream: LonLat, count: int
) -> list[tuple[LonLat, LonLat]]:
    """Pairs of points 5 km east and 5 km west of the Euphrates between two towns on it."""
    terrain = grounds.landscape.terrain
    river = next(r.line for r in terrain.rivers if r.name == "Euphrates")
    begin, end = terrain.to_metres([upstream, downstream])
    along = (end - begin) / np.hypot(*(end - begin))
    east = np.array([-along[1], along[0]])
    east = east if east[0] > 0 else -east
    pairs = []
    for share in np.linspace(0.1, 0.9, count):
        spot = shapely.Point(begin + (end - begin) * share)
        at = shapely.get_coordinates(shapely.shortest_line(river, spot))[0]
        sides = terrain.to_degrees(np.array([at + 5000 * east, at - 5000 * east]))
        pairs.append((LonLat(*map(float, sides[0])), LonLat(*map(float, sides[1]))))
    return pairs


def test_the_euphrates_was_the_line_early_in_2018(bundled_grounds: Grounds) -> None:
    """Between Busayrah and al-Asharah: SDF on the east bank, the Syrian government on the west bank."""
    day = date(2018, 2, 15)
    banks = across_the_euphrates(bundled_grounds, LonLat(40.427, 35.156), LonLat(40.560, 34.921), 5)
    said = [tuple(holder(bundled_grounds, point, day) for point in pair) for pair in banks]
    assert said == [("sdf", "syrian-government")] * 5


def holder(grounds: Grounds, point: LonLat, day: date) -> str | None:
    answer = assess_point(grounds, point, day)
    if answer.assessment is not None:
        return answer.assessment.holding.actor
    return answer.estimate.actor if answer.estimate else None


@pytest.mark.parametrize(("lon", "lat"), [(41.5, 31.9), (43.0, 30.6), (42.6, 31.4), (41.2, 31.7)])
def test_the_empty_desert_is_no_ones(bundled_grounds: Grounds, lon: float, lat: float) -> None:
    for day in (date(2014, 9, 1), date(2018, 2, 15)):
        answer = assess_point(bundled_grounds, LonLat(lon, lat), day)
        assert (answer.where, answer.place, answer.assessment) == (Where.NOBODY, None, None)
