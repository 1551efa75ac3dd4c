"""The rows of an upload that are not on the map: each with its number, the reason and the remedy, and as a file."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from control.app.widgets.download_button import download_button
from control.app.widgets.html_template import render_html
from control.app.widgets.keys import widget_key
from control.markup import escape_markdown
from control.record.inexact_matches import MOST_LINES, InexactMatch, explain_match
from control.upload.corrected import rows_to_mend
from control.upload.reading import Reading
from control.upload.upload import Upload

MOST_LETTERS = 60
MOST_SHOWN = 100
"""So many rows are listed; all of them are in the file."""


def show_unused(upload: Upload, reading: Reading) -> None:
    """List the bad rows, and offer them and the undecided ones as a file to mend."""
    if reading.bad:
        with st.expander(f"Rows that are not used, and why ({len(reading.bad)})", expanded=True):
            st.html(faults_html(reading))
    waiting = len(reading.bad) + len(reading.undecided)
    if waiting:
        label = f"Download {waiting} row{'' if waiting == 1 else 's'} to mend (CSV)"
        download_button(
            label, rows_to_mend(upload.sheet, reading), "rows-to-mend.csv", "text/csv", key=widget_key("upload", "mend")
        )
        st.caption(
            "Each row says what is wrong. Mend them in a spreadsheet and upload the file: it is read like any other."
        )


def show_inexact(reading: Reading) -> None:
    """List the spellings that were taken for a place without being one of its names: what was taken, and what is next."""
    if not reading.inexact:
        return
    with st.expander(f"Places found by another spelling than their own ({len(reading.inexact)})"):
        told = [f"- {escape_markdown(inexact_words(one))}" for one in reading.inexact[:MOST_SHOWN]]
        st.markdown("\n".join(told))
        if len(reading.inexact) > MOST_SHOWN:
            st.caption(f"and {len(reading.inexact) - MOST_SHOWN} more")
        st.caption("Where another place is meant, write its name as the map does, or add its region in brackets.")


def inexact_words(one: InexactMatch) -> str:
    """Say which rows have a spelling, which place it was taken for and why, and which would be next."""
    rows = ", ".join(str(origin.line) for origin in one.origins[:MOST_LINES])
    more = len(one.origins) - MOST_LINES
    head = f"Row{'' if len(one.origins) == 1 else 's'} {rows}" + (f" and {more} more" if more > 0 else "")
    return f"{head}: {one.match.query[:MOST_LETTERS]} was taken for {explain_match(one.match)}"


def faults_html(reading: Reading) -> str:
    """List the faults by row, as HTML in which every text is escaped."""
    rows = [(row, list(faults)) for row, faults in groupby(sorted(reading.faults), key=lambda fault: fault.row)]
    return render_html("faults.html", rows=rows[:MOST_SHOWN], more=len(rows) - MOST_SHOWN)
