"""Moving the map from Python: by a link, by a search, by a click in a list."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from uuid import uuid4

import streamlit as st

from control.app.link import Link, read_link
from control.map.bridge import Goto, View
from control.theatre import Theatre
from control.timeline import Timeline
from geo.gazetteer import PlaceError


def go(day: date | None = None, place: str | None = None) -> None:
    """Order the map to a date or a place; it is carried out once."""
    _order(Goto(nonce=uuid4().hex[:8]), day, place)


def open_link(theatre: Theatre, policies: Collection[str]) -> None:
    """Set everything as the link names it, once a visit; keep notes of what was ignored."""
    if "linked" in st.session_state:
        return
    st.session_state["linked"] = True
    link, notes = read_link(st.query_params.to_dict(), theatre, policies, date.today())
    st.session_state["notes"] = notes
    st.session_state["known_on"] = link.known_on
    st.session_state["policy"] = link.policy
    st.session_state["compare"] = link.compare
    st.session_state["proposed"] = link.background  # the reader decides: see choices.py
    order = Goto(nonce=uuid4().hex[:8])
    if link.look:
        order["view"] = {"center": (link.look.lat, link.look.lon), "zoom": link.look.zoom}
    if link.hidden:
        order["hidden"] = list(link.hidden)
    if link.look or link.hidden or link.day or link.place:
        _order(order, link.day, link.place)


def leave_theatre() -> None:
    """Forget what only the theatre left behind knows: its dates, places and orders. The policy weighs any theatre alike."""
    state = st.session_state
    for key in ("goto", "complaint", "last_place", "map_compare"):
        state.pop(key, None)
    state["theatre_notes"] = state["notes"] = ()
    state["known_on"] = state["compare"] = None
    state["search"] = ""


def _order(order: Goto, day: date | None, place: str | None) -> None:
    if day:
        order["date"] = day.isoformat()
    if place:
        order["place"] = place
    st.session_state["goto"] = order


def here(timeline: Timeline, view: View) -> Link:
    """Return the link to what is shown. What the browser says is checked like any address."""
    theatre, state = timeline.theatre, st.session_state
    look = {key: view["look"].get(key, "") for key in ("center", "zoom", "hidden")}
    told = {"date": view["date"] or "", "place": view["place"] or "", "compare": view["compare"] or "", **look}
    seen, _ = read_link(told, theatre, (state["policy"],), date.today())
    place = seen.place if seen.place in timeline.intervals else None
    if view["compare"] != state.get("map_compare"):
        # begun or ended in the map
        state["map_compare"], state["compare"] = view["compare"], seen.compare
    day = seen.day or theatre.settings.opening_date
    return replace(
        seen, day=day, place=place, known_on=state["known_on"], policy=state["policy"], compare=state["compare"],
        background="online" if state.get("online") else "",
    )  # fmt: skip


def show_search(timeline: Timeline) -> None:
    """Let the reader name a place."""
    label = "Find a place, in any spelling"
    st.text_input(label, key="search", on_change=_search, args=(timeline,), max_chars=100, placeholder=label,
                  label_visibility="collapsed")  # fmt: skip


def _search(timeline: Timeline) -> None:
    """Find a place by any spelling and go there."""
    state = st.session_state
    state.pop("complaint", None)
    text = state["search"].strip()
    if not text:
        return
    try:
        found = timeline.theatre.gazetteer.find(text).place
    except PlaceError as error:
        state["complaint"] = str(error)
        return
    if found.id not in timeline.intervals:
        state["complaint"] = f"{found.name} ({found.kind}) is an area: the map assesses the places in it."
        return
    go(place=found.id)
