"""A sheet, what its columns are, and a person's answers -> reports; every row is used, said twice, undecided or bad."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from control.dates import DateWindow
from control.ingest import ActorIndex, ingest
from control.model import Claim, Event, Origin, Report, Source
from control.theatre import Theatre
from control.upload.asking import Asker
from control.upload.columns import Columns, Role
from control.upload.drafts import Draft, Drafter
from control.upload.places import PlaceFinder, Settled
from control.upload.questions import Answers, Question
from control.upload.sheet import Fault, Sheet
from control.upload.sources import make_source, source_id
from geo.gazetteer import Match

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
    """

    event: Event = Event.HOLDS
    grade: str = "C"


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
    asker = Asker(sheet, columns, answers, theatre, finder or PlaceFinder(theatre))
    orders = {role: asker.order(role) for role in (Role.DATE, Role.PUBLISHED)}
    drafter = Drafter(sheet, columns, orders, theatre.gazetteer.countries, options.event, answers, asker.ask)
    broken: dict[int, list[Fault]] = defaultdict(list)
    for fault in sheet.faults:
        broken[fault.row].append(fault)
    drafts = [
        Draft(line, faults=broken[n]) if (n := line.number) in broken else drafter.draft(line) for line in sheet.lines
    ]
    matches: dict[int, Match | None] = {}
    for draft in drafts:
        if draft.line.number not in broken:
            matches[draft.line.number] = match = asker.place(draft)
            asker.sides(draft, match)
    questions = asker.questions(drafts)
    claims, fates = _settle(drafts, _Maker(sheet.file, theatre, asker, options, drafts, matches))
    used_sources = {claim.source.id: claim.source for claim in claims}
    return Reading(
        total=len(drafts),
        claims=claims,
        sources=tuple(used_sources[key] for key in sorted(used_sources)),
        faults=tuple(fault for draft in drafts for fault in draft.faults),
        questions=questions,
        notes=(*sheet.notes, *asker.notes),
        **{fate: tuple(rows) for fate, rows in fates.items()},
    )


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
            draft.faults.append(Fault(row, maker.column(Role.PLACE), wrong, "fewer", remedy))
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
        theatre: Theatre,
        asker: Asker,
        options: Options,
        drafts: Sequence[Draft],
        matches: Mapping[int, Match | None],
    ) -> None:
        self._file, self._settings, self._matches = file, theatre.settings, matches
        self._index = ActorIndex(asker.actors())
        self.column = asker.column
        published: dict[tuple[str, str], set[DateWindow]] = defaultdict(set)
        for draft in drafts:
            if not draft.faults and not draft.waits and draft.published and self._is_covered(draft.window):
                published[draft.source, draft.url].add(draft.published)
        self._sources = {
            source_id(name, url): make_source(name, url, sorted(days), options.grade)
            for (name, url), days in published.items()
        }

    def _is_covered(self, window: DateWindow | None) -> bool:
        return window is not None and self._settings.start <= window.middle < self._settings.end

    def claim(self, draft: Draft) -> Claim | None:
        row, settings, match = draft.line.number, self._settings, self._matches.get(draft.line.number)
        window, event, published = draft.window, draft.event, draft.published
        if window is None or event is None or published is None or match is None:
            raise AssertionError(f"row {row} has neither a fault nor a question, and is not complete")
        if not self._is_covered(window):
            wrong = f"{window} is outside the years of this map"
            expected = f"a date from {settings.start} to {settings.last_day}"
            fault = Fault(row, self.column(Role.DATE), wrong, expected, "correct it, or leave the row out")
            draft.faults.append(fault)
            return None
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
        )
        outcome = ingest(report, Settled(match), self._index, self._sources)
        if isinstance(outcome, Claim):
            return outcome
        if isinstance(outcome, list):
            draft.faults += [Fault(row, "", r.wrong, r.expected, r.remedy) for r in outcome]
        return None
