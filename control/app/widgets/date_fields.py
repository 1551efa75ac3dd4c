"""Date fields that take over what is typed when Enter is pressed."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from control.app.widgets.keys import widget_key

_component = st.components.v2.component(
    "date_fields", js=Path(__file__).with_name("date_fields.js").read_text(encoding="utf-8")
)


def take_dates_on_enter() -> None:
    """Make Enter take over the date in every date field of the page; Streamlit itself waits until the field is left."""
    _component(key=widget_key("date_fields"))
