"""Figures: how much ground, how many places and how many people each actor had, on a day or over a span."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from control.territory.ground import Grounds
from control.territory.holders import Hold, Holders, Standing
from geo.place import PlaceKind

Floats = NDArray[np.float64]

M2_PER_KM2 = 1e6

SURE, POSSIBLE = 0.75, 0.25
"""Ground is surely an actor's from the one probability on, and may be its from the other."""


@dataclass(frozen=True, slots=True)
class Range:
    """A figure and how far it may be off.

    Attributes
    ----------
    low
        What is surely the actor's: ground from a probability of `SURE` on; of places and people what reports assess alone.
    best
        With what is estimated.
    high
        What may be the actor's: ground from `POSSIBLE` on; of places and people with all that is contested.

    Of a divided place each side has its share. Where nobody measured it, it is nothing, an equal part, or all.
    """

    low: float
    best: float
    high: float


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one actor on one day.

    Attributes
    ----------
    total_km2
        Square kilometres, with the empty ground for which its places are the nearest.
    effective_km2
        Square kilometres within reach of its places.
    places
        Number of places.
    population
        Persons in its towns, as of the gazetteer and not of the date; quarters and camps of a town are counted with it.
    population_unknown
        Share, 0-1, of its towns whose population nobody knows: they count as zero. `None` when it has no town.
    """

    actor: str
    total_km2: Range
    effective_km2: Range
    places: Range
    population: Range
    population_unknown: float | None


@dataclass(frozen=True, slots=True)
class Rest:
    """What is no actor's for sure: square kilometres as for actors, and the number of places."""

    total_km2: float
    effective_km2: float
    places: int


@dataclass(frozen=True, slots=True)
class DayFigures:
    """The figures of a day. The actors' best figures, `contested` and `unknown` add up to all there is.

    A divided place is its sides' by their shares.

    Attributes
    ----------
    actors
        Those that may have held anything, the largest total area first.
    land_km2
        The theatre's land.
    beyond_km2
        How much of it lies beyond the reach of any place.
    """

    day: date
    actors: tuple[Figures, ...]
    contested: Rest
    unknown: Rest
    land_km2: float
    beyond_km2: float


@dataclass(frozen=True)
class Series:
    """The figures of many days, in order of time."""

    figures: tuple[DayFigures, ...]

    @property
    def days(self) -> tuple[date, ...]:
        """The days."""
        return tuple(figures.day for figures in self.figures)

    def with_day(self, figures: DayFigures) -> Series:
        """Return the series with the figures of one more day, in order of time."""
        others = [found for found in self.figures if found.day != figures.day]
        return Series(tuple(sorted((*others, figures), key=lambda found: found.day)))

    def lines(self, measure: str) -> dict[str, tuple[Range, ...]]:
        """Return one line an actor for a chart, in order of the actors' ids.

        Parameters
        ----------
        measure
            `total_km2`, `effective_km2`, `places` or `population`.
        """
        rows = [{f.actor: getattr(f, measure) for f in figures.actors} for figures in self.figures]
        actors = sorted({actor for row in rows for actor in row})
        nothing = Range(0, 0, 0)
        return {actor: tuple(row.get(actor, nothing) for row in rows) for actor in actors}


def statistics_on(grounds: Grounds, day: date) -> DayFigures:
    """Return the figures of a day.

    Raises
    ------
    SpanError
        When `day` is outside the theatre's span.
    """
    return next(statistics(grounds, [day]))


def series(grounds: Grounds, since: date, until: date, every: int) -> Series:
    """Return the figures from `since` to `until`, both included, every so many days. Raises as `statistics_on`."""
    days = [since + timedelta(days=n) for n in range(0, (until - since).days + 1, every)]
    return Series(tuple(statistics(grounds, days)))


def statistics(grounds: Grounds, days: Sequence[date]) -> Iterator[DayFigures]:
    """Return the figures of many days, in one pass."""
    measures = _Measures(grounds)
    for holders in grounds.holders(days):
        yield measures.on(holders)


