"""Several series laid over each other: stretches of a place on which every assessor's word stays as it is.

A stretch of 400 days counts as 400 items; nothing is ever written out day by day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from control.assessors.series import UNKNOWN, Ints, Series

ABSENT = -1
"""Code of an assessor that says nothing at all, not even `unknown`."""
_SHIFT = 32
"""A place and a day in one number, so that both are found by one search."""


@dataclass(frozen=True)
class Overlay:
    """Stretches [start, start + days) of places of which at least two assessors say something, by place and start.

    Attributes
    ----------
    names
        The assessors.
    places, words
        Ids, and what can be said, both ascending; of all series together.
    place
        Index in `places`, one for each stretch.
    start, days
        Ordinal of the first day, and number of days.
    said
        Index in `words` or `ABSENT`, shape (assessors, stretches).
    """

    names: tuple[str, ...]
    places: tuple[str, ...]
    words: tuple[str, ...]
    place: Ints
    start: Ints
    days: Ints
    said: Ints

    @property
    def compared(self) -> Ints:
        """Indices of the places of which at least two say something on one day."""
        return np.unique(self.place)

    def without_unknown(self) -> Overlay:
        """Return the same, with `unknown` taken for saying nothing."""
        if UNKNOWN not in self.words:
            return self
        said = np.where(self.said == self.words.index(UNKNOWN), ABSENT, self.said)
        return replace(self, said=said)._where((said != ABSENT).sum(axis=0) >= 2)

    def pair(self, first: int, second: int) -> Overlay:
        """Return the stretches of which two of the assessors, by index, both say something."""
        both = self._where((self.said[first] != ABSENT) & (self.said[second] != ABSENT))
        return replace(both, names=(self.names[first], self.names[second]), said=both.said[[first, second]])

    def on(self, day: int) -> Overlay:
        """Return the stretches that hold on a day (an ordinal), at most one a place."""
        return self._where((self.start <= day) & (day < self.start + self.days))

    def _where(self, kept: NDArray[np.bool_]) -> Overlay:
        return replace(
            self, place=self.place[kept], start=self.start[kept], days=self.days[kept], said=self.said[:, kept]
        )


def lay_over(series: Sequence[Series]) -> Overlay:
    """Lay series over each other.

    Time and memory grow with the number of runs: 33,000 places with five runs each take a fraction of a second.
    """
    places = sorted({place for one in series for place in one.places})
    words = sorted({word for one in series for word in one.words})
    place_code, word_code = ({name: i for i, name in enumerate(names)} for names in (places, words))
    laid = []
    for one in series:
        where = np.array([place_code[p] for p in one.places], np.int64)[one.place] << _SHIFT
        word = np.array([word_code[w] for w in one.words], np.int64)[one.word]
        laid.append((where | one.start, where | one.end, word))
    marks = np.unique(
        np.concatenate([keys for start, end, _ in laid for keys in (start, end)] or [np.empty(0, np.int64)])
    )
    start, end = marks[:-1], marks[1:]
    inside = start >> _SHIFT == end >> _SHIFT
    start, end = start[inside], end[inside]
    said = np.full((len(series), len(start)), ABSENT, np.int64)
    for row, (starts, ends, word) in enumerate(laid):
        if not len(starts):
            continue
        at = np.searchsorted(starts, start, side="right") - 1
        covered = (at >= 0) & (ends[at] > start)
        said[row, covered] = word[at[covered]]
    whole = Overlay(
        tuple(one.name for one in series), tuple(places), tuple(words), start >> _SHIFT,
        start & ((1 << _SHIFT) - 1), end - start, said,
    )  # fmt: skip
    return whole._where((said != ABSENT).sum(axis=0) >= 2)
