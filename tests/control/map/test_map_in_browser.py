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
    page.wait_for_function("text => document.querySelector('.cm-date').textContent === text", arg=text, timeout=15_000)


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


def test_moments_are_ticks_for_the_pointer_and_words_for_the_keys(
    open_page: Callable[..., Any], payload: dict[str, Any]
) -> None:
    """Two ticks where their days are on the slider. A press goes there; no stop for the keys is added; text stays text."""
    payload["moments"] = [[10, "Alpha <b>falls</b>", "Early & late"], [200, "Beta too", "Daily"]]
    page = open_page()
    ticks = page.locator(".cm-moment")
    assert [ticks.nth(n).get_attribute("title") for n in (0, 1)] == [
        "11 January 2017: Alpha <b>falls</b> (Early & late)", "20 July 2017: Beta too (Daily)",
    ]  # fmt: skip
    slider = page.locator(".cm-slider").bounding_box()
    for number, day in enumerate((10, 200)):
        box = ticks.nth(number).bounding_box()
        at = slider["x"] + 9 + (slider["width"] - 18) * day / 364
        assert abs(box["x"] + box["width"] / 2 - at) < 1
    ticks.nth(1).click()
    date_on(page, "20 July 2017")
    assert page.get_attribute(".cm-slider", "aria-valuetext") == "20 July 2017: Beta too"
    page.focus(".cm-slider")
    page.keyboard.press("ArrowRight")
    date_on(page, "21 July 2017")
    assert page.get_attribute(".cm-slider", "aria-valuetext") == "21 July 2017"
    assert page.locator(".cm-moments :is(button, a, [tabindex])").count() == 0


def test_the_step_is_chosen_in_sight_and_buttons_keep_to_it(open_page: Callable[..., Any]) -> None:
    """With the mouse alone: a day, a week and a month, there and back; keys still go day by day."""
    page = open_page()
    for size, on, back in [("Day", "6 January 2017", "5 January 2017"), ("Week", "12 January 2017", "5 January 2017"),
                           ("Month", "5 February 2017", "5 January 2017")]:  # fmt: skip
        page.get_by_role("radio", name=size).check()
        page.get_by_role("button", name=f"One {size.lower()} on").click()
        date_on(page, on)
        page.get_by_role("button", name=f"One {size.lower()} back").click()
        date_on(page, back)
    page.focus(".cm-slider")
    page.keyboard.press("ArrowRight")
    date_on(page, "6 January 2017")


def test_playing_goes_in_the_chosen_steps(open_page: Callable[..., Any]) -> None:
    """From 5 January by the month: nothing but the fifth of each month is shown, until the end of the span."""
    page = open_page()
    page.get_by_role("radio", name="Month").check()
    page.select_option(".cm-speed", "365")
    page.evaluate("""
        window.seen = [];
        new MutationObserver(() => seen.push(document.querySelector('.cm-date').textContent))
          .observe(document.querySelector('.cm-date'), { childList: true, characterData: true, subtree: true });
    """)
    page.get_by_role("button", name="Play").click()
    date_on(page, "31 December 2017")
    *months, _ = page.evaluate("seen")
    assert months
    assert all(text.startswith("5 ") for text in months)


