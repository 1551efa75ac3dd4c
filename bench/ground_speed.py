"""How long the ground takes: cells, one date, the whole series; 33,000 places with 30,000 reports, and the bundled theatre.

    python bench/ground_speed.py [--places 33000] [--only large,bundled]

Each part runs in a process of its own, so that the peak of memory is its own.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

DAYS = 1700
PARTS = ("large", "bundled")


def timed(job: Callable[[], Any]) -> tuple[float, Any]:
    """Run a job; return seconds and what it gave."""
    start = time.perf_counter()
    result = job()
    return time.perf_counter() - start, result


def peak_mb() -> float:
    """Return the process' greatest memory in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _one_date(grounds: Any, day: date) -> int:
    """Make the areas and the fronts of a day."""
    return len(grounds.ground_on(day).areas) + len(grounds.fronts(day))


def large(places: int) -> dict[str, float]:
    """Measure a synthetic theatre."""
    from bench.ground import synthetic_landscape
    from bench.synthetic import START, Recipe, make
    from control.territory.estimator import Estimator
    from control.territory.ground import Grounds
    from control.territory.statistics import series
    from control.territory.surroundings import CoupledTimeline

    world = make(Recipe(places=places, days=DAYS, false_share=0.15, reports=30_000, river=1.0, seed=5))
    found: dict[str, float] = {"reports": len(world.theatre.claims)}
    land = synthetic_landscape(world)
    timeline = CoupledTimeline(world.theatre, landscape=land)
    found["compile, each place alone"], _ = timed(lambda: timeline.alone.resolutions)
    found["place graph"], _ = timed(lambda: land.graph)
    found["what neighbours say"], _ = timed(lambda: timeline.neighbours)
    found["compile with neighbours"], _ = timed(lambda: timeline.resolutions)
    with tempfile.TemporaryDirectory() as folder:
        kept = replace(land, cache=Path(folder))
        found["cells and topology"], _ = timed(lambda: kept.topology)
        again = replace(land, cache=Path(folder))
        found["the same from the cache"], _ = timed(lambda: again.topology)
    estimator = Estimator(timeline, kept)
    grounds = Grounds(timeline, kept, estimator)
    found["first date: estimate, areas, fronts"], _ = timed(lambda: _one_date(grounds, START + timedelta(days=900)))
    later = [timed(lambda d=d: _one_date(grounds, START + timedelta(days=d)))[0] for d in (901, 902, 903, 950, 1200)]
    found["another date: estimate, areas, fronts (median)"] = sorted(later)[len(later) // 2]
    last = START + timedelta(days=DAYS - 1)
    found[f"statistics of {DAYS} days"], _ = timed(lambda: series(grounds, START, last, 1))
    found["peak memory, MB"] = peak_mb()
    return found


def bundled() -> dict[str, float]:
    """Measure the bundled theatre, from nothing and from the cache."""
    from control.record.theatre import load_theatre
    from control.territory.ground import Grounds
    from control.territory.statistics import series
    from control.territory.surroundings import CoupledTimeline

    def start() -> Grounds:
        grounds = Grounds.of(CoupledTimeline(load_theatre(HERE / "seeds" / "iraq-syria")))
        _one_date(grounds, date(2017, 10, 20))
        return grounds

    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CONTROLMAP_CACHE"] = folder
        found["load to areas and fronts of one date, without cache"], _ = timed(start)
        found["the same from the cache"], grounds = timed(start)
    found["another date"], _ = timed(lambda: _one_date(grounds, date(2015, 1, 1)))
    span = grounds.timeline.theatre.settings
    found["statistics of all days"], _ = timed(lambda: series(grounds, span.start, span.last_day, 1))
    found["peak memory, MB"] = peak_mb()
    return found


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--places", type=int, default=33_000)
    parser.add_argument("--only", default=",".join(PARTS), help=f"parts, of {','.join(PARTS)}")
    parser.add_argument("--measure", choices=PARTS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(large(options.places) if options.measure == "large" else bundled()))
        return
    for part in options.only.split(","):
        command = [sys.executable, __file__, "--measure", part, "--places", str(options.places)]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        print(f"{options.places} synthetic places, {DAYS} days" if part == "large" else "\nthe bundled theatre")
        for title, value in json.loads(told.splitlines()[-1]).items():
            unit = "" if "memory" in title or title == "reports" else " s"
            print(f"  {title:52} {value:9.{0 if not unit else 2}f}{unit}")


if __name__ == "__main__":
    main()
