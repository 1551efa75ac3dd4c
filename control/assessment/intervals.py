"""The intervals of a place: its stretches with fighting, sieges and division laid over them."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from control.assessment.covers import Told, covers_of, parts_of
from control.assessment.model import Holding, Interval, Status
from control.assessment.policy import Policy
from control.assessment.stretches import Stretch
from control.record.event_kinds import Cover
from control.record.model import Claim

CONTESTED_BY_REPORT = "reported as contested"
"""Why a place is contested where a report of fighting says so; elsewhere reports disagree."""


@dataclass(frozen=True, slots=True)
class Covered:
    """A claim, and the days [start, end) over which its status lies; sides and shares as `CoverSpan` has them."""

    start: date
    end: date
    claim: Claim
    parties: tuple[Any, ...]
    shares: tuple[float, ...]

    @property
    def cover(self) -> Cover | None:
        """The status."""
        return self.claim.event.meaning.cover


def covered(claims: Sequence[Claim], policy: Policy, start: date, end: date) -> list[Covered]:
    """Find the days over which claims of fighting, siege and division of one place lie; they come in order of time."""
    told = [
        Told(
            c.window.middle.toordinal(), c.begins.toordinal(), c.event.meaning, c.actor, c.loser, c.parties, c.shares,
            policy.weight(c),
        )
        for c in claims
    ]  # fmt: skip
    first, last = start.toordinal(), end.toordinal()
    return [
        Covered(
            date.fromordinal(max(span.start, first)),
            date.fromordinal(span.end),
            claims[span.row],
            span.parties,
            span.shares,
        )
        for span in covers_of(told, policy, last)
        if span.end > first
    ]


def paint(
    place_id: str,
    stretches: Sequence[Stretch],
    covers: Sequence[Covered],
    reported_days: Set[date],
    start: date,
    end: date,
) -> list[Interval]:
    """Lay fighting, sieges and division over the tenures, and cut the span where anything changes.

    A cut on a day that no report tells of is assumed: the odds turned, or a report of fighting grew old.
    """
    cuts = {start, end, *(s.start for s in stretches)}
    for cover in covers:
        cuts |= {cover.start, cover.end}
    days = sorted(day for day in cuts if start <= day <= end)
    intervals: list[Interval] = []
    for day, until in zip(days, days[1:], strict=False):
        stretch = [s for s in stretches if s.start <= day][-1]
        holding, claims = _holding_on(day, stretch, covers)
        assumed = day > start and day not in reported_days
        interval = Interval(place_id, day, until, holding, claims, assumed)
        if intervals and intervals[-1].holding.same_as(holding):
            before = intervals.pop()
            merged = tuple(dict.fromkeys((*before.claims, *claims)))
            interval = Interval(place_id, before.start, until, before.holding, merged, before.assumed)
        intervals.append(interval)
    return intervals


def _holding_on(day: date, stretch: Stretch, covers: Sequence[Covered]) -> tuple[Holding, tuple[Claim, ...]]:
    lying = [c for c in covers if c.start <= day < c.end]
    divisions = [c for c in lying if c.cover is Cover.PARTS]
    fighting, sieges = ([c.claim for c in lying if c.cover is cover] for cover in (Cover.FIGHTING, Cover.SIEGE))
    if divisions:
        return _divided(stretch, divisions)
    if fighting:
        return _contested(stretch, fighting, CONTESTED_BY_REPORT)
    if sieges:
        return _under_siege(stretch, sieges)
    if stretch.rival:
        return _contested(stretch, [], stretch.rule)
    if stretch.holder is None:
        return Holding(Status.UNKNOWN, rule=stretch.rule), tuple(stretch.claims)
    return Holding(Status.CONTROLLED, stretch.holder, rule=stretch.rule), tuple(stretch.claims)


def _under_siege(stretch: Stretch, sieges: Sequence[Claim]) -> tuple[Holding, tuple[Claim, ...]]:
    siege = sieges[-1]
    if stretch.holder in {None, siege.loser} and not stretch.rival:
        holding = Holding(Status.BESIEGED, siege.loser, besieger=siege.actor, rule="reported as besieged")
        return holding, tuple(dict.fromkeys((siege, *sieges, *stretch.claims)))
    divided = stretch.holder == siege.actor
    rule = (
        "reports name the besieger as a holder, too: each may hold a part"
        if divided
        else "reports disagree on who is besieged"
    )
    return _contested(stretch, sieges, rule)


def _divided(stretch: Stretch, divisions: Sequence[Covered]) -> tuple[Holding, tuple[Claim, ...]]:
    """Who holds parts is what the latest report says; fighting and sieges in such a place are of its parts."""
    sides, shares = parts_of([(cover.parties, cover.shares) for cover in divisions])
    holding = Holding(Status.DIVIDED, sides[0], rivals=sides[1:], shares=shares, rule="reported as divided")
    return holding, tuple(dict.fromkeys((*(cover.claim for cover in reversed(divisions)), *stretch.claims)))


def _contested(stretch: Stretch, claims: Sequence[Claim], rule: str) -> tuple[Holding, tuple[Claim, ...]]:
    sides = {side for c in claims for side in c.parties} | ({stretch.rival} - {None})
    rivals = tuple(sorted(side for side in sides - {stretch.holder} if side))
    holding = Holding(Status.CONTESTED, stretch.holder, rivals=rivals, rule=rule)
    return holding, tuple(dict.fromkeys((*claims, *stretch.claims)))
