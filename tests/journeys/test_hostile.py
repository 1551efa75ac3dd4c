"""Texts, addresses and names of others stay what they are: nothing in them runs, becomes an element, or breaks the page."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree as ET

import pytest

from control.assessment.timeline import Timeline
from control.export.geodata.geojson import dump_geojson, snapshot_to_geojson
from control.export.tables.changes_atom import changes_to_atom
from control.export.tables.changes_csv import changes_to_csv
from control.export.tables.statistics import figures_to_csv
from control.map.view import map_page
from control.record.theatre import Theatre, load_theatre
from control.snapshot import Layer, take_snapshot
from control.territory.ground import Grounds
from control.territory.statistics import statistics_on
from tests.journeys.conftest import Person, serving
from tests.journeys.hostile_theatre import ATTACKS, HIT, LINKED, write_app

TABS = ("Why", "Changes", "Compare", "Charts", "Cite", "About")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@pytest.fixture(scope="module")
def app_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_app(tmp_path_factory.mktemp("hostile") / "app")


@pytest.fixture(scope="module")
def theatre(app_folder: Path) -> Theatre:
    return load_theatre(app_folder / "seeds" / "hostile")


@pytest.fixture(scope="module")
def hostile_server(app_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(app_folder, tmp_path_factory.mktemp("log") / "log") as url:
        yield url


@pytest.fixture
def wary(person: Person) -> Iterator[Person]:
    """A person who counts the dialogs that pop up."""
    dialogs: list[str] = []
    person.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    yield person
    assert dialogs == []


def intrusions(frame: Any) -> list[str]:
    """List what only an attack can have put into a document, or run in it."""
    return list(
        frame.evaluate(
            """hosts => {
                const found = window.hit || document.title === "hit" ? ["a script ran"] : [];
                const foreign = "img[src=x], svg[onload], base, meta[http-equiv=refresh], a[href^=javascript], "
                    + "[onerror], [onclick], [onload], iframe iframe";
                for (const element of document.querySelectorAll(foreign)) found.push(element.outerHTML.slice(0, 200));
                for (const script of document.scripts) {
                    if (script.textContent.trim().startsWith("window.top.hit")) found.push("a script element");
                }
                for (const link of document.querySelectorAll("a[href]")) {
                    const url = new URL(link.href, "http://localhost");
                    const own = url.hostname === location.hostname || link.getAttribute("href").startsWith("#");
                    if (!own && !(["http:", "https:"].includes(url.protocol) && hosts.includes(url.hostname))) {
                        found.push(link.outerHTML.slice(0, 200));
                    }
                }
                return found;
            }""",
            sorted(LINKED),
        )
    )


def all_intrusions(person: Person) -> list[str]:
    frames = person.page.frames
    assert len(frames) <= 2, "one frame is the map's; there is no other"
    return [found for frame in frames for found in intrusions(frame)]


def too_wide(frame: Any) -> int:
    """Pixels by which a document is wider than its window."""
    return int(frame.evaluate("document.scrollingElement.scrollWidth - innerWidth"))


@pytest.mark.browser
def test_a_hostile_theatre_is_only_text_in_the_app(hostile_server: str, wary: Person) -> None:
    wary.open(f"{hostile_server}/?date=2017-06-01&compare=2017-03-01")
    for number in range(len(ATTACKS)):
        wary.find(f"Place{number}")
        wary.wait_for_parameter("place", f"p{number}")
        wary.panel.locator(".cm-reports li").first.wait_for()
        assert all_intrusions(wary) == [], number
        assert too_wide(wary.page) <= 0, number
    assert "\u202e" not in wary.panel.inner_text()
    wary.find("Place0")
    wary.panel.locator(".cm-place h5", has_text=ATTACKS[0]).wait_for()
    wary.find("Place3")
    wary.panel.locator(".cm-place h5", has_text="{{7*7}}").wait_for()
    wary.find("<img src=x onerror=alert(1)>")
    wary.panel.get_by_role("alert").first.wait_for()
    for tab in TABS:
        wary.open_tab(tab)
        wary.panel.get_by_role("tabpanel", name=tab).wait_for()
        wary.page.wait_for_timeout(500)
        assert all_intrusions(wary) == [], tab
        assert [too_wide(frame) for frame in wary.page.frames] == [0, 0], tab
    wary.press(wary.panel.get_by_text("Reports that are not used, and why"))
    wary.panel.get_by_text("waits").or_(wary.panel.get_by_text("reports.csv:")).last.wait_for()
    wary.press(wary.panel.get_by_text("what is wrong"))
    wary.panel.get_by_text("reports.csv:").first.wait_for()
    assert all_intrusions(wary) == []
    assert too_wide(wary.page) <= 0


@pytest.mark.browser
def test_a_hostile_theatre_is_only_text_in_the_saved_map(theatre: Theatre, wary: Person, tmp_path: Path) -> None:
    file = tmp_path / "map.html"
    file.write_text(map_page(Timeline(theatre)), encoding="utf-8")
    wary.page.goto(file.as_uri())
    wary.page.locator(".cm-date", has_text="1 June 2017").wait_for()
    for name in (ATTACKS[0], ATTACKS[8]):
        wary.page.locator(".cm-actor-name", has_text=name).first.wait_for()
    for lat, lon in ((49.4, 9.4), (49.4, 10.1), (50.6, 9.4)):
        x, y = wary.page.evaluate(
            f"""() => Object.values(
                window[Object.keys(window).find((key) => key.startsWith('map_'))].latLngToContainerPoint([{lat}, {lon}]))"""
        )
        wary.page.mouse.move(x, y)
        wary.page.mouse.click(x, y)
        wary.page.wait_for_timeout(150)
    assert all_intrusions(wary) == []
    assert too_wide(wary.page) <= 0


@pytest.mark.browser
@pytest.mark.parametrize(
    "query",
    [
        "date=99999-99-99&place=%3Cscript%3E&zoom=1e999&center=NaN,Infinity&view=1e999",
        "theatre=..%2F..%2Fetc&policy=__proto__&hidden=__proto__,constructor&compare=%00&known_on=2017-02-30",
        f"place={quote(ATTACKS[1])}&date={quote(ATTACKS[6])}&center={quote(HIT)}&{quote(ATTACKS[4])}=1",
        "date=2017-11-10&date=2014-06-01&place=" + "A" * 3000 + "&zoom=-0&center=0,0&hidden=" + "isil," * 200,
        "date=%E2%80%AE2017-11-10&place=174448%0A&center=180,90&zoom=22",
        "embed=true&embed_options=%3Cscript%3E&center=1e308,1e308&zoom=00000000000022",
    ],
)
def test_a_hostile_address_opens_the_map_and_nothing_else(server: str, wary: Person, query: str) -> None:
    wary.open(f"{server}/?{query}")
    # the app's own data link to many hosts: only what runs or is no element of ours counts here
    assert [found for found in all_intrusions(wary) if not found.startswith("<a ")] == []
    assert "<script" not in wary.panel.inner_text()
    assert too_wide(wary.page) <= 0
    wary.slider.focus()
    for _ in range(20):  # an order of the address that comes late moves the date once more
        wary.slider.press("Home")
        wary.page.wait_for_timeout(1000)
        if wary.parameters.get("date") == "2013-01-01":
            break
    assert wary.parameters.get("date") == "2013-01-01"


def test_hostile_text_is_data_in_the_exports(theatre: Theatre) -> None:
    timeline = Timeline(theatre)
    settings = theatre.settings
    changes = timeline.changes(settings.start, settings.last_day)
    assert len(changes) > len(ATTACKS)

    collection = json.loads(
        dump_geojson(snapshot_to_geojson(take_snapshot(timeline, settings.opening_date, layers=tuple(Layer))))
    )
    names = {feature["properties"].get("name") for feature in collection["features"]}
    assert ATTACKS[0] in names

    figures = [statistics_on(Grounds.of(timeline), settings.opening_date)]
    for text in (changes_to_csv(theatre, changes), figures_to_csv(theatre, figures)):
        rows = list(csv.reader(io.StringIO(text)))
        assert {len(row) for row in rows} == {len(rows[0])}
        formulas = [
            c for row in rows for c in row if c.startswith(FORMULA) and not c.lstrip("-").replace(".", "").isdigit()
        ]
        assert formulas == []

    feed = ET.fromstring(changes_to_atom(theatre, changes, settings.start, settings.last_day))  # noqa: S314  our own text
    for element in feed.iter():
        href = element.get("href")
        assert href is None or urlsplit(href).scheme in {"", "http", "https", "urn"}
