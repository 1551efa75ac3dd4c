"""Who held what, when, and why: the questions a reader asks of a theatre."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import exp

from control.model import Assessment, Change, Claim, Event, Interval, Status
from control.policy import BALANCED, Policy, settles
from control.resolve import Resolution, resolve
from control.theatre import Theatre


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a place has its colour.

    Attributes
    ----------
    deciding
        Claims that the assessment rests on, strongest first.
    supporting, contradicting
        Other claims that agree with it, or name another holder, nearest in time first.
    discarded
        Claims of the place that nothing rests on, with the rule that discarded them.
    later
        Claims about the time after the date, which do not bear on it, in order of time.
    """

    assessment: Assessment
    deciding: tuple[Claim, ...]
    supporting: tuple[Claim, ...]
    contradicting: tuple[Claim, ...]
    discarded: tuple[tuple[Claim, str], ...]
    later: tuple[Claim, ...]


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
    def resolutions(self) -> dict[str, Resolution]:
        """Place id -> its resolution, for every place of the gazetteer that can be held."""
        span = self.theatre.settings
        active_from = {a.id: a.active_from for a in self.theatre.actors.values() if a.active_from}
        return {
            place.id: resolve(place.id, self.claims.get(place.id, ()), self.policy, span.start, span.end, active_from)
            for place in self.theatre.gazetteer.places
            if not place.kind.is_area
        }

    @cached_property
    def intervals(self) -> dict[str, tuple[Interval, ...]]:
        """Place id -> its intervals, which tile the theatre's span: half-open, no gap, no overlap."""
        return {place_id: resolution.intervals for place_id, resolution in self.resolutions.items()}

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
        interval = self._interval(place_id, day)
        holding = interval.holding
        if holding.status is Status.UNKNOWN:
            return Assessment(place_id, day, self.known_on, holding, None, interval.claims, None)
        claims = self._by_influence(interval.claims, day)
        confirming = [c for c in claims if self._speaks_for(c, holding.actor, day)] or list(claims)
        age = min(self._days_from(c, day) for c in confirming)
        return Assessment(
            place_id, day, self.known_on, holding, self._probability(interval, confirming, age), claims, age
        )

    def why(self, place_id: str, day: date, known_on: date | None = None) -> Explanation:
        """Explain an assessment by every claim of the place. Raises as `assess`."""
        if known_on is not None and known_on != self.known_on:
            return self.as_known_on(known_on).why(place_id, day)
        assessment = self.assess(place_id, day)
        deciding = assessment.claims
        discarded = self.resolutions[place_id].discarded
        dropped = {claim.id for claim, _ in discarded}
        rest = [c for c in self.claims.get(place_id, ()) if c not in deciding and c.id not in dropped]
        before = sorted((c for c in rest if c.window.first <= day), key=lambda c: (self._days_from(c, day), c.id))
        return Explanation(
            assessment,
            deciding,
            tuple(c for c in before if self._speaks_for(c, assessment.holding.actor, day)),
            tuple(c for c in before if not self._speaks_for(c, assessment.holding.actor, day)),
            discarded,
            tuple(c for c in rest if c.window.first > day),
        )

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

    def _interval(self, place_id: str, day: date) -> Interval:
        intervals = self.intervals[place_id]
        return intervals[bisect_right(intervals, day, key=lambda i: i.start) - 1]

    def _days_from(self, claim: Claim, day: date) -> int:
        """Days between `day` and the claim's window; 0 inside it."""
        window = claim.window
        return max((window.first - day).days, (day - window.last).days, 0)

    def _by_influence(self, claims: tuple[Claim, ...], day: date) -> tuple[Claim, ...]:
        """Order by weight, then by nearness in time, then by id: never by the order in the file."""
        return tuple(sorted(claims, key=lambda c: (-self.policy.weight(c), self._days_from(c, day), c.id)))

    def _speaks_for(self, claim: Claim, actor: str | None, day: date) -> bool:
        """Whether the claim says that `actor` held the place around `day`."""
        if claim.window.middle > day or claim.event in {Event.BESIEGED, Event.OFFENSIVE_STARTED, Event.CONTESTED}:
            return claim.loser == actor
        return settles(claim.event) and claim.actor == actor

    def _probability(self, interval: Interval, confirming: list[Claim], age: int) -> float:
        """P(holder holds): the weight of the agreeing claims, fading towards one half with the days since confirmed.

        For a contested place it is shared among the sides.
        """
        sides = 1 + len(interval.holding.rivals)
        if interval.holding.status is Status.CONTESTED:
            return round(1 / max(2, sides), 3)
        weight = self.policy.combined(confirming)
        fading = exp(-age / self.policy.fade_days)
        return round(0.5 + (weight - 0.5) * fading if weight > 0.5 else weight, 3)
