"""What a visit begins with: the theatres there are, the one that is chosen, and the reading of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from control.app.caches import load
from control.app.link import read_theatre
from control.app.session_state import session
from control.app.theatres.chooser import show_theatres
from control.app.theatres.data_faults import show_complaints, show_unreadable
from control.app.theatres.folders import file_stamp, known_theatres, named_folders
from control.record.bundled import default_theatre
from control.record.theatre import Theatre, theatre_title
from control.storage.files import FileError


def open_theatre(script: Path) -> Theatre:
    """Show the heading with the choice of theatres, and read the one that is chosen; without one the page ends here.

    A theatre that cannot be read keeps no other from being shown: the visit begins with the next one, and says why.

    Parameters
    ----------
    script
        The file of the app: theatres stand in `seeds/` beside it, and what follows it on the command line names others.
    """
    # Under a test runner the command line is the runner's.
    arguments = sys.argv[1:] if Path(sys.argv[0]).name == script.name else []
    named, misread = named_folders(arguments, os.environ)
    folders, not_found = known_theatres(script.parent / "seeds", named)
    show_complaints([*misread, *not_found])
    if not folders:
        st.error("There is no theatre in the folder seeds: each needs a folder of its own with a theatre.toml.")
        st.stop()
    titles, unreadable = _titles(folders)
    session.theatre_folders = folders
    left_out = dict(session.theatres_left_out)
    if session.theatre not in titles:
        bundled = default_theatre().name
        default = next(iter(titles), "") if named or bundled not in titles else bundled
        left_out |= _begin({name: folders[name] for name in titles}, default)
        session.theatres_left_out = left_out
    for name, why in {**unreadable, **left_out}.items():
        if name != session.theatre:
            show_unreadable(folders[name], why)
    if not session.theatre:
        st.error("There is no theatre that can be read: mend one of those above, and load this page anew.")
        st.stop()
    if session.theatre_opened not in titles:  # somebody has broken its files since
        session.theatre_opened = session.theatre
    show_theatres(titles, session.theatre_opened)
    folder = folders[session.theatre]
    try:
        theatre = load(folder, file_stamp(folder))
    except (FileError, OSError) as error:
        show_unreadable(folder, str(error))
        st.stop()
    left_out.pop(session.theatre, None)
    session.theatres_left_out = left_out
    return theatre


def _titles(folders: Mapping[str, Path]) -> tuple[dict[str, str], dict[str, str]]:
    """Return what the theatres call themselves, and why some cannot be asked; both by the names of their folders."""
    titles, unreadable = {}, {}
    for name, folder in folders.items():
        try:
            titles[name] = theatre_title(folder)
        except (FileError, OSError) as error:
            unreadable[name] = str(error)
    return titles, unreadable


def _begin(folders: Mapping[str, Path], default: str) -> dict[str, str]:
    """Choose the theatre that a visit begins with: that of the address, else the default, else any that can be read.

    Returns
    -------
    dict
        Name of each theatre that should have come first and cannot be read -> why.
    """
    del session.theatre
    wanted, notes = read_theatre(st.query_params.to_dict(), folders, default) if folders else ("", ())
    unreadable: dict[str, str] = {}
    for name in dict.fromkeys([wanted, default, *folders] if folders else []):
        try:
            load(folders[name], file_stamp(folders[name]))
        except (FileError, OSError) as error:
            unreadable[name] = str(error)
            continue
        session.theatre = session.theatre_opened = name
        session.theatre_notes = notes
        break
    if unreadable:
        st.query_params.clear()  # its dates and places are those of another theatre
    return unreadable