class _Measures:
    """What each site weighs in each figure."""

    def __init__(self, grounds: Grounds) -> None:
        self._estimator = grounds.estimator
        topology, sites = grounds.landscape.topology, grounds.landscape.sites
        index = grounds.landscape.index
        town = np.array([p.kind is PlaceKind.TOWN for p in sites], dtype=bool)
        within = np.array([p.town in index for p in sites], dtype=bool)
        population = np.array([p.population or 0 for p in sites], dtype=float)
        counted = np.array([p.population is not None for p in sites], dtype=bool)
        self._area, self._total = topology.area / M2_PER_KM2, topology.total_area / M2_PER_KM2
        self._population = np.where(within, 0.0, population)
        self._towns, self._counted = town * 1.0, (town & counted) * 1.0
        self._land = topology.land_area / M2_PER_KM2
        self._beyond = self._land - float(self._area.sum())
        self._shared_by_none = 0.0 if len(sites) else self._land

    def on(self, holders: Holders) -> DayFigures:
        holds, size = holders.holds, len(holders.holds)
        sums = np.stack(
            [
                np.bincount(holders.ground_code, self._total, size),
                np.bincount(holders.ground_code, self._area, size),
                np.bincount(holders.code, minlength=size),
                np.bincount(holders.code, self._population, size),
                np.bincount(holders.code, self._towns, size),
                np.bincount(holders.code, self._counted, size),
            ]
        )  # (measures, ways to hold)
        low, best, high = (np.zeros((len(sums), len(holders.actors))) for _ in range(3))
        rest = {Standing.CONTESTED: np.zeros(len(sums)), Standing.UNKNOWN: np.zeros(len(sums))}
        for hold, column in zip(holds.all, sums.T, strict=True):
            if hold.standing is Standing.DIVIDED:
                for actor, part in parts_of(hold):
                    for sums_of, share in ((low, part.low), (best, part.best), (high, part.high)):
                        sums_of[:, actor] += share * column
                continue
            for actor in hold.sides:
                high[:, actor] += column
            if hold.standing in rest:
                rest[hold.standing] += column
                continue
            best[:, hold.actor] += column
            if hold.standing is Standing.ASSESSED:
                low[:, hold.actor] += column
        rest[Standing.UNKNOWN][0] += self._shared_by_none
        if self._estimator is not None:
            self._by_odds(holders, self._estimator.odds(holders.day), (low, best, high))
        figures = [
            _figures(actor, low[:, i], best[:, i], high[:, i])
            for i, actor in enumerate(holders.actors)
            if high[:4, i].any()
        ]
        return DayFigures(
            day=holders.day,
            actors=tuple(sorted(figures, key=lambda f: (-f.total_km2.best, f.actor))),
            contested=_rest(rest[Standing.CONTESTED]),
            unknown=_rest(rest[Standing.UNKNOWN]),
            land_km2=self._land,
            beyond_km2=self._beyond,
        )

    def _by_odds(self, holders: Holders, odds: Floats, bounds: tuple[Floats, Floats, Floats]) -> None:
        """Put in how far ground may be off: at the least what is surely an actor's, at the most what may be, in place."""
        low, best, high = bounds
        whole = holders.holds.standing[holders.ground_code] != Standing.DIVIDED
        for measure, areas in enumerate((self._total, self._area)):
            shared = np.zeros((3, len(holders.actors)))
            for hold, ground in zip(
                holders.holds.all, np.bincount(holders.ground_code, areas, len(holders.holds)), strict=True
            ):
                for actor, part in parts_of(hold) if hold.standing is Standing.DIVIDED else ():
                    shared[:, actor] += ground * np.array([part.low, part.best, part.high])
            sure, possible = ((areas * whole) @ (odds >= least) for least in (SURE, POSSIBLE))
            low[measure] = np.minimum(best[measure], sure + shared[0])
            high[measure] = np.maximum(best[measure], possible + shared[2])


def parts_of(hold: Hold) -> Iterator[tuple[int, Range]]:
    """Return the share of each side of a divided place: as measured, else equal parts that may be nothing or nearly all."""
    sides = hold.sides
    for actor, share in zip(sides, hold.shares or [None] * len(sides), strict=True):
        yield actor, Range(0.0, 1 / len(sides), 1.0) if share is None else Range(share, share, share)


def _figures(actor: str, low: Floats, best: Floats, high: Floats) -> Figures:
    total, effective, places, population = (Range(float(low[i]), float(best[i]), float(high[i])) for i in range(4))
    towns, counted = float(best[4]), float(best[5])
    return Figures(actor, total, effective, places, population, 1 - counted / towns if towns else None)


def _rest(sums: Floats) -> Rest:
    return Rest(float(sums[0]), float(sums[1]), int(sums[2]))
