"""Two dates compared: which places passed from whom to whom, and what each side gained and lost."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import streamlit as st

from control.app.hypertext import GREY, escape, safe_colour
from control.export.changes import gains_and_losses
from control.markup import escape_markdown
from control.model import Change, Interval
from control.theatre import Theatre
from control.timeline import Timeline
from control.words import brief_holding, long_date

FIELD = "compare_field"

MOST_NAMES = 12
"""So many places are named at once of those that passed the same way; the others are one click away."""


def differences(timeline: Timeline, first: date, second: date) -> tuple[Change, ...]:
    """List the places that stood otherwise on the later of two dates than on the earlier one, the largest first.

    What happened in between and was undone is not in it. The day of each is that from which on it stood as in the end.

    Raises
    ------
    SpanError
        When a date is outside the theatre's span.
    """
    theatre = timeline.theatre
    since, until = sorted((theatre.check_date(first), theatre.check_date(second)))
    found = []
    for place_id, intervals in timeline.intervals.items():
        before, after = _on(intervals, since), _on(intervals, until)
        if not before.holding.same_as(after.holding):
            found.append(Change(after.start, place_id, before.holding, after.holding, after.claims, after.assumed))
    return tuple(sorted(found, key=lambda change: (-_population(theatre, change), change.place_id)))


def comparison_html(theatre: Theatre, changes: Sequence[Change]) -> str:
    """Describe the differences between two dates: a table of gains and losses, then the places by who took from whom."""
    rows = "".join(
        f"<tr><th scope=row>{_dot(theatre, name)}{escape(name)}</th><td>{gained}</td><td>{lost}</td>"
        f"<td>{_signed(gained - lost)}</td></tr>"
        for name, gained, lost in gains_and_losses(theatre, changes)
    )
    head = "<tr><th scope=col>Places</th><th scope=col>gained</th><th scope=col>lost</th><th scope=col>net</th></tr>"
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for change in changes:
        before, after = (brief_holding(theatre, holding) for holding in (change.before, change.after))
        groups[before, after].append(theatre.gazetteer.place(change.place_id).name)
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    lists = "".join(_group(before, after, names) for (before, after), names in ordered)
    return f'<div class="cm-compare"><table>{head}{rows}</table>{lists}</div>'


def show_comparison(timeline: Timeline, day: date, drawn: bool) -> None:
    """Let the reader name a second date, and list what is different; `drawn` says whether anybody can see the list."""
    theatre, settings, state = timeline.theatre, timeline.theatre.settings, st.session_state
    # Links and the map name the date too. It is not the field's own: a run that is cut short before it comes to the field
    # loses what fields hold.
    if state.get(FIELD) != state["compare"]:
        state[FIELD] = state["compare"]
    other = st.date_input(
        f"Compare {long_date(day)} with",
        key=FIELD,
        on_change=_take_over,
        value=None,
        min_value=settings.start,
        max_value=settings.last_day,
        format="YYYY-MM-DD",
        help="Lists the places that stood otherwise on the one date than on the other.",
    )
    if other is None:
        st.caption("Name a second date to read who gained and who lost between the two.")
    elif drawn:
        changes = differences(timeline, day, other)
        since, until = sorted((day, other))
        st.markdown(f"From **{long_date(since)}** to **{long_date(until)}** {_count(len(changes))}")
        if changes:
            st.html(comparison_html(theatre, changes))


def _take_over() -> None:
    """Compare with the date that somebody named in the field."""
    st.session_state["compare"] = st.session_state[FIELD]


def _signed(number: int) -> str:
    return f"{number:+d}".replace("-", "\N{MINUS SIGN}") if number else "0"


def _count(number: int) -> str:
    return escape_markdown(f"{number or 'no'} place{'' if number == 1 else 's'} changed hands or status.")


def _group(before: str, after: str, names: Sequence[str]) -> str:
    shown = ", ".join(escape(name) for name in names[:MOST_NAMES])
    rest = names[MOST_NAMES:]
    more = f"<details><summary>{len(rest)} more</summary>{', '.join(map(escape, rest))}</details>" if rest else ""
    return f"<p><b>{escape(before)} → {escape(after)}</b> ({len(names)})<br>{shown}</p>{more}"


def _dot(theatre: Theatre, name: str) -> str:
    colour = next((actor.colour for actor in theatre.actors.values() if actor.name == name), GREY)
    return f'<i class="cm-dot" style="background:{safe_colour(colour)}"></i>'


def _population(theatre: Theatre, change: Change) -> int:
    return theatre.gazetteer.place(change.place_id).population or 0


def _on(intervals: Sequence[Interval], day: date) -> Interval:
    return intervals[bisect_right(intervals, day, key=lambda interval: interval.start) - 1]
