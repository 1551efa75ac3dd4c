"""The holders of a place over time: a date that no report gives is never printed as one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from control.app.panel.strip import join_alike
from control.assessment.model import Holding, Status
from control.assessment.quarters import RULE
from control.assessment.timeline import Timeline
from control.record.dates import parse_window
from control.record.model import Claim
from control.record.theatre import load_theatre
from control.words.stretches import Stretch, stretches
from tests.conftest import ROOT, report

TimelineOf = Callable[..., Timeline]


def told(timeline: Timeline, place: str = "1") -> list[Stretch]:
    claims = timeline.claims.get(place, ())
    return stretches(timeline.theatre, join_alike(timeline.intervals[place]), claims)


def lines(timeline: Timeline) -> list[str]:
    return [f"{stretch.holder}: {stretch.dates}" for stretch in told(timeline)]


def test_who_is_named_only_when_it_lost_the_place_is_presumed(timeline_of: TimelineOf) -> None:
    """A rule, and no report, makes Red the holder from eight weeks before on: no day is named for it."""
    timeline = timeline_of(report("2017-11-09", "captured", "Blue Front", "Red Army"))
    assert lines(timeline) == [
        "unknown (not reported): 1 January 2017 to about September 2017",
        "Red Army, presumed from a later report: about September 2017 to 8 November 2017",
        "Blue Front: 9 November to 31 December 2017",
    ]


def test_after_the_last_report_of_fighting_the_holder_is_presumed(timeline_of: TimelineOf) -> None:
    """Fighting is taken to have lasted 30 days, which nobody reported."""
    timeline = timeline_of(
        report("2017-01-01", "captured", "Red Army"), report("2017-03-05", "contested", "Blue Front", "Red Army")
    )
    assert lines(timeline)[:3] == [
        "Red Army: 1 January to 4 March 2017",
        "contested between Red Army and Blue Front: 5 March 2017 to about April 2017",
        "Red Army, presumed: fighting was last reported 5 March 2017: about April 2017 to 31 December 2017",
    ]


def test_after_the_last_report_of_a_siege_the_holder_is_presumed(timeline_of: TimelineOf) -> None:
    """A siege is taken to have ended a year after its last report, which nobody reported."""
    timeline = timeline_of(report("2017-01", "besieged", "Blue Front", "Red Army"))
    (siege,) = [i for i in timeline.intervals["1"] if i.holding.status is Status.BESIEGED]
    over = replace(siege, end=date(2017, 10, 1))
    since = replace(over, start=over.end, end=date(2018, 1, 1), holding=Holding(Status.CONTROLLED, "red"), assumed=True)
    last = stretches(timeline.theatre, [over, since], timeline.claims["1"])[-1]
    assert last.holder == "Red Army, presumed: the siege was last reported January 2017"


def test_who_follows_on_reports_that_disagreed_is_presumed(timeline_of: TimelineOf) -> None:
    """No fighting was reported: nothing is said of when it was."""
    timeline = timeline_of(report("2017-01-01", "captured", "Red Army"))
    (held,) = timeline.intervals["1"]
    unsure = replace(held, end=date(2017, 4, 1), holding=Holding(Status.CONTESTED, "red", rivals=("blue",)))
    after = replace(held, start=date(2017, 4, 1), assumed=True)
    last = stretches(timeline.theatre, [unsure, after], timeline.claims["1"])[-1]
    assert last.holder == "Red Army, presumed: reports disagreed until then"


def test_of_a_town_that_is_divided_by_its_quarters_it_is_said(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(report("2017-01-01", "captured", "Red Army"))
    (held,) = timeline.intervals["1"]
    parted = replace(
        held, start=date(2017, 3, 1), assumed=True, holding=Holding(Status.DIVIDED, "red", ("blue",), rule=RULE)
    )
    whole = replace(held, start=date(2017, 5, 1), assumed=True)
    said = stretches(timeline.theatre, [held, parted, whole], timeline.claims["1"])
    assert [stretch.holder.partition("presumed: ")[2] for stretch in said] == [
        "", "its quarters have different holders", "no quarter is then known as another side's",
    ]  # fmt: skip


def test_one_day_is_no_span(timeline_of: TimelineOf) -> None:
    """Begun on a day that follows from a rule, and over on the same: its date stands once."""
    timeline = timeline_of(report("2017-01-01", "captured", "Red Army"))
    (held,) = timeline.intervals["1"]
    ended = replace(held, end=date(2017, 5, 16), holding=Holding(Status.UNKNOWN))
    one = replace(held, start=ended.end, end=date(2017, 5, 17), assumed=True)
    rest = replace(ended, start=one.end, end=held.end, holding=Holding(Status.CONTROLLED, "blue"))
    taken = (*timeline.claims["1"], claim_on(timeline, "2017-05-17"))
    dates = [stretch.dates for stretch in stretches(timeline.theatre, [ended, one, rest], taken)]
    assert dates[1] == "about 16 May 2017"


def claim_on(timeline: Timeline, day: str) -> Claim:
    claim = timeline.claims["1"][0]
    return replace(claim, window=parse_window(day))


def test_fighting_that_is_reported_again_was_not_reported_last(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(
        report("2017-01-01", "captured", "Red Army"),
        report("2017-03-05", "contested", "Blue Front", "Red Army"),
        report("2017-08-01", "contested", "Blue Front", "Red Army"),
    )
    assert lines(timeline)[2].startswith(
        "Red Army, presumed: no fighting is reported between 5 March 2017 and 1 August 2017: about April 2017 to "
    )


def test_fighting_that_no_report_ends_is_presumed_to_go_on(timeline_of: TimelineOf) -> None:
    """Besieged all along, and fought over in between: when the fighting is no longer reported, the siege is still on."""
    timeline = timeline_of(
        report("2017-01-01", "besieged", "Blue Front", "Red Army"),
        report("2017-03-05", "contested", "Blue Front", "Red Army"),
    )
    assert lines(timeline)[2].startswith(
        "Red Army, besieged by Blue Front, presumed: fighting was last reported 5 March 2017: about April 2017 to "
    )


def test_a_report_that_does_not_say_the_day_begins_about_then(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(
        report("2017-01-01", "captured", "Red Army"), report("2017-06", "captured", "Blue Front", "Red Army")
    )
    assert [stretch.since for stretch in told(timeline)] == ["1 January 2017", "about 15 June 2017"]


def test_months_are_not_named_twice(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(report("2017-07-10", "captured", "Blue Front", "Red Army"))
    assert lines(timeline)[0] == "unknown (not reported): 1 January 2017 to about May 2017"


@pytest.mark.parametrize("folder", ["iraq-syria", "ukraine"])
def test_every_exact_day_is_one_of_a_report_or_of_the_span(folder: str) -> None:
    """Over every reported place: a stretch that begins on a day to the letter begins by a report, or with the span."""
    timeline = Timeline(load_theatre(ROOT / "seeds" / folder))
    seen = 0
    for place, claims in timeline.claims.items():
        reported = {day for claim in claims for day in (claim.window.middle, claim.begins)}
        reported |= {timeline.theatre.settings.start}
        joined = join_alike(timeline.intervals[place])
        for interval, stretch in zip(joined, told(timeline, place), strict=True):
            seen += 1
            quarters = (p.id for p in timeline.theatre.gazetteer.places if p.town == place)
            of_quarters = {
                day
                for quarter in quarters
                for claim in timeline.claims.get(quarter, ())
                for day in (claim.window.middle, claim.begins)
            }
            assert stretch.since.startswith("about ") or interval.start in reported | of_quarters
            assert not re.search(r"about (.*) to about \1$", stretch.dates), stretch
    assert seen > 200
