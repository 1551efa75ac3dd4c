"""Whole areas: how many of their places each side holds, and what was said of them around a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from control.assessment.timeline import Timeline
from control.export.geodata.geojson import snapshot_to_geojson
from control.record.theatre import load_theatre
from control.snapshot import take_snapshot
from control.territory.area_assessment import area_reports, assess_area, changes_in
from control.territory.ground import Grounds
from control.words.areas import area_lines, describe_area
from tests.conftest import report

DAY = date(2017, 4, 1)
TOWNS = [
    {"id": "alpha", "name": "Alpha", "lon": 10.0, "lat": 50.0, "kind": "town", "admin": "North"},
    {"id": "beta", "name": "Beta", "lon": 10.05, "lat": 50.0, "kind": "town", "admin": "North"},
    {"id": "gamma", "name": "Gamma", "lon": 10.4, "lat": 50.0, "kind": "town", "admin": "North"},
    {"id": "delta", "name": "Delta", "lon": 11.5, "lat": 51.5, "kind": "town", "admin": "South"},
]
AREAS = [
    {"id": "north", "name": "Northland", "lon": 10.1, "lat": 50.0, "kind": "governorate", "admin": "North"},
    {"id": "valley", "name": "Valley", "lon": 10.0, "lat": 50.0, "kind": "region", "radius_km": 10},
]
# Red took Alpha in March, of Beta beside it nobody tells; Gamma is fought over; of Delta nothing is said.
ROWS = [
    report("2017-03-01", "captured", "Red Army"),
    report("2017-03-25", "contested", "Red Army", "Blue Front", place="Gamma"),
    report("2017-03-20", "holds", "Red Army", place="Valley", note="the whole of it"),
    report("2017-03-28", "contested", "Red Army", "Blue Front", place="Northland", note="most of it"),
]


@pytest.fixture
def grounds(write_theatre: Callable[..., Path]) -> Grounds:
    return Grounds.of(Timeline(load_theatre(write_theatre(ROWS, places=[*TOWNS, *AREAS]))))


def test_an_area_is_shared_out_by_its_places(grounds: Grounds) -> None:
    theatre = grounds.timeline.theatre
    found = assess_area(grounds, theatre.gazetteer.place("north"), DAY)
    assert [(s.actor, s.reported, s.estimated) for s in found.shares] == [("red", 1, 1)]
    assert (found.contested, found.unknown, found.places) == (1, 0, 3)
    assert (
        describe_area(theatre, found) == "Northland, 1 April 2017: of 3 places Red Army 2 (1 estimated); 1 contested."
    )
    assert [claim.report.note for claim in found.claims] == ["most of it"]
    assert "most of it" in "\n".join(area_lines(theatre, found))


def test_what_was_said_of_an_area_is_shown_at_each_place_in_it_while_it_counts(grounds: Grounds) -> None:
    """The smallest area comes first; 240 days later both are forgotten, and Delta lies in neither."""
    place = grounds.timeline.theatre.gazetteer.place
    around = area_reports(grounds, place("beta"), DAY)
    assert [(r.area.id, [c.report.note for c in r.claims]) for r in around] == [
        ("valley", ["the whole of it"]), ("north", ["most of it"]),
    ]  # fmt: skip
    assert [r.area.id for r in area_reports(grounds, place("gamma"), DAY)] == ["north"]
    assert area_reports(grounds, place("delta"), DAY) == ()
    assert area_reports(grounds, place("beta"), DAY + timedelta(days=240)) == ()


def test_nothing_is_said_of_an_area_before_it_was_published(write_theatre: Callable[..., Path]) -> None:
    """The wire service published in 2018."""
    theatre = load_theatre(write_theatre(ROWS, places=[*TOWNS, *AREAS]))
    grounds = Grounds.of(Timeline(theatre, known_on=date(2017, 12, 31)))
    found = assess_area(grounds, theatre.gazetteer.place("north"), DAY)
    assert (found.claims, found.odds, found.shares) == ((), (), ())


def test_changes_of_an_area_are_those_of_its_places(grounds: Grounds) -> None:
    changes = grounds.timeline.changes(date(2017, 2, 1), DAY)
    assert {change.place_id for change in changes} == {"alpha", "gamma"}
    valley = grounds.timeline.theatre.gazetteer.place("valley")
    assert {change.place_id for change in changes_in(grounds, valley, changes)} == {"alpha"}


def test_a_snapshot_carries_them(grounds: Grounds) -> None:
    collection = snapshot_to_geojson(take_snapshot(grounds.timeline, DAY))
    carried = {each["place_id"]: [r["note"] for r in each["reports"]] for each in collection["area_reports"]}
    assert carried == {"north": ["most of it"], "valley": ["the whole of it"]}
    assert {r["source"] for each in collection["area_reports"] for r in each["reports"]} <= {
        source["id"] for source in collection["sources"]
    }
