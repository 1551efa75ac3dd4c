"""The map in a notebook, in a stock folium map and in somebody's own page; the examples of docs/embed.md."""

from __future__ import annotations

import base64
import re
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import folium
import pytest

from control.map import ControlTimeline, offline_map, render
from tests.conftest import ROOT

EXAMPLES = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "embed.md").read_text(encoding="utf-8"), re.DOTALL)
TILES = "https://tile.openstreetmap.org/"


def with_timeline(map_: folium.Map, payload: dict[str, Any]) -> folium.Map:
    ControlTimeline(payload).add_to(map_)
    return map_


MAPS: dict[str, Callable[[dict[str, Any]], folium.Map]] = {
    "stock": lambda payload: with_timeline(folium.Map(), payload),
    "stock without tiles": lambda payload: with_timeline(folium.Map(tiles=None), payload),
    "offline": lambda payload: with_timeline(offline_map(payload["opening"]["bounds"]), payload),
}


@pytest.fixture
def notebook(browser: Any, tmp_path: Path) -> Iterator[Callable[..., tuple[Any, list[str]]]]:
    """Show an output as a notebook does, in a page whose network is cut; return the page and what it asked for."""
    contexts = []

    def show(output: str, width: int = 900) -> tuple[Any, list[str]]:
        (tmp_path / "notebook.html").write_text(f"<!DOCTYPE html><body><p>Out:</p>{output}</body>", encoding="utf-8")
        context = browser.new_context(viewport={"width": width, "height": 820})
        contexts.append(context)
        asked: list[str] = []

        def cut(route: Any) -> None:
            asked.append(route.request.url)
            route.abort()

        context.route(re.compile("^(?!file:|data:|about:)"), cut)
        page = context.new_page()
        page.goto((tmp_path / "notebook.html").as_uri())
        return page, asked

    yield show
    for context in contexts:
        context.close()


@pytest.mark.browser
@pytest.mark.parametrize("kind", list(MAPS))
def test_a_notebook_shows_it_and_scrubs_without_a_network(
    kind: str, payload: dict[str, Any], notebook: Callable[..., tuple[Any, list[str]]]
) -> None:
    """What Jupyter is given is enough, twice in a row; only tiles are asked for, and only where there are any."""
    map_ = MAPS[kind](payload)
    map_._repr_html_()
    page, asked = notebook(map_._repr_html_())
    frame = page.frame_locator("iframe")
    frame.locator(".cm-date", has_text="5 January 2017").wait_for(timeout=15_000)
    assert page.locator("iframe").bounding_box()["height"] == 680
    frame.locator(".cm-slider").focus()
    page.keyboard.press("ArrowRight")
    frame.locator(".cm-date", has_text="6 January 2017").wait_for(timeout=15_000)
    box = frame.locator(".cm-slider").bounding_box()
    page.mouse.move(box["x"] + 9 + (box["width"] - 18) * 5 / 364, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=5)
    page.mouse.up()
    frame.locator(".cm-date", has_text="2 July 2017").wait_for(timeout=15_000)
    assert frame.locator("canvas.cm-land").is_visible()  # no tile has come
    assert [url for url in asked if not url.startswith(TILES)] == []
    assert bool(asked) == (kind == "stock")


@pytest.mark.browser
def test_tiles_that_arrive_take_the_place_of_our_land(payload: dict[str, Any], browser: Any, tmp_path: Path) -> None:
    (tmp_path / "map.html").write_text(render(with_timeline(folium.Map(), payload)), encoding="utf-8")
    pixel = base64.b64decode("R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==")
    page = browser.new_page()
    page.route("**/*.png", lambda route: route.fulfill(body=pixel, content_type="image/gif"))
    page.goto((tmp_path / "map.html").as_uri())
    page.locator("canvas.cm-land").wait_for(state="hidden", timeout=15_000)
    assert page.locator("canvas.cm-cells").is_visible()
    page.close()


def test_what_folium_needs_for_other_things_stays(payload: dict[str, Any]) -> None:
    map_ = with_timeline(folium.Map(tiles=None), payload)
    folium.Marker((51, 11), popup="Here").add_to(map_)
    page = render(map_)
    assert "jquery" in page
    assert "leaflet@" not in page


def test_a_height_of_ones_own_is_kept(payload: dict[str, Any]) -> None:
    figure = folium.Figure(height=500)
    map_ = with_timeline(folium.Map(tiles=None), payload)
    figure.add_child(map_)
    assert 'height="500"' in map_._repr_html_()


@pytest.mark.slow
def test_the_examples_of_the_docs_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One after the other, as they are read; in Streamlit's own harness where they are for Streamlit."""
    from streamlit.testing.v1 import AppTest

    monkeypatch.chdir(ROOT)
    names = types.SimpleNamespace(__name__="notebook")
    assert len(EXAMPLES) == 5
    for example in EXAMPLES:
        code = example.replace('Path("map.html")', f"Path({str(tmp_path / 'map.html')!r})")
        if "import streamlit" not in code:
            exec(compile(code, "embed.md", "exec"), vars(names))  # noqa: S102  our own documentation
            continue
        read = (
            f"from pathlib import Path\nrender = lambda _: Path({str(tmp_path / 'map.html')!r}).read_text()\nm = None\n"
        )
        app = AppTest.from_string(read + code, default_timeout=30).run()
        assert not app.exception
        assert "Settled on" in app.markdown[0].value
    assert "ControlMap.start(" in (tmp_path / "map.html").read_text(encoding="utf-8")
