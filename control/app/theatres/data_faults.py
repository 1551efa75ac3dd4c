"""What is wrong with the data, said in the app: no traceback, every bad row, and what to do when there is none yet."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from control.app.caches import visitor_safe_cache
from control.markup import escape_markdown, plain_text
from control.record.hints import hints
from control.record.report_counts import count_reports
from control.record.theatre import Theatre

MOST_ROWS = 20


def show_complaints(complaints: list[str]) -> None:
    """Say what was named at the start of the app and cannot be shown."""
    for complaint in complaints:
        st.error(escape_markdown(complaint))


def show_unreadable(folder: Path, why: str) -> None:
    """Say why a theatre cannot be read at all."""
    st.error(f"This theatre cannot be read: {escape_markdown(folder.name)}")
    lines = why.splitlines()
    more = [f"  and {len(lines) - MOST_ROWS} more: python -m control check --theatre FOLDER lists them"]
    st.text(plain_text("\n".join([*lines[:MOST_ROWS], *(more if len(lines) > MOST_ROWS else [])])))
    st.markdown("Mend the files and load this page anew; the app reads them again.")


@visitor_safe_cache(st.cache_data, max_entries=4, show_spinner=False)
def _hints(theatre: Theatre) -> list[str]:
    """Keep what is to be said of a theatre: its borders have to be read for it."""
    return hints(theatre)


def show_data_faults(theatre: Theatre) -> None:
    """Say which rows were left out and why, and how to begin where there is no report yet."""
    if theatre.faults:
        rows, used = theatre.faulty_rows, count_reports(theatre).used
        rest = f"{used:,} {'report is' if used == 1 else 'reports are'} shown"
        st.warning(
            f"{rows} {'row' if rows == 1 else 'rows'} of the tables could not be used; {rest}. "
            "Mend the rows and load this page anew."
        )
        with st.expander(f"The {'row' if rows == 1 else 'rows'} and what is wrong"):
            shown = theatre.faults[:MOST_ROWS]
            st.markdown("\n".join(f"- {escape_markdown(str(fault))}" for fault in shown))
            if len(theatre.faults) > MOST_ROWS:
                st.caption(f"{len(theatre.faults) - MOST_ROWS} more are listed in the tab About.")
    for hint in _hints(theatre):
        st.info(escape_markdown(f"{hint[0].upper()}{hint[1:]}. Then load this page anew."))
