"""Journeys of a reader, each before a desktop screen and with a finger on a phone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import geopandas
import pytest

from control.export.files import read_provenance
from tests.journeys.conftest import Person
from tests.test_app_in_browser import MAP_IN_USE

pytestmark = pytest.mark.browser

ALBU_KAMAL = "174448"
RAQQA = (35.9528, 39.0079)


def test_find_a_town_by_an_odd_spelling(server: str, person: Person) -> None:
    person.open(f"{server}/?date=2017-11-20")
    for spelling in ("Abukamal", "البوكمال"):
        person.find("Mosul")
        person.heading("Mosul")
        person.find(spelling)
        person.heading("Albu Kamal")
        person.wait_for_parameter("place", ALBU_KAMAL)
    person.map.locator(".cm-pinned").get_by_text("Albu Kamal").wait_for()


def test_learn_why_a_town_has_its_colour(server: str, person: Person) -> None:
    person.open(f"{server}/?date=2017-11-10")
    person.point(*RAQQA)
    person.heading("Raqqa")
    person.says("SDF")
    reports = person.panel.locator(".cm-reports li")
    assert reports.count() >= 3
    assert "17 October 2017" in reports.first.inner_text()
    assert "graded" in reports.first.inner_text()
    links = reports.locator("a")
    assert links.count() >= 1
    for link in links.all():
        assert urlsplit(link.get_attribute("href")).scheme in {"http", "https"}
        assert link.get_attribute("rel") == "noopener noreferrer"
        assert link.text_content()


def test_step_through_the_changes(server: str, person: Person) -> None:
    """The list says what changed; the map steps from one day of change to the next and back."""
    person.open(f"{server}/?date=2017-11-16")
    person.press(person.map.get_by_role("button", name="Next change"))
    person.wait_for_parameter("date", "2017-11-17")
    person.open_tab("Changes")
    rawa = person.panel.get_by_role("button", name="17 November 2017 Rawa")
    rawa.wait_for()
    assert "ISIL → Iraq govt" in rawa.inner_text()
    person.press(person.map.get_by_role("button", name="Next change"))
    person.wait_for_parameter("date", "2017-11-19")
    person.press(person.map.get_by_role("button", name="Previous change"))
    person.wait_for_parameter("date", "2017-11-17")
    person.press(person.panel.get_by_role("button", name="17 November 2017 Rawa"))
    person.wait_for_parameter("place", "92004")
    person.page.locator(MAP_IN_USE).scroll_into_view_if_needed()  # nothing is drawn out of sight
    person.map.locator(".cm-pinned").get_by_text("Rawa").wait_for()


def test_compare_two_dates(server: str, person: Person) -> None:
    """The Islamic State's summer, and its end."""
    person.open(server)
    person.type_date("2014-07-01")
    person.wait_for_parameter("date", "2014-07-01")
    person.open_tab("Compare")
    person.name("Compare 1 July 2014 with", "2017-11-20")
    person.says("From 1 July 2014 to 20 November 2017")
    table = person.panel.locator(".cm-compare table")
    row = table.locator("tr").filter(has_text="ISIL").inner_text().split("\t")
    assert int(row[2]) > int(row[1])
    assert person.panel.locator(".cm-compare b").get_by_text("ISIL → Iraq govt", exact=True).count() == 1
    person.wait_for_parameter("compare", "2017-11-20")


def test_set_what_was_known(server: str, person: Person) -> None:
    """On the day after Rawa fell the press had said so; on the eve nobody could."""
    person.open(f"{server}/?date=2017-11-18&place=92004")
    person.says("Iraqi government (last reported as its holder 1 day earlier)")
    person.name("As known on", "2017-11-16")
    person.says("Islamic State (ISIL) (last reported as its holder")
    person.says("reports had been published by then")
    person.wait_for_parameter("known_on", "2017-11-16")
    assert person.parameters["date"] == "2017-11-18"


def test_enter_takes_over_a_date(server: str, person: Person) -> None:
    person.open(f"{server}/?date=2017-11-18&place=92004")
    person.says("Iraqi government (last reported as its holder")
    person.name("As known on", "2017-11-16", leave="Enter")
    person.says("reports had been published by then")
    person.wait_for_parameter("known_on", "2017-11-16")


