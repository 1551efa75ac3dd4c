"""Coefficients: the figures of their authors, a plain recount of any two series, and what must always hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from control.assessors.agreement import (
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
from control.assessors.bootstrap import spread
from control.assessors.overlay import Overlay, lay_over
from control.assessors.series import Series
from tests.control.assessors.invented import START, WORDS, any_runs, any_series, day_by_day, series, spelt

Items = list[tuple[str, str]]


def kappa(a: Series, b: Series) -> float | None:
    return cohens_kappa(confusion(lay_over([a, b])))


def plain_kappa(items: Items) -> float | None:
    """By the definition, item by item, in shares: another way than the program's."""
    if not items:
        return None
    agree = sum(first == second for first, second in items) / len(items)
    shares = [Counter(column) for column in zip(*items, strict=True)]
    chance = sum(shares[0][word] * shares[1][word] for word in shares[0]) / len(items) ** 2
    return None if chance == 1 else (agree - chance) / (1 - chance)


def plain_alpha(items: list[list[str]]) -> float | None:
    """By the coincidence matrix: every ordered pair of values of an item, each item with its weight 1 / (m - 1)."""
    coincidences: Counter[tuple[str, str]] = Counter()
    for values in items:
        for n, one in enumerate(values):
            for m, other in enumerate(values):
                if n != m:
                    coincidences[one, other] += 1 / (len(values) - 1)  # type: ignore[assignment]
    totals: Counter[str] = Counter()
    for (one, _), count in coincidences.items():
        totals[one] += count
    n = sum(totals.values())
    disagree = sum(count for (one, other), count in coincidences.items() if one != other)
    chance = sum(totals[one] * totals[other] for one in totals for other in totals if one != other)
    return 1 - (n - 1) * disagree / chance if chance else None


def both(a: Series, b: Series) -> Items:
    first, second = day_by_day(a), day_by_day(b)
    return [(first[item], second[item]) for item in sorted(first.keys() & second.keys())]


# -- worked examples


@pytest.mark.parametrize(
    ("expected", "table"),
    [
        (0.4, [[20, 5], [10, 15]]),  # po .7, pe .5: the usual example of two readers of 50 applications
        (0.492, [[88, 14, 18], [10, 40, 10], [2, 6, 12]]),  # po .70, pe .41: two psychologists, 200 patients
        (-1.0, [[0, 1], [1, 0]]),
        (0.0, [[1, 1], [1, 1]]),
        (None, [[7, 0], [0, 0]]),  # one word alone: 0 / 0
        (0.0, [[0, 7], [0, 0]]),  # each one word alone, but not the same
        (None, [[0, 0], [0, 0]]),
    ],
)
def test_kappa_of_the_books(expected: float | None, table: list[list[int]]) -> None:
    assert cohens_kappa(np.array(table)) == (None if expected is None else pytest.approx(expected, abs=0.0005))


def test_alpha_of_the_book() -> None:
    """Krippendorff (2011), four observers of twelve units, some values missing: nominal alpha 0.743."""
    expected = 0.743
    told = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."]
    observers = [
        series(str(n), {"u": [(day, day + 1, value) for day, value in enumerate(text) if value != "."]})
        for n, text in enumerate(told)
    ]
    assert krippendorffs_alpha(lay_over(observers)) == pytest.approx(expected, abs=0.0005)


def test_two_assessors_by_hand() -> None:
    """Ten days of x: eight alike, so .8; red 6 and 6, blue 4 and 4 of ten: pe .52, kappa .28 / .48."""
    a, b = spelt("a", x="RRRRRRBBBB", only_a="RB"), spelt("b", x="RRRRRBRBBB")
    overlay = lay_over([a, b])
    assert confusion(overlay).tolist() == [[3, 1], [1, 5]]
    assert observed_agreement(confusion(overlay)) == 0.8
    assert kappa(a, b) == pytest.approx(0.28 / 0.48)


def test_unknown_is_an_answer_or_left_out() -> None:
    """Counted: 2 of 4 days alike. Left out: 2 of 2."""
    overlay = lay_over([spelt("a", x="RBUU"), spelt("b", x="RBRB")])
    assert observed_agreement(confusion(overlay)) == 0.5
    assert observed_agreement(confusion(overlay.without_unknown())) == 1.0


def test_agreement_over_months_by_hand() -> None:
    """31 days of January and the first 9 of February, all alike but the last ten."""
    a, b = series("a", {"x": [(0, 40, "red")]}), series("b", {"x": [(0, 30, "red"), (30, 40, "blue")]})
    edges = month_edges(START, START + 40)
    assert [(str(s.start), str(s.end), s.place_days, s.agreeing) for s in agreement_over(lay_over([a, b]), edges)] == [
        ("2017-01-01", "2017-02-01", 31, 30),
        ("2017-02-01", "2017-02-10", 9, 0),
    ]
    assert day_edges(START, START + 40, 25) == [START, START + 25, START + 40]
    assert month_edges(date(2016, 12, 31).toordinal(), START + 1) == [START - 1, START, START + 1]


# -- any series


@given(any_series("a"), any_series("b"))
def test_kappa_is_that_of_a_plain_recount(a: Series, b: Series) -> None:
    expected = plain_kappa(both(a, b))
    assert kappa(a, b) == (None if expected is None else pytest.approx(expected, abs=1e-9))


