"""Towns that are divided because other sides hold quarters of them than the town."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from control.assessment.model import Holding, Interval, Status
from control.assessment.policy import Policy
from control.assessment.testimony import names_on, turns_on
from control.record.model import Claim

LEAST_SHARE = 0.2
"""A town is divided when others than its holder have at least this share of the quarters whose holder is known."""

RULE = "its quarters have different holders"


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of a town: its intervals, and its claims that may be used."""

    intervals: Sequence[Interval]
    claims: Sequence[Claim]


def with_quarters(
    town: Sequence[Interval], claims: Sequence[Claim], quarters: Sequence[Quarter], policy: Policy
) -> tuple[Interval, ...]:
    """Lay the division by its quarters over the intervals of a town, where nothing else says how it is divided.

    A quarter counts for its side from the first day on which a report gives it to that side. What is reported of the whole
    town later settles it: a gain for good; that a side holds it does not while the quarter is told of again with the other.

    Parameters
    ----------
    claims
        Of the town, those that may be used.
    """
    if not quarters:
        return tuple(town)
    whole = sorted(
        (c.window.middle, c.event.meaning.goes_on)
        for c in claims
        if c.event.meaning.settles and policy.weight(c) >= policy.settling_weight
    )
    told = {day for q in quarters for c in q.claims for day in (turns_on(c), c.window.middle)}
    cuts = {i.start for i in town} | {i.start for q in quarters for i in q.intervals} | {day for day, _ in whole} | told
    first, end = town[0].start, town[-1].end
    days = sorted(day for day in cuts if first <= day < end)
    found: list[Interval] = []
    for day, until in zip(days, [*days[1:], end], strict=True):
        found.append(_piece(day, until, town[_number_on(town, day)], quarters, whole, told))
    return tuple(_joined(found))


def _piece(
    day: date,
    until: date,
    of_town: Interval,
    quarters: Sequence[Quarter],
    whole: Sequence[tuple[date, bool]],
    told: set[date],
) -> Interval:
    holding, starts = of_town.holding, day == of_town.start
    plain = Interval(of_town.place_id, day, until, holding, of_town.claims, of_town.assumed if starts else False)
    if holding.status is Status.DIVIDED:
        return plain
    sides: Counter[str] = Counter()
    behind: list[Claim] = []
    for quarter in quarters:
        for side, claim in _held(quarter, day, whole):
            sides[side] += 1
            behind.append(claim)
    others = sum(count for side, count in sides.items() if side != holding.actor)
    lead = holding.actor or min(sides, key=lambda side: (-sides[side], side), default=None)
    rivals = tuple(sorted(set(sides) - {lead}))
    if not rivals or others < LEAST_SHARE * sum(sides.values()):
        return plain
    ordered = sorted(dict.fromkeys(behind), key=lambda c: (c.window.middle, c.id), reverse=True)
    merged = tuple(dict.fromkeys((*ordered, *of_town.claims)))
    assumed = of_town.assumed if starts else day not in told
    return Interval(of_town.place_id, day, until, Holding(Status.DIVIDED, lead, rivals, rule=RULE), merged, assumed)


def _held(quarter: Quarter, day: date, whole: Sequence[tuple[date, bool]]) -> Iterator[tuple[str, Claim]]:
    """Yield who holds a quarter on a day, and the report that says so, unless the whole town was settled since."""
    interval = quarter.intervals[_number_on(quarter.intervals, day)]
    side = interval.holding.actor
    if side is None or interval.holding.status not in {Status.CONTROLLED, Status.BESIEGED}:
        return
    given = [
        c for c in quarter.claims if interval.start <= turns_on(c) < interval.end and names_on(c, turns_on(c)) == side
    ]
    before = [c for c in given if turns_on(c) <= day]
    if not before:
        return
    latest = max(before, key=lambda c: (c.window.middle, c.id))
    goes_on = any(c.window.middle > day for c in given)
    since = [is_state for told, is_state in whole if turns_on(latest) < told <= day]
    if all(is_state and goes_on for is_state in since):
        yield side, latest


def _number_on(intervals: Sequence[Interval], day: date) -> int:
    return bisect_right(intervals, day, key=lambda i: i.start) - 1


def _joined(pieces: Sequence[Interval]) -> list[Interval]:
    """Join neighbours that say the same."""
    joined: list[Interval] = []
    for piece in pieces:
        if joined and joined[-1].holding.same_as(piece.holding):
            last = joined.pop()
            claims = tuple(dict.fromkeys((*last.claims, *piece.claims)))
            piece = Interval(last.place_id, last.start, piece.end, last.holding, claims, last.assumed)  # noqa: PLW2901
        joined.append(piece)
    return joined
