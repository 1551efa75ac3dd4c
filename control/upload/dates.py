"""Dates in the forms that people and spreadsheets write. What one cell does not say is told by its column, or asked."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone, tzinfo
from enum import Enum, StrEnum
from functools import lru_cache

from control.record.dates import DateError, DateWindow, parse_window
from control.upload.calendars import LOOKS_ISLAMIC, Calendar, islamic_days
from control.upload.date_grammar import Clock, End, Written, parse_date
from control.upload.date_vocabulary import Part
from control.upload.questions import Kind
from control.upload.sheet import EPOCH
from geo.errors import UserError


class Order(StrEnum):
    """Which comes first in 3/11/2017, or in 17-11-03."""

    DAY_FIRST = "day"
    MONTH_FIRST = "month"
    YEAR_FIRST = "year"


class DayOf(StrEnum):
    """Which day an instant is, where the clocks of the theatre showed another one than the clock that it is written by."""

    WRITTEN = "written"
    THEATRE = "theatre"


class Assumed(Enum):
    """What was assumed of a date that does not say it itself."""

    CENTURY = "its year is the one of this map that ends so"
    PART = "early, mid and late are the thirds of a month or year"
    ABOUT = "an uncertain day is given 3 days on both sides, a month 15, a year 183"
    ISLAMIC = "by the Umm al-Qura calendar; other reckonings differ by a day or two"
    THEATRE_DAY = "the day in the time zone that you chose"
    COUNTED = "a number of days, as spreadsheets count them"


@dataclass(frozen=True, slots=True)
class DateStyle:
    """How the dates of one column are written, as far as a single cell does not say; `None` for what is not known.

    Attributes
    ----------
    order
        Which comes first where two numbers stand before the year, or the year has two digits.
    epoch
        Day 0 where a spreadsheet counts days.
    years
        First and last year that a year of two digits may mean.
    calendar, islamic_order
        Of years that look Islamic, and which comes first in those.
    zone, day_of
        What clocks showed in the theatre, and whether that tells the day of an instant.
    countries
        Those whose languages are known beside the usual ones.
    """

    order: Order | None = None
    epoch: date = EPOCH
    years: tuple[int, int] | None = None
    calendar: Calendar | None = None
    islamic_order: Order | None = None
    zone: tzinfo | None = None
    day_of: DayOf | None = None
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dated:
    """A window of days, and what was assumed."""

    window: DateWindow
    assumed: frozenset[Assumed] = frozenset()


class UndecidedDateError(UserError, ValueError):
    """A date that means one day or another; `kind` is the question that its column waits for."""

    def __init__(self, kind: Kind) -> None:
        super().__init__("the date may mean one day or another")
        self.kind = kind


class ShortYearError(DateError):
    """A year of two digits that no year of the theatre ends in, or more than one."""


PLAIN = DateStyle()
FORMS = "2017-11-03, 3 Nov 2017, 03.11.2017, 11/2017 or 2017"
"""Examples for a message."""

_ANY = DateStyle(years=(1970, 2069), day_of=DayOf.WRITTEN)


def read_date(text: str, style: DateStyle = PLAIN) -> DateWindow:
    """Read a date as a window of days; `read_dated` tells as well what was assumed.

    Parameters
    ----------
    text
        ISO or EDTF, `3 Nov 2017`, `03.11.2017`, `11/3/2017`, `Nov 2017`, `early Nov 2017`, `3-5 Nov 2017`, the same with
        months of other languages or of the Islamic calendar, or the number of a day in a spreadsheet.
    style
        What is known of the column.

    Raises
    ------
    UndecidedDateError
        When it depends on what is not known of the column.
    DateError
        When it is no date; the message says why.
    """
    return read_dated(text, style).window


@lru_cache(maxsize=50_000)
def read_dated(text: str, style: DateStyle = PLAIN) -> Dated:
    """Read a date, and say what was assumed. Raises as `read_date` does."""
    return interpret(parse_date(text, style.countries), style)


def looks_like_date(text: str) -> bool:
    """Whether a cell is a date in any order; a bare year or a day's number may be anything."""
    if len(text) < 6:
        return False
    try:
        written = parse_date(text)
    except DateError:
        return False
    calendar = Calendar.ISLAMIC if any(end.islamic for end in written.ends) else Calendar.GREGORIAN
    for order in Order:
        try:
            interpret(written, replace(_ANY, order=order, calendar=calendar, islamic_order=order))
        except DateError:
            continue
        return True
    return False


