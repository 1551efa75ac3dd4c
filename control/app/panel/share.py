"""The link to a view, and how to cite it."""

from __future__ import annotations

from datetime import date

import streamlit as st

from control.app.link import Link
from control.assessment.timeline import Timeline
from control.export.citation import Citation


def show_share(timeline: Timeline, link: Link, snapshot_id: str) -> None:
    """Offer the link and the citation, each with a button that copies it."""
    settings = timeline.theatre.settings
    if timeline.theatre.uploaded:
        st.warning(
            f"What you uploaded is in this view ({timeline.theatre.uploaded} reports) and in the id of its snapshot. The "
            "link does not carry it: whoever opens the link sees the map without your rows. To let others check what you "
            "cite, pass on your file as well."
        )
    url = link.url(st.context.url)
    day = link.date or settings.opening_date
    citation = Citation(
        settings.title, settings.id, day, timeline.known_on, timeline.policy.name, snapshot_id, url, date.today()
    )
    for label, text, language in (
        ("Link to this view: date, place, policy, and where the map looks", url, None),
        ("Citation", citation.text, None),
        ("BibTeX", citation.bibtex, "latex"),
    ):
        st.caption(label)
        st.code(text, language=language, wrap_lines=True)
