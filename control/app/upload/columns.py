"""The columns of an upload, proposed and confirmed, and what is said of the whole."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from control.app.upload.letters import show_letters
from control.app.widgets.keys import widget_key
from control.app.widgets.redraw import redraw_dialog
from control.markup import escape_markdown, without_marks
from control.record.event_kinds import EventKind, Move
from control.upload.role import Role
from control.upload.sheet import Hidden, Sheet, SheetError, column_letter
from control.upload.upload import Upload
from control.words.sources import RELIABILITY

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
    Role.SINCE: "Since when it was so",
    Role.LAT: "Latitude",
    Role.LON: "Longitude",
    Role.POSITION: "Latitude and longitude in one column",
    Role.ADMIN: "Region or province",
    Role.COUNTRY: "Country",
    Role.CREDIBILITY: "Credibility, 1 to 6",
    Role.NOTE: "Note",
}
EVENTS = {
    kind: kind.meaning.of_one
    for kind in sorted(EventKind, key=lambda kind: (not kind.meaning.goes_on, kind.meaning.move is Move.LEFT))
    if kind.meaning.of_one
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
        with st.expander(f"Other columns ({known} recognised)", expanded=bool(set(others) & set(upload.doubtful))):
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
            key=widget_key("upload", "option", "event", stamp),
        )
        upload.options = replace(upload.options, event=chosen or EventKind.HOLDS)
    grade = (right if Role.EVENT not in upload.columns else left).selectbox(
        "How reliable is it?",
        list(RELIABILITY),
        index=list(RELIABILITY).index(upload.options.grade),
        format_func=lambda grade: f"{grade}: {RELIABILITY[grade]}",
        key=widget_key("upload", "option", "grade", stamp),
        help="Weighs your rows against other reports (Admiralty grades).",
    )
    upload.options = replace(upload.options, grade=grade or "C")
    ways = ("Add them to the reports of this map", "Show them alone, on its places")
    way = st.radio(
        "Your rows", ways, index=int(upload.alone), key=widget_key("upload", "option", "alone", stamp), horizontal=True
    )
    upload.alone = way == ways[1]


def _show_file(upload: Upload) -> None:
    """Let the person choose the sheet of a workbook, and what is hidden in it; and say how letters are to be read."""
    sheet = upload.sheet
    wanted: dict[str, Any] = {}
    if len(sheet.sheets) > 1:
        chosen = st.selectbox(
            "Sheet",
            sheet.sheets,
            index=sheet.sheets.index(sheet.chosen),
            format_func=lambda name: f"{without_marks(name)}{' (hidden)' if name in sheet.hidden_sheets else ''}",
            key=widget_key("upload", "file", "sheet"),
        )
        if chosen and chosen != sheet.chosen:
            wanted["sheet"] = chosen
    left_out = _show_hidden(sheet)
    if left_out != sheet.left_out and not wanted:
        wanted = {"sheet": sheet.chosen, "left_out": left_out}
    show_letters(upload)
    if wanted:
        try:
            upload.read_again(**wanted)
        except SheetError as error:
            st.error(escape_markdown(str(error)))
        else:
            redraw_dialog()


def _show_hidden(sheet: Sheet) -> frozenset[Hidden]:
    """Let the person leave out what the sheet hides; return what is left out."""
    left_out = set()
    for hidden, count in sheet.hidden.items():
        if not count:
            continue
        name = hidden.removesuffix("s") if count == 1 else hidden
        key = widget_key("upload", "hidden", hidden, sheet.digest[:8])
        if not st.checkbox(f"Read {count} hidden {name}", value=hidden not in sheet.left_out, key=key):
            left_out.add(hidden)
    return frozenset(left_out)


def _show_role(upload: Upload, role: Role, stamp: str) -> None:
    options = [NONE, *range(len(upload.sheet.header))]
    chosen = st.selectbox(
        LABELS[role],
        options,
        index=options.index(upload.columns.get(role, NONE)),
        format_func=lambda index: _column(upload, index),
        key=widget_key("upload", "column", role, stamp),
    )
    if role in upload.doubtful:
        if chosen is None or chosen == NONE:
            letters = " and ".join(column_letter(index) for index in upload.doubtful[role])
            st.caption(f":material/help: The columns {letters} have one name and say different things. Choose one.")
            return
        del upload.doubtful[role]
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
    if [other.casefold() for other in upload.sheet.header].count(upload.sheet.header[index].casefold()) > 1:
        name = f"{name} (column {column_letter(index)})"
    return f"{name}: {', '.join(cells)}" if cells else f"{name}: empty"
