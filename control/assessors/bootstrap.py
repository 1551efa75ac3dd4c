"""How far a coefficient may be off: drawn again from the places, for the days of one place are not independent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SEED = 1960
DRAWS = 1000
LEVEL = 0.95
_CELLS = 4_000_000
"""So many numbers are drawn at a time."""


@dataclass(frozen=True, slots=True)
class Spread:
    """An interval of a coefficient; `draws` of how many samples it rests on: those in which it is defined."""

    low: float
    high: float
    draws: int


def spread(columns: Floats, statistic: Callable[[Floats], Floats], draws: int = DRAWS) -> Spread | None:
    """Return the 95 % percentile interval of a statistic under drawing places with replacement.

    A place is drawn with all its days (a cluster bootstrap): what an assessor says of it today it mostly says tomorrow, so
    that its days are no independent observations. Places are taken to be independent of each other; neighbours are not
    quite, so the true interval is wider. The seed is fixed (`SEED`): the same data, the same interval.

    Parameters
    ----------
    columns
        (places, n) sums that the statistic is made of, places in the order of their ids.
    statistic
        (draws, n) sums -> (draws,) values, NaN where it is not defined.

    Returns
    -------
    Spread or None
        `None` with fewer than two places, or when the statistic is defined in fewer than half of the draws.

    References
    ----------
    B. Efron, R. J. Tibshirani (1993): An Introduction to the Bootstrap. Chapman & Hall, section 13.3.
    C. A. Field, A. H. Welsh (2007): Bootstrapping clustered data. J. R. Statist. Soc. B 69, 369-390.
    """
    count = len(columns)
    if count < 2 or draws < 1:
        return None
    rng = np.random.default_rng(SEED)
    values = []
    block = max(1, _CELLS // count)
    for start in range(0, draws, block):
        size = min(block, draws - start)
        drawn = rng.integers(0, count, (size, count)) + np.arange(size)[:, None] * count
        times = np.bincount(drawn.ravel(), minlength=size * count).reshape(size, count)
        values.append(statistic(times @ columns))
    found = np.concatenate(values)
    defined = found[~np.isnan(found)]
    if 2 * len(defined) < draws:
        return None
    low, high = np.quantile(defined, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Spread(float(low), float(high), len(defined))
