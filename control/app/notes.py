"""What a reader has to know before anything else: what a link named in vain, which rows are wrong, what was not found."""

from __future__ import annotations

import streamlit as st

from control.app.soundness import show_soundness
from control.markup import escape_markdown
from control.theatre import Theatre


def show_notes(theatre: Theatre) -> None:
    """Show the notes of this visit, and those of the theatre."""
    state = st.session_state
    if notes := [*state["theatre_notes"], *state["notes"]]:
        st.warning("\n".join(["Ignored in the link:", *(f"- {escape_markdown(note)}" for note in notes)]))
    show_soundness(theatre)
    if complaint := state.get("complaint"):
        st.error(escape_markdown(complaint))
