"""The map as one file, opened in a browser without a network."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from control.export.extract import Extract
from control.export.files import read_provenance, write
from control.map.excerpt import excerpt
from control.map.payload import timeline_payload

SINCE, UNTIL = date(2017, 8, 10), date(2017, 10, 9)


@pytest.fixture
def autumn(small: Extract) -> Extract:
    """Sixty-one days; on the twenty-third, 1 September, Alpha passes from Red to Blue."""
    return replace(small, since=SINCE, until=UNTIL)


@pytest.fixture
def page(autumn: Extract, tmp_path: Path) -> Path:
    write("html", autumn, tmp_path / "a.html")
    return tmp_path / "a.html"


def test_an_excerpt_begins_with_its_first_day(autumn: Extract) -> None:
    payload = timeline_payload(autumn.timeline, autumn.grounds.estimator)
    cut = excerpt(payload, SINCE, UNTIL)
    assert cut["span"] == ["2017-08-10", "2017-10-10"]
    assert cut["opening"]["date"] == "2017-08-10"
    names = [place["name"] for place in cut["places"]]
    alpha = cut["intervals"][names.index("Alpha")]
    actors = [actor["id"] for actor in cut["actors"]]
    assert alpha[0][0] == 0
    assert [(row[0], actors[int(row[2])]) for row in alpha if row[0] in {0, 22}] == [(0, "red"), (22, "blue")]
    assert all(rows[0][0] >= 0 and rows[-1][0] <= 60 for rows in cut["intervals"])
    assert cut["changes"] == [[22, names.index("Alpha")]]


def test_the_whole_is_left_as_it_is(autumn: Extract) -> None:
    payload = timeline_payload(autumn.timeline, autumn.grounds.estimator)
    settings = autumn.timeline.theatre.settings
    assert excerpt(payload, settings.start, settings.last_day) == payload


def test_an_excerpt_opens_on_its_first_day_even_where_it_has_the_opening_date(autumn: Extract) -> None:
    """The theatre opens on 1 June 2017; a page from May to December opens in May."""
    payload = timeline_payload(autumn.timeline, autumn.grounds.estimator)
    assert payload["opening"]["date"] == "2017-06-01"
    assert excerpt(payload, date(2017, 5, 1), date(2017, 12, 30))["opening"]["date"] == "2017-05-01"
    assert excerpt(payload, date(2017, 1, 1), date(2017, 12, 31))["opening"]["date"] == "2017-06-01"


def test_an_excerpt_lies_within_its_payload(autumn: Extract) -> None:
    payload = timeline_payload(autumn.timeline, autumn.grounds.estimator)
    with pytest.raises(ValueError, match="not within 2017-01-01 to 2017-12-31"):
        excerpt(payload, SINCE, date(2018, 1, 1))


def test_where_it_comes_from(page: Path, autumn: Extract, hostile_name: str) -> None:
    assert read_provenance(page).id == autumn.id
    text = page.read_text(encoding="utf-8")
    assert html.escape(f"series {autumn.id}") in text
    assert hostile_name not in text


@pytest.mark.browser
def test_a_browser_replays_it(page: Path, autumn: Extract, browser: Any) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.goto(page.as_uri())
    day, slider = tab.locator(".cm-date"), tab.locator("input[type=range]")
    assert day.inner_text() == "10 August 2017"
    tab.get_by_role("button", name="Table").click()
    row = tab.locator(".cm-table tbody tr").filter(has_text="Alpha")
    row.get_by_text("Red").first.wait_for()
    slider.focus()
    slider.press("End")
    day.filter(has_text="9 October 2017").wait_for()
    row.get_by_text("Blue").first.wait_for()
    slider.press("Home")
    day.filter(has_text="10 August 2017").wait_for()
    tab.get_by_role("button", name="Next change").click()
    day.filter(has_text="1 September 2017").wait_for()
    assert autumn.id in tab.locator(".cm-attribution").inner_text()
    context.close()
    assert complaints == []
