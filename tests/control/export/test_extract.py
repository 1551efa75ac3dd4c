"""What every format writes: rows of places and shapes over time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from control.export.extract import Extract, place_rows
from control.export.tables.columns import AREA_COLUMNS, CHANGE_COLUMNS, FRONT_COLUMNS, MEANINGS, PLACE_COLUMNS
from control.record.theatre import SpanError
from control.snapshot import Layer, take_snapshot


def test_intervals_of_a_place(small: Extract) -> None:
    alpha = [
        (row["start"], row["end"], row["actor"], row["status"])
        for row in place_rows(small)
        if row["name"] == "Alpha" and row["actor"]
    ]
    assert alpha == [
        (date(2017, 3, 1), date(2017, 9, 1), "red", "controlled"),
        (date(2017, 9, 1), date(2018, 1, 1), "blue", "controlled"),
    ]


def test_intervals_tile_the_range(winter: Extract) -> None:
    """Half-open, no gap, no overlap, from the first day to the day after the last."""
    found: dict[str, list[tuple[date, date]]] = {}
    for row in place_rows(winter):
        found.setdefault(row["place_id"], []).append((row["start"], row["end"]))
    assert set(found) == set(winter.timeline.intervals)
    for spans in found.values():
        assert spans[0][0] == winter.since
        assert spans[-1][1] == winter.until + timedelta(days=1)
        assert all(one[1] == other[0] for one, other in zip(spans, spans[1:], strict=False))


def test_one_date_says_what_its_snapshot_says(one_day: Extract) -> None:
    snapshot = take_snapshot(one_day.timeline, one_day.since)
    assert one_day.id == snapshot.id
    for row in place_rows(one_day):
        assessment = snapshot.assessments[row["place_id"]]
        assert (row["actor"], row["status"]) == (assessment.holding.actor, str(assessment.holding.status))
        assert row["probability"] == row["probability_least"] == assessment.probability


def test_a_month_is_a_calendar_month(small: Extract) -> None:
    days = replace(small, since=date(2017, 1, 31), until=date(2017, 4, 30)).days
    assert days == [date(2017, 1, 31), date(2017, 2, 28), date(2017, 3, 31), date(2017, 4, 30)]


@given(first=st.integers(0, 364), length=st.integers(0, 364), step=st.integers(1, 400))
def test_steps_begin_with_the_first_day_and_stay_in_the_range(first: int, length: int, step: int) -> None:
    since = date(2017, 1, 1) + timedelta(days=first)
    extract = object.__new__(Extract)
    for name, value in {"since": since, "until": since + timedelta(days=length), "every": step}.items():
        object.__setattr__(extract, name, value)
    days = extract.days
    assert days[0] == since
    assert days[-1] <= extract.until < days[-1] + timedelta(days=step)


def test_ground_that_stays_comes_once(small: Extract) -> None:
    """Blue's ground of September to December is one area over four states, not four areas."""
    blue = [
        s
        for s in small.shapes()
        if s.layer is Layer.AREAS and s.properties["actor"] == "blue" and s.properties["standing"] == "assessed"
    ]
    assert [(s.start, s.end) for s in blue] == [(date(2017, 9, 1), date(2018, 1, 1))]


def test_ids_tell_ranges_apart(small: Extract) -> None:
    assert len({small.id, replace(small, every=7).id, replace(small, until=date(2017, 12, 30)).id}) == 3
    assert replace(small, layers=(Layer.PLACES,)).id == small.id


def test_outside_the_span(small: Extract) -> None:
    with pytest.raises(SpanError, match="1 January 2018 is not in it"):
        replace(small, until=date(2018, 1, 1))


def test_each_column_has_a_meaning() -> None:
    named = {*PLACE_COLUMNS, *AREA_COLUMNS, *FRONT_COLUMNS, *CHANGE_COLUMNS, "export_id"}
    assert named == set(MEANINGS)
