"""Read back by the library of its users, a file says of every place and day what the timeline says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from lxml import etree

from control.assessment.model import Status
from control.export.extract import Extract
from control.export.files import write
from control.export.formats import FORMATS
from control.snapshot import Layer

PLACES = (Layer.PLACES,)
DAY = timedelta(days=1)
KML = {"k": "http://www.opengis.net/kml/2.2"}
Said = tuple[str, date, date, str, str | None]
"""Of a row: id of the place, first day, first day after, status, actor."""


def day_of(value: Any) -> date:
    return datetime.fromisoformat(value).date() if isinstance(value, str) else pd.Timestamp(value).date()


def text_or_none(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def from_table(table: pd.DataFrame, start: str = "start", end: str = "end", after: timedelta = 0 * DAY) -> list[Said]:
    return [
        (str(row["place_id"]), day_of(row[start]), day_of(row[end]) + after, row["status"], text_or_none(row["actor"]))
        for row in table.to_dict("records")
    ]


def from_times(file: Path) -> list[Said]:
    table = gpd.read_file(file)
    spans = [json.loads(times) if isinstance(times, str) else list(times) for times in table["times"]]
    table["start"], table["end"] = zip(*spans, strict=True)
    return from_table(pd.DataFrame(table), after=DAY)


def from_kml(file: Path) -> Iterator[Said]:
    for mark in etree.parse(str(file)).iterfind(".//k:Placemark", KML):
        data = {d.get("name"): d.findtext("k:value", namespaces=KML) for d in mark.iterfind(".//k:Data", KML)}
        begin, end = (
            date.fromisoformat(mark.findtext(f"k:TimeSpan/k:{tag}", namespaces=KML)) for tag in ("begin", "end")
        )
        yield data["place_id"], begin, end + DAY, data["status"], data.get("actor")


READ: dict[str, Callable[[Path], Any]] = {
    "csv": lambda file: from_table(pd.read_csv(file, dtype={"place_id": str})),
    "geojson": lambda file: from_table(gpd.read_file(file)),
    "geojson-times": from_times,
    "kepler": lambda file: from_table(gpd.read_file(file)),
    "ohm": lambda file: from_table(gpd.read_file(file), "start_date", "end_date", DAY),
    "gpkg": lambda file: from_table(gpd.read_file(file, layer="places")),
    "geoparquet": lambda file: from_table(gpd.read_parquet(file)),
    "kml": lambda file: list(from_kml(file)),
}


@pytest.mark.parametrize("form", READ)
def test_intervals(winter: Extract, form: str, tmp_path: Path) -> None:
    """On every day on which anything changes, and on the day before it."""
    file = tmp_path / f"a{FORMATS[form].suffix}"
    write(form, replace(winter, layers=PLACES), file)
    rows = READ[form](file)
    changed = {change.day for change in winter.timeline.changes(winter.since + DAY, winter.until)}
    assert len(changed) > 20
    for day in sorted({winter.since, winter.until} | changed | {day - DAY for day in changed}):
        shown = {key: (status, actor) for key, start, end, status, actor in rows if start <= day < end}
        said = {
            key: (str(a.holding.status), a.holding.actor)
            for key, a in winter.timeline.at(day).items()
            if a.holding.status is not Status.UNKNOWN
        }
        assert {key: value for key, value in shown.items() if value[0] != "unknown"} == said, day


def test_one_date_with_its_reports(one_day: Extract, tmp_path: Path) -> None:
    write("snapshot", replace(one_day, layers=PLACES), tmp_path / "a.geojson")
    table = gpd.read_file(tmp_path / "a.geojson")
    said = one_day.timeline.at(one_day.since)
    assert {(r.place_id, r.status, text_or_none(r.actor)) for r in table.itertuples()} == {
        (key, str(a.holding.status), a.holding.actor) for key, a in said.items()
    }
    reports = {
        r.place_id: r.reports if isinstance(r.reports, list) else json.loads(r.reports) for r in table.itertuples()
    }
    assert {key: [r["claim_id"] for r in found] for key, found in reports.items()} == {
        key: [claim.id for claim in a.claims] for key, a in said.items()
    }


def test_changes_lead_from_one_date_to_the_next(winter: Extract, tmp_path: Path) -> None:
    """Who starts from the first day and carries out every change stands where the last day is."""
    write("changes", replace(winter, layers=PLACES, since=winter.since + DAY), tmp_path / "a.csv")
    table = pd.read_csv(tmp_path / "a.csv", dtype={"place_id": str})
    state = {key: (str(a.holding.status), a.holding.actor) for key, a in winter.timeline.at(winter.since).items()}
    for row in table.to_dict("records"):
        assert state[row["place_id"]] == (row["status_before"], text_or_none(row["actor_before"]))
        state[row["place_id"]] = (row["status_after"], text_or_none(row["actor_after"]))
    last = winter.timeline.at(winter.until)
    assert state == {key: (str(a.holding.status), a.holding.actor) for key, a in last.items()}
    assert list(table.columns)[-1] == "export_id"
    assert list(table.date) == sorted(table.date)


def test_the_gazetteer(small: Extract, tmp_path: Path) -> None:
    """Linked Places is GeoJSON as well: every place by name, where it is, whatever the dates."""
    write("lpf", replace(small, layers=PLACES), tmp_path / "a.json")
    table = gpd.read_file(tmp_path / "a.json")
    places = small.timeline.theatre.gazetteer.places
    assert {(t.title, t.geometry.x, t.geometry.y) for t in table.itertuples()} == {
        (p.name, *p.position) for p in places
    }
