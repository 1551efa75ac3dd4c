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
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.linalg import splu

from control.area_evidence import AreaEvidence, RiverLine, area_evidence
from control.landscape import Landscape
from control.model import Status
from control.odds import spread_rest, sureness, uniform
from control.timeline import Timeline
from geo.graph import PlaceGraph

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

EVERY_DAYS = 7
"""Estimates are made anew on each day on which a holding changes, and at least so often."""

FIRM_DAYS = 28
"""How long a matrix serves: how sure reports are changes slowly, and to factorise takes ten times as long as to solve."""

KEPT = 3
"""Factorised matrices kept; one of 33,000 places takes about 20 MB."""

MAP_STEP = 0.1
"""On the map, an estimate is told anew when its probability has moved so far."""

DRIVERS = 3


@dataclass(frozen=True, slots=True)
class EstimateSettings:
    """The constants of the estimate; `docs/decisions/0007` has the measurements that chose them.

    Attributes
    ----------
    range_km
        Distance over which a neighbour's say falls to 1/e, on top of 1/distance.
    least_km
        Nearer neighbours count as if they were so far: coordinates are no better.
    river, river_line
        Factor for a neighbour across a river, and where reports say that the river is the line.
    absorb
        How firmly a reported place is held to its reports, against its neighbours at 1 km.
    anchor
        Pull towards `nobody knows`; it wins far from all evidence.
    look_back_days
        How long before its first report the loser that it names still says something of a place; half as long before, 1/e.
    area
        How much a fresh report of a whole area says of each place in it.
    sharpness
        Exponent that turns the harmonic mean into odds.
    least_probability
        With less for anybody the ground is unknown.
    """

    range_km: float = 30.0
    least_km: float = 0.5
    river: float = 0.5
    river_line: float = 0.05
    absorb: float = 2.0
    anchor: float = 1e-4
    look_back_days: int = 730
    area: float = 0.02
    sharpness: float = 1.5
    least_probability: float = 0.5


DEFAULTS = EstimateSettings()


@dataclass(frozen=True)
class Field:
    """The estimate of every site on a day: index into `Estimator.actors`, -1 for nobody known, and how probable he is."""

    day: date
    actor: Ints
    probability: Floats


@dataclass(frozen=True, slots=True)
class Driver:
    """Evidence that an estimate rests on: a reported place, how far it is, and its share, 0-1."""

    place_id: str
    distance_km: float
    share: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """Who probably holds a place that no report tells of; `drivers` by share, the largest first."""

    place_id: str
    day: date
    actor: str | None
    probability: float | None
    drivers: tuple[Driver, ...]


class Evidence:
    """What its reports say of each reported site: P(actor holds it) on any day."""

    def __init__(self, timeline: Timeline, landscape: Landscape, look_back_days: int) -> None:
        found = timeline.resolutions
        self.actors = tuple(sorted(a.id for a in timeline.theatre.actors.values() if not a.parent))
        number = {actor: i for i, actor in enumerate(self.actors)}
        reported = [(site, found.rows[p.id]) for site, p in enumerate(landscape.sites) if p.id in found.rows]
        named = [(site, row) for site, row in reported if found.actors[row]]
        self.sites = np.array([site for site, _ in named], dtype=np.int64)
        self._rows = np.array([row for _, row in named], dtype=np.int64)
        self._curves, self._start = found.curves, found.start
        # The actor of each state of each place; states without one go to a column of their own.
        count, width = len(self.actors), found.curves.after.shape[1]
        self._columns = np.full((len(named), width), count, dtype=np.int64)
        self._is_named = np.zeros((len(named), count + 1), dtype=bool)
        for i, (_, row) in enumerate(named):
            numbers = [number[actor] for actor in found.actors[row]]
            self._columns[i, : len(numbers)] = numbers
            self._is_named[i, numbers] = True
        # Before its first report, what is known of a place is who lost it then: the less, the later that was.
        self._look_back = look_back_days
        first = [min(told.day for told in found.places[landscape.sites[site].id].told) for site, _ in named]
        self._first = np.array([(day - found.start).days for day in first], dtype=np.int64)
        self._since = np.array([found.active_from.get(a, 0) for a in self.actors], dtype=np.int64)

    def active(self, day: date) -> NDArray[np.bool_]:
        """Which actors exist on a day, shape (K,)."""
        return np.asarray(self._since <= (day - self._start).days)

    def nearness(self, day: date) -> Floats:
        """Return how much each site's reports say of a day before the first of them, 0-1, shape (reported sites,)."""
        ahead = np.maximum(0, self._first - (day - self._start).days)
        return np.where(ahead < self._look_back, np.exp(-ahead / (self._look_back / 2)), 0.0)

    def on(self, day: date) -> Floats:
        """Return P(actor holds the site) on a day, shape (reported sites, K)."""
        count = len(self.actors)
        odds = np.zeros((len(self._rows), count + 1))
        if not len(self._rows):
            return odds[:, :count]
        days = np.full(len(self._rows), (day - self._start).days, dtype=np.int64)
        states = self._curves.at(self._rows, days)
        lines = np.arange(len(odds))
        for column in range(states.shape[1]):
            odds[lines, self._columns[:, column]] += states[:, column]
        return spread_rest(odds[:, :count], self._is_named[:, :count], self.active(day))


