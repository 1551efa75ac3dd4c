"""What the map is told agrees with what the timeline says."""

from __future__ import annotations

from datetime import timedelta

import pytest

from control.map.payload import STATUSES, timeline_payload
from control.timeline import Timeline


def test_rows_say_what_the_timeline_says(bundled_timeline: Timeline) -> None:
    """On every first of a month the row that holds names the status and the actor of the assessment."""
    payload = timeline_payload(bundled_timeline)
    start = bundled_timeline.theatre.settings.start
    actors = [actor["id"] for actor in payload["actors"]]
    for place, rows in list(zip(payload["places"], payload["intervals"], strict=True))[::7]:
        assert rows[0][0] == 0
        assert [row[0] for row in rows] == sorted({row[0] for row in rows})
        for number in range(0, 2500, 31):
            row = [r for r in rows if r[0] <= number][-1]
            assessment = bundled_timeline.assess(place["id"], start + timedelta(days=number))
            assert STATUSES[row[1]] == assessment.holding.status
            assert (actors[row[2]] if row[2] >= 0 else None) == assessment.holding.actor
            if assessment.holding.actor and assessment.probability is not None:
                assert row[3] == pytest.approx(assessment.probability, abs=0.15)


def test_changes_are_those_that_were_reported(bundled_timeline: Timeline) -> None:
    payload = timeline_payload(bundled_timeline)
    span = bundled_timeline.theatre.settings
    reported = [c for c in bundled_timeline.changes(span.start, span.last_day) if not c.assumed]
    assert len(payload["changes"]) == len(reported) > 300
