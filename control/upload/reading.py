"""A sheet, what its columns are, and a person's answers -> reports; every row is used, said twice, undecided or bad."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from control.dates import DateWindow
from control.imports.rows import day_window
from control.ingest import ActorIndex, ingest
from control.model import Alias, Claim, Event, Origin, Report, Source, Waiting
from control.theatre import Theatre
from control.upload.columns import Columns, Role
from control.upload.dates import Order, find_order
from control.upload.drafts import Draft, Drafter
from control.upload.events import nearest_events
from control.upload.places import MOST_GUESSES, Found, PlaceFinder, Settled, Wanted
from control.upload.questions import LEAVE_OUT, Answers, Choice, Kind, Question, question_key
from control.upload.sheet import Fault, Sheet
from control.upload.sources import make_source, source_id
from geo.gazetteer import Match

MOST_ASKED = 60
"""Questions of one kind; what fewer rows wait for is a fault of these rows, to be mended in the file."""

MOST_OF_A_PLACE = 500
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
    return _Reader(sheet, columns, options, answers, theatre, finder or PlaceFinder(theatre)).read()


class _Reader:
    def __init__(
        self, sheet: Sheet, columns: Columns, options: Options, answers: Answers, theatre: Theatre, finder: PlaceFinder
    ) -> None:
        self._sheet, self._columns, self._options, self._answers = sheet, columns, options, answers
        self._theatre, self._finder = theatre, finder
        self._asked: dict[str, tuple[Kind, str, str, tuple[Choice, ...]]] = {}
        self._waiting: dict[str, list[int]] = defaultdict(list)
        self._guesses: set[Wanted] = set()
        self._notes: list[str] = []
        self._countries = ("", *theatre.settings.countries)
        self._plain = ActorIndex(theatre.actors.values())

    def read(self) -> Reading:
        orders = {role: self._order(role) for role in (Role.DATE, Role.PUBLISHED) if role in self._columns}
        drafter = Drafter(
            self._sheet, self._columns, orders, self._theatre.gazetteer.countries, self._options.event, self._answers,
            self._ask,
        )  # fmt: skip
        broken: dict[int, list[Fault]] = defaultdict(list)
        for fault in self._sheet.faults:
            broken[fault.row].append(fault)
        drafts = []
        for line in self._sheet.lines:
            draft = Draft(line, faults=broken[line.number]) if line.number in broken else drafter.draft(line)
            drafts.append(draft)
        matches = {d.line.number: self._place(d, drafter) for d in drafts if d.line.number not in broken}
        for draft in drafts:
            if draft.line.number not in broken:
                self._sides(draft, matches[draft.line.number], drafter)
        questions = self._questions(drafts)
        return self._settle(drafts, matches, questions, drafter)

    def _order(self, role: Role) -> Order | None:
        """Find the order of day and month in a column, or ask for it."""
        cells = self._sheet.column(self._columns[role])
        order, asked = find_order(cells)
        name = self._sheet.header[self._columns[role]]
        if order is not None:
            telling = next(
                (line.number, cell)
                for line, cell in zip(self._sheet.lines, cells, strict=True)
                if find_order([cell])[0] is order
            )
            self._notes.append(f"{name}: the {order} comes first, as row {telling[0]} tells ({telling[1][:20]})")
        if not asked:
            return order
        key = question_key(Kind.ORDER, role)
        if self._answers.get(key) in set(Order):
            return Order(self._answers[key])
        example = next(cell for cell in cells if find_order([cell])[1])
        a, b = example.replace(".", "/").replace("-", "/").split("/")[:2] if example.count("/") == 2 else ("", "")
        shown = (f"{a}.{b}. is day {a} of month {b}", f"{a}/{b} is month {a}, day {b}") if a and b else ("", "")
        self._asked[key] = (
            Kind.ORDER, f"{name}: {example[:20]}", "no cell of the column tells which comes first, or some contradict others",
            (Choice(Order.DAY_FIRST, "day first", shown[0]), Choice(Order.MONTH_FIRST, "month first", shown[1])),
        )  # fmt: skip
        return None

    def _ask(self, kind: Kind, key: str, text: str, why: str, choices: tuple[Choice, ...] = ()) -> None:
        self._asked.setdefault(key, (kind, text, why, choices))

    def _place(self, draft: Draft, drafter: Drafter) -> Match | None:
        wanted, row = draft.wanted, draft.line.number
        if any(fault.column == drafter.name(Role.PLACE) for fault in draft.faults) or not (wanted.name or wanted.position):
            return None
        if wanted.name and not self._finder.is_listed(wanted.name):
            self._guesses.add(wanted)
            if len(self._guesses) > MOST_GUESSES:
                self._guesses.discard(wanted)
                draft.faults.append(
                    Fault(
                        row, drafter.name(Role.PLACE), f"more than {MOST_GUESSES} names that no place has",
                        "names of places", "choose the right column for the place, or split the file",
                    )
                )  # fmt: skip
                return None
        found = self._finder.find(wanted)
        if found.match is not None:
            return found.match
        return self._asked_place(draft, found, drafter)

    def _asked_place(self, draft: Draft, found: Found, drafter: Drafter) -> Match | None:
        wanted = draft.wanted
        position = f"{wanted.position.lat:g}, {wanted.position.lon:g}" if wanted.position else ""
        key = question_key(Kind.PLACE, wanted.name, wanted.country, wanted.admin, position)
        answer = self._answers.get(key, "")
        if answer == LEAVE_OUT:
            wrong = f"{wanted.name or position!r} left out by your choice"
            draft.faults.append(Fault(draft.line.number, drafter.name(Role.PLACE), wrong, "a place", "write another name"))
            return None
        if answer and (chosen := self._finder.chosen(wanted, answer)):
            return chosen
        text = wanted.name or position
        hints = ", ".join(part for part in (wanted.admin, wanted.country, position if wanted.name else "") if part)
        self._ask(Kind.PLACE, key, f"{text} ({hints})" if hints else text, found.why, found.choices)
        draft.waits.append(key)
        return None

    def _sides(self, draft: Draft, match: Match | None, drafter: Drafter) -> None:
        """Ask who is meant by a name that is none of the theatre's actors."""
        country = draft.wanted.country or (match.place.country if match else "")
        for role, name in ((Role.ACTOR, draft.actor), (Role.LOSER, draft.loser)):
            if not name or any(fault.column == drafter.name(role) for fault in draft.faults):
                continue
            meant_in = (country,) if country else self._countries
            if any(self._plain.resolve(name, c) for c in meant_in):
                continue
            key = question_key(Kind.ACTOR, " ".join(name.casefold().split()))
            answer = self._answers.get(key, "")
            if answer == LEAVE_OUT:
                wrong = f"{name[:60]!r} left out by your choice"
                draft.faults.append(Fault(draft.line.number, drafter.name(role), wrong, "a side", "write another name"))
            elif answer not in self._theatre.actors:
                self._ask(Kind.ACTOR, key, name, "no side of this map is called so")
                draft.waits.append(key)

    def _questions(self, drafts: Sequence[Draft]) -> tuple[Question, ...]:
        """Return the questions that sound rows wait for; too many of a kind become faults."""
        for draft in drafts:
            if not draft.faults:
                for key in dict.fromkeys(draft.waits):
                    self._waiting[key].append(draft.line.number)
        ranked = sorted(self._waiting, key=lambda key: (list(Kind).index(self._asked[key][0]), -len(self._waiting[key]), key))
        asked: list[Question] = []
        dropped: set[str] = set()
        for key in ranked:
            kind, text, why, choices = self._asked[key]
            if sum(question.kind is kind for question in asked) >= MOST_ASKED:
                dropped.add(key)
                continue
            if not choices:
                choices = self._suggestions(kind, text)
            asked.append(Question(kind, key, text, why, choices, tuple(self._waiting[key])))
        for draft in drafts:
            for key in dict.fromkeys(draft.waits):
                if key in dropped and not draft.faults:
                    kind, text, why, _ = self._asked[key]
                    remedy = "correct it; there are too many like it to ask about each"
                    draft.faults.append(Fault(draft.line.number, str(kind), f"{text[:60]!r}: {why}", f"a known {kind}", remedy))
        return tuple(asked)

    def _suggestions(self, kind: Kind, name: str) -> tuple[Choice, ...]:
        """Return what a name may mean, the nearest first: some places, or all sides, or all events."""
        if kind is Kind.PLACE:
            return self._finder.suggest(name)
        if kind is Kind.EVENT:
            return tuple(Choice(str(event), event.replace("_", " ")) for event in nearest_events(name))
        near = self._plain.rank(name)
        actors = self._theatre.actors
        return tuple(Choice(actor, actors[actor].name, f"also called {written!r}") for actor, written in near)

    def _settle(
        self, drafts: Sequence[Draft], matches: dict[int, Match | None], questions: tuple[Question, ...], drafter: Drafter
    ) -> Reading:
        index = ActorIndex(self._with_answers())
        sources = self._sources(draft for draft in drafts if not draft.faults and not draft.waits)
        claims: dict[str, Claim] = {}
        of_place: dict[str, int] = defaultdict(int)
        fates: dict[str, list[int]] = {"used": [], "merged": [], "undecided": [], "bad": []}
        for draft in drafts:
            row, match = draft.line.number, matches.get(draft.line.number)
            if not draft.faults and draft.waits:
                fates["undecided"].append(row)
                continue
            claim = None if draft.faults or match is None else self._claim(draft, match, index, sources, drafter)
            if claim is not None and claim.id not in claims:
                of_place[claim.place_id] += 1
                if of_place[claim.place_id] > MOST_OF_A_PLACE:
                    wrong = f"more than {MOST_OF_A_PLACE} rows about {match.place.name if match else ''}"
                    remedy = "keep the rows that tell of a change; tables of every day are for the importer of status tables"
                    draft.faults.append(Fault(row, "", wrong, "fewer rows about one place", remedy))
                    claim = None
            if claim is None:
                fates["bad"].append(row)
            elif claim.id in claims:
                fates["merged"].append(row)
            else:
                claims[claim.id] = claim
                fates["used"].append(row)
        used_sources = {claim.source.id: claim.source for claim in claims.values()}
        return Reading(
            total=len(drafts),
            claims=tuple(claims.values()),
            sources=tuple(used_sources[key] for key in sorted(used_sources)),
            faults=tuple(fault for draft in drafts for fault in draft.faults),
            questions=questions,
            notes=(*self._sheet.notes, *self._notes),
            **{fate: tuple(rows) for fate, rows in fates.items()},
        )

    def _with_answers(self) -> Iterable[object]:
        """Return the actors; a name that a person gave one of them is an alias of it."""
        aliases: dict[str, list[Alias]] = defaultdict(list)
        names = {
            " ".join(name.casefold().split()): name
            for role in (Role.ACTOR, Role.LOSER)
            if role in self._columns
            for name in self._sheet.column(self._columns[role])
            if name
        }
        for key, name in names.items():
            answer = self._answers.get(question_key(Kind.ACTOR, key), "")
            if answer in self._theatre.actors:
                aliases[answer].append(Alias(name))
        return [replace(a, aliases=(*a.aliases, *aliases[a.id])) for a in self._theatre.actors.values()]

    def _sources(self, drafts: Iterable[Draft]) -> dict[str, Source]:
        published: dict[tuple[str, str], set[DateWindow]] = defaultdict(set)
        for draft in drafts:
            if draft.published is not None:
                published[draft.source, draft.url].add(draft.published)
        return {
            source_id(name, url): make_source(name, url, sorted(days), self._options.grade)
            for (name, url), days in published.items()
        }

    def _claim(self, draft: Draft, match: Match, index: ActorIndex, sources: dict[str, Source], drafter: Drafter) -> Claim | None:
        """Make a claim by the rules that hold for all reports; what they object to becomes a fault of the row."""
        row, settings = draft.line.number, self._theatre.settings
        if draft.window is None or draft.event is None:
            return None
        if not settings.start <= draft.window.middle < settings.end:
            draft.faults.append(
                Fault(
                    row, drafter.name(Role.DATE), f"{draft.window} is outside the years of this map", f"a date from {settings.start} to {settings.last_day}",
                    "correct it, or leave the row out",
                )
            )  # fmt: skip
            return None
        report = Report(
            origin=Origin(self._sheet.file, row),
            event_date=draft.window,
            place=draft.wanted.name or match.place.name,
            event=draft.event,
            source=source_id(draft.source, draft.url),
            country=draft.wanted.country or match.place.country,
            actor=draft.actor,
            loser=draft.loser,
            published=draft.published or day_window(draft.window.last),
            credibility=draft.credibility,
            note=draft.note,
        )
        outcome = ingest(report, Settled(match), index, sources)
        if isinstance(outcome, Claim):
            return outcome
        if not isinstance(outcome, Waiting):
            draft.faults += [Fault(row, "", r.wrong, r.expected, r.remedy) for r in outcome]
        return None
