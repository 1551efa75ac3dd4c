"""ACLED: battles and transfers of territory, from the user's own export, as derived facts."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from control.imports.account import Imported, UnusableRowError
from control.imports.collect import Draft, Sides, collect_fights
from control.imports.mapping import Party
from control.imports.rows import (
    Row,
    day_of_timestamp,
    day_window,
    read_code,
    read_day,
    read_position,
    span_window,
)
from control.imports.sites import Sites
from control.record.dates import DateWindow, shifted
from control.record.event_kinds import EventKind
from control.record.model import Source
from control.record.theatre import Theatre

COLUMNS = (
    "event_id_cnty", "event_date", "time_precision", "sub_event_type", "actor1", "inter1", "actor2", "inter2", "location",
    "latitude", "longitude", "geo_precision",
)  # fmt: skip
"""Columns of an export that are read; `timestamp` as well, where there is one. All others are left alone."""

ARMED_CLASH = "Armed clash"
REGAINS = "Government regains territory"
OVERTAKES = "Non-state actor overtakes territory"
TRANSFER = "Non-violent transfer of territory"
_TYPES = {name.lower(): name for name in (ARMED_CLASH, REGAINS, OVERTAKES, TRANSFER)}

STATE_FORCES = "1"
_INTER_NAMES = {"state forces": STATE_FORCES}
"""Since 2024 exports write out what used to be a figure; only state forces matter here."""

SOURCE = Source(
    id="acled",
    title="Armed Conflict Location & Event Data",
    publisher="ACLED",
    published=day_window(date(1997, 1, 1)),
    reference="ACLED, Armed Conflict Location & Event Data, https://acleddata.com, the user's own export",
    family="acled",
    grade="B",
    grade_reason="Coded by a research organisation from media and local partners under a published codebook",
    licence="ACLED's terms: rows are not passed on; these are facts derived from them",
)
"""The source of all reports; the date of publication is set by the import."""


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two actors of a row."""

    name: str
    party: Party | None
    is_state: bool

    @property
    def actor(self) -> str:
        """Id of the actor, or empty."""
        return (self.party.actor or "") if self.party else ""


def import_acled(
    path: Path,
    theatre: Theatre,
    parties: Mapping[str, Party],
    *,
    source: Source = SOURCE,
    published: DateWindow | None = None,
) -> Imported:
    """Read an ACLED export (CSV) as reports.

    Parameters
    ----------
    parties
        Name in `actor1`, `actor2` -> actor, as `mapping.read_parties` reads it.
    source
        Under which source the reports stand.
    published
        When the data set was published; by default on the last day it speaks of. A row with a `timestamp` was published on
        the day of that.

    Returns
    -------
    Imported
        Reports without any text of ACLED's: no notes, no names of its actors.

    Raises
    ------
    TableError
        When the file is no such export.

    Notes
    -----
    The order of ACLED's actors has no meaning (codebook, "Event aggregation"). Who took a place is told by the sub-event
    type with `inter1` and `inter2` where exactly one side fights for a state.
    """
    return collect_fights(path, COLUMNS, theatre, parties, source, published, _draft)


def _draft(row: Row, sites: Sites, sides: Sides) -> Draft:
    kind = _TYPES.get(row["sub_event_type"].lower())
    if kind is None:
        raise UnusableRowError("sub-event type that says nothing of who holds a place")
    where = read_code(row["geo_precision"], "123", "geo_precision")
    when = read_code(row["time_precision"], "123", "time_precision")
    if where == 3:
        raise UnusableRowError("geo_precision 3: the coordinate stands for a region, not for a place")
    day = read_day(row["event_date"])
    place = sites.place_of(_names(row["location"]), read_position(row["longitude"], row["latitude"]))
    event, actor, loser, lessened = _change(kind, _side(row, "1", sides), _side(row, "2", sides), sides)
    if when == 3 and event.meaning.settles:
        if kind is TRANSFER:
            raise UnusableRowError(
                "time_precision 3 of a transfer without a fight: the month is too coarse for a change"
            )
        event, (actor, loser) = EventKind.CONTESTED, sorted((actor, loser), key=lambda a: (not a, a))
        lessened = "time_precision 3: a change within a month counts as fighting"
    credibility = 4 if where == 2 and event.meaning.settles else 3 if (where, when) != (1, 1) else 2
    return Draft(
        window=_window(day, when),
        place=place,
        event=event,
        actor=actor,
        loser=loser,
        credibility=credibility,
        note=f"{_NOTES[kind]} (ACLED event {_event_id(row['event_id_cnty'])})",
        published=day_of_timestamp(row.get("timestamp", "")),
        lessened=lessened or ("geo_precision 2: near the place, less credible" if credibility == 4 else ""),
    )


