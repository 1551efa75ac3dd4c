"""The first rule, case by case. Every expected answer stands in the test before the data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from control.model import Status
from control.theatre import load_theatre
from control.timeline import Timeline
from tests.conftest import ACTORS, report

TimelineOf = Callable[..., Timeline]


def said(timeline: Timeline, day: str) -> str:
    """`controlled red`, `contested red/blue`, `besieged red by blue`, `unknown`: one line a holding."""
    holding = timeline.assess("1", date.fromisoformat(day)).holding
    match holding.status:
        case Status.CONTESTED:
            return f"contested {'/'.join([holding.actor or '-', *holding.rivals])}"
        case Status.BESIEGED:
            return f"besieged {holding.actor} by {holding.besieger}"
        case Status.UNKNOWN:
            return "unknown"
    return f"controlled {holding.actor}"


def test_nothing_reported_is_unknown(timeline_of: TimelineOf) -> None:
    assert said(timeline_of(), "2017-06-01") == "unknown"


def test_the_latest_claim_decides_from_its_day_on(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(report("2017-03-01", "captured", "Red Army"), report("2017-05-01", "captured", "Blue Front"))
    assert said(timeline, "2017-02-28") == "unknown"
    assert said(timeline, "2017-03-01") == "controlled red"
    assert said(timeline, "2017-04-30") == "controlled red"
    assert said(timeline, "2017-05-01") == "controlled blue"


def test_a_named_loser_held_it_before(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(report("2017-03-01", "recaptured", "Reds", "Blue Guard"))
    assert said(timeline, "2017-01-01") == "controlled blue"
    assert said(timeline, "2017-03-01") == "controlled red"


def test_conflicting_claims_within_three_days_are_contested(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(
        report("2017-03-01", "captured", "Red Army"), report("2017-03-03", "captured", "Blue Front", source="daily")
    )
    assert said(timeline, "2017-03-02") == "controlled red"
    assert said(timeline, "2017-03-03") == "contested red/blue"
    assert said(timeline, "2017-03-05") == "contested red/blue"
    # the wire service is graded better than the daily that speaks of two days later
    assert said(timeline, "2017-03-06") == "controlled red"


def test_a_story_is_no_conflict(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(
        report("2017-03-01", "captured", "Red Army"), report("2017-03-03", "recaptured", "Blue Front", "Red Army")
    )
    assert said(timeline, "2017-03-03") == "controlled blue"


def test_the_month_does_not_overrule_the_day(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(
        report("2017-03", "captured", "Red Army", "Blue Front"),
        report("2017-03-28", "captured", "Red Army", "Blue Front", source="daily"),
    )
    assert said(timeline, "2017-03-20") == "controlled blue"
    assert said(timeline, "2017-03-28") == "controlled red"
    discarded = timeline.why("1", date(2017, 3, 30)).discarded
    assert [(c.window.text, rule) for c, rule in discarded] == [
        ("2017-03", "says only the month of an event that another report dates to the day")
    ]


def test_fighting_covers_the_holder_until_settled(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(
        report("2017-03-01", "holds", "Red Army"),
        report("2017-04-01", "contested", "Blue Front", "Red Army"),
        report("2017-04-10", "captured", "Blue Front", "Red Army"),
        report("2017-06-01", "contested"),
    )
    assert said(timeline, "2017-03-31") == "controlled red"
    assert said(timeline, "2017-04-01") == "contested red/blue"
    assert said(timeline, "2017-04-09") == "contested red/blue"
    assert said(timeline, "2017-04-10") == "controlled blue"
    assert said(timeline, "2017-06-30") == "contested blue"
    assert said(timeline, "2017-07-01") == "controlled blue"  # thirty days without a word


def test_a_siege_lasts_until_it_is_lifted(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(
        report("2017-02-01", "besieged", "Blue Front", "Red Army"),
        report("2017-09-01", "siege_lifted", "Red Army", "Blue Front"),
    )
    assert said(timeline, "2017-01-31") == "controlled red"
    assert said(timeline, "2017-02-01") == "besieged red by blue"
    assert said(timeline, "2017-08-31") == "besieged red by blue"
    assert said(timeline, "2017-09-01") == "controlled red"


def test_a_side_that_holds_the_town_and_besieges_a_rest_of_it(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(
        report("2017-02-01", "captured", "Blue Front", "Green Party"),
        report("2017-02-10", "besieged", "Blue Front", "Red Army"),
    )
    assert said(timeline, "2017-02-11") == "contested blue/red"


def test_an_unreported_hand_over_is_assumed_halfway(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(
        report("2017-02-01", "captured", "Green Party"), report("2017-04-02", "captured", "Red Army", "Blue Front")
    )
    assert said(timeline, "2017-03-02") == "controlled green"
    assert said(timeline, "2017-03-03") == "controlled blue"
    assumed = [i.start for i in timeline.intervals["1"] if i.assumed]
    assert assumed == [date(2017, 3, 3)]


def test_told_twice_is_one_event(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(
        report("2017-03-03", "recaptured", "Red Army", "Blue Front"),
        report("2017-03-17", "recaptured", "Red Army", "Blue Front"),
    )
    assert said(timeline, "2017-03-10") == "controlled red"


def test_taken_again_long_after_was_lost_in_between(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(
        report("2017-03-01", "recaptured", "Red Army", "Blue Front"),
        report("2017-09-01", "recaptured", "Red Army", "Blue Front"),
    )
    assert said(timeline, "2017-05-31") == "controlled red"
    assert said(timeline, "2017-08-31") == "controlled blue"


def test_a_side_that_left_leaves_the_place_unknown(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(report("2017-03-01", "withdrew", loser="Red Army"))
    assert said(timeline, "2017-02-01") == "controlled red"
    assert said(timeline, "2017-03-01") == "unknown"


def test_a_weak_claim_decides_nothing(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(
        report("2017-03-01", "captured", "Red Army"),
        report("2017-06-01", "captured", "Blue Front", source="rumour", credibility=5),
    )
    assert said(timeline, "2017-07-01") == "controlled red"
    assert "too weak" in timeline.why("1", date(2017, 7, 1)).discarded[0][1]


def test_an_offensive_and_a_ceasefire_change_nothing(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(
        report("2017-03-01", "captured", "Red Army"),
        report("2017-04-01", "offensive_started", "Blue Front", "Red Army"),
        report("2017-04-05", "ceasefire"),
    )
    assert said(timeline, "2017-04-06") == "controlled red"


@pytest.mark.parametrize("source", ["wire", "red-radio"])
def test_a_side_speaking_against_itself_is_believed(timeline_of: TimelineOf, source: str) -> None:
    """Both sources say that Red lost Alpha; from Red's own radio it weighs at least 0.95."""
    timeline = timeline_of(report("2017-03-01", "captured", "Blue Front", "Red Army", source=source))
    probability = timeline.assess("1", date(2017, 3, 1)).probability
    assert probability == pytest.approx({"wire": 0.88 * 0.97, "red-radio": 0.95}[source], abs=0.03)


def test_nobody_held_a_place_before_it_existed(write_theatre: Callable[..., Path]) -> None:
    actors = [a if a["id"] != "blue" else {**a, "active_from": "2017-02-01"} for a in ACTORS]
    folder = write_theatre([report("2017-03-01", "captured", "Red Army", "Blue Front")], actors=actors)
    timeline = Timeline(load_theatre(folder))
    assert said(timeline, "2017-01-31") == "unknown"
    assert said(timeline, "2017-02-01") == "controlled blue"
