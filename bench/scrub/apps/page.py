"""What the small apps share: room for the map, the history, and a word at the end of every run."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from bench.scrub.history import History, load
from bench.scrub.vendor import localise

WIDTH, HEIGHT = 1000, 540
RERUN = "rerun ends"


def styled() -> None:
    """Give the map the page's whole width, with little above it."""
    st.set_page_config(layout="wide")
    st.html("<style>.stMainBlockContainer { padding: 2.5rem 1rem 0 1rem; }</style>")


@st.cache_resource
def _read(path: str) -> History:
    history = load(Path(path))
    _ = history.polygons
    return history


def read(path: str, vendor: str) -> History:
    """Lay out the page and return the history, which is read once for all visitors."""
    styled()
    localise(vendor)
    return _read(path)


def rerun_ends() -> None:
    """Tell the bench, which reads along, that the script has run to its end."""
    print(RERUN, flush=True)
