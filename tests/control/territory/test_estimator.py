"""What is estimated for places that nobody reported, and what the estimate rests on."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from control.assessment.likelihood import estimated
from control.assessment.timeline import Timeline
from control.record.theatre import load_theatre
from control.territory.estimate import DEFAULTS, EstimateSettings
from control.territory.estimator import Estimator
from control.territory.landscape import landscape_of
from control.territory.odds import spread_rest, sureness
from control.territory.solver import conductances
from geo.graph import PlaceGraph
from tests.conftest import ACTORS, report

DAY = date(2017, 6, 1)

RED, BLUE = report("2017-02-01", "captured", "Red Army"), report("2017-02-01", "captured", "Blue Front", place="Beta")


def town(name: str, lon: float, lat: float = 50.0) -> dict[str, Any]:
    return {"id": name.lower(), "name": name, "lon": lon, "lat": lat, "kind": "town"}


@pytest.fixture
def estimator_of(write_theatre: Callable[..., Path]) -> Callable[..., Estimator]:
    """Build the estimates of a theatre: reports, towns by (name, lon), and the longitude of a river from south to north."""

    def make(
        reports: list[dict[str, Any]],
        *towns: tuple[str, float],
        river: float | None = None,
        known_on: date | None = None,
        actors: list[dict[str, Any]] = ACTORS,
    ) -> Estimator:
        folder = write_theatre(reports, places=[town(*t) for t in towns], actors=actors)
        line = {"type": "LineString", "coordinates": [[river, 49.0], [river, 52.0]]}
        feature = {"type": "Feature", "properties": {"name": "Flow", "rank": 1}, "geometry": line}
        collection = {"type": "FeatureCollection", "features": [feature] if river else []}
        (folder / "rivers.geojson").write_text(json.dumps(collection), encoding="utf-8")
        theatre = load_theatre(folder)
        assert not theatre.faults
        return Estimator(Timeline(theatre, known_on=known_on), landscape_of(theatre))

    return make


def odds_of(estimator: Estimator, place: str, day: date = DAY) -> dict[str, float]:
    row = estimator.odds(day)[estimator.landscape.index[place]]
    return dict(zip(estimator.actors, row.tolist(), strict=True))


def test_half_way_between_two_it_is_open(estimator_of: Callable[..., Estimator]) -> None:
    estimator = estimator_of([RED, BLUE], ("Alpha", 10.0), ("Beta", 10.5), ("Middle", 10.25))
    odds = odds_of(estimator, "middle")
    assert odds["red"] == pytest.approx(odds["blue"], rel=1e-3)
    assert estimator.estimate(estimator.landscape.index["middle"], DAY).actor is None


def test_the_nearer_one_is_believed_and_named_first(estimator_of: Callable[..., Estimator]) -> None:
    """10.1 E is 7 km from Alpha and 29 km from Beta."""
    estimator = estimator_of([RED, BLUE], ("Alpha", 10.0), ("Beta", 10.5), ("Near", 10.1))
    estimate = estimator.estimate(estimator.landscape.index["near"], DAY)
    assert estimate.actor == "red"
    assert [d.place_id for d in estimate.drivers] == ["alpha", "beta"]
    assert [d.distance_km for d in estimate.drivers] == [pytest.approx(7.1, abs=0.1), pytest.approx(28.6, abs=0.1)]
    assert sum(d.share for d in estimate.drivers) == pytest.approx(1, abs=0.01)


def test_a_river_turns_the_estimate(estimator_of: Callable[..., Estimator]) -> None:
    """A little nearer to Alpha, but on Beta's bank."""
    towns = ("Alpha", 10.0), ("Beta", 10.5), ("Bank", 10.24)
    dry, wet = estimator_of([RED, BLUE], *towns), estimator_of([RED, BLUE], *towns, river=10.1)
    assert odds_of(dry, "bank")["red"] > odds_of(dry, "bank")["blue"]
    assert odds_of(wet, "bank")["blue"] > odds_of(wet, "bank")["red"] + 0.2


def test_without_any_report_nothing_is_known(estimator_of: Callable[..., Estimator]) -> None:
    estimator = estimator_of([], ("Alpha", 10.0), ("Beta", 10.5))
    assert set(estimator.field(DAY).actor.tolist()) == {-1}
    assert estimator.estimate(0, DAY).drivers == ()
    assert estimator.steps() == [[(0, -1, 0.0)]] * 2