def test_share_a_view(server: str, person: Person, new_person: Callable[..., Person]) -> None:
    person.open(f"{server}/?date=2016-05-04&known_on=2018-01-01&policy=strict&place=170794")
    person.heading("Deir ez-Zor")
    person.look_at(34.9, 40.4, 9)
    person.wait_for_parameter("zoom", "9")
    person.open_tab("Cite")
    code = person.panel.locator("code").filter(has_text="zoom=9").first
    code.wait_for()
    link = code.inner_text().strip()
    wanted = {
        "theatre": "iraq-syria", "date": "2016-05-04", "known_on": "2018-01-01", "policy": "strict",
        "place": "170794", "center": "40.4000,34.9000", "zoom": "9",
    }  # fmt: skip
    assert dict(parse_qsl(urlsplit(link).query)) == wanted

    friend = new_person()
    friend.open(link)
    friend.heading("Deir ez-Zor")
    friend.heading("4 May 2016")
    friend.says("Policy strict:")
    friend.says("As known on 1 January 2018")
    friend.wait_for_parameter("center", "40.4000,34.9000")
    assert friend.parameters == wanted
    seen = friend.ask_map("[map.getZoom(), map.getCenter().lat, map.getCenter().lng]")
    assert seen == pytest.approx([9, 34.9, 40.4], abs=0.01)


def test_export_the_snapshot(server: str, person: Person, tmp_path: Path) -> None:
    person.open(f"{server}/?date=2014-07-01")
    with person.page.expect_download() as downloading:
        person.press(person.page.get_by_role("button", name="GeoJSON"))
    assert downloading.value.suggested_filename == "iraq-syria_2014-07-01.geojson"
    file = tmp_path / "snapshot.geojson"
    downloading.value.save_as(file)
    assert json.loads(file.read_text(encoding="utf-8"))["as_of"] == "2014-07-01"
    places = geopandas.read_file(file)
    assert places.crs.to_epsg() == 4326
    assert len(places) > 300
    mosul = places[places["name"] == "Mosul"].iloc[0]
    assert mosul["actor"] == "isil"
    assert (mosul.geometry.x, mosul.geometry.y) == pytest.approx((43.12, 36.34), abs=0.1)


def test_make_a_file_of_a_range(server: str, person: Person, tmp_path: Path) -> None:
    """A film of the weeks between two dates, as known and weighed on the screen, made while one watches."""
    person.open(f"{server}/?date=2017-11-20&compare=2017-10-30&policy=strict&known_on=2018-06-01")
    dialog = person.open_dialog("More formats")
    person.choose("Format", "MP4")
    dialog.get_by_text("For a talk, a web page: film.").wait_for()
    dialog.get_by_text("Policy strict, as known on 1 June 2018.").wait_for()
    person.choose("A picture every", "two weeks")
    person.press(dialog.get_by_role("button", name="Make the file"))
    dialog.get_by_role("progressbar").wait_for()
    ready = dialog.get_by_role("button", name="Download iraq-syria_2017-10-30_2017-11-20.mp4")
    ready.wait_for(timeout=120_000)
    with person.page.expect_download() as downloading:
        person.press(ready)
    file = tmp_path / downloading.value.suggested_filename
    downloading.value.save_as(file)
    said = read_provenance(file)
    assert (said.policy, str(said.known_on), said.every) == ("strict", "2018-06-01", 14)
    assert (str(said.since), str(said.until)) == ("2017-10-30", "2017-11-20")
    person.press(dialog.get_by_role("button", name="Close"))
    dialog.wait_for(state="detached")
    assert person.parameters["known_on"] == "2018-06-01"


