"""The client-side timeline: control of every place on every day, sent once and replayed in the browser."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import folium
from branca.element import Figure, MacroElement
from folium.folium import GlobalSwitches

from control.map.leaflet import bring_leaflet, spare_folium_links
from control.map.packed import DECIMALS, packed
from control.map.page import Page, Verbatim

PLUGIN = Path(__file__).parent / "plugin"

# In the order of their dependence; they become one script.
SCRIPTS = (
    "wrapped", "packed", "days", "pace", "intervals", "compare", "histogram", "words", "listing", "colours", "geometry",
    "arcs", "outline", "raster", "labels", "dom", "canvas", "stripes", "theme", "model", "tint", "ground", "holdings",
    "changes", "swipe", "comparison", "names", "tips", "legend", "table", "field", "choice", "timebar", "host", "main",
)  # fmt: skip

HEIGHT = 680
"""Pixels of the frame in a notebook."""
LEVEL = 9
"""Of zlib: the smallest page."""
LEAST_SCALE = 10.0**-DECIMALS
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_KEYS = ("theatre", "span", "opening", "actors", "statuses", "places", "intervals")


class PayloadError(ValueError):
    """A payload the map cannot show; the message lists every fault."""


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
        - ``actors``: list of ``id``, ``name``, ``short_name``, ``colour`` (#rrggbb)
        - ``statuses``: names out of ``unknown``, ``controlled``, ``contested``, ``besieged``, ``estimated``
        - ``places``: list of ``id``, ``name``, ``kind``, ``lon``, ``lat``, ``rank`` (0 to 1); and optionally
          ``reported`` (whether anybody reported on it; true by default), ``area_km2`` (whole number), ``drivers`` (what
          its estimates rest on: list of (index of place, km), the weightiest first)
        - ``ground`` (optional): the cells of the places as shared arcs, in the manner of TopoJSON. ``transform`` has
          ``scale`` and ``translate``, both (x, y) in degrees: position = whole number x scale + translate, scale at least
          `LEAST_SCALE`. ``arcs``: for each arc [x, y, dx, dy, ...], whole numbers, the first vertex and the steps from
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
        - ``changes`` (optional): list of (day, index of place) for the histogram and for stepping; no estimates
        - ``geography`` (optional): ``borders`` (properties ``iso``, ``name``, ``inside``), ``rivers`` (``name``,
          ``rank``), ``lakes``, GeoJSON FeatureCollections
        - ``told`` (optional): what is said of places, where it is not who holds them. ``texts``; ``rows``: for each place
          the index of a text for each of its intervals; ``note``: first line of the legend; ``signs``: list of ``status``,
          ``actor`` (index or -1), ``text``, what the marks mean; ``headings``: four of the table: place, the actor's name,
          text, since
        - ``attribution``, ``cells_note`` (optional): plain text

        In the page it stands packed (`control.map.packed`): degrees to `DECIMALS`, probabilities and ranks in thousandths,
        distances in whole kilometres; keys that are not named here are left out of places and of the geography.

    Raises
    ------
    PayloadError
        If the payload does not hold together.
    ValueError
        If a number is not finite, or too large to be packed.
    """

    def __init__(self, payload: dict[str, Any]) -> None:
        super().__init__()
        faults = _faults(payload)
        if faults:
            raise PayloadError("the map cannot show this payload:\n- " + "\n- ".join(faults))
        self._name = "ControlTimeline"
        self.title = str(payload["theatre"]["title"])
        self.data = wrapped(packed(payload))

    def render(self, **kwargs: Any) -> None:  # noqa: ARG002 -- branca's signature
        """Put style, script and data into the page of the map this belongs to."""
        page = self.get_root()
        if not isinstance(page, Figure) or self._parent is None:
            raise ValueError("add the timeline to a map before rendering it")
        if isinstance(page, Page):
            page.title = self.title
        if isinstance(self._parent, folium.Map):
            bring_leaflet(page)
            if all(isinstance(child, ControlTimeline | folium.TileLayer) for child in _drawn(self._parent)):
                spare_folium_links(page, self._parent)
        if page.height is None:
            # folium's 60 % of the width is too low for a bar below the map; branca looks at the height after rendering.
            page.height = f"{HEIGHT}px"
        name = self.get_name()
        start = (
            f"ControlMap.start({self._parent.get_name()}, JSON.parse(document.getElementById('{name}').textContent));"
        )
        page.header.add_child(Verbatim(f"<style>\n{_style()}</style>"), name="control_timeline_css")
        page.header.add_child(Verbatim(f"<script>\n{_script()}</script>"), name="control_timeline_js")
        page.html.add_child(Verbatim(f'<script type="application/json" id="{name}">"{self.data}"</script>'), name=name)
        page.script.add_child(Verbatim(start), name=name)


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


