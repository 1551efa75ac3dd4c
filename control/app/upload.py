"""Adding one's own reports: a line in the panel, and a dialog from the file to the map."""

from __future__ import annotations

import streamlit as st

from control.app import own
from control.app.own import Upload, current, receive
from control.app.upload_columns import show_columns, show_options
from control.app.upload_questions import show_answers, show_questions
from control.app.upload_unused import show_unused
from control.markup import escape_markdown
from control.theatre import Theatre
from control.upload.corrected import template
from control.upload.reading import Reading
from control.upload.sheet import MAX_BYTES, MAX_ROWS, SheetError

OPEN, COMPLAINT, TURN = "upload_open", "upload_complaint", "upload_turn"
TITLE = "Add your own reports"
KINDS = ["csv", "tsv", "txt", "xlsx", "xlsm"]


def show_upload(bundled: Theatre) -> None:
    """Show the way in, or what became of the upload; the dialog where it is open."""
    upload = current(bundled)
    with st.container(key="upload"):
        if upload is None:
            st.button(TITLE, key="upload_begin", on_click=_open, width="stretch")
        else:
            if upload.theatre:
                st.caption(f"Your upload: {counts(upload.reading())}")
            else:
                st.caption("Your upload is not on the map yet.")
            label = "Decide and mend" if upload.theatre else "Go on with your upload"
            first, second = st.columns(2, gap="small")
            first.button(label, key="upload_go_on", on_click=_open, width="stretch")
            second.button("Remove my upload", key="upload_remove", on_click=_remove, width="stretch")
    if st.session_state.get(OPEN):
        _dialog(bundled)


def counts(reading: Reading) -> str:
    """Say what became of the rows, so that the figures add up."""
    rows = f"{reading.total} row{'' if reading.total == 1 else 's'}"
    parts = [f"{len(reading.used)} on the map", f"{len(reading.undecided)} to decide", f"{len(reading.bad)} not used"]
    if reading.merged:
        parts.insert(1, f"{len(reading.merged)} said twice")
    return f"{rows}: {', '.join(parts)}"


def _open() -> None:
    st.session_state[OPEN] = True


def _close() -> None:
    """Close the dialog; what was decided meanwhile goes onto a map that has the upload already."""
    st.session_state[OPEN] = False
    upload: Upload | None = st.session_state.get(own.KEY)
    if upload is not None and upload.theatre is not None:
        upload.apply()


def _remove() -> None:
    st.session_state.pop(own.KEY, None)
    st.session_state[OPEN] = False


@st.dialog(TITLE, width="large", on_dismiss=_close)
def _dialog(bundled: Theatre) -> None:
    if complaint := st.session_state.get(COMPLAINT):
        st.error(escape_markdown(complaint))
    upload = current(bundled)
    if upload is None:
        _show_beginning(bundled)
        return
    st.markdown(f"**{escape_markdown(upload.file[:80])}**, {len(upload.sheet.lines)} rows")
    show_columns(upload)
    if not upload.is_complete:
        st.info("Say which column has the date, and which the place: without them nothing can be put on the map.")
        st.button("Remove my upload", key="upload_remove_early", on_click=_remove)
        return
    show_options(upload)
    reading = upload.reading()
    st.markdown(f"**{counts(reading)}**")
    for note in reading.notes:
        st.caption(escape_markdown(note))
    if reading.questions:
        show_questions(upload, reading)
    show_answers(upload)
    show_unused(upload, reading)
    first, second = st.columns(2, gap="small")
    rows = f"{len(reading.used)} row{'' if len(reading.used) == 1 else 's'}"
    if first.button(
        f"Show {rows} on the map", key="upload_apply", type="primary", width="stretch", disabled=not reading.used
    ):
        upload.apply()
        st.session_state[OPEN] = False
        st.rerun()
    if second.button("Remove my upload", key="upload_remove_here", width="stretch"):
        _remove()
        st.rerun()


def _show_beginning(bundled: Theatre) -> None:
    settings = bundled.settings
    st.markdown(
        "A table with a row for each report: **when**, **where**, and **who** took, held or left the place. The columns may "
        "be called as you like; you will be asked which is which. "
        f"Dates from {settings.start} to {settings.last_day}."
    )
    turn = st.session_state.setdefault(TURN, 0)
    st.file_uploader(
        f"CSV, TSV or XLSX, up to {MAX_BYTES // 2**20} MB and {MAX_ROWS:,} rows",
        type=KINDS,
        key=f"upload_file_{turn}",
        on_change=_receive,
        args=(bundled, f"upload_file_{turn}"),
        max_upload_size=MAX_BYTES // 2**20,
    )
    st.download_button(
        "Download an empty table", template(), file_name="reports.csv", mime="text/csv", on_click="ignore"
    )
    st.caption(
        "What you upload is seen in this window only. It is kept in the memory of the server while the window is open, is "
        "written nowhere, and is not in links or in what others see."
    )


def _receive(bundled: Theatre, key: str) -> None:
    state = st.session_state
    state.pop(COMPLAINT, None)
    given = state.get(key)
    if given is None:
        return
    state[TURN] += 1  # the next file meets an empty field
    try:
        state[own.KEY] = receive(bundled, given.name, given.getvalue())
    except SheetError as error:
        state[COMPLAINT] = f"{given.name[:80]}: {error}"
