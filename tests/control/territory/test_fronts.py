"""Where the ground of two actors meets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
import shapely

from control.territory.ground import Grounds
from tests.conftest import report
from tests.control.conftest import town

DAY = date(2017, 3, 10)
RED = report("2017-03-01", "captured", "Red Army", place="Alpha")
BLUE = report("2017-03-01", "captured", "Blue Front", place="Beta")
ALPHA, BETA = town("Alpha", 10.0, 50.0), town("Beta", 10.3, 50.0)


def test_two_towns_meet_in_one_line(grounds_of: Callable[..., Grounds]) -> None:
    """21.5 km apart with a reach of 25 km: a chord of 2 * sqrt(25^2 - 10.75^2) = 45.1 km, known on both sides."""
    (front,) = grounds_of([RED, BLUE], [ALPHA, BETA]).fronts(DAY)
    assert front.actors == ("blue", "red")
    assert front.length_m == pytest.approx(45_100, rel=0.02)
    assert front.line.length == pytest.approx(front.length_m)
    assert front.line.geom_type == "LineString"
    assert front.assessed
    assert front.river is None
    assert front.name.startswith("Blue Front - Red Army, near ")
    assert set(front.near) <= {"Alpha", "Beta"}


def test_it_is_named_after_the_river_it_follows(grounds_of: Callable[..., Grounds]) -> None:
    """The river halfway between two pairs of towns is the line, from the northern to the southern pair."""
    reports = [RED, BLUE, report("2017-03-01", "holds", "Red Army", place="South")]
    reports.append(report("2017-03-01", "holds", "Blue Front", place="East"))
    places = [ALPHA, BETA, town("South", 10.0, 49.7), town("East", 10.3, 49.7)]
    (front,) = grounds_of(reports, places, river=10.15).fronts(DAY)
    assert front.river == "Flow"
    assert front.name.startswith("Blue Front - Red Army, along the Flow, ")
    assert len(front.near) == 2


def test_an_estimated_side_is_told(grounds_of: Callable[..., Grounds]) -> None:
    """Gamma, just west of Beta, is estimated as Blue: the line runs between Alpha and it, and rests on one report only."""
    places = [ALPHA, BETA, town("Gamma", 10.24, 50.0)]
    (front,) = grounds_of([RED, BLUE], places).fronts(DAY)
    assert front.actors == ("blue", "red")
    assert not front.assessed
    assert 0 <= front.assessed_m < front.length_m


def test_contested_ground_counts_for_its_last_holder(grounds_of: Callable[..., Grounds]) -> None:
    fight = report("2017-03-05", "contested", "Blue Front", "Red Army", place="Alpha")
    (front,) = grounds_of([RED, BLUE, fight], [ALPHA, BETA]).fronts(DAY)
    assert front.actors == ("blue", "red")


def test_a_town_inside_is_gone_around(grounds_of: Callable[..., Grounds]) -> None:
    """Red holds a town in the middle of four of Blue: one closed line, named after it."""
    ring = [town("North", 10, 50.2), town("South", 10, 49.8), town("West", 9.7, 50), town("East", 10.3, 50)]
    blue = [report("2017-03-01", "holds", "Blue Front", place=p["name"]) for p in ring]
    (front,) = grounds_of([RED, *blue], [town("Alpha", 10, 50, population=9000), *ring]).fronts(DAY)
    assert front.line.is_closed
    assert front.name == "Blue Front - Red Army, around Alpha"


def test_where_nothing_is_known_there_is_no_front(grounds_of: Callable[..., Grounds]) -> None:
    assert grounds_of([RED], [ALPHA, town("Gamma", 11.5, 51.5)]).fronts(DAY) == ()


def test_on_the_bundled_theatre_each_front_is_one_piece_between_two_areas(bundled_grounds: Grounds) -> None:
    day = date(2017, 10, 20)
    fronts = bundled_grounds.fronts(day)
    assert fronts == bundled_grounds.fronts(day)
    assert len(fronts) > 10
    assert all(a.length_m >= b.length_m - 1 for a, b in zip(fronts, fronts[1:], strict=False))
    assert all(f.assessed_m <= f.length_m + 1 and f.actors[0] < f.actors[1] for f in fronts)
    for front in fronts:
        shapes = [shapely.LineString(c.coords) for c in shapely.get_parts([front.line])]
        assert shapely.union_all(shapes).length == pytest.approx(front.length_m)
