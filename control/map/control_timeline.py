"""The client-side timeline: control of every place on every day, sent once and replayed in the browser."""

from __future__ import annotations

import base64
import json
import zlib
from functools import cache
from pathlib import Path
from typing import Any

import folium
from branca.element import Figure, MacroElement
from folium.folium import GlobalSwitches
from folium.template import Template

from control.map.leaflet import bring_leaflet, spare_folium_links
from control.map.modules import constant, joined
from control.map.packed import packed
from control.map.page import Page, Verbatim
from control.map.palette import with_variables
from control.map.payload_faults import check_payload

PLUGIN = Path(__file__).parent / "plugin"
MAIN = PLUGIN / "main.js"
"""The module that starts a map; its imports, and those of the layers, lead to all the others."""
LAYERS = PLUGIN / "layers"
"""Modules of what the map is painted of, each a layer."""

HEIGHT = 680
"""Pixels of the frame in a notebook."""
LEVEL = 9
"""Of zlib: the smallest page."""


class ControlTimeline(MacroElement):
    """The control map and its time bar, as a folium plugin.

    Works in a page of its own, in a notebook and in the frame of the app. The date moves without a word to any server.
    Leaflet is put into the page. Of the libraries that folium names besides, none is asked for unless there is something
    else on the map than this and tiles. In a notebook the frame is `HEIGHT` pixels high where its figure has no height.

    Parameters
    ----------
    payload : dict
        JSON-serialisable; days are whole days since ``span[0]``, coordinates are (lon, lat) in degrees, WGS84, except
        ``opening.bounds``, which is ((south, west), (north, east)).

        - ``theatre``: ``id``, ``title``
        - ``span``: two ISO dates, half-open
        - ``opening``: ``date`` (ISO), ``bounds``
        - ``actors``: list of ``id``, ``name``, ``short_name``, ``colour`` (#rrggbb), ``colour_dark`` on dark pages
        - ``statuses``: names out of ``unknown``, ``controlled``, ``contested``, ``besieged``, ``estimated``
        - ``places``: list of ``id``, ``name``, ``kind``, ``lon``, ``lat``, ``rank`` (0 to 1); and optionally
          ``reported`` (whether anybody reported on it; true by default), ``area_km2`` (whole number), ``drivers`` (what
          its estimates rest on: list of (index of place, km), the weightiest first)
        - ``ground`` (optional): the cells of the places as shared arcs, in the manner of TopoJSON. ``transform`` has
          ``scale`` and ``translate``, both (x, y) in degrees: position = whole number x scale + translate, scale at least
          .0001. ``arcs``: for each arc [x, y, dx, dy, ...], whole numbers, the first vertex and the steps from
          each to the next. ``sides``: for each arc (left, right) as one walks along it with north up: index of a place,
          -1 for land that is nobody's, -2 for what is no land. The arcs of a place close around its cell; what is
          covered by no cell needs no arcs
        - ``intervals``: for each place, rows (start day, index of status, index of actor or -1, probability, index of
          the second actor or -1, and optionally the staleness), sorted, the first at day 0, each good until the next starts.
          The second actor is the other party of a contested place and the besieger of a besieged one. ``estimated``
          stands where no report tells, and names an actor. Staleness is a whole number from 0, the default, up to the
          length of ``stale_after``
        - ``stale_after`` (optional): rising numbers of days without confirmation; beyond each, marks and ground are one
          step fainter
        - ``presence`` (optional): list of (index of place or -1, longitude, latitude, first day, day after the last, index
          of actor): fighters who do not hold the place
        - ``moments`` (optional): list of (day, headline, title of its source), ticks of the time bar
        - ``changes`` (optional): list of (day, index of place) for the histogram and for stepping; no estimates
        - ``geography`` (optional): ``borders`` (properties ``iso``, ``name``, ``inside``), ``rivers`` (``name``,
          ``rank``), ``lakes``, GeoJSON FeatureCollections
        - ``told`` (optional): what is said of places, where it is not who holds them. ``texts``; ``rows``: for each place
          the index of a text for each of its intervals; ``note``: first line of the legend; ``signs``: list of ``status``,
          ``actor`` (index or -1), ``text``, what the marks mean; ``headings``: four of the table: place, the actor's name,
          text, since
        - ``attribution``, ``cells_note`` (optional): plain text

        In the page it stands packed (`control.map.packed`): degrees to four decimals, probabilities and ranks in
        thousandths, distances in whole kilometres; keys that are not named here are left out of places and of the geography.

    Raises
    ------
    PayloadError
        If the payload does not hold together; it lists every fault.
    ValueError
        If a number is too large to be packed.
    """

    # `render` puts everything into the page; this is for programs that read the template's script and nothing else.
    _template = Template("{% macro script(this, kwargs) %}{{ this.refuse_to_be_taken_apart() }}{% endmacro %}")

    def __init__(self, payload: dict[str, Any]) -> None:
        super().__init__()
        check_payload(payload)
        self._name = "ControlTimeline"
        self.title = str(payload["theatre"]["title"])
        self.data = wrapped(packed(payload))

    def add_to(self, parent: Any, name: str | None = None, index: int | None = None) -> ControlTimeline:
        """Add the timeline to a map. Raises `TypeError` for anything else, in which nothing would be seen."""
        _map_itself(parent)
        super().add_to(parent, name=name, index=index)
        return self

    def refuse_to_be_taken_apart(self) -> None:
        """Answer a program that reads the template of each element instead of rendering the map, as st_folium does.

        Raises
        ------
        TypeError
            Always: such a program runs nothing of what `render` puts into the page, and would show a grey map.
        """
        raise TypeError(
            "ControlTimeline cannot be drawn by st_folium, which runs no script of a plugin's own and would leave the map "
            "grey; use control.map.bridge.control_map(render(map), key=...) in Streamlit, or "
            "st.components.v1.html(render(map), height=700)"
        )

    def render(self, **kwargs: Any) -> None:  # noqa: ARG002 -- branca's signature
        """Put style, script and data into the page of the map this belongs to."""
        page = self.get_root()
        if not isinstance(page, Figure) or self._parent is None:
            raise ValueError("add the timeline to a map before rendering it")
        map_ = _map_itself(self._parent)
        if isinstance(page, Page):
            page.title = self.title
        bring_leaflet(page)
        if all(isinstance(child, ControlTimeline | folium.TileLayer) for child in _drawn(map_)):
            spare_folium_links(page, map_)
        if page.height is None:
            # folium's 60 % of the width is too low for a bar below the map; branca looks at the height after rendering.
            page.height = f"{HEIGHT}px"
        name = self.get_name()
        start = (
            f"ControlMap.start({self._parent.get_name()}, JSON.parse(document.getElementById('{name}').textContent));"
        )
        page.header.add_child(Verbatim(f"<style>\n{_style()}</style>"), name="control_timeline_css")
        page.header.add_child(Verbatim(f"<script>\n{page_script()}</script>"), name="control_timeline_js")
        page.html.add_child(Verbatim(f'<script type="application/json" id="{name}">"{self.data}"</script>'), name=name)
        page.script.add_child(Verbatim(start), name=name)


