"""The choices that make another map of the same reports: the policy, and what was known on a day."""

from __future__ import annotations

from functools import cache

import streamlit as st

from control.app.link import today_anywhere
from control.app.resuming import carry_out
from control.app.session_state import KNOWN_ON, ONLINE, POLICY, session
from control.app.widgets.keys import widget_key
from control.assessment.policy import BALANCED, POLICIES
from control.assessment.timeline import Timeline
from control.markup import escape_markdown
from control.record.date_words import long_date
from control.record.report_counts import count_published, count_reports
from control.record.theatre import Theatre

ORDER = (BALANCED.name, "strict", "claims-only", "against-interest")
"""From the usual one to the narrowest; policies that are not named here follow by name."""


@cache
def policy_summaries() -> dict[str, str]:
    """Return every policy that comes with the program, with the sentence that heads its file."""
    names = sorted((path.stem for path in POLICIES.glob("*.toml")), key=lambda n: (n not in ORDER, _rank(n), n))
    return {name: _summary(name) for name in names}


def show_choices(theatre: Theatre) -> None:
    """Let the reader choose how claims are weighed and what was known."""
    summaries = policy_summaries()
    first, second = st.columns(2, gap="small")
    first.selectbox(
        "Policy",
        list(summaries),
        list(summaries).index(session.linked_policy),
        key=POLICY,
        help="How reports are weighed.\n\n"
        + "\n".join(f"- **{escape_markdown(name)}**: {escape_markdown(text)}" for name, text in summaries.items()),
    )
    second.date_input(
        "As known on",
        key=KNOWN_ON,
        value=session.linked_known_on,
        min_value=theatre.settings.start,
        max_value=today_anywhere(),
        format="YYYY-MM-DD",
        help="Leaves out what was published later; empty: all that is known today. "
        "Encyclopaedia articles are written with hindsight.",
    )
    st.toggle(
        "Background map from the network",
        key=ONLINE,
        help="Off, the map asks nobody for anything. On, it loads pictures from tile.openstreetmap.org, whose server then "
        "learns your address and where you look.",
    )
    _propose_background()


def show_chosen(timeline: Timeline) -> None:
    """Say what is in force."""
    summaries = policy_summaries()
    text = f"Policy **{escape_markdown(timeline.policy.name)}**: {escape_markdown(summaries[timeline.policy.name])}"
    if timeline.known_on:
        published = count_published(timeline.theatre, timeline.known_on)
        text += (
            f" As known on {long_date(timeline.known_on)}: "
            f"{published:,} of {count_reports(timeline.theatre).used:,} reports had been published by then."
        )
    # A line of its own: what was left out is never out of sight.
    st.caption(f"{text}  \n{count_reports(timeline.theatre)} (the tab About says why).")


def _propose_background() -> None:
    """Ask before a link makes the reader's browser fetch pictures from somebody else's server."""
    if session.is_online:
        session.proposed_background = ""
    if not session.proposed_background:
        return
    st.info(
        "The link shows a background map from the network. It has not been asked for: its server would learn your address "
        "and where you look."
    )
    yes, no = st.columns(2, gap="small")
    for column, label, key, wanted in (
        (yes, "Show it", widget_key("background", "yes"), True),
        (no, "Leave it out", widget_key("background", "no"), False),
    ):
        carry_out(column.button(label, key=key, on_click=_answer, args=(wanted,), width="stretch"), _answer, wanted)


def _answer(wanted: bool) -> None:
    session.proposed_background = ""
    session.is_online = wanted


def _rank(name: str) -> int:
    return ORDER.index(name) if name in ORDER else len(ORDER)


def _summary(name: str) -> str:
    head = (POLICIES / f"{name}.toml").read_text(encoding="utf-8").partition("\n")[0]
    return head.removeprefix("#").strip()
