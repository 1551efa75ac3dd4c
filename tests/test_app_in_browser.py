"""The served app in a real browser, with every request that leaves the machine blocked."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.browser


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the app as the README does, on a free port."""
    port = free_port()
    log = (tmp_path_factory.mktemp("server") / "log").open("w")
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", "--server.headless", "true"]
    process = subprocess.Popen([*command, "--server.port", str(port)], cwd=ROOT, stdout=log, stderr=log)
    url = f"http://localhost:{port}"
    for _ in range(120):
        try:
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=1)  # noqa: S310  our own server
            break
        except OSError:
            time.sleep(0.25)
    else:
        pytest.fail("the server did not start")
    yield url
    process.terminate()
    process.wait(timeout=20)
    log.close()


MAP_IN_USE = "iframe:not([inert])"
"""A map that is being made, and one that is being left, are inert."""


def _is_race(message: Any) -> bool:
    """Whether Streamlit looked at the file of a download button just after a newer run had replaced it.

    Its page asks for the file of each button that it draws; nobody has pressed one. Files that a person downloads are
    opened by the tests.
    """
    text, place = message.text, (message.location or {}).get("url", "")
    return text.startswith("Client Error: Download Button source error - 404") or ("404" in text and "/media/" in place)


class Visit:
    """A page of the app, and everything it asked for or complained of."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.outside: list[str] = []
        self.complaints: list[str] = []
        page.route("**/*", self._route)
        page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" and not _is_race(m) else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _route(self, route: Any) -> None:
        if urlsplit(route.request.url).hostname in {"localhost", None}:
            route.continue_()
        else:
            self.outside.append(route.request.url)
            route.abort()

    def open(self, url: str) -> None:
        self.page.goto(url)
        self.slider.wait_for(timeout=30_000)
        self.panel.get_by_role("heading", name="20").first.wait_for(timeout=30_000)

    @property
    def map(self) -> Any:
        return self.page.frame_locator(MAP_IN_USE)

    @property
    def map_frame(self) -> Any:
        """The frame to ask; of one map in use at a time, whatever others come or go."""
        return self.page.locator(MAP_IN_USE).element_handle().content_frame()

    @property
    def slider(self) -> Any:
        return self.map.locator("input[type=range]")

    @property
    def panel(self) -> Any:
        return self.page.locator("[data-testid=stMain]")

    @property
    def parameters(self) -> dict[str, str]:
        """The address as it is at this moment."""
        return dict(parse_qsl(urlsplit(self.page.evaluate("location.href")).query))

    def wait_for_parameter(self, key: str, value: str) -> None:
        self.page.wait_for_function(
            "([key, value]) => new URLSearchParams(location.search).get(key) === value",
            arg=[key, value],
            timeout=30_000,
        )

    def look_at(self, lat: float, lon: float, zoom: float) -> None:
        """Move the map, once it stands: a pan that is still under way would carry the new view off."""
        center = "[map.getCenter().lat, map.getCenter().lng]"
        before, now = None, self.ask_map(center)
        while now != before:
            self.page.wait_for_timeout(500)
            before, now = now, self.ask_map(center)
        self.ask_map(f"map.setView([{lat}, {lon}], {zoom}, {{animate: false}}) && 0")

    def ask_map(self, expression: str) -> Any:
        """Evaluate in the frame, with the Leaflet map at hand as `map`."""
        find = "window[Object.keys(window).find((key) => key.startsWith('map_'))]"
        return self.map_frame.evaluate(f"() => {{ const map = {find}; return {expression}; }}")

    def open_tab(self, name: str) -> None:
        tab = self.page.get_by_role("tab", name=name)
        tab.scroll_into_view_if_needed()
        tab.click()

    def picture(self) -> bytes:
        """Return a picture of the map in use; of the next one, where that takes its place meanwhile."""
        from playwright.sync_api import Error

        try:
            return bytes(self.page.locator(MAP_IN_USE).screenshot())
        except Error:
            return bytes(self.page.locator(MAP_IN_USE).screenshot())


@pytest.fixture(params=[(1280, 900), (390, 844)], ids=["desktop", "phone"])
def visit(request: pytest.FixtureRequest, browser: Any) -> Iterator[Visit]:
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
    visit = Visit(context.new_page())
    yield visit
    context.close()
    assert visit.outside == []
    assert visit.complaints == []


def colours_of(picture: bytes, tmp_path: Path) -> set[tuple[int, ...]]:
    from PIL import Image

    file = tmp_path / "picture.png"
    file.write_bytes(picture)
    with Image.open(file) as image:
        return {colour[:3] for _, colour in image.convert("RGB").getcolors(2**24) or []}


def test_scrub_click_read_and_download(server: str, visit: Visit, tmp_path: Path) -> None:
    visit.open(f"{server}/?date=2014-06-01")
    before = visit.picture()
    assert len(colours_of(before, tmp_path)) > 50

    # one key press is one day; End is the last day of the span
    visit.slider.focus()
    visit.slider.press("End")
    visit.panel.get_by_text("31 December 2019").first.wait_for(timeout=30_000)
    assert visit.picture() != before
    visit.wait_for_parameter("date", "2019-12-31")

    # a town is found by an odd spelling, and its reports are on the page
    visit.page.get_by_label("Find a place").fill("Deir el-Zour")
    visit.page.get_by_label("Find a place").press("Enter")
    visit.panel.get_by_text("Deir ez-Zor", exact=True).first.wait_for(timeout=30_000)
    visit.panel.get_by_text("graded").first.wait_for(timeout=30_000)
    assert visit.parameters["place"] == "170794"

    with visit.page.expect_download() as downloading:
        button = visit.page.get_by_role("button", name="GeoJSON")
        button.scroll_into_view_if_needed()
        button.click()
    file = tmp_path / "snapshot.geojson"
    downloading.value.save_as(file)
    collection = json.loads(file.read_text(encoding="utf-8"))
    assert collection["as_of"] == "2019-12-31"
    assert downloading.value.suggested_filename == "iraq-syria_2019-12-31.geojson"


def test_a_click_on_the_map_answers_why(server: str, visit: Visit) -> None:
    """The label of Raqqa is drawn left or right of its dot; its dot is where the page says that it is."""
    visit.open(f"{server}/?date=2017-11-10")
    visit.panel.get_by_text("Click a town").wait_for(timeout=30_000)
    box = visit.page.locator(MAP_IN_USE).bounding_box()
    x, y = visit.ask_map("Object.values(map.latLngToContainerPoint([35.9528, 39.0079]))")
    visit.page.mouse.click(box["x"] + x, box["y"] + y)
    visit.panel.get_by_role("heading", name="Raqqa").wait_for(timeout=30_000)
    visit.panel.get_by_text("graded").first.wait_for(timeout=30_000)
    assert "17 October 2017" in visit.panel.locator(".cm-reports").first.inner_text()


def test_an_address_restores_the_view_and_follows_it(server: str, visit: Visit) -> None:
    query = "date=2016-05-04&place=170794&policy=strict&known_on=2018-01-01&compare=2014-01-01&center=41.5000,34.2000&zoom=8"
    visit.open(f"{server}/?theatre=iraq-syria&{query}")
    visit.panel.get_by_role("heading", name="Deir ez-Zor").wait_for(timeout=30_000)
    visit.wait_for_parameter("center", "41.5000,34.2000")
    assert visit.parameters == {"theatre": "iraq-syria", **dict(parse_qsl(query))}
    assert visit.ask_map("[map.getZoom(), map.getCenter().lat, map.getCenter().lng]") == pytest.approx(
        [8, 34.2, 41.5], abs=0.01
    )
    assert visit.panel.get_by_text("Policy strict:").is_visible()

    # whoever looks elsewhere changes the address without a word to Python
    visit.look_at(33.5, 43.25, 9)
    visit.wait_for_parameter("center", "43.2500,33.5000")
    assert visit.parameters["zoom"] == "9"

    # which hears of it when it is cited
    visit.open_tab("Cite")
    visit.panel.locator("code").filter(has_text="center=43.2500,33.5000").first.wait_for(timeout=30_000)

    # another policy is another map of the same view
    visit.page.get_by_role("combobox", name="Policy").click()
    visit.page.get_by_role("option", name="balanced").click()
    visit.panel.get_by_text("Policy balanced:").wait_for(timeout=30_000)
    visit.slider.wait_for(timeout=30_000)
    visit.page.wait_for_function("!location.search.includes('policy=')", timeout=30_000)
    visit.page.wait_for_timeout(500)
    assert visit.ask_map("[map.getZoom(), map.getCenter().lat, map.getCenter().lng]") == pytest.approx(
        [9, 33.5, 43.25], abs=0.01
    )
    assert visit.parameters["date"] == "2016-05-04"
    assert visit.parameters["place"] == "170794"


def test_the_page_of_the_map_is_sent_once(server: str, visit: Visit) -> None:
    """An order moves the map; the page, half a megabyte and more, stays where it is."""
    received: list[int] = []
    visit.page.on("websocket", lambda socket: socket.on("framereceived", lambda data: received.append(len(data))))
    visit.open(f"{server}/?date=2017-11-10")
    visit.page.wait_for_timeout(1000)
    assert sum(received) > 400_000
    received.clear()
    for name in ("Raqqa", "Mosul"):
        visit.page.get_by_label("Find a place").fill(name)
        visit.page.get_by_label("Find a place").press("Enter")
        visit.panel.get_by_role("heading", name=name).wait_for(timeout=30_000)
    visit.page.wait_for_timeout(500)
    assert 0 < sum(received) < 300_000


def test_dates_are_compared_and_figures_drawn(server: str, visit: Visit) -> None:
    visit.open(f"{server}/?date=2017-11-10&compare=2015-06-01")
    visit.open_tab("Compare")
    visit.panel.get_by_text("From 1 June 2015 to 10 November 2017").wait_for(timeout=30_000)
    visit.panel.locator(".cm-compare").get_by_text("ISIL → Iraq govt", exact=True).wait_for(timeout=30_000)
    visit.open_tab("Charts")
    visit.panel.locator("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg").first.wait_for(
        timeout=30_000
    )


def test_nothing_is_wider_than_the_screen(server: str, visit: Visit) -> None:
    visit.open(f"{server}/?date=2017-11-10&place=174448&compare=2015-06-01")
    for tab in ("Why", "Changes", "Compare", "Charts", "Cite", "About"):
        visit.open_tab(tab)
        visit.page.wait_for_timeout(700)
        wide = visit.page.evaluate(
            """() => [...document.querySelectorAll('[data-testid=stMain] *')]
                .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
                .map((element) => element.className)"""
        )
        assert wide == [], tab


HOSTILE = "%3Cimg%20src%3Dx%20onerror%3Ddocument.title%3D%27hit%27%3E"


def test_a_hostile_address_is_ignored_with_a_note(server: str, visit: Visit) -> None:
    query = "&".join(f"{key}={HOSTILE}" for key in ("date", "place", "policy", "known_on", "center", "hidden", HOSTILE))
    visit.open(f"{server}/?{query}")
    visit.panel.get_by_text("of the link could not be used").first.wait_for(timeout=30_000)
    assert "onerror" not in visit.panel.inner_text()
    assert visit.page.title() != "hit"
    visit.page.wait_for_function("!location.search.includes('onerror')", timeout=30_000)
    assert visit.parameters == {"theatre": "iraq-syria", "date": "2017-10-20"}


def test_a_date_outside_the_span_names_the_span(server: str, visit: Visit) -> None:
    visit.open(f"{server}/?date=1999-01-01")
    visit.panel.get_by_text("1 January 2013 to 31 December 2019").first.wait_for(timeout=30_000)
