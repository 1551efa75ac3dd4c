"""What `holds since` says: the holder from that day on, nothing for it before, and both ends of it once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from control.assessment.model import Status
from control.assessment.timeline import Timeline
from control.words.reasons import explain
from tests.conftest import report

TimelineOf = Callable[..., Timeline]

ALPHA = "1"
BEGUN, TOLD = date(2017, 4, 1), date(2017, 9, 1)
DATED = report("2017-09-01", "holds", "Red Army", since="2017-04-01")
UNDATED = report("2017-09-01", "holds", "Red Army")
BLUE_BEFORE = report("2017-02-01", "holds", "Blue Front", source="daily")
RED_LATER = report("2017-12-20", "holds", "Red Army", source="rumour", credibility=5)
TAKEN_EARLIER = report("2017-01-20", "captured", "Red Army", "Blue Front")


def red(timeline: Timeline, day: date) -> float:
    return dict(timeline.assess(ALPHA, day).probabilities).get("red", 0.0)


def test_the_holder_holds_from_that_day_on(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(DATED)
    before, *after = (timeline.assess(ALPHA, day) for day in (BEGUN - timedelta(1), BEGUN, date(2017, 6, 1), TOLD))
    assert before.holding.status is Status.UNKNOWN
    assert {a.holding.actor for a in after} == {"red"}
    assert all(a.probability is not None and a.probability >= 0.8 for a in after)


@pytest.mark.parametrize("others", [[], [BLUE_BEFORE, RED_LATER], [TAKEN_EARLIER]])
@pytest.mark.parametrize("credibility", [2, 3, 4, 5])
def test_it_says_nothing_for_the_holder_before(timeline_of: TimelineOf, others: list[object], credibility: int) -> None:
    without = timeline_of(*others)
    for day in (date(2017, 1, 5), date(2017, 3, 1), BEGUN - timedelta(1)):
        told = timeline_of(*others, {**DATED, "credibility": credibility})
        expected = red(without, day) if others else 1 / 3
        assert red(told, day) <= expected + 1e-6


def test_without_since_it_reads_backwards(timeline_of: TimelineOf) -> None:
    assert timeline_of(UNDATED).assess(ALPHA, BEGUN - timedelta(1)).holding.actor == "red"


def test_the_holder_before_keeps_the_place_until_then(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(BLUE_BEFORE, DATED)
    assert [i.holding.actor for i in timeline.intervals[ALPHA]][-2:] == ["blue", "red"]
    assert timeline.intervals[ALPHA][-1].start == BEGUN
    assert not timeline.intervals[ALPHA][-1].assumed


def test_both_ends_count_once(timeline_of: TimelineOf) -> None:
    """On its own day it is hardly surer than a report that does not say since when, however long ago that was."""
    plain = red(timeline_of(UNDATED), TOLD)
    for since in ("2017-01-02", "2017-06-01", "2017-08-30"):
        dated = red(timeline_of({**DATED, "since": since}), TOLD)
        assert 0.85 <= dated <= plain + 0.07


def test_against_a_report_in_between_its_own_day_counts_in_full(timeline_of: TimelineOf) -> None:
    """Blue took it in June, says another; that Red holds it in September is the newer word."""
    taken = report("2017-06-15", "captured", "Blue Front", "Red Army", source="daily")
    assert timeline_of(DATED, taken).assess(ALPHA, TOLD).holding.actor == "red"


def test_it_joins_the_report_of_the_taking(timeline_of: TimelineOf) -> None:
    """One gain, told twice: the odds of the day do not speak against each other."""
    taken = report("2017-04-03", "captured", "Red Army", "Blue Front", source="daily")
    timeline = timeline_of(taken, {**DATED, "since": "2017-04"})
    (gain,) = (e for e in timeline.resolutions.places[ALPHA].events if e.kind == 1)
    assert (gain.day, gain.loser, len(gain.claims)) == (date(2017, 4, 3), "blue", 2)


def test_it_is_said(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(DATED)
    said = "\n".join(explain(timeline.theatre, timeline.why(ALPHA, date(2017, 6, 1))))
    assert "reported as its holder since 1 April 2017" in said
    assert "Says that Red Army held it on 1 September 2017 (and since 1 April 2017)" in said.replace(
        "Red held", "Red Army held"
    )
    earlier = "\n".join(explain(timeline.theatre, timeline.why(ALPHA, date(2017, 3, 1))))
    assert "unknown" in earlier


def test_it_is_as_fresh_as_the_day_on_which_it_was_told(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(DATED)
    ages = [timeline.assess(ALPHA, day).days_since_confirmed for day in (BEGUN, date(2017, 6, 1), date(2017, 9, 11))]
    assert ages == [0, 0, 10]
