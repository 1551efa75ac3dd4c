"""The map as a person meets it: in a browser, without a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from control.map import ControlTimeline, offline_map, render

pytestmark = pytest.mark.browser


@pytest.fixture
def open_page(browser: Any, payload: dict[str, Any], tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Open the map of the payload; afterwards nothing may have been asked for and nothing complained of."""
    complaints: list[str] = []
    contexts = []

    def open_(host: str = "", **options: Any) -> Any:
        map_ = offline_map(payload["opening"]["bounds"])
        ControlTimeline(payload).add_to(map_)
        (tmp_path / "map.html").write_text(render(map_), encoding="utf-8")
        if host:
            (tmp_path / "host.html").write_text(host, encoding="utf-8")
        context = browser.new_context(viewport={"width": 900, "height": 700}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: None if request.url.startswith("file:") else complaints.append(request.url))
        page.goto((tmp_path / ("host.html" if host else "map.html")).as_uri())
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []


def date_on(page: Any, text: str) -> None:
    page.wait_for_function("text => document.querySelector('.cm-date').textContent === text", arg=text, timeout=3000)


def test_dragging_the_slider_repaints_and_keeps_the_view(open_page: Callable[..., Any]) -> None:
    page = open_page()
    date_on(page, "5 January 2017")
    before = page.locator(".cm-marks").screenshot()
    pane = page.locator(".leaflet-map-pane").get_attribute("style")
    box = page.locator(".cm-slider").bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 9 + (box["width"] - 18) * 4 / 364, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, middle, steps=12)
    page.mouse.up()
    date_on(page, "2 July 2017")
    assert page.locator(".cm-marks").screenshot() != before
    assert page.locator(".leaflet-map-pane").get_attribute("style") == pane
    assert page.locator(".cm-bar [aria-live=polite]").text_content() in {"", "2 July 2017"}


def test_keys_step_by_day_week_month_and_to_the_ends(open_page: Callable[..., Any]) -> None:
    page = open_page()
    page.focus(".cm-slider")
    for key, text in [
        ("ArrowRight", "6 January 2017"),
        ("Shift+ArrowRight", "13 January 2017"),
        ("PageUp", "13 February 2017"),
        ("PageDown", "13 January 2017"),
        ("End", "31 December 2017"),
        ("Home", "1 January 2017"),
    ]:
        page.keyboard.press(key)
        date_on(page, text)
    assert page.get_attribute(".cm-slider", "aria-valuetext") == "1 January 2017"


def test_next_change_goes_from_change_to_change(open_page: Callable[..., Any]) -> None:
    page = open_page()
    page.click("[aria-label='Next change']")
    date_on(page, "9 January 2017")
    page.click("[aria-label='Next change']")
    date_on(page, "11 January 2017")
    assert page.locator("[aria-label='Next change']").is_disabled()
    page.click("[aria-label='Previous change']")
    date_on(page, "9 January 2017")


def test_a_date_outside_the_span_is_answered_with_the_span(open_page: Callable[..., Any]) -> None:
    page = open_page()
    page.fill(".cm-field", "2019-05-01")
    page.keyboard.press("Enter")
    assert page.text_content(".cm-message") == "The map covers 1 January 2017 to 31 December 2017."
    page.fill(".cm-field", "2017-05-01")
    page.keyboard.press("Enter")
    date_on(page, "1 May 2017")
    assert page.text_content(".cm-message") == ""


def test_legend_counts_the_date_and_hides_an_actor(open_page: Callable[..., Any]) -> None:
    page = open_page()
    red = page.locator(".cm-actor", has_text="Red")
    assert red.locator(".cm-count").text_content() == "2"
    page.focus(".cm-slider")
    page.keyboard.press("End")
    date_on(page, "31 December 2017")
    assert red.locator(".cm-count").text_content() == "1"
    before = page.locator(".cm-cells").screenshot()
    red.click()
    assert red.get_attribute("aria-pressed") == "false"
    page.wait_for_timeout(100)
    assert page.locator(".cm-cells").screenshot() != before


HOST = """<!doctype html><meta charset="utf-8"><title>host</title><style>iframe { width: 800px; height: 600px }</style>
<iframe sandbox="allow-scripts" src="map.html"></iframe><script>
window.heard = [];
addEventListener("message", (event) => { if (event.data.type === "control-map:state") window.heard.push(event.data); });
window.tell = (data) => document.querySelector("iframe").contentWindow.postMessage(data, "*");
</script>"""


def test_host_and_map_talk_without_a_remount(open_page: Callable[..., Any]) -> None:
    page = open_page(host=HOST)
    frame = page.frame_locator("iframe")
    frame.locator(".cm-date").wait_for()
    page.evaluate("tell({type: 'control-map:set', date: '2017-01-20', place: '1', nonce: 7})")
    page.wait_for_function("heard.length === 1", timeout=3000)
    heard = page.evaluate("heard[0]")
    assert heard == {"type": "control-map:state", "date": "2017-01-20", "place": "1", "nonce": 7}
    assert frame.locator(".cm-pinned strong").text_content() == "Alpha"
    assert frame.locator(".cm-pinned").text_content() == (
        "AlphaHeld by Blue Front: very likely (85 %)since 11 January 2017"
    )
    page.evaluate("tell({type: 'control-map:set', date: 'nonsense', place: 'nowhere'})")
    page.wait_for_function("heard.length === 2", timeout=3000)
    assert page.evaluate("[heard[1].date, heard[1].place]") == ["2017-01-20", "1"]


def test_names_are_text_in_the_page_too(open_page: Callable[..., Any], payload: dict[str, Any]) -> None:
    name = "<img src=x onerror=alert(1)>"
    payload["places"][0]["name"] = payload["theatre"]["title"] = payload["attribution"] = name
    payload["actors"][0]["short_name"] = payload["actors"][0]["name"] = payload["cells_note"] = name
    page = open_page()
    assert page.locator(".cm-actor-name").first.text_content() == name
    assert page.locator(".cm-title").text_content() == name
    assert page.locator("img").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_everything_without_scrolling_sideways(open_page: Callable[..., Any], scheme: str) -> None:
    page = open_page(color_scheme=scheme)
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    date_on(page, "5 January 2017")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.get_attribute(".cm-legend-toggle", "aria-expanded") == "false"
    bar = page.locator(".cm-bar").bounding_box()
    controls = page.locator(".cm-bar button, .cm-bar select, .cm-bar input, .cm-date")
    boxes = [controls.nth(n).bounding_box() for n in range(controls.count())]
    for box in boxes:
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        assert box["y"] + box["height"] <= bar["y"] + bar["height"] + 1
    overlaps = [
        (a, b)
        for n, a in enumerate(boxes)
        for b in boxes[n + 1 :]
        if a["x"] < b["x"] + b["width"] - 1
        and b["x"] < a["x"] + a["width"] - 1
        and a["y"] < b["y"] + b["height"] - 1
        and b["y"] < a["y"] + a["height"] - 1
    ]
    assert overlaps == []
