"""The rule, case by case. Every expected answer stands in the test before the data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from control.assessment.model import Status
from control.assessment.policy import BALANCED, load_policy
from control.assessment.timeline import Timeline
from control.record.theatre import load_theatre
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


def forgetful(timeline_of: TimelineOf, *rows: dict[str, object]) -> Timeline:
    """A timeline that forgets in half a year: what takes years in a war fits into the year of the tests."""
    return Timeline(timeline_of(*rows).theatre, replace(BALANCED, hazard=0.006))


def test_nothing_reported_is_unknown(timeline_of: TimelineOf) -> None:
    assert said(timeline_of(), "2017-06-01") == "unknown"


def test_the_latest_claim_decides_from_its_day_on(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(report("2017-03-01", "captured", "Red Army"), report("2017-05-01", "captured", "Blue Front"))
    assert said(timeline, "2017-02-28") == "unknown"
    assert said(timeline, "2017-03-01") == "controlled red"
    assert said(timeline, "2017-04-30") == "controlled red"
    assert said(timeline, "2017-05-01") == "controlled blue"


def test_a_named_loser_held_it_before_for_weeks(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(report("2017-03-01", "recaptured", "Reds", "Blue Guard"))
    assert said(timeline, "2017-02-01") == "controlled blue"
    assert said(timeline, "2017-01-01") == "unknown"
    assert said(timeline, "2017-03-01") == "controlled red"


def test_conflicting_claims_of_one_day_are_contested(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(
        report("2017-03-01", "captured", "Red Army"),
        report("2017-03-01", "captured", "Blue Front", note="no, they did"),
    )
    assert said(timeline, "2017-02-28") == "unknown"
    assert said(timeline, "2017-03-01").startswith("contested")


def test_a_later_word_decides_a_conflict_in_hindsight(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(
        report("2017-03-01", "captured", "Red Army"),
        report("2017-03-01", "captured", "Blue Front", note="no, they did"),
        report("2017-03-20", "holds", "Red Army", published="2018-03-01"),
    )
    assert said(timeline, "2017-03-01") == "controlled red"
    assert said(timeline.as_known_on(date(2018, 2, 1)), "2017-03-01").startswith("contested")


def test_two_against_one_is_no_draw(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(
        report("2017-03-01", "captured", "Red Army", "Green Party"),
        report("2017-03-02", "holds", "Red Army", source="daily"),
        report("2017-03-02", "holds", "Green Party", source="rumour"),
    )
    assert said(timeline, "2017-03-05") == "controlled red"


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
    # the month is one more source for the event of that day, so that it weighs more than either alone
    only = timeline_of(report("2017-03-28", "captured", "Red Army", "Blue Front", source="daily"))
    both, alone = (t.assess("1", date(2017, 3, 28)).probability or 0 for t in (timeline, only))
    assert both > alone


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


def test_an_unreported_hand_over_is_assumed_in_between(timeline_of: TimelineOf) -> None:
    """Green took it in January, Red took it from Blue in December: Blue must have come in between, nobody says when."""
    timeline = forgetful(
        timeline_of,
        report("2017-01-10", "captured", "Green Party"),
        report("2017-12-20", "captured", "Red Army", "Blue Front"),
    )
    assert said(timeline, "2017-02-15") == "controlled green"
    assert said(timeline, "2017-12-19") == "controlled blue"
    between = [i for i in timeline.intervals["1"] if date(2017, 1, 10) < i.start < date(2017, 12, 20)]
    assert between
    assert all(i.assumed for i in between)


def test_told_twice_is_one_event(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(
        report("2017-03-03", "recaptured", "Red Army", "Blue Front"),
        report("2017-03-17", "recaptured", "Red Army", "Blue Front"),
    )
    assert said(timeline, "2017-03-10") == "controlled red"


def test_taken_again_long_after_was_lost_in_between(timeline_of: TimelineOf) -> None:
    timeline = forgetful(
        timeline_of,
        report("2017-03-01", "recaptured", "Red Army", "Blue Front"),
        report("2017-09-01", "recaptured", "Red Army", "Blue Front"),
    )
    assert said(timeline, "2017-04-15") == "controlled red"
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
    strict = Timeline(timeline.theatre, load_policy("strict"))
    assert [w.rule for w in strict.why("1", date(2017, 7, 1)).discarded] == [
        "its weight, 0.10, is below 0.5, the least that counts"
    ]


def test_an_offensive_and_a_ceasefire_change_nothing(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(
        report("2017-03-01", "captured", "Red Army"),
        report("2017-04-01", "offensive_started", "Blue Front", "Red Army"),
        report("2017-04-05", "ceasefire"),
    )
    assert said(timeline, "2017-04-06") == "controlled red"


def test_a_side_speaking_against_itself_is_believed(timeline_of: TimelineOf) -> None:
    """Red's own radio is graded below the wire service, but says that Red lost."""
    probabilities = {
        source: timeline_of(report("2017-03-01", "captured", "Blue Front", "Red Army", source=source))
        .assess("1", date(2017, 3, 1))
        .probability
        for source in ("wire", "red-radio", "daily")
    }
    assert probabilities["red-radio"] > probabilities["wire"] > probabilities["daily"]


