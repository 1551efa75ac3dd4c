"""The synthetic theatre is what it says it is, and the baselines and scores are right on examples checked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bench.synthetic import LIAR, Recipe, Synthetic, make
from bench.timeline import (
    distribution,
    last_observation,
    majority,
    nearest_report,
    ordered,
    replay,
    score,
    sure,
)
from control.assessment.timeline import Timeline
from control.record.event_kinds import EventKind
from control.record.model import Claim

SMALL = Recipe(places=80, days=700)


@pytest.fixture(scope="module")
def world() -> Synthetic:
    return make(SMALL)


def test_same_recipe_gives_the_same_theatre(world: Synthetic) -> None:
    again = make(SMALL)
    assert again.theatre.claims == world.theatre.claims
    assert (again.holders == world.holders).all()
    assert again.theatre.data_hash == world.theatre.data_hash
    assert make(replace(SMALL, seed=1)).theatre.claims != world.theatre.claims


def test_true_histories_tile_the_span(world: Synthetic) -> None:
    span = world.theatre.settings
    changes = 0
    for place_id in world.place_ids:
        history = world.history(place_id)
        assert history[0][0] == span.start
        assert history[-1][1] == span.end
        for (_, end, holder), (start, _, following) in zip(history, history[1:], strict=False):
            assert end == start
            assert holder != following
            assert world.holder(place_id, start) == following
            assert world.holder(place_id, start - timedelta(days=1)) == holder
            changes += 1
    assert changes > len(world.place_ids) / 4


def test_claims_lie_in_the_span_and_are_published_after_the_event(world: Synthetic) -> None:
    span = world.theatre.settings
    ids = [c.id for c in world.theatre.claims]
    assert len(ids) == len(set(ids))
    for claim in world.theatre.claims:
        assert span.start <= claim.window.middle < span.end
        assert claim.known_from >= claim.window.first
    assert {c.event for c in world.theatre.claims} >= {EventKind.CAPTURED, EventKind.HOLDS, EventKind.CONTESTED}


@pytest.mark.parametrize("share", [0.0, 0.15, 0.3])
def test_false_share_is_what_was_ordered(share: float) -> None:
    shares = [make(Recipe(false_share=share, seed=seed)).false_share() for seed in range(3)]
    assert sum(shares) / len(shares) == pytest.approx(share, abs=0.03 if share else 0)


def test_worse_grades_err_more_often_unless_told_otherwise() -> None:
    def errors(recipe: Recipe, grades: str) -> float:
        worlds = [make(replace(recipe, seed=seed)) for seed in range(3)]
        judged = [
            w.is_true(c) for w in worlds for c in w.theatre.claims
            if c.actor and c.event in {EventKind.CAPTURED, EventKind.HOLDS}
            and c.source.grade in grades
        ]  # fmt: skip
        return 1 - sum(judged) / len(judged)

    matching = Recipe(false_share=0.2)
    assert errors(matching, "DE") > 2 * errors(matching, "AB")
    alike = replace(matching, grades_match=False)
    assert errors(alike, "DE") == pytest.approx(errors(alike, "AB"), abs=0.08)


def test_wrong_toponyms_and_the_liar() -> None:
    moved = make(replace(SMALL, wrong_toponyms=0.1)).theatre.claims
    assert sum(c.report.place != c.place_id for c in moved) / len(moved) == pytest.approx(0.1, abs=0.04)
    world = make(replace(SMALL, lying_source=True))
    liar = [c for c in world.theatre.claims if c.source.id == LIAR.id]
    assert len(liar) / len(world.theatre.claims) == pytest.approx(1 / 6, abs=0.02)
    assert {c.actor for c in liar} == {"actor-0"}
    assert sum(not world.is_true(c) for c in liar) / len(liar) == pytest.approx(0.6, abs=0.12)


def test_number_of_reports_can_be_set() -> None:
    assert len(make(replace(SMALL, reports=50)).theatre.claims) == 50


def _claims(timeline_of: Any, *rows: dict[str, Any]) -> list[Claim]:
    return ordered(timeline_of(*rows).theatre.claims)


def test_baselines_on_a_hand_example(timeline_of: Any) -> None:
    def row(day: str, event: str, actor: str, loser: str = "") -> dict[str, Any]:
        return {
            "event_date": day, "place": "Alpha", "event": event, "actor": actor, "loser": loser, "source": "wire",
            "credibility": 2,
        }  # fmt: skip

    claims = _claims(
        timeline_of,
        row("2017-02-10", "captured", "red", "green"),
        row("2017-03-01", "contested", "red", "blue"),
        row("2017-03-10", "holds", "red"),
        row("2017-04-01", "besieged", "blue", "red"),
        row("2017-05-01", "withdrew", "", "red"),
        row("2017-06-01", "captured", "blue"),
    )
    days = {"2017-02-09": None, "2017-02-10": "red", "2017-03-05": "red", "2017-05-31": "red", "2017-06-01": "blue"}
    assert {day: last_observation(claims, date.fromisoformat(day)) for day in days} == days
    assert nearest_report(claims, date(2017, 2, 9)) == "green"
    assert majority(claims, date(2017, 6, 2)) == "red"
    assert majority(claims, date(2017, 2, 1)) is None


def test_scores_on_a_hand_example() -> None:
    actors = ["blue", "green", "red"]
    assert sure("red", actors) == pytest.approx({"red": 0.9, "blue": 0.05, "green": 0.05})
    result = score([(sure("red", actors), "red"), (sure("red", actors), "blue"), (sure(None, actors), "red")], actors)
    assert result.accuracy == pytest.approx((1 + 0 + 1 / 3) / 3)
    right, wrong, open_ = 0.1**2 + 2 * 0.05**2, 0.9**2 + 0.95**2 + 0.05**2, (2 / 3) ** 2 + 2 / 9
    assert result.brier == pytest.approx((right + wrong + open_) / 3)
    assert result.calibration == pytest.approx((0.9 + 0.9 + 1 / 3) / 3 - (4 / 3) / 3)


def test_distributions_sum_to_one(world: Synthetic) -> None:
    timeline, day = Timeline(world.theatre), world.theatre.settings.start + timedelta(days=350)
    for assessment in timeline.at(day).values():
        shares = distribution(assessment, world.actor_ids)
        assert sum(shares.values()) == pytest.approx(1)
        assert set(shares) == set(world.actor_ids)


def test_replay_names_the_claims_that_contradict(timeline_of: Any) -> None:
    rows = [
        {"event_date": day, "place": "Alpha", "event": "captured", "actor": actor, "source": "wire", "credibility": 2}
        for day, actor in (("2017-02-10", "red"), ("2017-02-13", "blue"), ("2017-08-01", "green"), ("2017-09", "red"))
    ]
    timeline = timeline_of(*rows)
    found = {r.claim.actor: r for r in replay(timeline.theatre, timeline)}
    assert set(found) == {"red", "blue", "green"}
    assert [c.actor for c in found["red"].rivals] == ["blue"]
    assert found["green"].rivals == ()
    assert found["green"].is_hit
