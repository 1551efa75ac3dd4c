"""Kinds of change: what passed, what was heard of, what faded; and what each actor gained and lost by it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from control.assessment.changes import Balance, ChangeKind, balances, kind_of_change
from control.assessment.model import Holding, Status
from control.assessment.timeline import Timeline
from control.words.assessments import brief_change, describe_balance, describe_change
from tests.conftest import report

UNKNOWN = Holding(Status.UNKNOWN)
RED, BLUE = (Holding(Status.CONTROLLED, actor) for actor in ("red", "blue"))
RED_OR_BLUE = Holding(Status.CONTESTED, "red", rivals=("blue",))
RED_OR_GREEN = Holding(Status.CONTESTED, "red", rivals=("green",))
NOBODY_KNOWN = Holding(Status.CONTESTED, None, rivals=("blue", "red"))
RED_SHUT_IN = Holding(Status.BESIEGED, "red", besieger="blue")


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (RED, BLUE, "passed"),
        (RED_OR_BLUE, BLUE, "passed"),
        (RED, Holding(Status.CONTESTED, "blue", rivals=("red",)), "passed"),
        (UNKNOWN, RED, "first-known"),
        (UNKNOWN, RED_OR_BLUE, "first-known"),
        (NOBODY_KNOWN, RED, "first-known"),
        (RED, UNKNOWN, "no-longer-confirmed"),
        (RED_OR_BLUE, UNKNOWN, "no-longer-confirmed"),
        (RED, RED_OR_BLUE, "contested"),
        (UNKNOWN, NOBODY_KNOWN, "contested"),
        (RED, NOBODY_KNOWN, "contested"),
        (RED_SHUT_IN, RED_OR_BLUE, "contested"),
        (RED_OR_BLUE, RED, "no-longer-contested"),
        (NOBODY_KNOWN, UNKNOWN, "no-longer-contested"),
        (RED, RED_SHUT_IN, "besieged"),
        (RED_OR_BLUE, RED_SHUT_IN, "besieged"),
        (RED_SHUT_IN, RED, "siege-over"),
        (RED_OR_BLUE, RED_OR_GREEN, "other-parties"),
    ],
)
def test_each_change_has_its_kind(before: Holding, after: Holding, kind: str) -> None:
    assert kind_of_change(before, after, was_known=bool(before.actor)) == kind


def test_who_was_known_before_is_known_again() -> None:
    assert kind_of_change(UNKNOWN, RED, was_known=True) is ChangeKind.KNOWN_AGAIN


@pytest.fixture
def timeline(timeline_of: Callable[..., Timeline]) -> Timeline:
    """Red takes Alpha in March, nobody says from whom; it passes to Blue and back. Beta too, and Blue takes it."""
    return timeline_of(
        report("2017-03-01", "captured", "Red Army"),
        report("2017-04-01", "captured", "Blue Front", "Red Army"),
        report("2017-06-01", "recaptured", "Red Army", "Blue Front"),
        report("2017-03-01", "captured", "Red Army", place="Beta"),
        report("2017-05-01", "captured", "Blue Front", "Red Army", place="Beta"),
    )


def test_every_change_counts_once_and_first_word_is_no_gain(timeline: Timeline) -> None:
    """Red gained Alpha back, lost both, and was heard of in both; Blue gained both and lost Alpha."""
    found = balances(timeline.changes(date(2017, 1, 1), date(2017, 12, 31)))
    assert found == (Balance("blue", 2, 1, 0, 0), Balance("red", 1, 2, 2, 0))
    assert [balance.net for balance in found] == [1, -1]


def test_between_two_dates_what_was_undone_does_not_count(timeline: Timeline) -> None:
    found = balances(timeline.differences(date(2017, 3, 15), date(2017, 7, 1)))
    assert found == (Balance("blue", 1, 0, 0, 0), Balance("red", 0, 1, 0, 0))


def test_the_changes_of_a_stretch_add_up_to_the_difference_of_its_ends(timeline: Timeline) -> None:
    first, last = date(2017, 1, 1), date(2017, 12, 31)
    steps, ends = balances(timeline.changes(first, last)), balances(timeline.differences(first, last))

    def more(found: tuple[Balance, ...]) -> dict[str, int]:
        return {b.actor: b.net + b.newly_known - b.no_longer_confirmed for b in found}

    assert more(steps) == more(ends)


def test_knowledge_that_comes_and_goes_is_said_as_such(timeline: Timeline) -> None:
    theatre = timeline.theatre
    first = timeline.changes(date(2017, 1, 2), date(2017, 3, 31))[0]
    assert describe_change(theatre, first).startswith(f"{first.day} Alpha: first known as Red Army")
    assert brief_change(theatre, first) == "first known as Red"
    passed = timeline.changes(date(2017, 4, 1), date(2017, 4, 1))[0]
    assert describe_change(theatre, passed) == "2017-04-01 Alpha: Red Army -> Blue Front"


def test_a_balance_in_words(timeline: Timeline) -> None:
    assert describe_balance(timeline.theatre, Balance("red", 1, 2, 0, 0)) == "Red Army: 1 gained, 2 lost"
    said = describe_balance(timeline.theatre, Balance("red", 0, 0, 2, 1))
    assert said == "Red Army: 0 gained, 0 lost; 2 newly known; 1 no longer confirmed"
