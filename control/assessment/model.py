"""The nouns of an answer: who holds a place, from when until when, how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from control.record.model import Claim


class Status(StrEnum):
    """How a place stands. No information is `unknown`, never neutral."""

    UNKNOWN = "unknown"
    CONTROLLED = "controlled"
    CONTESTED = "contested"
    BESIEGED = "besieged"
    DIVIDED = "divided"

    @property
    def is_shared(self) -> bool:
        """Whether several sides are named, of whom nobody can be said to hold the place."""
        return self in {Status.CONTESTED, Status.DIVIDED}


@dataclass(frozen=True, slots=True)
class Holding:
    """Who holds a place, without a date.

    Attributes
    ----------
    actor
        Holder; for `contested` the one it is believed to have belonged to last; for `divided` the one with the largest
        part, of equal or unknown ones the first that is named; `None` for unknown.
    rivals
        For `contested`: the others who are named for it; for `divided`: who holds the other parts.
    besieger
        For `besieged`: who encircles it.
    shares
        For `divided`: the parts of the holder and of each rival, 0-1; empty where nobody measured them.
    rule
        The rule that decided, in words.
    """

    status: Status
    actor: str | None = None
    rivals: tuple[str, ...] = ()
    besieger: str | None = None
    rule: str = "no report says who holds it"
    shares: tuple[float, ...] = ()

    def same_as(self, other: Holding) -> bool:
        """Whether both say the same of the place, whatever rule led there."""
        mine, theirs = ((h.status, h.actor, h.rivals, h.besieger, h.shares) for h in (self, other))
        return mine == theirs

    def reads_as(self, other: Holding) -> bool:
        """Whether both are told in the same words: of a contested or divided place, only between whom it is."""
        if self.status is other.status and self.status.is_shared:
            return {self.actor, *self.rivals} - {None} == {other.actor, *other.rivals} - {None}
        return self.same_as(other)


@dataclass(frozen=True, slots=True)
class Interval:
    """A maximal stretch [start, end) with one holding: half-open, the day of a hand-over is the new holder's.

    `assumed` says that no report tells of the day `start`: the odds turned in between, or a report of fighting grew old.
    """

    place_id: str
    start: date
    end: date
    holding: Holding
    claims: tuple[Claim, ...] = ()
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Assessment:
    """Who held a place on a date, as known on a date, and why.

    Attributes
    ----------
    probability
        0-1 that `holding.actor` holds the place; `None` when unknown, and of a divided place, which nobody holds alone.
    claims
        The claims behind it, strongest first.
    days_since_confirmed
        Days between the date and the nearest claim that says so; `None` without any.
    probabilities
        (actor, 0-1) for every actor that the claims name, best first; what is missing to 1 is somebody else's.
    mentioned
        What is said beside the holder around that date: presence, claims, disputes; the latest first.
    """

    place_id: str
    day: date
    known_on: date | None
    holding: Holding
    probability: float | None
    claims: tuple[Claim, ...]
    days_since_confirmed: int | None
    probabilities: tuple[tuple[str, float], ...] = ()
    mentioned: tuple[Claim, ...] = ()
