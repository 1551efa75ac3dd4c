"""Places hear their neighbours: what is said around a place counts with its reports, and never its own reports twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from control.assessment.model import Status
from control.assessment.policy import BALANCED, load_policy
from control.assessment.timeline import Timeline
from control.record.theatre import load_theatre
from control.territory.estimator import Estimator
from control.territory.ground import Grounds
from control.territory.landscape import landscape_of
from control.territory.locate import assess_point
from control.territory.surroundings import CoupledTimeline
from geo.place import LonLat
from tests.conftest import ACTORS, report

AROUND = {"a": (10.0, 50.05), "b": (10.08, 50.0), "c": (10.0, 49.95), "d": (9.92, 50.0)}
TOWNS = [
    {"id": "mid", "name": "Mid", "lon": 10.0, "lat": 50.0, "kind": "town"},
    *(
        {"id": key, "name": key.upper() * 2, "lon": lon, "lat": lat, "kind": "town"}
        for key, (lon, lat) in AROUND.items()
    ),
    {"id": "far", "name": "Far", "lon": 10.9, "lat": 50.0, "kind": "town"},
]
START = {"title": "test", "start": "2014-01-01", "end": "2018-01-01"}


def around(day: str, event: str, *sides: str, **more: Any) -> list[dict[str, Any]]:
    return [report(day, event, *sides, place=key.upper() * 2, **more) for key in AROUND]


def mid(day: str, event: str, *sides: str, **more: Any) -> dict[str, Any]:
    return report(day, event, *sides, place="Mid", **more)


@pytest.fixture
def coupled(write_theatre: Callable[..., Path]) -> Callable[..., CoupledTimeline]:
    """Read a theatre of five towns, 5 km from each other, around Mid; and one far away."""

    def make(*reports: dict[str, Any], policy: str = "balanced", **options: Any) -> CoupledTimeline:
        folder = write_theatre(list(reports), places=TOWNS, actors=ACTORS)
        theatre = load_theatre(folder)
        assert not theatre.faults
        weights = load_policy(policy)
        hearing = replace(weights, neighbours=0.5) if policy == "balanced" else weights
        return CoupledTimeline(theatre, hearing, **options)

    return make


def p(timeline: Timeline, actor: str, day: date, place: str = "mid") -> float:
    return dict(timeline.assess(place, day).probabilities).get(actor, 0.0)


def test_neighbours_that_agree_make_surer_and_others_less_sure(coupled: Any) -> None:
    day, red = date(2017, 6, 1), mid("2017-03-01", "holds", "Red Army")
    agreeing = coupled(red, *around("2017-03-01", "holds", "Red Army"))
    against = coupled(red, *around("2017-03-01", "holds", "Blue Front"))
    assert p(agreeing, "red", day) > p(agreeing.alone, "red", day) > p(against, "red", day)
    assert p(agreeing, "red", day) > 0.95


def test_a_fresh_report_is_not_overruled_by_the_neighbours(coupled: Any) -> None:
    timeline = coupled(mid("2017-05-25", "captured", "Red Army"), *around("2017-03-01", "holds", "Blue Front"))
    assert timeline.assess("mid", date(2017, 6, 1)).holding.actor == "red"


def test_a_stale_holding_yields_to_neighbours_that_changed_hands(coupled: Any) -> None:
    """Red everywhere in January; Blue takes all towns around in March: in December Mid is no longer Red's, but Blue's."""
    timeline = coupled(
        mid("2017-01-05", "holds", "Red Army"),
        *around("2017-01-05", "holds", "Red Army"),
        *around("2017-03-01", "captured", "Blue Front", "Red Army"),
    )
    assert timeline.assess("mid", date(2017, 2, 1)).holding.actor == "red"
    assert timeline.assess("mid", date(2017, 12, 1)).holding.status is Status.UNKNOWN
    there = assess_point(Grounds.of(timeline), LonLat(10.0, 50.0), date(2017, 12, 1))
    assert there.estimate is not None
    assert there.estimate.actor == "blue"


def test_without_reports_of_its_own_a_place_is_an_estimate(coupled: Any) -> None:
    timeline = coupled(*around("2017-03-01", "holds", "Blue Front"))
    assert timeline.assess("mid", date(2017, 6, 1)).holding.status is Status.UNKNOWN


def test_what_was_published_later_changes_nothing(coupled: Any) -> None:
    day, red = date(2017, 6, 1), mid("2017-03-01", "holds", "Red Army")
    blue = around("2017-03-01", "holds", "Blue Front")
    late = around("2017-05-01", "holds", "Red Army", published="2017-08-01")
    then = coupled(red, *blue, *late).as_known_on(day)
    assert then.assess("mid", day) == coupled(red, *blue).as_known_on(day).assess("mid", day)
    assert then.assess("mid", day) != coupled(red, *blue, *late).assess("mid", day)


def test_a_policy_may_not_hear_neighbours(coupled: Any) -> None:
    rows = (mid("2017-03-01", "holds", "Red Army"), *around("2017-03-01", "holds", "Blue Front"))
    assert coupled(*rows, policy="claims-only").neighbours is None
    plain = Timeline(coupled(*rows).theatre, BALANCED)
    assert plain.policy.neighbours == 0
    assert plain.alone is plain


def test_reports_of_a_place_never_change_what_is_said_of_it_around(coupled: Any) -> None:
    rows = around("2017-03-01", "holds", "Blue Front")
    day = date(2017, 6, 1)

    def said(*own: dict[str, Any]) -> np.ndarray:
        timeline = coupled(mid("2017-02-01", "holds", "Red Army"), *own, *rows)
        found = Estimator(timeline.alone, landscape_of(timeline.theatre))
        line = found.evidence.sites.tolist().index(found.landscape.index["mid"])
        return found.without_own(day)[line]

    assert said(mid("2017-05-01", "captured", "Blue Front")) == pytest.approx(said(), abs=1e-9)


def test_why_hears_the_same_neighbours(coupled: Any) -> None:
    timeline = coupled(
        mid("2017-03-01", "holds", "Red Army"),
        mid("2017-04-01", "holds", "Red Army"),
        *around("2017-03-01", "holds", "Red Army"),
    )
    told = timeline.why("mid", date(2017, 6, 1))
    assert told.assessment.probability == p(timeline, "red", date(2017, 6, 1))
    assert all(0 < weighed.without <= told.assessment.probability for weighed in told.supporting)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(1, 12), st.sampled_from(["Red Army", "Blue Front"])), max_size=3),
    st.lists(st.tuples(st.integers(1, 12), st.sampled_from(["Red Army", "Blue Front"])), max_size=3),
    st.integers(1, 12),
)
def test_law_5_a_claim_never_lowers_what_it_claims(
    coupled: Any, own: list[tuple[int, str]], others: list[tuple[int, str]], month: int
) -> None:
    rows = [mid(f"2017-{m:02}-10", "holds", side, note=str(i)) for i, (m, side) in enumerate(own)]
    rows += [report(f"2017-{m:02}-10", "holds", side, place="AA", note=str(i)) for i, (m, side) in enumerate(others)]
    day = date(2017, month, 10)
    before = p(coupled(*rows), "red", day)
    after = p(coupled(*rows, mid(day.isoformat(), "holds", "Red Army", note="one more")), "red", day)
    assert after >= before - 1e-9
