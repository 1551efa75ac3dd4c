"""Why a place has its colour: its claims by what they say of the holder on the day, and what would change without each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from control.assessment.model import Assessment, Holding, Status
from control.assessment.testimony import is_overtaken, names_on, sides_of, turns_on
from control.record.event_kinds import Cover
from control.record.model import Claim

LEAST_EVIDENCE = 0.1
"""A claim that moves the log-odds by less hardly matters on that date."""

DIRECT = 2.0
"""So much the more counts, where two reports compete to be named first, one that tells of the holder's own time: that a side
lost the place later says only in passing that it held it."""

SAME_EVENT = 7
"""Days within which reports that a side took a place are about one event."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A claim of an explanation.

    Attributes
    ----------
    influence
        How far the probability of the assessed holder falls when the claim is left out; negative: it rises.
    evidence
        The same as natural log-odds, which still tell claims apart where many agree and none of them is needed.
    flips
        Whether the answer would be another one without it.
    rule
        Why it is not used, if it is not.
    without
        What is left of that probability then.
    holding_without
        What the place would be then; `None` for a claim that is not used.
    """

    claim: Claim
    influence: float = 0.0
    evidence: float = 0.0
    flips: bool = False
    rule: str = ""
    without: float = 0.0
    holding_without: Holding | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a place has its colour.

    Attributes
    ----------
    supporting
        Claims that name the assessed holder for the day, or the fighting or siege that the finding tells of; first those
        that decide, without which the answer would be another, then those of the taking that began the holder's time there,
        then by the size of their evidence.
    contradicting
        Claims that name another side for the day, by the size of their evidence.
    other
        Claims that name nobody for the day, or are about another time; those that would change the answer first, then the
        nearest.
    discarded
        Claims that nothing rests on, with the rule that discarded them.
    """

    assessment: Assessment
    supporting: tuple[Weighed, ...]
    contradicting: tuple[Weighed, ...]
    other: tuple[Weighed, ...]
    discarded: tuple[Weighed, ...]

    @property
    def flips(self) -> tuple[Weighed, ...]:
        """The single reports without which the answer would be another one."""
        return tuple(w for w in (*self.supporting, *self.contradicting, *self.other) if w.flips)


def group(assessment: Assessment, weighed: Sequence[Weighed], discarded: Sequence[Weighed]) -> Explanation:
    """Sort weighed claims by what they say; a claim never speaks for a finding that it contradicts, however it weighs."""
    day, claims = assessment.day, [w.claim for w in weighed]
    groups: dict[str, list[Weighed]] = {"supporting": [], "contradicting": [], "other": []}
    for each in weighed:
        groups[_group_of(assessment, each, claims)].append(each)

    def nearness(w: Weighed) -> tuple[int, str]:
        return days_between(w.claim, day), w.claim.id

    begun = _begun(assessment, [w.claim for w in groups["supporting"]])

    def rank(w: Weighed) -> tuple[object, ...]:
        size = abs(w.evidence) * (DIRECT if _is_direct(assessment, w.claim) else 1.0)
        is_beginning = (
            begun is not None and _is_taking(assessment, w.claim) and days_between(w.claim, begun) <= SAME_EVENT
        )
        return not _tells_of_status(assessment, w.claim), not w.flips, not is_beginning, -size, nearness(w)

    return Explanation(
        assessment,
        tuple(sorted(groups["supporting"], key=rank)),
        tuple(sorted(groups["contradicting"], key=lambda w: (not w.flips, -abs(w.evidence), nearness(w)))),
        tuple(sorted(groups["other"], key=lambda w: (not w.flips, nearness(w)))),
        tuple(discarded),
    )


def _begun(assessment: Assessment, supporting: Sequence[Claim]) -> date | None:
    """Return the middle of the window of the taking that began the holder's time there, if one is reported."""
    return max((turns_on(claim) for claim in supporting if _is_taking(assessment, claim)), default=None)


def _is_taking(assessment: Assessment, claim: Claim) -> bool:
    """Whether a claim tells that the assessed holder gained the place, by the assessed day.

    That it holds it since some day tells of the time after, in passing: the report of the gain itself comes first.
    """
    before, after = sides_of(claim)
    is_gain = claim.event.meaning.move is not None and before != after and turns_on(claim) <= assessment.day
    return is_gain and after == assessment.holding.actor is not None


def days_between(claim: Claim, day: date) -> int:
    """Days between `day` and the claim's window; 0 inside it, and since what it tells of began."""
    window = claim.window
    return max((min(window.first, claim.begins) - day).days, (day - window.last).days, 0)


def _group_of(assessment: Assessment, weighed: Weighed, claims: Sequence[Claim]) -> str:
    holding, claim = assessment.holding, weighed.claim
    if holding.status is Status.UNKNOWN:
        return "other"
    if _tells_of_status(assessment, claim):
        return "supporting"
    named = names_on(claim, assessment.day)
    holders = {side for side in (holding.actor, *_open_to(holding)) if side}
    matters = abs(weighed.evidence) >= LEAST_EVIDENCE or weighed.flips
    if named is None or (not matters and is_overtaken(claim, assessment.day, claims)):
        return "other"
    if holding.status.is_shared:
        return "supporting" if named in holders else "contradicting"
    if named in holders:
        return "supporting" if weighed.evidence > -LEAST_EVIDENCE else "other"
    return "contradicting" if weighed.evidence < LEAST_EVIDENCE else "other"


def _open_to(holding: Holding) -> tuple[str, ...]:
    return holding.rivals if holding.status.is_shared else ()


def _tells_of_status(assessment: Assessment, claim: Claim) -> bool:
    """Whether a claim tells of the very fighting, siege or division that the finding names."""
    wanted = {
        Status.CONTESTED: {Cover.FIGHTING, Cover.SIEGE},
        Status.DIVIDED: {Cover.PARTS},
        Status.BESIEGED: {Cover.SIEGE},
    }
    covers = wanted.get(assessment.holding.status, set())
    if claim.event.meaning.cover not in covers or claim.begins > assessment.day:
        return False
    return claim in assessment.claims


def _is_direct(assessment: Assessment, claim: Claim) -> bool:
    """Whether a claim tells of its side's own time there: it took or held the place, or will be said to hold it."""
    before, after = sides_of(claim)
    return assessment.day >= turns_on(claim) or before == after
