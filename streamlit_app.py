"""The app. Start it with `streamlit run streamlit_app.py`; docs/serve.md says how to serve it to others."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

if __name__ == "__main__":
    # Streamlit runs this file anew for every answer to a visitor ...
    from control.app.page import show_page

    show_page(Path(__file__))
else:
    # ... and the server imports it once, when it starts.
    from control.app.server.lifespan import keep_house, middleware

    app = st.App(__file__, middleware=middleware(), lifespan=keep_house)
