"""What became of the claims of places: intervals, and the probability of every side on any day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from control.assessment.chain import Curves, Floats
from control.assessment.events import Event
from control.assessment.model import Interval
from control.assessment.steps import Spans, percent_steps
from control.record.model import Claim


@dataclass(frozen=True)
class Resolution:
    """The intervals of one place, its events, and the claims that nothing leans on, with the rule for it."""

    intervals: tuple[Interval, ...]
    events: tuple[Event, ...]
    discarded: tuple[tuple[Claim, str], ...]


@dataclass(frozen=True)
class Resolutions:
    """The resolutions of many places, and their posteriors."""

    places: Mapping[str, Resolution]
    rows: Mapping[str, int]
    actors: Sequence[tuple[str, ...]]
    curves: Curves
    active_from: Mapping[str, int]
    start: date

    def probabilities(self, place_id: str, day: date) -> tuple[tuple[str, float], ...]:
        """Return (actor, P(it holds the place)) on a day, best first; what is missing to 1 is somebody else's."""
        actors = self.actors[self.rows[place_id]]
        if not actors:
            return ()
        posterior = self._posterior(place_id, [day])[:, 0]
        pairs = [(actor, float(p)) for actor, p in zip(actors, posterior, strict=False)]
        return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))

    def posteriors(self, place_ids: Sequence[str], day: date) -> Floats:
        """Return P(it holds the place) on a day for `actors` of many places, shape (K, places); other states follow."""
        rows = np.array([self.rows[place] for place in place_ids], dtype=np.int64)
        number = (day - self.start).days
        posterior = self.curves.at(rows, np.full(len(rows), number, dtype=np.int64))
        for column, row in enumerate(rows.tolist()):
            for state, actor in enumerate(self.actors[row]):
                if number < self.active_from.get(actor, 0):
                    posterior[state, column] = 0.0
        return posterior

    def probability(self, place_id: str, actor: str, days: Sequence[date]) -> list[float]:
        """Return P(`actor` holds the place) on many days at once."""
        actors = self.actors[self.rows[place_id]]
        if actor not in actors or not days:
            return [0.0] * len(days)
        return [float(p) for p in self._posterior(place_id, days)[actors.index(actor)]]

    def percents(self, spans: Sequence[tuple[str, str, date, date]]) -> list[list[tuple[date, int]]]:
        """Return the whole percent of P(actor holds the place) over spans (place, actor, start, end), end not included.

        Returns
        -------
        list of list of (day, percent)
            For each span its first day, and each day on which the printed figure becomes another one.
        """
        found: list[list[tuple[date, int]]] = [[] for _ in spans]
        known = [
            (
                n,
                self.rows[place],
                self.actors[self.rows[place]].index(actor),
                self.active_from.get(actor, 0),
                start,
                end,
            )
            for n, (place, actor, start, end) in enumerate(spans)
            if actor in self.actors[self.rows[place]]
        ]
        for number in set(range(len(spans))) - {n for n, *_ in known}:
            found[number].append((spans[number][2], 0))
        if not known:
            return found
        numbers, rows, columns, since, starts, ends = zip(*known, strict=True)
        first, last = (np.array([(day - self.start).days for day in days]) for days in (starts, ends))
        steps = percent_steps(self.curves, Spans(np.array(rows), np.array(columns), first, last, np.array(since)))
        for span, day, percent in zip(*(array.tolist() for array in steps), strict=True):
            found[numbers[span]].append((self.start + timedelta(days=day), percent))
        return found

    def _posterior(self, place_id: str, days: Sequence[date]) -> Floats:
        row = self.rows[place_id]
        numbers = np.array([(day - self.start).days for day in days], dtype=np.int64)
        posterior = self.curves.at(np.full(len(days), row, dtype=np.int64), numbers)
        for state, actor in enumerate(self.actors[row]):
            # before it existed, whatever speaks for it speaks for somebody else
            posterior[state, numbers < self.active_from.get(actor, 0)] = 0.0
        return posterior
