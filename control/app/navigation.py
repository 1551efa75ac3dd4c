"""Moving the map from Python: by a link, by a search, by a click in a list."""

from __future__ import annotations

import math
from collections.abc import Collection
from datetime import date
from uuid import uuid4

import streamlit as st

from control.app.link import OF_THE_BROWSER, PARAMETERS, Link, read_link, today_anywhere
from control.app.resuming import is_first_answer, note_resumed
from control.app.session_state import FIRST_TAB, session
from control.assessment.timeline import Timeline
from control.map.bridge import Goto, Look, View
from control.record.theatre import Theatre
from geo.place import Place

EQUATOR_KM = 40_075
TILE_PIXELS = 256
SHOWN_PIXELS = 600
"""Of a map, narrower ones show the middle."""
LEAST_ZOOM, MOST_ZOOM = 5, 13
USUAL_RADIUS_KM = 60
"""Of a governorate without a radius."""


def go(day: date | None = None, place: str | None = None) -> None:
    """Order the map to a date or a place; it is carried out once."""
    _order(Goto(nonce=uuid4().hex[:8]), day, place)


def go_to_place(place: Place) -> None:
    """Go to a place that was searched for; of an area the map shows the whole, and the panel its card."""
    if not place.kind.is_area:
        go(place=place.id)
        return
    session.area, session.tab = place.id, FIRST_TAB
    radius = place.radius_km or USUAL_RADIUS_KM
    around = Look(center=(place.position.lat, place.position.lon), zoom=_zoom(place.position.lat, radius))
    # no place is pointed at any more: pointing at the same one again brings its own card back
    session.goto = Goto(nonce=uuid4().hex[:8], view=around, place=None)


def _zoom(latitude: float, radius_km: float) -> int:
    """Return the zoom of web tiles at which a circle fills a map of `SHOWN_PIXELS`."""
    world_km = EQUATOR_KM * math.cos(math.radians(latitude))
    return max(
        LEAST_ZOOM, min(MOST_ZOOM, math.floor(math.log2(world_km * SHOWN_PIXELS / TILE_PIXELS / (2 * radius_km))))
    )


def open_link(theatre: Theatre, policies: Collection[str]) -> None:
    """Set everything as the link names it, once a visit; keep notes of what was ignored."""
    if session.is_link_opened:
        return
    session.is_link_opened = True
    link, notes = read_link(st.query_params.to_dict(), theatre, policies, today_anywhere())
    session.link_notes = notes
    # Defaults of their fields, no values: a field that somebody has filled in already keeps what it holds.
    session.linked_known_on = link.known_on
    session.linked_policy = link.policy
    session.compare = link.compare
    session.proposed_background = link.background  # the reader decides: see choices.py
    order = Goto(nonce=uuid4().hex[:8])
    if link.center and link.zoom is not None:
        order["view"] = {"center": (link.center.lat, link.center.lon), "zoom": link.zoom}
    if link.hidden:
        order["hidden"] = list(link.hidden)
    if link.center or link.hidden or link.date or link.place:
        _order(order, link.date, link.place)


def keep_view(view: View) -> View:
    """Leave a map that is in use where it is: the address by which a visit began is old when the visit goes on."""
    if is_first_answer() and view["reported"]["date"]:
        note_resumed(view["uploaded"])
        del session.goto
        view["date"], view["place"] = view["reported"]["date"], view["reported"]["place"]
    return view


def leave_theatre() -> None:
    """Forget what only the theatre left behind knows: its dates, places and orders. The policy weighs any theatre alike."""
    del session.goto, session.search_complaint, session.last_place, session.map_compare, session.area
    session.theatre_notes = session.link_notes = ()
    session.known_on = session.linked_known_on = session.compare = None
    session.search = ""


def _order(order: Goto, day: date | None, place: str | None) -> None:
    if day:
        order["date"] = day.isoformat()
    if place:
        order["place"] = place
    session.goto = order


def current_link(timeline: Timeline, view: View) -> Link:
    """Return the link to what is shown. What the browser says is checked like any address."""
    theatre = timeline.theatre
    said = {name: text for name, text in view["look"].items() if name in OF_THE_BROWSER}
    said |= {name: text for name, text in view.items() if name in PARAMETERS and isinstance(text, str)}
    seen, _ = read_link(said, theatre, (session.policy,), today_anywhere())
    place = seen.place if seen.place in timeline.intervals else None
    if view["compare"] != session.map_compare:
        # begun or ended in the map
        session.map_compare, session.compare = view["compare"], seen.compare
    chosen = {
        "date": seen.date or theatre.settings.opening_date,
        "known_on": session.known_on,
        "policy": session.policy,
        "place": place,
        "compare": session.compare,
        "background": "online" if session.is_online else "",
    }
    return seen.model_copy(update=chosen)
