"""The column `since`, and several sides in the column `actor`: what is read, what is refused, and which ids stay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from control.assessment.timeline import Timeline
from tests.conftest import report

TimelineOf = Callable[..., Timeline]


def faults(timeline: Timeline) -> list[str]:
    return [str(fault) for fault in timeline.theatre.faults]


def test_since_is_read(timeline_of: TimelineOf) -> None:
    (claim,) = timeline_of(report("2017-05-01", "holds", "Red Army", since="2017-03")).theatre.claims
    assert claim.since is not None
    assert claim.since.text == "2017-03"
    assert claim.begins == date(2017, 3, 16)


def test_without_since_an_event_begins_on_its_day(timeline_of: TimelineOf) -> None:
    (claim,) = timeline_of(report("2017-05-01", "holds", "Red Army")).theatre.claims
    assert (claim.since, claim.begins) == (None, date(2017, 5, 1))


def test_a_month_that_has_only_begun_begins_no_later_than_the_event(timeline_of: TimelineOf) -> None:
    (claim,) = timeline_of(report("2017-05-03", "holds", "Red Army", since="2017-05")).theatre.claims
    assert claim.begins == date(2017, 5, 3)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            report("2017-05-01", "holds", "Red Army", since="2017-05-02"),
            "since 2017-05-02, after the event date 2017-05-01; expected a day on or before the event date; "
            "correct one of the dates",
        ),
        (
            report("2017-05-01", "captured", "Red Army", since="2017-04-01"),
            "since 2017-04-01 of an event that is of one day (captured); expected an event that goes on, as `holds`; "
            "leave the column since empty",
        ),
        (
            report("2017-05-01", "holds", "Red Army", since="spring"),
            "since: impossible date 'spring'; expected an EDTF date; ",
        ),
        (
            report("2017-05-01", "divided", "Red Army"),
            "divided without a second side; expected two or more sides, as in `Red;Blue` in the column actor; "
            "fill the column loser",
        ),
        (
            report("2017-05-01", "divided", "Red Army:70;Blue Front:60"),
            "shares of 130 %; expected shares of 100 % together; correct them, or leave them out",
        ),
        (
            report("2017-05-01", "divided", "Red Army;Purple"),
            "unknown actor 'Purple'",
        ),
        (
            report("2017-05-01", "divided", "Blue Front;Blue Guard"),
            "actor and loser are the same side; expected two sides; correct one of them",
        ),
        (
            report("2017-05-01", "holds", "Red Army;Blue Front"),
            "unknown actor 'Red Army;Blue Front'",
        ),
    ],
)
def test_faults_name_file_and_line(timeline_of: TimelineOf, row: dict[str, Any], expected: str) -> None:
    (fault,) = faults(timeline_of(row))
    assert fault.startswith(f"reports.csv:2: {expected}")


def test_several_sides(timeline_of: TimelineOf) -> None:
    row = report("2017-05-01", "divided", "Red Army:50;Blue Front:30;Green Party")
    (claim,) = timeline_of(row).theatre.claims
    assert claim.parties == ("red", "blue", "green")
    assert claim.shares == pytest.approx((0.5, 0.3, 0.2))


@pytest.mark.parametrize("event", ["divided", "disputed", "contested"])
def test_two_sides_in_one_column_or_in_two(timeline_of: TimelineOf, event: str) -> None:
    for row in (
        report("2017-05-01", event, "Red Army;Blue Front"),
        report("2017-05-01", event, "Red Army", "Blue Front"),
    ):
        (claim,) = timeline_of(row).theatre.claims
        assert (claim.actor, claim.loser, claim.others, claim.shares) == ("red", "blue", (), ())


def test_a_report_without_since_keeps_its_id(timeline_of: TimelineOf) -> None:
    """The id that the row had before there was such a column."""
    plain, dated = (
        timeline_of(report("2017-05-01", "holds", "Red Army", note="n", **more)).theatre.claims[0].id
        for more in ({}, {"since": "2017-04-01"})
    )
    assert plain == "c1d458c01b89"
    assert dated != plain