def test_what_nobody_confirms_fades_in_steps_and_says_so(
    open_page: Callable[..., Any], payload: dict[str, Any]
) -> None:
    """Beta stays Blue's all year, unconfirmed for half a year from 20 January on: paler ground, the same dot."""
    payload["stale_after"] = [182, 365]
    payload["intervals"][1] = [[0, 1, 1, 0.97, -1], [19, 1, 1, 0.97, -1, 1]]
    page = open_page()
    beta = """(() => {
        const map = Object.values(window).find((value) => value instanceof L.Map);
        const inked = (name, reach, is) => {
            const canvas = document.querySelector(`canvas.${name}`);
            const box = canvas.getBoundingClientRect();
            const at = map.latLngToContainerPoint([50.5, 11.5]);
            const ratio = canvas.width / box.width;
            const ground = map.getContainer().getBoundingClientRect();
            const [x, y] = [(at.x + ground.left - box.left) * ratio, (at.y + ground.top - box.top) * ratio];
            const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
            copy.drawImage(canvas, 0, 0);
            const { data } = copy.getImageData(x - reach, y - reach, 2 * reach, 2 * reach);
            return Array.from({ length: data.length / 4 }, (_, n) => [...data.slice(4 * n, 4 * n + 4)]).filter(is);
        };
        return [inked("cm-marks", 12, ([, , , alpha]) => alpha > 128).length, inked("cm-cells", 1, () => true)[0]];
    })()"""
    fresh, dark = page.evaluate(beta)
    page.fill(".cm-field", "2017-01-20")
    date_on(page, "20 January 2017")
    stale, pale = page.evaluate(beta)
    assert stale == fresh > 10
    assert pale[3] < dark[3] == REPORTED
    assert page.get_by_role("button", name="Next change").is_enabled() is False  # nothing has changed hands


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
    assert (red.get_attribute("title") or "").startswith("Red Army: 2 places")
    page.focus(".cm-slider")
    page.keyboard.press("End")
    date_on(page, "31 December 2017")
    assert (red.get_attribute("title") or "").startswith("Red Army: 1 place")
    before = page.locator(".cm-cells").screenshot()
    red.click()
    assert red.get_attribute("aria-pressed") == "false"
    page.wait_for_timeout(100)
    assert page.locator(".cm-cells").screenshot() != before


def stand_still(page: Any) -> None:
    """Wait until the map has slid to where its bounds allow it to be."""
    pane = page.locator(".leaflet-map-pane")
    before = None
    while before != (before := pane.get_attribute("style")):
        page.wait_for_timeout(300)


READ = """(name = "cm-cells") => {
    const canvas = document.querySelector(`canvas.${name}`);
    const copy = Object.assign(document.createElement("canvas"), { width: canvas.width, height: canvas.height });
    const ctx = copy.getContext("2d", { willReadFrequently: true });
    ctx.drawImage(canvas, 0, 0);
    return ctx.getImageData(0, 0, canvas.width, canvas.height);
}"""


def colour_at(page: Any, lon: float, lat: float, canvas: str = "cm-cells") -> list[int]:
    """Red, green, blue and opacity of the ground at a position, before it is laid upon the land."""
    return page.evaluate(  # type: ignore[no-any-return]
        """([lon, lat, name]) => {
            const map = window[Object.keys(window).find((key) => key.startsWith("map_"))];
            const canvas = document.querySelector(`canvas.${name}`);
            const box = canvas.getBoundingClientRect();
            const inner = map.getContainer().getBoundingClientRect();
            const point = map.latLngToContainerPoint([lat, lon]);
            const scale = canvas.width / box.width;
            const at = [point.x + inner.left - box.left, point.y + inner.top - box.top].map((v) => Math.floor(v * scale));
            const { data, width } = (READ)(name);
            return [...data.slice(4 * (at[1] * width + at[0]), 4 * (at[1] * width + at[0] + 1))];
        }""".replace("READ", READ),
        [lon, lat, canvas],
    )


REPORTED, INFERRED = round(255 * 0.68), round(255 * 0.34)
"""Opacity of ground."""
NONE = [0, 0, 0, 0]


def tinted(red: int, green: int, blue: int, opacity: int = REPORTED) -> Any:
    """A colour as a canvas gives it back: it keeps colours multiplied by their opacity, in whole numbers."""
    return pytest.approx([red, green, blue, opacity], abs=3)


RED, BLUE = tinted(0xAA, 0x22, 0x22), tinted(0x22, 0x33, 0xBB)


def test_ground_has_the_colour_of_its_holder(open_page: Callable[..., Any]) -> None:
    """Expected: Alpha is Red's on 5 January, Blue's on 20 January; Beta is Blue's; around them is nobody's."""
    page = open_page()
    stand_still(page)
    date_on(page, "5 January 2017")
    assert colour_at(page, 10.3, 50.3) == RED
    assert colour_at(page, 11.3, 50.3) == BLUE
    assert colour_at(page, 12.1, 50.3) == colour_at(page, 9.9, 51) == NONE
    page.fill(".cm-field", "2017-01-20")
    date_on(page, "20 January 2017")
    assert colour_at(page, 10.3, 50.3) == BLUE


