"""The numbers of the chain, against answers that were worked out beforehand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from control.assessment.chain import CHANGE, DEPARTURE, STATE, ChainRates, Node, Nodes, run

GOV, IS, OTHER = 0, 1, 2
RATES = ChainRates()


def probability(nodes: list[Node], day: int, states: int = 3) -> np.ndarray:
    return run(Nodes.of([nodes]), np.array([states]), RATES).at(np.array([0]), np.array([day]))[:, 0]


def test_retaken_also_tells_who_held_it_before() -> None:
    """Government on day 0, "recaptured from IS" on day 997 (0.8): IS 0.72 on day 990, government 0.87 on day 1005."""
    nodes = [Node(0, STATE, GOV, -1, 1 - 1e-9), Node(997, CHANGE, GOV, IS, 0.8)]
    assert probability(nodes, 990)[IS] == pytest.approx(0.72, abs=0.005)
    assert probability(nodes, 1005)[GOV] == pytest.approx(0.87, abs=0.005)


def test_nothing_known_is_the_prior() -> None:
    assert probability([], 5) == pytest.approx([1 / 3] * 3)


def test_a_change_counts_from_its_day() -> None:
    nodes = [Node(10, STATE, GOV, -1, 0.9), Node(20, CHANGE, IS, GOV, 0.9)]
    assert probability(nodes, 19).argmax() == GOV
    assert probability(nodes, 20).argmax() == IS


def test_a_denial_leaves_the_old_holder_ahead() -> None:
    """One 0.6 claim of a side for itself, the next day a neutral 0.9 that the old holder still holds it."""
    nodes = [Node(0, STATE, GOV, -1, 0.9), Node(10, CHANGE, IS, GOV, 0.6), Node(11, STATE, GOV, -1, 0.9)]
    assert probability(nodes, 12).argmax() == GOV


def test_a_departure_makes_room() -> None:
    nodes = [Node(0, STATE, IS, -1, 0.9), Node(10, DEPARTURE, -1, IS, 0.9)]
    assert probability(nodes, 9).argmax() == IS
    assert probability(nodes, 10)[IS] < 0.3


def test_belief_fades_towards_the_prior() -> None:
    nodes = [Node(0, STATE, GOV, -1, 0.9)]
    falling = [probability(nodes, day)[GOV] for day in (0, 100, 1000, 100_000)]
    assert falling == sorted(falling, reverse=True)
    assert falling[0] == pytest.approx(0.9)
    assert falling[-1] == pytest.approx(1 / 3)


nodes_ = st.builds(
    Node, st.integers(0, 2000), st.sampled_from([STATE, CHANGE]), st.integers(0, 2), st.just(-1), st.floats(0.01, 0.99)
)


@given(st.lists(nodes_, max_size=8), st.integers(0, 2000), st.integers(0, 2), st.floats(0.01, 0.99))
def test_a_claim_never_lowers_what_it_claims(nodes: list[Node], day: int, holder: int, weight: float) -> None:
    """Law 5, for the chain itself."""
    before = probability(sorted(nodes, key=lambda n: n.day), day)[holder]
    more = sorted([*nodes, Node(day, STATE, holder, -1, weight)], key=lambda n: n.day)
    assert probability(more, day)[holder] >= before - 1e-9


@given(st.lists(st.lists(nodes_, max_size=6), min_size=1, max_size=5), st.integers(0, 2000))
def test_places_do_not_mix(places: list[list[Node]], day: int) -> None:
    """Running many places at once gives what each gives alone."""
    sorted_places = [sorted(nodes, key=lambda n: n.day) for nodes in places]
    together = run(Nodes.of(sorted_places), np.full(len(places), 3), RATES)
    for row, nodes in enumerate(sorted_places):
        posterior = together.at(np.array([row]), np.array([day]))[:, 0]
        assert posterior == pytest.approx(probability(nodes, day))
        assert posterior.sum() == pytest.approx(1)
