"""Days that readers know by a headline: read like the other tables, on the map, and no part of an assessment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from control.assessment.timeline import Timeline
from control.map.excerpt import excerpt
from control.map.payload import timeline_payload
from control.map.payload_faults import PayloadError, check_payload
from control.record.model import Moment
from control.record.theatre import Theatre, load_theatre
from tests.conftest import SOURCES, report
from tests.theatres import theatre_of

WriteTheatre = Callable[..., Path]
SOURCE = SOURCES[0]["id"]
LATE = {**SOURCES[0], "id": "late", "title": "Late book", "published": "2019"}


def with_moments(folder: Path, text: str) -> Theatre:
    (folder / "moments.csv").write_text(f"date,headline,source\n{text}", encoding="utf-8")
    return load_theatre(folder)


def test_moments_are_read_in_order_of_time(write_theatre: WriteTheatre) -> None:
    theatre = with_moments(
        write_theatre([]), f'2017-05-01,"Beta, too, falls",{SOURCE}\n2017-03-01,Alpha falls,{SOURCE}\n'
    )
    assert theatre.faults == ()
    assert theatre.moments == (
        Moment(date(2017, 3, 1), "Alpha falls", str(SOURCE)),
        Moment(date(2017, 5, 1), "Beta, too, falls", str(SOURCE)),
    )


def test_a_theatre_without_moments_has_none(write_theatre: WriteTheatre) -> None:
    assert load_theatre(write_theatre([])).moments == ()


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (f"2017-03,Alpha falls,{SOURCE}", "moments.csv:2: date: '2017-03' is more than one day; expected a day"),
        (f"soon,Alpha falls,{SOURCE}", "moments.csv:2: date: impossible date 'soon'"),
        (f"1990-01-01,Alpha falls,{SOURCE}", "moments.csv:2: date 1990-01-01 outside the span; expected a date in ["),
        ("2017-03-01,Alpha falls,nobody", "moments.csv:2: source: unknown id 'nobody'; expected an id of sources.csv"),
        (f"2017-03-01,,{SOURCE}", "moments.csv:2: headline: empty cell"),
        (f"2017-03-01,{'A' * 81},{SOURCE}", "moments.csv:2: headline: a headline of 81 characters; expected at most 80"),
        (f"2017-03-01,Alpha falls,{SOURCE},more", "moments.csv:2: 4 cells; expected 3 cells"),
    ],
)  # fmt: skip
def test_a_bad_row_is_a_fault_and_the_others_are_used(write_theatre: WriteTheatre, row: str, wrong: str) -> None:
    theatre = with_moments(write_theatre([]), f"{row}\n2017-06-01,Beta falls,{SOURCE}\n")
    (fault,) = theatre.faults
    assert str(fault).startswith(wrong)
    assert [moment.headline for moment in theatre.moments] == ["Beta falls"]


def test_no_assessment_depends_on_them(write_theatre: WriteTheatre) -> None:
    folder = write_theatre([report("2017-03-01", "captured", "Red Army")])
    bare = load_theatre(folder).data_hash
    assert with_moments(folder, f"2017-03-01,Alpha falls,{SOURCE}\n").data_hash == bare


def test_the_map_is_sent_them_and_none_that_was_published_later(write_theatre: WriteTheatre) -> None:
    folder = write_theatre([report("2017-03-01", "captured", "Red Army")], sources=[*SOURCES, LATE])
    theatre = with_moments(folder, f"2017-01-11,Alpha falls,{SOURCE}\n2017-01-12,Beta falls,late\n")
    sent = timeline_payload(Timeline(theatre))
    first = (date(2017, 1, 11) - theatre.settings.start).days
    assert sent["moments"] == [[first, "Alpha falls", SOURCES[0]["title"]], [first + 1, "Beta falls", "Late book"]]
    then = timeline_payload(Timeline(theatre, known_on=date(2018, 6, 1)))
    assert then["moments"] == sent["moments"][:1]
    part = excerpt(sent, date(2017, 1, 12), date(2017, 2, 1))
    assert part["moments"] == [[0, "Beta falls", "Late book"]]
    check_payload(part)
    with pytest.raises(PayloadError, match="moments: a day before the span"):
        check_payload({**sent, "moments": [[-1, "Alpha falls", "Paper"]]})


@pytest.mark.parametrize("name", ["iraq-syria", "ukraine"])
def test_each_moment_repeats_a_report_of_its_source(name: str) -> None:
    """8 to 12 of each, told by a report of that source about those days, and small beside the rest of the page."""
    theatre = theatre_of(name)
    assert 8 <= len(theatre.moments) <= 12
    near = timedelta(days=1)
    for moment in theatre.moments:
        told = [c for c in (*theatre.claims, *theatre.area_claims) if c.source.id == moment.source]
        assert any(c.window.first - near <= moment.day <= c.window.last + near for c in told), moment
    said = sum(len(m.headline) + len(theatre.sources[m.source].title) + 16 for m in theatre.moments)
    assert said < 3000