@pytest.mark.parametrize("ratio", [1, 1.5, 3])
def test_steps_and_a_new_picture_agree(open_page: Callable[..., Any], ratio: float) -> None:
    """Stepping through the days and back leaves the very pixels that painting everything anew gives."""
    page = open_page(device_scale_factor=ratio)
    stand_still(page)
    page.evaluate(
        """() => {
            window.pixels = () => (READ)().data.join();
            window.frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        }""".replace("READ", READ)
    )
    before = page.evaluate("pixels()")
    page.focus(".cm-slider")
    for key in [*["ArrowRight"] * 6, *["ArrowLeft"] * 6]:
        page.keyboard.press(key)
        page.evaluate("frame()")
    date_on(page, "5 January 2017")
    assert page.evaluate("pixels()") == before
    page.keyboard.press("End")
    page.evaluate("frame()")
    assert page.evaluate("pixels()") != before


def test_estimates_are_paler_and_can_be_switched_off(open_page: Callable[..., Any]) -> None:
    page = open_page()
    stand_still(page)
    date_on(page, "5 January 2017")
    assert colour_at(page, 10.3, 51.7) == tinted(0xAA, 0x22, 0x22, INFERRED)
    switch = page.locator(".cm-estimates")
    assert (switch.get_attribute("title") or "").startswith("1 place, ~7,700 km², of which no report tells")
    switch.click()
    page.wait_for_timeout(100)
    assert switch.get_attribute("aria-pressed") == "false"
    assert colour_at(page, 10.3, 51.7) == NONE
    assert colour_at(page, 10.3, 50.3) == RED


def test_legend_keeps_estimates_apart_from_reports(open_page: Callable[..., Any]) -> None:
    page = open_page()
    red = page.locator(".cm-actor", has_text="Red")
    assert red.locator(".cm-figure").text_content() == "23k km²"  # Alpha and Delta, and Epsilon
    told = "Red Army: 2 places, ~15,000 km² reported; 1 place, ~7,700 km² estimated."
    assert (red.get_attribute("title") or "").startswith(told)
    page.click(".cm-estimates")
    page.wait_for_timeout(100)
    assert red.locator(".cm-figure").text_content() == "15k km²"


def test_a_double_click_leaves_one_side_and_all_come_back(open_page: Callable[..., Any]) -> None:
    page = open_page()
    chips = page.locator(".cm-actor:visible")
    assert chips.locator(".cm-actor-name").all_text_contents() == ["Red", "Blue"]
    page.locator(".cm-actor", has_text="Blue").dblclick()
    pressed = page.evaluate(
        "[...document.querySelectorAll('.cm-actor')].map((chip) => chip.getAttribute('aria-pressed'))"
    )
    assert pressed == ["false", "true"]
    page.get_by_role("button", name="All", exact=True).click()
    assert page.locator(".cm-actor[aria-pressed=false]").count() == 0
    assert not page.locator(".cm-all").is_visible()


def test_what_changed_hands_has_a_ring_for_a_fortnight(open_page: Callable[..., Any]) -> None:
    """Alpha passes from Red to Blue on 11 January; nobody saw Epsilon change, which is estimated."""
    page = open_page()
    drawn = """() => {
        const canvas = document.querySelector("canvas.cm-changed");
        const { width, height } = canvas;
        const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
        copy.drawImage(canvas, 0, 0);
        return copy.getImageData(0, 0, width, height).data.some((value) => value > 0);
    }"""
    for day, ringed in (("2017-01-10", False), ("2017-01-11", True), ("2017-01-24", True), ("2017-01-25", False)):
        page.fill(".cm-field", day)
        page.wait_for_timeout(150)
        assert page.evaluate(drawn) == ringed, day


def point_of(page: Any, lon: float, lat: float) -> list[float]:
    return page.evaluate(  # type: ignore[no-any-return]
        """([lon, lat, name]) => {
            const map = window[Object.keys(window).find((key) => key.startsWith("map_"))];
            const [box, point] = [map.getContainer().getBoundingClientRect(), map.latLngToContainerPoint([lat, lon])];
            return [box.left + point.x, box.top + point.y];
        }""",
        [lon, lat],
    )


