"""Feeds of events with a coordinate and a category, such as Liveuamap's: only what a mapping says, and no text of theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from control.imports.account import Imported, Ledger, UnusableRowError
from control.imports.collect import Collector, Draft
from control.imports.mapping import Reading, key
from control.imports.rows import Row, choose_column, day_window, header_of, read_day, read_position, read_rows
from control.imports.sites import Sites, Toponyms
from control.record.dates import DateWindow
from control.record.model import Source
from control.record.theatre import Theatre


@dataclass(frozen=True, slots=True)
class EventColumns:
    """Columns of a feed; empty: the first usual name that the file has."""

    date: str = ""
    lat: str = ""
    lon: str = ""
    category: str = ""
    title: str = ""


_USUAL = {
    "date": ("date", "event_date", "time", "timestamp"),
    "lat": ("lat", "latitude"),
    "lon": ("lon", "lng", "longitude"),
    "category": ("category", "type", "cat"),
}
_TITLES = ("title", "text", "name", "description")


def import_events(
    path: Path,
    theatre: Theatre,
    readings: Mapping[str, Sequence[Reading]],
    source: Source,
    *,
    columns: EventColumns | None = None,
    published: DateWindow | None = None,
) -> Imported:
    """Read a feed of events (CSV) as reports, where the mapping says what they mean.

    Parameters
    ----------
    readings
        Category -> events, as `mapping.read_readings` reads it.
    published
        When it was published; by default each event on its own day.

    Raises
    ------
    TableError
        When the file lacks a column.
    """
    wanted = columns or EventColumns()
    header = header_of(path)
    names = {
        what: choose_column(header, getattr(wanted, what) or None, usual, what, path.name)
        for what, usual in _USUAL.items()
    }
    title = choose_column(header, wanted.title or None, (*_TITLES, names["category"]), "title", path.name)
    ledger = Ledger()
    collector = Collector(theatre, path.name, ledger, Toponyms(theatre))
    make = partial(_draft, names=names, title=title, readings=readings, sites=Sites(theatre), ledger=ledger)
    collector.read(read_rows(path, tuple(names.values())), partial(make, same_day=published is None))
    return collector.result(lambda last: replace(source, published=published or day_window(last)))


def _draft(
    row: Row,
    names: Mapping[str, str],
    title: str,
    readings: Mapping[str, Sequence[Reading]],
    sites: Sites,
    ledger: Ledger,
    same_day: bool,
) -> Draft:
    category = row[names["category"]]
    known = readings.get(key(category))
    if known is None:
        ledger.unmapped(category)
        raise UnusableRowError("the category is not in the mapping table")
    text = key(row[title])
    reading = next((r for r in known if r.contains in text), None)
    if reading is None:
        raise UnusableRowError("the title has none of the words that the mapping table asks for")
    day = read_day(row[names["date"]])
    place = sites.place_of((), read_position(row[names["lon"]], row[names["lat"]]))
    return Draft(
        window=day_window(day),
        place=place,
        event=reading.event,
        actor=reading.actor,
        loser=reading.loser,
        credibility=reading.credibility,
        note="by the category of an event feed",
        published=day if same_day else None,
    )
