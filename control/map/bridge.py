"""The map's page in Streamlit: one sandboxed frame that survives reruns, and the date and place it reports."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, NotRequired, TypedDict

import streamlit as st

_component = st.components.v2.component(
    "control_map", js=Path(__file__).with_name("bridge.js").read_text(encoding="utf-8")
)


class Goto(TypedDict):
    """An order to the map. It is carried out once for each `nonce`, however often the script reruns."""

    nonce: int | str
    date: NotRequired[str]
    place: NotRequired[str | None]


class View(TypedDict):
    """What the person settled on: an ISO date and the id of a place; None before the first word from the map."""

    date: str | None
    place: str | None


def control_map(html: str, *, key: str, goto: Goto | None = None, height: int, title: str = "Control map") -> View:
    """Show a rendered map and return the date and place that the person settled on.

    Parameters
    ----------
    html : str
        The page, from `control.map.render`. The map is made anew only when this changes; date, place and view are kept.
    key : str
        Streamlit key; one a map.
    goto : Goto, optional
        Moves the map to a date or a place, without making it anew.
    height : int
        Pixels; on a low screen the map takes what there is.
    title : str
        Name of the frame, for screen readers.

    Returns
    -------
    View
        Answers to a new `goto` at once, before the browser has confirmed it.
    """
    data = {"html": html, "hash": _hash(html), "goto": goto, "height": height, "title": title}
    result = _component(key=key, data=data, on_view_change=_ignore, height="content")
    reported: dict[str, Any] = result.view or {}
    view = View(date=reported.get("date"), place=reported.get("place"))
    if goto is not None and reported.get("nonce") != goto["nonce"]:
        view["date"] = goto.get("date", view["date"])
        view["place"] = goto.get("place", view["place"])
    return view


def _ignore() -> None:
    """Stand in as the callback that Streamlit wants before it reports a state; the return value says it all."""


def _hash(html: str) -> str:
    return hashlib.sha256(html.encode()).hexdigest()[:16]
