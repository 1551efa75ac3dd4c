"""The days on which a printed probability becomes another one, for many places at once.

Between two nodes of a chain everything is an exponential in time. With x = exp(-hazard * days) a probability is a ratio of
two quadratics in x, so it turns at most twice, on days that are roots of a third one. Cut there it rises or falls
throughout, and the days on which its printed figure changes are found by bisection: no day need be tried one by one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from control.assessment.chain import FAR, Curves, Floats, Ints
from control.assessment.likelihood import whole_percents


@dataclass(frozen=True)
class Spans:
    """Stretches of days [start, end) of one state of one place each; arrays of one shape, days since the span's start.

    Attributes
    ----------
    row, column
        Number of the place and of the state in the curves.
    since
        Day before which the state has no probability.
    """

    row: Ints
    column: Ints
    start: Ints
    end: Ints
    since: Ints

    def at(self, which: Ints) -> Spans:
        """Return some of them."""
        return Spans(self.row[which], self.column[which], self.start[which], self.end[which], self.since[which])

    def percents(self, curves: Curves, which: Ints, days: Ints) -> Ints:
        """Return the whole percent of some of them on a day each."""
        found = curves.at(self.row[which], days)[self.column[which], np.arange(len(which))]
        return whole_percents(np.where(days < self.since[which], 0.0, found))


def percent_steps(curves: Curves, spans: Spans) -> tuple[Ints, Ints, Ints]:
    """Find the whole percent of each span on its first day, and each day on which it becomes another one.

    Returns
    -------
    span, day, percent
        Sorted by span and day; each percent holds until the next one of its span.
    """
    which, first, last = _pieces(curves, spans)
    at_first, at_last = spans.percents(curves, which, first), spans.percents(curves, which, last)
    found = [np.column_stack((which, first, at_first))]
    while len(which):
        # a piece that ends as it began has no step within: it rises or falls throughout
        open_ = at_first != at_last
        near = open_ & (last - first <= 1)
        found.append(np.column_stack((which, last, at_last))[near])
        left = open_ & ~near
        which, first, last, at_first, at_last = (v[left] for v in (which, first, last, at_first, at_last))
        middle = (first + last) // 2
        at_middle = spans.percents(curves, which, middle)
        which = np.concatenate((which, which))
        first, last = np.concatenate((first, middle)), np.concatenate((middle, last))
        at_first, at_last = np.concatenate((at_first, at_middle)), np.concatenate((at_middle, at_last))
    table = np.concatenate(found)
    table = table[np.lexsort((table[:, 1], table[:, 0]))]
    new = np.ones(len(table), dtype=bool)
    new[1:] = (table[1:, 0] != table[:-1, 0]) | (table[1:, 2] != table[:-1, 2])
    span, day, percent = table[new].T
    return span, day, percent


def _pieces(curves: Curves, spans: Spans) -> tuple[Ints, Ints, Ints]:
    """Cut spans into pieces (span, first day, last day) within which the probability only rises or only falls."""
    numbers = np.arange(len(spans.row))
    keys = spans.row * FAR
    cuts = curves.cuts
    low = np.searchsorted(cuts, keys + spans.start, side="right")
    high = np.searchsorted(cuts, keys + spans.end, side="left")
    counts = np.maximum(high - low, 0)
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(low, counts)
    born = (spans.since > spans.start) & (spans.since < spans.end)
    owners = np.concatenate((numbers, np.repeat(numbers, counts), numbers[born]))
    days = np.concatenate((spans.start, cuts[within] % FAR, spans.since[born]))
    which, first, last = _between(owners, days, spans.end)
    turned, turns = _turns(curves, spans.at(which), first, last)
    owners = np.concatenate((which, which[turned], which[turned]))
    return _between(owners, np.concatenate((first, turns, turns + 1)), spans.end)


def _between(owners: Ints, days: Ints, ends: Ints) -> tuple[Ints, Ints, Ints]:
    """Return (span, first day, last day) from each cut to the next one of its span."""
    inside = days < ends[owners]
    cuts = np.unique(np.column_stack((owners[inside], days[inside])), axis=0)
    which, first = cuts.T
    following = np.append(which[1:] == which[:-1], False)
    last = np.where(following, np.append(first[1:], 0), ends[which]) - 1
    return which, first, last


def _turns(curves: Curves, spans: Spans, first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """Return the pieces whose probability turns inside them, and the last day before it does."""
    hazard = curves.rates.hazard
    if not len(first) or hazard <= 0:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    (n2, n1, n0), (s2, s1, s0) = _quadratics(curves, spans, first)
    roots = _roots(n2 * s1 - n1 * s2, 2 * (n2 * s0 - n0 * s2), n1 * s0 - n0 * s1)
    with np.errstate(divide="ignore", invalid="ignore"):
        days = first[:, None] - np.log(roots) / hazard
    inside = (days > first[:, None]) & (days < last[:, None])
    piece, root = np.nonzero(inside)
    return piece, np.floor(days[piece, root]).astype(np.int64)


def _quadratics(curves: Curves, spans: Spans, first: Ints) -> tuple[tuple[Floats, ...], tuple[Floats, ...]]:
    """Return the quadratics in x = exp(-hazard * (day - first)) of the state, and of the sum of all states: (x2, x1, 1)."""
    stretches = curves.around(spans.row, first)
    prior, message = stretches.prior, stretches.before
    base = (message * prior).sum(axis=0)
    lean = 1.0 if stretches.lean is None else stretches.lean
    moved = stretches.forward(first) - prior
    ahead = (message - base) * np.exp(-stretches.hazard * stretches.ahead(first))
    terms = tuple(lean * term for term in (base * moved, prior * base + moved * ahead, prior * ahead))
    lines = np.arange(len(first))
    return tuple(t[spans.column, lines] for t in terms), tuple(t.sum(axis=0) for t in terms)


def _roots(a: Floats, b: Floats, c: Floats) -> NDArray[np.float64]:
    """Return the roots of a x^2 + b x + c, shape (n, 2); `nan` where there is none."""
    with np.errstate(divide="ignore", invalid="ignore"):
        q = -(b + np.where(b < 0, -1.0, 1.0) * np.sqrt(b * b - 4 * a * c)) / 2
        found = np.column_stack((q / a, c / q))
    return np.where(np.isfinite(found) & (found > 0), found, np.nan)
