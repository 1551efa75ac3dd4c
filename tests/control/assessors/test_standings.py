"""Where they differ: how the words of all stand to each other."""

from __future__ import annotations

import pytest
from hypothesis import given

from control.assessors.comparison import compare
from control.assessors.overlay import lay_over
from control.assessors.series import UNKNOWN, Series, SeriesError
from control.assessors.standings import Standing, place_differences, standings
from tests.control.assessors.invented import START, any_series, day_by_day, spelt


def test_standings_by_hand() -> None:
    """Day by day: all red; two red and one unknown; two red and one who says nothing; red and blue; contested; nobody."""
    overlay = lay_over([spelt("a", x="RRRRCU"), spelt("b", x="RRRBRU"), spelt("c", x="RU.UUU")])
    assert [Standing(s) for s in standings(overlay)] == [
        Standing.AGREE, Standing.SILENT, Standing.AGREE, Standing.DIFFER, Standing.DIFFER, Standing.NOBODY,
    ]  # fmt: skip
    (found,) = place_differences(overlay)
    assert (found.place_id, found.days, found.differing, found.silent) == ("x", 6, 2, 1)
    assert found.share_differing == pytest.approx(1 / 3)


def test_the_most_disputed_place_comes_first() -> None:
    overlay = lay_over([spelt("a", x="RRR", y="RR", z="R"), spelt("b", x="RBB", y="BB", z="R")])
    assert [found.place_id for found in place_differences(overlay)] == ["y", "x", "z"]


@given(any_series("a"), any_series("b"), any_series("c"))
def test_standings_are_those_of_a_plain_recount(a: Series, b: Series, c: Series) -> None:
    each = [day_by_day(one) for one in (a, b, c)]
    overlay = lay_over([a, b, c])
    for place, start, standing in zip(overlay.place, overlay.start.tolist(), standings(overlay).tolist(), strict=True):
        said = [one[overlay.places[place], start] for one in each if (overlay.places[place], start) in one]
        named = {word for word in said if word != UNKNOWN}
        expected = (
            Standing.DIFFER if len(named) > 1
            else Standing.NOBODY if not named
            else Standing.SILENT if UNKNOWN in said
            else Standing.AGREE
        )  # fmt: skip
        assert standing == expected


def test_a_comparison_needs_two_who_speak_of_the_same() -> None:
    one = spelt("a", x="R")
    for others, message in (
        ([], "1 assessors; expected 2 to 20"),
        ([spelt("a", x="B")], "two assessors are named 'a'"),
        ([spelt("b", y="B")], "no place and day of which two assessors say something"),
    ):
        with pytest.raises(SeriesError, match=message):
            compare([one, *others])


def test_pairs_come_in_the_order_of_the_assessors() -> None:
    found = compare([spelt("b", x="RRB"), spelt("a", x="RRR"), spelt("c", x="BRR")], every=2, draws=0)
    assert [(p.first, p.second, p.agreement) for p in found.pairs] == [
        ("b", "a", pytest.approx(2 / 3)), ("b", "c", pytest.approx(1 / 3)), ("a", "c", pytest.approx(2 / 3)),
    ]  # fmt: skip
    assert [(s.start.toordinal() - START, s.agreeing) for s in found.steps] == [(0, 1), (2, 0)]
    assert found.spread is None
