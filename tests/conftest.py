"""Fixtures: a small theatre of invented places, and the bundled one."""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from control.assessment.timeline import Timeline
from control.record.tables import ActorRow, PlaceRow, ReportRow, SourceRow
from control.record.theatre import Theatre, load_theatre
from tests.theatres import theatre_of
from tests.theatres import timeline_of as bundled_timeline_of

settings.register_profile("any machine", deadline=None)  # how long an example takes says something of the machine only
settings.register_profile("few examples", settings.get_profile("any machine"), max_examples=20)
settings.load_profile("any machine")

ROOT = Path(__file__).parent.parent
BUNDLED = ROOT / "seeds" / "iraq-syria"

SETTINGS = """
[theatre]
id = "mini"
title = "Mini"
countries = ["AA"]
bbox = [9.0, 49.0, 12.0, 52.0]
start = 2017-01-01
end = 2018-01-01
opening_date = 2017-06-01
opening_bbox = [9.0, 49.0, 12.0, 52.0]
licence = "CC0"
attribution = "nobody"
"""

BORDERS = """{"type":"FeatureCollection","features":[{"type":"Feature",
"properties":{"iso":"AA","name":"Aland","inside":true},"geometry":{"type":"Polygon","coordinates":[[[9,49],[12,49],[12,52],[9,52],[9,49]]]}}]}"""

PLACES = [
    {"id": "1", "name": "Alpha", "names": "Alfa", "lon": 10.0, "lat": 50.0, "kind": "town", "population": 5000},
    {"id": "2", "name": "Beta", "lon": 10.5, "lat": 50.0, "kind": "town"},
    {"id": "3", "name": "Gamma", "lon": 11.0, "lat": 51.0, "kind": "town"},
    {"id": "alpha-district", "name": "Alpha", "lon": 10.0, "lat": 50.1, "kind": "district"},
]
ACTORS = [
    {"id": "red", "name": "Red Army", "short_name": "Red", "colour": "#aa0000", "aliases": "Reds"},
    {"id": "blue", "name": "Blue Front", "short_name": "Blue", "colour": "#0000aa"},
    {"id": "blue-guard", "name": "Blue Guard", "short_name": "Guard", "colour": "#0000cc", "parent": "blue"},
    {"id": "green", "name": "Green Party", "short_name": "Green", "colour": "#00aa00"},
]
PUBLISHED = {"published": "2018-01-01"}
SOURCES = [
    {"id": "wire", "title": "Wire", **PUBLISHED, "reference": "Wire 1", "family": "wire", "grade": "B"},
    {"id": "daily", "title": "Daily", **PUBLISHED, "reference": "Daily 1", "family": "daily", "grade": "C"},
    {"id": "rumour", "title": "Rumour", **PUBLISHED, "reference": "Rumour 1", "family": "rumour", "grade": "E"},
    {
        "id": "red-radio", "title": "Red Radio", **PUBLISHED, "reference": "Radio 1", "family": "radio",
        "grade": "C", "aligned_with": "red",
    },
]  # fmt: skip

Rows = Sequence[dict[str, Any]]


def write_rows(path: Path, row_type: Any, rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(row_type.model_fields), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def report(day: str, event: str, actor: str = "", loser: str = "", place: str = "Alpha", **more: Any) -> dict[str, Any]:
    """One row of reports.csv; by default a credible report of the wire service about Alpha."""
    row = {"event_date": day, "place": place, "event": event, "actor": actor, "loser": loser}
    return {**row, "source": "wire", "credibility": 2, **more}


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Build cells and estimates once in each run, for all its processes, and leave the user's cache alone."""
    of_this_process = tmp_path_factory.getbasetemp()
    of_the_run = of_this_process.parent if os.environ.get("PYTEST_XDIST_WORKER") else of_this_process
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONTROLMAP_CACHE", str(of_the_run / "cache"))
        yield


def write_mini(folder: Path, reports: Rows = (), **tables: Rows) -> Path:
    """Write the small theatre, without reports unless they are given; other tables can be replaced."""
    folder.mkdir(exist_ok=True)
    (folder / "theatre.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "borders.geojson").write_text(BORDERS, encoding="utf-8")
    places = [{"country": "AA", "coordinate_source": "invented", **p} for p in tables.get("places", PLACES)]
    write_rows(folder / "places.csv", PlaceRow, places)
    write_rows(folder / "actors.csv", ActorRow, tables.get("actors", ACTORS))
    write_rows(folder / "sources.csv", SourceRow, tables.get("sources", SOURCES))
    write_rows(folder / "reports.csv", ReportRow, reports)
    return folder


@pytest.fixture
def write_theatre(tmp_path: Path) -> Callable[..., Path]:
    """Write a theatre folder with these reports; other tables can be replaced."""
    return lambda reports, **tables: write_mini(tmp_path / "mini", reports, **tables)


@pytest.fixture
def timeline_of(write_theatre: Callable[..., Path]) -> Callable[..., Timeline]:
    """Build the timeline of a theatre with these reports."""
    return lambda *reports: Timeline(load_theatre(write_theatre(list(reports))))


@pytest.fixture(scope="session")
def bundled() -> Theatre:
    return theatre_of(BUNDLED.name)


@pytest.fixture(scope="session")
def bundled_timeline() -> Timeline:
    return bundled_timeline_of(BUNDLED.name)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A headless Chromium. Where there is none, CI fails and everybody else is told how to get it."""
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        message = "no Chromium: install Debian's package `chromium`, or name a browser in the variable CHROMIUM"
        if os.environ.get("CONTROLMAP_REQUIRE_BROWSER"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        # Without these the browser looks up its maker's hosts at every start.
        quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
        instance = playwright.chromium.launch(executable_path=chromium, args=quiet)
        yield instance
        instance.close()
