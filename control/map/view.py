"""A timeline drawn as one page: map, time control and legend."""

from __future__ import annotations

from typing import Any

import folium

from control.assessment.timeline import Timeline
from control.map.base import offline_map, render
from control.map.control_timeline import ControlTimeline
from control.map.page import Verbatim
from control.map.payload import reported_payload, timeline_payload
from control.territory.estimator import Estimator
from control.territory.landscape import Landscape

TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
TILES_ATTRIBUTION = "© OpenStreetMap contributors (ODbL)"


def map_page(timeline: Timeline, estimator: Estimator | None = None, *, online: bool = False) -> str:
    """Return an HTML page that replays `timeline` without any network; the same timeline gives the same bytes.

    Parameters
    ----------
    timeline
        What to show.
    estimator
        Answers where no report tells; by default one is made, which takes half a second.
    online
        Put pictures of OpenStreetMap below. They come from its server, which learns who looks at what.
    """
    return payload_page(timeline_payload(timeline, estimator), online=online)


def reports_page(timeline: Timeline, landscape: Landscape, *, online: bool = False) -> str:
    """Return the page of what is reported alone: at hand at once, where ground and estimates have to be worked out."""
    return payload_page(reported_payload(timeline, landscape), online=online)


def payload_page(payload: dict[str, Any], *, online: bool = False, head: str = "") -> str:
    """Return the page of a payload in its plain form; `head` is HTML that stands in the page's head as it is."""
    if online:
        payload["attribution"] += f" Background: {TILES_ATTRIBUTION}."
    tiles = folium.TileLayer(TILES, attr=TILES_ATTRIBUTION, max_zoom=12) if online else None
    folium_map = offline_map(payload["opening"]["bounds"], tiles=tiles)
    if head:
        folium_map.page.header.add_child(Verbatim(head), name="head")
    ControlTimeline(payload).add_to(folium_map)
    return render(folium_map)
