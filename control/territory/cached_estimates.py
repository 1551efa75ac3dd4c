"""Estimates of the whole span, kept on disk: what a map needs of them is solved once for each set of reports and policy."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from threading import RLock
from typing import Any

from control.assessment.timeline import Timeline
from control.storage.sealed_cache import delete_all_but, read_sealed, write_sealed
from control.territory.cache_key import cache_key
from control.territory.estimate import DEFAULTS, Driver, Estimate, EstimateSettings, Floats
from control.territory.estimator import Estimator
from control.territory.landscape import Landscape

MOST_FILES = 48
"""Any reader may ask for any day of knowledge: of more files than these, the ones not asked for longest are deleted."""

Step = tuple[int, int, float]
WholeSpan = tuple[list[list[Step]], list[tuple[Driver, ...]]]
"""The steps of every site over the span, and the drivers of each that has any."""


class CachedEstimator(Estimator):
    """An estimator that many visitors share: it answers one at a time, and keeps its steps in the landscape's cache.

    What it says is what `Estimator` says. A file that is damaged or of another make is built anew; where nothing can be
    written, nothing is kept, and nothing that a visitor uploaded.
    """

    def __init__(self, timeline: Timeline, landscape: Landscape, settings: EstimateSettings = DEFAULTS) -> None:
        super().__init__(timeline, landscape, settings)
        self._lock = RLock()

    @cached_property
    def _whole_span(self) -> WholeSpan:
        if found := self._found():
            return found
        steps = super().steps()
        drivers = [super(CachedEstimator, self).drivers(site) if rows else () for site, rows in enumerate(steps)]
        if file := self._file:
            rows = [[self._row(driver) for driver in each] for each in drivers]
            write_sealed(file, json.dumps({"steps": steps, "drivers": rows}, separators=(",", ":")).encode())
            delete_all_but(MOST_FILES, file.parent, "estimates-*")
        return steps, drivers

    def _found(self) -> WholeSpan | None:
        """Return what was kept, if it is sound."""
        content = read_sealed(self._file) if self._file else None
        if content is None:
            return None
        return _read(content, [place.id for place in self.landscape.sites], len(self.actors))

    @property
    def _file(self) -> Path | None:
        # what a visitor uploaded stays in memory
        folder = None if self.timeline.theatre.uploaded else self.landscape.cache
        return folder / f"estimates-{cache_key(self.timeline, self.landscape, self.settings)}.cache" if folder else None

    @property
    def is_at_hand(self) -> bool:
        """Whether the steps were solved before, so that asking for them takes no time."""
        with self._lock:
            if "_whole_span" not in vars(self) and (found := self._found()):
                vars(self)["_whole_span"] = found  # a file that is there may be of no use: only reading it tells
            return "_whole_span" in vars(self)

    def steps(self) -> list[list[Step]]:
        """Return what `Estimator.steps` returns."""
        with self._lock:
            return self._whole_span[0]

    def drivers(self, site: int) -> tuple[Driver, ...]:
        """Return what `Estimator.drivers` returns."""
        with self._lock:
            steps, drivers = self._whole_span
            return drivers[site] if steps[site] else super().drivers(site)

    def odds(self, day: date) -> Floats:
        """Return what `Estimator.odds` returns. Raises as it."""
        with self._lock:
            return super().odds(day)

    def estimate(self, site: int, day: date) -> Estimate:
        """Return what `Estimator.estimate` returns. Raises as it."""
        with self._lock:
            return super().estimate(site, day)

    def _row(self, driver: Driver) -> list[float]:
        return [self.landscape.index[driver.place_id], driver.distance_km, driver.share]


def _read(text: bytes, sites: Sequence[str], actors: int) -> WholeSpan | None:
    try:
        content: dict[str, Any] = json.loads(text)
        steps = [[(int(d), int(actor), float(p)) for d, actor, p in rows] for rows in content["steps"]]
        drivers = [
            tuple(Driver(sites[int(n)], float(km), float(s)) for n, km, s in each) for each in content["drivers"]
        ]
    except (ValueError, TypeError, KeyError, IndexError, OverflowError, RecursionError):
        return None
    sound = len(steps) == len(drivers) == len(sites) and all(_are_sound(rows, actors) for rows in steps)
    return (steps, drivers) if sound else None


def _are_sound(rows: list[Step], actors: int) -> bool:
    """Whether steps name actors that there are, odds that can be, and days that follow one another."""
    follow = all(before[0] < after[0] for before, after in pairwise(rows))
    return follow and all(-1 <= actor < actors and 0 <= odds <= 1 for _, actor, odds in rows)
