"""How long fighting, sieges and division last, and what ends them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from control.assessment.model import Status
from control.assessment.timeline import Timeline
from control.words.assessments import describe_assessment
from tests.conftest import report

TimelineOf = Callable[..., Timeline]

ALPHA = "1"
BLUE = report("2017-01-05", "holds", "Blue Front", source="daily")


def status(timeline: Timeline, day: str) -> Status:
    return timeline.assess(ALPHA, date.fromisoformat(day)).holding.status


def stood(timeline: Timeline) -> list[tuple[str, Status, str | None]]:
    return [(i.start.isoformat(), i.holding.status, i.holding.actor) for i in timeline.intervals[ALPHA]]


# --- fighting


def test_fighting_goes_on_until_a_gain_soon_after(timeline_of: TimelineOf) -> None:
    """That its holder still has it in between does not mean that the attack is beaten off."""
    timeline = timeline_of(
        BLUE,
        report("2017-03-01", "contested", "Red Army", "Blue Front"),
        report("2017-03-04", "holds", "Blue Front"),
        report("2017-03-08", "captured", "Red Army", "Blue Front"),
    )
    assert stood(timeline)[-2:] == [
        ("2017-03-01", Status.CONTESTED, "blue"), ("2017-03-08", Status.CONTROLLED, "red"),
    ]  # fmt: skip


def test_fighting_that_no_gain_follows_soon_is_settled_by_its_holder(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(
        BLUE,
        report("2017-03-01", "contested", "Red Army", "Blue Front"),
        report("2017-03-04", "holds", "Blue Front"),
        report("2017-03-20", "captured", "Red Army", "Blue Front"),
    )
    assert status(timeline, "2017-03-03") is Status.CONTESTED
    assert status(timeline, "2017-03-05") is Status.CONTROLLED


# --- sieges

SIEGE = report("2017-02-01", "besieged", "Red Army", "Blue Front")


@pytest.mark.parametrize(
    ("later", "besieged", "free"),
    [
        ([], "2017-12-30", None),
        ([report("2017-03-01", "siege_lifted", "Blue Front", "Red Army")], "2017-02-27", "2017-03-01"),
        (
            [
                report("2017-03-01", "siege_lifted", "Blue Front", "Red Army"),
                report("2017-11-01", "holds", "Blue Front"),
            ],
            "2017-02-27",
            "2017-06-01",
        ),
        ([report("2017-03-01", "captured", "Red Army", "Blue Front")], "2017-02-27", "2017-03-01"),
        ([report("2017-03-01", "holds", "Red Army")], "2017-02-27", "2017-03-01"),
        # a report soon after that does not mention it has no room to, one much later would
        ([report("2017-03-01", "holds", "Blue Front")], "2017-12-30", None),
        ([report("2017-06-01", "holds", "Blue Front")], "2017-05-30", "2017-06-01"),
        # it is told of again: whoever reported the holder in between left it out
        (
            [report("2017-06-01", "holds", "Blue Front"), report("2017-08-01", "besieged", "Red Army", "Blue Front")],
            "2017-06-02",
            None,
        ),
    ],
)
def test_what_ends_a_siege(timeline_of: TimelineOf, later: list[Any], besieged: str, free: str | None) -> None:
    timeline = timeline_of(BLUE, SIEGE, *later)
    assert status(timeline, besieged) is Status.BESIEGED
    if free:
        # the besieger's word against two for the besieged leaves it open for a while
        assert status(timeline, free) in {Status.CONTROLLED, Status.CONTESTED}


def test_a_siege_ends_where_the_besieger_takes_the_place_on_that_day(timeline_of: TimelineOf) -> None:
    """A source tells of the siege and of its end at once: nobody shares the place after it."""
    began = report("2017-01-01", "besieged", "Red Army", "Blue Front")
    fell = report("2017-02-01", "handover", "Red Army", "Blue Front")
    timeline = timeline_of(began, SIEGE, fell)
    assert status(timeline, "2017-01-31") is Status.BESIEGED
    assert status(timeline, "2017-02-01") is Status.CONTROLLED
    assert timeline.assess(ALPHA, date(2017, 6, 1)).holding.actor == "red"
    gained = report("2017-02-01", "captured", "Blue Front", "Red Army")
    assert status(timeline_of(SIEGE, gained), "2017-02-01") is Status.BESIEGED


def test_an_old_siege_is_told_of_as_such(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(BLUE, SIEGE)
    policy = type(timeline.policy)(besieged_days=60)
    later = Timeline(timeline.theatre, policy)
    assert status(later, "2017-04-01") is Status.BESIEGED
    said = describe_assessment(later.theatre, later.assess(ALPHA, date(2017, 4, 20)))
    assert said.endswith("; last reported besieged on 1 February 2017).")


def test_a_siege_begins_since_when_it_is_said_to(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(BLUE, {**SIEGE, "since": "2017-01-15"})
    assert status(timeline, "2017-01-14") is Status.CONTROLLED
    assert status(timeline, "2017-01-15") is Status.BESIEGED


# --- division

PARTED = report("2017-03-01", "divided", "Red Army;Blue Front")


def test_a_place_stays_divided_until_one_side_has_it(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(BLUE, PARTED, report("2017-11-01", "captured", "Red Army", "Blue Front"))
    assert stood(timeline)[-2:] == [
        ("2017-03-01", Status.DIVIDED, "red"), ("2017-11-01", Status.CONTROLLED, "red"),
    ]  # fmt: skip
    assessment = timeline.assess(ALPHA, date(2017, 6, 1))
    assert (assessment.holding.rivals, assessment.probability) == (("blue",), None)


@pytest.mark.parametrize(
    ("event", "settles"),
    [
        (report("2017-06-01", "holds", "Red Army"), True),
        (report("2017-06-01", "withdrew", "", "Blue Front"), True),
        (report("2017-06-01", "contested", "Red Army", "Blue Front"), False),
        (report("2017-06-01", "besieged", "Red Army", "Blue Front"), False),
        (report("2017-06-01", "present", "Green Party"), False),
        (report("2017-06-01", "claimed", "Red Army"), False),
        (report("2017-06-01", "captured", "Red Army", source="rumour", credibility=5), False),
    ],
)
def test_what_settles_a_divided_place(timeline_of: TimelineOf, event: dict[str, Any], settles: bool) -> None:
    timeline = timeline_of(BLUE, PARTED, event)
    assert (status(timeline, "2017-07-01") is Status.DIVIDED) != settles


def test_that_a_side_holds_a_place_which_is_divided_again_later_is_loose_talk(timeline_of: TimelineOf) -> None:
    again = {**PARTED, "event_date": "2017-09-01"}
    loose = timeline_of(BLUE, PARTED, report("2017-06-01", "holds", "Red Army"), again)
    assert status(loose, "2017-07-01") is Status.DIVIDED
    taken = timeline_of(BLUE, PARTED, report("2017-06-01", "captured", "Red Army"), again)
    assert status(taken, "2017-07-01") is Status.CONTROLLED


def test_it_is_divided_since_when_it_is_said_to_be(timeline_of: TimelineOf) -> None:
    timeline = timeline_of({**PARTED, "since": "2017-01-20"})
    assert [s for _, s, _ in stood(timeline)] == [Status.UNKNOWN, Status.DIVIDED]
    assert stood(timeline)[1][0] == "2017-01-20"
    said = describe_assessment(timeline.theatre, timeline.assess(ALPHA, date(2017, 2, 1)))
    assert (
        said
        == "Alpha, 1 February 2017: divided between Red Army and Blue Front (reported as divided since 20 January 2017)."
    )


def test_shares_stay_until_they_are_measured_again(timeline_of: TimelineOf) -> None:
    measured = report("2017-04-01", "divided", "Red Army:40;Blue Front:60")
    timeline = timeline_of(
        PARTED, measured, {**PARTED, "event_date": "2017-05-01"},
        report("2017-06-01", "divided", "Red Army:70;Blue Front"),
    )  # fmt: skip
    days = [date(2017, 3, 15), date(2017, 4, 15), date(2017, 5, 15), date(2017, 6, 15)]
    holdings = [timeline.assess(ALPHA, day).holding for day in days]
    assert [(h.actor, h.rivals, h.shares) for h in holdings] == [
        ("red", ("blue",), ()), ("blue", ("red",), (0.6, 0.4)), ("blue", ("red",), (0.6, 0.4)),
        ("red", ("blue",), (pytest.approx(0.7), pytest.approx(0.3))),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("event", "actor", "rivals", "shares"),
    [
        # Green takes the part of Blue; Red keeps its own
        (report("2017-06-01", "captured", "Green Party", "Blue Front"), "red", ("green",), (0.7, 0.3)),
        (report("2017-06-01", "siege_lifted", "Red Army", "Blue Front"), "red", ("blue",), (0.7, 0.3)),
    ],
)
def test_who_takes_one_part_of_a_divided_place_has_that_part(
    timeline_of: TimelineOf, event: dict[str, Any], actor: str, rivals: tuple[str, ...], shares: tuple[float, ...]
) -> None:
    timeline = timeline_of(report("2017-03-01", "divided", "Red Army:70;Blue Front:30"), event)
    before, after = (timeline.assess(ALPHA, day).holding for day in (date(2017, 5, 1), date(2017, 7, 1)))
    assert (before.status, before.actor, before.rivals) == (Status.DIVIDED, "red", ("blue",))
    assert (after.status, after.actor, after.rivals) == (Status.DIVIDED, actor, rivals)
    assert after.shares == pytest.approx(shares)


@pytest.mark.parametrize(("since", "last_day"), [("2017-06-10", "2017-06-09"), ("2017-02-01", "2017-03-01")])
def test_who_is_said_to_hold_it_since_a_day_has_all_of_it_from_then(
    timeline_of: TimelineOf, since: str, last_day: str
) -> None:
    """The later report tells of the time before it, but the division was told of on its own day."""
    timeline = timeline_of(PARTED, report("2017-11-01", "holds", "Red Army", since=since))
    last = date.fromisoformat(last_day)
    assert status(timeline, last.isoformat()) is Status.DIVIDED
    assert status(timeline, (last + timedelta(days=1)).isoformat()) is Status.CONTROLLED


def test_of_three_sides_two_remain(timeline_of: TimelineOf) -> None:
    """Red takes the part of Blue: its share grows; then that of Green, and all is Red's."""
    timeline = timeline_of(
        report("2017-03-01", "divided", "Red Army:30;Blue Front:30;Green Party:40"),
        report("2017-06-01", "captured", "Red Army", "Blue Front"),
        report("2017-09-01", "captured", "Red Army", "Green Party"),
    )
    middle, last = (timeline.assess(ALPHA, day).holding for day in (date(2017, 7, 1), date(2017, 10, 1)))
    assert (middle.status, middle.actor, middle.rivals) == (Status.DIVIDED, "red", ("green",))
    assert middle.shares == pytest.approx((0.6, 0.4))
    assert (last.status, last.rivals) == (Status.CONTROLLED, ())


def test_the_sides_may_become_others(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(PARTED, report("2017-06-01", "divided", "Red Army;Green Party"))
    assert timeline.assess(ALPHA, date(2017, 7, 1)).holding.rivals == ("green",)


def test_fighting_ends_on_the_day_of_a_gain_that_most_speaks_for(timeline_of: TimelineOf) -> None:
    """One source has the capture a day early: the town does not go back to its holder for that day."""
    timeline = timeline_of(
        BLUE,
        report("2017-03-01", "contested", "Red Army", "Blue Front"),
        report("2017-03-02", "captured", "Red Army", "Blue Front", source="rumour"),
        report("2017-03-03", "captured", "Red Army", "Blue Front"),
    )
    assert stood(timeline)[-2:] == [
        ("2017-03-01", Status.CONTESTED, "blue"), ("2017-03-03", Status.CONTROLLED, "red"),
    ]  # fmt: skip
