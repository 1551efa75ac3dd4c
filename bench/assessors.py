"""Two assessors of 33,000 places over 1,700 days compared: seconds of each part, and memory.

    python bench/assessors.py             # full size
    python bench/assessors.py --share 50  # a fiftieth of the places

The first assessor is made up: a change every 400 days of a place on average, between three holders, fighting and `unknown`.
The second dates each change up to five days later, and says something else in one run of twenty. Reading their files is not
part of it; bench/status_tables.py measures that.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent.parent))

from control.assessors.agreement import (  # after the path is set
    agreement_over,
    alpha_columns,
    alpha_of,
    cohens_kappa,
    confusion,
    kappa_columns,
    kappa_of,
    krippendorffs_alpha,
    month_edges,
)
from control.assessors.bootstrap import DRAWS, spread
from control.assessors.lags import lags_between
from control.assessors.overlay import lay_over
from control.assessors.series import CONTESTED, UNKNOWN, Series, make_series
from control.assessors.standings import place_differences

PLACES, DAYS = 33_000, 1_700
FIRST_DAY = 738_210  # 2022-02-24
CHANGE = 400
WORDS = ("blue", "green", "red", CONTESTED, UNKNOWN)
SEED = 7

Ints = NDArray[np.int64]
Result = TypeVar("Result")


def runs_of(places: int) -> tuple[Ints, Ints, Ints, Ints]:
    """Return place, start, end and word of the runs of the first assessor; each place begins on the first day."""
    rng = np.random.default_rng(SEED)
    counts = rng.poisson(DAYS / CHANGE, places) + 1
    place = np.repeat(np.arange(places), counts)
    start = rng.integers(1, DAYS, len(place))
    start[np.cumsum(counts) - counts] = 0
    place, start = np.unique(place << 32 | start) >> 32, np.unique(place << 32 | start) & 0xFFFFFFFF
    end = np.where(np.r_[place[1:] == place[:-1], False], np.r_[start[1:], 0], DAYS)
    return place, start + FIRST_DAY, end + FIRST_DAY, rng.integers(0, len(WORDS), len(place))


def second_opinion(runs: tuple[Ints, Ints, Ints, Ints]) -> tuple[Ints, Ints, Ints, Ints]:
    """Return the runs of another one, who is later by up to five days and errs in one run of twenty."""
    rng = np.random.default_rng(SEED + 1)
    place, start, end, word = runs
    follows = np.r_[False, place[1:] == place[:-1]]
    start = np.where(follows, np.minimum(start + rng.integers(0, 6, len(start)), end - 1), start)
    end = np.where(np.r_[follows[1:], False], np.r_[start[1:], 0], end)
    word = np.where(rng.random(len(word)) < 0.05, rng.integers(0, len(WORDS), len(word)), word)
    return place, start, end, word


def timed(name: str, part: Callable[[], Result]) -> Result:
    begin = time.perf_counter()
    result = part()
    print(f"{name:44s} {time.perf_counter() - begin:8.2f}")
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--share", type=int, default=1, help="divide the number of places by this")
    places = PLACES // parser.parse_args().share
    ids = [str(700_000 + n) for n in range(places)]
    runs = runs_of(places)
    others = second_opinion(runs)
    print(f"{places:,} places x {DAYS:,} days, {len(runs[0]):,} runs of the first assessor")
    print(f"{'part':44s} {'seconds':>8s}")
    begin = time.perf_counter()
    a, b = timed("two series", lambda: (make_series("a", ids, WORDS, runs), make_series("b", ids, WORDS, others)))
    overlay = timed("laid over each other", lambda: lay_over([a, b]))
    kappa = timed("Cohen's kappa", lambda: cohens_kappa(confusion(overlay)))
    alpha = timed("Krippendorff's alpha", lambda: krippendorffs_alpha(overlay))
    timed(f"interval of kappa, {DRAWS} draws of places", lambda: spread(kappa_columns(overlay), kappa_of))
    timed(f"interval of alpha, {DRAWS} draws of places", lambda: spread(alpha_columns(overlay), alpha_of))
    edges = month_edges(FIRST_DAY, FIRST_DAY + DAYS)
    timed("agreement by month", lambda: agreement_over(overlay, edges))
    timed("where they differ", lambda: place_differences(overlay))
    lags = timed("lags of changes of hands", lambda: _lags(a, b))
    print(f"{'all':44s} {time.perf_counter() - begin:8.2f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{len(overlay.place):,} stretches; kappa {kappa:.3f}, alpha {alpha:.3f}; {lags:,} changes; peak {peak:.0f} MB"
    )


def _lags(a: Series, b: Series) -> int:
    return len(lags_between(a, b).turns)


if __name__ == "__main__":
    main()
