"""What each source contributes: how much, how early, how often better evidence spoke otherwise, and what hangs on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from control.model import Claim, Interval, Source
from control.policy import settles
from control.timeline import Timeline

SAME_EVENT_DAYS = 10
"""Claims of one gain within so many days speak of one event."""


@dataclass(frozen=True, slots=True)
class Flip:
    """A place whose holder would be another one without a source, on a day in the middle of the longest such stretch."""

    place_id: str
    day: date
    days: int


@dataclass(frozen=True, slots=True)
class SourceAudit:
    """A source's record.

    Attributes
    ----------
    first
        How often it published an event before any other source.
    contradicted
        How often a heavier claim of another source named another holder within ten days after the event it told of.
    flips
        What would be another answer without it, longest first.
    """

    source: Source
    claims: int
    first: int
    contradicted: int
    flips: tuple[Flip, ...]


def audit_sources(timeline: Timeline) -> tuple[SourceAudit, ...]:
    """Audit every source that is used, by number of claims, most first."""
    by_source: dict[str, list[Claim]] = defaultdict(list)
    for claims in timeline.claims.values():
        for claim in claims:
            by_source[claim.source.id].append(claim)
    audits = [_audit(timeline, claims) for claims in by_source.values()]
    return tuple(sorted(audits, key=lambda a: (-a.claims, a.source.id)))


def _audit(timeline: Timeline, claims: Sequence[Claim]) -> SourceAudit:
    source = claims[0].source
    settling = [c for c in claims if settles(c.event) and c.actor]
    return SourceAudit(
        source,
        len(claims),
        sum(_is_first(timeline, claim) for claim in settling),
        sum(_is_contradicted(timeline, claim) for claim in settling),
        _flips(timeline, source, sorted({c.place_id for c in claims})),
    )


def _others(timeline: Timeline, claim: Claim) -> list[Claim]:
    return [
        c for c in timeline.claims[claim.place_id] if c.source.id != claim.source.id and settles(c.event) and c.actor
    ]


def _apart(a: Claim, b: Claim) -> int:
    return (b.window.middle - a.window.middle).days


def _is_first(timeline: Timeline, claim: Claim) -> bool:
    same = [c for c in _others(timeline, claim) if c.actor == claim.actor and abs(_apart(claim, c)) <= SAME_EVENT_DAYS]
    return bool(same) and all(claim.published.last < c.published.last for c in same)


def _is_contradicted(timeline: Timeline, claim: Claim) -> bool:
    weight = timeline.policy.weight(claim)
    return any(
        claim.actor not in {c.actor, c.loser}  # that it was lost again is no contradiction
        and 0 <= _apart(claim, c) <= SAME_EVENT_DAYS
        and timeline.policy.weight(c) > weight
        for c in _others(timeline, claim)
    )


def _flips(timeline: Timeline, source: Source, places: Sequence[str]) -> tuple[Flip, ...]:
    without = timeline.without(source.id, places)
    found = []
    for place_id in places:
        longest = max(
            _differences(timeline.intervals[place_id], without[place_id]), default=None, key=lambda d: d[1] - d[0]
        )
        if longest:
            first, last = longest
            found.append(Flip(place_id, first + (last - first) // 2, (last - first).days))
    return tuple(sorted(found, key=lambda f: (-f.days, f.place_id)))


def _differences(a: Sequence[Interval], b: Sequence[Interval]) -> list[tuple[date, date]]:
    """Stretches [first, last) in which two tilings of one span name different holders, neighbours joined."""
    stretches: list[tuple[date, date]] = []
    i = j = 0
    while i < len(a) and j < len(b):
        first, last = max(a[i].start, b[j].start), min(a[i].end, b[j].end)
        if a[i].holding.actor != b[j].holding.actor and first < last:
            if stretches and stretches[-1][1] == first:
                stretches[-1] = (stretches[-1][0], last)
            else:
                stretches.append((first, last))
        i, j = i + (a[i].end == last), j + (b[j].end == last)
    return stretches