def _map_itself(parent: Any) -> folium.Map:
    """Return a parent that is a map, and refuse any other: the timeline takes the whole of one, and is no layer of it."""
    if not isinstance(parent, folium.Map):
        raise TypeError(
            f"ControlTimeline was added to a {type(parent).__name__}; it takes a whole map and is no layer that can be "
            "grouped or switched off: add it to the folium.Map itself, ControlTimeline(payload).add_to(map)"
        )
    return parent


def _drawn(map_: folium.Map) -> list[Any]:
    """Return what was put on a map; folium's own switches are not."""
    return [child for child in map_._children.values() if not isinstance(child, GlobalSwitches)]


def wrapped(value: object) -> str:
    """Return JSON of a value, deflated and in base 64: half of what it would be in the page.

    No HTML parser, and no template, can mistake a letter of it for anything else.

    Raises
    ------
    ValueError
        If a number is not finite.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode(), LEVEL)).decode()


@cache
def _style() -> str:
    return with_variables((PLUGIN / "timeline.css").read_text(encoding="utf-8"))


@cache
def page_script() -> str:
    """Return the script of the page: `ControlMap.start(map, text)` draws what `wrapped` made a text of."""
    layers = sorted(LAYERS.glob("*.js"))
    code = joined([MAIN, *layers], PLUGIN)
    names = ", ".join(constant(layer, PLUGIN) for layer in layers)
    start = f"return {{ start: (map, text) => {constant(MAIN, PLUGIN)}.open(map, text, [{names}]) }};"
    return f'window.ControlMap = (() => {{\n"use strict";\n{code}\n{start}\n}})();\n'
