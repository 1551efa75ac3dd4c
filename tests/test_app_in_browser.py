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
from urllib.parse import urlsplit

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


class Visit:
    """A page of the app, and everything it asked for or complained of."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.outside: list[str] = []
        self.complaints: list[str] = []
        page.route("**/*", self._route)
        page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)
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
        return self.page.frame_locator("iframe").first

    @property
    def slider(self) -> Any:
        return self.map.locator("input[type=range]")

    @property
    def panel(self) -> Any:
        return self.page.locator("[data-testid=stMain]")

    def picture(self) -> bytes:
        return bytes(self.page.locator("iframe").first.screenshot())


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
    visit.panel.get_by_text("31 December 2019").first.wait_for(timeout=10_000)
    assert visit.picture() != before
    assert "date=2019-12-31" in visit.page.url

    # a town is found by an odd spelling, and its reports are on the page
    visit.page.get_by_label("Find a place").fill("Deir el-Zour")
    visit.page.get_by_label("Find a place").press("Enter")
    visit.panel.get_by_text("Deir ez-Zor", exact=True).first.wait_for(timeout=10_000)
    visit.panel.get_by_text("graded").first.wait_for(timeout=10_000)
    assert "place=" in visit.page.url

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
    assert visit.panel.get_by_text("Click a town").is_visible()
    box = visit.page.locator("iframe").first.bounding_box()
    frame = visit.page.frames[-1]
    x, y = frame.evaluate("""() => {
        const map = window[Object.keys(window).find((key) => key.startsWith('map_'))];
        const point = map.latLngToContainerPoint([35.9528, 39.0079]);
        return [point.x, point.y];
    }""")
    visit.page.mouse.click(box["x"] + x, box["y"] + y)
    visit.panel.get_by_role("heading", name="Raqqa").wait_for(timeout=10_000)
    visit.panel.get_by_text("graded").first.wait_for(timeout=10_000)
    assert "2017-10-17" in visit.panel.inner_text()


def test_a_date_outside_the_span_names_the_span(server: str, visit: Visit) -> None:
    visit.open(f"{server}/?date=1999-01-01")
    visit.panel.get_by_text("2013-01-01 to 2019-12-31").first.wait_for(timeout=10_000)