@given(any_series("a"), any_series("b"), any_series("c"))
def test_alpha_is_that_of_a_plain_recount(a: Series, b: Series, c: Series) -> None:
    each = [day_by_day(one) for one in (a, b, c)]
    items = [[one[item] for one in each if item in one] for item in set().union(*each)]
    expected = plain_alpha([values for values in items if len(values) > 1])
    found = krippendorffs_alpha(lay_over([a, b, c]))
    assert found == (None if expected is None else pytest.approx(expected, abs=1e-6))


@given(any_series("a"), any_series("b"), any_series("c"), st.integers(1, 50))
def test_agreement_over_time_is_that_of_a_plain_recount(a: Series, b: Series, c: Series, every: int) -> None:
    each = [day_by_day(one) for one in (a, b, c)]
    edges = day_edges(START, START + 500, every)
    for step in agreement_over(lay_over([a, b, c]), edges):
        start, end = step.start.toordinal(), step.end.toordinal()
        said = [
            {one[item] for one in each if item in one}
            for item in set().union(*each)
            if start <= item[1] < end and sum(item in one for one in each) > 1
        ]
        assert (step.place_days, step.agreeing) == (len(said), sum(len(words) == 1 for words in said))


@given(any_series("a"), any_series("b"))
def test_order_does_not_matter_and_agreement_is_a_share(a: Series, b: Series) -> None:
    assert kappa(a, b) == kappa(b, a)
    table = confusion(lay_over([a, b]))
    agreement = observed_agreement(table)
    assert agreement is None or 0 <= agreement <= 1
    assert (confusion(lay_over([b, a])) == table.T).all()


@given(any_series("a"))
def test_one_who_says_the_same_agrees_wholly(a: Series) -> None:
    found = kappa(a, replace(a, name="b"))
    assert found == (1.0 if len(a.words) > 1 else None)


@given(any_runs(), any_runs(), st.permutations(["north", "south", "east", "west"]))
def test_names_of_words_and_places_change_nothing(
    a: Mapping[str, list[tuple[int, int, str]]], b: Mapping[str, list[tuple[int, int, str]]], names: list[str]
) -> None:
    # `unknown` alone has a meaning of its own
    word = dict(zip(WORDS, names, strict=True)) | {"unknown": "unknown"}
    place = dict(zip("abcd", names, strict=True))
    renamed = [
        series(name, {place[p]: [(s, e, word[w]) for s, e, w in its] for p, its in runs.items()})
        for name, runs in (("a", a), ("b", b))
    ]
    assert kappa(series("a", a), series("b", b)) == kappa(*renamed)
    alphas = [krippendorffs_alpha(lay_over(pair)) for pair in ([series("a", a), series("b", b)], renamed)]
    assert alphas[0] == (None if alphas[1] is None else pytest.approx(alphas[1], abs=1e-9))


@given(any_runs(), any_series("b"))
def test_a_place_that_only_one_covers_changes_nothing(a: dict[str, list[tuple[int, int, str]]], b: Series) -> None:
    more = {**a, "elsewhere": [(0, 9, "green"), (9, 20, "red")]}
    before, after = lay_over([series("a", a), b]), lay_over([series("a", more), b])
    assert cohens_kappa(confusion(before)) == cohens_kappa(confusion(after))
    assert krippendorffs_alpha(before) == krippendorffs_alpha(after)
    assert _interval(before) == _interval(after)


def _interval(overlay: Overlay) -> object:
    return spread(kappa_columns(overlay), kappa_of, draws=20)


# -- how far it may be off


def test_the_interval_is_drawn_from_places_and_always_the_same() -> None:
    """Half of the places agree on every day and half on none: whole places are drawn, so the interval is wide.

    Of 40 places the number that agree has a standard deviation of sqrt(40 / 4), a share of .079: 95 % are within .16 of .5.
    If days were drawn, 4,000 of them, they would be within .016.
    """
    a = series("a", {f"p{n}": [(0, 50, "red"), (50, 100, "blue")] for n in range(40)})
    b = series(
        "b", {f"p{n}": [(0, 50, "red" if n % 2 else "blue"), (50, 100, "blue" if n % 2 else "red")] for n in range(40)}
    )
    overlay = lay_over([a, b])
    found = spread(kappa_columns(overlay), kappa_of, draws=2000)
    assert found is not None
    assert found == spread(kappa_columns(overlay), kappa_of, draws=2000)
    # kappa is 2 po - 1 here, so twice as wide
    assert found.low == pytest.approx(-0.31, abs=0.04)
    assert found.high == pytest.approx(0.31, abs=0.04)
    assert found.draws == 2000


def test_no_interval_from_one_place_or_where_it_is_rarely_defined() -> None:
    one = lay_over([spelt("a", x="RB"), spelt("b", x="RR")])
    assert _interval(one) is None
    same = lay_over([spelt("a", x="RR", y="RR"), spelt("b", x="RR", y="RR")])
    assert _interval(same) is None
    assert spread(kappa_columns(same), kappa_of, draws=0) is None


@settings(max_examples=25)
@given(any_series("a"), any_series("b"))
def test_the_columns_add_up_to_the_coefficients(a: Series, b: Series) -> None:
    overlay = lay_over([a, b])
    for columns, of, whole in (
        (kappa_columns(overlay), kappa_of, cohens_kappa(confusion(overlay))),
        (alpha_columns(overlay), alpha_of, krippendorffs_alpha(overlay)),
    ):
        if not len(columns):  # they share no day
            continue
        (value,) = of(columns.sum(axis=0, keepdims=True))
        assert (None if np.isnan(value) else value) == (None if whole is None else pytest.approx(whole, abs=1e-9))
