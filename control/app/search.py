"""Finding a place by name: the map goes there, or the reader is told what is wrong and offered what can be meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import streamlit as st

from control.app.caches import load
from control.app.complaint import Complaint
from control.app.navigation import go_to_place
from control.app.resuming import carry_out
from control.app.session_state import SEARCH, session
from control.app.theatres.chooser import choose
from control.app.theatres.folders import file_stamp
from control.app.widgets.keys import widget_key
from control.markup import escape_markdown
from control.record.theatre import Theatre, theatre_title
from control.storage.files import FileError
from control.words.places import labels, not_found
from geo.gazetteer import AmbiguousPlaceError, Candidate, PlaceError, WaterError


def show_search(theatre: Theatre) -> None:
    """Let the reader name a place, and show what came of it."""
    label = "Find a place, in any spelling"
    text = st.text_input(label, key=SEARCH, on_change=_search, args=(theatre,), max_chars=100,
                         placeholder=label, label_visibility="collapsed")  # fmt: skip
    carry_out(bool(text), _search, theatre)
    complaint = session.search_complaint
    if complaint is None:
        return
    st.error(escape_markdown(complaint.words))
    for place_id, name in complaint.places:
        st.button(escape_markdown(name), key=widget_key("search", "place", place_id), on_click=_go_to,
                  args=(theatre, place_id), width="stretch")  # fmt: skip
    for other, title in complaint.maps:
        words = escape_markdown(f"Open {text} on the map {title}")
        st.button(words, key=widget_key("search", "map", other), on_click=_open, args=(other, text), width="stretch")


def _search(theatre: Theatre) -> None:
    """Find a place by any spelling and go there."""
    del session.search_complaint
    text = session.search.strip()
    if not text:
        return
    _show(theatre, find(theatre, text, session.theatre_folders))


def find(theatre: Theatre, text: str, folders: Mapping[str, Path]) -> str | Complaint:
    """Return the id of the place that a name means, or what is to be said instead; `folders` are the theatres on offer."""
    title = theatre.settings.title
    try:
        place = theatre.gazetteer.find(text).place
    except AmbiguousPlaceError as error:
        rivals = [rival for rival in error.rivals if not rival.place.kind.is_area] or list(error.rivals)
        if len(rivals) == 1:
            return rivals[0].place.id
        return Complaint(not_found(error, title, choices=len(rivals)), _choices(rivals, theatre))
    except WaterError as error:
        return Complaint(not_found(error, title), _choices(error.candidates, theatre))
    except PlaceError as error:
        maps = _maps_with(text, {name: path for name, path in folders.items() if name != theatre.folder.name})
        return Complaint(not_found(error, title, [title for _, title in maps]), maps=maps)
    return place.id


def _choices(candidates: Sequence[Candidate], theatre: Theatre) -> tuple[tuple[str, str], ...]:
    named = labels(candidates, theatre.gazetteer)
    return tuple((candidate.place.id, name) for candidate, name in zip(candidates, named, strict=True))


def _maps_with(text: str, folders: Mapping[str, Path]) -> tuple[tuple[str, str], ...]:
    """Return names and titles of the theatres that know a place of that name."""
    found = []
    for name, folder in folders.items():
        with suppress(FileError, OSError):
            answer = find(load(folder, file_stamp(folder)), text, {})
            if isinstance(answer, str) or answer.places:
                found.append((name, theatre_title(folder)))
    return tuple(found)


def _go_to(theatre: Theatre, place_id: str) -> None:
    del session.search_complaint
    go_to_place(theatre.gazetteer.place(place_id))


def _open(name: str, text: str) -> None:
    """Open another theatre at the place of that name."""
    folder = session.theatre_folders[name]
    choose(name)
    with suppress(FileError, OSError):
        theatre = load(folder, file_stamp(folder))
        _show(theatre, find(theatre, text, {}))


def _show(theatre: Theatre, found: str | Complaint) -> None:
    if isinstance(found, Complaint):
        session.search_complaint = found
    else:
        go_to_place(theatre.gazetteer.place(found))
