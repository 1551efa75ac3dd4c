"""What a visitor sees: the map on the left, the reasons on the right."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from control.app.caches import draw, draw_reports, ground_of, snapshot_file, weigh
from control.app.choices import policy_summaries, show_choices, show_chosen
from control.app.navigation import current_link, keep_view, open_link
from control.app.notes import show_notes
from control.app.panel.downloads import show_downloads
from control.app.panel.tabs import CITE, show_panel
from control.app.resuming import end_of_answer
from control.app.search import show_search
from control.app.server.sessions import note_session
from control.app.session_state import session
from control.app.theatres.opening import open_theatre
from control.app.upload.dialog import show_upload
from control.app.upload.session_upload import with_session_upload
from control.app.widgets.date_fields import take_dates_on_enter
from control.app.widgets.keys import widget_key
from control.map.bridge import control_map, steer_map
from control.record.date_words import long_date

STYLE = Path(__file__).with_name("app.css")


def show_page(script: Path) -> None:
    """Show the page; Streamlit calls for it anew after everything that a visitor does.

    Parameters
    ----------
    script
        The file that Streamlit runs: the bundled theatres stand in `seeds/` beside it.
    """
    st.set_page_config(page_title="controlmap", layout="wide", initial_sidebar_state="collapsed")
    st.html(STYLE)
    note_session()

    left, right = st.columns([7, 3], gap="medium")
    with left:
        bundled = open_theatre(script)
    theatre = with_session_upload(bundled)
    open_link(theatre, policy_summaries())
    settings = theatre.settings
    panel = right.container(key=widget_key("panel"))
    notes, search, choices = panel.container(), panel.container(), panel.container()
    with choices:
        # before the map, which answers as soon as it is there: a run that it cuts short would lose what a link chose
        show_choices(theatre)
    timeline, online = weigh(theatre, session.policy, session.known_on), session.is_online
    # The first map of a visit is there at once; what takes longer follows. Later ones wait beside the map that is there.
    first = None if session.is_map_drawn else draw_reports(timeline, online)
    page = first or draw(timeline, online)

    with left:
        name = theatre.folder.name
        view = control_map(page, key="map", theatre=name, goto=session.goto, height=780, title=settings.title)
        view = keep_view(view)
        link = current_link(timeline, view)
        compare = link.compare.isoformat() if link.compare else None
        asked = session.tab == CITE
        own = bool(theatre.uploaded)
        steer_map(key="map", goto=session.goto, compare=compare, link=link.parameters(), ask=asked, uploaded=own)

    day = link.date or settings.opening_date
    snapshot_id, geojson = snapshot_file(timeline, day)
    take_dates_on_enter()
    with notes:
        show_notes(theatre)
    with search:
        show_search(theatre)
    with choices:
        show_chosen(timeline)
    with panel:
        st.markdown(f"#### {long_date(day)}")
        with st.container(key=widget_key("tabs")):
            show_panel(timeline, day, link, snapshot_id)
        show_downloads(timeline, ground_of(timeline), day, link.compare, geojson)
        show_upload(bundled)
    session.is_map_drawn = True
    end_of_answer()
    if first:
        with right:
            draw(timeline, online)
        st.rerun()
