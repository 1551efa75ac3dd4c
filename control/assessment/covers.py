"""Fighting, sieges and division: statuses that lie over a holder for a time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from control.assessment.policy import Policy
from control.record.event_kinds import Cover, Meaning

Side = Hashable
"""An id or a code of an actor."""


STILL_DAYS = 7
"""That a side still holds a place so soon after fighting there does not say that the attack is beaten off."""

Parts = tuple[tuple[Any, ...], tuple[float, ...]]
"""Who holds parts of a place, and their shares; no shares where nobody measured them."""


class Told(NamedTuple):
    """What a claim tells of, as far as it matters here; days and sides are numbers or ids, `None` is nobody.

    Attributes
    ----------
    day, begins
        The day of the event, and since when it was so.
    parties, shares
        Every side that it names, and their shares if it measures them; only of a division is it asked.
    """

    day: int
    begins: int
    meaning: Meaning
    actor: Side | None
    loser: Side | None
    parties: tuple[Any, ...]
    shares: tuple[float, ...]
    weight: float

    @property
    def is_taking(self) -> bool:
        """Whether a named side gained the place."""
        return self.meaning.move is not None and self.actor is not None


@dataclass(frozen=True, slots=True)
class CoverSpan:
    """A status over [start, end), and the number of the claim that tells of it.

    Attributes
    ----------
    parties, shares
        Of a division: who holds parts of the place, as the claim says or a gain of one part has changed it since, and their
        shares.
    """

    start: int
    end: int
    row: int
    cover: Cover
    parties: tuple[Any, ...] = ()
    shares: tuple[float, ...] = ()


def covers_of(told: Sequence[Told], policy: Policy, end: int) -> Iterator[CoverSpan]:
    """Say from when until when the claims of one place cover it; they are in order of time."""
    settling = [one for one in told if one.meaning.settles]
    days = [one.day for one in settling]
    ends = {Cover.FIGHTING: _fighting_ends, Cover.SIEGE: _siege_ends}
    for row, claim in enumerate(told):
        cover = claim.meaning.cover
        if cover is None:
            continue
        # what is reported of the day itself ends fighting, no division, and a siege only where the place fell
        find = bisect_left if cover is Cover.FIGHTING else bisect_right
        after = settling[find(days, claim.day) :]
        if cover is Cover.PARTS:
            for start, until, parties, shares in _divisions(claim, told[row + 1 :], after, policy, end):
                if until > start:
                    yield CoverSpan(start, until, row, cover, parties, shares)
            continue
        until = min(ends[cover](claim, told[row + 1 :], after, policy, end), end)
        if cover is Cover.SIEGE and any(_has_fallen(claim, one) for one in settling[bisect_left(days, claim.day) :]):
            until = claim.day
        if until > claim.begins:
            yield CoverSpan(claim.begins, until, row, cover)


def _fighting_ends(
    fight: Told,
    later: Sequence[Told],  # noqa: ARG001
    settling: Sequence[Told],
    policy: Policy,
    end: int,
) -> int:
    """Return when an event settles the place; before a gain, that its enemy still holds it settles nothing for some days."""
    gain = _first_gain(fight, settling, policy)
    gained = _day_of(gain) if gain else end
    limit = min(max(fight.day + policy.contested_days, gained if gain else 0), gained)
    for one in settling:
        if one.day >= limit:
            break
        is_still_held = one.meaning.goes_on and one.day < fight.day + STILL_DAYS
        if one not in gain and not (gain and is_still_held):
            return one.day
    return limit


def _first_gain(fight: Told, settling: Sequence[Told], policy: Policy) -> list[Told]:
    """Return what tells of the first gain soon after fighting; sources may give it different days."""
    gain: list[Told] = []
    last = fight.day + policy.settled_within_days
    for one in settling:
        if one.day > last:
            break
        if one.is_taking and (not gain or one.actor == gain[0].actor):
            if not gain:
                last = one.day + policy.group_days
            gain.append(one)
        elif one.is_taking and one.day == gain[0].day and one.weight > gain[0].weight:
            gain = [one]
    return gain


def _day_of(gain: Sequence[Told]) -> int:
    """Return the day that most speaks for, the first of equals."""
    doubt: dict[int, float] = {}
    for one in gain:
        doubt[one.day] = doubt.get(one.day, 1.0) * (1 - one.weight)
    return min(doubt, key=lambda day: (doubt[day], day))


def _has_fallen(siege: Told, one: Told) -> bool:
    """Whether the besieger took the place from those inside on the day of which the siege is told: that was its end."""
    return one.day == siege.day and one.is_taking and one.actor == siege.actor and one.loser == siege.loser


def _siege_ends(siege: Told, later: Sequence[Told], settling: Sequence[Told], policy: Policy, end: int) -> int:
    """Return when the place is settled, when those inside are told of without a siege, or when the report is too old."""
    until, silent = min(siege.day + policy.besieged_days, end), end
    for one in settling:
        if one.day >= until:
            break
        # that the besieged still hold the place does not lift the siege
        if not (one.meaning.goes_on and one.actor == siege.loser):
            until = one.day
            break
        if one.day > siege.day + policy.siege_silence_days:
            silent = min(silent, one.day)
    if silent >= until:
        return until
    for one in later:
        if one.day > until:
            break
        if one.meaning.cover is Cover.SIEGE and one.loser == siege.loser and one.day > siege.day:
            return until  # it went on: whoever reported those inside meanwhile left it out
    return silent


def _divisions(
    division: Told, later: Sequence[Told], settling: Sequence[Told], policy: Policy, end: int
) -> Iterator[tuple[int, int, tuple[Any, ...], tuple[float, ...]]]:
    """Yield from when until when a place is divided between whom, until a credible event gives all of it to one side."""
    start, parts = division.begins, (division.parties, division.shares)
    for day, one in _since_when(division, settling, policy):
        if day >= end:
            break
        left = _parts_after(one, *parts)
        if left == parts or (left is None and _is_loose(one, parts[0], later)):
            continue
        yield start, day, *parts
        if left is None:
            return
        start, parts = day, left
    yield start, end, *parts


def _since_when(division: Told, settling: Sequence[Told], policy: Policy) -> list[tuple[int, Told]]:
    """Return what tells of the holder of a divided place, and from when on: who says `since` tells of the time before."""
    told = [
        (max(one.begins, division.day + 1), one)
        for one in settling
        # that a siege was lifted tells of one part alone
        if (one.meaning.move is not None or one.meaning.goes_on) and one.weight >= policy.settling_weight
    ]
    return sorted(told, key=lambda each: each[0])


def _parts_after(one: Told, parties: tuple[Any, ...], shares: tuple[float, ...]) -> Parts | None:
    """Return who holds parts after an event; `None` when one side has all of it then.

    Who takes a divided place from a side that holds a part of it has that part: another side keeps its own.
    """
    if one.meaning.move is None:
        return None
    if one.loser not in parties:
        return (parties, shares) if one.actor is None else None
    rest = tuple(side for side in parties if side != one.loser)
    if one.actor is not None and one.actor not in rest:
        return tuple(one.actor if side == one.loser else side for side in parties), shares
    if len(rest) < 2:
        return None
    return rest, _joined_shares(parties, shares, one) if one.actor is not None else ()


def _joined_shares(parties: tuple[Any, ...], shares: tuple[float, ...], one: Told) -> tuple[float, ...]:
    """Add the share of the side that lost its part to that of the one that took it."""
    if not shares:
        return ()
    share = dict(zip(parties, shares, strict=True))
    share[one.actor] += share.pop(one.loser)
    return tuple(share.values())


def _is_loose(one: Told, parties: tuple[Any, ...], told: Sequence[Told]) -> bool:
    """Whether a side is said to hold a place of which it holds a part: it is divided again later, and nobody took it."""
    if not one.meaning.goes_on or one.actor not in parties:
        return False
    for other in told:
        if other.day <= one.day:
            continue
        if other.is_taking:
            return False
        if other.meaning.cover is Cover.PARTS and set(other.parties) == set(parties):
            return True
    return False


def parts_of(
    divisions: Sequence[tuple[tuple[Any, ...], tuple[float, ...]]],
) -> tuple[tuple[Any, ...], tuple[float, ...]]:
    """Return who holds parts of a place, the largest first and then by name, and their shares if they are known.

    The latest report says between whom it is divided, and the latest of the same sides that measures it how. Without that
    the side comes first that the report names first.

    Parameters
    ----------
    divisions
        Sides and shares of each report, in order of time.
    """
    latest = divisions[-1][0]
    alike = [told for told in divisions if told[1] and set(told[0]) == set(latest)]
    if not alike:
        return (latest[0], *sorted(latest[1:])), ()
    sides, shares = alike[-1]
    share = dict(zip(sides, shares, strict=True))
    largest = max(sides, key=lambda side: share[side])
    ordered = (largest, *sorted(side for side in sides if side != largest))
    return ordered, tuple(share[side] for side in ordered)
