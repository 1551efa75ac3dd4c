"""What only the person can decide of an upload, asked one by one."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from control.app.session_state import session
from control.app.widgets.keys import widget_key
from control.app.widgets.redraw import redraw_dialog
from control.markup import escape_markdown, without_marks
from control.upload.questions import LEAVE_OUT, OF_COLUMNS, Choice, Kind, Question
from control.upload.reading import Reading
from control.upload.upload import Upload

AT_ONCE = 8
"""So many questions are shown at once; the others are one click away."""

HEADS = {
    Kind.LETTERS: "Which letters are right? Say it above: rows with other letters than A to Z wait for it.",
    Kind.CALENDAR: "Which calendar is it?",
    Kind.INSTANT: "Which day is it?",
    Kind.ORDER: "Day or month first?",
    Kind.COORDINATES: "Latitude and longitude?",
    Kind.EVENT: "What does it say?",
    Kind.ACTOR: "Which side is it?",
    Kind.PLACE: "Which place is it?",
}
LATER = ""


def show_questions(upload: Upload, reading: Reading) -> None:
    """Ask what rows wait for."""
    waiting = len(reading.undecided)
    with st.container(border=True, key=widget_key("upload", "questions")):
        st.markdown(f"**To decide**: {waiting} row{' waits' if waiting == 1 else 's wait'} for it.")
        for kind in Kind:
            asked = [question for question in reading.questions if question.kind is kind]
            if not asked:
                continue
            st.markdown(HEADS[kind])
            if kind is Kind.LETTERS:
                continue
            for question in asked[:AT_ONCE]:
                _ask(upload, question)
            if rest := asked[AT_ONCE:]:
                with st.expander(f"{len(rest)} more"):
                    for question in rest:
                        _ask(upload, question)


def show_answers(upload: Upload) -> None:
    """Let the person take back what was decided."""
    count = len(upload.answers)
    if count and st.button(
        f"Ask again what I decided ({count})", key=widget_key("upload", "ask_again"), type="tertiary"
    ):
        upload.answers = {}
        redraw_dialog()


def _ask(upload: Upload, question: Question) -> None:
    count = f"{len(question.rows)} row{'' if len(question.rows) == 1 else 's'}"
    label = f"**{escape_markdown(question.text)}** ({count}): {escape_markdown(question.why)}"
    names = {choice.id: _label(choice) for choice in question.choices}
    options: Sequence[str] = [LATER, *names]
    if question.kind not in OF_COLUMNS:
        options = [*options, LEAVE_OUT]
        names[LEAVE_OUT] = "Leave these rows out"
    names[LATER] = "Decide later"
    field = widget_key("upload", "answer", question.key)
    st.selectbox(
        label,
        options,
        format_func=names.__getitem__,
        key=field,
        on_change=_answer,
        args=(upload, question.key, field),
    )


def _answer(upload: Upload, key: str, field: str) -> None:
    """Note an answer. The question goes; `show_answers` brings it back."""
    answer = session.value_of(field) or LATER
    if answer == LATER:
        upload.answers.pop(key, None)
    else:
        upload.answers[key] = answer


def _label(choice: Choice) -> str:
    return without_marks(f"{choice.label}: {choice.reason}" if choice.reason else choice.label)
