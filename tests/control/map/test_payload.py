"""What the map is told agrees with what the timeline says, and where it says nothing with the estimates."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from control.assessment.likelihood import estimated, percent
from control.assessment.timeline import Timeline
from control.map import ControlTimeline
from control.map.payload import STATUSES, timeline_payload
from control.territory.cached_estimates import CachedEstimator
from control.territory.estimator import Estimator
from control.territory.landscape import landscape_of


@pytest.fixture(scope="module")
def estimator(bundled_timeline: Timeline) -> Estimator:
    return CachedEstimator(bundled_timeline, landscape_of(bundled_timeline.theatre))


@pytest.fixture(scope="module")
def told(bundled_timeline: Timeline, estimator: Estimator) -> dict[str, Any]:
    return timeline_payload(bundled_timeline, estimator)


def row_on(rows: list[list[float]], number: int) -> list[float]:
    return [row for row in rows if row[0] <= number][-1]


def test_rows_say_what_the_timeline_says(bundled_timeline: Timeline, told: dict[str, Any]) -> None:
    """Through the span, the row that holds names the status and the actor of the assessment, where there is one."""
    start = bundled_timeline.theatre.settings.start
    actors = [actor["id"] for actor in told["actors"]]
    assessed = 0
    for place, rows in list(zip(told["places"], told["intervals"], strict=True))[::7]:
        assert rows[0][0] == 0
        assert [row[0] for row in rows] == sorted({row[0] for row in rows})
        for number in range(0, 2500, 31):
            row = row_on(rows, number)
            assessment = bundled_timeline.assess(place["id"], start + timedelta(days=number))
            if assessment.holding.status == "unknown":
                assert STATUSES[row[1]] in {"unknown", "estimated"}
                continue
            assessed += 1
            assert STATUSES[row[1]] == assessment.holding.status
            assert (actors[row[2]] if row[2] >= 0 else None) == assessment.holding.actor
            if assessment.probability is not None and assessment.holding.status != "contested":
                assert percent(row[3]) == percent(assessment.probability)
    assert assessed > 1000


def test_elsewhere_rows_say_what_the_estimator_says(
    bundled_timeline: Timeline, estimator: Estimator, told: dict[str, Any]
) -> None:
    start = bundled_timeline.theatre.settings.start
    actors = [actor["id"] for actor in told["actors"]]
    estimates = 0
    for number in range(100, 2500, 601):
        field = estimator.field(start + timedelta(days=number))
        for site, rows in enumerate(told["intervals"]):
            row = row_on(rows, number)
            if STATUSES[row[1]] == "estimated":
                estimates += 1
                assert actors[row[2]] == estimator.actors[field.actor[site]]
                assert row[3] == estimated(field.probability[site])
            elif STATUSES[row[1]] == "unknown":
                assert field.actor[site] < 0
    assert estimates > 1000


def test_every_site_is_told_and_who_reported_of_it(bundled_timeline: Timeline, told: dict[str, Any]) -> None:
    reported = {place["id"] for place in told["places"] if place["reported"]}
    assert reported == {
        p for p in bundled_timeline.claims if not bundled_timeline.theatre.gazetteer.place(p).kind.is_area
    }
    assert len(told["places"]) > 1000 > len(reported)
    for place in told["places"]:
        if not place["reported"]:
            assert all(told["places"][index]["reported"] for index, _ in place["drivers"])


def test_changes_are_those_that_were_reported(bundled_timeline: Timeline, told: dict[str, Any]) -> None:
    """Estimates change too, but nobody reported that; a reported withdrawal stays, though an estimate follows it."""
    span = bundled_timeline.theatre.settings
    reported = [c for c in bundled_timeline.changes(span.start, span.last_day) if not c.assumed]
    assert sorted((day, told["places"][index]["id"]) for day, index in told["changes"]) == sorted(
        ((change.day - span.start).days, change.place_id) for change in reported
    )
    assert len(reported) > 300


def test_areas_are_those_of_the_cells(estimator: Estimator, told: dict[str, Any]) -> None:
    assert sum(place["area_km2"] for place in told["places"]) == pytest.approx(
        estimator.landscape.topology.area.sum() / 1e6, rel=0.001
    )


def test_the_map_accepts_the_payload(told: dict[str, Any]) -> None:
    ControlTimeline(told)


def test_a_timeline_alone_is_enough(timeline_of: Any) -> None:
    """Mini's three towns: Alpha is reported, the others are estimated from it."""
    from tests.conftest import report

    told = timeline_payload(timeline_of(report("2017-03-01", "holds", "Red Army")))
    assert [(place["name"], place["reported"]) for place in told["places"]] == [
        ("Alpha", True), ("Beta", False), ("Gamma", False),
    ]  # fmt: skip
    ControlTimeline(told)
