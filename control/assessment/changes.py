"""What became of a place: the kinds of change, and what each actor gained and lost by them.

That belief fades is no loss, and that somebody is heard of for the first time is no gain: both are counted apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from control.assessment.model import Holding, Interval, Status
from control.record.model import Claim


class ChangeKind(StrEnum):
    """What is new about a place."""

    PASSED = "passed"
    """From one actor to another."""
    FIRST_KNOWN = "first-known"
    """Nobody was known to hold it before."""
    KNOWN_AGAIN = "known-again"
    """Nobody was known to hold it just before; somebody was, at an earlier time."""
    NO_LONGER_CONFIRMED = "no-longer-confirmed"
    """Reports of its holder are too old, or too weak, to say who holds it."""
    CONTESTED = "contested"
    NO_LONGER_CONTESTED = "no-longer-contested"
    DIVIDED = "divided"
    NO_LONGER_DIVIDED = "no-longer-divided"
    BESIEGED = "besieged"
    SIEGE_OVER = "siege-over"
    OTHER_PARTIES = "other-parties"
    """Others contest or besiege it than before, or hold parts of it, or other parts."""


@dataclass(frozen=True, slots=True)
class Change:
    """A place passing from one holding to another on `day`.

    `assumed` says that no report tells of the day: the odds turned in between, or a report of fighting grew old.
    """

    day: date
    place_id: str
    kind: ChangeKind
    before: Holding
    after: Holding
    claims: tuple[Claim, ...]
    assumed: bool


@dataclass(frozen=True, slots=True)
class Balance:
    """What some changes came to for one actor, in places.

    Attributes
    ----------
    gained, lost
        From and to another actor.
    newly_known
        It is first known, or known again, as the holder; nobody else was just before.
    no_longer_confirmed
        It was the holder, and nobody is known to be now.
    """

    actor: str
    gained: int
    lost: int
    newly_known: int
    no_longer_confirmed: int

    @property
    def net(self) -> int:
        """Gained less lost: knowledge that comes and fades is neither."""
        return self.gained - self.lost


def change_between(before: Sequence[Interval], after: Interval) -> Change:
    """Return the change from the last of some intervals of a place, in order of time, to a later one."""
    first = before[-1].holding
    kind = kind_of_change(first, after.holding, was_known=any(interval.holding.actor for interval in before))
    return Change(after.start, after.place_id, kind, first, after.holding, after.claims, after.assumed)


def kind_of_change(before: Holding, after: Holding, *, was_known: bool) -> ChangeKind:
    """Name what is new; `was_known` says whether anybody was known to hold the place at any time before."""
    if before.actor and after.actor and before.actor != after.actor:
        return ChangeKind.PASSED
    if after.actor and not before.actor:
        return ChangeKind.KNOWN_AGAIN if was_known else ChangeKind.FIRST_KNOWN
    if before.actor and after.status is Status.UNKNOWN:
        return ChangeKind.NO_LONGER_CONFIRMED
    if after.status is before.status:
        return ChangeKind.OTHER_PARTIES
    return _INTO.get(after.status) or _OUT_OF.get(before.status, ChangeKind.OTHER_PARTIES)


_INTO = {
    Status.CONTESTED: ChangeKind.CONTESTED,
    Status.DIVIDED: ChangeKind.DIVIDED,
    Status.BESIEGED: ChangeKind.BESIEGED,
}
_OUT_OF = {
    Status.CONTESTED: ChangeKind.NO_LONGER_CONTESTED,
    Status.DIVIDED: ChangeKind.NO_LONGER_DIVIDED,
    Status.BESIEGED: ChangeKind.SIEGE_OVER,
}


def balances(changes: Iterable[Change]) -> tuple[Balance, ...]:
    """Count the places that each actor gained, lost, is newly known to hold and is no longer confirmed to hold.

    A contested place counts as its last holder's until another one has it, a divided one as that of the side
    with the largest part. Most gained first, then least lost, most newly known, and by the id of the actor.
    """
    gained, lost, known, faded = (Counter[str]() for _ in range(4))
    for change in changes:
        before, after = change.before.actor, change.after.actor
        if before == after:
            continue
        if after:
            (gained if before else known)[after] += 1
        if before:
            (lost if after else faded)[before] += 1
    actors = {*gained, *lost, *known, *faded}
    found = [Balance(a, gained[a], lost[a], known[a], faded[a]) for a in actors]
    return tuple(sorted(found, key=lambda b: (-b.gained, b.lost, -b.newly_known, b.actor)))
