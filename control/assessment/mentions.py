"""What is said beside the holder of a place: presence, claims and disputes. They never move it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from control.assessment.policy import Policy
from control.record.dates import shifted
from control.record.model import Claim


def days_of(claim: Claim, policy: Policy) -> tuple[date, date]:
    """Return the days [first, end) of which a report of presence, a claim or a dispute is taken to tell."""
    return claim.begins, shifted(claim.window.last, policy.mention_days + 1)


def mentions(claims: Iterable[Claim], policy: Policy) -> list[Claim]:
    """Return the claims that say something beside the holder, of those that may count at all, in order of time."""
    said = (c for c in claims if c.event.meaning.mark and policy.weight(c) >= max(policy.least_weight, 1e-9))
    return sorted(said, key=lambda c: (c.window.middle, c.id))


def mentioned_on(claims: Iterable[Claim], day: date, policy: Policy) -> tuple[Claim, ...]:
    """Return what is said beside the holder on a day, the latest first, each thing once."""
    found: dict[tuple[object, ...], Claim] = {}
    for claim in mentions(claims, policy):
        first, end = days_of(claim, policy)
        if first <= day < end:
            found.pop((claim.event, claim.parties), None)
            found[claim.event, claim.parties] = claim
    return tuple(reversed(found.values()))
