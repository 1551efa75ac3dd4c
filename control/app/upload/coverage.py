"""An upload that is not about the map: said at once, with what can be done about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from control.app.caches import load
from control.app.session_state import session
from control.app.theatres.chooser import choose_next
from control.app.theatres.folders import file_stamp
from control.app.widgets.keys import widget_key
from control.app.widgets.redraw import redraw_dialog
from control.markup import escape_markdown
from control.record.theatre import Theatre
from control.storage.files import FileError
from control.upload.coverage import Coverage, describe, measure
from control.upload.reading import Reading
from control.upload.sheet import SheetError
from control.upload.upload import Upload, receive


def show_coverage(upload: Upload, reading: Reading) -> None:
    """Say that the upload is about other places or years, and offer the maps that it fits, and the way to a new one."""
    coverage = reading.coverage
    if not coverage.is_outside:
        return
    with st.container(border=True, key=widget_key("upload", "coverage")):
        st.warning(escape_markdown(describe(coverage, upload.bundled)))
        for name, (theatre, fit) in _fitting(upload, reading).items():
            label = f"Open it on: {escape_markdown(theatre.settings.title)} ({_share(fit)})"
            key = widget_key("upload", "open_on", name)
            st.button(label, key=key, type="primary", on_click=_open_on, args=(upload, name, theatre))
        st.markdown(
            "If the columns above are wrong, correct them. If this is another country or another time, "
            "`python -m control theatre new` makes a map of any country and any years: see docs/tutorial-new-theatre.md."
        )
        if coverage.is_elsewhere:
            anyway = st.toggle(
                "Ask me about the places all the same",
                value=upload.options.anyway,
                key=widget_key("upload", "anyway", upload.sheet.digest[:8]),
            )
            if anyway != upload.options.anyway:
                upload.options = replace(upload.options, anyway=anyway)
                redraw_dialog()


def _share(fit: Coverage) -> str:
    return f"{fit.known} of {fit.places} places, {fit.covered} of {fit.days} dates"


def _fitting(upload: Upload, reading: Reading) -> Mapping[str, tuple[Theatre, Coverage]]:
    """Return the other theatres that have most of the places, and some of the dates."""
    found = {}
    for name, folder in session.theatre_folders.items():
        if folder == upload.bundled.folder:
            continue
        try:
            theatre = load(folder, file_stamp(folder))
        except (FileError, OSError):  # whoever opens it is told why
            continue
        fit = measure(reading.about, theatre, upload.finder_of(theatre))
        if fit.fits:
            found[name] = theatre, fit
    return found


def _open_on(upload: Upload, name: str, theatre: Theatre) -> None:
    """Open another theatre, with the same file."""
    try:
        session.upload = receive(theatre, upload.file, upload.content)
    except SheetError:  # it was a table a moment ago
        return
    choose_next(name)
