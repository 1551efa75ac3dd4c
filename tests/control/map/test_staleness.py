"""How faint a place is drawn follows from the days since it was last confirmed, and from nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from control.assessment.timeline import Timeline
from control.map.payload import STATUSES, timeline_payload
from control.map.staleness import STALE_AFTER, stale_steps
from tests.conftest import report

TimelineOf = Callable[..., Timeline]


def steps_of(timeline: Timeline) -> dict[str, int]:
    """Return the steps of Alpha over all its intervals: ISO day -> step."""
    return {
        day.isoformat(): step
        for interval in timeline.intervals["1"]
        for day, step in stale_steps(timeline, interval).items()
    }


def test_one_report_fades_half_a_year_and_a_year_away_from_it(timeline_of: TimelineOf) -> None:
    """Captured on 1 March: fresh up to day 182, that is 30 August; the span ends before day 365 is over."""
    assert steps_of(timeline_of(report("2017-03-01", "captured", "Red Army"))) == {"2017-08-31": 1}


def test_a_confirmation_makes_it_fresh_again(timeline_of: TimelineOf) -> None:
    """Taken on 2 January, stale from day 183 on; what is said of 1 December tells nothing of the day before."""
    timeline = timeline_of(report("2017-01-02", "captured", "Red Army"), report("2017-12-01", "holds", "Red Army"))
    assert steps_of(timeline) == {"2017-07-04": 1, "2017-12-01": 0}


def test_who_loses_a_place_is_confirmed_to_have_held_it(timeline_of: TimelineOf) -> None:
    """Taken on 2 January, lost on 15 November: from 182 days before that on, the loss is the nearer word."""
    lost = report("2017-11-15", "captured", "Blue Front", "Red Army")
    timeline = timeline_of(report("2017-01-02", "captured", "Red Army"), lost)
    assert steps_of(timeline) == {}
    held = next(i for i in timeline.intervals["1"] if i.start <= date(2017, 6, 18) < i.end)
    assert timeline.days_since_confirmed(held, date(2017, 6, 18)) == 150


def test_what_nobody_reported_is_not_stale(timeline_of: TimelineOf) -> None:
    payload = timeline_payload(timeline_of(report("2017-03-01", "captured", "Red Army")))
    assert all(len(row) == 5 for rows in payload["intervals"][1:] for row in rows)


def test_the_map_agrees_with_the_assessments(bundled_timeline: Timeline) -> None:
    """Through the span, the staleness of a row is that of the assessment's days since it was confirmed."""
    payload: dict[str, Any] = timeline_payload(bundled_timeline)
    start = bundled_timeline.theatre.settings.start
    seen = set()
    for place, rows in list(zip(payload["places"], payload["intervals"], strict=True))[::5]:
        for number in range(0, 2500, 37):
            row = [row for row in rows if row[0] <= number][-1]
            if STATUSES[row[1]] not in {"controlled", "besieged"}:
                continue
            age = bundled_timeline.assess(place["id"], start + timedelta(days=number)).days_since_confirmed
            assert age is not None
            assert row[5] == sum(age > bound for bound in STALE_AFTER)
            seen.add(row[5])
    assert seen == {0, 1, 2}
