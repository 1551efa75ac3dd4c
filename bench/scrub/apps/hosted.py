"""Ours: the page of `ControlTimeline` in the app's own component.

streamlit run hosted.py -- PAGE
"""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).parents[3]))

from bench.scrub.apps.page import rerun_ends, styled
from control.map.bridge import control_map


@st.cache_resource
def page(path: str) -> str:
    """Read the page once, as the app draws its map once."""
    return Path(path).read_text(encoding="utf-8")


styled()
view = control_map(page(sys.argv[1]), key="map", height=640)
st.caption(f"Settled on {view['date']}")
rerun_ends()
