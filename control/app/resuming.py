"""Visits that go on after the server has forgotten them: it was started anew, or the window slept for long.

The page stays as it was, and its first word to the server is whatever the visitor does next. Streamlit then begins a session
that knows the values of all fields, but calls nobody back for what has been pressed or typed: callbacks are known from the
second answer on. What was done first is carried out here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from control.app.session_state import session


def is_first_answer() -> bool:
    """Whether this session has not answered before."""
    return not session.has_answered


def end_of_answer() -> None:
    """Note that the session has answered: from now on callbacks are called."""
    session.has_answered = True


def carry_out(done: bool, act: Callable[..., None], *args: Any) -> None:
    """Carry out what a callback is not called for.

    Parameters
    ----------
    done
        Whether the visitor has pressed or typed.
    act, args
        The callback and its arguments.
    """
    if done and is_first_answer():
        act(*args)
        end_of_answer()
        st.rerun()


def note_resumed(had_upload: bool) -> None:
    """Note that a map is in use already, which has a view of its own; and what went with the session before this one."""
    # A first answer that is cut short is begun again, and the browser told otherwise meanwhile.
    if not session.is_resumed:
        session.is_resumed, session.is_upload_gone = True, had_upload


def is_resumed() -> bool:
    """Whether this is the first answer to a visit that had begun before."""
    return is_first_answer() and session.is_resumed
