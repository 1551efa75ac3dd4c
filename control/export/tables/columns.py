"""The data dictionary: the rows of our tables, and what each of their columns means.

A row is a `TypedDict`: its keys in order are the columns, their types those of the columns, and mypy compares both with
what fills them.
"""

from __future__ import annotations

from datetime import date
from types import NoneType
from typing import TypedDict, get_args, get_type_hints

from control.assessment.changes import ChangeKind


class PlaceRecord(TypedDict):
    """A place, without its position."""

    place_id: str
    name: str
    kind: str
    country: str
    admin: str | None
    population: int | None


class _WhereAndWhen(TypedDict):
    lon: float
    lat: float
    start: date
    end: date


class HoldingRecord(TypedDict):
    """How a place is held, and by whom."""

    status: str
    actor: str | None
    actor_name: str | None
    colour: str | None
    rivals: str | None
    besieger: str | None


class PlaceSpanRow(PlaceRecord, _WhereAndWhen, HoldingRecord):
    """A holding of a place over [start, end)."""

    probability: float | None
    probability_least: float | None
    assumed: bool
    rule: str
    reports: str | None


class ChangeRow(TypedDict):
    """What changed hands."""

    date: date
    place_id: str
    name: str
    lon: float
    lat: float
    change: str
    status_before: str
    actor_before: str | None
    status_after: str
    actor_after: str | None
    assumed: bool
    reports: str


class AreaRecord(TypedDict):
    """An area: whose it is, what that rests on, and how large it is."""

    actor: str | None
    actor_name: str | None
    colour: str | None
    standing: str
    estimated: bool
    rivals: str | None
    within_reach: bool
    area_km2: float


class FrontRecord(TypedDict):
    """A front: its sides, where it runs, how long it is."""

    name: str
    actor: str
    actor_name: str
    other_actor: str
    other_actor_name: str
    estimated: bool
    length_km: float
    assessed_km: float
    river: str | None
    near: str


class _When(TypedDict):
    start: date
    end: date


class AreaRow(_When, AreaRecord):
    """An area over [start, end)."""


class FrontRow(_When, FrontRecord):
    """A front over [start, end)."""


PLACE_COLUMNS = tuple(get_type_hints(PlaceSpanRow))
CHANGE_COLUMNS = tuple(get_type_hints(ChangeRow))
AREA_COLUMNS = tuple(get_type_hints(AreaRow))
FRONT_COLUMNS = tuple(get_type_hints(FrontRow))


def _types(row: type) -> dict[str, type]:
    """Return the type of each column of a row, whether or not it may be empty."""
    hints = get_type_hints(row)
    return {column: next((t for t in get_args(hint) if t is not NoneType), hint) for column, hint in hints.items()}


TYPES = _types(PlaceSpanRow) | _types(ChangeRow) | _types(AreaRow) | _types(FrontRow)
"""Type of each column: `str`, `int`, `float`, `bool` or `date`."""
MEANINGS = {
    "place_id": "id of the place: of GeoNames where it is a number",
    "name": "main name of the place; of a front: its sides and where it runs",
    "kind": "feature class: town, quarter, air-base ...",
    "country": "ISO 3166-1 alpha-2",
    "admin": "first-level division",
    "population": "persons, of the gazetteer and not of the date; empty is not known",
    "lon": "longitude, degrees east, WGS84",
    "lat": "latitude, degrees north, WGS84",
    "start": "first day",
    "end": "first day that is no longer part of it",
    "status": "controlled, contested, divided, besieged or unknown",
    "actor": "id of the holder; of contested ground: whose it was last; of divided: who has most; of a front: one side",
    "actor_name": "its name",
    "colour": "its colour, #rrggbb",
    "rivals": "ids of the others who are named for contested ground or hold parts of divided, parted by semicolons",
    "besieger": "id of who besieges the place",
    "probability": "0-1 that the actor holds it, mean of the days; empty when nobody is named",
    "probability_least": "the same, least of the days",
    "assumed": "true when no report names the day `start`; of a change: its date",
    "rule": "the rule that decided, in words",
    "reports": "dates and titles of the reports behind it, parted by semicolons",
    "export_id": "id of the snapshot or series; the same id, the same answers",
    "standing": "assessed, estimated, contested, divided, unknown, or nobody (beyond the reach of any place)",
    "estimated": "true when it rests on no report of its own; of a front: when any part of it does",
    "within_reach": "false for ground that lies beyond the reach of any place",
    "area_km2": "square kilometres, equal-area",
    "other_actor": "id of the other side of a front",
    "other_actor_name": "its name",
    "length_km": "length of a front, kilometres",
    "assessed_km": "how much of it lies between places that reports tell of, kilometres",
    "river": "river on which at least half of a front lies",
    "near": "places nearest to the ends of a front",
    "date": "day of a change: the first on which it is as it is after it",
    "change": "what is new: " + ", ".join(ChangeKind),
    "status_before": "status on the day before",
    "actor_before": "id of the holder on the day before; empty when nobody is known",
    "status_after": "status from the day on",
    "actor_after": "id of the holder from the day on; empty when nobody is known",
}
