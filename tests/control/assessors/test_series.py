"""The form that assessors are compared in, and how series are laid over each other."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from control.assessors.overlay import ABSENT, lay_over
from control.assessors.series import UNKNOWN, Series, SeriesError
from tests.control.assessors.invented import START, any_series, day_by_day, series, spelt


def test_runs_that_touch_and_say_the_same_are_one() -> None:
    one = series("a", {"x": [(5, 7, "red"), (0, 5, "red"), (7, 9, "blue"), (11, 12, "blue")]})
    assert [(s - START, e - START, one.words[w]) for s, e, w in zip(one.start, one.end, one.word, strict=True)] == [
        (0, 7, "red"), (7, 9, "blue"), (11, 12, "blue"),
    ]  # fmt: skip


def test_a_place_of_which_nothing_but_unknown_is_said_is_left_out() -> None:
    assert spelt("a", x="UUU", y="UUR").places == ("y",)


@pytest.mark.parametrize("runs", [[(0, 5, "red"), (4, 6, "blue")], [(3, 3, "red")], [(3, 2, "red")]])
def test_runs_that_overlap_or_end_early_are_refused(runs: list[tuple[int, int, str]]) -> None:
    with pytest.raises(
        SeriesError, match=r"a: x from 2017-01-0\d: overlaps the run before it, or ends before it starts"
    ):
        series("a", {"x": runs})


def test_stretches_by_hand() -> None:
    """Of x: two days both red, one day red against blue, and a day on which only one speaks; y is one's alone."""
    overlay = lay_over([spelt("a", x="RRRR", y="R"), spelt("b", x="RRB.")])
    told = [
        (overlay.places[p], start - START, days, [overlay.words[w] for w in said])
        for p, start, days, said in zip(
            overlay.place, overlay.start.tolist(), overlay.days.tolist(), overlay.said.T, strict=True
        )
    ]
    assert told == [("x", 0, 2, ["red", "red"]), ("x", 2, 1, ["red", "blue"])]


@given(any_series("a"), any_series("b"), any_series("c"))
def test_stretches_say_what_the_series_say_on_every_day(a: Series, b: Series, c: Series) -> None:
    overlay = lay_over([a, b, c])
    told: dict[tuple[str, int], list[str | None]] = {}
    for place, start, days, said in zip(
        overlay.place, overlay.start.tolist(), overlay.days.tolist(), overlay.said.T.tolist(), strict=True
    ):
        for day in range(start, start + days):
            assert (overlay.places[place], day) not in told
            told[overlay.places[place], day] = [None if code == ABSENT else overlay.words[code] for code in said]
    each = [day_by_day(one) for one in (a, b, c)]
    expected = {item: [one.get(item) for one in each] for item in set().union(*each)}
    assert told == {item: said for item, said in expected.items() if sum(word is not None for word in said) >= 2}


@given(any_series("a"), any_series("b"))
def test_without_unknown_no_stretch_has_it(a: Series, b: Series) -> None:
    overlay = lay_over([a, b]).without_unknown()
    used = {overlay.words[code] for code in np.unique(overlay.said) if code != ABSENT}
    assert UNKNOWN not in used
    assert (overlay.said != ABSENT).all()  # of two, both must speak
