"""What its reports say of each reported site, as odds on any day."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from control.assessment.timeline import Timeline
from control.territory.estimate import Floats
from control.territory.landscape import Landscape
from control.territory.odds import spread_rest


class SiteEvidence:
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
        count, width = len(self.actors), len(found.curves.prior)
        self._columns = np.full((len(named), width), count, dtype=np.int64)
        self._is_named = np.zeros((len(named), count + 1), dtype=bool)
        for i, (_, row) in enumerate(named):
            numbers = [number[actor] for actor in found.actors[row]]
            self._columns[i, : len(numbers)] = numbers
            self._is_named[i, numbers] = True
        # Before its first report, what is known of a place is who lost it then: the less, the later that was.
        self._look_back = look_back_days
        first = [min(event.day for event in found.places[landscape.sites[site].id].events) for site, _ in named]
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
        return spread_rest(self._stated(day), self._is_named[:, : len(self.actors)], self.active(day))

    def among(self, day: date, shares: Floats) -> Floats:
        """Return the same with what the named actors lack to 1 dealt to the others by shares, shape (reported sites, K)."""
        odds = self._stated(day) * self.active(day)
        others = np.where(self._is_named[:, : len(self.actors)] | ~self.active(day), 0.0, shares)
        rest = np.maximum(0.0, 1 - odds.sum(axis=1, keepdims=True))
        return np.asarray(odds + rest * others / np.maximum(others.sum(axis=1, keepdims=True), 1e-12))

    def _stated(self, day: date) -> Floats:
        """P(actor holds the site) for those that reports name, shape (reported sites, K)."""
        count = len(self.actors)
        odds = np.zeros((len(self._rows), count + 1))
        if not len(self._rows):
            return odds[:, :count]
        days = np.full(len(self._rows), (day - self._start).days, dtype=np.int64)
        states = self._curves.at(self._rows, days)
        lines = np.arange(len(odds))
        for number, state in enumerate(states):
            odds[lines, self._columns[:, number]] += state
        return odds[:, :count]