@pytest.mark.parametrize("parties", [1, 2])
def test_nobody_gets_the_ground_for_want_of_others(parties: int, estimator_of: Callable[..., Estimator]) -> None:
    """Without any report, one or two parties to a war hold nothing, as three do not."""
    estimator = estimator_of([], ("Alpha", 10.0), ("Beta", 10.5), actors=ACTORS[:parties])
    assert set(estimator.field(DAY).actor.tolist()) == {-1}
    assert estimator.estimate(0, DAY).actor is None


def test_of_two_parties_one_is_believed_near_its_reports_only(estimator_of: Callable[..., Estimator]) -> None:
    estimator = estimator_of([RED], ("Alpha", 9.1), ("Near", 9.2), ("Far", 12.0), actors=ACTORS[:2])
    assert estimator.estimate(estimator.landscape.index["near"], DAY).actor == "red"
    assert estimator.estimate(estimator.landscape.index["far"], DAY).actor is None


def test_an_old_report_of_one_party_does_not_speak_for_the_other(estimator_of: Callable[..., Estimator]) -> None:
    """Months after an unreliable report, what Red lacks at Alpha is not Blue's: nobody ever said so."""
    weak = report("2017-01-05", "captured", "Red Army", source="rumour", credibility=4)
    estimator = estimator_of([weak], ("Alpha", 10.0), ("Near", 10.1), actors=ACTORS[:2])
    late = odds_of(estimator, "near", date(2017, 12, 20))
    assert late["blue"] < late["red"]
    assert sum(late.values()) < 1


def test_who_is_named_nowhere_does_not_get_what_two_others_took(estimator_of: Callable[..., Estimator]) -> None:
    """Red took Alpha and Blue Beta, from whom is not said: that is no reason to believe that Green had both."""
    estimator = estimator_of([RED, BLUE], ("Alpha", 10.0), ("Beta", 10.5), ("Middle", 10.25))
    assert set(estimator.field(date(2017, 1, 15)).actor.tolist()) == {-1}


def test_far_from_all_evidence_the_pull_to_nobody_wins(estimator_of: Callable[..., Estimator]) -> None:
    """Three places in a row; 200 km away, the say of Alpha is much weaker than the anchor."""
    estimator = estimator_of([RED], ("Alpha", 9.1), ("Near", 9.2), ("Far", 12.0))
    assert estimator.estimate(estimator.landscape.index["near"], DAY).actor == "red"
    assert estimator.estimate(estimator.landscape.index["far"], DAY).actor is None


def test_who_does_not_exist_yet_holds_nothing(estimator_of: Callable[..., Estimator]) -> None:
    actors = [{**a, **({"active_from": "2017-05-01"} if a["id"] == "red" else {})} for a in ACTORS]
    estimator = estimator_of([RED], ("Alpha", 10.0), ("Near", 10.1), actors=actors)
    assert odds_of(estimator, "near", date(2017, 4, 1))["red"] == 0
    assert estimator.estimate(estimator.landscape.index["near"], DAY).actor == "red"


def test_what_was_published_later_changes_no_estimate(estimator_of: Callable[..., Estimator]) -> None:
    late = report("2017-02-01", "captured", "Blue Front", place="Beta", published="2017-12-01")
    towns = ("Alpha", 10.0), ("Beta", 10.5), ("Middle", 10.3)
    known = estimator_of([RED, late], *towns, known_on=DAY)
    before = known.odds(DAY)
    assert np.array_equal(before, estimator_of([RED], *towns, known_on=DAY).odds(DAY))


def test_the_estimate_of_a_day_does_not_depend_on_the_way_there(estimator_of: Callable[..., Estimator]) -> None:
    reports = [RED, BLUE, report("2017-07-10", "captured", "Blue Front", "Red Army")]
    towns = ("Alpha", 10.0), ("Beta", 10.5), ("Middle", 10.2), ("East", 10.9)
    days = [date(2017, 1, 1) + timedelta(days=n) for n in range(0, 365, 5)]
    forwards, backwards = estimator_of(reports, *towns), estimator_of(reports, *towns)
    there = {field.day: field for field in forwards.fields(days)}
    for day in reversed(days):
        back = backwards.field(day)
        assert np.array_equal(there[day].actor, back.actor)
        assert np.array_equal(there[day].probability, back.probability)


