"""What is wrong with the data, said in the app: no traceback, every bad row, and what to do when there is none yet."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from control.markup import escape_markdown
from control.theatre import Theatre

MOST_ROWS = 20


def show_complaints(complaints: list[str]) -> None:
    """Say what was named at the start of the app and cannot be shown."""
    for complaint in complaints:
        st.error(escape_markdown(complaint))


def show_unreadable(folder: Path, error: Exception, others: list[str]) -> None:
    """Say why a theatre cannot be read at all, and name the others."""
    st.error(f"This theatre cannot be read: {escape_markdown(folder.name)}")
    st.text(str(error))
    st.markdown("Mend the files and load this page anew; the app reads them again.")
    for name in others:
        st.link_button(name, f"?theatre={name}")


def show_soundness(theatre: Theatre) -> None:
    """Say which rows were left out and why, and how to begin where there is no report yet."""
    if theatre.rejections:
        rows = theatre.rejected_rows
        used = len(theatre.claims) + len(theatre.area_claims)
        st.warning(
            f"{rows} {'row' if rows == 1 else 'rows'} of the tables could not be used; {used} reports are shown. "
            "Mend the rows and load this page anew."
        )
        with st.expander(f"The {'row' if rows == 1 else 'rows'} and what is wrong"):
            shown = theatre.rejections[:MOST_ROWS]
            st.markdown("\n".join(f"- {escape_markdown(str(rejection))}" for rejection in shown))
            if len(theatre.rejections) > MOST_ROWS:
                st.caption(f"{len(theatre.rejections) - MOST_ROWS} more are listed in the tab About.")
    if not theatre.claims and not theatre.area_claims:
        st.info(
            "This theatre has no report yet, so nobody holds anything. Add who could hold ground to `actors.csv`, what you "
            "read to `sources.csv`, and what it said to `reports.csv`; then load this page anew. The README.md in the "
            "theatre's folder explains every column."
        )
    elif not any(
        claim.window.first <= theatre.settings.opening_date for claim in (*theatre.claims, *theatre.area_claims)
    ):
        first = min(claim.window.first for claim in (*theatre.claims, *theatre.area_claims))
        st.info(
            f"The map opens on {theatre.settings.opening_date}, before the first report ({first}). Set `opening_date` in "
            "theatre.toml to a day that the reports speak of."
        )
