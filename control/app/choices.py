"""The choices that make another map of the same reports: the policy, and what was known on a day."""

from __future__ import annotations

from functools import cache

import streamlit as st

from control.app.soundness import count_unused, count_used
from control.markup import escape_markdown
from control.policy import BALANCED, POLICIES
from control.theatre import Theatre
from control.timeline import Timeline
from control.words import long_date

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
        key="policy",
        help="How reports are weighed.\n\n"
        + "\n".join(f"- **{escape_markdown(name)}**: {escape_markdown(text)}" for name, text in summaries.items()),
    )
    second.date_input(
        "As known on",
        key="known_on",
        value=None,
        min_value=theatre.settings.start,
        max_value="today",
        format="YYYY-MM-DD",
        help="Leaves out what was published later; empty: all that is known today. "
        "Encyclopaedia articles are written with hindsight.",
    )
    st.toggle(
        "Background map from the network",
        key="online",
        help="Off, the map asks nobody for anything. On, it loads pictures from tile.openstreetmap.org, whose server then "
        "learns your address and where you look.",
    )
    _propose_background()


def show_chosen(timeline: Timeline) -> None:
    """Say what is in force."""
    summaries = policy_summaries()
    text = f"Policy **{escape_markdown(timeline.policy.name)}**: {escape_markdown(summaries[timeline.policy.name])}"
    if timeline.known_on:
        used = sum(len(claims) for claims in timeline.claims.values())
        text += (
            f" As known on {long_date(timeline.known_on)}: "
            f"{used} of {len(timeline.theatre.claims)} reports were published by then."
        )
    # A line of its own: what was left out is never out of sight.
    used = count_used(timeline.theatre)
    counts = f"{used:,} {'report' if used == 1 else 'reports'} used, {count_unused(timeline.theatre)}"
    st.caption(f"{text}  \n{counts} (the tab About says why).")


def _propose_background() -> None:
    """Ask before a link makes the reader's browser fetch pictures from somebody else's server."""
    state = st.session_state
    if state.get("online"):
        state["proposed"] = ""
    if not state.get("proposed"):
        return
    st.info(
        "The link shows a background map from the network. It has not been asked for: its server would learn your address "
        "and where you look."
    )
    yes, no = st.columns(2, gap="small")
    yes.button("Show it", on_click=_answer, args=(True,), width="stretch")
    no.button("Leave it out", on_click=_answer, args=(False,), width="stretch")


def _answer(wanted: bool) -> None:
    st.session_state["proposed"] = ""
    st.session_state["online"] = wanted


def _rank(name: str) -> int:
    return ORDER.index(name) if name in ORDER else len(ORDER)


def _summary(name: str) -> str:
    head = (POLICIES / f"{name}.toml").read_text(encoding="utf-8").partition("\n")[0]
    return head.removeprefix("#").strip()
