"""The id of a snapshot names the answers without their being made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from control.assessment.timeline import Timeline
from control.snapshot import snapshot_id, take_snapshot
from tests.conftest import report

DAY, KNOWN = date(2017, 6, 1), date(2018, 1, 1)


def test_the_id_is_that_of_the_snapshot_and_costs_no_assessment(timeline_of: Callable[..., Timeline]) -> None:
    timeline = timeline_of(report("2017-03-01", "captured", "Red Army"))
    now, then = snapshot_id(timeline, DAY), snapshot_id(timeline, DAY, KNOWN)
    assert "resolutions" not in vars(timeline)
    assert [now, then] == [take_snapshot(timeline, DAY).id, take_snapshot(timeline, DAY, KNOWN).id]
    assert "resolutions" in vars(timeline)


def test_the_id_changes_with_the_day_and_with_what_was_known(timeline_of: Callable[..., Timeline]) -> None:
    timeline = timeline_of(report("2017-03-01", "captured", "Red Army"))
    ids = [snapshot_id(timeline, DAY), snapshot_id(timeline, date(2017, 6, 2)), snapshot_id(timeline, DAY, KNOWN)]
    assert len(set(ids)) == 3
    assert snapshot_id(timeline.as_known_on(KNOWN), DAY) == ids[2]
