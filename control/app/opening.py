"""What a visit begins with: the theatres there are, the one that is chosen, and the reading of it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import streamlit as st

from control.app.chooser import show_theatres
from control.app.link import read_theatre
from control.app.loading import load
from control.app.soundness import show_complaints, show_unreadable
from control.app.theatres import file_stamp, known_theatres, named_folders
from control.bundled import default_theatre
from control.theatre import Theatre, TheatreError, theatre_title


def open_theatre(script: Path) -> Theatre:
    """Show the heading with the choice of theatres, and read the one that is chosen; without one the page ends here.

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
    state = st.session_state
    if state.get("theatre") not in folders:
        bundled = default_theatre().name
        default = next(iter(folders)) if named or bundled not in folders else bundled
        state["theatre"], state["theatre_notes"] = read_theatre(st.query_params.to_dict(), folders, default)
        state["theatre_opened"] = state["theatre"]
    show_theatres({name: theatre_title(path) for name, path in folders.items()}, state["theatre_opened"])
    folder = folders[state["theatre"]]
    try:
        return load(folder, file_stamp(folder))
    except TheatreError as error:
        show_unreadable(folder, error)
        st.stop()
