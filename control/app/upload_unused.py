"""The rows of an upload that are not on the map: each with its number, the reason and the remedy, and as a file."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from control.app.hypertext import escape
from control.app.own import Upload
from control.upload.corrected import rows_to_mend
from control.upload.reading import Reading

MOST_SHOWN = 100
"""So many rows are listed; all of them are in the file."""


def show_unused(upload: Upload, reading: Reading) -> None:
    """List the bad rows, and offer them and the undecided ones as a file to mend."""
    if reading.bad:
        with st.expander(f"Rows that are not used, and why ({len(reading.bad)})", expanded=True):
            st.html(faults_html(reading))
    waiting = len(reading.bad) + len(reading.undecided)
    if waiting:
        st.download_button(
            f"Download {waiting} row{'' if waiting == 1 else 's'} to mend (CSV)",
            rows_to_mend(upload.sheet, reading),
            file_name="rows-to-mend.csv",
            mime="text/csv",
            key="upload_mend",
            on_click="ignore",
        )
        st.caption(
            "Each row says what is wrong. Mend them in a spreadsheet and upload the file: it is read like any other."
        )


def faults_html(reading: Reading) -> str:
    """List the faults by row, as HTML in which every text is escaped."""
    rows = [(row, list(faults)) for row, faults in groupby(sorted(reading.faults), key=lambda fault: fault.row)]
    items = []
    for row, faults in rows[:MOST_SHOWN]:
        said = "".join(
            f"<p>{f'<b>{escape(fault.column)}</b>: ' if fault.column else ''}{escape(fault.wrong)}. "
            f"Expected {escape(fault.expected)}. <em>{escape(_sentence(fault.remedy))}</em></p>"
            for fault in faults
        )
        items.append(f"<li><span>Row {row}</span><div>{said}</div></li>")
    more = len(rows) - MOST_SHOWN
    if more > 0:
        items.append(f"<li><span></span><p>{more} more are in the file to mend.</p></li>")
    return f'<ul class="cm-faults" tabindex="0" aria-label="Rows that are not used">{"".join(items)}</ul>'


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
