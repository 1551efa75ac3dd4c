"""The whole comparison of several assessors: each pair, all at once, and where they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from control.assessors.agreement import (
    Step,
    agreement_over,
    alpha_columns,
    alpha_of,
    cohens_kappa,
    confusion,
    day_edges,
    kappa_columns,
    kappa_of,
    krippendorffs_alpha,
    month_edges,
    observed_agreement,
)
from control.assessors.bootstrap import DRAWS, Spread, spread
from control.assessors.lags import WINDOW_DAYS, Lags, lags_between
from control.assessors.overlay import Overlay, lay_over
from control.assessors.series import Ints, Series, SeriesError
from control.assessors.standings import PlaceDifference, place_differences

MOST_ASSESSORS = 20
"""More than that make more pairs than anybody reads."""


@dataclass(frozen=True)
class PairResult:
    """What two assessors have in common.

    Attributes
    ----------
    places, place_days
        Number of places, and of (place, day), of which both say something.
    words
        What rows and columns of `table` mean.
    table
        Days of places by what the first (rows) and the second (columns) say.
    agreement, kappa
        `None` where they are not defined.
    """

    first: str
    second: str
    places: int
    place_days: int
    words: tuple[str, ...]
    table: Ints
    agreement: float | None
    kappa: float | None
    spread: Spread | None
    steps: tuple[Step, ...]
    lags: Lags


@dataclass(frozen=True)
class Comparison:
    """All that is said of several assessors.

    Attributes
    ----------
    unknown
        Whether `unknown` counts as an answer in agreement and coefficients; in `overlay` it always is one.
    overlay
        Stretches of which at least two say something.
    places, place_days
        Number of places, and of (place, day), that agreement and alpha rest on.
    agreement
        Share of these (place, day) on which all who say something say the same.
    """

    series: tuple[Series, ...]
    unknown: bool
    window: int
    overlay: Overlay
    pairs: tuple[PairResult, ...]
    places: int
    place_days: int
    agreement: float | None
    alpha: float | None
    spread: Spread | None
    steps: tuple[Step, ...]
    differences: tuple[PlaceDifference, ...]


def compare(
    series: Sequence[Series],
    *,
    unknown: bool = True,
    every: int | Literal["month"] = "month",
    window: int = WINDOW_DAYS,
    draws: int = DRAWS,
) -> Comparison:
    """Compare assessors on the places and days of which at least two of them say something.

    Parameters
    ----------
    unknown
        Count `unknown` as an answer like any other; else days on which one says it are left out.
    every
        From one step of the agreement over time to the next: days, or a calendar month.
    window
        Two date the same change of hands no further apart than so many days.
    draws
        Samples for the intervals of coefficients; 0 leaves them out.

    Raises
    ------
    SeriesError
        With fewer than two assessors, with too many, or when two have one name.
    """
    names = [one.name for one in series]
    if not 2 <= len(names) <= MOST_ASSESSORS:
        raise SeriesError(f"{len(names)} assessors; expected 2 to {MOST_ASSESSORS}; name others, or fewer")
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise SeriesError(f"two assessors are named {twice!r}; expected a name each; rename one of them")
    overlay = lay_over(series)
    counted = overlay if unknown else overlay.without_unknown()
    if not len(overlay.place):
        raise SeriesError(
            "no place and day of which two assessors say something; expected the same ids of places and overlapping "
            "dates; look at what was set aside, and at the dates of each"
        )
    first, last = int(overlay.start.min()), int((overlay.start + overlay.days).max())
    edges = month_edges(first, last) if every == "month" else day_edges(first, last, every)
    pairs = tuple(
        _pair(counted.pair(i, j), lags_between(series[i], series[j], window), edges, draws)
        for i, j in combinations(range(len(series)), 2)
    )
    steps = tuple(agreement_over(counted, edges))
    place_days = sum(step.place_days for step in steps)
    agreeing = sum(step.agreeing for step in steps)
    return Comparison(
        tuple(series),
        unknown,
        window,
        overlay,
        pairs,
        len(counted.compared),
        place_days,
        agreeing / place_days if place_days else None,
        krippendorffs_alpha(counted),
        spread(alpha_columns(counted), alpha_of, draws),
        steps,
        place_differences(overlay),
    )


def _pair(pair: Overlay, lags: Lags, edges: Sequence[int], draws: int) -> PairResult:
    table = confusion(pair)
    return PairResult(
        pair.names[0],
        pair.names[1],
        len(pair.compared),
        int(table.sum()),
        pair.words,
        table,
        observed_agreement(table),
        cohens_kappa(table),
        spread(kappa_columns(pair), kappa_of, draws),
        tuple(agreement_over(pair, edges)),
        lags,
    )
