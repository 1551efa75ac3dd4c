"""How the letters of an upload are written, where its file does not say so: shown with examples, for a person to confirm."""

from __future__ import annotations

import streamlit as st

from control.app.session_state import session
from control.app.widgets.keys import widget_key
from control.markup import escape_markdown, without_marks
from control.upload.letters import letter_choices
from control.upload.questions import letters_key
from control.upload.sheet import SheetError
from control.upload.upload import Upload

LATER = ""
ASK = "The file does not say how its letters are written. **Which names are right?**"


def show_letters(upload: Upload) -> None:
    """Ask which letters are right. The answer can be changed: with wrong letters no column may be recognised."""
    sheet = upload.sheet
    if not sheet.encoding:
        return
    told = {LATER: "Decide later"}
    for choice in letter_choices(sheet):
        told[choice.id] = f"{choice.label}: {choice.reason}" if choice.reason else choice.label
    said = sheet.encoding in told and upload.answers.get(letters_key(upload.file)) == sheet.encoding
    options = list(told)
    field = widget_key("upload", "letters", said, sheet.digest[:8])
    st.selectbox(
        "Letters, as you said" if said else ASK,
        options,
        index=options.index(sheet.encoding if said else LATER),
        format_func=lambda name: without_marks(told[name]),
        key=field,
        on_change=_answer,
        args=(upload, field),
    )


def _answer(upload: Upload, field: str) -> None:
    encoding = session.value_of(field) or LATER
    if encoding == LATER:
        upload.answers.pop(letters_key(upload.file), None)
        return
    try:
        upload.read_letters(encoding)
    except SheetError as error:
        st.error(escape_markdown(str(error)))
