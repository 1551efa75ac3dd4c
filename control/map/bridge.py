"""The map's page in Streamlit: one sandboxed frame that survives reruns, orders to it, and what it reports."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NotRequired, TypedDict

import streamlit as st

_component = st.components.v2.component(
    "control_map", js=Path(__file__).with_name("bridge.js").read_text(encoding="utf-8")
)


class Look(TypedDict):
    """Where the map looks: `center` as (latitude, longitude) in degrees WGS84, as Leaflet has it, and the zoom level."""

    center: tuple[float, float]
    zoom: float


class Goto(TypedDict):
    """An order to the map. It is carried out once for each `nonce`, however often the script reruns."""

    nonce: int | str
    date: NotRequired[str]
    place: NotRequired[str | None]
    view: NotRequired[Look]
    hidden: NotRequired[list[str]]


class View(TypedDict):
    """What the person settled on: an ISO date, the id of a place, and the date compared with; None before the first word.

    `look` has the parameters of the address that say where the map looks and what it hides, as `steer_map` last asked.
    `reported` has date and place as the browser last said, whatever has been ordered since; `uploaded` whether it was told
    that uploaded reports are on the map.
    """

    date: str | None
    place: str | None
    compare: str | None
    look: dict[str, str]
    reported: dict[str, str | None]
    uploaded: bool


def control_map(
    html: str, *, key: str, theatre: str = "", goto: Goto | None = None, height: int, title: str = "Control map"
) -> View:
    """Show a rendered map and return the date and place that the person settled on.

    The page is large. It stands alone in the data of this mount, so that it crosses the wire only when it is another
    one; everything that changes goes with `steer_map`, which has to be called as well.

    Parameters
    ----------
    html : str
        The page, from `control.map.render`. The map is made anew only when this changes; date, place and view are kept.
    key : str
        Streamlit key; one a map.
    theatre : str
        Name of what the page shows. The page of another theatre begins afresh: nothing is kept, and what the browser
        still says of the one before is not listened to.
    goto : Goto, optional
        The order that `steer_map` will pass on.
    height : int
        Pixels; on a low screen the map takes what there is. The page may set another one as `--cm-map-height`.
    title : str
        Name of the frame, for screen readers.

    Returns
    -------
    View
        Answers to a new `goto` at once, before the browser has confirmed it.
    """
    data = {"map": key, "page": html, "height": height, "title": title, "theatre": theatre}
    result = _component(
        key=key, data=data, on_view_change=_ignore, on_look_change=_ignore, on_uploaded_change=_ignore, height="content"
    )
    view_of, look_of = (said if said and said.get("theatre") == theatre else {} for said in (result.view, result.look))
    reported: dict[str, Any] = view_of
    look = {name: str(value) for name, value in look_of.items() if name != "theatre"}
    compare = reported.get("compare")
    view = View(
        date=reported.get("date"),
        place=reported.get("place"),
        compare=compare,
        look=look,
        reported={"date": reported.get("date"), "place": reported.get("place")},
        uploaded=bool(result.uploaded),
    )
    if goto is not None and reported.get("nonce") != goto["nonce"]:
        view["date"] = goto.get("date", view["date"])
        view["place"] = goto.get("place", view["place"])
    return view


def steer_map(
    *,
    key: str,
    goto: Goto | None = None,
    compare: str | None = None,
    link: Mapping[str, str],
    ask: bool = False,
    uploaded: bool = False,
) -> None:
    """Pass an order to the map, and keep the address of the page.

    Parameters
    ----------
    key : str
        The key of the map, as given to `control_map`.
    goto : Goto, optional
        Moves the map, without making it anew.
    compare : str, optional
        ISO date that the map compares its own with.
    link : Mapping[str, str]
        Parameters of the address. The browser adds centre, zoom and what is hidden, which change without a word to
        Python, and replaces the address without an entry in its history.
    ask : bool
        Whether Python wants to hear of these as well. Each move of the map is a rerun then.
    uploaded : bool
        Whether uploaded reports are on the map. The browser keeps it in mind, for when the server has forgotten.
    """
    data = {"map": key, "goto": goto, "compare": compare, "link": dict(link), "ask": ask, "uploaded": uploaded}
    _component(key=f"{key}-orders", data=data)


def _ignore() -> None:
    """Stand in as the callback that Streamlit wants before it reports a state; the return value says it all."""
