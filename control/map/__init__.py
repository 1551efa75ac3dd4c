"""The map in the browser: a folium map that works offline, and the timeline that is replayed in it.

`control.map.bridge` hangs the page into Streamlit; it is not imported here, so that nothing else needs Streamlit. What is
offered here is imported when it is asked for: folium is slow to import, and who wants a colour of the map needs none of it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from control.map.base import OfflineMap, offline_map, render
    from control.map.control_timeline import ControlTimeline
    from control.map.payload import timeline_payload
    from control.map.payload_faults import PayloadError

_MODULES = {
    "ControlTimeline": "control_timeline",
    "OfflineMap": "base",
    "PayloadError": "payload_faults",
    "offline_map": "base",
    "render": "base",
    "timeline_payload": "payload",
}

__all__ = ["ControlTimeline", "OfflineMap", "PayloadError", "offline_map", "render", "timeline_payload"]


def __getattr__(name: str) -> object:
    """Import what is offered here at the first use."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