def looks_islamic(end: End) -> bool:
    """Whether a date is of the Islamic calendar, or has a year that would be of our time in it."""
    return end.islamic or (end.year is not None and not end.short and end.year in LOOKS_ISLAMIC)


def find_order(texts: Iterable[str], years: tuple[int, int] | None = None) -> tuple[Order | None, bool]:
    """Find which comes first in a column: a number above 12 is a day, and tells for all.

    Parameters
    ----------
    years
        First and last year that a year of two digits may mean.

    Returns
    -------
    order
        `None` when nothing tells, or when one cell tells against another.
    asked
        Whether it matters: some cell means one day or another.
    """
    common, asked = common_orders(numbered_ends(texts), years)
    return (common[0], False) if len(common) == 1 else (None, asked)


def common_orders(ends: Iterable[End], years: tuple[int, int] | None) -> tuple[tuple[Order, ...], bool]:
    """Return the orders in which all dates of a column can be read, and whether some date depends on it."""
    common = set(Order)
    told = undecided = False
    for end in ends:
        possible = _orders(end, years)
        if len(set(possible.values())) == 1 and len(possible) > 1:  # 5/5/2017
            continue
        common &= set(possible) or common
        told = told or bool(possible)
        undecided = undecided or len(possible) > 1
    return tuple(order for order in Order if order in common and told), undecided


def numbered_ends(texts: Iterable[str], countries: tuple[str, ...] = (), *, islamic: bool = False) -> Iterator[End]:
    """Yield the dates whose day and month are both numbers, of the usual calendar or of the Islamic one."""
    for text in texts:
        try:
            written = parse_date(text, countries)
        except DateError:
            continue
        yield from (end for end in written.ends if end.numbers is not None and looks_islamic(end) == islamic)


def interpret(written: Written, style: DateStyle) -> Dated:
    """Say which days are meant by what is written. Raises as `read_date` does."""
    if written.serial is not None:
        day = style.epoch + timedelta(days=written.serial)
        return Dated(_window(day.isoformat()), frozenset({Assumed.COUNTED}))
    ends = [_days(end, style) for end in written.ends]
    first, last = ends[0][0], ends[-1][1]
    assumed = {reason for end in ends for reason in end[2]}
    window = _window(first if first == last else f"{first}/{last}")
    if written.clock is not None and written.clock.offset is not None and window.days == 1:
        day = theatre_day(window.first, written.clock, style.zone)
        if day != window.first and style.day_of is None:
            raise UndecidedDateError(Kind.INSTANT)
        if day != window.first and style.day_of is DayOf.THEATRE:
            return Dated(_window(day.isoformat()), frozenset({*assumed, Assumed.THEATRE_DAY}))
    return Dated(window, frozenset(assumed))


def theatre_day(day: date, clock: Clock, zone: tzinfo | None) -> date:
    """Return the day that clocks in a zone show at an instant; without a zone, the day as it is written."""
    if zone is None or clock.offset is None:
        return day
    try:
        here = timezone(timedelta(minutes=clock.offset))
        return datetime(day.year, day.month, day.day, clock.hour, clock.minute, tzinfo=here).astimezone(zone).date()
    except (OverflowError, ValueError):  # at either end of the calendar, or an offset of days
        return day


def _days(end: End, style: DateStyle) -> tuple[str, str, set[Assumed]]:
    """Return how one end of a date begins and ends as EDTF, and what was assumed of it."""
    if looks_islamic(end):
        if style.calendar is None:
            raise UndecidedDateError(Kind.CALENDAR)
        if style.calendar is Calendar.ISLAMIC:
            return _islamic_days(end, style)
        if end.islamic:
            raise DateError(
                "it is of the Islamic calendar, and the dates of this column are said to be of the usual one"
            )
    year, month, day = _in_order(end, style.order, style.years)
    assumed = {Assumed.ABOUT} if end.doubt else set()
    if end.short:
        year = _with_century(year, style.years)
        assumed.add(Assumed.CENTURY)
    if end.part is not None:
        first, last = _part_of_year(year, end.part) if month is None else _part_of_month(year, month, end.part)
        return f"{first}{end.doubt}", f"{last}{end.doubt}", {*assumed, Assumed.PART}
    text = "-".join([f"{year:04}", *(f"{value:02}" for value in (month, day) if value is not None)]) + end.doubt
    return text, text, assumed


