"""Series of invented assessors: by hand, and any that hypothesis thinks of; and the same day by day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
from hypothesis import strategies as st

from control.assessors.series import CONTESTED, UNKNOWN, Series, make_series

START = date(2017, 1, 1).toordinal()
WORDS = ("blue", CONTESTED, "red", UNKNOWN)

Runs = Mapping[str, Sequence[tuple[int, int, str]]]
"""Place -> (first day, first day after, word), days counted from the first of 2017."""


def series(name: str, runs: Runs) -> Series:
    places, words = sorted(runs), sorted({word for its in runs.values() for *_, word in its})
    rows = [
        (places.index(place), START + start, START + end, words.index(word))
        for place, its in runs.items()
        for start, end, word in its
    ]
    table = np.array(rows, np.int64).reshape(-1, 4)
    return make_series(name, places, words, (table[:, 0], table[:, 1], table[:, 2], table[:, 3]))


def spelt(name: str, **places: str) -> Series:
    """A letter a day: R red, B blue, C contested, U unknown, a dot for nothing; as in ``alpha="RRB."``."""
    word = {"R": "red", "B": "blue", "C": CONTESTED, "U": UNKNOWN}
    return series(
        name,
        {
            p: [(day, day + 1, word[letter]) for day, letter in enumerate(text) if letter != "."]
            for p, text in places.items()
        },
    )


def day_by_day(one: Series) -> dict[tuple[str, int], str]:
    """What is said of each place on each day."""
    return {
        (one.places[place], day): one.words[word]
        for place, start, end, word in zip(
            *(c.tolist() for c in (one.place, one.start, one.end, one.word)), strict=True
        )
        for day in range(start, end)
    }


_run = st.tuples(st.sampled_from([0, 0, 1, 40]), st.sampled_from([1, 2, 5, 33]), st.sampled_from(WORDS))


@st.composite
def any_runs(draw: st.DrawFn) -> dict[str, list[tuple[int, int, str]]]:
    runs: dict[str, list[tuple[int, int, str]]] = {}
    for place in draw(st.lists(st.sampled_from("abcd"), unique=True, max_size=4)):
        day = draw(st.integers(0, 20))
        runs[place] = []
        for gap, length, word in draw(st.lists(_run, max_size=6)):
            day += gap
            runs[place].append((day, day + length, word))
            day += length
    return runs


def any_series(name: str) -> st.SearchStrategy[Series]:
    return any_runs().map(lambda runs: series(name, runs))
