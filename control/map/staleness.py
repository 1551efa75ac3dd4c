"""How long ago the holder of a place was last confirmed, in the steps that the map draws."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date

from control.assessment.model import Interval, Status
from control.assessment.timeline import Timeline
from control.record.dates import shifted

STALE_AFTER = (182, 365)
"""Days without confirmation, half a year and a year: beyond each an assessment is drawn one step fainter."""


def stale_steps(timeline: Timeline, interval: Interval) -> dict[date, int]:
    """Return the days of an interval on which its staleness becomes another one: day -> step.

    A step is the number of bounds in `STALE_AFTER` that `Timeline.days_since_confirmed` exceeds; it is 0 before the first
    day of the result. Contested ground has none: fighting that nobody reports again soon is over for the timeline.
    """
    if interval.holding.status in {Status.UNKNOWN, Status.CONTESTED}:
        return {}
    found: dict[date, int] = {}
    before = 0
    for day in _turns(interval):
        age = timeline.days_since_confirmed(interval, day)
        step = 0 if age is None else bisect_left(STALE_AFTER, age)
        if step != before:
            found[day] = before = step
    return found


def _turns(interval: Interval) -> list[date]:
    """List the days on which the step may be another than on the day before, and the first day."""
    days = {interval.start}
    for claim in interval.claims:
        window = claim.window
        days |= {claim.begins, window.middle}  # from here on it tells of its gainer, no longer of its loser
        for bound in STALE_AFTER:
            days |= {shifted(min(window.first, claim.begins), -bound), shifted(window.last, bound + 1)}
    return sorted(day for day in days if interval.start <= day < interval.end)
