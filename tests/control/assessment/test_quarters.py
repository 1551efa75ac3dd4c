"""A town whose quarters have different holders is divided; the fate of one quarter is not that of the town."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from control.assessment.model import Status
from control.assessment.timeline import Timeline
from control.record.theatre import load_theatre
from control.words.assessments import describe_assessment
from control.words.reasons import explain
from tests.conftest import PLACES, report

WriteTheatre = Callable[..., Path]

QUARTERS = [
    {"id": f"q{n}", "name": name, "lon": 10.0, "lat": 50.0 + n / 1000, "kind": "quarter", "town": "1"}
    for n, name in enumerate(["Northgate", "Southgate", "Eastgate", "Westgate", "Oldgate", "Newgate"])
]
TOWN = report("2017-01-05", "captured", "Blue Front")


@pytest.fixture
def told(write_theatre: WriteTheatre) -> Callable[..., Timeline]:
    return lambda *rows: Timeline(load_theatre(write_theatre(list(rows), places=[*PLACES, *QUARTERS])))


def taken(place: str, day: str = "2017-03-01", **more: Any) -> dict[str, Any]:
    return report(day, "captured", "Red Army", "Blue Front", place, **more)


def stood(timeline: Timeline) -> list[tuple[str, Status, str | None, tuple[str, ...]]]:
    holdings = [(i.start.isoformat(), i.holding) for i in timeline.intervals["1"]]
    return [(start, h.status, h.actor, h.rivals) for start, h in holdings if h.status is not Status.UNKNOWN]


def test_a_quarter_of_another_side_divides_its_town(told: Callable[..., Timeline]) -> None:
    timeline = told(TOWN, taken("Northgate"))
    assert stood(timeline) == [
        ("2017-01-05", Status.CONTROLLED, "blue", ()), ("2017-03-01", Status.DIVIDED, "blue", ("red",)),
    ]  # fmt: skip
    said = describe_assessment(timeline.theatre, timeline.assess("1", date(2017, 4, 1)))
    assert said == (
        "Alpha, 1 April 2017: divided between Blue Front and Red Army (its quarters have different holders)."
    )


def test_a_report_of_the_whole_town_settles_it(told: Callable[..., Timeline]) -> None:
    timeline = told(TOWN, taken("Northgate"), report("2017-06-01", "captured", "Red Army", "Blue Front"))
    assert [row[:3] for row in stood(timeline)][-2:] == [
        ("2017-03-01", Status.DIVIDED, "blue"), ("2017-06-01", Status.CONTROLLED, "red"),
    ]  # fmt: skip


def test_that_its_holder_holds_the_town_settles_nothing_while_the_quarter_is_told_of(
    told: Callable[..., Timeline],
) -> None:
    holds = report("2017-05-01", "holds", "Blue Front")
    again = report("2017-08-01", "holds", "Red Army", place="Northgate")
    assert stood(told(TOWN, taken("Northgate"), holds))[-1][1] is Status.CONTROLLED
    assert stood(told(TOWN, taken("Northgate"), holds, again))[-1][1] is Status.DIVIDED


def test_one_quarter_of_six_divides_no_town(told: Callable[..., Timeline]) -> None:
    blue = [report("2017-02-01", "holds", "Blue Front", place=q["name"]) for q in QUARTERS[1:]]
    assert [row[1] for row in stood(told(TOWN, taken("Northgate"), *blue))] == [Status.CONTROLLED]
    assert stood(told(TOWN, taken("Northgate"), taken("Southgate"), *blue))[-1][1] is Status.DIVIDED


def test_before_it_was_reported_a_quarter_divides_nothing(told: Callable[..., Timeline]) -> None:
    timeline = told(TOWN, report("2017-06-01", "withdrew", "", "Red Army", place="Northgate"))
    assert [row[1] for row in stood(timeline)] == [Status.CONTROLLED]


def test_what_hangs_on_a_report_is_asked_with_the_quarters(told: Callable[..., Timeline]) -> None:
    timeline = told(TOWN, report("2017-01-06", "holds", "Blue Front", source="daily"), taken("Northgate"))
    why = timeline.why("1", date(2017, 4, 1))
    assert not why.flips
    assert any("divided" in line for line in explain(timeline.theatre, why))