_NOTES = {
    ARMED_CLASH: "armed clash",
    REGAINS: "regained by a government, with fighting",
    OVERTAKES: "taken by others than the government, with fighting",
    TRANSFER: "taken over without fighting",
}


def _change(kind: str, a: _Side, b: _Side, sides: Sides) -> tuple[EventKind, str, str, str]:
    """Event, actor, loser, and why it says less than the row; the sides are told apart by what they fight for."""
    if kind is TRANSFER:
        return _transfer(a, b, sides)
    if kind is ARMED_CLASH:
        return EventKind.CONTESTED, *sides.fighting(a.party, b.party), ""
    states, others = [s for s in (a, b) if s.is_state], [s for s in (a, b) if not s.is_state]
    if len(states) != 1 or not others[0].name:
        reason = "the inter codes do not say which side took the place: it counts as fighting"
        return EventKind.CONTESTED, *sides.fighting(a.party, b.party), reason
    gainer, loser = (states[0], others[0]) if kind is REGAINS else (others[0], states[0])
    if gainer.party is None:
        raise UnusableRowError("the side that took the place is not in the mapping table; add the name")
    if not gainer.actor:
        raise UnusableRowError("the side that took the place is no actor of the theatre, by the mapping table")
    if sides.same_holder(gainer.actor, loser.actor):
        raise UnusableRowError("both sides hold ground for the same actor, by the mapping table")
    return (EventKind.RECAPTURED if kind is REGAINS else EventKind.CAPTURED), gainer.actor, loser.actor, ""


def _transfer(a: _Side, b: _Side, sides: Sides) -> tuple[EventKind, str, str, str]:
    named = [s for s in (a, b) if s.name]
    actors = [s.actor for s in named]
    if len(named) == 2 and not sides.same_holder(*actors):
        raise UnusableRowError("transfer between two named sides: their order has no meaning")
    if not named or named[0].party is None:
        raise UnusableRowError("the side that took the place is not in the mapping table; add the name")
    if not actors[0]:
        raise UnusableRowError("the side that took the place is no actor of the theatre, by the mapping table")
    return EventKind.HANDOVER, min(actors), "", ""


def _side(row: Row, number: str, sides: Sides) -> _Side:
    name, inter = row[f"actor{number}"], row[f"inter{number}"].lower()
    party = sides.party(name)
    is_state = bool(name) and _INTER_NAMES.get(inter, inter) == STATE_FORCES
    if party is not None and party.state is not None:
        is_state = party.state
    return _Side(name, party, is_state)


def _names(location: str) -> list[str]:
    """`Alpha - Old City` is the quarter, and failing that the town."""
    whole = location.strip()
    town = whole.split(" - ")[0].strip()
    return [whole] if town == whole else [whole, town]


def _window(day: date, precision: int) -> DateWindow:
    """Day, week around its middle, or month (codebook, "Time precision codes")."""
    if precision == 1:
        return day_window(day)
    if precision == 2:
        return span_window(shifted(day, -3), shifted(day, 3))
    return span_window(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def _event_id(text: str) -> str:
    """Return the id that the event is cited by; anything else than letters and digits has no business in it."""
    return "".join(c for c in text if c.isascii() and c.isalnum())[:20] or "without id"
