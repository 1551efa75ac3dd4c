"""The theatre on show, and the way to another one."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from control.app.steering import leave_theatre
from control.markup import escape_markdown, without_marks

SAYS = "who held what, when, according to whom"


def show_theatres(titles: Mapping[str, str]) -> None:
    """Show the heading, with a choice where there is more than one theatre; `titles` by the names of their folders."""
    shown = st.session_state["theatre"]
    if len(titles) < 2:
        st.markdown(f"##### {escape_markdown(titles[shown])}: {SAYS}")
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="theatres"):
        st.markdown(f"##### {SAYS[0].upper()}{SAYS[1:]}", width="content")
        st.selectbox(
            "Theatre", list(titles), key="theatre", format_func=lambda name: without_marks(titles[name]),
            on_change=leave_theatre, label_visibility="collapsed", width=260,
        )  # fmt: skip
