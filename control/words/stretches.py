"""The holders of a place over time, each with its dates: what no report begins is presumed, and its dates are about so.

Plain text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from control.assessment.model import Interval, Status
from control.assessment.quarters import RULE
from control.record.date_words import long_date, span_words, window_words
from control.record.event_kinds import Cover
from control.record.model import Claim
from control.record.months import month_words
from control.record.theatre import Theatre
from control.words.assessments import describe_holding

NOT_REPORTED = "unknown (not reported)"


@dataclass(frozen=True, slots=True)
class Stretch:
    """One line of the biography of a place.

    Attributes
    ----------
    holder
        Who holds it, and whether that is presumed: `Red Army, presumed from a later report`.
    dates
        From when until when: `about March 2017 to 26 September 2017`.
    since
        The first of these dates.
    """

    holder: str
    dates: str
    since: str


def stretches(theatre: Theatre, intervals: Sequence[Interval], claims: Sequence[Claim]) -> list[Stretch]:
    """Tell intervals of one place that tile the theatre's span.

    Parameters
    ----------
    intervals
        Neighbours differ in what they say.
    claims
        All that was known about the place.
    """
    found = []
    for number, interval in enumerate(intervals):
        next_one = intervals[number + 1] if number + 1 < len(intervals) else None
        since, dates = _dates(interval, next_one, claims)
        found.append(Stretch(_holder(theatre, intervals, number, claims), dates, since))
    return found


def _dates(interval: Interval, next_one: Interval | None, claims: Sequence[Claim]) -> tuple[str, str]:
    """Say when an interval begins, and from when until when it lasts: to the day only where a report or the span does."""
    last = interval.end - timedelta(days=1)
    is_rough, ends_roughly = _is_rough(interval, claims), next_one is not None and _is_rough(next_one, claims)
    since = _about(interval, interval.start, interval.end) if is_rough else long_date(interval.start)
    if not is_rough and not ends_roughly:
        return since, span_words(interval.start, last)
    until = _about(next_one, interval.end, interval.start) if next_one and ends_roughly else long_date(last)
    if since.removeprefix("about ") == until.removeprefix("about "):
        return since, since
    return since, f"{since} to {until}"


def _is_rough(interval: Interval, claims: Sequence[Claim]) -> bool:
    """Whether no report says on which day an interval begins."""
    begun = [w for claim in claims for w in (claim.begun, claim.window) if w.middle == interval.start]
    return interval.assumed or (bool(begun) and all(window.days > 1 for window in begun))


def _about(interval: Interval, day: date, other_end: date) -> str:
    """Say about when it began: of a day that follows from a rule only the month, unless the other end is in it, too."""
    is_month_enough = interval.assumed and (day.year, day.month) != (other_end.year, other_end.month)
    return f"about {month_words(day)}" if is_month_enough else f"about {long_date(day)}"


def _holder(theatre: Theatre, intervals: Sequence[Interval], number: int, claims: Sequence[Claim]) -> str:
    interval = intervals[number]
    if interval.holding.status is Status.UNKNOWN:
        return NOT_REPORTED
    said = describe_holding(theatre, interval.holding)
    if _is_begun(interval, claims):
        return said
    why = _presumed_why(intervals, number, claims)
    return f"{said}, presumed{why}"


def _presumed_why(intervals: Sequence[Interval], number: int, claims: Sequence[Claim]) -> str:
    """Say on what a holder is presumed whose time no report begins."""
    interval, before = intervals[number], intervals[number - 1] if number else None
    if before is None or before.holding.status is Status.UNKNOWN:
        return " from a later report"
    if before.holding.status is Status.CONTESTED is not interval.holding.status:
        return f": {_fighting_over(before, intervals[number + 1 :], claims)}"
    if interval.holding.rule == RULE:
        return f": {RULE}"
    if before.holding.rule == RULE:
        return ": no quarter is then known as another side's"
    if before.holding.status is Status.BESIEGED and before.holding.actor == interval.holding.actor:
        return _siege_over(interval, claims)
    return ""


def _is_begun(interval: Interval, claims: Sequence[Claim]) -> bool:
    """Whether a report begins an interval; of the first of all, whether one is of its first day."""
    return not interval.assumed and any(
        interval.start in {claim.begins, claim.window.middle} for claim in (*claims, *interval.claims)
    )


def _siege_over(interval: Interval, claims: Sequence[Claim]) -> str:
    """Say when the siege before was last reported."""
    sieges = [c for c in claims if c.event.meaning.cover is Cover.SIEGE and c.window.middle < interval.start]
    last = max(sieges, key=lambda c: (c.window.middle, c.id), default=None)
    return f": the siege was last reported {window_words(last.window)}" if last else ""


def _fighting_over(before: Interval, later: Sequence[Interval], claims: Sequence[Claim]) -> str:
    """Say why fighting is taken to be over: none was reported for a while, or ever again."""
    fights = [c for c in dict.fromkeys((*claims, *before.claims)) if c.event.meaning.cover is Cover.FIGHTING]
    told = [
        c for c in fights if c.window.middle < before.end and (c.window.middle >= before.start or c in before.claims)
    ]
    if not told:
        return "reports disagreed until then"
    last = window_words(max(told, key=lambda c: (c.window.middle, c.id)).window)
    again = next((i.start for i in later if i.holding.status is Status.CONTESTED), None)
    if again is None:
        return f"fighting was last reported {last}"
    return f"no fighting is reported between {last} and {long_date(again)}"
