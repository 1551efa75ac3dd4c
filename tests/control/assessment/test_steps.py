"""The days on which a printed probability changes are those that trying every day finds."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from control.assessment.chain import CHANGE, DEPARTURE, STATE, ChainRates, Node, Nodes, run
from control.assessment.likelihood import whole_percents
from control.assessment.model import Status
from control.assessment.steps import Spans, percent_steps
from control.assessment.timeline import Timeline

LENGTH = 900

nodes = st.builds(
    Node,
    day=st.integers(0, LENGTH + 50),
    kind=st.sampled_from([STATE, CHANGE, DEPARTURE]),
    gainer=st.integers(0, 2),
    loser=st.integers(0, 2),
    weight=st.floats(0.05, 0.99),
)


@given(
    st.lists(nodes, max_size=5),
    st.integers(0, 3),
    st.integers(0, LENGTH - 1),
    st.integers(1, LENGTH),
    st.sampled_from([0, 0, 200]),
    st.sampled_from([1 / 1400, 1 / 30, 0.0]),
)
@settings(max_examples=200)
def test_no_step_is_missed_and_none_invented(
    drawn: list[Node], column: int, start: int, length: int, since: int, hazard: float
) -> None:
    told = sorted(drawn, key=lambda node: node.day)
    curves = run(Nodes.of([told, told[:1]]), np.array([4, 4]), ChainRates(hazard))
    spans = Spans(*(np.array([value]) for value in (0, column, start, start + length, since)))
    found = [
        (day, percent) for _, day, percent in zip(*(v.tolist() for v in percent_steps(curves, spans)), strict=True)
    ]
    days = np.arange(start, start + length)
    odds = curves.at(np.zeros_like(days), days)[column]
    percents = whole_percents(np.where(days < since, 0.0, odds)).tolist()
    tried = list(zip(days.tolist(), percents, strict=True))
    assert found == [tried[0], *(after for before, after in pairwise(tried) if before[1] != after[1])]


def test_bundled_intervals_step_where_their_figures_change(bundled_timeline: Timeline) -> None:
    spans = [
        (place_id, interval.holding.actor, interval.start, interval.end)
        for place_id, intervals in bundled_timeline.intervals.items()
        for interval in intervals
        if interval.holding.actor and interval.holding.status is not Status.UNKNOWN
    ][::3]
    assert len(spans) > 200
    resolutions = bundled_timeline.resolutions
    for (place_id, actor, start, end), found in zip(spans, resolutions.percents(spans), strict=True):
        days = [start + timedelta(days=n) for n in range((end - start).days)]
        tried = list(
            zip(days, whole_percents(np.array(resolutions.probability(place_id, actor, days))).tolist(), strict=True)
        )
        assert found == [tried[0], *(after for before, after in pairwise(tried) if before[1] != after[1])]


def test_an_actor_that_no_report_names_has_no_percent(bundled_timeline: Timeline) -> None:
    place_id = next(p for p, intervals in bundled_timeline.intervals.items() if intervals[0].claims)
    span = (place_id, "nobody", date(2014, 1, 1), date(2014, 2, 1))
    assert bundled_timeline.resolutions.percents([span]) == [[(date(2014, 1, 1), 0)]]
