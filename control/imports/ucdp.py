"""UCDP GED: deadly fights as evidence that two sides were there, never of who holds a place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from control.imports.account import Imported, UnusableRowError
from control.imports.collect import Draft, Sides, collect_fights
from control.imports.mapping import Party
from control.imports.rows import Row, day_window, read_code, read_day, read_position, span_window
from control.imports.sites import Sites
from control.record.dates import DateWindow
from control.record.event_kinds import EventKind
from control.record.model import Source
from control.record.theatre import Theatre

COLUMNS = (
    "id", "type_of_violence", "side_a", "side_b", "where_prec", "where_coordinates", "latitude", "longitude",
    "event_clarity", "date_prec", "date_start", "date_end",
)  # fmt: skip
"""Columns of the data set that are read; all others are left alone."""

LONGEST_DAYS = 31
"""A fight whose dates are farther apart says too little of any day."""

SOURCE = Source(
    id="ucdp-ged",
    title="UCDP Georeferenced Event Dataset",
    publisher="Uppsala Conflict Data Program",
    published=day_window(date(1989, 1, 1)),
    reference="UCDP GED, https://ucdp.uu.se; Sundberg and Melander 2013, Journal of Peace Research 50(4)",
    family="ucdp",
    grade="B",
    grade_reason="Coded by a university from media and reports under a published codebook",
    licence="CC BY 4.0",
)
"""The source of all reports; the date of publication is set by the import."""


def import_ucdp(
    path: Path,
    theatre: Theatre,
    parties: Mapping[str, Party],
    *,
    source: Source = SOURCE,
    published: DateWindow | None = None,
) -> Imported:
    """Read the UCDP Georeferenced Event Dataset (CSV; candidate events too) as reports of fighting.

    Parameters
    ----------
    parties
        Name in `side_a`, `side_b` -> actor, as `mapping.read_parties` reads it.
    source
        Under which source the reports stand.
    published
        When the version was published; by default on the last day it speaks of.

    Raises
    ------
    TableError
        When the file is no such data set.
    """
    return collect_fights(path, COLUMNS, theatre, parties, source, published, _draft)


def _draft(row: Row, sites: Sites, sides: Sides) -> Draft:
    if read_code(row["type_of_violence"], "123", "type_of_violence") == 3:
        raise UnusableRowError("one-sided violence: it does not say that a place was fought over")
    where = read_code(row["where_prec"], "1234567", "where_prec")
    if where > 2:
        raise UnusableRowError("where_prec 3 or more: the coordinate stands for a district or more")
    if read_code(row["date_prec"], "12345", "date_prec") == 5:
        raise UnusableRowError("date_prec 5: the date is not known within a month")
    first, last = read_day(row["date_start"]), read_day(row["date_end"])
    if last < first:
        raise UnusableRowError("date_end before date_start")
    if (last - first).days >= LONGEST_DAYS:
        raise UnusableRowError(f"more than {LONGEST_DAYS} days from date_start to date_end")
    position = read_position(row["longitude"], row["latitude"])
    place = sites.place_of(_names(row["where_coordinates"]), position)
    actor, loser = sides.fighting(sides.party(row["side_a"]), sides.party(row["side_b"]))
    clear = read_code(row["event_clarity"], "12", "event_clarity") == 1
    number = "".join(c for c in row["id"] if c.isascii() and c.isdigit())[:20]
    return Draft(
        window=span_window(first, last),
        place=place,
        event=EventKind.CONTESTED,
        actor=actor,
        loser=loser,
        credibility=2 if where == 1 and clear else 3 if clear else 4,
        note=f"deadly fighting between the two sides (UCDP GED event {number or 'without id'})",
    )


_CLASSES = (" town", " city", " village")


def _names(location: str) -> list[str]:
    """UCDP writes `Alpha city`, `Beta town`; the bare name comes first."""
    whole = location.strip()
    bare = next((whole[: -len(c)] for c in _CLASSES if whole.lower().endswith(c)), whole)
    return list(dict.fromkeys((bare, whole)))
