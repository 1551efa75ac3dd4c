"""Drawing a dialog anew."""

from __future__ import annotations

import streamlit as st
from streamlit.errors import StreamlitAPIException


def redraw_dialog() -> None:
    """Draw the dialog anew; where the whole page was on its way, with it."""
    try:
        st.rerun(scope="fragment")
    except StreamlitAPIException:
        st.rerun()
