"""Who holds the places that nobody reported: estimated from the places around them that somebody did.

A screened harmonic function on the place graph (Zhu, Ghahramani and Lafferty 2003, semi-supervised learning by Gaussian
fields): every place takes the mean of its neighbours, weighted by how near they are and less across rivers; a reported place
is held to what its reports say, as firmly as they say it. The matrix is made anew every four weeks; between, only the
right-hand side changes with the date, so that a date is a solve and no factorisation.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from control.assessment.explanation import days_between
from control.assessment.likelihood import estimated
from control.assessment.model import Status
from control.assessment.testimony import sides_of
from control.assessment.timeline import Timeline
from control.record.dates import DateWindow
from control.territory.area_evidence import AreaEvidence, AreaSay, RiverLine, area_evidence
from control.territory.borders import Borders
from control.territory.estimate import DEFAULTS, Driver, Estimate, EstimateSettings, Field, Floats, Ints
from control.territory.landscape import Landscape
from control.territory.odds import sharpened, sureness, uniform
from control.territory.site_evidence import SiteEvidence
from control.territory.solver import Solver

EVERY_DAYS = 7
"""Estimates are made anew on each day on which a holding changes, and at least so often."""

FIRM_DAYS = 28
"""How long a matrix serves: how sure reports are changes slowly, and to factorise takes ten times as long as to solve."""

MOST_MATRICES = 3
"""Factorised matrices kept; one of 33,000 places takes about 20 MB."""

DRIVERS = 3

TINY = 1e-300

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class _Told:
    """What is told of each site on a day.

    Attributes
    ----------
    said, heard
        What speaks for each actor, and all that speaks: shapes (n, K) and (n, 1).
    known, weights
        What the reports of each reported site say, and how much that counts: shapes (r, K) and (r,).
    present
        Who holds anything in each country; `None` where borders do not count.
    """

    said: Floats
    heard: Floats
    known: Floats
    weights: Floats
    present: Bools | None


class Estimator:
    """Estimates for the sites of a landscape from the assessments of a timeline.

    Parameters
    ----------
    timeline
        Its policy and knowledge date are the estimates' too.
    landscape
        The place graph and the rivers.
    """

    def __init__(self, timeline: Timeline, landscape: Landscape, settings: EstimateSettings = DEFAULTS) -> None:
        self.timeline, self.landscape, self.settings = timeline, landscape, settings
        self.evidence = SiteEvidence(timeline.alone, landscape, settings.look_back_days)
        self.actors = self.evidence.actors
        self.borders = Borders([place.country for place in landscape.sites], self.evidence.sites)
        self._solvers: dict[tuple[int, tuple[RiverLine, ...]], Solver] = {}
        self._last: tuple[date, Floats] | None = None

    @cached_property
    def _heard(self) -> SiteEvidence | None:
        """What reports and neighbours together say of each reported site, where the timeline hears neighbours."""
        if self.timeline.neighbours is None:
            return None
        return SiteEvidence(self.timeline, self.landscape, self.settings.look_back_days)

    @cached_property
    def areas(self) -> AreaEvidence:
        """What reports say of whole areas, as far as it was known."""
        return area_evidence(self.timeline, self.landscape)

    @cached_property
    def ticks(self) -> tuple[date, ...]:
        """The days on which the estimates are made anew: on all days in between they stay."""
        span = self.timeline.theatre.settings
        days = {span.start + timedelta(days=n) for n in range(0, (span.end - span.start).days, EVERY_DAYS)}
        for place in self.landscape.sites:
            days |= {interval.start for interval in self.timeline.intervals.get(place.id, ())}
        days |= {day for line in self.areas.lines for day in (line.start, line.end)} | set(self.areas.days)
        return tuple(sorted(day for day in days if span.start <= day < span.end))

    def tick(self, day: date) -> date:
        """Return the day on which the estimates of `day` were made."""
        return self.ticks[bisect_right(self.ticks, day) - 1]

    def odds(self, day: date) -> Floats:
        """Return the estimated P(actor holds the site), shape (n, K), for every site.

        Rows sum to 1; where few actors exist, what is missing is somebody else's (`control.territory.odds.FEWEST`).

        Raises
        ------
        SpanError
            When `day` is outside the theatre's span.
        """
        tick = self.tick(self.timeline.theatre.check_date(day))
        if self._last is None or self._last[0] != tick:
            self._last = (tick, self._solve(tick))
        return self._last[1]

    def field(self, day: date) -> Field:
        """Return the most probable holder of every site. Raises as `odds`."""
        odds = self.odds(day)
        best = odds.argmax(axis=1) if odds.shape[1] else np.zeros(len(odds), dtype=np.int64)
        probability = odds[np.arange(len(odds)), best] if odds.shape[1] else np.zeros(len(odds))
        return Field(day, np.where(probability >= self.settings.least_probability, best, -1), probability)

    def fields(self, days: Sequence[date]) -> Iterator[Field]:
        """Return the fields of many days; days between two ticks share one."""
        made: tuple[date, Field] | None = None
        for day in days:
            tick = self.tick(day)
            if made is None or made[0] != tick:
                made = (tick, self.field(day))
            yield Field(day, made[1].actor, made[1].probability)

    def estimate(self, site: int, day: date) -> Estimate:
        """Estimate one site, and name the evidence that drives it. Raises as `odds`."""
        odds = self.odds(day)[site]
        best = int(odds.argmax()) if len(odds) else -1
        is_known = best >= 0 and odds[best] >= self.settings.least_probability
        tick = self.tick(day)
        weights = self.weights(self.evidence.on(tick), tick)
        drivers = self._drivers(site, self.solver(tick), weights)
        return Estimate(
            self.landscape.sites[site].id,
            day,
            self.actors[best] if is_known else None,
            float(estimated(odds[best])) if is_known else None,
            drivers,
            self._own_report(site, day) if any(d.place_id == self.landscape.sites[site].id for d in drivers) else None,
        )

    def _own_report(self, site: int, day: date) -> DateWindow | None:
        """Return when the nearest of a place's own reports that name a holder tells of: it is of another time."""
        claims = [c for c in self.timeline.claims.get(self.landscape.sites[site].id, ()) if any(sides_of(c))]
        nearest = min(claims, key=lambda c: (days_between(c, day), c.window.first, c.id), default=None)
        return nearest.window if nearest else None

    def drivers(self, site: int) -> tuple[Driver, ...]:
        """Return the evidence that an estimate of a site rests on in the middle of the span."""
        tick = self.ticks[len(self.ticks) // 2]
        return self._drivers(site, self.solver(tick), self.weights(self.evidence.on(tick), tick))

    def steps(self) -> list[list[tuple[int, int, float]]]:
        """Return, for each site, its estimates over the stretches of the span in which no report tells of it.

        Returns
        -------
        list of list of (day number, index of actor or -1, probability)
            Each holds until the next one, or until the timeline has an assessment. A new one begins with each such stretch,
            and where the actor or the probability as `estimate` tells it changes: on every day both say the same.
        """
        start = self.timeline.theatre.settings.start
        open_on = self._open_days()
        found: list[list[tuple[int, int, float]]] = [[] for _ in self.landscape.sites]
        actor = np.full(len(found), -2, dtype=np.int64)
        said = np.full(len(found), -1.0)
        was_open = np.zeros(len(found), dtype=bool)
        for day in self.ticks:
            field = self.field(day)
            is_open = open_on(day)
            probability = np.where(field.actor >= 0, estimated(field.probability), 0.0)
            moved = (field.actor != actor) | (probability != said)
            new = is_open & (moved | ~was_open)
            number = (day - start).days
            for site in np.flatnonzero(new).tolist():
                found[site].append((number, int(field.actor[site]), float(probability[site])))
            actor[new], said[new] = field.actor[new], probability[new]
            was_open = is_open
        return found

    def _open_days(self) -> Callable[[date], NDArray[np.bool_]]:
        """Return a function of the day: which sites the timeline has no assessment of, shape (n,)."""
        unknown: list[list[tuple[date, bool]]] = [
            [(i.start, i.holding.status is Status.UNKNOWN) for i in self.timeline.intervals.get(place.id, ())]
            for place in self.landscape.sites
        ]
        changes = sorted((day, site, state) for site, rows in enumerate(unknown) for day, state in rows)
        state = np.ones(len(unknown), dtype=bool)
        position = 0

        def on(day: date) -> NDArray[np.bool_]:
            nonlocal position
            while position < len(changes) and changes[position][0] <= day:
                _, site, is_open = changes[position]
                state[site] = is_open
                position += 1
            return state.copy()

        return on

    def _solve(self, tick: date) -> Floats:
        told = self._told(tick)
        odds = self._odds(told.said, told.heard, told.present)
        if self._heard is not None and len(self.evidence.sites):
            odds[self.evidence.sites] = self._reported(tick)
        return odds

    def without_own(self, tick: date) -> Floats:
        """Return what is said of each reported site with its own reports left out, shape (reported sites, K).

        To leave a site out is to take its source away, and its hold on the matrix with it: by Sherman and Morrison (1950)
        that scales all that is said of it alike.
        """
        told, sites = self._told(tick), self.evidence.sites
        own = (self.solver(tick).own() * told.weights)[:, None]
        floor = self.solver(tick).pull[sites][:, None]
        said = np.maximum(told.said[sites] - own * told.known, 0.0)
        heard = np.maximum(told.heard[sites] - own, floor)
        return self._odds(said, heard, told.present, sites)

    def _told(self, tick: date) -> _Told:
        settings, solver = self.settings, self.solver(tick)
        active = self.evidence.active(tick)
        known = self.evidence.on(tick)
        weights = settings.absorb * self.weights(known, tick)
        count = len(self.actors)
        sources = np.zeros((self.landscape.graph.size, count + 1))
        sources[self.evidence.sites, :count] = weights[:, None] * known
        sources[self.evidence.sites, count] = weights
        areas = self.areas.on(tick, self.actors, active)
        sources += self._area_sources(areas, active)
        solved, pull = solver.solve(sources), solver.pull[:, None]
        present = self.borders.present(known, areas) if settings.borders else None
        return _Told(solved[:, :count] + pull * uniform(active), solved[:, count:] + pull, known, weights, present)

    def _odds(self, said: Floats, heard: Floats, present: Bools | None, sites: Ints | None = None) -> Floats:
        if present is not None:
            said, heard = self.borders.within(said, heard, present, sites)
        exponent = self.settings.exponent(len(self.actors))
        return sharpened(said / np.maximum(heard, TINY), exponent)

    def _reported(self, tick: date) -> Floats:
        """Return the odds of the reported sites as assessed; of who is not named there, as neighbours say."""
        evidence, say, heard = self.evidence, self.timeline.neighbours, self._heard
        if say is None or heard is None:
            raise ValueError("this timeline hears no neighbours")
        numbers = np.array([say.rows[self.landscape.sites[site].id] for site in evidence.sites.tolist()])
        around = say.at(numbers, (tick - self.timeline.theatre.settings.start).days) * evidence.active(tick)
        around /= np.maximum(around.sum(axis=1, keepdims=True), TINY)
        near = evidence.nearness(tick)[:, None]
        return near * heard.among(tick, around) + (1 - near) * around

    def _area_sources(self, areas: Sequence[AreaSay], active: Bools) -> Floats:
        """Return what reports of areas say of each site, shape (n, K + 1): of areas that overlap, the one that says most."""
        count = len(self.actors)
        found = np.zeros((self.landscape.graph.size, count + 1))
        for area in areas:
            sure = float(sureness(area.odds[None, :], int(active.sum()))[0])
            weight = self.settings.area * area.freshness * sure
            better = area.members[found[area.members, count] < weight]
            found[better, :count] = weight * area.odds
            found[better, count] = weight
        return found

    def weights(self, known: Floats, tick: date) -> Floats:
        """Return how much each reported site's odds, shape (r, K), say on a day, shape (r,)."""
        return sureness(known, int(self.evidence.active(tick).sum())) * self.evidence.nearness(tick)

    def solver(self, tick: date) -> Solver:
        """Return the factorised matrix that serves a day: that of its four weeks and of the river lines on it."""
        start = self.timeline.theatre.settings.start
        weeks = (tick - start).days // FIRM_DAYS
        lines = tuple(line for line in self.areas.lines if line.start <= tick < line.end)
        if (weeks, lines) not in self._solvers:
            day = start + timedelta(days=weeks * FIRM_DAYS)
            firmness = self.settings.absorb * self.weights(self.evidence.on(day), day)
            for old in list(self._solvers)[: 1 - MOST_MATRICES]:
                del self._solvers[old]
            self._solvers[weeks, lines] = Solver(self.landscape, self.evidence.sites, firmness, self.settings, lines)
        return self._solvers[weeks, lines]

    def _drivers(self, site: int, solver: Solver, weights: Floats) -> tuple[Driver, ...]:
        if not len(self.evidence.sites):
            return ()
        say = np.maximum(0.0, solver.influence(site)[self.evidence.sites]) * weights
        total = say.sum()
        if total <= 0:
            return ()
        sites = self.landscape.sites
        position = sites[site].position
        order = sorted(np.argsort(-say, kind="stable")[:DRIVERS].tolist())
        found = [
            Driver(
                sites[other].id, round(position.distance_km(sites[other].position), 1), round(float(say[i] / total), 3)
            )
            for i, other in ((i, int(self.evidence.sites[i])) for i in order)
        ]
        return tuple(sorted(found, key=lambda d: (-d.share, d.distance_km, d.place_id)))
