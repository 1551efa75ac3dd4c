"""The map in the browser: a folium map that works offline, and the timeline that is replayed in it.

`control.map.bridge` hangs the page into Streamlit; it is not imported here, so that nothing else needs Streamlit.
"""

from control.map.base import OfflineMap, offline_map, render
from control.map.control_timeline import ControlTimeline, PayloadError
from control.map.payload import timeline_payload

__all__ = ["ControlTimeline", "OfflineMap", "PayloadError", "offline_map", "render", "timeline_payload"]
