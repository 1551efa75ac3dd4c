"""The app: the map on the left, the reasons on the right. Run with `streamlit run streamlit_app.py`."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import streamlit as st

from control.app.panel import show_change, show_data, show_known_on, show_place
from control.app.steering import read_link, search
from control.dates import parse_day
from control.export.geojson import dump_geojson, snapshot_to_geojson
from control.map.bridge import control_map
from control.map.view import map_page
from control.markup import escape_markdown, safe_file_name
from control.snapshot import take_snapshot
from control.theatre import Theatre, load_theatre
from control.timeline import Timeline
from control.words import long_date

ROOT = Path(__file__).parent
THEATRE = ROOT / "seeds" / "iraq-syria"
CHANGE_DAYS = 14


@st.cache_resource(show_spinner="Reading the reports ...")
def load() -> Theatre:
    """Read the theatre once for all visitors."""
    return load_theatre(THEATRE)


@st.cache_resource(max_entries=24, show_spinner="Weighing the reports ...")
def draw(known_on: date | None, _theatre: Theatre) -> tuple[Timeline, str]:
    """Weigh what was known on a day, and draw the map of it."""
    timeline = Timeline(_theatre, known_on=known_on)
    return timeline, map_page(timeline)


@st.cache_data(max_entries=64, show_spinner=False)
def snapshot_file(day: date, known_on: date | None, _timeline: Timeline) -> tuple[str, str]:
    """Return the id and the GeoJSON of a date. Made before it is asked for, so that a click never waits for a rerun."""
    taken = take_snapshot(_timeline, day, known_on)
    return taken.id, dump_geojson(snapshot_to_geojson(taken))


st.set_page_config(page_title="controlmap", layout="wide", initial_sidebar_state="collapsed")
st.html(ROOT / "control" / "app" / "app.css")
theatre = load()
read_link(theatre)
known_on = st.session_state.get("known_on")
timeline, page = draw(known_on, theatre)
st.markdown(f"##### {escape_markdown(theatre.settings.title)}: who held what, when, according to whom")
left, right = st.columns([7, 3], gap="medium")
with left:
    view = control_map(page, key="map", goto=st.session_state.get("goto"), height=740, title=theatre.settings.title)
day = parse_day(view["date"]) if view["date"] else theatre.settings.opening_date
place_id = view["place"] if view["place"] in timeline.intervals else None
link = {"date": day.isoformat(), "place": place_id, "known_on": known_on.isoformat() if known_on else None}
st.query_params.from_dict({key: value for key, value in link.items() if value})
changes = timeline.changes(max(day - timedelta(days=CHANGE_DAYS - 1), theatre.settings.start), day)
with right:
    if complaint := st.session_state.get("complaint"):
        st.error(escape_markdown(complaint))
    label = "Find a place, in any spelling"
    st.text_input(label, key="search", on_change=search, args=(timeline,), max_chars=100, placeholder=label,
                  label_visibility="collapsed")  # fmt: skip
    st.markdown(f"#### {long_date(day)}")
    with st.container(height=470, border=False):
        if place_id:
            show_place(timeline, place_id, day)
        else:
            st.caption("Click a town to read which reports give it its colour.")
        st.markdown(f"##### Changes of the last {CHANGE_DAYS} days")
        with st.container(gap=None):
            for change in reversed(changes):
                show_change(change, theatre)
        if not changes:
            st.caption("Nothing changed hands.")
    snapshot_id, geojson = snapshot_file(day, known_on, timeline)
    show_known_on(timeline)
    st.download_button(
        f"Download {long_date(day)} as GeoJSON",
        geojson,
        file_name=f"{safe_file_name(theatre.settings.id)}_{day}.geojson",
        mime="application/geo+json",
        on_click="ignore",
        width="stretch",
    )
    show_data(theatre)
    st.caption(f"Snapshot {snapshot_id}. {escape_markdown(theatre.settings.attribution)}")
