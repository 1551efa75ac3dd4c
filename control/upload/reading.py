"""A sheet, what its columns are, and a person's answers -> reports; every row is used, said twice, undecided or bad."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from control.record.dates import DateWindow
from control.record.event_kinds import EventKind
from control.record.fault import Fault, Origin
from control.record.inexact_matches import InexactMatch, inexact_among
from control.record.ingest import ActorIndex, ingest
from control.record.model import Claim, Report, Source
from control.record.theatre import Settings, Theatre
from control.upload.asking import Asker
from control.upload.coverage import NOT_MEASURED, Coverage, measure
from control.upload.drafts import Draft, Drafter
from control.upload.places import PlaceFinder, Settled, Wanted
from control.upload.positions import read_positions
from control.upload.questions import Answers, Kind, Question
from control.upload.role import Columns, Role
from control.upload.sheet import Sheet, fault_of
from control.upload.sources import make_source, source_id
from geo.gazetteer import Match

MOST_ABOUT = 2000
MOST_OF_A_PLACE = 250
"""Rows about one place: tables of a status a day are for `import status-table`, which joins the days."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a person says of the whole upload.

    Attributes
    ----------
    event
        What a row says happened, where no column does.
    grade
        Admiralty reliability, A to F.
    anyway
        Whether places are asked about even if the sheet seems to be about places elsewhere.
    """

    event: EventKind = EventKind.HOLDS
    grade: str = "C"
    anyway: bool = False


@dataclass(frozen=True)
class Reading:
    """What became of every row.

    Attributes
    ----------
    total
        Rows of the sheet: as many as `used`, `merged`, `undecided` and `bad` together.
    claims, sources
        What the used rows say, a claim each, in the order of the rows; and the sources they name.
    used, merged, undecided, bad
        Numbers of the rows; `merged` are those that say word for word what a used one says.
    faults
        Of the bad rows, by row; a row may have several.
    questions
        What the undecided rows wait for, most rows first within each kind.
    notes
        What a person should know of how it was read.
    about
        The distinct dates and places of the rows, up to so many that one can tell whether a map has them.
    coverage
        How much of it lies in the theatre.
    inexact
        Spellings of used rows that were taken for a place without being one of its names.
    """

    total: int
    claims: tuple[Claim, ...]
    sources: tuple[Source, ...]
    used: tuple[int, ...]
    merged: tuple[int, ...]
    undecided: tuple[int, ...]
    bad: tuple[int, ...]
    faults: tuple[Fault, ...]
    questions: tuple[Question, ...]
    notes: tuple[str, ...]
    about: tuple[tuple[DateWindow | None, Wanted], ...] = ()
    coverage: Coverage = NOT_MEASURED
    inexact: tuple[InexactMatch, ...] = ()


def read_upload(
    sheet: Sheet,
    columns: Columns,
    options: Options,
    answers: Answers,
    theatre: Theatre,
    finder: PlaceFinder | None = None,
) -> Reading:
    """Read a sheet as reports of a theatre. The same arguments give the same reading.

    Parameters
    ----------
    finder
        Of the same theatre; it remembers what it found, so that an answer more costs little.
    """
    finder = finder or PlaceFinder(theatre)
    asker = Asker(sheet, columns, answers, theatre, finder)
    styles = {role: asker.date_style(role) for role in (Role.DATE, Role.PUBLISHED, Role.SINCE)}
    positions = read_positions(sheet, columns, answers, theatre.settings.bbox)
    for asked in positions.asked:
        asker.ask(Kind.COORDINATES, asked.key, asked.text, asked.why, asked.choices)
    drafter = Drafter(sheet, columns, styles, theatre.gazetteer.countries, options.event, answers, asker.ask, positions)
    broken: dict[int, list[Fault]] = defaultdict(list)
    for fault in sheet.faults:
        broken[fault.row].append(fault)
    drafts = [
        Draft(line, faults=broken[n]) if (n := line.number) in broken else drafter.draft(line) for line in sheet.lines
    ]
    about = tuple(islice(dict.fromkeys((draft.window, draft.wanted) for draft in drafts), MOST_ABOUT))
    coverage = measure(about, theatre, finder)
    matches: dict[int, Match | None] = {}
    doubted = _with_doubtful_letters(sheet, columns) if (letters := asker.letters()) else set()
    for draft in drafts:
        if draft.line.number in doubted:
            draft.waits.append(letters)
            continue
        _check_years(draft, theatre.settings, asker.column(Role.DATE))
        if draft.line.number not in broken:
            waiting = draft.line.number in positions.waits  # where it lies is not known yet
            matches[draft.line.number] = match = (
                None if waiting else asker.place(draft, elsewhere=coverage.is_elsewhere and not options.anyway)
            )
            asker.sides(draft, match)
    questions = asker.questions(drafts)
    claims, fates = _settle(drafts, _Maker(sheet.file, asker, options, drafts, matches))
    taken = [(Origin(sheet.file, row, "row"), match) for row in fates["used"] if (match := matches[row]) is not None]
    used_sources = {claim.source.id: claim.source for claim in claims}
    return Reading(
        total=len(drafts),
        claims=claims,
        sources=tuple(used_sources[key] for key in sorted(used_sources)),
        faults=tuple(fault for draft in drafts for fault in draft.faults),
        questions=questions,
        about=about,
        coverage=coverage,
        inexact=inexact_among(taken),
        notes=(*sheet.notes, *asker.notes, *positions.notes),
        **{fate: tuple(rows) for fate, rows in fates.items()},
    )


def _check_years(draft: Draft, settings: Settings, column: str) -> None:
    """Note it when the date of a row lies in no year of the theatre: before anything else is asked about the row."""
    window = draft.window
    if window is not None and not settings.start <= window.middle < settings.end:
        expected = f"a date from {settings.start} to {settings.last_day}"
        wrong = f"{window} is outside the years of this map"
        draft.faults.append(fault_of(draft.line.number, column, wrong, expected, "correct it, or leave the row out"))


def _with_doubtful_letters(sheet: Sheet, columns: Columns) -> set[int]:
    """Return the numbers of the rows in which something is read that is not in plain letters."""
    used = set(columns.values())
    return {line.number for line in sheet.lines if not all(line.cells[index].isascii() for index in used)}


def _settle(drafts: Sequence[Draft], maker: _Maker) -> tuple[tuple[Claim, ...], dict[str, list[int]]]:
    """Give every row one of four fates."""
    claims: dict[str, Claim] = {}
    of_place: dict[str, int] = defaultdict(int)
    fates: dict[str, list[int]] = {"used": [], "merged": [], "undecided": [], "bad": []}
    for draft in drafts:
        row = draft.line.number
        if not draft.faults and draft.waits:
            fates["undecided"].append(row)
            continue
        claim = None if draft.faults else maker.claim(draft)
        if claim is not None and claim.id not in claims and of_place[claim.place_id] >= MOST_OF_A_PLACE:
            wrong = f"more than {MOST_OF_A_PLACE} rows about one place"
            remedy = "keep the rows that tell of a change; tables of every day are for the importer of status tables"
            draft.faults.append(fault_of(row, maker.column(Role.PLACE), wrong, "fewer", remedy))
            claim = None
        if claim is None:
            fates["bad"].append(row)
        elif claim.id in claims:
            fates["merged"].append(row)
        else:
            claims[claim.id] = claim
            of_place[claim.place_id] += 1
            fates["used"].append(row)
    return tuple(claims.values()), fates


class _Maker:
    """Makes claims by the rules that hold for all reports; what they object to becomes a fault of the row."""

    def __init__(
        self,
        file: str,
        asker: Asker,
        options: Options,
        drafts: Sequence[Draft],
        matches: Mapping[int, Match | None],
    ) -> None:
        self._file, self._matches = file, matches
        self._index = ActorIndex(asker.actors())
        self.column = asker.column
        published: dict[tuple[str, str], set[DateWindow]] = defaultdict(set)
        for draft in drafts:
            if not draft.faults and not draft.waits and draft.published:
                published[draft.source, draft.url].add(draft.published)
        self._sources = {
            source_id(name, url): make_source(name, url, sorted(days), options.grade)
            for (name, url), days in published.items()
        }

    def claim(self, draft: Draft) -> Claim | None:
        row, match = draft.line.number, self._matches.get(draft.line.number)
        window, event, published = draft.window, draft.event, draft.published
        if window is None or event is None or published is None or match is None:
            raise AssertionError(f"row {row} has neither a fault nor a question, and is not complete")
        report = Report(
            origin=Origin(self._file, row),
            event_date=window,
            place=draft.wanted.name or match.place.name,
            event=event,
            source=source_id(draft.source, draft.url),
            country=draft.wanted.country or match.place.country,
            actor=draft.actor,
            loser=draft.loser,
            published=published,
            credibility=draft.credibility,
            note=draft.note,
            since=draft.since,
        )
        outcome = ingest(report, Settled(match), self._index, self._sources)
        if isinstance(outcome, Claim):
            return outcome
        if isinstance(outcome, list):
            draft.faults += [fault_of(row, "", r.wrong, r.expected, r.remedy) for r in outcome]
        return None
