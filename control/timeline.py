"""Who held what, when, and why: the questions a reader asks of a theatre."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import log

from control.model import Assessment, Change, Claim, Event, Interval, Status
from control.policy import BALANCED, Policy, settles
from control.resolve import Resolutions, resolve_all
from control.theatre import Theatre

LEAST_EVIDENCE = 0.1
"""A claim that moves the log-odds by less hardly matters on that date."""


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
        Why it was discarded, if it was.
    """

    claim: Claim
    influence: float
    evidence: float = 0.0
    flips: bool = False
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a place has its colour.

    Attributes
    ----------
    supporting, contradicting
        Claims by the size of their evidence; those with hardly any are left to `other`.
    other
        Claims that hardly matter on that date, in order of time.
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
        return tuple(w for w in (*self.supporting, *self.contradicting) if w.flips)


class Timeline:
    """The assessments of a theatre: a pure function of its claims, a policy and a knowledge date.

    Parameters
    ----------
    theatre
        A loaded theatre.
    policy
        Weights and thresholds.
    known_on
        Use only claims published by that day; `None` uses all.
    """

    def __init__(self, theatre: Theatre, policy: Policy = BALANCED, known_on: date | None = None) -> None:
        self.theatre = theatre
        self.policy = policy
        self.known_on = known_on
        self._other_days: dict[date, Timeline] = {}

    def as_known_on(self, known_on: date | None) -> Timeline:
        """Return the timeline that uses only what was published by `known_on`."""
        if known_on == self.known_on:
            return self
        if known_on is None:
            return Timeline(self.theatre, self.policy)
        if known_on not in self._other_days:
            self._other_days[known_on] = Timeline(self.theatre, self.policy, known_on)
        return self._other_days[known_on]

    @cached_property
    def claims(self) -> dict[str, tuple[Claim, ...]]:
        """Place id -> its claims that were known, sorted by event date."""
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.theatre.claims:
            if self.known_on is None or claim.known_from <= self.known_on:
                found[claim.place_id].append(claim)
        return {place_id: tuple(claims) for place_id, claims in sorted(found.items())}

    @cached_property
    def resolutions(self) -> Resolutions:
        """The resolution of every place of the gazetteer that can be held."""
        return self._resolve(
            {p.id: self.claims.get(p.id, ()) for p in self.theatre.gazetteer.places if not p.kind.is_area}
        )

    def _resolve(self, claims: Mapping[str, Sequence[Claim]], also: Sequence[str] = ()) -> Resolutions:
        span = self.theatre.settings
        active_from = {a.id: a.active_from for a in self.theatre.actors.values() if a.active_from}
        return resolve_all(claims, self.policy, span.start, span.end, active_from, also)

    @cached_property
    def intervals(self) -> dict[str, tuple[Interval, ...]]:
        """Place id -> its intervals, which tile the theatre's span: half-open, no gap, no overlap."""
        return {place_id: resolution.intervals for place_id, resolution in self.resolutions.places.items()}

    def at(self, day: date, known_on: date | None = None) -> dict[str, Assessment]:
        """Assess every place on `day`.

        Raises
        ------
        SpanError
            When `day` is outside the theatre's span.
        """
        return {place_id: self.assess(place_id, day, known_on) for place_id in self.intervals}

    def assess(self, place_id: str, day: date, known_on: date | None = None) -> Assessment:
        """Assess one place on `day`, as known on `known_on` (the timeline's own knowledge date by default).

        Raises
        ------
        SpanError
            When `day` is outside the theatre's span.
        KeyError
            When the place is an area or not in the gazetteer.
        """
        if known_on is not None and known_on != self.known_on:
            return self.as_known_on(known_on).assess(place_id, day)
        self.theatre.check_date(day)
        interval = _interval_on(self.intervals[place_id], day)
        holding = interval.holding
        probabilities = self.resolutions.probabilities(place_id, day)
        age = self.days_since_confirmed(interval, day)
        if holding.status is Status.UNKNOWN or holding.actor is None:
            return Assessment(place_id, day, self.known_on, holding, None, interval.claims, age, probabilities)
        claims = self._by_weight(interval.claims, day)
        probability = round(dict(probabilities).get(holding.actor, 0.0), 3)
        return Assessment(place_id, day, self.known_on, holding, probability, claims, age, probabilities)

    def days_since_confirmed(self, interval: Interval, day: date) -> int | None:
        """Days between `day` and the nearest claim of an interval that names its holder, or of any where none does."""
        actor = interval.holding.actor
        claims = interval.claims
        if interval.holding.status is not Status.UNKNOWN and actor is not None:
            claims = tuple(c for c in claims if self._speaks_for(c, actor, day)) or claims
        return min((self._days_from(c, day) for c in claims), default=None)

    def why(self, place_id: str, day: date, known_on: date | None = None) -> Explanation:
        """Explain an assessment by every claim of the place: each is left out in turn. Raises as `assess`."""
        if known_on is not None and known_on != self.known_on:
            return self.as_known_on(known_on).why(place_id, day)
        assessment = self.assess(place_id, day)
        claims = self.claims.get(place_id, ())
        dropped = {claim.id: rule for claim, rule in self.resolutions.places[place_id].discarded}
        named = self.resolutions.actors[self.resolutions.rows[place_id]]
        rest_of = {c.id: [o for o in claims if o.id != c.id] for c in claims if c.id not in dropped}
        without = self._resolve(rest_of, also=named)
        actor = assessment.holding.actor or next((a for a, _ in assessment.probabilities), "")
        (mine,) = self.resolutions.probability(place_id, actor, [day])
        weighed = []
        for claim in claims:
            if claim.id not in dropped:
                (rest,) = without.probability(claim.id, actor, [day])
                there = _interval_on(without.places[claim.id].intervals, day)
                flips = not there.holding.same_as(assessment.holding)
                evidence = round(_log_odds(mine) - _log_odds(rest), 3)
                weighed.append(Weighed(claim, round(mine - rest, 4), evidence, flips))
        matter = sorted(
            (w for w in weighed if abs(w.evidence) >= LEAST_EVIDENCE or w.flips),
            key=lambda w: (-abs(w.evidence), self._days_from(w.claim, day), w.claim.id),
        )
        return Explanation(
            assessment,
            tuple(w for w in matter if w.evidence >= 0),
            tuple(w for w in matter if w.evidence < 0),
            tuple(w for w in weighed if w not in matter),
            tuple(Weighed(c, 0.0, rule=dropped[c.id]) for c in claims if c.id in dropped),
        )

    def without(self, source_id: str, places: Sequence[str]) -> dict[str, tuple[Interval, ...]]:
        """Return the intervals of some places as they would be without one source."""
        claims = {p: [c for c in self.claims.get(p, ()) if c.source.id != source_id] for p in places}
        return {p: resolution.intervals for p, resolution in self._resolve(claims).places.items()}

    def changes(self, since: date, until: date, known_on: date | None = None) -> tuple[Change, ...]:
        """List the changes from `since` to `until`, both days included, by date and place."""
        if known_on is not None and known_on != self.known_on:
            return self.as_known_on(known_on).changes(since, until)
        found = [
            Change(after.start, place_id, before.holding, after.holding, after.claims, after.assumed)
            for place_id, intervals in self.intervals.items()
            for before, after in zip(intervals, intervals[1:], strict=False)
            if since <= after.start <= until
        ]
        return tuple(sorted(found, key=lambda c: (c.day, self.theatre.gazetteer.place(c.place_id).name, c.place_id)))

    def _days_from(self, claim: Claim, day: date) -> int:
        """Days between `day` and the claim's window; 0 inside it."""
        window = claim.window
        return max((window.first - day).days, (day - window.last).days, 0)

    def _by_weight(self, claims: tuple[Claim, ...], day: date) -> tuple[Claim, ...]:
        """Order by weight, then by nearness in time, then by id: never by the order in the file."""
        return tuple(sorted(claims, key=lambda c: (-self.policy.weight(c), self._days_from(c, day), c.id)))

    def _speaks_for(self, claim: Claim, actor: str | None, day: date) -> bool:
        """Whether the claim says that `actor` held the place around `day`."""
        if claim.window.middle > day or claim.event in {Event.BESIEGED, Event.OFFENSIVE_STARTED, Event.CONTESTED}:
            return claim.loser == actor
        return settles(claim.event) and claim.actor == actor


def _log_odds(probability: float) -> float:
    certain = 1e-12
    return log(max(probability, certain) / max(1 - probability, certain))


def _interval_on(intervals: Sequence[Interval], day: date) -> Interval:
    return intervals[bisect_right(intervals, day, key=lambda i: i.start) - 1]
