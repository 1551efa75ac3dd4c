"""What a reader has to know before anything else: what a link named in vain, and which rows are wrong."""

from __future__ import annotations

import streamlit as st

from control.app.session_state import session
from control.app.theatres.data_faults import show_data_faults
from control.markup import escape_markdown
from control.record.theatre import Theatre


def show_notes(theatre: Theatre) -> None:
    """Show the notes of this visit, and those of the theatre."""
    if notes := [*session.theatre_notes, *session.link_notes]:
        head = f"{'This part' if len(notes) == 1 else 'These parts'} of the link could not be used:"
        st.warning("\n".join([head, *(f"- {escape_markdown(note)}" for note in notes)]))
    if session.is_upload_gone and not theatre.uploaded:
        st.warning("Your uploaded reports are gone: the server was started anew, or this window was away for long. Upload "
                   "the file again to see them.")  # fmt: skip
    show_data_faults(theatre)
