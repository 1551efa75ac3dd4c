"""How much ground, how many places and people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from math import pi
from pathlib import Path

import pytest

from control.assessment.timeline import Timeline
from control.record.theatre import load_theatre
from control.territory.ground import Grounds
from control.territory.statistics import Range, series, statistics, statistics_on
from tests.conftest import report
from tests.control.conftest import town

DAY = date(2017, 3, 10)
ALPHA = town("Alpha", 10.5, 50.5, population=5000)
RED = report("2017-03-01", "captured", "Red Army", place="Alpha")


def test_one_town_has_all_the_land_but_little_of_it_effective(grounds_of: Callable[..., Grounds]) -> None:
    """Within 25 km of it lie pi * 25^2 = 1963 km2; the land, 3 by 3 degrees at 50.5 north, is some 70,900 km2."""
    found = statistics_on(grounds_of([RED], [ALPHA]), DAY)
    (red,) = found.actors
    assert red.actor == "red"
    assert red.effective_km2.best == pytest.approx(pi * 25**2, rel=0.01)
    assert red.total_km2.best == pytest.approx(found.land_km2)
    assert found.land_km2 == pytest.approx(70_900, rel=0.01)
    assert found.beyond_km2 == pytest.approx(found.land_km2 - red.effective_km2.best)
    assert red.places == Range(1, 1, 1)
    assert red.population == Range(5000, 5000, 5000)
    assert red.population_unknown == 0


def test_low_is_reported_best_is_estimated_high_is_contested(grounds_of: Callable[..., Grounds]) -> None:
    """Alpha is Red's by report, its neighbour by estimate, and Gamma is fought over between Red and Blue."""
    places = [ALPHA, town("Beta", 10.6, 50.5), town("Gamma", 11.4, 51.4)]
    reports = [RED, report("2017-03-01", "holds", "Blue Front", place="Gamma")]
    reports.append(report("2017-03-08", "contested", "Red Army", "Blue Front", place="Gamma"))
    found = statistics_on(grounds_of(reports, places), DAY)
    figures = {f.actor: f for f in found.actors}
    assert figures["red"].places == Range(1, 2, 3)
    assert figures["blue"].places == Range(0, 0, 1)
    assert figures["red"].population_unknown == 0.5
    assert found.contested.places == 1
    assert found.contested.effective_km2 == pytest.approx(pi * 25**2, rel=0.01)


def test_a_quarter_is_counted_with_its_town(grounds_of: Callable[..., Grounds]) -> None:
    quarter = {**town("Quarter", 10.55, 50.5, population=900), "kind": "quarter", "town": "alpha"}
    reports = [RED, report("2017-03-01", "captured", "Red Army", place="Quarter")]
    (red,) = statistics_on(grounds_of(reports, [ALPHA, quarter]), DAY).actors
    assert red.places.best == 2
    assert red.population.best == 5000


def test_a_series_is_its_days(grounds_of: Callable[..., Grounds]) -> None:
    """Blue until the last day of February, Red from 1 March on."""
    grounds = grounds_of([report("2017-03-01", "captured", "Red Army", "Blue Front", place="Alpha")], [ALPHA])
    found = series(grounds, date(2017, 2, 27), date(2017, 3, 3), every=2)
    assert found.days == (date(2017, 2, 27), date(2017, 3, 1), date(2017, 3, 3))
    assert [f.actors[0].actor for f in found.figures] == ["blue", "red", "red"]
    assert found.figures == tuple(statistics_on(grounds, day) for day in found.days)
    lines = found.lines("places")
    assert [r.best for r in lines["blue"]] == [1, 0, 0]
    assert [r.best for r in lines["red"]] == [0, 1, 1]


