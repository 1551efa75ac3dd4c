"""The columns of an upload, proposed and confirmed, and what is said of the whole."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from control.app.own import Upload
from control.markup import escape_markdown, without_marks
from control.model import Event
from control.upload.columns import Role
from control.upload.delimited import ENCODINGS
from control.upload.sheet import SheetError

FIRST = (Role.DATE, Role.PLACE, Role.EVENT, Role.ACTOR)
LABELS = {
    Role.DATE: "Date",
    Role.PLACE: "Place",
    Role.EVENT: "What happened",
    Role.ACTOR: "Who took or holds it",
    Role.LOSER: "Who lost it",
    Role.SOURCE: "Source",
    Role.URL: "Address of the source",
    Role.PUBLISHED: "Published on",
    Role.LAT: "Latitude",
    Role.LON: "Longitude",
    Role.ADMIN: "Region or province",
    Role.COUNTRY: "Country",
    Role.CREDIBILITY: "Credibility, 1 to 6",
    Role.NOTE: "Note",
}
GRADES = {
    "A": "completely reliable", "B": "usually reliable", "C": "fairly reliable", "D": "not usually reliable",
    "E": "unreliable", "F": "cannot be judged",
}  # fmt: skip
EVENTS = {
    Event.HOLDS: "held the place",
    Event.CAPTURED: "took the place",
    Event.CONTESTED: "fought over the place",
    Event.WITHDREW: "left the place",
}
"""What rows without a column for it may say, in words that follow `the side named`."""

NONE = -1
EXAMPLES = 3


def show_columns(upload: Upload) -> None:
    """Show which column is what, for a person to confirm or correct."""
    _show_file(upload)
    stamp = upload.sheet.digest[:8]
    with st.container(border=True):
        st.markdown("**Which column is what?** Please check; the first cells of each are shown.")
        cells = st.columns(2, gap="small")
        for number, role in enumerate(FIRST):
            with cells[number % 2]:
                _show_role(upload, role, stamp)
        others = [role for role in LABELS if role not in FIRST]
        known = sum(role in upload.columns for role in others)
        with st.expander(f"Other columns ({known} recognised)"):
            cells = st.columns(2, gap="small")
            for number, role in enumerate(others):
                with cells[number % 2]:
                    _show_role(upload, role, stamp)


def show_options(upload: Upload) -> None:
    """Ask what holds for all rows: what they say, how far they are believed, and what they are shown with."""
    left, right = st.columns(2, gap="small")
    stamp = upload.sheet.digest[:8]
    if Role.EVENT not in upload.columns:
        chosen = left.selectbox(
            "Each row says that the side named",
            list(EVENTS),
            index=list(EVENTS).index(upload.options.event),
            format_func=EVENTS.__getitem__,
            key=f"upload_event_{stamp}",
        )
        upload.options = replace(upload.options, event=chosen or Event.HOLDS)
    grade = (right if Role.EVENT not in upload.columns else left).selectbox(
        "How reliable is it?",
        list(GRADES),
        index=list(GRADES).index(upload.options.grade),
        format_func=lambda grade: f"{grade}: {GRADES[grade]}",
        key=f"upload_grade_{stamp}",
        help="Weighs your rows against other reports (Admiralty grades).",
    )
    upload.options = replace(upload.options, grade=grade or "C")
    ways = ("Add them to the reports of this map", "Show them alone, on its places")
    way = st.radio("Your rows", ways, index=int(upload.alone), key=f"upload_alone_{stamp}", horizontal=True)
    upload.alone = way == ways[1]


def _show_file(upload: Upload) -> None:
    """Let the person choose the sheet of a workbook, and the encoding where it had to be guessed."""
    sheet = upload.sheet
    wanted: dict[str, str] = {}
    if len(sheet.sheets) > 1:
        chosen = st.selectbox(
            "Sheet", sheet.sheets, index=sheet.sheets.index(sheet.chosen), format_func=without_marks, key="upload_sheet"
        )
        if chosen and chosen != sheet.chosen:
            wanted["sheet"] = chosen
    if sheet.encoding:
        encoding = st.selectbox(
            "Are the names right? If not, the letters are to be read as",
            list(ENCODINGS),
            index=list(ENCODINGS).index(sheet.encoding),
            format_func=ENCODINGS.__getitem__,
            key="upload_encoding",
        )
        if encoding and encoding != sheet.encoding:
            wanted["encoding"] = encoding
    if wanted:
        try:
            upload.read_again(**wanted)
        except SheetError as error:
            st.error(escape_markdown(str(error)))
        else:
            st.rerun(scope="fragment")


def _show_role(upload: Upload, role: Role, stamp: str) -> None:
    options = [NONE, *range(len(upload.sheet.header))]
    chosen = st.selectbox(
        LABELS[role],
        options,
        index=options.index(upload.columns.get(role, NONE)),
        format_func=lambda index: _column(upload, index),
        key=f"upload_{role}_{stamp}",
    )
    if chosen is None or chosen == NONE:
        upload.columns.pop(role, None)
    else:
        upload.columns[role] = chosen


def _column(upload: Upload, index: int) -> str:
    """Name a column with its first cells."""
    if index == NONE:
        return "(no column)"
    cells = [cell[:24] for cell in upload.sheet.column(index)[:50] if cell][:EXAMPLES]
    name = upload.sheet.header[index][:40]
    return f"{name}: {', '.join(cells)}" if cells else f"{name}: empty"
