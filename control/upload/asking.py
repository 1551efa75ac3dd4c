"""Gathers what only a person can decide of a sheet, and applies what was decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from control.record.ingest import ActorIndex, written_sides
from control.record.model import Actor, Alias
from control.record.parties import read_parties
from control.record.theatre import Theatre
from control.upload.date_columns import DateColumn
from control.upload.dates import PLAIN, DateStyle
from control.upload.drafts import Draft
from control.upload.events import nearest_events
from control.upload.letters import letter_choices
from control.upload.places import MOST_WORK, Found, PlaceFinder, Wanted
from control.upload.questions import LEAVE_OUT, Answers, Choice, Kind, Question, letters_key, question_key
from control.upload.role import Columns, Role
from control.upload.sheet import Sheet, fault_of
from geo.gazetteer import Match

MOST_ASKED = 60
"""Questions of one kind; what fewer rows wait for is a fault of these rows, to be mended in the file."""


class Asker:
    """Finds places and sides for the rows of a sheet, and asks where they are not sure.

    Parameters
    ----------
    sheet, columns, answers, theatre, finder
        As for `reading.read_upload`.
    """

    def __init__(self, sheet: Sheet, columns: Columns, answers: Answers, theatre: Theatre, finder: PlaceFinder) -> None:
        self._sheet, self._columns, self._answers = sheet, columns, answers
        self._theatre, self._finder = theatre, finder
        self._actors = ActorIndex(theatre.actors.values())
        self._asked: dict[str, tuple[Kind, str, str, tuple[Choice, ...]]] = {}
        self._looked_up: set[Wanted] = set()
        self._heard: set[str] = set()
        self._work = 0
        self.notes: list[str] = []

    def ask(self, kind: Kind, key: str, text: str, why: str, choices: tuple[Choice, ...] = ()) -> None:
        """Note a question; without choices they are suggested when it is put."""
        self._asked.setdefault(key, (kind, text, why, choices))

    def column(self, role: Role) -> str:
        """Name the column of a role, as the sheet does."""
        index = self._columns.get(role)
        return self._sheet.header[index] if index is not None else str(role)

    def date_style(self, role: Role) -> DateStyle:
        """Find how the dates of a column are written, or ask for it."""
        if role not in self._columns:
            return PLAIN
        cells = self._sheet.column(self._columns[role])
        rows = ((line.number, cell) for line, cell in zip(self._sheet.lines, cells, strict=True))
        column = DateColumn(
            self.column(role), role, rows, self._theatre.settings, self._sheet.epoch, self._answers, self.ask
        )
        self.notes += column.notes
        return column.style

    def letters(self) -> str:
        """Ask how the letters of the file are to be read, where it does not say so; return the question, once it is open."""
        sheet = self._sheet
        if not sheet.encoding:
            return ""
        key = letters_key(sheet.file)
        if self._answers.get(key) == sheet.encoding:
            return ""
        why = "the file does not say how its letters are written"
        self.ask(Kind.LETTERS, key, sheet.file, why, letter_choices(sheet))
        return key

    def place(self, draft: Draft, *, elsewhere: bool) -> Match | None:
        """Return the place of a row; without one the row waits, or has a fault.

        Parameters
        ----------
        elsewhere
            Whether the sheet is about other places than this map's: then nothing is asked.
        """
        wanted, name = draft.wanted, self.column(Role.PLACE)
        if any(fault.column == name for fault in draft.faults) or not (wanted.name or wanted.position):
            return None
        if wrong := self._too_many(wanted):
            remedy = "choose the right column for the place, or split the file"
            draft.faults.append(fault_of(draft.line.number, name, wrong, "names of places", remedy))
            return None
        found = self._finder.find(wanted)
        if found.match is None and (elsewhere or self._finder.is_elsewhere(wanted.name)):
            wrong = f"{self._written(wanted)!r} is not on this map"
            remedy = "leave the row out, or open a map that has the place"
            draft.faults.append(fault_of(draft.line.number, name, wrong, "a place of this map", remedy))
            return None
        return found.match or self._asked_place(draft, found)

    def _too_many(self, wanted: Wanted) -> str:
        """Count what takes long to look up, each distinct request once; say so when it is too much."""
        if wanted in self._looked_up or self._finder.is_plain(wanted):
            return ""
        if self._work <= MOST_WORK:
            self._work += self._finder.cost(wanted, self._heard)
        if self._work > MOST_WORK:
            return "too many different names, hints and coordinates that no list has"
        self._looked_up.add(wanted)
        return ""

    def sides(self, draft: Draft, match: Match | None) -> None:
        """Ask who is meant by names that are none of the theatre's actors."""
        country = draft.wanted.country or (match.place.country if match else "")
        meant_in = (country,) if country else ("", *self._theatre.settings.countries)
        written = written_sides(draft.event, draft.actor, draft.loser) if draft.event else []
        for role, name in ((Role(column), party.name) for column, party in written):
            if not name or any(fault.column == self.column(role) for fault in draft.faults):
                continue
            if any(self._actors.resolve(name, c) for c in meant_in):
                continue
            key = _actor_key(name)
            answer = self._answers.get(key, "")
            if answer == LEAVE_OUT:
                wrong = f"{name[:60]!r} left out by your choice"
                draft.faults.append(
                    fault_of(draft.line.number, self.column(role), wrong, "a side", "write another name")
                )
            elif answer not in self._theatre.actors:
                self.ask(Kind.ACTOR, key, name, "no side of this map is called so")
                draft.waits.append(key)

    def actors(self) -> list[Actor]:
        """Return the theatre's actors; a name that a person gave one of them is an alias of it."""
        aliases: dict[str, list[Alias]] = defaultdict(list)
        sides = [self._columns[role] for role in (Role.ACTOR, Role.LOSER) if role in self._columns]
        cells = [cell for index in sides for cell in self._sheet.column(index)]
        written = [*cells, *(party.name for cell in cells if ";" in cell for party in read_parties(cell))]
        names = {" ".join(name.casefold().split()): name for name in written}
        for name in names.values():
            answer = self._answers.get(_actor_key(name), "")
            if answer in self._theatre.actors:
                aliases[answer].append(Alias(name))
        return [replace(a, aliases=(*a.aliases, *aliases[a.id])) for a in self._theatre.actors.values()]

    def questions(self, drafts: Sequence[Draft]) -> tuple[Question, ...]:
        """Return the questions that sound rows wait for, most rows first; too many of a kind become faults of the rows."""
        waiting: dict[str, list[int]] = defaultdict(list)
        for draft in drafts:
            for key in () if draft.faults else dict.fromkeys(draft.waits):
                waiting[key].append(draft.line.number)
        kinds = list(Kind)
        ranked = sorted(waiting, key=lambda key: (kinds.index(self._asked[key][0]), -len(waiting[key]), key))
        put: dict[str, Question] = {}
        for key in ranked:
            kind, text, why, choices = self._asked[key]
            if sum(question.kind is kind for question in put.values()) < MOST_ASKED:
                choices = choices or self._suggestions(kind, text)
                put[key] = Question(kind, key, text, why, choices, tuple(waiting[key]))
        for draft in drafts:
            self._give_up(draft, put)
        # a row that has been given up waits for nothing any more
        bad = {draft.line.number for draft in drafts if draft.faults}
        left = [replace(q, rows=tuple(row for row in q.rows if row not in bad)) for q in put.values()]
        return tuple(question for question in left if question.rows)

    def _asked_place(self, draft: Draft, found: Found) -> Match | None:
        wanted = draft.wanted
        position, text = _position(wanted), self._written(wanted)
        key = question_key(Kind.PLACE, wanted.name, wanted.country, wanted.admin, position)
        answer = self._answers.get(key, "")
        if answer == LEAVE_OUT:
            wrong = f"{text!r} left out by your choice"
            fault = fault_of(draft.line.number, self.column(Role.PLACE), wrong, "a place", "write another name")
            draft.faults.append(fault)
            return None
        if answer and (chosen := self._finder.chosen(wanted, answer)):
            return chosen
        hints = [part for part in (wanted.admin, wanted.country, position if wanted.name else "") if part]
        self.ask(Kind.PLACE, key, f"{text} ({', '.join(hints)})" if hints else text, found.why, found.choices)
        draft.waits.append(key)
        return None

    def _written(self, wanted: Wanted) -> str:
        return wanted.name or _position(wanted)

    def _give_up(self, draft: Draft, put: Iterable[str]) -> None:
        if draft.faults:
            return
        for key in dict.fromkeys(draft.waits):
            if key not in put:
                kind, text, why, _ = self._asked[key]
                wrong, remedy = f"{text[:60]!r}: {why}", "correct it; too many are like it to ask about each"
                draft.faults.append(fault_of(draft.line.number, str(kind), wrong, f"a known {kind}", remedy))

    def _suggestions(self, kind: Kind, name: str) -> tuple[Choice, ...]:
        """Return what a name may mean, the nearest first: some places, or all sides, or all events."""
        if kind is Kind.PLACE:
            return self._finder.suggest(name)
        if kind is Kind.EVENT:
            return tuple(Choice(str(event), event.replace("_", " ")) for event in nearest_events(name))
        actors = self._theatre.actors
        ranked = self._actors.rank(name)
        return tuple(Choice(actor, actors[actor].name, f"also called {written!r}") for actor, written in ranked)


def _position(wanted: Wanted) -> str:
    return f"{wanted.position.lat:g}, {wanted.position.lon:g}" if wanted.position else ""


def _actor_key(name: str) -> str:
    return question_key(Kind.ACTOR, " ".join(name.casefold().split()))
