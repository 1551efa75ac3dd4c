"""What a whole column of dates tells of how they are written, what must be asked, and what is assumed and therefore said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta, timezone, tzinfo

from control.record.date_words import long_date
from control.record.dates import DateError, DateWindow
from control.record.theatre import Settings
from control.upload.calendars import LOOKS_ISLAMIC, Calendar
from control.upload.date_grammar import Clock, End, Written, parse_date
from control.upload.dates import (
    Assumed,
    Dated,
    DateStyle,
    DayOf,
    Order,
    UndecidedDateError,
    common_orders,
    interpret,
    looks_islamic,
    theatre_day,
)
from control.upload.questions import Answers, Choice, Kind, question_key

Ask = Callable[[Kind, str, str, str, tuple[Choice, ...]], None]
"""Note a question: its kind, key, text, why it is asked, and what there is to choose from."""

_ORDERS = {
    Order.DAY_FIRST: "The day comes first",
    Order.MONTH_FIRST: "The month comes first",
    Order.YEAR_FIRST: "The year comes first",
}
_ISLAMIC_ORDERS = {f"{Calendar.ISLAMIC}-{order}": order for order in (Order.DAY_FIRST, Order.MONTH_FIRST)}
_EASTERNMOST = timedelta(hours=14)
_EXAMPLE = 40
"""Characters of a cell that are shown."""


@dataclass(frozen=True, slots=True)
class _Cell:
    row: int
    text: str
    written: Written

    @property
    def shown(self) -> str:
        return self.text[:_EXAMPLE]


class DateColumn:
    """One column of dates.

    Parameters
    ----------
    name, role
        What the sheet calls it, and what it is.
    rows
        (number, cell) of each row.
    settings, epoch
        Of the theatre; and day 0 where the sheet counts days.
    answers, ask
        What a person said, and how a question is noted.
    """

    def __init__(
        self,
        name: str,
        role: str,
        rows: Iterable[tuple[int, str]],
        settings: Settings,
        epoch: date,
        answers: Answers,
        ask: Ask,
    ) -> None:
        self._name, self._role, self._answers, self._ask = name, role, answers, ask
        self.notes: list[str] = []
        years = (settings.start.year, settings.last_day.year)
        late_middle_ages = years[0] < LOOKS_ISLAMIC.stop and years[1] >= LOOKS_ISLAMIC.start
        self.style = DateStyle(
            epoch=epoch,
            years=years,
            calendar=Calendar.GREGORIAN if late_middle_ages else None,
            zone=settings.zone,
            countries=settings.countries,
        )
        self._cells = list(self._parsed(rows))
        self._find_order()
        self._find_calendar()
        self._find_instants()
        self._say_what_is_assumed()

    def _parsed(self, rows: Iterable[tuple[int, str]]) -> Iterable[_Cell]:
        for row, text in rows:
            if not text:
                continue
            try:
                yield _Cell(row, text, parse_date(text, self.style.countries))
            except DateError:
                continue

    def _answer(self, kind: Kind) -> str:
        return self._answers.get(question_key(kind, self._role), "")

    def _put(self, kind: Kind, example: str, why: str, choices: Sequence[Choice]) -> None:
        self._ask(kind, question_key(kind, self._role), f"{self._name}: {example}", why, tuple(choices))

    def _numbered(self, *, islamic: bool) -> list[tuple[_Cell, End]]:
        """Return the dates whose day and month are both numbers."""
        ends = [(cell, end) for cell in self._cells for end in cell.written.ends if end.numbers is not None]
        return [(cell, end) for cell, end in ends if looks_islamic(end) == islamic]

    def _find_order(self) -> None:
        numbered = self._numbered(islamic=False)
        common, matters = common_orders((end for _, end in numbered), self.style.years)
        if len(common) == 1:
            self.style = replace(self.style, order=common[0])
            telling = next((c for c, end in numbered if common_orders([end], self.style.years)[0] == common), None)
            how = f"as row {telling.row} tells ({telling.shown})" if telling else "as the cells together tell"
            self.notes.append(f"{self._name}: the {common[0]} comes first, {how}")
            return
        if not matters:
            return
        offered = common or tuple(_ORDERS)
        if self._answer(Kind.ORDER) in set(offered):
            self.style = replace(self.style, order=Order(self._answer(Kind.ORDER)))
            return
        example = next(cell for cell, end in numbered if common_orders([end], self.style.years)[1])
        why = "no cell of the column tells which comes first, or some contradict others"
        self._put(Kind.ORDER, example.shown, why, [Choice(order, _ORDERS[order]) for order in offered])

    def _find_calendar(self) -> None:
        islamic = [cell for cell in self._cells if any(map(looks_islamic, cell.written.ends))]
        if self.style.calendar is not None or not islamic:
            return
        numbered = self._numbered(islamic=True)
        common, matters = common_orders((end for _, end in numbered), None)
        told = common[0] if len(common) == 1 else None
        orders = [told] if told or not matters else [Order.DAY_FIRST, Order.MONTH_FIRST]
        answer = self._answer(Kind.CALENDAR)
        if answer == Calendar.GREGORIAN:
            self.style = replace(self.style, calendar=Calendar.GREGORIAN)
            return
        if answer in _ISLAMIC_ORDERS:
            order = told or _ISLAMIC_ORDERS[answer]
            self.style = replace(self.style, calendar=Calendar.ISLAMIC, islamic_order=order)
            return
        telling = (cell for cell, end in numbered if common_orders([end], None)[1])
        example = next(telling, islamic[0])
        choices = []
        for first in orders:
            order = first or Order.DAY_FIRST
            style = replace(self.style, calendar=Calendar.ISLAMIC, islamic_order=order)
            label = f"Islamic calendar, the {order} comes first" if len(orders) > 1 else "Islamic calendar"
            choices.append(Choice(f"{Calendar.ISLAMIC}-{order}", label, _then(example, style)))
        choices.append(
            Choice(Calendar.GREGORIAN, "The usual calendar", "the dates are then outside the years of this map")
        )
        self._put(Kind.CALENDAR, example.shown, "it looks like the Islamic calendar", choices)

    def _find_instants(self) -> None:
        instants = list(self._instants())
        if not instants:
            return
        clocks = {(clock.hour * 60 + clock.minute - (clock.offset or 0)) % 1440 for _, _, clock in instants}
        in_utc = all(clock.offset == 0 for _, _, clock in instants)
        if in_utc and clocks == {0}:  # days, written as instants
            self.style = replace(self.style, day_of=DayOf.WRITTEN)
            return
        ahead = timedelta(minutes=-next(iter(clocks)) % 1440)
        if self.style.zone is None and in_utc and len(clocks) == 1 and ahead <= _EASTERNMOST:
            self.style = replace(self.style, zone=timezone(ahead))  # where all these are midnights
        zone = self.style.zone
        moved = [(cell, day, there) for cell, day, clock in instants if (there := theatre_day(day, clock, zone)) != day]
        if not moved:
            return
        if self._answer(Kind.INSTANT) in set(DayOf):
            self.style = replace(self.style, day_of=DayOf(self._answer(Kind.INSTANT)))
            return
        cell, day, there = moved[0]
        why = f"in {zone} it was another day by then"
        if all(_is_midnight(day, clock, zone) for _, day, clock in instants):
            why = f"every time is midnight in {zone}: a program may have turned days into instants of UTC"
        choices = [
            Choice(DayOf.THEATRE, f"The day in {zone}", f"{cell.shown} is then {long_date(there)}"),
            Choice(
                DayOf.WRITTEN,
                "The day in UTC" if in_utc else "The day as it is written",
                f"{cell.shown} is then {long_date(day)}",
            ),
        ]
        self._put(Kind.INSTANT, cell.shown, why, choices)

    def _instants(self) -> Iterable[tuple[_Cell, date, Clock]]:
        """Yield the cells that tell a day, a time and its offset from UTC."""
        style = replace(self.style, day_of=DayOf.WRITTEN)
        for cell in self._cells:
            clock = cell.written.clock
            if clock is None or clock.offset is None:
                continue
            try:
                window = interpret(cell.written, style).window
            except (DateError, UndecidedDateError):
                continue
            if window.days == 1:
                yield cell, window.first, clock

    def _say_what_is_assumed(self) -> None:
        first: dict[Assumed, tuple[_Cell, Dated]] = {}
        counts: dict[Assumed, int] = {}
        for cell in self._cells:
            try:
                dated = interpret(cell.written, self.style)
            except (DateError, UndecidedDateError):
                continue
            for reason in dated.assumed:
                first.setdefault(reason, (cell, dated))
                counts[reason] = counts.get(reason, 0) + 1
        for reason in Assumed:
            if reason in first:
                cell, dated = first[reason]
                others = f" and {counts[reason] - 1} more" if counts[reason] > 1 else ""
                where = f"row {cell.row}{others}"
                self.notes.append(
                    f"{self._name}: {cell.shown!r} is taken as {_said(dated.window)}: {reason.value} ({where})"
                )


def _is_midnight(day: date, clock: Clock, zone: tzinfo | None) -> bool:
    """Whether a day begins in a zone at an instant: a minute earlier it was the day before."""
    earlier = replace(clock, offset=(clock.offset or 0) + 1)
    return theatre_day(day, clock, zone) != theatre_day(day, earlier, zone)


def _then(cell: _Cell, style: DateStyle) -> str:
    try:
        return f"{cell.shown} is then {_said(interpret(cell.written, style).window)}"
    except (DateError, UndecidedDateError) as error:
        return f"{cell.shown} is then no date: {error}"


def _said(window: DateWindow) -> str:
    if window.days == 1:
        return long_date(window.first)
    return f"{long_date(window.first)} to {long_date(window.last)}"
