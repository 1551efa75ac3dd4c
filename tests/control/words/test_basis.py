"""What an answer rests on is said in one clause: when its holder was last reported, or why nobody is known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from control.assessment.model import Status
from control.assessment.policy import load_policy
from control.assessment.timeline import Timeline
from control.record.event_kinds import EventKind
from control.words.basis import basis_words
from tests.conftest import report

TimelineOf = Callable[..., Timeline]
GIVEN = {EventKind.HOLDS, EventKind.CAPTURED}


@pytest.mark.parametrize(
    ("said", "day", "rows"),
    [
        ("reported as its holder for this date", "2017-06-10", [("2017-06-10", "holds", "Red Army")]),
        ("last reported as its holder 16 days earlier", "2017-06-26", [("2017-06-10", "holds", "Red Army")]),
        ("last reported as its holder about 45 days earlier", "2017-07-30", [("2017-06", "captured", "Red Army")]),
        ("reported as its holder only 14 days later", "2017-05-27", [("2017-06-10", "holds", "Red Army")]),
        ("reported to have lost it 9 days later", "2017-06-01", [("2017-06-10", "captured", "Blue Front", "Red Army")]),
        (
            "last reported as its holder 31 days earlier, and reported to have lost it 9 days later",
            "2017-06-01",
            [("2017-05-01", "captured", "Red Army"), ("2017-06-10", "captured", "Blue Front", "Red Army")],
        ),
        (
            "Red Army was reported besieged there 20 days earlier, and is reported to have lost it 10 days later",
            "2017-05-21",
            [
                ("2017-05-01", "besieged", "Blue Front", "Red Army"),
                ("2017-05-31", "captured", "Blue Front", "Red Army"),
            ],
        ),
        (
            "Red Army is reported besieged there for this date",
            "2017-05-01",
            [("2017-05-01", "besieged", "Blue Front", "Red Army")],
        ),
        (
            "reported as contested 3 days earlier",
            "2017-06-04",
            [("2017-05-01", "captured", "Red Army"), ("2017-06-01", "contested", "Blue Front", "Red Army")],
        ),
        (
            "reported as contested 3 days earlier, without naming the sides; last held by Red Army",
            "2017-06-04",
            [("2017-05-01", "captured", "Red Army"), ("2017-06-01", "contested")],
        ),
        ("no report says who holds it", "2017-06-04", []),
        (
            "the first report naming a holder is from 10 December 2017, about 11 months later",
            "2017-01-10",
            [("2017-12-10", "holds", "Red Army")],
        ),
    ],
)
def test_a_clause_says_when_it_was_reported(
    timeline_of: TimelineOf, said: str, day: str, rows: list[tuple[str, ...]]
) -> None:
    timeline = timeline_of(*(report(*row) for row in rows))
    assert basis_words(timeline.theatre, timeline.assess("1", date.fromisoformat(day))) == said


WEAK: dict[str, Any] = {"source": "rumour", "credibility": 4}


@pytest.mark.parametrize(
    ("said", "rows"),
    [
        ("the only report, 31 days old, is too weak", [("2017-05-01", "Red Army")]),
        (
            "the last report, 11 days old, is too weak, or at odds with others",
            [("2017-05-01", "Red Army"), ("2017-05-21", "Blue Front")],
        ),
        (
            "Red Army is reported 31 days earlier and Blue Front 30 days later, and neither is likely enough",
            [("2017-05-01", "Red Army"), ("2017-07-01", "Blue Front")],
        ),
    ],
)  # fmt: skip
def test_of_an_unknown_place_it_says_what_is_wrong_with_the_reports(
    timeline_of: TimelineOf, said: str, rows: list[tuple[str, str]]
) -> None:
    timeline = timeline_of(*(report(day, "holds", actor, **WEAK) for day, actor in rows))
    assert basis_words(timeline.theatre, timeline.assess("1", date(2017, 6, 1))) == said


def test_an_only_report_of_years_ago_is_too_old(bundled_timeline: Timeline) -> None:
    """Where nothing is reported since 2014, and nobody knows five years later, the words say how old the report is."""
    theatre, day = bundled_timeline.theatre, date(2019, 12, 1)
    single = Counter(claim.place_id for claim in theatre.claims)
    old = [
        c.place_id
        for c in theatre.claims
        if single[c.place_id] == 1 and c.event in GIVEN and c.window.last < date(2014, 12, 1)
    ]
    assessed = [bundled_timeline.assess(place_id, day) for place_id in old]
    words = {basis_words(theatre, a) for a in assessed if a.holding.status is Status.UNKNOWN}
    assert words
    assert all(re.fullmatch(r"the only report is about [567] years old", said) for said in words), words


def test_a_policy_may_use_none_of_the_reports(timeline_of: TimelineOf) -> None:
    """A rumour of an unreliable source is below what the strict policy counts."""
    rumoured = timeline_of(report("2017-05-20", "holds", "Red Army", **WEAK))
    timeline = Timeline(rumoured.theatre, load_policy("strict"))
    said = basis_words(timeline.theatre, timeline.assess("1", date(2017, 6, 1)))
    assert said == "its reports count for nothing under this policy"


def test_what_was_not_yet_known_is_no_reason(timeline_of: TimelineOf) -> None:
    """Published on 1 January 2018: as known in 2017, nobody had reported anything."""
    timeline = timeline_of(report("2017-12-10", "holds", "Red Army"))
    assessment = timeline.assess("1", date(2017, 1, 10), known_on=date(2017, 12, 31))
    assert basis_words(timeline.theatre, assessment) == "no report published by 31 December 2017 says who held it"


def test_who_was_reported_to_leave_holds_it_in_spite_of_that(timeline_of: TimelineOf) -> None:
    """Nobody is named after it, and it is named again later: what looks odd is said."""
    timeline = timeline_of(
        report("2017-05-01", "holds", "Red Army"),
        report("2017-06-09", "withdrew", "", "Red Army", credibility="5"),
        report("2017-06-20", "holds", "Red Army"),
        report("2017-06-21", "captured", "Blue Front", "Red Army"),
    )
    assessment = timeline.assess("1", date(2017, 6, 10))
    assert assessment.holding.actor == "red"
    assert basis_words(timeline.theatre, assessment).endswith(", though reported to have left it 1 day earlier")
    after = timeline.assess("1", date(2017, 6, 20))
    assert "left" not in basis_words(timeline.theatre, after)


def test_old_fighting_is_no_reason_where_reports_disagree(timeline_of: TimelineOf) -> None:
    """Who holds a place that nobody reports as contested is contested by the rule alone: that is said."""
    timeline = timeline_of(report("2017-05-01", "contested", "Red Army", "Blue Front"))
    assessment = timeline.assess("1", date(2017, 5, 3))
    assert basis_words(timeline.theatre, assessment) == "reported as contested 2 days earlier"
    disagreeing = replace(assessment, holding=replace(assessment.holding, rule="the reports weigh nearly the same"))
    assert basis_words(timeline.theatre, disagreeing) == "the reports weigh nearly the same"
