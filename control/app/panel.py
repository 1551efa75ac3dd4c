"""The panel beside the map: why a place has its colour, what changed, what was known when, what was not used."""

from __future__ import annotations

from datetime import date

import streamlit as st

from control.app.steering import go
from control.markup import escape_markdown, safe_link
from control.model import Change, Claim
from control.theatre import Theatre
from control.timeline import Timeline
from control.words import brief_holding, describe_finding, event_words

MOST_SHOWN = 6
"""So many reports are shown at once, those that matter most; the others are one click away."""


def show_claim(claim: Claim, theatre: Theatre, rule: str = "") -> None:
    """Show one report with its source."""
    source = claim.source
    note = f": {escape_markdown(claim.report.note)}" if claim.report.note else ""
    st.markdown(
        f"**{escape_markdown(claim.window.text)}** {escape_markdown(event_words(theatre, claim))}{note}  \n"
        f":small[{safe_link(source.title, source.reference)}, published {escape_markdown(claim.published.text)}, "
        f"graded {source.grade}{claim.credibility}{escape_markdown('; ' + rule) if rule else ''}]"
    )


def show_place(timeline: Timeline, place_id: str, day: date) -> None:
    """Answer `why this colour?`."""
    theatre, why = timeline.theatre, timeline.why(place_id, day)
    place = theatre.gazetteer.place(place_id)
    where = ", ".join(part for part in (place.kind.replace("-", " "), place.admin, place.country) if part)
    finding = describe_finding(theatre, why.assessment)
    st.markdown(f"##### {escape_markdown(place.name)}\n:small[{escape_markdown(where)}]")
    st.markdown(escape_markdown(finding[0].upper() + finding[1:]))
    matter = why.supporting + why.contradicting
    for weighed in matter[:MOST_SHOWN]:
        against = "speaks against it" if weighed.evidence < 0 else ""
        hangs = "without it the answer would be another" if weighed.flips else ""
        show_claim(weighed.claim, theatre, "; ".join(part for part in (against, hangs) if part))
    others = [(w.claim, "speaks against it" if w.evidence < 0 else "agrees") for w in matter[MOST_SHOWN:]]
    others += [(w.claim, "of little weight on that date") for w in why.other]
    others += [(w.claim, f"discarded: {w.rule}") for w in why.discarded]
    if others:
        with st.expander(f"{len(others)} other reports of {escape_markdown(place.name)}"):
            for claim, rule in others:
                show_claim(claim, theatre, rule)


def show_change(change: Change, theatre: Theatre) -> None:
    """Show one change; a click goes to its date and place."""
    name = theatre.gazetteer.place(change.place_id).name
    before, after = (brief_holding(theatre, holding) for holding in (change.before, change.after))
    label = f"**{change.day.day} {change.day:%b}** {escape_markdown(f'{name}: {before} → {after}')}"
    label += " *(assumed)*" if change.assumed else ""
    key = f"{change.day}-{change.place_id}"
    st.button(label, key=key, type="tertiary", on_click=go, args=(change.day, change.place_id))


def show_known_on(timeline: Timeline) -> None:
    """Let the reader go back to what could be known on a day."""
    used = sum(len(claims) for claims in timeline.claims.values())
    st.date_input(
        "As known on (empty: all that is known today)",
        key="known_on",
        value=None,
        min_value=timeline.theatre.settings.start,
        max_value="today",
        format="YYYY-MM-DD",
        help="Leaves out what was published later. Encyclopaedia articles are written with hindsight.",
    )
    if timeline.known_on:
        st.caption(f"{used} of {len(timeline.theatre.claims)} reports were published by then.")


def show_data(theatre: Theatre) -> None:
    """Say what was used and what was not, with every reason."""
    used, places = len(theatre.claims), len(theatre.reported_places)
    rejected, waiting = theatre.rejected_rows, theatre.waiting
    st.caption(f"{used} reports about {places} places. {rejected} rows rejected, {len(waiting)} set aside.")
    with st.expander("Reports that are not used, and why"):
        if not rejected:
            st.markdown("No row was rejected.")
        lines = [str(rejection) for rejection in theatre.rejections] + [str(item) for item in waiting]
        st.markdown("\n".join(f"- {escape_markdown(line)}" for line in lines))