def test_steps_say_what_the_field_says_on_every_day(estimator_of: Callable[..., Estimator]) -> None:
    """Alpha is told of from 1 February on, so that its steps end there; Middle is never told of."""
    reports = [report("2017-02-01", "captured", "Red Army", published="2017-02-02"), BLUE]
    reports += [report("2017-07-10", "captured", "Blue Front", "Red Army")]
    estimator = estimator_of(reports, ("Alpha", 10.0), ("Beta", 10.5), ("Middle", 10.2))
    middle, steps = estimator.landscape.index["middle"], estimator.steps()
    assert max(day for day, _, _ in steps[estimator.landscape.index["alpha"]]) < 31
    for number in range(365):
        said = [step for step in steps[middle] if step[0] <= number][-1]
        field = estimator.field(date(2017, 1, 1) + timedelta(days=number))
        assert said[1] == field.actor[middle]
        if said[1] >= 0:
            assert said[2] == estimated(field.probability[middle])


def test_bundled_rows_sum_to_one_and_no_estimate_leaves_the_range(bundled_timeline: Timeline) -> None:
    estimator = Estimator(bundled_timeline, landscape_of(bundled_timeline.theatre))
    for day in (date(2013, 1, 1), date(2014, 8, 1), date(2017, 10, 20), date(2019, 12, 31)):
        odds = estimator.odds(day)
        assert np.allclose(odds.sum(axis=1), 1)
        assert odds.min() >= 0
        assert not odds[:, ~estimator.evidence.active(day)].any()


@given(st.lists(st.floats(0.01, 400), min_size=1, max_size=20), st.floats(0.01, 1))
@settings(max_examples=50)
def test_neighbours_say_less_the_farther_and_less_across_rivers(lengths: list[float], factor: float) -> None:
    ordered = np.sort(np.array(lengths)) * 1000
    pairs = np.column_stack((np.zeros(len(lengths), dtype=np.int64), np.arange(1, len(lengths) + 1)))
    none = np.empty(0, dtype=np.int64)
    dry = conductances(PlaceGraph(len(lengths) + 1, pairs, ordered, none, none), DEFAULTS)
    assert np.all(np.diff(dry) <= 0)
    every = np.arange(len(lengths))
    wet = conductances(PlaceGraph(len(lengths) + 1, pairs, ordered, every, every * 0), EstimateSettings(river=factor))
    assert np.allclose(wet, dry * factor)
    line = conductances(PlaceGraph(len(lengths) + 1, pairs, ordered, every, every * 0), DEFAULTS, every)
    assert np.allclose(line, dry * DEFAULTS.river_line)


def test_the_rest_goes_to_those_that_are_not_named() -> None:
    """0.4 for the first of five; the last does not exist yet: 0.2 for each of the other three."""
    odds = spread_rest(np.array([[0.4, 0, 0, 0, 0]]), np.array([[True] + [False] * 4]), np.array([True] * 4 + [False]))
    assert odds[0].tolist() == pytest.approx([0.4, 0.2, 0.2, 0.2, 0])


def test_of_two_the_rest_is_not_all_the_others() -> None:
    """0.4 for the first of two: of four that may hold it, the second has a third of the rest."""
    odds = spread_rest(np.array([[0.4, 0]]), np.array([[True, False]]), np.array([True, True]))
    assert odds[0].tolist() == pytest.approx([0.4, 0.2])


def test_what_is_missing_makes_odds_less_sure() -> None:
    """A third for the only actor, and two thirds for somebody else: an entropy of 0.6365 of at most log 4."""
    assert sureness(np.array([[1 / 3]]), 1)[0] == pytest.approx(1 - 0.6365 / 1.3863, abs=1e-3)


def test_sureness_is_one_for_certainty_and_none_for_a_guess() -> None:
    assert sureness(np.array([[1.0, 0, 0, 0], [1 / 4] * 4]), 4).tolist() == pytest.approx([1, 0], abs=1e-9)
