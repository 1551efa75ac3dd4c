"""A timeline drawn as one page: map, time control and legend."""

from __future__ import annotations

from control.map.base import offline_map, render
from control.map.control_timeline import ControlTimeline
from control.map.payload import timeline_payload
from control.timeline import Timeline


def map_page(timeline: Timeline) -> str:
    """Return an HTML page that replays `timeline` without any network; the same timeline gives the same bytes."""
    payload = timeline_payload(timeline)
    folium_map = offline_map(payload["opening"]["bounds"])
    ControlTimeline(payload).add_to(folium_map)
    return render(folium_map)