def test_an_estimate_says_what_it_rests_on(open_page: Callable[..., Any]) -> None:
    page = open_page()
    stand_still(page)
    page.mouse.move(*point_of(page, 10.3, 51.7))
    tip = page.locator(".cm-hover")
    assert tip.is_visible()
    assert (
        tip.text_content()
        == "Epsilonestimated: very likely Red, about 80 %; from reports of Delta (70 km away) and Alpha (111 km away)"
    )
    page.mouse.move(*point_of(page, 10.3, 50.3))
    assert not tip.is_visible()  # of reported places the mark tells


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
    page.wait_for_function("heard.length === 1", timeout=15_000)
    heard = page.evaluate("heard[0]")
    message = {
        "type": "control-map:state",
        "date": "2017-01-20",
        "place": "1",
        "nonce": 7,
        "hidden": [],
        "compare": None,
    }
    assert heard == message
    assert frame.locator(".cm-pinned strong").text_content() == "Alpha"
    assert frame.locator(".cm-pinned").text_content() == (
        "AlphaVery likely held by Blue Front (85 %)since 11 January 2017"
    )
    page.evaluate("tell({type: 'control-map:set', hidden: ['red', 'estimates', 'nobody']})")
    page.wait_for_function("heard.length === 2", timeout=15_000)
    assert page.evaluate("heard.pop().hidden") == ["red", "estimates"]
    assert frame.locator(":is(.cm-actor, .cm-estimates)[aria-pressed=false]").count() == 2
    page.evaluate("tell({type: 'control-map:set', date: 'nonsense', place: 'nowhere'})")
    page.wait_for_function("heard.length === 2", timeout=15_000)
    assert page.evaluate("[heard[1].date, heard[1].place]") == ["2017-01-20", "1"]


def test_an_order_is_answered_whatever_comes_in_between(open_page: Callable[..., Any]) -> None:
    """Whoever ordered waits for the answer; a step by hand right after the order does not take it away."""
    page = open_page(host=HOST)
    frame = page.frame_locator("iframe")
    frame.locator(".cm-date").wait_for()
    page.evaluate(
        "tell({type: 'control-map:set', date: '2017-01-20', nonce: 7}); tell({type: 'control-map:set', place: '1'})"
    )
    page.wait_for_function("heard.length === 1", timeout=15_000)
    page.evaluate("tell({type: 'control-map:set', place: null})")
    page.wait_for_function("heard.length === 2", timeout=15_000)
    assert page.evaluate("heard.map((said) => [said.date, said.place, said.nonce])") == [
        ["2017-01-20", "1", 7],
        ["2017-01-20", None, None],
    ]


def test_a_map_that_plays_says_so_and_rests_when_it_is_told_to(open_page: Callable[..., Any]) -> None:
    listening = (
        "addEventListener('message', (event) => {"
        " if (/moving|state/.test(event.data.type)) (window.all ??= []).push(event.data.type.split(':')[1]); })"
    )
    page = open_page(host=HOST)
    page.evaluate(listening)
    frame = page.frame_locator("iframe")
    frame.get_by_role("button", name="Play").click()
    page.wait_for_function("window.all?.length === 1", timeout=15_000)
    page.wait_for_timeout(500)
    page.evaluate("tell({type: 'control-map:set', rest: true})")
    page.wait_for_function("all.length === 2", timeout=15_000)
    assert page.evaluate("all") == ["moving", "state"]
    assert frame.get_by_role("button", name="Play").is_visible()
    page.evaluate("tell({type: 'control-map:set', rest: true})")  # whoever rests has nothing to say
    page.wait_for_timeout(400)
    assert page.evaluate("all.length") == 2


def test_a_map_takes_over_the_keyboard_where_it_was(open_page: Callable[..., Any]) -> None:
    page = open_page(host=HOST)
    frame = page.frame_locator("iframe")
    frame.locator(".cm-date").wait_for()
    page.evaluate("addEventListener('message', ({data}) => { if (data.at !== undefined) window.at = data.at; })")
    frame.get_by_role("button", name="One day on").focus()
    page.wait_for_function("window.at === 'One day on'", timeout=15_000)
    for told, expected in (("Date", "Date"), ("One day on", "One day on"), ('nowhere"]', "Date"), (None, "Date")):
        page.evaluate("(focus) => tell({type: 'control-map:set', focus})", told)
        page.wait_for_function("(at) => window.at === at", arg=expected, timeout=15_000)


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
    assert page.get_attribute(".cm-key-opener", "aria-expanded") == "false"
    page.click("[aria-label=Compare]")
    page.wait_for_selector(".cm-other-field")
    controls = page.locator(":is(.cm-bar button, .cm-bar select, .cm-bar input, .cm-date):visible")
    boxes = [controls.nth(n).bounding_box() for n in range(controls.count())]
    assert all(min(box["width"], box["height"]) >= 40 for box in boxes[1:])  # fingers; the first is the date
    bar = page.locator(".cm-bar").bounding_box()
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


