"""A timeline drawn as one page: map, time control and legend."""

from __future__ import annotations

from control.estimate import Estimator
from control.map.base import offline_map, render
from control.map.control_timeline import ControlTimeline
from control.map.payload import timeline_payload
from control.timeline import Timeline


def map_page(timeline: Timeline, estimator: Estimator | None = None) -> str:
    """Return an HTML page that replays `timeline` without any network; the same timeline gives the same bytes.

    `estimator` answers where no report tells; by default one is made, which takes half a second.
    """
    payload = timeline_payload(timeline, estimator)
    folium_map = offline_map(payload["opening"]["bounds"])
    ControlTimeline(payload).add_to(folium_map)
    return render(folium_map)
