"""Who held what, when, and why: the questions a reader asks of a theatre."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from math import log
from typing import Protocol

from control.assessment.changes import Change, change_between
from control.assessment.explanation import Explanation, Weighed, days_between, group
from control.assessment.likelihood import recorded
from control.assessment.mentions import mentioned_on
from control.assessment.model import Assessment, Interval, Status
from control.assessment.neighbours import NeighbourSay
from control.assessment.policy import BALANCED, Policy
from control.assessment.quarters import Quarter, with_quarters
from control.assessment.resolutions import Resolutions
from control.assessment.resolve import resolve_all
from control.assessment.testimony import confirms
from control.record.model import Claim
from control.record.theatre import Theatre
from geo.place import PlaceKind


class Surroundings(Protocol):
    """Tells what the neighbours of each place say of it."""

    def say(self, alone: Timeline) -> NeighbourSay:
        """Return it for a timeline in which each place is judged by its own reports alone."""
        ...


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
    surroundings
        Tells what the neighbours of each place say (`control.territory.surroundings`). Without it each place is judged by
        its own reports alone, and the policy says so.
    """

    def __init__(
        self,
        theatre: Theatre,
        policy: Policy = BALANCED,
        known_on: date | None = None,
        surroundings: Surroundings | None = None,
    ) -> None:
        self.theatre = theatre
        self.surroundings = surroundings if policy.neighbours else None
        self.policy = policy if self.surroundings else replace(policy, neighbours=0.0)
        self.known_on = known_on
        self._other_days: dict[date, Timeline] = {}

    def as_known_on(self, known_on: date | None) -> Timeline:
        """Return the timeline that uses only what was published by `known_on`."""
        if known_on == self.known_on:
            return self
        if known_on is None:
            return Timeline(self.theatre, self.policy, None, self.surroundings)
        if known_on not in self._other_days:
            self._other_days[known_on] = Timeline(self.theatre, self.policy, known_on, self.surroundings)
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
    def area_claims(self) -> tuple[Claim, ...]:
        """The claims about whole areas that were known: they hand over no single place."""
        return tuple(c for c in self.theatre.area_claims if self.known_on is None or c.known_from <= self.known_on)

    @cached_property
    def alone(self) -> Timeline:
        """The same with each place judged by its own reports alone: what neighbours are heard with."""
        return Timeline(self.theatre, self.policy, self.known_on) if self.surroundings else self

    @cached_property
    def neighbours(self) -> NeighbourSay | None:
        """What the neighbours of each place say; `None` where they are not heard."""
        return self.surroundings.say(self.alone) if self.surroundings else None

    @cached_property
    def resolutions(self) -> Resolutions:
        """The resolution of every place of the gazetteer that can be held."""
        return self._resolve(
            {p.id: self.claims.get(p.id, ()) for p in self.theatre.gazetteer.places if not p.kind.is_area}
        )

    def _resolve(
        self,
        claims: Mapping[str, Sequence[Claim]],
        also: Sequence[str] = (),
        place_of: Mapping[str, str] | None = None,
    ) -> Resolutions:
        span = self.theatre.settings
        active_from = {a.id: a.active_from for a in self.theatre.actors.values() if a.active_from}
        return resolve_all(claims, self.policy, span.start, span.end, active_from, also, self.neighbours, place_of)

    @cached_property
    def intervals(self) -> dict[str, tuple[Interval, ...]]:
        """Place id -> its intervals, which tile the theatre's span: half-open, no gap, no overlap."""
        alone = {place_id: resolution.intervals for place_id, resolution in self.resolutions.places.items()}
        return alone | {town: self._with_quarters(town, alone[town]) for town in self._quarters if town in alone}

    @cached_property
    def _quarters(self) -> dict[str, list[Quarter]]:
        """Town -> its quarters of which something is reported."""
        found: dict[str, list[Quarter]] = defaultdict(list)
        for place in self.theatre.gazetteer.places:
            if place.town and place.kind in {PlaceKind.QUARTER, PlaceKind.CAMP} and place.id in self.claims:
                intervals = self.resolutions.places[place.id].intervals
                found[place.town].append(Quarter(intervals, self._usable(place.id)))
        return dict(found)

    def _usable(self, place_id: str) -> list[Claim]:
        dropped = {claim.id for claim, _ in self.resolutions.places[place_id].discarded}
        return [claim for claim in self.claims.get(place_id, ()) if claim.id not in dropped]

    def _with_quarters(
        self, place_id: str, intervals: Sequence[Interval], without: Callable[[Claim], bool] = lambda _: False
    ) -> tuple[Interval, ...]:
        """Divide a town where its quarters have other holders; `without` names claims of it that are left out."""
        claims = [claim for claim in self._usable(place_id) if not without(claim)]
        return with_quarters(intervals, claims, self._quarters.get(place_id, []), self.policy)

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
        probabilities = tuple((actor, recorded(p)) for actor, p in self.resolutions.probabilities(place_id, day))
        age = self.days_since_confirmed(interval, day)
        mentioned = mentioned_on(self.claims.get(place_id, ()), day, self.policy)
        probability, claims = None, interval.claims
        if holding.status is not Status.UNKNOWN and holding.actor is not None:
            claims = self._by_weight(interval.claims, day)
            if holding.status is not Status.DIVIDED:
                probability = dict(probabilities).get(holding.actor, 0.0)
        return Assessment(place_id, day, self.known_on, holding, probability, claims, age, probabilities, mentioned)

    def days_since_confirmed(self, interval: Interval, day: date) -> int | None:
        """Days between `day` and the nearest claim of an interval that names its holder, or of any where none does."""
        actor = interval.holding.actor
        claims = interval.claims
        if interval.holding.status is not Status.UNKNOWN and actor is not None:
            claims = tuple(c for c in claims if confirms(c, actor, day)) or claims
        return min((days_between(c, day) for c in claims), default=None)

    def why(self, place_id: str, day: date, known_on: date | None = None) -> Explanation:
        """Explain an assessment by every claim of the place: each is left out in turn. Raises as `assess`."""
        if known_on is not None and known_on != self.known_on:
            return self.as_known_on(known_on).why(place_id, day)
        assessment = self.assess(place_id, day)
        claims = self.claims.get(place_id, ())
        dropped = {claim.id: rule for claim, rule in self.resolutions.places[place_id].discarded}
        named = self.resolutions.actors[self.resolutions.rows[place_id]]
        rest_of = {c.id: [o for o in claims if o.id != c.id] for c in claims if c.id not in dropped}
        without = self._resolve(rest_of, named, dict.fromkeys(rest_of, place_id))
        actor = assessment.holding.actor or next((a for a, _ in assessment.probabilities), "")
        (mine,) = self.resolutions.probability(place_id, actor, [day])
        now = recorded(mine)
        weighed = []
        for claim in claims:
            if claim.id not in dropped:
                (rest,) = without.probability(claim.id, actor, [day])
                left_out = self._with_quarters(place_id, without.places[claim.id].intervals, claim.__eq__)
                there = _interval_on(left_out, day).holding
                evidence = round(_log_odds(mine) - _log_odds(rest), 3)
                left = recorded(rest)
                flips = not there.reads_as(assessment.holding)
                weighed.append(Weighed(claim, round(now - left, 3), evidence, flips, "", left, there))
        return group(assessment, weighed, [Weighed(c, rule=dropped[c.id]) for c in claims if c.id in dropped])

    def without(self, source_id: str, places: Sequence[str]) -> dict[str, tuple[Interval, ...]]:
        """Return the intervals of some places as they would be without one source."""
        claims = {p: [c for c in self.claims.get(p, ()) if c.source.id != source_id] for p in places}
        return {
            p: self._with_quarters(p, resolution.intervals, lambda claim: claim.source.id == source_id)
            for p, resolution in self._resolve(claims).places.items()
        }

    def changes(self, since: date, until: date, known_on: date | None = None) -> tuple[Change, ...]:
        """List the changes from `since` to `until`, both days included, by date and place."""
        if known_on is not None and known_on != self.known_on:
            return self.as_known_on(known_on).changes(since, until)
        found = [
            change_between(intervals[:number], intervals[number])
            for intervals in self.intervals.values()
            for number in range(1, len(intervals))
            if since <= intervals[number].start <= until
        ]
        return tuple(sorted(found, key=lambda c: (c.day, self.theatre.gazetteer.place(c.place_id).name, c.place_id)))

    def differences(self, first: date, second: date) -> tuple[Change, ...]:
        """List the places that stood otherwise on the later of two days than on the earlier one, by id.

        What happened in between and was undone is not in it. The day of each is that from which on it stood as in the end.

        Raises
        ------
        SpanError
            When a day is outside the theatre's span.
        """
        since, until = sorted((self.theatre.check_date(first), self.theatre.check_date(second)))
        found = []
        for _, intervals in sorted(self.intervals.items()):
            before, after = (_number_on(intervals, day) for day in (since, until))
            if not intervals[before].holding.same_as(intervals[after].holding):
                found.append(change_between(intervals[: before + 1], intervals[after]))
        return tuple(found)

    def _by_weight(self, claims: tuple[Claim, ...], day: date) -> tuple[Claim, ...]:
        """Order by weight, then by nearness in time, then by id: never by the order in the file."""
        return tuple(sorted(claims, key=lambda c: (-self.policy.weight(c), days_between(c, day), c.id)))


def _log_odds(probability: float) -> float:
    certain = 1e-12
    return log(max(probability, certain) / max(1 - probability, certain))


def _interval_on(intervals: Sequence[Interval], day: date) -> Interval:
    return intervals[_number_on(intervals, day)]


def _number_on(intervals: Sequence[Interval], day: date) -> int:
    return bisect_right(intervals, day, key=lambda i: i.start) - 1
