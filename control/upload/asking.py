"""Gathers what only a person can decide of a sheet, and applies what was decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from control.ingest import ActorIndex
from control.model import Actor, Alias
from control.theatre import Theatre
from control.upload.columns import Columns, Role
from control.upload.dates import Order, find_order
from control.upload.drafts import Draft
from control.upload.events import nearest_events
from control.upload.places import MOST_GUESSES, Found, PlaceFinder, Wanted
from control.upload.questions import LEAVE_OUT, Answers, Choice, Kind, Question, question_key
from control.upload.sheet import Fault, Sheet
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
        self._guesses: set[Wanted] = set()
        self.notes: list[str] = []

    def ask(self, kind: Kind, key: str, text: str, why: str, choices: tuple[Choice, ...] = ()) -> None:
        """Note a question; without choices they are suggested when it is put."""
        self._asked.setdefault(key, (kind, text, why, choices))

    def column(self, role: Role) -> str:
        """Name the column of a role, as the sheet does."""
        index = self._columns.get(role)
        return self._sheet.header[index] if index is not None else str(role)

    def order(self, role: Role) -> Order | None:
        """Find the order of day and month in a column of dates, or ask for it."""
        if role not in self._columns:
            return None
        cells = self._sheet.column(self._columns[role])
        order, asked = find_order(cells)
        if order is not None:
            rows = zip(self._sheet.lines, cells, strict=True)
            row, cell = next((line.number, cell) for line, cell in rows if find_order([cell])[0] is order)
            self.notes.append(f"{self.column(role)}: the {order} comes first, as row {row} tells ({cell[:20]})")
        if not asked:
            return order
        key = question_key(Kind.ORDER, role)
        if self._answers.get(key) in set(Order):
            return Order(self._answers[key])
        example = next(cell for cell in cells if find_order([cell])[1])[:20]
        why = "no cell of the column tells which comes first, or some contradict others"
        choices = (Choice(Order.DAY_FIRST, "The day comes first"), Choice(Order.MONTH_FIRST, "The month comes first"))
        self.ask(Kind.ORDER, key, f"{self.column(role)}: {example}", why, choices)
        return None

    def place(self, draft: Draft) -> Match | None:
        """Return the place of a row; without one the row waits, or has a fault."""
        wanted, name = draft.wanted, self.column(Role.PLACE)
        if any(fault.column == name for fault in draft.faults) or not (wanted.name or wanted.position):
            return None
        if wanted.name and not self._finder.is_listed(wanted.name) and wanted not in self._guesses:
            if len(self._guesses) >= MOST_GUESSES:
                wrong = f"more than {MOST_GUESSES} names that no place has"
                remedy = "choose the right column for the place, or split the file"
                draft.faults.append(Fault(draft.line.number, name, wrong, "names of places", remedy))
                return None
            self._guesses.add(wanted)
        found = self._finder.find(wanted)
        return found.match or self._asked_place(draft, found)

    def sides(self, draft: Draft, match: Match | None) -> None:
        """Ask who is meant by names that are none of the theatre's actors."""
        country = draft.wanted.country or (match.place.country if match else "")
        meant_in = (country,) if country else ("", *self._theatre.settings.countries)
        for role, name in ((Role.ACTOR, draft.actor), (Role.LOSER, draft.loser)):
            if not name or any(fault.column == self.column(role) for fault in draft.faults):
                continue
            if any(self._actors.resolve(name, c) for c in meant_in):
                continue
            key = _actor_key(name)
            answer = self._answers.get(key, "")
            if answer == LEAVE_OUT:
                wrong = f"{name[:60]!r} left out by your choice"
                draft.faults.append(Fault(draft.line.number, self.column(role), wrong, "a side", "write another name"))
            elif answer not in self._theatre.actors:
                self.ask(Kind.ACTOR, key, name, "no side of this map is called so")
                draft.waits.append(key)

    def actors(self) -> list[Actor]:
        """Return the theatre's actors; a name that a person gave one of them is an alias of it."""
        aliases: dict[str, list[Alias]] = defaultdict(list)
        sides = [self._columns[role] for role in (Role.ACTOR, Role.LOSER) if role in self._columns]
        names = {" ".join(name.casefold().split()): name for index in sides for name in self._sheet.column(index)}
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
        position = f"{wanted.position.lat:g}, {wanted.position.lon:g}" if wanted.position else ""
        text = wanted.name or position
        key = question_key(Kind.PLACE, wanted.name, wanted.country, wanted.admin, position)
        answer = self._answers.get(key, "")
        if answer == LEAVE_OUT:
            wrong = f"{text!r} left out by your choice"
            fault = Fault(draft.line.number, self.column(Role.PLACE), wrong, "a place", "write another name")
            draft.faults.append(fault)
            return None
        if answer and (chosen := self._finder.chosen(wanted, answer)):
            return chosen
        hints = [part for part in (wanted.admin, wanted.country, position if wanted.name else "") if part]
        self.ask(Kind.PLACE, key, f"{text} ({', '.join(hints)})" if hints else text, found.why, found.choices)
        draft.waits.append(key)
        return None

    def _give_up(self, draft: Draft, put: Iterable[str]) -> None:
        if draft.faults:
            return
        for key in dict.fromkeys(draft.waits):
            if key not in put:
                kind, text, why, _ = self._asked[key]
                wrong, remedy = f"{text[:60]!r}: {why}", "correct it; too many are like it to ask about each"
                draft.faults.append(Fault(draft.line.number, str(kind), wrong, f"a known {kind}", remedy))

    def _suggestions(self, kind: Kind, name: str) -> tuple[Choice, ...]:
        """Return what a name may mean, the nearest first: some places, or all sides, or all events."""
        if kind is Kind.PLACE:
            return self._finder.suggest(name)
        if kind is Kind.EVENT:
            return tuple(Choice(str(event), event.replace("_", " ")) for event in nearest_events(name))
        actors = self._theatre.actors
        ranked = self._actors.rank(name)
        return tuple(Choice(actor, actors[actor].name, f"also called {written!r}") for actor, written in ranked)


def _actor_key(name: str) -> str:
    return question_key(Kind.ACTOR, " ".join(name.casefold().split()))
