"""The app: the map on the left, the reasons on the right. Run with `streamlit run streamlit_app.py`."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from control.app.choices import policy_summaries, show_choices
from control.app.link import read_theatre
from control.app.loading import draw, load, snapshot_file, theatre_folders
from control.app.own import with_own
from control.app.panel import CITE, show_panel
from control.app.steering import here, open_link, search
from control.app.upload import show_upload
from control.map.bridge import control_map, steer_map
from control.markup import escape_markdown, safe_file_name
from control.words import long_date

ROOT = Path(__file__).parent
DEFAULT_THEATRE = "iraq-syria"

st.set_page_config(page_title="controlmap", layout="wide", initial_sidebar_state="collapsed")
st.html(ROOT / "control" / "app" / "app.css")
state = st.session_state

folders = theatre_folders(ROOT / "seeds")
if not folders:
    st.error("There is no theatre in the folder seeds: each needs a folder of its own with a theatre.toml.")
    st.stop()
if "theatre" not in state:
    default = DEFAULT_THEATRE if DEFAULT_THEATRE in folders else min(folders)
    state["theatre"], state["theatre_notes"] = read_theatre(st.query_params.to_dict(), folders, default)
bundled = load(folders[state["theatre"]])
theatre = with_own(bundled)
open_link(theatre, policy_summaries())
settings = theatre.settings
timeline, page = draw(theatre, state["policy"], state["known_on"], bool(state.get("online")))

left, right = st.columns([7, 3], gap="medium")
with left:
    st.markdown(f"##### {escape_markdown(settings.title)}: who held what, when, according to whom")
    view = control_map(page, key="map", goto=state.get("goto"), height=780, title=settings.title)
    link = here(timeline, view)
    compare = link.compare.isoformat() if link.compare else None
    asked = state.get("tab") == CITE
    steer_map(key="map", goto=state.get("goto"), compare=compare, link=link.parameters(), ask=asked)

day = link.day or settings.opening_date
snapshot_id, geojson = snapshot_file(timeline, day)
with right, st.container(key="panel"):
    if notes := [*state["theatre_notes"], *state["notes"]]:
        st.warning("\n".join(["Ignored in the link:", *(f"- {escape_markdown(note)}" for note in notes)]))
    if complaint := state.get("complaint"):
        st.error(escape_markdown(complaint))
    label = "Find a place, in any spelling"
    st.text_input(label, key="search", on_change=search, args=(timeline,), max_chars=100, placeholder=label,
                  label_visibility="collapsed")  # fmt: skip
    show_choices(timeline)
    st.markdown(f"#### {long_date(day)}")
    with st.container(key="tabs"):
        show_panel(timeline, day, link, snapshot_id)
    st.download_button(
        f"Download {long_date(day)} as GeoJSON",
        geojson,
        file_name=f"{safe_file_name(settings.id)}_{day}.geojson",
        mime="application/geo+json",
        on_click="ignore",
        width="stretch",
    )
    show_upload(bundled)
