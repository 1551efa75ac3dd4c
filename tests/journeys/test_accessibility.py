"""No fault that axe-core calls serious or critical, contrast included: app, map and saved map, light and dark."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.conftest import Person

pytestmark = pytest.mark.browser

GRAVE = ("serious", "critical")
TABS = ("Why", "Changes", "Compare", "Charts", "Cite", "About")
VIEW = "?date=2017-11-20&place=174448&compare=2015-06-01"


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def faults(frame: Any, axe: str) -> list[str]:
    """Run axe-core in one frame, nothing left out; frames inside it are asked for themselves."""
    frame.evaluate(axe)
    found = frame.evaluate("() => axe.run(document, {iframes: false, resultTypes: ['violations']})")
    return [
        f"{fault['impact']}: {fault['id']}: {node['target']}: {node['failureSummary']}"
        for fault in found["violations"]
        if fault["impact"] in GRAVE
        for node in fault["nodes"]
    ]


def test_the_app_and_its_map_have_no_grave_fault(
    server: str, new_person: Callable[..., Person], axe: str, scheme: str
) -> None:
    person = new_person(color_scheme=scheme)
    person.open(f"{server}/{VIEW}")
    person.heading("Albu Kamal")
    person.map.locator(".cm-pinned").get_by_text("Albu Kamal").wait_for()
    assert faults(person.map_frame, axe) == []
    found = {}
    for tab in TABS:
        person.open_tab(tab)
        person.panel.get_by_role("tabpanel", name=tab).wait_for()
        person.page.wait_for_timeout(700)  # the line under the tab slides; while it does, colours are blends
        # Nor are colours what they will be while the app still answers: it fades what it is about to replace.
        person.page.wait_for_function("!document.querySelector('[data-stale=true]')")
        found[tab] = faults(person.page.main_frame, axe)
    person.press(person.page.get_by_role("button", name="More formats"))
    person.page.get_by_role("dialog").get_by_role("button", name="Make the file").wait_for()
    person.page.wait_for_timeout(700)
    found["Download"] = faults(person.page.main_frame, axe)
    assert found == {name: [] for name in (*TABS, "Download")}


def test_app_and_map_are_dark_where_the_reader_is(server: str, new_person: Callable[..., Person], scheme: str) -> None:
    person = new_person(color_scheme=scheme)
    person.open(server)
    ground = (
        "getComputedStyle(document.querySelector('%s')).backgroundColor.match(/\\d+/g).slice(0, 3).every((n) => n < 64)"
    )
    app = person.page.evaluate(ground % "[data-testid=stApp]")
    map_ = person.map_frame.evaluate(ground % ".cm-bar")
    assert (app, map_) == (scheme == "dark", scheme == "dark")


def test_the_saved_map_has_no_grave_fault(
    saved_map: Path, new_person: Callable[..., Person], axe: str, scheme: str, screen: str
) -> None:
    person = new_person(color_scheme=scheme)
    person.page.goto(saved_map.as_uri())
    person.page.locator(".cm-date").wait_for()
    if screen == "phone":
        person.press(person.page.get_by_role("button", name="Key", exact=True))
    assert faults(person.page.main_frame, axe) == []
    person.page.keyboard.press("Escape")
    person.page.get_by_role("button", name="Play").focus()
    assert faults(person.page.main_frame, axe) == []
