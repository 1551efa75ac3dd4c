"""Adding one's own reports: a line in the panel, and a dialog from the file to the map."""

from __future__ import annotations

import streamlit as st

from control.app.resuming import carry_out
from control.app.session_state import session
from control.app.theatres.chooser import is_chosen_next
from control.app.upload.columns import LABELS, show_columns, show_options
from control.app.upload.coverage import show_coverage
from control.app.upload.questions import show_answers, show_questions
from control.app.upload.session_upload import session_upload_for
from control.app.upload.unused_rows import show_inexact, show_unused
from control.app.upload.uploaded_file import take_content
from control.app.widgets.download_button import download_button
from control.app.widgets.keys import widget_key
from control.markup import escape_markdown
from control.record.theatre import Theatre
from control.upload.corrected import template
from control.upload.reading import Reading
from control.upload.sheet import MAX_BYTES, MAX_ROWS, SheetError
from control.upload.upload import receive

TITLE = "Add your own reports"
KINDS = ["csv", "tsv", "txt", "xlsx", "xlsm"]


def show_upload(bundled: Theatre) -> None:
    """Show the way in, or what became of the upload; the dialog where it is open."""
    upload = session_upload_for(bundled)
    with st.container(key=widget_key("upload")):
        if upload is None:
            carry_out(st.button(TITLE, key=widget_key("upload", "begin"), on_click=_open, width="stretch"), _open)
        else:
            if upload.theatre:
                st.caption(f"Your upload: {counts(upload.reading())}")
            else:
                st.caption("Your upload is not on the map yet.")
            label = "Decide and mend" if upload.theatre else "Go on with your upload"
            first, second = st.columns(2, gap="small")
            first.button(label, key=widget_key("upload", "go_on"), on_click=_open, width="stretch")
            second.button("Remove my upload", key=widget_key("upload", "remove"), on_click=_remove, width="stretch")
    if session.is_upload_open:
        _dialog(bundled)


def counts(reading: Reading) -> str:
    """Say what became of the rows, so that the figures add up."""
    rows = f"{reading.total} row{'' if reading.total == 1 else 's'}"
    parts = [f"{len(reading.used)} on the map", f"{len(reading.undecided)} to decide", f"{len(reading.bad)} not used"]
    if reading.merged:
        parts.insert(1, f"{len(reading.merged)} said twice")
    return f"{rows}: {', '.join(parts)}"


def _open() -> None:
    session.is_upload_open = True


def _close() -> None:
    """Close the dialog; what was decided meanwhile goes onto a map that has the upload already."""
    session.is_upload_open = False
    upload = session.upload
    if upload is not None and upload.theatre is not None:
        upload.apply()


def _remove() -> None:
    del session.upload
    session.is_upload_open = False


@st.dialog(TITLE, width="large", on_dismiss=_close)
def _dialog(bundled: Theatre) -> None:
    if is_chosen_next():
        st.rerun()
    if complaint := session.upload_complaint:
        st.error(escape_markdown(complaint))
    upload = session_upload_for(bundled)
    if upload is None:
        _show_beginning(bundled)
        return
    st.markdown(f"**{escape_markdown(upload.file[:80])}**, {len(upload.sheet.lines)} rows")
    show_columns(upload)
    if not upload.is_complete:
        missing = "Say which column has the date, and which the place: without them nothing can be put on the map."
        twice = f"Choose the column for: {', '.join(LABELS[role] for role in upload.doubtful)}. Several have that name."
        st.info(twice if upload.doubtful else missing)
        st.button("Remove my upload", key=widget_key("upload", "remove_early"), on_click=_remove)
        return
    show_coverage(upload, upload.reading())
    show_options(upload)
    reading = upload.reading()
    st.markdown(f"**{counts(reading)}**")
    for note in reading.notes:
        st.caption(escape_markdown(note))
    if reading.questions:
        show_questions(upload, reading)
    show_answers(upload)
    show_inexact(reading)
    show_unused(upload, reading)
    first, second = st.columns(2, gap="small")
    rows = f"{len(reading.used)} row{'' if len(reading.used) == 1 else 's'}"
    if first.button(
        f"Show {rows} on the map",
        key=widget_key("upload", "apply"),
        type="primary",
        width="stretch",
        disabled=not reading.used,
    ):
        upload.apply()
        session.is_upload_open = False
        st.rerun()
    if second.button("Remove my upload", key=widget_key("upload", "remove_here"), width="stretch"):
        _remove()
        st.rerun()


def _show_beginning(bundled: Theatre) -> None:
    settings = bundled.settings
    st.markdown(
        "A table with a row for each report: **when**, **where**, and **who** took, held or left the place. The columns may "
        "be called as you like; you will be asked which is which. "
        f"Dates from {settings.start} to {settings.last_day}."
    )
    field = widget_key("upload", "file", "given", session.upload_turn)
    st.file_uploader(
        f"CSV, TSV or XLSX, up to {MAX_BYTES // 2**20} MB and {MAX_ROWS:,} rows",
        type=KINDS,
        key=field,
        on_change=_receive,
        args=(bundled, field),
        max_upload_size=MAX_BYTES // 2**20,
    )
    download_button(
        "Download an empty table", template(), "reports.csv", "text/csv", key=widget_key("upload", "template")
    )
    st.caption(
        "What you upload is seen in this window only. It is kept in the memory of the server until you remove it or five "
        "minutes after you close the window, is not written to a disk, and is not in links or in what others see."
    )


def _receive(bundled: Theatre, key: str) -> None:
    del session.upload_complaint
    given = session.value_of(key)
    if given is None:
        return
    session.upload_turn += 1  # the next file meets an empty field
    try:
        session.upload = receive(bundled, given.name, take_content(given))
    except SheetError as error:
        session.upload_complaint = f"{given.name[:80]}: {error}"