GREY = [0xCA, 0xC8, 0xC2, 255]


def compare_with(page: Any, day: str, text: str) -> None:
    page.click("[aria-label=Compare]")
    page.fill(".cm-other-field", day)
    said = "text => document.querySelector('.cm-bar [aria-live]:not(output)').textContent.includes(text)"
    page.wait_for_function(said, arg=text, timeout=15_000)


def test_gains_and_losses_between_two_dates(open_page: Callable[..., Any]) -> None:
    """Alpha passed from Red to Blue, and so did Epsilon, by estimates; all else is grey, and the view stays."""
    page = open_page()
    stand_still(page)
    pane = page.locator(".leaflet-map-pane").get_attribute("style")
    page.click("[aria-label=Compare]")
    page.wait_for_selector(".cm-other-field")
    assert page.input_value(".cm-other-field") == "2017-01-01"  # the map does not go back a year
    page.keyboard.press("Escape")
    page.wait_for_selector(".cm-other-field", state="hidden")
    compare_with(page, "2017-01-20", "compared with 20 January 2017")
    assert colour_at(page, 10.3, 50.3, "cm-passed") == [0x22, 0x33, 0xBB, 255]
    assert colour_at(page, 11.3, 50.3, "cm-passed") == GREY
    red, _, blue, opacity = colour_at(page, 10.3, 51.7, "cm-passed")
    assert opacity == 255
    assert blue > red > 0x55  # Blue's, but pale
    assert page.locator(".leaflet-map-pane").get_attribute("style") == pane
    lines = page.locator(".cm-actor", has_text="Red").locator(".cm-lost .cm-line")
    assert lines.all_text_contents() == ["\N{MINUS SIGN}1 · ~7,700", "est. \N{MINUS SIGN}1 · ~7,700"]
    title = page.locator(".cm-actor", has_text="Blue").get_attribute("title")
    assert title is not None
    assert title.startswith("Blue Front: gained 1 place, ~7,700 km², lost 0 places")
    assert "with an estimate on either date gained 1 place, ~7,700 km², lost 0 places, ~0 km²." in title
    page.click(".cm-estimates")
    page.wait_for_timeout(100)
    assert colour_at(page, 10.3, 51.7, "cm-passed") == NONE
    page.focus(".cm-slider")
    page.keyboard.press("Escape")
    page.wait_for_selector(".cm-other-field", state="hidden")
    assert page.get_attribute("[aria-label=Compare]", "aria-pressed") == "false"
    assert colour_at(page, 10.3, 50.3) == RED
    assert page.locator(".leaflet-map-pane").get_attribute("style") == pane


def test_the_order_of_the_dates_does_not_matter(open_page: Callable[..., Any]) -> None:
    page = open_page()
    stand_still(page)
    page.fill(".cm-field", "2017-01-20")
    compare_with(page, "2017-01-05", "5 January 2017 compared with")
    assert colour_at(page, 10.3, 50.3, "cm-passed") == [0x22, 0x33, 0xBB, 255]
    live = page.locator(".cm-bar [aria-live=polite]")
    assert live.text_content() == "5 January 2017 compared with 20 January 2017: 2 places with another holder"


def test_the_divider_moves_by_keys_and_by_dragging(open_page: Callable[..., Any]) -> None:
    """Left of it is the earlier date, right of it the later one."""
    page = open_page()
    stand_still(page)
    before = page.locator(".leaflet-map-pane").get_attribute("style")
    compare_with(page, "2017-01-20", "compared with 20 January 2017")
    page.click(".cm-mode:has-text('Swipe')")
    divider = page.locator(".cm-swipe")
    divider.wait_for()
    assert divider.get_attribute("role") == "slider"
    page.focus(".cm-swipe")
    for key, now in [("ArrowRight", "52"), ("Shift+ArrowLeft", "42"), ("End", "100"), ("Home", "0"), ("PageUp", "10")]:
        page.keyboard.press(key)
        assert divider.get_attribute("aria-valuenow") == now
    text = divider.get_attribute("aria-valuetext")
    assert text == "10 %: 5 January 2017 on the left, 20 January 2017 on the right"
    page.keyboard.press("Home")
    later = page.locator(".cm-stage").screenshot()
    page.keyboard.press("End")
    assert page.locator(".cm-stage").screenshot() != later
    assert colour_at(page, 10.3, 50.3) == RED
    stage = page.locator(".cm-stage").bounding_box()
    page.mouse.move(stage["x"] + stage["width"] - 3, stage["y"] + 300)
    page.mouse.down()
    page.mouse.move(stage["x"] + stage["width"] / 4, stage["y"] + 300, steps=4)
    page.mouse.up()
    assert divider.get_attribute("aria-valuenow") == "25"
    assert page.locator(".leaflet-map-pane").get_attribute("style") == before
    page.keyboard.press("Escape")
    divider.wait_for(state="hidden")
    assert page.locator("canvas.cm-cells-other").count() == 0


