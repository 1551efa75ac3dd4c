"""The served app, once for all journeys, and a person before a desktop screen or a phone."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from control.assessment.timeline import Timeline
from control.map.view import map_page
from control.record.theatre import Theatre
from control.territory.landscape import landscape_of
from tests.conftest import ROOT
from tests.test_app_in_browser import MAP_IN_USE, Visit, free_port

SCREENS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1440, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
}


@contextmanager
def serving(folder: Path, log: Path) -> Iterator[str]:
    """Serve the app of a folder on a free port."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", "--server.headless", "true"]
    with log.open("w") as file:
        process = subprocess.Popen([*command, "--server.port", str(port)], cwd=folder, stdout=file, stderr=file)
        try:
            yield answering(f"http://localhost:{port}")
        finally:
            process.terminate()
            process.wait(timeout=20)


def answering(url: str) -> str:
    for _ in range(120):
        try:
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=1)  # noqa: S310  our own server
        except OSError:
            time.sleep(0.25)
        else:
            return url
    return pytest.fail("the server did not start")


class Person(Visit):
    """A visit that knows its way about, with a mouse or with a finger."""

    def __init__(self, page: Any, touch: bool) -> None:
        super().__init__(page)
        self.touch = touch

    def press(self, locator: Any) -> None:
        locator.scroll_into_view_if_needed()
        if self.touch:
            locator.tap()
        else:
            locator.click()

    def rest(self) -> None:
        """Wait until the app has answered."""
        self.page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()

    def open_dialog(self, button: str) -> Any:
        """Press a button that opens a dialog, again where an answer that was still to come has closed it."""
        dialog = self.page.get_by_role("dialog")
        for _ in range(3):
            self.rest()
            self.press(self.page.get_by_role("button", name=button))
            self.page.wait_for_timeout(1500)
            self.rest()
            if dialog.is_visible():
                return dialog
        pytest.fail(f"{button!r} opens no dialog that stays")

    def point(self, lat: float, lon: float) -> None:
        """Point at a position of the map."""
        frame = self.page.locator(MAP_IN_USE)
        frame.scroll_into_view_if_needed()
        box = frame.bounding_box()
        x, y = self.ask_map(f"Object.values(map.latLngToContainerPoint([{lat}, {lon}]))")
        pointer = self.page.touchscreen.tap if self.touch else self.page.mouse.click
        pointer(box["x"] + x, box["y"] + y)

    def choose(self, label: str, option: str) -> None:
        """Choose from a list that opens. A finger on its text brings up a keyboard; its arrow opens it."""
        self.press(self.page.get_by_role("combobox", name=label).locator("xpath=../button"))
        self.press(self.page.get_by_role("option", name=option, exact=True))

    def open_tab(self, name: str) -> None:
        self.press(self.page.get_by_role("tab", name=name))

    def find(self, text: str) -> None:
        # A field that is filled while the app still answers may be given back its old text: then once more.
        box = self.page.get_by_label("Find a place")
        for _ in range(5):
            self.rest()
            box.fill(text)
            box.press("Enter")
            self.page.wait_for_timeout(500)
            self.rest()
            if box.input_value() == text:
                return
        pytest.fail(f"the field did not keep {text!r}")

    def name(self, label: str, day: str, leave: str = "Tab") -> None:
        """Type a date into one of the app's date fields, and leave it by a key."""
        year = self.page.get_by_role("spinbutton", name=f"year, {label}")
        year.scroll_into_view_if_needed()
        year.focus()
        self.page.keyboard.type(day.replace("-", ""))
        self.page.keyboard.press(leave)
        if leave == "Tab":
            self.page.keyboard.press("Tab")

    def type_date(self, day: str) -> None:
        """Type a date into the map's own field."""
        field = self.map.get_by_label("Go to date")
        field.scroll_into_view_if_needed()
        field.fill(day)

    def heading(self, name: str) -> Any:
        found = self.panel.get_by_role("heading", name=name, exact=True).first
        found.wait_for(timeout=30_000)
        return found

    def says(self, text: str) -> None:
        self.panel.get_by_text(text).first.wait_for(timeout=30_000)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(ROOT, tmp_path_factory.mktemp("server") / "log") as url:
        yield url


@pytest.fixture(params=list(SCREENS))
def screen(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def new_person(browser: Any, screen: str) -> Iterator[Callable[..., Person]]:
    """Come with a browser of one's own. Afterwards nothing may have left the machine, and nothing have complained."""
    made = []

    def make(**options: Any) -> Person:
        context = browser.new_context(**SCREENS[screen], accept_downloads=True, **options)
        context.set_default_timeout(30_000)
        person = Person(context.new_page(), touch=screen == "phone")
        made.append((context, person))
        return person

    yield make
    for context, _ in made:
        context.close()
    assert [person.outside for _, person in made if person.outside] == []
    assert [person.complaints for _, person in made if person.complaints] == []


@pytest.fixture
def person(new_person: Callable[..., Person]) -> Person:
    return new_person()


@pytest.fixture(scope="session")
def saved_map(bundled: Theatre, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The map of the bundled theatre as one file."""
    from control.territory.cached_estimates import CachedEstimator

    timeline = Timeline(bundled)
    file = tmp_path_factory.mktemp("saved") / "map.html"
    file.write_text(map_page(timeline, CachedEstimator(timeline, landscape_of(bundled))), encoding="utf-8")
    return file