def test_a_side_speaking_for_itself_counts_less(timeline_of: TimelineOf) -> None:
    own, other = (
        timeline_of(report("2017-03-01", "captured", "Red Army", "Blue Front", source=source))
        .assess("1", date(2017, 3, 1))
        .probability
        for source in ("red-radio", "daily")
    )
    assert own < other


def test_copies_of_one_family_count_half_each_time(timeline_of: TimelineOf) -> None:
    """Two independent claims of 0.73 weigh more together than the same words twice in one paper."""
    base = report("2017-03-01", "captured", "Red Army", source="daily")
    copied = timeline_of(base, {**base, "note": "again"}).assess("1", date(2017, 3, 1)).probability
    independent = timeline_of(base, {**base, "source": "wire"}).assess("1", date(2017, 3, 1)).probability
    assert copied < independent


def test_nobody_held_a_place_before_it_existed(write_theatre: Callable[..., Path]) -> None:
    actors = [a if a["id"] != "blue" else {**a, "active_from": "2017-02-01"} for a in ACTORS]
    folder = write_theatre([report("2017-03-01", "captured", "Red Army", "Blue Front")], actors=actors)
    timeline = Timeline(load_theatre(folder))
    assert said(timeline, "2017-01-31") == "unknown"
    assert said(timeline, "2017-02-01") == "controlled blue"


def test_that_the_besieged_hold_out_does_not_lift_the_siege(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(
        report("2017-02-01", "besieged", "Blue Front", "Red Army"),
        report("2017-03-01", "holds", "Red Army", source="daily"),
    )
    assert said(timeline, "2017-06-01") == "besieged red by blue"


def test_a_story_of_one_day_is_read_in_its_order(timeline_of: TimelineOf) -> None:
    """Red took it from Green and Blue retook it from Red, all on one day; the file has it the other way round."""
    timeline = timeline_of(
        report("2017-05-05", "recaptured", "Blue Front", "Red Army"),
        report("2017-05-05", "captured", "Red Army", "Green Party"),
    )
    assert said(timeline, "2017-05-04") == "controlled green"
    assert said(timeline, "2017-05-05") == "controlled blue"


def test_three_rivals_of_one_day_are_contested_whatever_their_ids(timeline_of: TimelineOf) -> None:
    for note in ("", "x", "y"):
        sides = ("Red Army", "Blue Front", "Green Party")
        timeline = timeline_of(
            *(report("2017-05-05", "captured", s, note=note if s == sides[1] else "") for s in sides)
        )
        odds = dict(timeline.assess("1", date(2017, 5, 5)).probabilities)
        assert max(odds.values()) < 0.45
        assert said(timeline, "2017-05-05") != "controlled red"


def test_a_claim_of_no_weight_counts_for_nothing(timeline_of: TimelineOf) -> None:
    theatre = timeline_of(
        report("2017-02-01", "holds", "Blue Front"), report("2017-03-01", "holds", "Red Army", source="red-radio")
    ).theatre
    explanation = Timeline(theatre, load_policy("against-interest")).why("1", date(2017, 3, 2))
    assert [w.claim.source.id for w in explanation.discarded] == ["red-radio"]


def test_a_report_of_fighting_that_grows_old_is_no_reported_change(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(report("2017-03-01", "holds", "Red Army"), report("2017-06-01", "contested"))
    changes = timeline.changes(date(2017, 5, 1), date(2017, 8, 1))
    assert [(c.day.isoformat(), c.assumed) for c in changes] == [("2017-06-01", False), ("2017-07-01", True)]