def test_a_host_orders_a_comparison(open_page: Callable[..., Any]) -> None:
    page = open_page(host=HOST)
    frame = page.frame_locator("iframe")
    frame.locator(".cm-date").wait_for()
    page.evaluate("tell({type: 'control-map:set', compare: '2017-01-20', place: '1'})")
    page.wait_for_function("heard.length === 1", timeout=15_000)
    assert page.evaluate("[heard[0].date, heard[0].compare]") == ["2017-01-05", "2017-01-20"]
    assert frame.locator(".cm-pinned").text_content() == (
        "Alpha5 January 2017: Very likely held by Red Army (90 %)20 January 2017: Very likely held by Blue Front (85 %)"
    )
    page.evaluate("tell({type: 'control-map:set', compare: 'nonsense'})")
    page.wait_for_function("heard.length === 2", timeout=15_000)
    assert page.evaluate("heard[1].compare") == "2017-01-20"
    page.evaluate("tell({type: 'control-map:set', compare: null})")
    page.wait_for_function("heard.length === 3", timeout=15_000)
    assert page.evaluate("heard[2].compare") is None
    frame.locator(".cm-comparing").wait_for(state="hidden")


def test_the_table_says_what_the_map_shows_and_chooses_places(open_page: Callable[..., Any]) -> None:
    """By keys alone: open it, walk through it, choose a place; it follows the date and the estimates switch."""
    page = open_page()
    page.set_viewport_size({"width": 1500, "height": 1400})
    stand_still(page)
    page.evaluate("window[Object.keys(window).find((key) => key.startsWith('map_'))].setZoom(8)")
    stand_still(page)
    page.focus("[aria-label=Table]")
    page.keyboard.press("Enter")
    table = page.locator(".cm-table table")
    assert table.locator("caption").text_content() == "5 places on the map on 5 January 2017"
    rows = [row.locator("th, td:visible").all_text_contents() for row in table.locator("tbody tr").all()]
    assert rows == [
        ["Alpha", "Red", "held", "90 %", "start of the record", ""],
        ["Beta", "Blue", "held", "97 %", "start of the record", ""],
        ["Epsilon", "Red", "estimated", "about 80 %", "", "Delta (70 km away) and Alpha (111 km away)"],
        ["Gamma", "", "no information", "", "", ""],
        ["Delta", "Red", "besieged by Blue", "80 %", "start of the record", ""],
    ]
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator(".cm-pinned strong").text_content() == "Beta"
    page.fill(".cm-field", "2017-01-20")
    table.get_by_text("5 places on the map on 20 January 2017").wait_for()
    alpha = table.locator("tbody tr").first.locator("td:visible").all_text_contents()
    assert alpha == ["Blue", "held", "85 %", "2017-01-11", ""]
    page.click(".cm-estimates")
    assert table.locator("tbody th").all_text_contents() == ["Alpha", "Beta", "Gamma", "Delta"]
    page.focus(".cm-row[tabindex='0']")
    page.keyboard.press("Escape")
    assert not table.is_visible()
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Table"


def test_people_who_want_no_motion_get_none(open_page: Callable[..., Any]) -> None:
    page = open_page(reduced_motion="reduce")
    stand_still(page)
    page.evaluate(
        """() => {
            window.map = window[Object.keys(window).find((key) => key.startsWith("map_"))];
            window.frames = 0;
            map.on("zoomanim", () => { window.frames += 1; });
            map.setZoom(map.getZoom() + 1);
        }"""
    )
    assert page.evaluate("frames") == 0
