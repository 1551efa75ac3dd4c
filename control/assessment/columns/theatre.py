"""The columns of a loaded theatre."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from control.assessment.columns.columns import columns_of
from control.assessment.columns.compiled import IntervalColumns, compile_claims
from control.assessment.policy import BALANCED, Policy
from control.record.theatre import Theatre


@dataclass(frozen=True, slots=True)
class Compiled:
    """Intervals of a theatre, and the ids that their codes stand for."""

    intervals: IntervalColumns
    places: tuple[str, ...]
    actors: tuple[str, ...]


def compile_columns(theatre: Theatre, policy: Policy = BALANCED, known_on: date | None = None) -> Compiled:
    """Assess every place that can be held over the span of the theatre: the intervals of `Timeline`, in columns."""
    places = tuple(sorted(place.id for place in theatre.gazetteer.places if not place.kind.is_area))
    held = set(places)
    actors = tuple(sorted(theatre.actors))
    table, outlets = columns_of([c for c in theatre.claims if c.place_id in held], places, actors)
    active_from = {actors.index(a.id): a.active_from for a in theatre.actors.values() if a.active_from}
    found = compile_claims(
        table, outlets, places=len(places), actors=len(actors), start=theatre.settings.start, end=theatre.settings.end,
        policy=policy, known_on=known_on, active_from=active_from,
    )  # fmt: skip
    return Compiled(found, places, actors)
