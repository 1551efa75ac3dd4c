"""Agreement of two assessors, or of all: observed, over time, and beyond what chance would give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from control.assessors.overlay import ABSENT, Overlay
from control.assessors.series import Ints

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Step:
    """The agreement of a stretch of time [start, end).

    Attributes
    ----------
    place_days
        Number of (place, day) of which both, or at least two, say something.
    agreeing
        On how many of them all who say something say the same.
    """

    start: date
    end: date
    place_days: int
    agreeing: int

    @property
    def agreement(self) -> float | None:
        """Share 0-1; `None` where nothing can be compared."""
        return self.agreeing / self.place_days if self.place_days else None


def confusion(pair: Overlay) -> Ints:
    """Count the days of places by what the first of two says (rows) and the second (columns), shape (words, words)."""
    size = len(pair.words)
    table = np.zeros(size * size, np.int64)
    np.add.at(table, pair.said[0] * size + pair.said[1], pair.days)
    return table.reshape(size, size)


def observed_agreement(table: Ints) -> float | None:
    """Return the share of items, 0-1, on which both say the same; `None` without items."""
    total = int(table.sum())
    return int(np.trace(table)) / total if total else None


def cohens_kappa(table: Ints) -> float | None:
    """Return the agreement of two beyond chance.

    kappa = (po - pe) / (1 - pe), with po the observed agreement and pe the agreement that two would reach who know nothing
    of each other and use each word as often as these two do: the sum over the words of the product of the two marginal
    shares. 1: they always agree; 0: as often as by chance; below 0: less often.

    Degenerate marginals: where both use one and the same word for every item, pe is 1 and kappa is 0 / 0. It is not defined
    then, and the answer is `None`, never a number; so it is without items. Where one word is far more frequent than all
    others kappa can be low although nearly all items agree (Feinstein and Cicchetti 1990, J. Clin. Epidemiol. 43, 543-549):
    read it beside the observed agreement.

    Parameters
    ----------
    table
        Counts, as `confusion` makes them.

    References
    ----------
    J. Cohen (1960): A coefficient of agreement for nominal scales. Educational and Psychological Measurement 20, 37-46.
    """
    # whole numbers of any size: whether chance alone would agree always is told exactly
    total, agreeing = int(table.sum()), int(np.trace(table))
    rows, columns = table.sum(axis=1).tolist(), table.sum(axis=0).tolist()
    chance = sum(row * column for row, column in zip(rows, columns, strict=True))
    if chance == total * total:  # also without items
        return None
    return float((agreeing * total - chance) / (total * total - chance))


def krippendorffs_alpha(overlay: Overlay) -> float | None:
    """Return the agreement of any number of assessors beyond chance; each item may be missing from some of them.

    alpha = 1 - Do / De for nominal words. With n_uc the number of assessors that say c of item u, m_u that of all who say
    something of it (items with m_u < 2 have no part), n_c the sum of n_uc over u, n that of n_c:
    Do = 1/n sum_u (m_u^2 - sum_c n_uc^2) / (m_u - 1), De = (n^2 - sum_c n_c^2) / (n (n - 1)).
    1: all always agree; 0: as by chance. It is `None` where all use one and the same word, or without items.

    References
    ----------
    K. Krippendorff (2011): Computing Krippendorff's Alpha-Reliability. University of Pennsylvania, Annenberg School.
    """
    sums = alpha_columns(overlay).sum(axis=0, keepdims=True)
    value = float(alpha_of(sums)[0])
    return None if np.isnan(value) else value


def kappa_columns(pair: Overlay) -> Floats:
    """Return what kappa needs of each compared place, (places, 1 + 2 words): agreeing days, days by word of each."""
    at, size = _rows(pair), len(pair.words)
    columns = np.zeros((len(pair.compared), 1 + 2 * size))
    np.add.at(columns[:, 0], at, pair.days * (pair.said[0] == pair.said[1]))
    np.add.at(columns, (at, 1 + pair.said[0]), pair.days)
    np.add.at(columns, (at, 1 + size + pair.said[1]), pair.days)
    return columns


def kappa_of(sums: Floats) -> Floats:
    """Return Cohen's kappa of rows of sums, as `kappa_columns` has them; NaN where it is not defined."""
    size = (sums.shape[1] - 1) // 2
    rows, columns = sums[:, 1 : 1 + size], sums[:, 1 + size :]
    total = rows.sum(axis=1)
    chance = (rows * columns).sum(axis=1)
    return _ratio(sums[:, 0] * total - chance, total * total - chance)


def alpha_columns(overlay: Overlay) -> Floats:
    """Return what alpha needs of each compared place, (places, 1 + words): agreeing pairs, days by word."""
    at, size = _rows(overlay), len(overlay.words)
    counts = np.zeros((len(overlay.place), size))
    for said in overlay.said:
        there = said != ABSENT
        counts[there, said[there]] += 1
    several = counts.sum(axis=1)
    pairs = (counts * (counts - 1)).sum(axis=1) / (several - 1)
    columns = np.zeros((len(overlay.compared), 1 + size))
    np.add.at(columns[:, 0], at, overlay.days * pairs)
    np.add.at(columns[:, 1:], at, overlay.days[:, None] * counts)
    return columns


def alpha_of(sums: Floats) -> Floats:
    """Return Krippendorff's alpha of rows of sums, as `alpha_columns` has them; NaN where it is not defined."""
    words = sums[:, 1:]
    total = words.sum(axis=1)
    return 1 - _ratio((total - 1) * (total - sums[:, 0]), total * total - (words * words).sum(axis=1))


def agreement_over(overlay: Overlay, edges: Sequence[int]) -> list[Step]:
    """Return the observed agreement of all in `overlay` for each step between two edges (ordinals of days, ascending)."""
    first, last = edges[0], edges[-1]
    said = np.where(overlay.said == ABSENT, overlay.said.max(axis=0, initial=ABSENT), overlay.said)
    alike = (said == said[0]).all(axis=0) if len(overlay.place) else np.zeros(0, bool)
    sums = []
    for weight in (np.ones(len(alike), np.int64), alike.astype(np.int64)):
        # +1 where a stretch begins and -1 where it ends: summed up, the number of places on each day
        steps = np.zeros(last - first + 2, np.int64)
        np.add.at(steps, np.clip(overlay.start - first, 0, last - first), weight)
        np.add.at(steps, np.clip(overlay.start + overlay.days - first, 0, last - first), -weight)
        up_to = np.r_[0, np.cumsum(np.cumsum(steps))]
        sums.append(np.diff(up_to[np.array(edges) - first]))
    return [
        Step(date.fromordinal(start), date.fromordinal(end), int(days), int(agreeing))
        for start, end, days, agreeing in zip(edges, edges[1:], *sums, strict=False)
    ]


def month_edges(first: int, last: int) -> list[int]:
    """Return `first`, every first of a month after it, and `last`, as ordinals."""
    edges, day = [first], date.fromordinal(first)
    while True:
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        if day.toordinal() >= last:
            return [*edges, last]
        edges.append(day.toordinal())


def day_edges(first: int, last: int, every: int) -> list[int]:
    """Return `first`, every so many days after it, and `last`."""
    return [*range(first, last, every), last]


def _rows(overlay: Overlay) -> Ints:
    """Return the number of each stretch's place among those compared."""
    return np.asarray(np.searchsorted(overlay.compared, overlay.place), np.int64)


def _ratio(above: Floats, below: Floats) -> Floats:
    ratio: Floats = np.divide(above, below, out=np.full(len(below), np.nan), where=below != 0)
    return ratio