def _faults(payload: dict[str, Any]) -> list[str]:
    """Return everything that would make the map show nothing, or something wrong."""
    missing = [f"no {key!r}" for key in _KEYS if key not in payload]
    if missing:
        return missing
    faults = [
        f"actor {actor.get('id')!r}: colour {actor.get('colour')!r} is not #rrggbb"
        for actor in payload["actors"]
        if not _COLOUR.fullmatch(str(actor.get("colour")))
    ]
    if len(payload["places"]) != len(payload["intervals"]):
        faults.append(f"{len(payload['places'])} places, but intervals of {len(payload['intervals'])}")
    for place, rows in zip(payload["places"], payload["intervals"], strict=False):
        faults.extend(f"place {place.get('id')!r}: {fault}" for fault in _row_faults(rows, payload))
    count = len(payload["places"])
    faults.extend(
        f"place {place.get('id')!r}: rests on a place that is not in the list"
        for place in payload["places"]
        if any(not 0 <= index < count for index, _ in place.get("drivers", ()))
    )
    faults.extend(f"told: {fault}" for fault in _told_faults(payload.get("told"), payload))
    faults.extend(f"ground: {fault}" for fault in _ground_faults(payload.get("ground"), payload["places"]))
    return faults


def _row_faults(rows: list[Any], payload: dict[str, Any]) -> list[str]:
    starts = [row[0] for row in rows]
    if not starts or starts[0] != 0:
        return [f"the first interval starts at {starts[0] if starts else 'no'} day, not at day 0"]
    faults = []
    if any(later <= earlier for earlier, later in zip(starts, starts[1:], strict=False)):
        faults.append("intervals are not sorted by day")
    if any(not 5 <= len(row) <= 6 for row in rows):
        return [*faults, "an interval is no row of five or six numbers"]
    if any(not 0 <= row[5] <= len(payload.get("stale_after", ())) for row in rows if len(row) > 5):
        faults.append("a staleness that `stale_after` has no step for")
    actors, statuses = len(payload["actors"]), len(payload["statuses"])
    if any(not (0 <= row[1] < statuses and -1 <= row[2] < actors and -1 <= row[4] < actors) for row in rows):
        faults.append("a status or an actor that is not in the lists")
    elif any(payload["statuses"][row[1]] == "estimated" and row[2] < 0 for row in rows):
        faults.append("an estimate of nobody; where nobody is likely the status is unknown")
    return faults


def _told_faults(told: dict[str, Any] | None, payload: dict[str, Any]) -> list[str]:
    if told is None:
        return []
    if missing := [key for key in ("texts", "rows", "note", "signs", "headings") if key not in told]:
        return [f"no {key!r}" for key in missing]
    faults = []
    if [len(rows) for rows in told["rows"]] != [len(rows) for rows in payload["intervals"]]:
        faults.append("not a text for each interval")
    if any(not 0 <= text < len(told["texts"]) for rows in told["rows"] for text in rows):
        faults.append("a text that is not in the list")
    if any(
        s["status"] not in payload["statuses"] or not -1 <= s["actor"] < len(payload["actors"]) for s in told["signs"]
    ):
        faults.append("a sign of a status or an actor that is not in the lists")
    return faults


def _ground_faults(ground: dict[str, Any] | None, places: list[dict[str, Any]]) -> list[str]:
    if ground is None:
        return []
    if missing := [key for key in ("transform", "arcs", "sides") if key not in ground]:
        return [f"no {key!r}" for key in missing]
    arcs, sides = ground["arcs"], ground["sides"]
    faults = []
    if any(scale < LEAST_SCALE for scale in ground["transform"]["scale"]):
        faults.append(f"a scale below {LEAST_SCALE:g} degrees is finer than the map can show")
    if len(arcs) != len(sides):
        faults.append(f"{len(arcs)} arcs, but sides of {len(sides)}")
    if bad := [n for n, arc in enumerate(arcs) if len(arc) < 2 or len(arc) % 2 or any(type(v) is not int for v in arc)]:
        return [*faults, f"arc {bad[0]} is no list of whole numbers in pairs"]
    if bad := [
        n for n, pair in enumerate(sides) if len(pair) != 2 or not all(-2 <= side < len(places) for side in pair)
    ]:
        return [*faults, f"arc {bad[0]} has a side {sides[bad[0]]} that is no place"]
    return faults + [f"the border of place {places[n].get('id')!r} does not close" for n in _open_cells(arcs, sides)]


def _open_cells(arcs: list[list[int]], sides: list[list[int]]) -> list[int]:
    """Return the places whose arcs do not lead back to where they started."""
    # Around a closed cell, as many arcs arrive at a point as leave it.
    balance: Counter[tuple[int, int, int]] = Counter()
    for arc, (left, right) in zip(arcs, sides, strict=False):
        ends = sum(arc[::2]), sum(arc[1::2])
        for cell, sign in ((left, 1), (right, -1)):
            balance[cell, arc[0], arc[1]] -= sign
            balance[cell, *ends] += sign
    return sorted({cell for (cell, _, _), rest in balance.items() if rest and cell >= 0})


@cache
def _style() -> str:
    return (PLUGIN / "timeline.css").read_text(encoding="utf-8")


@cache
def _script() -> str:
    parts = [_without_comments((PLUGIN / f"{name}.js").read_text(encoding="utf-8")) for name in SCRIPTS]
    start = "return { start: (map, text) => Main.open(map, text) };"
    return 'window.ControlMap = (() => {\n"use strict";\n' + "\n".join(parts) + f"\n{start}\n}})();\n"


def _without_comments(script: str) -> str:
    """Leave out indents and lines that are comments; no string of ours goes over several lines."""
    lines = (line.strip() for line in script.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))
