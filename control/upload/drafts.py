"""One row of a sheet as far as it can be read by itself: its date, event, sides and numbers, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from control.dates import DateError, DateWindow
from control.imports.rows import day_window
from control.model import LEAVINGS, Event
from control.upload.columns import Columns, Role
from control.upload.dates import FORMS, Order, UndecidedDateError, read_date
from control.upload.events import NO_CHANGE, means_contested, read_event
from control.upload.places import MAX_NAME, Wanted
from control.upload.questions import LEAVE_OUT, Answers, Kind, question_key
from control.upload.sheet import MAX_CELL, Fault, Line, Sheet, clean
from geo.names import fold
from geo.place import LonLat

CREDIBILITIES = {
    "confirmed": 1, "certain": 1, "probable": 2, "probably true": 2, "high": 2, "possible": 3, "possibly true": 3,
    "medium": 3, "doubtful": 4, "low": 4, "improbable": 5, "very low": 5, "unknown": 6, "cannot be judged": 6,
}  # fmt: skip
"""Words for Admiralty credibility; figures are taken as they are."""

MAX_SIDE = 200


@dataclass
class Draft:
    """A row on its way: what it says, what is wrong with it, and which questions it waits for."""

    line: Line
    window: DateWindow | None = None
    published: DateWindow | None = None
    event: Event | None = None
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
    orders
        Role of a date column -> its order of day and month, where one is known.
    countries
        ISO code -> name.
    default
        What a row says happened, when there is no column for it.
    """

    def __init__(
        self,
        sheet: Sheet,
        columns: Columns,
        orders: dict[Role, Order | None],
        countries: dict[str, str],
        default: Event,
        answers: Answers,
        ask: Ask,
    ) -> None:
        self._sheet = sheet
        self._columns = columns
        self._orders = orders
        self._codes = {fold(text): code for code, name in countries.items() for text in (code, name)}
        self._default = default
        self._answers = answers
        self._ask = ask

    def draft(self, line: Line) -> Draft:
        """Read a row; all that is wrong with it is noted."""
        draft = Draft(line)
        for role, index in self._columns.items():
            if len(line.cells[index]) > MAX_CELL:
                self._fault(
                    draft, role, f"a cell of {len(line.cells[index])} characters", f"at most {MAX_CELL}", "shorten it"
                )
        if draft.faults:
            return draft
        draft.window = self._date(draft, Role.DATE, needed=True)
        draft.published = self._date(draft, Role.PUBLISHED, needed=False)
        if draft.published is None and draft.window is not None:
            draft.published = day_window(draft.window.last)
        draft.actor, draft.loser = self._cell(line, Role.ACTOR), self._cell(line, Role.LOSER)
        draft.event = self._event(draft)
        for role, side in ((Role.ACTOR, draft.actor), (Role.LOSER, draft.loser)):
            if len(side) > MAX_SIDE:
                self._fault(draft, role, "a name of more than 200 characters", "the name of a side", "shorten it")
        draft.wanted = self._wanted(draft)
        draft.source, draft.url = self._cell(line, Role.SOURCE), self._cell(line, Role.URL)
        draft.note = self._cell(line, Role.NOTE)
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
        draft.faults.append(Fault(draft.line.number, self.name(role), wrong, expected, remedy))

    def _date(self, draft: Draft, role: Role, *, needed: bool) -> DateWindow | None:
        text = self._cell(draft.line, role)
        if not text:
            if needed:
                self._fault(draft, role, "no date", "when it was so", f"fill it in, for example as {FORMS}")
            return None
        try:
            return read_date(text, self._orders.get(role))
        except UndecidedDateError:
            draft.waits.append(question_key(Kind.ORDER, role))
        except DateError as error:
            remedy = (
                "write the year with four digits"
                if "two digits" in str(error)
                else "correct it; 2017-11-03 is never misread"
            )
            self._fault(draft, role, f"{text[:60]!r}: {error}", f"a date such as {FORMS}", remedy)
        return None

    def _event(self, draft: Draft) -> Event | None:
        text = self._cell(draft.line, Role.EVENT)
        event: Event | str | None = self._default
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
        if not isinstance(event, Event):
            return None
        if event is Event.HOLDS and means_contested(draft.actor):
            event, draft.actor = Event.CONTESTED, ""
        if event in LEAVINGS and draft.actor and not draft.loser:
            draft.actor, draft.loser = "", draft.actor  # `the army withdrew`: it is the one that left
        return event

    def _read_event(self, draft: Draft, text: str) -> Event | str | None:
        if not text:
            self._fault(draft, Role.EVENT, "no event", "what happened", "fill it in, for example captured or holds")
            return None
        event = read_event(text)
        if event is not None:
            return event
        key = question_key(Kind.EVENT, fold(text[:MAX_NAME]) or text[:MAX_NAME])
        answer = self._answers.get(key, "")
        if answer in set(Event):
            return Event(answer)
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
        elif not name and position is None:
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
        lon, lat = (self._cell(draft.line, role) for role in (Role.LON, Role.LAT))
        if not lon and not lat:
            return None
        try:
            x, y = (float(text.replace(",", ".")) for text in (lon, lat))
        except ValueError:
            x = y = float("nan")
        if not (-180 <= x <= 180 and -90 <= y <= 90):  # nan is neither
            role = Role.LON if Role.LON in self._columns else Role.LAT
            self._fault(
                draft, role, f"no position: {lat[:30]!r}, {lon[:30]!r}", "latitude and longitude in decimal degrees",
                "correct both, or leave both empty",
            )  # fmt: skip
            return None
        return LonLat(round(x, 3), round(y, 3))

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
