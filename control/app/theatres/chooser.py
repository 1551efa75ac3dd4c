"""The theatre on show, and the way to another one."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from control.app.navigation import leave_theatre
from control.app.resuming import is_first_answer
from control.app.session_state import THEATRE_CHOICE, session
from control.app.widgets.keys import widget_key
from control.markup import escape_markdown, without_marks

SAYS = "who held what, when, according to whom"


def show_theatres(titles: Mapping[str, str], opened: str) -> None:
    """Show the heading, with a choice where there is more than one theatre.

    Parameters
    ----------
    titles
        By the names of their folders.
    opened
        Name of the one that the visit began with. It is given as the default, not as a state: a browser that misses
        the first answer of the app would not hear of a state again, and send its own back.
    """
    wanted = session.next_theatre
    del session.next_theatre
    if wanted is not None and wanted in titles:
        choose(wanted)
    if len(titles) < 2:
        st.markdown(f"##### {escape_markdown(titles[opened])}: {SAYS}")
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=widget_key("theatres")):
        st.markdown(f"##### {SAYS[0].upper()}{SAYS[1:]}", width="content")
        chosen = st.selectbox(
            "Theatre", list(titles), list(titles).index(opened), lambda name: without_marks(titles[name]),
            key=THEATRE_CHOICE, on_change=_go, label_visibility="collapsed", width=260,
        )  # fmt: skip
    if is_first_answer():
        session.theatre = chosen  # a visit that goes on may be in another one than it began with


def choose(name: str) -> None:
    """Open another theatre, as if it had been chosen in the heading; to be called before the heading is shown."""
    session.theatre_choice = name
    _go()


def choose_next(name: str) -> None:
    """Open another theatre in the next run of the whole page: a dialog runs alone, and does not reach the heading."""
    session.next_theatre = name


def is_chosen_next() -> bool:
    """Whether another theatre waits for the next run of the whole page."""
    return session.next_theatre is not None


def _go() -> None:
    session.theatre = session.theatre_choice
    leave_theatre()
