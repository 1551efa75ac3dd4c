"""Series from what assessors publish: a timeline, tables of statuses, dated polygons, intervals as `export csv` has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from control.assessment.model import Holding, Status
from control.assessment.timeline import Timeline
from control.assessors.series import CONTESTED, UNKNOWN, Ints, Series, make_series
from control.imports.account import Ledger, UnusableRowError
from control.imports.mapping import Party, Standing, key
from control.imports.rows import Row, read_day, read_rows
from control.imports.runs import Runs
from control.imports.sites import Sites
from control.record.ingest import ActorIndex
from control.record.theatre import Theatre

Stretches = list[tuple[str, int, int, str]]
"""(place id, start, end, word), days as ordinals."""
INTERVAL_COLUMNS = ("place_id", "start", "end", "status", "actor")


def series_of_timeline(
    name: str, timeline: Timeline, theatre: Theatre | None = None, parties: Mapping[str, Party] | None = None
) -> Series:
    """Return what a timeline says of each place on each day of its span: the holder, contested, or unknown.

    A besieged place is its holder's; a divided one counts as contested, for nobody holds it.

    Parameters
    ----------
    theatre
        Whose places and actors are meant, where the timeline is of another one; ids of places must be the same.
    parties
        Its actors' ids -> who they are in `theatre`; ids that are the same in both need none.
    """
    ledger, found = Ledger(), Stretches()
    target = theatre or timeline.theatre
    words = _Words(target, parties, ledger)
    known = {place.id for place in target.gazetteer.places}
    for place_id in timeline.claims:
        if place_id not in timeline.intervals:
            continue  # an area: it has no holder of its own
        for interval in timeline.intervals[place_id]:
            ledger.rows += 1
            try:
                if place_id not in known:
                    raise UnusableRowError("no such place in places.csv")
                word = words.of(interval.holding)
            except UnusableRowError as error:
                ledger.set_aside(str(error), (), 1)
                continue
            ledger.used += 1
            found.append((place_id, interval.start.toordinal(), interval.end.toordinal(), word))
    account = [] if target is timeline.theatre else _account(ledger)
    return _of_stretches(name, found, account)


def series_of_status_table(
    name: str,
    paths: Sequence[Path],
    theatre: Theatre,
    standings: Mapping[str, Standing],
    columns: Mapping[str, str] | None = None,
) -> Series:
    """Read tables of (place, day, status) as `import status-table` does, but take every day for what it says.

    Days that the table leaves out between two days of one status count for it; between two statuses nothing is said.

    Parameters
    ----------
    columns
        Names of the columns `place`, `date` and `status`; by default the usual ones.

    Raises
    ------
    TableError
        As the import does.
    """
    from control.imports.status_table import StatusColumns, read_runs  # pandas is slow to load

    ledger, sites = Ledger(), Sites(theatre)
    codes = {text: number for number, text in enumerate(standings)}
    runs, _ = read_runs(paths, StatusColumns(**(columns or {})), sites.index, codes, ledger)
    return _of_runs(name, runs, sites, list(standings.values()), theatre, ledger)


def series_of_polygons(
    name: str,
    paths: Sequence[Path],
    theatre: Theatre,
    standings: Mapping[str, Standing],
    columns: Mapping[str, str] | None = None,
    *,
    day: date | None = None,
    outside: str | None = None,
) -> Series:
    """Read dated polygons as `import polygons` does; each date counts up to the next one with the same status.

    Parameters
    ----------
    columns
        Names of the properties `date` and `status`.
    day, outside
        As for the import.

    Raises
    ------
    TableError
        As the import does.
    """
    from control.imports.polygons import PolygonColumns, read_polygon_runs  # geopandas is slow to load

    ledger, sites = Ledger(), Sites(theatre)
    wanted = PolygonColumns(**(columns or {}))
    runs = read_polygon_runs(paths, wanted, sites, standings, ledger, day=day, outside=outside)
    return _of_runs(name, runs, sites, list(standings.values()), theatre, ledger)


def series_of_intervals(
    name: str, paths: Sequence[Path], theatre: Theatre, parties: Mapping[str, Party] | None = None
) -> Series:
    """Read intervals with the columns `place_id`, `start`, `end`, `status`, `actor`, as `export csv` writes them.

    `end` is the first day that is no longer part of it. Rows that cannot be used are set aside with their numbers.

    Parameters
    ----------
    parties
        Name in the column `actor` -> who it is; ids of actors.csv need none.

    Raises
    ------
    TableError
        When a file is missing, too large, or lacks a column.
    """
    ledger, found = Ledger(), []
    words = _Words(theatre, parties, ledger)
    known = {place.id for place in theatre.gazetteer.places if not place.kind.is_area}
    for path in paths:
        for line, row in read_rows(path, INTERVAL_COLUMNS):
            ledger.rows += 1
            try:
                found.append((*_interval(row, known, words), line))
            except UnusableRowError as error:
                ledger.set_aside(str(error), [line])
    stretches, last = Stretches(), ("", 0)
    for place_id, start, end, word, line in sorted(found):
        if place_id == last[0] and start < last[1]:
            ledger.set_aside("overlaps another row of the same place", [line])
            continue
        last = (place_id, end)
        ledger.used += 1
        stretches.append((place_id, start, end, word))
    return _of_stretches(name, stretches, _account(ledger))


def _interval(row: Row | None, known: set[str], words: _Words) -> tuple[str, int, int, str]:
    if row is None:
        raise UnusableRowError("wrong number of cells; expected as many as the header has")
    if row["place_id"] not in known:
        raise UnusableRowError("no such place in places.csv")
    start, end = read_day(row["start"]).toordinal(), read_day(row["end"]).toordinal()
    if end <= start:
        raise UnusableRowError("ends before it starts; expected the first day that is no longer part of it as end")
    if row["status"] not in set(Status):
        raise UnusableRowError(f"the status is none of {', '.join(Status)}")
    return row["place_id"], start, end, words.of(Holding(Status(row["status"]), row["actor"] or None))


class _Words:
    """What is said of a place in the words of a theatre; actors that it lacks are counted."""

    def __init__(self, theatre: Theatre, parties: Mapping[str, Party] | None, ledger: Ledger) -> None:
        self._index = ActorIndex(theatre.actors.values())
        self._ids = theatre.actors.keys()
        self._parties = parties or {}
        self._ledger = ledger

    def of(self, holding: Holding) -> str:
        if holding.status.is_shared:
            return CONTESTED
        if holding.status is Status.UNKNOWN or holding.actor is None:
            return UNKNOWN
        party = self._parties.get(key(holding.actor))
        actor = party.actor if party else holding.actor if holding.actor in self._ids else None
        if party is None and actor is None:
            self._ledger.unmapped(holding.actor)
            raise UnusableRowError("the actor is neither in actors.csv nor in the mapping table")
        if actor is None:
            raise UnusableRowError("the actor is nobody of this theatre, by the mapping table")
        return holder_of(self._index, actor)


def holder_of(index: ActorIndex, actor: str) -> str:
    """Return for whom an actor holds ground: children count for their parent."""
    return index.resolve(actor, "") or actor


def _of_runs(
    name: str, runs: Runs, sites: Sites, standings: Sequence[Standing], theatre: Theatre, ledger: Ledger
) -> Series:
    """Return a series of runs whose last day is part of them; a status beyond `standings` says nothing at all."""
    index = ActorIndex(theatre.actors.values())
    meant = [CONTESTED if s.contested else holder_of(index, s.actor) if s.actor else UNKNOWN for s in standings]
    words = sorted(set(meant))
    code = np.array([words.index(word) for word in meant] or [0], np.int64)
    said = runs.status < len(standings)
    columns = (runs.place[said], runs.first[said], runs.last[said] + 1, code[runs.status[said]])
    return make_series(name, [place.id for place in sites.places], words, columns, _account(ledger))


def _of_stretches(name: str, stretches: Stretches, account: Iterable[str]) -> Series:
    places = sorted({place for place, *_ in stretches})
    words = sorted({word for *_, word in stretches})
    place_code, word_code = ({text: n for n, text in enumerate(names)} for names in (places, words))
    rows = [(place_code[place], start, end, word_code[word]) for place, start, end, word in stretches]
    table: Ints = np.array(rows, np.int64).reshape(-1, 4)
    return make_series(name, places, words, (table[:, 0], table[:, 1], table[:, 2], table[:, 3]), tuple(account))


def _account(ledger: Ledger) -> list[str]:
    return ledger.close().lines()
