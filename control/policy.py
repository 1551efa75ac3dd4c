"""The weights and thresholds an assessment is made with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from control.model import LEAVINGS, TAKINGS, Claim, Event

GRADE_WEIGHTS = {"A": 0.95, "B": 0.88, "C": 0.75, "D": 0.55, "E": 0.35, "F": 0.60}
"""P(claim true) by Admiralty reliability of the source; F is `cannot be judged`, not `worst`."""

CREDIBILITY_FACTORS = {1: 1.03, 2: 1.0, 3: 0.9, 4: 0.6, 5: 0.3, 6: 1.0}
"""Factor by Admiralty credibility of the report."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How claims are weighed.

    Attributes
    ----------
    own_side_factor
        For a claim that favours the side its source is aligned with.
    against_interest
        Least weight of a claim that speaks against that side.
    least_weight
        Claims weaker than this decide nothing; they are shown as discarded.
    conflict_days
        Claims for different holders within so many days are contested.
    contested_days
        How long a report of fighting keeps a place contested when nothing follows.
    repeat_days
        The same side reported to take a place again within so many days is one event told twice.
    fade_days
        Days after which a claim without confirmation has lost 63 % of its weight above one half.
    """

    name: str = "balanced"
    grades: Mapping[str, float] = field(default_factory=lambda: GRADE_WEIGHTS)
    credibilities: Mapping[int, float] = field(default_factory=lambda: CREDIBILITY_FACTORS)
    own_side_factor: float = 0.8
    against_interest: float = 0.95
    least_weight: float = 0.3
    conflict_days: int = 3
    contested_days: int = 30
    repeat_days: int = 60
    fade_days: int = 700

    def weight(self, claim: Claim) -> float:
        """P(claim true), 0-0.99: grade x credibility x place match, corrected for the source's own side."""
        weight = self.grades[claim.source.grade] * self.credibilities[claim.credibility] * claim.place_score
        side = claim.source.aligned_with
        if side:
            if side == claim.actor:
                weight *= self.own_side_factor
            elif side == claim.loser and claim.event in TAKINGS | LEAVINGS:
                weight = max(weight, self.against_interest)
        return min(0.99, weight)

    def combined(self, claims: Iterable[Claim]) -> float:
        """P(at least one of several agreeing claims true); repeats of one source family count half each time."""
        repeats: dict[str, int] = defaultdict(int)
        doubt = 1.0
        for claim in sorted(claims, key=lambda c: (-self.weight(c), c.id)):
            doubt *= 1 - self.weight(claim) * 0.5 ** repeats[claim.source.family]
            repeats[claim.source.family] += 1
        return min(0.99, 1 - doubt)


def settles(event: Event) -> bool:
    """Whether an event names a holder; fighting, sieges and offensives never change hands by themselves."""
    return event in TAKINGS | LEAVINGS | {Event.HOLDS, Event.SIEGE_LIFTED}


BALANCED = Policy()