def test_everything_adds_up_to_the_land(bundled_grounds: Grounds) -> None:
    days = [date(2013, 6, 1), date(2015, 1, 1), date(2017, 9, 20), date(2019, 4, 1)]
    for found in statistics(bundled_grounds, days):
        rest = (found.contested, found.unknown)
        total = sum(f.total_km2.best for f in found.actors) + sum(r.total_km2 for r in rest)
        assert total == pytest.approx(found.land_km2)
        effective = sum(f.effective_km2.best for f in found.actors) + sum(r.effective_km2 for r in rest)
        assert effective == pytest.approx(found.land_km2 - found.beyond_km2)
        places = sum(f.places.best for f in found.actors) + sum(r.places for r in rest)
        assert places == pytest.approx(len(bundled_grounds.landscape.sites))  # a share of a divided place is a fraction
        for figures in found.actors:
            for span in (figures.total_km2, figures.effective_km2, figures.places, figures.population):
                assert 0 <= span.low <= span.best <= span.high


def test_isil_at_its_height_held_far_less_than_the_map_shows(bundled_grounds: Grounds) -> None:
    """New Year 2015: with the empty desert it is nearly twice what lay within reach of its places."""
    isil = next(f for f in statistics_on(bundled_grounds, date(2015, 1, 1)).actors if f.actor == "isil")
    assert isil.effective_km2.best < 0.65 * isil.total_km2.best
    assert isil.effective_km2.best > 50_000


def test_isil_falls_from_its_height_to_almost_nothing(bundled_grounds: Grounds) -> None:
    """After Baghuz (23 March 2019) it held no town; what is left are places of which no later report tells."""
    found = series(bundled_grounds, date(2014, 1, 1), date(2019, 4, 30), every=30)
    for measure in ("effective_km2", "total_km2", "places", "population"):
        line = [r.best for r in found.lines(measure)["isil"]]
        assert line.index(max(line)) < len(line) / 2, measure
        assert line[-1] < 0.1 * max(line), measure


def test_without_a_place_all_the_land_is_unknown(write_theatre: Callable[..., Path]) -> None:
    found = statistics_on(Grounds.of(Timeline(load_theatre(write_theatre([], places=[])))), DAY)
    assert found.actors == ()
    assert found.land_km2 == pytest.approx(70_900, rel=0.01)
    assert found.unknown.total_km2 == found.beyond_km2 == found.land_km2
    assert found.unknown.effective_km2 == 0


def test_a_day_between_those_of_a_series_comes_in_its_place(bundled_grounds: Grounds) -> None:
    """What the series says of its own days stays; the day itself has its own figures, not those of weeks before."""
    told = series(bundled_grounds, date(2014, 12, 1), date(2015, 2, 1), 28)
    day = date(2015, 1, 1)
    more = told.with_day(statistics_on(bundled_grounds, day))
    assert more.days == tuple(sorted((*told.days, day)))
    assert set(told.figures) < set(more.figures)
    assert more.with_day(statistics_on(bundled_grounds, day)) == more


@pytest.mark.parametrize(
    ("sides", "red", "blue"),
    [
        ("Red Army:60;Blue Front:40", Range(3000, 3000, 3000), Range(2000, 2000, 2000)),
        ("Red Army;Blue Front", Range(0, 2500, 5000), Range(0, 2500, 5000)),
    ],
)
def test_a_divided_place_is_its_sides_by_share(
    timeline_of: Callable[..., Timeline], sides: str, red: Range, blue: Range
) -> None:
    """Alpha, with 5,000 people: what nobody measured may be nothing or all."""
    figures = statistics_on(Grounds.of(timeline_of(report("2017-03-01", "divided", sides))), date(2017, 4, 1))
    found = {f.actor: f for f in figures.actors}
    for actor, expected in (("red", red), ("blue", blue)):
        people = found[actor].population
        assert (people.low, people.best, people.high) == pytest.approx((expected.low, expected.best, expected.high))
        assert found[actor].places.best == pytest.approx(expected.best / 5000)
    land = sum(f.total_km2.best for f in figures.actors) + figures.contested.total_km2 + figures.unknown.total_km2
    assert land == pytest.approx(figures.land_km2)
