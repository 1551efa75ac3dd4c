"""What a claim says of who holds its place: before it, and from it on. The one home of that meaning."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from control.record.event_kinds import Side
from control.record.model import Claim


def said_to_hold(claim: Claim) -> str | None:
    """Return who is said to hold the place, by a claim that tells of no change: of a siege, that is who is besieged."""
    holder = claim.event.meaning.holder
    if holder is Side.ACTOR:
        return claim.actor
    return claim.loser if holder is Side.LOSER else None


def sides_of(claim: Claim) -> tuple[str | None, str | None]:
    """Return whom a claim names as the holder before what it tells of, and from then on; `None` where it names nobody."""
    if claim.event.meaning.move:
        return claim.loser, claim.actor
    holder = said_to_hold(claim)
    return (None if dates_the_holder(claim) else holder), holder


def dates_the_holder(claim: Claim) -> bool:
    """Whether a claim says since when its holder has had the place, and so nothing of the time before.

    That a place is besieged since a day says nothing of since when those inside have had it.
    """
    return claim.since is not None and claim.event.meaning.holder is Side.ACTOR


def turns_on(claim: Claim) -> date:
    """Return the day from which on a claim tells of the holder after; the days before are of the holder before.

    A claim with a window of days is taken to tell of the middle one, as everywhere.
    """
    return claim.begins if dates_the_holder(claim) else claim.window.middle


def names_on(claim: Claim, day: date) -> str | None:
    """Return whom a claim names as the holder on the side of `day`: of a change, who lost before it and who gained after.

    The day itself is the gainer's.
    """
    before, after = sides_of(claim)
    return before if day < turns_on(claim) else after


def confirms(claim: Claim, side: str | None, day: date) -> bool:
    """Whether a claim says that `side` held the place around `day`: since it took or held it, or until it lost it.

    That a side is said to hold a place later tells nothing of the day before.
    """
    if claim.event.meaning.has_shares:
        return side in claim.parties and claim.begins <= day
    if dates_the_holder(claim):
        return claim.actor == side and claim.begins <= day
    if claim.window.middle > day or not claim.event.meaning.settles:
        return claim.loser == side
    return claim.actor == side


def is_overtaken(claim: Claim, day: date, others: Iterable[Claim]) -> bool:
    """Whether another claim tells of another side between a claim and `day`: then the claim is about another time."""
    return overtaking(claim, day, others) is not None


def overtaking(claim: Claim, day: date, others: Iterable[Claim]) -> Claim | None:
    """Return the claim nearest to `day` that tells of another side between a claim and `day`, if there is one."""
    side = names_on(claim, day)
    between = (other for other in others if _comes_between(claim, side, day, other))
    return min(between, key=lambda c: (abs((c.window.middle - day).days), c.id), default=None)


def _comes_between(claim: Claim, side: str | None, day: date, other: Claim) -> bool:
    mine, window = claim.window, other.window
    before, after = sides_of(other)
    if turns_on(claim) <= day:
        has_left = after is None and before == side
        return mine.last < window.first and window.last <= day and (has_left or after not in {None, side})
    return day < window.first and window.last < mine.first and before not in {None, side}
