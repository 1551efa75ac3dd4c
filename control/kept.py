"""Estimates of the whole span, kept on disk: what a map needs of them is solved once for each set of reports and policy."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from threading import RLock
from typing import Any

import numpy as np
import scipy

from control.estimate import DEFAULTS, Driver, Estimate, EstimateSettings, Estimator, Floats
from control.landscape import Landscape
from control.timeline import Timeline

MOST_FILES = 48
"""Any reader may ask for any day of knowledge: of more files than these, the ones not asked for longest are deleted."""

ROOT = Path(__file__).parent.parent
Step = tuple[int, int, float]


class KeptEstimator(Estimator):
    """An estimator that many visitors share: it answers one at a time, and keeps its steps in the landscape's cache.

    What it says is what `Estimator` says. A file that is damaged or of another make is built anew; where nothing can be
    written, nothing is kept, and nothing that a visitor uploaded.
    """

    def __init__(self, timeline: Timeline, landscape: Landscape, settings: EstimateSettings = DEFAULTS) -> None:
        super().__init__(timeline, landscape, settings)
        self._lock = RLock()

    @cached_property
    def _kept(self) -> tuple[list[list[Step]], list[tuple[Driver, ...]]]:
        file = self._file
        if file and (found := _read(file, [place.id for place in self.landscape.sites], len(self.actors))):
            return found
        steps = super().steps()
        drivers = [super(KeptEstimator, self).drivers(site) if rows else () for site, rows in enumerate(steps)]
        if file:
            _write(file, {"steps": steps, "drivers": [[self._row(driver) for driver in each] for each in drivers]})
        return steps, drivers

    @property
    def _file(self) -> Path | None:
        # what a visitor uploaded stays in memory
        folder = None if self.timeline.theatre.uploaded else self.landscape.cache
        return folder / f"estimates-{self._key()}.json" if folder else None

    @property
    def is_at_hand(self) -> bool:
        """Whether the steps were solved before, so that asking for them takes no time."""
        return "_kept" in vars(self) or bool(self._file and self._file.exists())

    def steps(self) -> list[list[Step]]:
        """Return what `Estimator.steps` returns."""
        with self._lock:
            return self._kept[0]

    def drivers(self, site: int) -> tuple[Driver, ...]:
        """Return what `Estimator.drivers` returns."""
        with self._lock:
            steps, drivers = self._kept
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

    def _key(self) -> str:
        """Hash of all that the estimates depend on."""
        timeline, landscape = self.timeline, self.landscape
        content = [
            timeline.theatre.data_hash,
            asdict(timeline.policy),
            timeline.known_on and timeline.known_on.isoformat(),
            asdict(self.settings),
            landscape.terrain.crs,
            [place.id for place in landscape.sites],
            [np.__version__, scipy.__version__],
        ]
        digest = hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode())
        digest.update(landscape.points.tobytes())
        for geometry in (landscape.terrain.land, *(river.line for river in landscape.terrain.rivers)):
            digest.update(geometry.wkb)
        digest.update(code_digest().encode())
        return digest.hexdigest()[:20]


@cache
def code_digest() -> str:
    """Hash of the modules that claims and estimates are made by: all of `geo`, and of `control` what is in no package."""
    digest = hashlib.sha256()
    for file in sorted([*(ROOT / "geo").glob("*.py"), *(ROOT / "control").glob("*.py")]):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _read(file: Path, sites: Sequence[str], actors: int) -> tuple[list[list[Step]], list[tuple[Driver, ...]]] | None:
    try:
        content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        steps = [[(int(d), int(actor), float(p)) for d, actor, p in rows] for rows in content["steps"]]
        drivers = [
            tuple(Driver(sites[int(n)], float(km), float(s)) for n, km, s in each) for each in content["drivers"]
        ]
        os.utime(file)
    except (OSError, ValueError, TypeError, KeyError, IndexError):
        return None
    sound = len(steps) == len(drivers) == len(sites) and all(-1 <= a < actors for rows in steps for _, a, _ in rows)
    return (steps, drivers) if sound else None


def _write(file: Path, content: dict[str, Any]) -> None:
    part = file.with_name(f"{file.stem}.{os.getpid()}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(content, separators=(",", ":")), encoding="utf-8")
        part.replace(file)  # another process sees all of it or nothing
        kept = sorted(file.parent.glob("estimates-*.json"), key=lambda path: path.stat().st_mtime)
        for old in kept[:-MOST_FILES]:
            old.unlink(missing_ok=True)
    except OSError:  # a folder that cannot be written, a full disk, a file that another process has deleted
        with suppress(OSError):
            part.unlink(missing_ok=True)
