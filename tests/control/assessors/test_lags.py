"""Who is later: the same change of hands, as two assessors date it."""

from __future__ import annotations

from hypothesis import given

from control.assessors.lags import changes_of, lags_between
from control.assessors.series import Series
from tests.control.assessors.invented import START, any_runs, any_series, series, spelt


def days(turns: Series) -> dict[str, list[tuple[int, str, str]]]:
    return {place: [(day - START, *rest) for day, *rest in its] for place, its in changes_of(turns).items()}


def test_changes_of_one_assessor_by_hand() -> None:
    one = spelt("a", plain="RRB", fought="RCCB", back="RCR", first="B", gap="R..B", unknown="RUUB")
    assert days(one) == {
        "plain": [(2, "red", "blue")],
        "fought": [(3, "red", "blue")],
        "gap": [(3, "red", "blue")],
        "unknown": [(3, "red", "blue")],
    }


def test_after_a_month_of_silence_nobody_can_date_a_change() -> None:
    runs = {"x": [(0, 5, "red"), (36, 40, "blue")], "y": [(0, 5, "red"), (37, 40, "blue")]}
    assert days(series("a", runs)) == {"x": [(36, "red", "blue")]}
    fought = {"z": [(0, 5, "red"), (5, 60, "contested"), (60, 70, "blue")]}
    assert days(series("a", fought)) == {"z": [(60, "red", "blue")]}


def test_lags_by_hand() -> None:
    """x: 3 days later; y: 8 days earlier; z: only the first; w: other holders, so one each."""
    a = series("a", {
        "x": [(0, 13, "red"), (13, 99, "blue")], "y": [(0, 20, "red"), (20, 99, "blue")],
        "z": [(0, 20, "red"), (20, 99, "blue")], "w": [(0, 20, "red"), (20, 99, "blue")],
    })  # fmt: skip
    b = series("b", {
        "x": [(0, 10, "red"), (10, 99, "blue")], "y": [(0, 28, "red"), (28, 99, "blue")],
        "z": [(0, 99, "red")], "w": [(0, 20, "red"), (20, 99, "green")],
    })  # fmt: skip
    found = lags_between(a, b)
    assert sorted(turn.lag for turn in found.turns if turn.lag is not None) == [-8, 3]
    assert (found.matched, found.only_first, found.only_second) == (2, 2, 1)
    assert (found.median, found.lower, found.upper) == (-2.5, -5.25, 0.25)
    assert (found.within_1, found.within_7) == (0.0, 0.5)


def test_the_nearest_are_matched_and_each_once() -> None:
    """One has blue on day 10 and again on 30; the other on 12 only: it is the one of day 10."""
    a = series("a", {"x": [(0, 10, "red"), (10, 20, "blue"), (20, 30, "red"), (30, 99, "blue")]})
    b = series("b", {"x": [(0, 12, "red"), (12, 99, "blue")]})
    found = lags_between(a, b)
    assert [(t.after, t.lag) for t in found.turns] == [("blue", -2), ("red", None), ("blue", None)]


def test_beyond_the_window_it_is_not_the_same() -> None:
    a, b = (series(n, {"x": [(0, day, "red"), (day, 200, "blue")]}) for n, day in (("a", 10), ("b", 70)))
    assert lags_between(a, b, window=60).matched == 1
    assert lags_between(a, b, window=59).matched == 0


def test_only_where_the_other_can_tell_of_a_change() -> None:
    """The other begins on the day of the change, or ends before it."""
    a = series("a", {"x": [(0, 10, "red"), (10, 99, "blue")]})
    for span in ((10, 99, "blue"), (0, 10, "red")):
        found = lags_between(a, series("b", {"x": [span]}))
        assert found.turns == ()


@given(any_series("a"), any_series("b"))
def test_seen_from_the_other_side_lags_change_their_sign(a: Series, b: Series) -> None:
    there, back = lags_between(a, b), lags_between(b, a)
    assert {(t.place_id, t.after, t.first, t.second) for t in there.turns} == {
        (t.place_id, t.after, t.second, t.first) for t in back.turns
    }
    assert (there.matched, there.only_first, there.only_second) == (back.matched, back.only_second, back.only_first)
    assert (there.within_1, there.within_7) == (back.within_1, back.within_7)
    if there.median is not None and back.median is not None and back.upper is not None:
        assert (there.median, there.lower) == (-back.median, -back.upper)


@given(any_series("a"))
def test_against_oneself_nothing_is_late(a: Series) -> None:
    found = lags_between(a, a)
    assert all(turn.lag == 0 for turn in found.turns)


@given(any_runs(), any_series("b"))
def test_a_place_that_only_one_covers_changes_nothing(a: dict[str, list[tuple[int, int, str]]], b: Series) -> None:
    more = {**a, "elsewhere": [(0, 9, "green"), (9, 20, "red")]}
    assert lags_between(series("a", a), b) == lags_between(series("a", more), b)
