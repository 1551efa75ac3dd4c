"""What each source contributes: how much, how early, how often better evidence spoke otherwise, and what hangs on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from control.assessment.model import Interval
from control.assessment.timeline import Timeline
from control.record.model import Claim, Source

SAME_EVENT_DAYS = 10
"""Claims of one gain within so many days speak of one event."""


@dataclass(frozen=True, slots=True)
class Flip:
    """A place whose holder would be another one without a source, on a day in the middle of the longest such stretch."""

    place_id: str
    day: date
    days: int


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A claim that others deny, and those who do, the heaviest first."""

    claim: Claim
    by: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class SourceAudit:
    """A source's record.

    Attributes
    ----------
    first
        How often it published an event before any other source.
    contradictions
        Claims of it that sources of other families deny, in order of place and date (see `denies`).
    flips
        What would be another answer without it, longest first.
    """

    source: Source
    claims: int
    first: int
    contradictions: tuple[Contradiction, ...]
    flips: tuple[Flip, ...]

    @property
    def contradicted(self) -> int:
        """How many of its claims others deny."""
        return len(self.contradictions)


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
    settling = [c for c in claims if c.event.meaning.settles and c.actor]
    return SourceAudit(
        source,
        len(claims),
        sum(_is_first(timeline, claim) for claim in settling),
        contradictions(timeline, settling),
        _flips(timeline, source, sorted({c.place_id for c in claims})),
    )


def _others(timeline: Timeline, claim: Claim) -> list[Claim]:
    return [
        c
        for c in timeline.claims[claim.place_id]
        if c.source.id != claim.source.id and c.event.meaning.settles and c.actor
    ]


def _apart(a: Claim, b: Claim) -> int:
    return (b.window.middle - a.window.middle).days


def _is_first(timeline: Timeline, claim: Claim) -> bool:
    same = [c for c in _others(timeline, claim) if c.actor == claim.actor and abs(_apart(claim, c)) <= SAME_EVENT_DAYS]
    return bool(same) and all(claim.published.last < c.published.last for c in same)


def all_contradictions(timeline: Timeline) -> tuple[Contradiction, ...]:
    """Return every claim that other families deny and outweigh, by place and date."""
    return contradictions(
        timeline, [c for claims in timeline.claims.values() for c in claims if c.event.meaning.settles and c.actor]
    )


def contradictions(timeline: Timeline, claims: Sequence[Claim]) -> tuple[Contradiction, ...]:
    """Return those of some claims that other families deny, who are together more likely right than the claim is.

    Together as in `Policy.combined`: the probability that at least one of them is true. So two sources can outweigh a claim
    that is heavier than each, and a family that repeats itself counts little more than once.
    """
    found = []
    for claim in sorted(claims, key=lambda c: (c.place_id, c.window.middle, c.id)):
        deniers = [c for c in _others(timeline, claim) if denies(c, claim)]
        if timeline.policy.combined(deniers) > timeline.policy.weight(claim):
            found.append(
                Contradiction(
                    claim, tuple(sorted(deniers, key=lambda c: (-timeline.policy.weight(c), c.source.id, c.id)))
                )
            )
    return tuple(found)


def denies(other: Claim, claim: Claim) -> bool:
    """Whether a claim of another family says that somebody else held the place at that time.

    Both name a holder, not the same one, and the other is of the same time, or of the ten days after it. No denial is what
    tells of another time: that the holder lost it since, or that the side held it that the claim says lost it.
    """
    if other.source.family == claim.source.family or other.actor in {claim.actor, None} or other.loser == claim.actor:
        return False
    apart = _apart(claim, other)
    if abs(apart) > SAME_EVENT_DAYS:
        return False
    if claim.window.first <= other.window.last and other.window.first <= claim.window.last:
        return not (other.event.meaning.goes_on and other.actor == claim.loser)
    return apart > 0


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
