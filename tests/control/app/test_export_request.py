"""Files made for a visitor: what is refused, what they are called, and that they are those of the command line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from control.app.export_request import MOST_STEPS, ExportRequest, fault_of, file_name, make
from control.assessment.timeline import Timeline
from control.export.errors import ExportError
from control.export.extract import Extract
from control.export.files import write
from control.export.formats import FORMATS
from control.snapshot import Layer
from control.territory.ground import Grounds

DAY, SINCE, UNTIL = date(2017, 11, 10), date(2015, 1, 1), date(2016, 12, 31)
ALL, PLACES = tuple(Layer), (Layer.PLACES,)


@pytest.fixture
def timeline(bundled_timeline: Timeline) -> Timeline:
    """As known on the last day of 2018: the file has to say what the visitor saw."""
    return bundled_timeline.as_known_on(date(2018, 12, 31))


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (ExportRequest("gpkg", SINCE, UNTIL, "month", ALL), None),
        (ExportRequest("gpkg", SINCE, UNTIL, 1, ALL), f"731 states of the ground are more than {MOST_STEPS}"),
        (ExportRequest("gpkg", SINCE, UNTIL, 1, PLACES), None),
        (ExportRequest("gpkg", SINCE, UNTIL, "month", ()), "at least one layer"),
        (ExportRequest("gif", SINCE, UNTIL, 1, ALL), f"731 pictures are more than {MOST_STEPS}"),
        (ExportRequest("gif", DAY, DAY, "month", ALL), "Choose a range"),
        (ExportRequest("html", SINCE, UNTIL, 1, ALL), None),
        (ExportRequest("csv", UNTIL, SINCE, "month", PLACES), "first day comes after the last"),
    ],
)
def test_what_cannot_be_made(
    wanted: ExportRequest, said: str | None, timeline: Timeline, bundled_grounds: Grounds
) -> None:
    fault = fault_of(wanted, timeline, bundled_grounds)
    assert (said is None) == (fault is None)
    assert said is None or said in str(fault)


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        (ExportRequest("png", DAY, DAY, "month", ALL), "x_2017-11-10.png"),
        (ExportRequest("csv", DAY, DAY, "month", PLACES), "x_2017-11-10.csv"),
        (ExportRequest("changes", SINCE, UNTIL, "month", PLACES), "x_2015-01-01_2016-12-31_changes.csv"),
        (ExportRequest("kepler", SINCE, UNTIL, "month", PLACES), "x_2015-01-01_2016-12-31_kepler.geojson"),
        (ExportRequest("lpf", SINCE, UNTIL, "month", PLACES), "x_lpf.json"),
    ],
)
def test_names(wanted: ExportRequest, name: str) -> None:
    assert file_name(wanted, "x") == name


def test_formats_are_told_apart_by_their_titles() -> None:
    assert len({kind.title for kind in FORMATS.values()}) == len(FORMATS)


def test_a_file_of_what_is_shown(timeline: Timeline, tmp_path: Path) -> None:
    """The same bytes as the command line writes; a table comes with its description."""
    seen: list[date] = []

    def progress(days: Sequence[date]) -> Iterator[date]:
        for day in days:
            seen.append(day)
            yield day

    grounds = Grounds.of(timeline)
    wanted = ExportRequest("kml", date(2017, 10, 1), date(2017, 12, 31), "month", (Layer.PLACES, Layer.FRONTS))
    (file,) = make(wanted, timeline, grounds, "x", progress)
    extract = Extract(timeline, wanted.since, wanted.until, "month", wanted.layers)
    write("kml", extract, tmp_path / file.name)
    assert file.content == (tmp_path / file.name).read_bytes()
    assert b"as known on 2018-12-31" in file.content
    assert [day.month for day in seen] == [10, 11, 12]
    table, beside = make(replace(wanted, form="csv", layers=PLACES), timeline, grounds, "x")
    assert (table.name, beside.name) == ("x_2017-10-01_2017-12-31.csv", "x_2017-10-01_2017-12-31.csv-metadata.json")
    assert (table.mime, beside.mime) == ("text/csv", "application/json")
    assert table.size.endswith("kB")


def test_a_file_that_is_too_large_is_not_sent(
    timeline: Timeline, bundled_grounds: Grounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("control.app.export_request.MOST_BYTES", 1000)
    with pytest.raises(ExportError, match="use the command line"):
        make(ExportRequest("lpf", SINCE, UNTIL, "month", PLACES), timeline, bundled_grounds, "x")
