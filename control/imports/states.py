"""From runs of a status to reports: what an assessor says at the first and the last day of each run.

Where one holder follows another the first day is a change of hands, not a mere state: two states that contradict each other
would leave the days round the change open when they are near, and one that stands alone among others of the same assessor
would be outvoted by them on its own day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from control.imports.account import Ledger, UnusableRowError
from control.imports.collect import Collector, Draft
from control.imports.mapping import Standing
from control.imports.rows import day_window, span_window
from control.imports.runs import Runs
from control.record.dates import DateWindow, shifted
from control.record.event_kinds import EventKind
from geo.place import Place

FIGHTING_DAYS = 30
"""A run of `contested` is said again after so many days: the built-in policies forget a report of fighting then."""


CHANGE_DAYS = 31
"""A holder that follows another after a longer silence took the place in that time, but is not said to have taken it from
the other: somebody else may have held it in between."""


def add_states(
    collector: Collector,
    ledger: Ledger,
    runs: Runs,
    places: Sequence[Place],
    standings: Sequence[Standing],
    origin: Callable[[int], int],
    *,
    note: str,
    same_day: bool,
) -> None:
    """Add reports for all runs that say something.

    Parameters
    ----------
    places, standings
        What the codes of the runs mean.
    origin
        Number of a row -> line of its file.
    same_day
        Whether the assessor published each day's status on that day.
    """
    columns = (runs.place, runs.first, runs.last, runs.status, runs.row)
    before = _Before()
    for place, first, last, status, row in zip(*(column.tolist() for column in columns), strict=True):
        standing = standings[status]
        if not standing.says_something:
            continue
        if place != before.place:
            before = _Before(place)
        for window, event, loser in _said(standing, date.fromordinal(first), date.fromordinal(last), before):
            draft = Draft(
                window=window,
                place=places[place],
                event=event,
                actor=standing.actor or "",
                loser=loser,
                credibility=2,
                note=note,
                published=window.last if same_day else None,
            )
            try:
                collector.add(draft, origin(row))
            except UnusableRowError as error:
                ledger.set_aside(f"{error}: first or last day of a run", [origin(row)])
        holder = before.holder if standing.contested else standing.actor
        before = _Before(place, holder, date.fromordinal(last))


@dataclass(frozen=True, slots=True)
class _Before:
    """Who held a place in the runs before (through fighting as well), and the last day of them."""

    place: int = -1
    holder: str | None = None
    last: date = date.min


def _said(standing: Standing, first: date, last: date, before: _Before) -> Iterator[tuple[DateWindow, EventKind, str]]:
    """Yield (when, event, loser) of a run."""
    if standing.contested:
        day = first
        while day < last:
            yield day_window(day), EventKind.CONTESTED, ""
            day = shifted(day, FIGHTING_DAYS)
        yield day_window(last), EventKind.CONTESTED, ""
        return
    if before.holder not in {None, standing.actor}:
        silence = (first - before.last).days
        loser = (before.holder or "") if silence <= CHANGE_DAYS else ""
        yield span_window(shifted(before.last, 1), first), EventKind.CAPTURED, loser
        if silence > 1:
            yield (
                day_window(first),
                EventKind.HOLDS,
                "",
            )  # the change was some day before, and the state was seen on this one
    else:
        yield day_window(first), EventKind.HOLDS, ""
    if last > first:
        yield day_window(last), EventKind.HOLDS, ""
