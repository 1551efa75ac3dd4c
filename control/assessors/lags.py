"""Who is later: the same change of hands, as two assessors date it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from control.assessors.series import CONTESTED, OPEN, Series
from control.imports.states import CHANGE_DAYS

WINDOW_DAYS = 60
"""Two assessors mean the same change when they date it no further apart than that."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A change of holder as one or two assessors date it; days are ordinals, `None` where one has no such change."""

    place_id: str
    before: str
    after: str
    first: int | None
    second: int | None

    @property
    def lag(self) -> int | None:
        """Days by which the first assessor is later; negative: earlier."""
        return None if self.first is None or self.second is None else self.first - self.second


@dataclass(frozen=True, slots=True)
class Lags:
    """How two assessors date changes of holder.

    Attributes
    ----------
    turns
        All changes, by place and day.
    matched
        How many both have; `only_first` and `only_second` those of one alone.
    median, lower, upper
        Median and quartiles of the lags, days, first minus second; `None` without a match.
    within_1, within_7
        Share 0-1 of the matched ones that are dated at most 1, 7 days apart.
    """

    turns: tuple[Turn, ...]
    matched: int
    only_first: int
    only_second: int
    median: float | None
    lower: float | None
    upper: float | None
    within_1: float | None
    within_7: float | None


def changes_of(series: Series) -> dict[str, list[tuple[int, str, str]]]:
    """List (day, holder before, new holder) of each place.

    The day is the first on which the new holder is named. Fighting in between is bridged. After more than `CHANGE_DAYS` days
    without a holder or fighting nobody can say when it passed: that is no change.
    """
    found: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    current, holder, until = -1, "", 0
    columns = (series.place, series.start, series.end, series.word)
    for place, start, end, code in zip(*(column.tolist() for column in columns), strict=True):
        word = series.words[code]
        if place != current:
            current, holder = place, ""
        if word not in OPEN:
            if holder not in {"", word} and start - until <= CHANGE_DAYS:
                found[series.places[place]].append((start, holder, word))
            holder, until = word, end
        elif word == CONTESTED:
            until = end
    return found


def lags_between(first: Series, second: Series, window: int = WINDOW_DAYS) -> Lags:
    """Match the changes of two assessors: the same place, the same new holder, at most `window` days apart.

    One-to-one: the nearest two in time are matched first, of equally near ones the earlier. Only changes count that fall
    within the days of which the other assessor says something of the place, after the first of them: on that day it cannot
    tell of a change.
    """
    spans = [_spans(series) for series in (first, second)]
    changes = [changes_of(series) for series in (first, second)]
    turns: list[Turn] = []
    for place in sorted((changes[0].keys() | changes[1].keys()) & spans[0].keys() & spans[1].keys()):
        mine, theirs = (
            [turn for turn in changes[n].get(place, ()) if spans[1 - n][place][0] < turn[0] < spans[1 - n][place][1]]
            for n in (0, 1)
        )
        turns += _matched(place, mine, theirs, window)
    turns.sort(key=lambda t: (t.place_id, min(d for d in (t.first, t.second) if d is not None), t.after, t.before))
    return _summed(turns)


def _spans(series: Series) -> dict[str, tuple[int, int]]:
    """Return the first day, and the first day after, of what is said of each place."""
    if not len(series.place):
        return {}
    heads = np.flatnonzero(np.r_[True, series.place[1:] != series.place[:-1]])
    tails = np.r_[heads[1:], len(series.place)] - 1
    return dict(
        zip(series.places, zip(series.start[heads].tolist(), series.end[tails].tolist(), strict=True), strict=True)
    )


def _matched(
    place: str, mine: Sequence[tuple[int, str, str]], theirs: Sequence[tuple[int, str, str]], window: int
) -> list[Turn]:
    near = [
        (abs(a[0] - b[0]), min(a[0], b[0]), i, j)
        for i, a in enumerate(mine)
        for j, b in enumerate(theirs)
        if a[2] == b[2] and abs(a[0] - b[0]) <= window
    ]
    used: tuple[set[int], set[int]] = set(), set()
    turns = []
    for *_, i, j in sorted(near):
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            turns.append(Turn(place, mine[i][1], mine[i][2], mine[i][0], theirs[j][0]))
    turns += [Turn(place, before, after, day, None) for i, (day, before, after) in enumerate(mine) if i not in used[0]]
    turns += [
        Turn(place, before, after, None, day) for j, (day, before, after) in enumerate(theirs) if j not in used[1]
    ]
    return turns


def _summed(turns: Sequence[Turn]) -> Lags:
    lags = np.array([turn.lag for turn in turns if turn.lag is not None], float)
    only_first = sum(turn.second is None for turn in turns)
    only_second = sum(turn.first is None for turn in turns)
    if not len(lags):
        return Lags(tuple(turns), 0, only_first, only_second, None, None, None, None, None)
    lower, median, upper = (float(q) for q in np.quantile(lags, [0.25, 0.5, 0.75]))
    within = [float((np.abs(lags) <= days).mean()) for days in (1, 7)]
    return Lags(tuple(turns), len(lags), only_first, only_second, median, lower, upper, within[0], within[1])
