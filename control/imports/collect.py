"""From drafts of reports to reports: alike ones are merged, those outside the theatre's span set aside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from control.imports.account import Imported, Ledger, UnusableRowError
from control.imports.mapping import Party, key
from control.imports.rows import Row, day_window, read_rows
from control.imports.sites import Sites, Toponyms
from control.record.dates import DateWindow
from control.record.event_kinds import EventKind
from control.record.fault import Origin
from control.record.ingest import ActorIndex
from control.record.model import Report, Source
from control.record.tables import TableError
from control.record.theatre import Theatre
from geo.place import Place

MAX_REPORTS = 2_000_000
"""More reports than that from one import are refused: a theatre is not read with so many."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What one row says, resolved.

    Attributes
    ----------
    actor, loser
        Ids of actors, or empty.
    lessened
        Why it says less than the row does; empty: it says all.
    """

    window: DateWindow
    place: Place
    event: EventKind
    actor: str
    loser: str
    credibility: int
    note: str
    published: date | None = None
    lessened: str = ""


class Collector:
    """Gathers drafts under one source; rows that say the same become one report, the most credible of them."""

    def __init__(self, theatre: Theatre, file: str, ledger: Ledger, toponyms: Toponyms) -> None:
        self._settings = theatre.settings
        self._file = file
        self._ledger = ledger
        self._toponyms = toponyms
        self._drafts: dict[tuple[str, str, EventKind, str, str], tuple[Draft, int]] = {}
        self.last_day: date | None = None

    def read(self, rows: Iterable[tuple[int, Row | None]], make: Callable[[Row], Draft]) -> None:
        """Make a draft of every row and add it; note the fate of each row."""
        for line, row in rows:
            self._ledger.rows += 1
            try:
                if row is None:
                    raise UnusableRowError("wrong number of cells; expected as many as the header has")
                draft = make(row)
                self.add(draft, line)
            except UnusableRowError as error:
                self._ledger.set_aside(str(error), [line])
                continue
            self._ledger.used += 1
            if draft.lessened:
                self._ledger.lessen(draft.lessened, [line])

    def add(self, draft: Draft, line: int) -> None:
        """Add what a row says.

        Raises
        ------
        UnusableRowError
            When it is outside the span of the theatre.
        """
        if not self._settings.start <= draft.window.middle < self._settings.end:
            raise UnusableRowError(f"outside the span of the theatre, [{self._settings.start}, {self._settings.end})")
        self.last_day = max(self.last_day or draft.window.last, draft.window.last)
        alike = (draft.window.text, draft.place.id, draft.event, draft.actor, draft.loser)
        if alike in self._drafts:
            self._ledger.merged += 1
            other, other_line = self._drafts[alike]
            # by content, so that the order of rows does not matter
            if (other.credibility, other.note, other_line) <= (draft.credibility, draft.note, line):
                return
        elif len(self._drafts) >= MAX_REPORTS:
            raise TableError(f"{self._file}:{line}: more than {MAX_REPORTS} reports; split the file by years")
        self._drafts[alike] = (draft, line)

    def result(self, source: Callable[[date], Source]) -> Imported:
        """Return the import; `source` makes the source from the last day that the data set speaks of."""
        made = source(self.last_day or self._settings.last_day)
        ordered = sorted(self._drafts.values(), key=lambda d: (d[0].window, d[0].place.id, d[0].event, _sides(d[0])))
        reports = tuple(
            Report(
                origin=Origin(self._file, line),
                event_date=draft.window,
                place=self._toponyms.written(draft.place),
                event=draft.event,
                source=made.id,
                country=draft.place.country,
                actor=draft.actor,
                loser=draft.loser,
                published=day_window(max(draft.published, draft.window.first)) if draft.published else None,
                credibility=draft.credibility,
                note=draft.note,
            )
            for draft, line in ordered
        )
        return Imported(reports, made, self._ledger.close(), dict(sorted(self._toponyms.spellings.items())))


def _sides(draft: Draft) -> tuple[str, str]:
    return draft.actor, draft.loser


def collect_fights(
    path: Path,
    columns: Sequence[str],
    theatre: Theatre,
    parties: Mapping[str, Party],
    source: Source,
    published: DateWindow | None,
    draft: Callable[[Row, Sites, Sides], Draft],
) -> Imported:
    """Read a table whose rows tell of two sides at a position, a `draft` a row.

    Parameters
    ----------
    columns
        Those that are read.
    published
        When the data set was published; by default on the last day it speaks of.

    Raises
    ------
    TableError
        When the file lacks a column, or is no table.
    """
    ledger = Ledger()
    collector = Collector(theatre, path.name, ledger, Toponyms(theatre))
    sites, sides = Sites(theatre), Sides(theatre, dict(parties), ledger)
    collector.read(read_rows(path, columns), lambda row: draft(row, sites, sides))
    return collector.result(lambda last: replace(source, published=published or day_window(last)))


class Sides:
    """The two parties of a row, by the user's table; names that it lacks are counted."""

    def __init__(self, theatre: Theatre, parties: dict[str, Party], ledger: Ledger) -> None:
        self._index = ActorIndex(theatre.actors.values())
        self._parties = parties
        self._ledger = ledger

    def party(self, name: str) -> Party | None:
        """Return what a name means; `None`, and a note in the ledger, when the table lacks it."""
        found = self._parties.get(key(name))
        if found is None and name:
            self._ledger.unmapped(name)
        return found

    def same_holder(self, a: str, b: str) -> bool:
        """Whether two actors hold ground for the same one."""
        return bool(a and b) and self._index.resolve(a, "") == self._index.resolve(b, "")

    def fighting(self, a: Party | None, b: Party | None) -> tuple[str, str]:
        """Return the actors of a fight in the order of their ids: neither is its winner.

        Raises
        ------
        UnusableRowError
            When neither is an actor of the theatre, or both hold ground for the same one.
        """
        if a is None and b is None:
            raise UnusableRowError("neither side is in the mapping table; add the names")
        known = sorted(p.actor for p in (a, b) if p and p.actor)
        if not known:
            raise UnusableRowError("neither side is an actor of the theatre, by the mapping table")
        first, second = (*known, "")[:2]
        if self.same_holder(first, second):
            raise UnusableRowError("both sides hold ground for the same actor, by the mapping table")
        return first, second
