"""GeoJSON of time, as each program reads it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest

from control.export.extract import Extract
from control.export.files import write
from control.export.geodata.dialects import Dialect, extract_to_geojson
from control.snapshot import Layer

# Alpha was Blue's from 1 September 2017 until the span ended with that year: the last day is 31 December.
BLUE = {
    "geojson": {"start": "2017-09-01", "end": "2018-01-01", "endExclusive": True},
    "geojson-times": {"times": ["2017-09-01", "2017-12-31"]},
    "kepler": {"start": "2017-09-01T00:00:00", "end": "2018-01-01T00:00:00"},
    "ohm": {"start_date": "2017-09-01", "end_date": "2017-12-31"},
}


def properties(collection: dict[str, Any], actor: str) -> list[dict[str, Any]]:
    return [f["properties"] for f in collection["features"] if f["properties"]["actor"] == actor]


@pytest.mark.parametrize("dialect", list(Dialect))
def test_when(small: Extract, dialect: Dialect) -> None:
    (blue,) = properties(extract_to_geojson(replace(small, layers=(Layer.PLACES,)), dialect), "blue")
    expected = BLUE[str(dialect)]
    times = {"start", "end", "endExclusive", "times", "start_date", "end_date"}
    assert {key: value for key, value in blue.items() if key in times} == expected


def test_nothing_is_shown_of_what_nobody_knows(small: Extract) -> None:
    collection = extract_to_geojson(replace(small, layers=(Layer.PLACES,)), Dialect.LEAFLET)
    assert {f["properties"]["status"] for f in collection["features"]} == {"controlled"}


def test_places_read_back_give_the_same_assessment_on_every_tenth_day(winter: Extract) -> None:
    collection = extract_to_geojson(replace(winter, layers=(Layer.PLACES,)), Dialect.LEAFLET)
    for day in (date(2017, 10, 1), date(2017, 10, 17), date(2017, 11, 3), date(2017, 12, 31)):
        shown = {
            f["properties"]["place_id"]: f["properties"]["actor"]
            for f in collection["features"]
            if f["properties"]["start"] <= day.isoformat() < f["properties"]["end"]
        }
        said = {
            key: a.holding.actor for key, a in winter.timeline.at(day).items() if str(a.holding.status) != "unknown"
        }
        assert shown == said


@pytest.mark.parametrize("dialect", list(Dialect))
def test_geopandas_reads_all_layers(winter: Extract, dialect: Dialect, tmp_path: Path) -> None:
    file = tmp_path / "series.geojson"
    write(str(dialect), winter, file)
    frame = gpd.read_file(file)
    assert set(frame.layer) == {"places", "areas", "fronts"}
    assert frame.geometry.is_valid.all()
    text = json.loads(file.read_text(encoding="utf-8"))
    assert "crs" not in text
    assert text["provenance"]["id"] == winter.id
    west, south, east, north = frame.total_bounds.tolist()
    assert text["bbox"] == pytest.approx([west, south, east, north])


def test_kepler_times_are_full_datetimes(small: Extract) -> None:
    for feature in extract_to_geojson(small, Dialect.KEPLER)["features"]:
        start, end = (datetime.fromisoformat(feature["properties"][key]) for key in ("start", "end"))
        assert start < end
