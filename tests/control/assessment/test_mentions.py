"""Presence, claims and disputes: told beside the holder for a time, and never moving the place."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest

from control.assessment.timeline import Timeline
from control.export.geodata.geojson import dump_geojson, snapshot_to_geojson
from control.map.payload import reported_payload
from control.snapshot import take_snapshot
from control.territory.landscape import landscape_of
from control.words.assessments import describe_assessment
from tests.conftest import report

TimelineOf = Callable[..., Timeline]

ALPHA = "1"
BLUE = report("2017-02-01", "holds", "Blue Front")
PRESENT = report("2017-04-01", "present", "Red Army")
DISPUTED = report("2017-04-05", "disputed", "Red Army;Green Party")


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2017-03-31", []), ("2017-04-01", ["present"]), ("2017-04-05", ["disputed", "present"]),
     ("2017-05-31", ["disputed", "present"]),
     ("2017-06-01", ["disputed"]), ("2017-06-05", [])],
)  # fmt: skip
def test_it_is_told_for_sixty_days(timeline_of: TimelineOf, day: str, expected: list[str]) -> None:
    assessment = timeline_of(BLUE, PRESENT, DISPUTED).assess(ALPHA, date.fromisoformat(day))
    assert [str(claim.event) for claim in assessment.mentioned] == expected
    assert assessment.holding.actor == "blue"


def test_it_moves_nothing(timeline_of: TimelineOf) -> None:
    claimed = report("2017-04-03", "claimed", "Red Army")
    plain, beside = timeline_of(BLUE), timeline_of(BLUE, PRESENT, claimed, DISPUTED)
    assert [i.holding for i in plain.intervals[ALPHA]] == [i.holding for i in beside.intervals[ALPHA]]
    day = date(2017, 4, 6)
    assert plain.assess(ALPHA, day).probability == beside.assess(ALPHA, day).probability


def test_the_same_again_is_told_once_and_from_since(timeline_of: TimelineOf) -> None:
    again = {**PRESENT, "event_date": "2017-04-20", "since": "2017-03-10"}
    timeline = timeline_of(BLUE, PRESENT, again)
    (claim,) = timeline.assess(ALPHA, date(2017, 4, 25)).mentioned
    assert claim.window.first == date(2017, 4, 20)
    assert timeline.assess(ALPHA, date(2017, 3, 10)).mentioned == (claim,)


def test_it_is_said_and_exported(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(BLUE, PRESENT)
    said = describe_assessment(timeline.theatre, timeline.assess(ALPHA, date(2017, 4, 10)))
    assert said.endswith(" Also reported: fighters of Red Army were there, without control, on 1 April 2017.")
    collection = json.loads(dump_geojson(snapshot_to_geojson(take_snapshot(timeline, date(2017, 4, 10)))))
    (found,) = (f["properties"]["also_reported"] for f in collection["features"] if f["id"] == ALPHA)
    assert [(each["event"], each["actors"], each["event_date"]) for each in found] == [
        ("present", ["red"], "2017-04-01")
    ]


def test_the_map_draws_presence_in_towns_and_areas(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(BLUE, PRESENT, DISPUTED)
    payload = reported_payload(timeline, landscape_of(timeline.theatre))
    red = next(n for n, actor in enumerate(payload["actors"]) if actor["id"] == "red")
    assert payload["presence"] == [[0, 10.0, 50.0, 90, 151, red]]
