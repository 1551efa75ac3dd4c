"""Moving the map from Python: by a link, by a search, by a click in a list."""

from __future__ import annotations

from datetime import date

import streamlit as st

from control.dates import DateError, parse_day
from control.map.bridge import Goto
from control.theatre import SpanError, Theatre
from control.timeline import Timeline
from geo.gazetteer import PlaceError


def go(day: date | None = None, place: str | None = None) -> None:
    """Order the map to a date or a place; it is carried out once."""
    order: Goto = {"nonce": st.session_state.get("nonce", 0) + 1}
    if day:
        order["date"] = day.isoformat()
    if place:
        order["place"] = place
    st.session_state["nonce"] = order["nonce"]
    st.session_state["goto"] = order


def read_link(theatre: Theatre) -> None:
    """Open the date and the place that the link names; say what is wrong with it."""
    if "linked" in st.session_state:
        return
    st.session_state["linked"] = True
    day = place = None
    try:
        if text := st.query_params.get("date"):
            day = theatre.check_date(parse_day(text))
        if text := st.query_params.get("known_on"):
            st.session_state["known_on"] = min(max(parse_day(text), theatre.settings.start), date.today())
    except (DateError, SpanError) as error:
        st.session_state["complaint"] = str(error)
    if (wanted := st.query_params.get("place")) and wanted in theatre.gazetteer:
        place = wanted
    if day or place:
        go(day, place)


def search(timeline: Timeline) -> None:
    """Find a place by any spelling and go there."""
    st.session_state.pop("complaint", None)
    text = st.session_state["search"].strip()
    if not text:
        return
    try:
        found = timeline.theatre.gazetteer.find(text).place
    except PlaceError as error:
        st.session_state["complaint"] = str(error)
        return
    if found.id not in timeline.claims:
        then = f" published by {timeline.known_on}" if timeline.known_on else ""
        st.session_state["complaint"] = f"{found.name} ({found.kind}) is known, but no report{then} is about it."
        return
    go(place=found.id)