def conductances(graph: PlaceGraph, settings: EstimateSettings, strong: Ints | None = None) -> Floats:
    """Return how much neighbours say of each other, shape (e,): exp(-d / range) / d by their distance d in km.

    Across a river it is less; `strong` are the rows of `graph.parted` where the river is the line.
    """
    distance = np.maximum(graph.lengths / 1000, settings.least_km)
    barrier = np.ones(len(distance))
    np.multiply.at(barrier, graph.parted, settings.river)
    if strong is not None:
        barrier[graph.parted[strong]] = settings.river_line
    return np.asarray(np.exp(-distance / settings.range_km) / distance * barrier)


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
        self.evidence = Evidence(timeline, landscape, settings.look_back_days)
        self.actors = self.evidence.actors
        self._solvers: dict[tuple[int, tuple[RiverLine, ...]], Solver] = {}
        self._last: tuple[date, Floats] | None = None

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

        Rows sum to 1; where few actors exist, what is missing is somebody else's (`control.odds.FEWEST`).

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
            round(float(odds[best]), 3) if is_known else None,
            drivers,
        )

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
            where the actor changes, and where the probability has moved by `MAP_STEP`.
        """
        start = self.timeline.theatre.settings.start
        open_on = self._open_days()
        found: list[list[tuple[int, int, float]]] = [[] for _ in self.landscape.sites]
        actor = np.full(len(found), -2, dtype=np.int64)
        told = np.full(len(found), -1.0)
        was_open = np.zeros(len(found), dtype=bool)
        for day in self.ticks:
            field = self.field(day)
            is_open = open_on(day)
            moved = (field.actor != actor) | ((field.actor >= 0) & (np.abs(field.probability - told) >= MAP_STEP))
            new = is_open & (moved | ~was_open)
            number = (day - start).days
            for site in np.flatnonzero(new).tolist():
                found[site].append((number, int(field.actor[site]), round(float(field.probability[site]), 3)))
            actor[new], told[new] = field.actor[new], field.probability[new]
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
        settings, solver = self.settings, self.solver(tick)
        active = self.evidence.active(tick)
        known = self.evidence.on(tick)
        weights = settings.absorb * self.weights(known, tick)
        count = len(self.actors)
        sources = np.zeros((self.landscape.graph.size, count + 1))
        sources[self.evidence.sites, :count] = weights[:, None] * known
        sources[self.evidence.sites, count] = weights
        sources += self._area_sources(tick, active)
        solved = solver.solve(sources)
        pull = solver.pull[:, None]
        mean = np.maximum(0.0, (solved[:, :count] + pull * uniform(active)) / (solved[:, count:] + pull))
        others = np.maximum(0.0, 1 - mean.sum(axis=1, keepdims=True))
        sharp = mean**settings.sharpness
        return np.asarray(sharp / (sharp.sum(axis=1, keepdims=True) + others**settings.sharpness))

    def _area_sources(self, tick: date, active: NDArray[np.bool_]) -> Floats:
        """Return what reports of areas say of each site, shape (n, K + 1): of areas that overlap, the one that says most."""
        count = len(self.actors)
        found = np.zeros((self.landscape.graph.size, count + 1))
        for area in self.areas.on(tick, self.actors, active):
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
            for old in list(self._solvers)[: 1 - KEPT]:
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
        here = sites[site].position
        order = sorted(np.argsort(-say, kind="stable")[:DRIVERS].tolist())
        found = [
            Driver(sites[other].id, round(here.distance_km(sites[other].position), 1), round(float(say[i] / total), 3))
            for i, other in ((i, int(self.evidence.sites[i])) for i in order)
        ]
        return tuple(sorted(found, key=lambda d: (-d.share, d.distance_km, d.place_id)))


class Solver:
    """The factorised matrix for one set of rivers that are lines.

    Parameters
    ----------
    reported, firmness
        Sites with reports, and how firmly each is held to them, both of shape (r,).
    """

    def __init__(
        self,
        landscape: Landscape,
        reported: Ints,
        firmness: Floats,
        settings: EstimateSettings,
        lines: Sequence[RiverLine],
    ) -> None:
        graph = landscape.graph
        strong = _strong(landscape, lines)
        weights = conductances(graph, settings, strong)
        first, second = graph.pairs.T
        both = (np.concatenate((first, second)), np.concatenate((second, first)))
        flow = sp.coo_matrix((np.concatenate((weights, weights)), both), shape=(graph.size, graph.size)).tocsc()
        held = np.full(graph.size, settings.anchor)
        held[reported] += firmness
        diagonal = np.asarray(flow.sum(axis=1)).ravel() + held
        self._size = graph.size
        # Symmetric and diagonally dominant: no pivoting, and a fill-reducing order made for symmetric matrices.
        self._factor = (
            splu(
                (sp.diags(diagonal) - flow).tocsc(),
                permc_spec="MMD_AT_PLUS_A",
                diag_pivot_thresh=0.0,
                options={"SymmetricMode": True},
            )
            if graph.size
            else None
        )
        self.pull = self.solve(np.full((graph.size, 1), settings.anchor)).ravel()

    def solve(self, sources: Floats) -> Floats:
        """Solve for sources of shape (n, columns)."""
        return np.asarray(self._factor.solve(sources)) if self._factor is not None else sources

    def influence(self, site: int) -> Floats:
        """Return how much a source at each site says of one site, shape (n,): the matrix is symmetric."""
        unit = np.zeros((self._size, 1))
        unit[site] = 1.0
        return self.solve(unit).ravel()


def _strong(landscape: Landscape, lines: Sequence[RiverLine]) -> Ints:
    """Return the rows of `graph.parted` that lie where a river is the line."""
    graph = landscape.graph
    middles = landscape.points[graph.pairs[graph.parted]].mean(axis=1)
    found = np.zeros(len(graph.parted), dtype=bool)
    for line in lines:
        away = np.hypot(middles[:, 0] - line.centre[0], middles[:, 1] - line.centre[1])
        found |= (graph.parting == line.river) & (away <= line.radius_m)
    return np.flatnonzero(found)
