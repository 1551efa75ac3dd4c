"""One row of a sheet as far as it can be read by itself: its date, event, sides and numbers, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from control.imports.rows import day_window
from control.record.dates import DateError, DateWindow
from control.record.event_kinds import EventKind, Move
from control.record.fault import Fault
from control.upload.date_grammar import OpenEndError
from control.upload.dates import FORMS, PLAIN, DateStyle, ShortYearError, UndecidedDateError, read_date
from control.upload.events import NO_CHANGE, means_contested, read_event
from control.upload.page_layout import COMPUTE
from control.upload.places import MAX_NAME, Wanted
from control.upload.positions import FORMS as COORDINATES
from control.upload.positions import Positions
from control.upload.questions import LEAVE_OUT, Answers, Kind, question_key
from control.upload.role import Columns, Role
from control.upload.sheet import MAX_CELL, NO_RESULT, Line, Sheet, clean, fault_of
from geo.names import fold
from geo.place import LonLat

CREDIBILITIES = {
    "confirmed": 1, "certain": 1, "probable": 2, "probably true": 2, "high": 2, "possible": 3, "possibly true": 3,
    "medium": 3, "doubtful": 4, "low": 4, "improbable": 5, "very low": 5, "unknown": 6, "cannot be judged": 6,
}  # fmt: skip
"""Words for Admiralty credibility; figures are taken as they are."""

MAX_SIDE = 200
_REMEDIES: dict[type[DateError], str] = {
    ShortYearError: "write the year with four digits",
    OpenEndError: "give both ends, as in 2017-11-03/2017-11-09",
}


@dataclass
class Draft:
    """A row on its way: what it says, what is wrong with it, and which questions it waits for."""

    line: Line
    window: DateWindow | None = None
    published: DateWindow | None = None
    since: DateWindow | None = None
    event: EventKind | None = None
    actor: str = ""
    loser: str = ""
    wanted: Wanted = field(default_factory=lambda: Wanted(""))
    source: str = ""
    url: str = ""
    credibility: int = 6
    note: str = ""
    faults: list[Fault] = field(default_factory=list)
    waits: list[str] = field(default_factory=list)


Ask = Callable[[Kind, str, str, str], None]
"""Note a question: its kind, key, text, and why it is asked."""


class Drafter:
    """Reads rows by the columns that a person confirmed.

    Parameters
    ----------
    styles
        Role of a date column -> how its dates are written.
    countries
        ISO code -> name.
    default
        What a row says happened, when there is no column for it.
    """

    def __init__(
        self,
        sheet: Sheet,
        columns: Columns,
        styles: dict[Role, DateStyle],
        countries: dict[str, str],
        default: EventKind,
        answers: Answers,
        ask: Ask,
        positions: Positions,
    ) -> None:
        self._sheet = sheet
        self._columns = columns
        self._styles = styles
        self._codes = {fold(text): code for code, name in countries.items() for text in (code, name)}
        self._default = default
        self._answers = answers
        self._ask = ask
        self._positions = positions

    def draft(self, line: Line) -> Draft:
        """Read a row; all that is wrong with it is noted."""
        draft = Draft(line)
        for role, index in self._columns.items():
            if len(line.cells[index]) > MAX_CELL:
                self._fault(
                    draft, role, f"a cell of {len(line.cells[index])} characters", f"at most {MAX_CELL}", "shorten it"
                )
            elif clean(line.cells[index]) == NO_RESULT and role is not Role.NOTE:
                self._fault(draft, role, "a formula without its result", "a value", COMPUTE)
        if draft.faults:
            return draft
        draft.window = self._date(draft, Role.DATE, needed=True)
        draft.published = self._date(draft, Role.PUBLISHED, needed=False)
        draft.since = self._date(draft, Role.SINCE, needed=False)
        if draft.published is None and draft.window is not None:
            draft.published = day_window(draft.window.last)
        draft.actor, draft.loser = self._cell(line, Role.ACTOR), self._cell(line, Role.LOSER)
        draft.event = self._event(draft)
        for role, side in ((Role.ACTOR, draft.actor), (Role.LOSER, draft.loser)):
            if len(side) > MAX_SIDE:
                self._fault(draft, role, "a name of more than 200 characters", "the name of a side", "shorten it")
        draft.wanted = self._wanted(draft)
        draft.source, draft.url = self._cell(line, Role.SOURCE), self._cell(line, Role.URL)
        note = self._cell(line, Role.NOTE)
        draft.note = "" if note == NO_RESULT else note
        draft.credibility = self._credibility(draft)
        return draft

    def name(self, role: Role) -> str:
        """Name the column of a role, as the sheet does."""
        index = self._columns.get(role)
        return self._sheet.header[index] if index is not None else str(role)

    def _cell(self, line: Line, role: Role) -> str:
        index = self._columns.get(role)
        return clean(line.cells[index]) if index is not None else ""

    def _fault(self, draft: Draft, role: Role, wrong: str, expected: str, remedy: str) -> None:
        draft.faults.append(fault_of(draft.line.number, self.name(role), wrong, expected, remedy))

    def _date(self, draft: Draft, role: Role, *, needed: bool) -> DateWindow | None:
        text = self._cell(draft.line, role)
        if not text:
            if needed:
                self._fault(draft, role, "no date", "when it was so", f"fill it in, for example as {FORMS}")
            return None
        try:
            return read_date(text, self._styles.get(role, PLAIN))
        except UndecidedDateError as error:
            draft.waits.append(question_key(error.kind, role))
        except DateError as error:
            remedy = _REMEDIES.get(type(error), "correct it; 2017-11-03 is never misread")
            self._fault(draft, role, f"{text[:60]!r}: {error}", f"a date such as {FORMS}", remedy)
        return None

    def _event(self, draft: Draft) -> EventKind | None:
        text = self._cell(draft.line, Role.EVENT)
        event: EventKind | str | None = self._default
        if Role.EVENT in self._columns:
            event = self._read_event(draft, text)
        if event == NO_CHANGE:
            self._fault(
                draft,
                Role.EVENT,
                f"{text[:60]!r} is {NO_CHANGE}",
                "who took, held or left the place",
                "leave the row out",
            )
            return None
        if not isinstance(event, EventKind):
            return None
        if event.meaning.goes_on and means_contested(draft.actor):
            event, draft.actor = EventKind.CONTESTED, ""
        if event.meaning.move is Move.LEFT and draft.actor and not draft.loser:
            draft.actor, draft.loser = "", draft.actor  # `the army withdrew`: it is the one that left
        return event

    def _read_event(self, draft: Draft, text: str) -> EventKind | str | None:
        if not text:
            self._fault(draft, Role.EVENT, "no event", "what happened", "fill it in, for example captured or holds")
            return None
        event = read_event(text)
        if event is not None:
            return event
        key = question_key(Kind.EVENT, fold(text[:MAX_NAME]) or text[:MAX_NAME])
        answer = self._answers.get(key, "")
        if answer in set(EventKind):
            return EventKind(answer)
        if answer == LEAVE_OUT:
            self._fault(
                draft, Role.EVENT, f"{text[:60]!r} left out by your choice", "an event", "write another word for it"
            )
            return None
        self._ask(Kind.EVENT, key, text[:MAX_NAME], "it is not known what this says of control")
        draft.waits.append(key)
        return None

    def _wanted(self, draft: Draft) -> Wanted:
        line = draft.line
        name, country = self._cell(line, Role.PLACE), self._cell(line, Role.COUNTRY)
        position = self._position(draft)
        if len(name) > MAX_NAME:
            self._fault(
                draft, Role.PLACE, f"a name of {len(name)} characters", f"at most {MAX_NAME}", "write the name alone"
            )
        elif not name and position is None and line.number not in {*self._positions.waits, *self._positions.wrong}:
            self._fault(draft, Role.PLACE, "no place", "the name of a place, or a coordinate", "fill it in")
        code = self._codes.get(fold(country), "") if country else ""
        if country and not code:
            known = ", ".join(sorted(set(self._codes.values())))
            self._fault(
                draft,
                Role.COUNTRY,
                f"unknown country {country[:60]!r}",
                f"one of {known}",
                "correct it, or leave it empty",
            )
        return Wanted(name, code, self._cell(line, Role.ADMIN)[:MAX_NAME], position)

    def _position(self, draft: Draft) -> LonLat | None:
        row, positions = draft.line.number, self._positions
        if row in positions.waits:
            draft.waits.append(positions.waits[row])
        if row in positions.wrong:
            role = next(r for r in (Role.LON, Role.LAT, Role.POSITION) if r in self._columns)
            self._fault(
                draft, role, f"no position: {positions.wrong[row]}", f"latitude and longitude such as {COORDINATES}",
                "correct it, or leave it empty",
            )  # fmt: skip
        return positions.found.get(row)

    def _credibility(self, draft: Draft) -> int:
        text = self._cell(draft.line, Role.CREDIBILITY)
        if not text:
            return 6
        if text in set("123456"):
            return int(text)
        found = CREDIBILITIES.get(text.casefold())
        if found is None:
            words = ", ".join(("confirmed", "probable", "possible", "doubtful", "improbable"))
            self._fault(
                draft,
                Role.CREDIBILITY,
                f"{text[:60]!r}",
                f"a figure from 1 to 6, or {words}",
                "correct it, or leave it empty",
            )
            return 6
        return found
