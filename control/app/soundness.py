"""What is wrong with the data, said in the app: no traceback, every bad row, and what to do when there is none yet."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from control.app.loading import kept
from control.markup import escape_markdown
from control.soundness import hints
from control.theatre import Theatre

MOST_ROWS = 20


def show_complaints(complaints: list[str]) -> None:
    """Say what was named at the start of the app and cannot be shown."""
    for complaint in complaints:
        st.error(escape_markdown(complaint))


def show_unreadable(folder: Path, error: Exception) -> None:
    """Say why a theatre cannot be read at all."""
    st.error(f"This theatre cannot be read: {escape_markdown(folder.name)}")
    st.text(str(error))
    st.markdown("Mend the files and load this page anew; the app reads them again.")


def count_used(theatre: Theatre) -> int:
    """Count the reports that the map rests on."""
    return len(theatre.claims) + len(theatre.area_claims)


def count_unused(theatre: Theatre) -> str:
    """Say how many reports the map does not rest on, and why not."""
    rejected, twice = theatre.rejected_rows, len(theatre.duplicates)
    said_twice = f"{twice:,} said twice, " if twice else ""
    return f"{len(theatre.waiting):,} set aside, {said_twice}{rejected:,} {'row' if rejected == 1 else 'rows'} rejected"


@kept(st.cache_data, max_entries=4, show_spinner=False)
def _hints(theatre: Theatre) -> list[str]:
    """Keep what is to be said of a theatre: its borders have to be read for it."""
    return hints(theatre)


def show_soundness(theatre: Theatre) -> None:
    """Say which rows were left out and why, and how to begin where there is no report yet."""
    if theatre.rejections:
        rows = theatre.rejected_rows
        st.warning(
            f"{rows} {'row' if rows == 1 else 'rows'} of the tables could not be used; {count_used(theatre)} reports are "
            "shown. "
            "Mend the rows and load this page anew."
        )
        with st.expander(f"The {'row' if rows == 1 else 'rows'} and what is wrong"):
            shown = theatre.rejections[:MOST_ROWS]
            st.markdown("\n".join(f"- {escape_markdown(str(rejection))}" for rejection in shown))
            if len(theatre.rejections) > MOST_ROWS:
                st.caption(f"{len(theatre.rejections) - MOST_ROWS} more are listed in the tab About.")
    for hint in _hints(theatre):
        st.info(escape_markdown(f"{hint[0].upper()}{hint[1:]}. Then load this page anew."))
