"""Two dates compared: which places passed from whom to whom, and what each side gained and lost."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from control.app.resuming import carry_out, is_resumed
from control.app.session_state import COMPARE_FIELD, session
from control.app.widgets.colours import safe_colour
from control.app.widgets.html_template import render_html
from control.assessment.changes import Balance, Change, ChangeKind, balances
from control.assessment.timeline import Timeline
from control.record.date_words import long_date
from control.record.theatre import Theatre
from control.words.assessments import brief_change

MOST_NAMES = 12
"""So many places are named at once of those that passed the same way; the others are one click away."""


def comparison_html(theatre: Theatre, changes: Sequence[Change]) -> str:
    """Describe the differences between two dates: a table of gains and losses, then the places by what became of them."""
    columns, rows = _balance_table(theatre, balances(changes))
    groups: dict[str, list[str]] = defaultdict(list)
    for change in sorted(changes, key=lambda change: (-_population(theatre, change), change.place_id)):
        groups[brief_change(theatre, change)].append(theatre.gazetteer.place(change.place_id).name)
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    return render_html("comparison.html", columns=columns, rows=rows, groups=ordered, most_names=MOST_NAMES)


@dataclass(frozen=True)
class BalanceRow:
    """What an actor gained and lost, as it is printed."""

    actor: str
    colour: str
    cells: tuple[str, ...]


def _balance_table(theatre: Theatre, found: Sequence[Balance]) -> tuple[list[str], list[BalanceRow]]:
    """Return the columns and rows of gains and losses; columns of knowledge only where there is something in them."""
    columns: dict[str, Callable[[Balance], str]] = {
        "gained": lambda b: str(b.gained),
        "lost": lambda b: str(b.lost),
        "net": lambda b: _signed(b.net),
    }
    if any(balance.newly_known for balance in found):
        columns["newly known"] = lambda b: str(b.newly_known)
    if any(balance.no_longer_confirmed for balance in found):
        columns["no longer confirmed"] = lambda b: str(b.no_longer_confirmed)
    rows = []
    for balance in found:
        actor = theatre.actors[balance.actor]
        cells = tuple(cell(balance) for cell in columns.values())
        rows.append(BalanceRow(actor.short_name, safe_colour(actor.colour), cells))
    return list(columns), rows


def show_comparison(timeline: Timeline, day: date, drawn: bool) -> None:
    """Let the reader name a second date, and list what is different; `drawn` says whether anybody can see the list."""
    theatre, settings = timeline.theatre, timeline.theatre.settings
    # Links and the map name the date too. It is not the field's own: a run that is cut short before it comes to the field
    # loses what fields hold.
    if session.compare_field != session.compare and not is_resumed():
        session.compare_field = session.compare
    other = st.date_input(
        f"Compare {long_date(day)} with",
        key=COMPARE_FIELD,
        on_change=_take_over,
        value=None,
        min_value=settings.start,
        max_value=settings.last_day,
        format="YYYY-MM-DD",
        help="Lists the places that stood otherwise on the one date than on the other.",
    )
    carry_out(is_resumed() and other != session.compare, _take_over)
    if other is None:
        st.caption("Name a second date to read who gained and who lost between the two.")
    elif drawn:
        changes = timeline.differences(day, other)
        since, until = sorted((day, other))
        st.markdown(f"From **{long_date(since)}** to **{long_date(until)}** {count_words(changes)}")
        if changes:
            st.html(comparison_html(theatre, changes))
            st.caption(
                "Counted in places, by reports alone, as in the legend of the map; there, what rests on an estimate is "
                "counted apart (est.). A contested place counts as its last holder's."
            )


def _take_over() -> None:
    """Compare with the date that somebody named in the field."""
    session.compare = session.compare_field


def _signed(number: int) -> str:
    return f"{number:+d}".replace("-", "\N{MINUS SIGN}") if number else "0"


def count_words(changes: Sequence[Change]) -> str:
    """Say how many places changed hands, became known or are no longer confirmed, or changed status alone."""
    kinds = Counter(change.kind for change in changes)
    passed = kinds[ChangeKind.PASSED]
    known = kinds[ChangeKind.FIRST_KNOWN] + kinds[ChangeKind.KNOWN_AGAIN]
    faded = kinds[ChangeKind.NO_LONGER_CONFIRMED]
    rest = len(changes) - passed - known - faded
    said = [f"{passed or 'no'} place{'' if passed == 1 else 's'} changed hands"]
    said += [f"{known} became known"] if known else []
    said += [f"{faded} {'is' if faded == 1 else 'are'} no longer confirmed"] if faded else []
    said += [f"{rest} changed status alone"] if rest else []
    return f"{', '.join(said)}."


def _population(theatre: Theatre, change: Change) -> int:
    return theatre.gazetteer.place(change.place_id).population or 0
