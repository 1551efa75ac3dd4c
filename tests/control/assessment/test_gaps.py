"""Between two reports that disagree: the newer one counts for more than silence, a named loser for weeks."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from control.assessment.chain import CHANGE, NONE, STATE, ChainRates, Node, Nodes, run
from control.assessment.gaps import with_fades
from control.assessment.policy import BALANCED

GOV, IS, SDF = 0, 1, 2
RATES = BALANCED.rates
STEADY = ChainRates(BALANCED.hazard)


def odds(nodes: list[Node], day: int, rates: ChainRates = RATES, states: int = 4) -> np.ndarray:
    return run(Nodes.of([nodes]), np.array([states]), rates).at(np.array([0]), np.array([day]))[:, 0]


def test_the_newest_report_counts_for_more_than_silence_after_older_ones() -> None:
    """Three reports of 2015 that IS holds the town, one of a year later that the government does: the government has it."""
    older = [Node(day, STATE, IS, NONE, 0.73) for day in (0, 30, 60)]
    told = [*older, Node(400, STATE, GOV, NONE, 0.73)]
    assert odds(told, 900).argmax() == GOV
    assert odds(told, 900, STEADY).argmax() == IS


def test_of_two_reports_of_the_same_days_the_many_win() -> None:
    """One report is no more than one report where no time has gone by in which something could have moved."""
    told = [Node(day, STATE, IS, NONE, 0.73) for day in (0, 1, 2)]
    assert odds([*told, Node(3, STATE, GOV, NONE, 0.73)], 4).argmax() == IS


def test_reports_that_agree_are_as_sure_as_before() -> None:
    told = [Node(0, STATE, IS, NONE, 0.73), Node(400, STATE, IS, NONE, 0.73)]
    assert odds(told, 200).tolist() == odds(told, 200, STEADY).tolist()


def test_a_named_loser_held_the_place_before_for_weeks_where_another_report_says_otherwise() -> None:
    """SDF in 2016; in 2019 the government takes it "from IS": IS had it just before, and the SDF until weeks before."""
    told = [Node(0, STATE, SDF, NONE, 0.9), Node(1000, CHANGE, GOV, IS, 0.9)]
    assert odds(told, 990).argmax() == IS
    assert odds(told, 1000 - RATES.loser_days - 30).argmax() == SDF
    assert odds(told, 1010).argmax() == GOV


def test_a_loser_that_the_report_before_names_as_holder_is_believed_throughout() -> None:
    told = [Node(0, STATE, IS, NONE, 0.9), Node(1000, CHANGE, GOV, IS, 0.9)]
    assert all(odds(told, day).argmax() == IS for day in (10, 500, 999))


def test_places_have_gaps_of_their_own() -> None:
    """The last node of one place and the first of the next are no two reports of one."""
    nodes = Nodes.of([[Node(0, STATE, IS, NONE, 0.9)], [Node(900, CHANGE, GOV, SDF, 0.9)]])
    assert with_fades(nodes, np.array([4, 4]), RATES).kind.tolist() == [STATE, CHANGE]


def test_a_report_that_says_nothing_leaves_the_loser_its_place() -> None:
    """One that is no surer than chance does not contradict a change: with four sides, one in four."""
    told = [Node(0, STATE, SDF, NONE, 0.25), Node(1000, CHANGE, GOV, IS, 0.9)]
    assert odds(told, 500).tolist() == odds(told[1:], 500).tolist()


def test_the_surer_the_reports_before_the_less_is_the_loser_believed_further_back() -> None:
    """No jump from all to nothing: .3, .5, .7 and .9 sure that the SDF holds the place."""
    said = [
        odds([Node(0, STATE, SDF, NONE, weight), Node(1000, CHANGE, GOV, IS, 0.9)], 500)[IS]
        for weight in (0.25, 0.3, 0.5, 0.7, 0.9)
    ]
    assert said == sorted(said, reverse=True)
    assert said[0] - said[1] < 0.1


nodes_ = st.builds(
    Node,
    st.integers(0, 2000),
    st.sampled_from([STATE, CHANGE]),
    st.integers(0, 2),
    st.sampled_from([NONE, 0, 1, 2]),
    st.floats(0.01, 0.99),
)


@given(st.lists(nodes_, max_size=6), st.integers(0, 2000))
def test_whatever_moved_all_is_held_by_somebody(drawn: list[Node], day: int) -> None:
    told = sorted((n for n in drawn if n.kind == STATE or n.loser != n.gainer), key=lambda n: n.day)
    told = [n._replace(loser=NONE) if n.kind == STATE else n for n in told]
    found = odds(told, day)
    assert np.isclose(found.sum(), 1)
    assert (found >= 0).all()


@given(st.lists(nodes_, max_size=6), st.integers(0, 2000), st.integers(0, 2), st.floats(0.01, 0.99))
def test_a_claim_never_lowers_what_it_claims(drawn: list[Node], day: int, holder: int, weight: float) -> None:
    """Law 5, where a report that breaks a silence counts for more, and a named loser for weeks."""
    told = [n if n.kind == CHANGE and n.loser != n.gainer else n._replace(kind=STATE, loser=NONE) for n in drawn]
    before = odds(sorted(told, key=lambda n: n.day), day)[holder]
    more = sorted([*told, Node(day, STATE, holder, NONE, weight)], key=lambda n: n.day)
    assert odds(more, day)[holder] >= before - 1e-9
