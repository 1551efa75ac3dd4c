"""The app: the map on the left, the reasons on the right. Run with `streamlit run streamlit_app.py`."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from control.app.choices import policy_summaries, show_choices, show_chosen
from control.app.downloads import show_downloads
from control.app.loading import draw, draw_reports, ground_of, snapshot_file, weigh
from control.app.notes import show_notes
from control.app.opening import open_theatre
from control.app.own import with_own
from control.app.panel import CITE, show_panel
from control.app.steering import here, open_link, show_search
from control.app.upload import show_upload
from control.map.bridge import control_map, steer_map
from control.words import long_date

SCRIPT = Path(__file__)

st.set_page_config(page_title="controlmap", layout="wide", initial_sidebar_state="collapsed")
st.html(SCRIPT.parent / "control" / "app" / "app.css")
state = st.session_state

left, right = st.columns([7, 3], gap="medium")
with left:
    bundled = open_theatre(SCRIPT)
theatre = with_own(bundled)
open_link(theatre, policy_summaries())
settings = theatre.settings
panel = right.container(key="panel")
told, found, chosen = panel.container(), panel.container(), panel.container()
with chosen:
    # before the map, which answers as soon as it is there: a run that it cuts short would lose what a link chose
    show_choices(theatre)
timeline, online = weigh(theatre, state["policy"], state["known_on"]), bool(state.get("online"))
# The first map of a visit is there at once; what takes longer follows. Later ones wait beside the map that is there.
first = None if state.get("drawn") else draw_reports(timeline, online)
page = first or draw(timeline, online)

with left:
    name = theatre.folder.name
    view = control_map(page, key="map", theatre=name, goto=state.get("goto"), height=780, title=settings.title)
    link = here(timeline, view)
    compare = link.compare.isoformat() if link.compare else None
    asked = state.get("tab") == CITE
    steer_map(key="map", goto=state.get("goto"), compare=compare, link=link.parameters(), ask=asked)

day = link.day or settings.opening_date
snapshot_id, geojson = snapshot_file(timeline, day)
with told:
    show_notes(theatre)
with found:
    show_search(timeline)
with chosen:
    show_chosen(timeline)
with panel:
    st.markdown(f"#### {long_date(day)}")
    with st.container(key="tabs"):
        show_panel(timeline, day, link, snapshot_id)
    show_downloads(timeline, ground_of(timeline), day, link.compare, geojson)
    show_upload(bundled)
state["drawn"] = True
if first:
    with right:
        draw(timeline, online)
    st.rerun()