def test_change_to_another_theatre(server: str, person: Person) -> None:
    """Its own date and view, in the same place; the address follows, leads back there, and nothing was carried over."""
    person.open(f"{server}/?date=2015-06-01&place={ALBU_KAMAL}&known_on=2018-01-01&hidden=isil&center=41.5,34.2&zoom=8")
    person.wait_for_parameter("hidden", "isil")
    frame = person.page.locator(MAP_IN_USE)
    frame.evaluate("element => element.getRootNode().host.dataset.mounted = 'once'")
    person.choose("Theatre", "Ukraine 2022-2024")
    # nobody has read it yet: that takes the server some seconds
    person.map.locator(".cm-date", has_text="12 November 2022").wait_for(timeout=120_000)
    person.heading("12 November 2022")
    person.wait_for_parameter("theatre", "ukraine")
    person.page.wait_for_function("() => !/center|hidden|place|known_on/.test(location.search)")
    assert person.parameters == {"theatre": "ukraine", "date": "2022-11-12"}
    # the map before stays until the next one has drawn itself
    person.page.locator("iframe").nth(1).wait_for(state="detached")
    assert frame.evaluate("element => element.getRootNode().host.dataset.mounted") == "once"
    lat, lon = person.ask_map("[map.getCenter().lat, map.getCenter().lng]")
    assert (44 < lat < 53, 22 < lon < 41) == (True, True)
    person.type_date("2022-05-20")
    person.wait_for_parameter("date", "2022-05-20")
    person.find("Mariupol")
    person.heading("Mariupol")
    person.page.reload()
    person.heading("Mariupol")
    person.heading("20 May 2022")
    assert person.parameters["theatre"] == "ukraine"


def test_hide_an_actor(server: str, person: Person, screen: str) -> None:
    person.open(f"{server}/?date=2015-06-01")
    legend = person.map.get_by_role("region", name="Legend")
    isil = legend.get_by_role("button", name="ISIL", exact=False).first
    assert isil.get_attribute("aria-pressed") == "true"
    before = person.picture()
    person.press(isil)
    person.wait_for_parameter("hidden", "isil")
    assert isil.get_attribute("aria-pressed") == "false"
    assert person.picture() != before
    person.press(isil)
    person.page.wait_for_function("() => !location.search.includes('hidden')")
    assert isil.get_attribute("aria-pressed") == "true"


def test_use_it_by_keyboard_alone(server: str, person: Person) -> None:
    person.open(f"{server}/?date=2017-11-10")
    keyboard = person.page.keyboard

    def tab_to(locator: str, *, in_map: bool = False) -> None:
        for _ in range(60):
            keyboard.press("Tab")
            frame = person.map_frame if in_map else person.page
            if frame.evaluate(f"document.activeElement?.matches('{locator}') ?? false"):
                return
        pytest.fail(f"60 presses of Tab never came to {locator}")

    tab_to("input[type=range]", in_map=True)
    keyboard.press("ArrowRight")
    person.wait_for_parameter("date", "2017-11-11")
    keyboard.press("PageUp")
    person.wait_for_parameter("date", "2017-12-11")
    tab_to('input[aria-label^="Find a place"]')
    keyboard.type("Mosul")
    keyboard.press("Enter")
    person.heading("Mosul")
    assert person.parameters["date"] == "2017-12-11"
    tab_to("[role=tab]")
    keyboard.press("ArrowRight")
    keyboard.press("Enter")
    person.page.locator("[role=tab][aria-selected=true]", has_text="Changes").wait_for()
    person.says("28 November 2017 to 11 December 2017")


def test_a_saved_map_is_read_without_a_network(saved_map: Path, person: Person) -> None:
    person.page.context.set_offline(True)
    person.page.goto(saved_map.as_uri())
    slider = person.page.locator("input[type=range]")
    date = person.page.locator(".cm-date")
    assert date.inner_text() == "20 October 2017"
    before = person.page.locator(".cm-cells").screenshot()
    box = slider.bounding_box()
    x, y = box["x"] + box["width"] * 0.35, box["y"] + box["height"] / 2
    if person.touch:
        person.page.touchscreen.tap(x, y)
    else:
        person.page.mouse.move(box["x"] + box["width"] * 0.69, y)
        person.page.mouse.down()
        person.page.mouse.move(x, y, steps=8)
        person.page.mouse.up()
    date.filter(has_text=re.compile("2014|2015")).wait_for()
    assert person.page.locator(".cm-cells").screenshot() != before
    slider.focus()
    slider.press("End")
    date.filter(has_text="31 December 2019").wait_for()
