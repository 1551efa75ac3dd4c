"""What one assessor says: for each place, who holds it from which day to which. The form that all are compared in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.errors import UserError

Ints = NDArray[np.int64]

UNKNOWN = "unknown"
"""The word of an assessor who knows of a place and says that nobody can tell."""
CONTESTED = "contested"
OPEN = frozenset({UNKNOWN, CONTESTED})
"""Words that name no holder."""


class SeriesError(UserError, ValueError):
    """Runs that cannot be one assessor's; the message says where."""


@dataclass(frozen=True)
class Series:
    """The runs of one assessor, sorted by place and day; within a place they do not overlap, and neighbours differ.

    A day of a place outside all runs is one of which the assessor says nothing at all.

    Attributes
    ----------
    name
        Of the assessor, for readers.
    places
        Ids, ascending.
    words
        What can be said, ascending: ids of actors, `contested`, `unknown`.
    place, word
        Index in `places` and in `words`, one for each run.
    start, end
        Proleptic Gregorian ordinals of days, half-open: `end` is the first day that is no longer part of it.
    account
        What became of the rows it was read from, in lines.
    read_from
        What it was read from, for the record: kind, files, policy and so on.
    """

    name: str
    places: tuple[str, ...]
    words: tuple[str, ...]
    place: Ints
    start: Ints
    end: Ints
    word: Ints
    account: tuple[str, ...] = ()
    read_from: Mapping[str, Any] = field(default_factory=dict)

    @property
    def days(self) -> int:
        """Number of (place, day) of which something is said."""
        return int((self.end - self.start).sum())

    @property
    def first_day(self) -> date | None:
        """The first day of which anything is said."""
        return date.fromordinal(int(self.start.min())) if len(self.start) else None

    @property
    def last_day(self) -> date | None:
        """The last one."""
        return date.fromordinal(int(self.end.max()) - 1) if len(self.end) else None


def make_series(
    name: str,
    places: Sequence[str],
    words: Sequence[str],
    runs: tuple[Ints, Ints, Ints, Ints],
    account: Sequence[str] = (),
) -> Series:
    """Put runs into order: sorted, joined where they touch and say the same, without places of which nothing is said.

    An assessor who says `unknown` of a place on every day says nothing about it: the place is left out.

    Parameters
    ----------
    places, words
        What the codes in `runs` mean; each once.
    runs
        place, start, end, word: arrays of one length, as in `Series`, in any order.

    Raises
    ------
    SeriesError
        When two runs of a place overlap, or one ends before it starts.
    """
    order = np.lexsort((runs[1], runs[0]))
    place, start, end, word = (np.asarray(column, np.int64)[order] for column in runs)
    same_place = place[1:] == place[:-1]
    wrong = np.flatnonzero(np.r_[False, same_place & (start[1:] < end[:-1])] | (end <= start))
    if len(wrong):
        at = int(wrong[0])
        raise SeriesError(
            f"{name}: {places[int(place[at])]} from {date.fromordinal(int(start[at]))}: overlaps the run before it, or ends "
            "before it starts; expected runs [start, end) that follow each other; correct the dates"
        )
    place_code, place_ids = _ascending(places)
    word_code, word_ids = _ascending(words)
    place, word = place_code[place], word_code[word]
    # with ids in order, so are the runs
    order = np.lexsort((start, place))
    place, start, end, word = place[order], start[order], end[order], word[order]
    says = np.zeros(len(place_ids), bool)
    says[place[np.array([w != UNKNOWN for w in word_ids], bool)[word]]] = True
    kept = says[place]
    place, start, end, word = place[kept], start[kept], end[kept], word[kept]
    if len(place):
        goes_on = (place[1:] == place[:-1]) & (start[1:] == end[:-1]) & (word[1:] == word[:-1])
        heads = np.flatnonzero(np.r_[True, ~goes_on])
        tails = np.r_[heads[1:], len(place)] - 1
        place, start, end, word = place[heads], start[heads], end[tails], word[heads]
    used, place = np.unique(place, return_inverse=True)
    spoken, word = np.unique(word, return_inverse=True)
    return Series(
        name,
        tuple(place_ids[i] for i in used),
        tuple(word_ids[i] for i in spoken),
        place.astype(np.int64),
        start,
        end,
        word.astype(np.int64),
        tuple(account),
    )


def _ascending(names: Sequence[str]) -> tuple[Ints, list[str]]:
    """Return the new code of each name, and the names in ascending order."""
    order = sorted(range(len(names)), key=lambda i: names[i])
    code = np.zeros(len(names), np.int64)
    code[order] = np.arange(len(names))
    return code, [names[i] for i in order]
