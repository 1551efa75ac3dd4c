"""Dates as sources give them: EDTF in, a window of calendar days inside."""

from __future__ import annotations

import re
from calendar import monthrange
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from time import struct_time
from typing import Any

from control.record.months import month_words
from geo.errors import UserError

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PLAIN = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?(?P<doubt>[~?%]?)")
_MAY_BE_EDTF = re.compile(r"(?=.*[0-9X])[0-9A-Za-z~?%/.,:+\-\[\]{}^() ]+")
"""What the grammar of EDTF could read at all; it takes milliseconds to refuse anything else."""

APPROXIMATE_SLACK_DAYS = {"day": 3, "month": 15, "year": 183}
"""How far `~`, `?` and `%` widen a date of that precision, on both sides. EDTF leaves it open."""

MAX_CHARACTERS = 100
"""A longer text is no date. The grammar of EDTF would search it for minutes."""


class DateError(UserError, ValueError):
    """A text that is no EDTF date, or one without two ends."""


@dataclass(frozen=True, slots=True, order=True)
class DateWindow:
    """The days on which something may have been so: [first, last], both included.

    Attributes
    ----------
    first, last
        Calendar days, proleptic Gregorian, no time zone.
    text
        The EDTF text as it was written.
    """

    first: date
    last: date
    text: str

    @property
    def days(self) -> int:
        """Number of days in the window, at least 1."""
        return (self.last - self.first).days + 1

    @property
    def middle(self) -> date:
        """The middle day; the earlier of two."""
        return self.first + timedelta(days=(self.days - 1) // 2)

    def contains(self, day: date) -> bool:
        """Whether `day` lies in the window."""
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return self.text


def parse_window(text: str) -> DateWindow:
    """Read an EDTF level 0 or 1 date (ISO 8601-2:2019) as a window of days.

    Raises
    ------
    DateError
        When the text is not EDTF, names an impossible day, has an open end, or reaches beyond the years 1 to 9999.
    """
    found = _window_or_fault(text.strip())
    if isinstance(found, str):
        raise DateError(found)
    return found


@lru_cache(maxsize=50_000)
def _window_or_fault(text: str) -> DateWindow | str:
    """Read a date, or say what is wrong with it: a faulty one in every row of a table costs as much as one."""
    try:
        return _read_window(text)
    except DateError as error:
        return str(error)


def _read_window(text: str) -> DateWindow:
    if len(text) > MAX_CHARACTERS:
        raise DateError(_complaint(text[:40] + "..."))
    if not _MAY_BE_EDTF.fullmatch(text):
        raise DateError(_complaint(text))
    ends = [_plain_end(part) for part in text.split("/")]
    if len(ends) <= 2 and None not in ends:
        lower, upper = ends[0], ends[-1]
    else:
        lower, upper = _edtf_ends(text)
    if lower is None or upper is None:
        raise DateError(_complaint(text))
    if lower[0] > upper[1]:
        raise DateError(f"{text!r} ends before it starts; write the earlier date first")
    try:
        first, last = lower[0] - timedelta(days=lower[2]), upper[1] + timedelta(days=upper[2])
    except OverflowError as error:
        raise DateError(_beyond(text)) from error
    return DateWindow(first, last, text)


def shifted(day: date, days: int) -> date:
    """Return the day that lies `days` later (earlier when negative), or the calendar's first or last day beyond it."""
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))


_End = tuple[date, date, int]
"""First and last day of a date, and the days that a mark of doubt widens it by."""


def _plain_end(text: str) -> _End | None:
    """Read a year, month or day, nine dates of ten; `None` for anything else. The full grammar costs 10 ms a date."""
    match = _PLAIN.fullmatch(text)
    if match is None:
        return None
    year, month, day = int(match["year"]), int(match["month"] or 1), int(match["day"] or 1)
    precision = "day" if match["day"] else "month" if match["month"] else "year"
    if year < date.min.year:
        raise DateError(_beyond(text))
    try:
        first = date(year, month, day)
    except ValueError as error:
        raise DateError(_complaint(text)) from error
    last = first
    if precision != "day":
        last = first.replace(month=month if precision == "month" else 12)
        last = last.replace(day=monthrange(year, last.month)[1])
    return first, last, APPROXIMATE_SLACK_DAYS[precision] if match["doubt"] else 0


def _edtf_ends(text: str) -> tuple[_End | None, _End | None]:
    """Read anything else of EDTF with the `edtf` package."""
    try:
        from edtf import parse_edtf  # its grammar takes 0.2 s to build; most theatres never need it

        parsed = parse_edtf(text)
        first, last = parsed.lower_strict(), parsed.upper_strict()
        before, after = (_slack(part) for part in _ends(parsed))
    except Exception as error:  # the parser raises half a dozen unrelated types on hostile text
        raise DateError(_complaint(text)) from error
    if not isinstance(first, struct_time) or not isinstance(last, struct_time):
        raise DateError(f"{text!r} has an open end; give both, as in 2017-11-08/2017-11-09")
    try:
        lower, upper = date(*first[:3]), date(*last[:3])
    except (ValueError, OverflowError) as error:
        outside = any(not date.min.year <= end[0] <= date.max.year for end in (first, last))
        raise DateError(_beyond(text) if outside else _complaint(text)) from error
    if lower > upper:
        raise DateError(f"{text!r} ends before it starts; write the earlier date first")
    return (lower, lower, before), (upper, upper, after)


def parse_day(text: str) -> date:
    """Read one calendar day, `YYYY-MM-DD`.

    Raises
    ------
    DateError
        When it is not a day of the calendar in that form.
    """
    if not _ISO_DAY.fullmatch(text.strip()):
        raise DateError(f"{text!r} cannot be read as a day; write it as YYYY-MM-DD, for example 2017-11-03")
    try:
        return parse_window(text).first
    except DateError:
        raise DateError(_no_such_day(text)) from None


def _no_such_day(text: str) -> str:
    """Say what is wrong with a text of the form `YYYY-MM-DD`."""
    year, month, day = text.strip().split("-")
    with suppress(ValueError):
        return f"{text!r}: {month_words(date(int(year), int(month), 1))} has no day {int(day)}"
    return f"{text!r} is not a day of the calendar; write it as in 2017-11-03"


def _complaint(text: str) -> str:
    return f"{text!r} is not a date; write EDTF: 2017-11-03, 2017-11, 2017-11-08/2017-11-09 or 2014-06~"


def _beyond(text: str) -> str:
    doubt = "; a mark of doubt (~, ?, %) widens a date on both sides" if any(mark in text for mark in "~?%") else ""
    return f"{text!r} reaches beyond the years 0001 to 9999{doubt}; write a date within them, such as 2017-11-03"


def _ends(parsed: Any) -> tuple[Any, Any]:
    """Both ends of an interval; a single date is its own two ends."""
    if hasattr(parsed, "lower") and hasattr(parsed, "upper"):
        return parsed.lower, parsed.upper
    return parsed, parsed


def _slack(part: Any) -> int:
    marked = str(part)
    if not marked.endswith(("~", "?", "%")):
        return 0
    return APPROXIMATE_SLACK_DAYS[("year", "month", "day")[min(2, marked.strip("-").count("-"))]]
