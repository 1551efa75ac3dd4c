"""What the server remembers of a visit: each entry of Streamlit's session state with its key, its type and its default."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Generic, TypeVar, overload

import streamlit as st

from control.app.complaint import Complaint
from control.app.export_request import ExportRequest, ReadyFile
from control.app.widgets.keys import widget_key
from control.assessment.policy import BALANCED
from control.map.bridge import Goto
from control.upload.upload import Upload

T = TypeVar("T")

POLICY = widget_key("policy")
KNOWN_ON = widget_key("known_on")
ONLINE = widget_key("online")
COMPARE_FIELD = widget_key("compare_field")
SEARCH = widget_key("search")
TAB = widget_key("tab")
FIRST_TAB = "Why"
"""The tab of the panel that answers about what was pointed at."""
THEATRE_CHOICE = widget_key("theatre_choice")


class Entry(Generic[T]):
    """An entry of the session state, read and written like an attribute.

    Parameters
    ----------
    key
        Under which Streamlit keeps it: that of a widget where the widget fills it.
    default
        What it is before anybody has set it, and again after it is deleted.
    """

    def __init__(self, key: str, default: T) -> None:
        self.key = key
        self.default = default

    @overload
    def __get__(self, instance: None, owner: type) -> Entry[T]: ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: object | None, owner: type) -> Entry[T] | T:
        """Return the value in the session that is answered at this moment."""
        if instance is None:
            return self
        value: T = st.session_state.get(self.key, self.default)
        return value

    def __set__(self, instance: object, value: T) -> None:
        """Remember a value."""
        st.session_state[self.key] = value

    def __delete__(self, instance: object) -> None:
        """Forget the value, if there is one."""
        st.session_state.pop(self.key, None)


class SessionState:
    """All that is remembered of a visit, but for answers to questions whose number only the visitor's file knows."""

    # the theatre
    theatre = Entry[str]("theatre", "")
    """Name of the folder of the one on show; empty before one could be read."""
    theatre_opened = Entry[str]("theatre_opened", "")
    """The one that the visit began with."""
    theatre_choice = Entry[str](THEATRE_CHOICE, "")
    next_theatre = Entry[str | None]("theatre_wanted", None)
    """Opened in the next run of the whole page."""
    theatre_folders = Entry[Mapping[str, Path]]("theatre_folders", {})
    """Those on offer, by name."""
    theatres_left_out = Entry[Mapping[str, str]]("theatres_left_out", {})
    """Name of one that could not be read when the visit began -> why."""

    # the address that the visit began with
    is_link_opened = Entry[bool]("linked", False)
    link_notes = Entry[tuple[str, ...]]("notes", ())
    theatre_notes = Entry[tuple[str, ...]]("theatre_notes", ())
    linked_policy = Entry[str]("linked_policy", BALANCED.name)
    linked_known_on = Entry[date | None]("linked_known_on", None)
    proposed_background = Entry[str]("proposed", "")

    # what is shown
    policy = Entry[str](POLICY, BALANCED.name)
    known_on = Entry[date | None](KNOWN_ON, None)
    is_online = Entry[bool](ONLINE, False)
    compare = Entry[date | None]("compare", None)
    compare_field = Entry[date | None](COMPARE_FIELD, None)
    goto = Entry[Goto | None]("goto", None)
    """The last order to the map."""
    map_compare = Entry[str | None]("map_compare", None)
    """The second date as the map last said it, ISO."""
    is_map_drawn = Entry[bool]("drawn", False)

    # the panel
    search = Entry[str](SEARCH, "")
    search_complaint = Entry[Complaint | None]("complaint", None)
    tab = Entry[str](TAB, "")
    area = Entry[str | None]("area", None)
    """The area that was searched for last, until a place is pointed at."""
    last_place = Entry[str | None]("last_place", None)
    keeps_tab = Entry[bool]("keep_tab", False)
    """Whether the next place that is pointed at leaves the tab as it is."""
    ready_files = Entry[tuple[ExportRequest, tuple[ReadyFile, ...]] | None]("made", None)

    # the visitor's own reports
    upload = Entry[Upload | None]("upload", None)
    is_upload_open = Entry[bool]("upload_open", False)
    upload_complaint = Entry[str]("upload_complaint", "")
    upload_turn = Entry[int]("upload_turn", 0)
    """How many files have been given: each has an empty field of its own."""

    # a visit that goes on after the server has forgotten it
    has_answered = Entry[bool]("answered", False)
    is_resumed = Entry[bool]("resumed", False)
    is_upload_gone = Entry[bool]("upload_is_gone", False)

    @staticmethod
    def value_of(key: str) -> Any:
        """Return what the widget with a key holds; `None` where there is none."""
        return st.session_state.get(key)


session = SessionState()
"""The session that is answered at this moment."""
