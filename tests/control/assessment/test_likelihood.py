"""One rule for printed probabilities: in Python and in the browser the same figure and the same word."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from control.assessment.likelihood import WORDS, about, estimated, likelihood, percent, recorded, whole_percents
from tests.node import plugin_answers

PROBABILITIES = st.floats(0, 1)


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (1.0, "over 99 %"), (0.995, "over 99 %"), (0.9944, "99 %"), (0.5, "50 %"), (0.125, "13 %"), (0.005, "1 %"),
        (0.0044, "under 1 %"), (0.0, "under 1 %"),
    ],
)  # fmt: skip
def test_a_probability_never_claims_certainty(probability: float, words: str) -> None:
    assert percent(probability) == words


@pytest.mark.parametrize(("least", "word"), WORDS[:-1])
def test_words_go_by_the_printed_figure(least: int, word: str) -> None:
    """At 95 % the word is that of 95 %, whether .9450 or .9549 stands behind it; at 94 % it is the next one."""
    for behind in (least / 100 - 0.005, least / 100, least / 100 + 0.0044):
        assert (percent(behind), likelihood(behind)) == (f"{least} %", word)
    assert percent(least / 100 - 0.006) == f"{least - 1} %"
    assert likelihood(least / 100 - 0.006) != word


def test_what_is_unknown_has_no_likelihood() -> None:
    assert likelihood(None) == "unknown"


@given(PROBABILITIES)
def test_what_is_recorded_is_printed_as_what_it_was_made_of(probability: float) -> None:
    assert percent(recorded(probability)) == percent(probability)
    assert likelihood(recorded(probability)) == likelihood(probability)
    assert recorded(recorded(probability)) == recorded(probability)
    again = float(estimated(probability))
    assert about(again) == about(probability)


@given(st.lists(PROBABILITIES, min_size=2))
def test_more_is_never_printed_as_less(probabilities: list[float]) -> None:
    assert all(a <= b for a, b in pairwise(whole_percents(np.array(sorted(probabilities))).tolist()))


def test_noise_of_computing_does_not_change_the_figure() -> None:
    halves = np.arange(1, 1000) / 1000 - 0.0005
    assert (whole_percents(halves) == whole_percents(halves * (1 - 1e-15))).all()


def test_the_browser_prints_what_python_prints() -> None:
    values = [n / 4000 for n in range(4001)] + [0.9496, 0.9449999999, 1 / 3, 2 / 3, 0.49999999999]
    said = plugin_answers(
        ["words"], "input.map((p) => [Words.percent(p), Words.likelihood(p), Words.about(p)])", values
    )
    assert said == [[percent(p), likelihood(p), about(p)] for p in values]