def _islamic_days(end: End, style: DateStyle) -> tuple[str, str, set[Assumed]]:
    year, month, day = _in_order(end, style.islamic_order, None)
    assumed = {Assumed.ISLAMIC, Assumed.ABOUT} if end.doubt else {Assumed.ISLAMIC}
    first, last = islamic_days(year, month, day)
    if end.part is not None and month is None:
        begin, until = _MONTHS_OF[end.part]
        first, last = islamic_days(year, begin, None)[0], islamic_days(year, until, None)[1]
    elif end.part is not None:
        begin, until = _DAYS_OF[end.part]
        first, last = first + timedelta(days=begin - 1), min(last, first + timedelta(days=until - 1))
    if end.part is not None:
        assumed.add(Assumed.PART)
    return f"{first}{end.doubt}", f"{last}{end.doubt}", assumed


def _in_order(end: End, order: Order | None, years: tuple[int, int] | None) -> tuple[int, int | None, int | None]:
    """Return year, month and day; of two numbers the order tells which is which, where both can be either."""
    if end.year is None:
        raise DateError("it has no year")
    if end.numbers is None:
        return end.year, end.month, end.day
    possible = _orders(end, years)
    if order is None and len(set(possible.values())) > 1:
        raise UndecidedDateError(Kind.ORDER)
    if not possible:
        raise DateError(_NO_SUCH_DAY)
    if order is None or (order is Order.YEAR_FIRST and not end.short and len(set(possible.values())) == 1):
        order = next(iter(possible))
    if order not in possible:
        raise DateError(_no_such_month(end, order))
    return possible[order]


def _no_such_month(end: End, order: Order) -> str:
    first, second = end.numbers or (0, 0)
    month = first if order is Order.MONTH_FIRST else second
    if order is Order.YEAR_FIRST and month <= 12:
        return "the year comes first in this column, and here it does not"
    return f"{month} is no month, and the {order} comes first in this column"


def _orders(end: End, years: tuple[int, int] | None) -> dict[Order, tuple[int, int | None, int | None]]:
    """Return the orders in which a date can be read, with its year, month and day in each."""
    if end.numbers is None or end.year is None:
        return {}
    first, second, year = *end.numbers, end.year
    possible: dict[Order, tuple[int, int | None, int | None]] = {}
    if 1 <= second <= 12:
        possible[Order.DAY_FIRST] = (year, second, first)
    if 1 <= first <= 12:
        possible[Order.MONTH_FIRST] = (year, first, second)
    # the last of three numbers may be the day; what no year of the map ends in is not taken for a year
    if end.short and 1 <= second <= 12 and 1 <= year <= 31 and years is not None and _fitting(first, years):
        possible[Order.YEAR_FIRST] = (first, second, year)
    return {order: found for order, found in possible.items() if 1 <= (found[2] or 0) <= 31}


def _fitting(digits: int, years: tuple[int, int]) -> list[int]:
    return [year for year in range(years[0], years[1] + 1) if year % 100 == digits]


def _with_century(digits: int, years: tuple[int, int] | None) -> int:
    """Return the year of the theatre that ends in two digits, if there is just one."""
    found = _fitting(digits, years) if years is not None else []
    if len(found) != 1:
        which = "more than one year" if found else "no year"
        raise ShortYearError(f"its year has two digits, and {which} of this map ends in {digits:02}")
    return found[0]


_DAYS_OF = {
    Part.EARLY: (1, 10),
    Part.MIDDLE: (11, 20),
    Part.LATE: (21, 31),
    Part.FIRST_HALF: (1, 15),
    Part.SECOND_HALF: (16, 31),
}
_MONTHS_OF = {
    Part.EARLY: (1, 4),
    Part.MIDDLE: (5, 8),
    Part.LATE: (9, 12),
    Part.FIRST_HALF: (1, 6),
    Part.SECOND_HALF: (7, 12),
}


def _part_of_month(year: int, month: int, part: Part) -> tuple[str, str]:
    if not (1 <= year <= 9999 and 1 <= month <= 12):
        raise DateError(_NO_SUCH_DAY)
    first, last = _DAYS_OF[part]
    return f"{year:04}-{month:02}-{first:02}", f"{year:04}-{month:02}-{min(last, monthrange(year, month)[1]):02}"


def _part_of_year(year: int, part: Part) -> tuple[str, str]:
    first, last = _MONTHS_OF[part]
    return f"{year:04}-{first:02}", f"{year:04}-{last:02}"


_NO_SUCH_DAY = "there is no such day in the calendar"


def _window(text: str) -> DateWindow:
    try:
        return parse_window(text)
    except DateError as error:
        if "before it starts" in str(error):
            raise DateError("it ends before it starts") from None
        if "9999" in str(error):
            raise DateError("it reaches beyond the years 0001 to 9999") from None
        raise DateError(_NO_SUCH_DAY) from None
