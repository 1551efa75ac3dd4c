"""What was known of the place on the date of the map, beside what is known of it now."""

from __future__ import annotations

from datetime import date

import streamlit as st

from control.app.caches import visitor_safe_cache
from control.app.widgets.html_template import render_html
from control.app.widgets.keys import widget_key
from control.assessment.then_and_now import then_and_now
from control.assessment.timeline import Timeline
from control.words.then_and_now import NOW, agreement_words, holder_words, probability_of_holder, then_words

LABEL = "Known then beside known now"
KEY = widget_key("then_and_now")
NONE = "\N{EN DASH}"
"""In a cell that has nothing to say."""


def show_then_and_now(timeline: Timeline, place_id: str, day: date) -> None:
    """Offer the comparison; it is made when somebody asks for it, and while the reader goes from place to place."""
    tip = "What reports published by this date say of it, beside what all reports say."
    if st.toggle(LABEL, key=KEY, help=tip):
        st.html(_html(timeline, place_id, day))


@visitor_safe_cache(st.cache_data, max_entries=256, show_spinner=False)
def _html(timeline: Timeline, place_id: str, day: date) -> str:
    theatre, found = timeline.theatre, then_and_now(timeline, place_id, day)
    both = (found.then, found.now)
    rows = (
        ("Holder", *(holder_words(theatre, each) for each in both)),
        ("Status", *(str(each.holding.status) for each in both)),
        ("Probability", *(probability_of_holder(each) or NONE for each in both)),
        ("Reports", found.then_reports, found.now_reports),
    )
    said = agreement_words(theatre, found)
    return render_html("then_and_now.html", titles=(then_words(found), NOW), rows=rows, agreement=said)
