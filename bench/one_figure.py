"""Walk over random places and dates of a theatre: what is shown in several places must be one figure.

    python bench/one_figure.py [--theatre seeds/iraq-syria] [--days 100] [--places 10] [--pairs 100] [--seed 1]

Prints what the walk saw, what disagrees (exit code 1), and what the rows of the map cost: how many, in how many bytes of the
page, and the seconds to make them.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from unittest.mock import patch

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

import control.territory.estimator  # noqa: E402
from control.assessment.likelihood import whole_percents  # noqa: E402
from control.map.control_timeline import wrapped  # noqa: E402
from control.map.packed import packed  # noqa: E402
from control.map.payload import STATUSES, reported_payload, timeline_payload  # noqa: E402
from control.record.theatre import load_theatre  # noqa: E402
from control.territory.estimator import Estimator  # noqa: E402
from control.territory.landscape import landscape_of  # noqa: E402
from control.territory.surroundings import CoupledTimeline  # noqa: E402
from tests.walk import Walk, compared, disagreements, tallied  # noqa: E402

T = TypeVar("T")


def main() -> None:
    """Print the costs, then walk."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--theatre", type=Path, default=ROOT / "seeds" / "iraq-syria")
    parser.add_argument("--days", type=int, default=100)
    parser.add_argument("--places", type=int, default=10)
    parser.add_argument("--pairs", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print_costs(options.theatre)
    walk = Walk.of(options.theatre, options.seed)
    found, kinds = disagreements(walk, options.days, options.places)
    print(f"places and dates: {dict(kinds)}, {len(found)} disagreements")
    counted = tallied(walk, options.days)
    print(f"legend and statistics: {options.days} days, {len(counted)} disagreements")
    differing, seen = compared(walk, options.pairs)
    print(f"two dates: {options.pairs} pairs, {seen} places that differ, {len(differing)} disagreements")
    sys.stderr.writelines(f"{line}\n" for line in (*found, *counted, *differing))
    sys.exit(bool(found or counted or differing))


def print_costs(folder: Path) -> None:
    """Print rows, bytes and seconds of the map's rows."""
    timeline = CoupledTimeline(load_theatre(folder))
    landscape = landscape_of(timeline.theatre)
    _ = timeline.intervals, landscape.topology
    _, reports = timed(lambda: reported_payload(timeline, landscape))
    estimator = Estimator(timeline, landscape)
    payload, everything = timed(lambda: timeline_payload(timeline, estimator))
    estimated = STATUSES.index("estimated")
    rows = [row for rows in payload["intervals"] for row in rows]
    guessed = sum(row[1] == estimated for row in rows)
    column = len(wrapped(packed(payload)["intervals"]))
    page = len(wrapped(packed(payload)))
    print(
        f"{folder.name}: {len(rows):,} rows, {guessed:,} of them estimates; {column / 1000:.0f} of {page / 1000:.0f} kB "
        f"of data in the page; {reports:.2f} s of the processor for what is "
        f"reported, {everything:.2f} s with ground and estimates"
    )
    steps = (sum(map(len, estimator.steps())), percent_steps(estimator))
    print(f"estimates change on the map {steps[0]:,} times, and to the whole percent it would be {steps[1]:,}")


def percent_steps(estimator: Estimator) -> int:
    """Count the estimates of the map as they would be if they were printed to the whole percent."""
    with patch.object(control.territory.estimator, "estimated", lambda probability: whole_percents(probability) / 100):
        return sum(map(len, estimator.steps()))


def timed(call: Callable[[], T]) -> tuple[T, float]:
    """Return the answer and the seconds of the processor that it took."""
    started = time.process_time()
    answer = call()
    return answer, time.process_time() - started


if __name__ == "__main__":
    main()
