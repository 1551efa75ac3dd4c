"""The theatre on show, and the way to another one."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from control.app.steering import leave_theatre
from control.markup import escape_markdown, without_marks

CHOICE = "theatre_choice"
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
    if len(titles) < 2:
        st.markdown(f"##### {escape_markdown(titles[opened])}: {SAYS}")
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="theatres"):
        st.markdown(f"##### {SAYS[0].upper()}{SAYS[1:]}", width="content")
        st.selectbox(
            "Theatre", list(titles), list(titles).index(opened), lambda name: without_marks(titles[name]), key=CHOICE,
            on_change=_go, label_visibility="collapsed", width=260,
        )  # fmt: skip


def _go() -> None:
    st.session_state["theatre"] = st.session_state[CHOICE]
    leave_theatre()
