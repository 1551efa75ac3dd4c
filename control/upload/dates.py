"""Dates in the forms that people and spreadsheets write. Which of two numbers is the day is asked, never guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from control.dates import DateError, DateWindow, parse_window


class Order(StrEnum):
    """Which comes first in 3/11/2017."""

    DAY_FIRST = "day"
    MONTH_FIRST = "month"


class UndecidedDateError(ValueError):
    """A date that means one day or another, depending on the order of day and month."""


FORMS = "2017-11-03, 3 Nov 2017, 03.11.2017, 11/2017 or 2017"
"""Examples for a message."""

MAX_CHARACTERS = 40
_ZERO = date(1899, 12, 30)
"""Day 0 of a spreadsheet's count, which takes 1900 for a leap year."""

_SERIAL = re.compile(r"[1-9]\d{4}(?:\.\d+)?")
FIRST_SERIAL, LAST_SERIAL = 10_000, 73_050
"""17 May 1927 to 31 December 2099."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
            "sep sept september", "oct october", "nov november", "dec december",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAY = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+", re.IGNORECASE)
_TIME = re.compile(
    r"(?:T|,?\s+(?:at\s+)?)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?)?\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?$",
    re.IGNORECASE,
)
_EDTF = re.compile(r"\d{4}(?:-\d{2}){0,2}[~?%]?(?:/\d{4}(?:-\d{2}){0,2}[~?%]?)?")
_YEAR_FIRST = re.compile(r"(\d{4})([-/.\s])(\d{1,2})\2(\d{1,2})\.?")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_NUMBERS = re.compile(r"(\d{1,2})\s*([-/.\s])\s*(\d{1,2})\s*\2\s*(\d{4})\.?")
_SHORT_YEAR = re.compile(rf"\d{{1,2}}[-/. ]+(?:\d{{1,2}}|{_MONTH})\.?[-/. ,']+\d{{2}}", re.IGNORECASE)
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
_DAY_WORD = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?[-\s.]*(?:of\s+)?({_MONTH})[-\s.,]*(\d{{4}})", re.IGNORECASE)
_WORD_DAY = re.compile(rf"({_MONTH})[-\s.]*(\d{{1,2}})(?:st|nd|rd|th)?[-\s.,]+(\d{{4}})", re.IGNORECASE)
_WORD_YEAR = re.compile(rf"({_MONTH})[-\s.,]*(\d{{4}})", re.IGNORECASE)
_YEAR_WORD = re.compile(rf"(\d{{4}})[-\s.,/]*({_MONTH})(?:[-\s.,/]*(\d{{1,2}}))?", re.IGNORECASE)


def read_date(text: str, order: Order | None = None) -> DateWindow:
    """Read a date as a window of days; a time of day behind it is passed over.

    Parameters
    ----------
    text
        ISO or EDTF, `3 Nov 2017`, `03.11.2017`, `11/3/2017`, `Nov 2017`, or the number of a day in a spreadsheet.
    order
        Which comes first where two numbers come before the year.

    Raises
    ------
    UndecidedDateError
        When the order matters and is not given.
    DateError
        When it is no date; the message says why.
    """
    return _read(text, order)


def find_order(texts: Iterable[str]) -> tuple[Order | None, bool]:
    """Find which comes first in a column: a number above 12 is a day, and tells for all.

    Returns
    -------
    order
        `None` when nothing tells, or when one cell tells against another.
    asked
        Whether it matters: some cell means one day or another.
    """
    seen: set[Order] = set()
    undecided = False
    for text in texts:
        numbers = _numbers(_plain(text))
        if numbers is None:
            continue
        first, second, _ = numbers
        if first > 12 >= second:
            seen.add(Order.DAY_FIRST)
        elif second > 12 >= first:
            seen.add(Order.MONTH_FIRST)
        elif first != second and first <= 12:
            undecided = True
    order = next(iter(seen)) if len(seen) == 1 else None
    return order, undecided and order is None


def looks_like_date(text: str) -> bool:
    """Whether a cell is a date in any order; a bare year or a day's number may be anything."""
    if len(text) < 6:
        return False
    try:
        _read(text, Order.DAY_FIRST)
    except DateError:
        try:
            _read(text, Order.MONTH_FIRST)
        except DateError:
            return False
    return True


@lru_cache(maxsize=50_000)
def _read(text: str, order: Order | None) -> DateWindow:
    plain = _plain(text)
    if not plain or len(plain) > MAX_CHARACTERS:
        raise DateError("it is no date")
    if _EDTF.fullmatch(plain):
        return _window(plain)
    if found := _numbers(plain):
        return _in_order(*found, order)
    if _SHORT_YEAR.fullmatch(plain):
        raise DateError("its year has two digits, which may mean more than one century")
    for form, read in _FORMS:
        if match := form.fullmatch(plain):
            return _window(read(match))
    if _SERIAL.fullmatch(plain) and FIRST_SERIAL <= float(plain) <= LAST_SERIAL:
        return _window((_ZERO + timedelta(days=int(float(plain)))).isoformat())
    raise DateError("it is no date")


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_YEAR_FIRST, lambda m: f"{m[1]}-{int(m[3]):02}-{int(m[4]):02}"),
    (_COMPACT, lambda m: f"{m[1]}-{m[2]}-{m[3]}"),
    (_MONTH_YEAR, lambda m: f"{m[2]}-{int(m[1]):02}"),
    (_DAY_WORD, lambda m: f"{m[3]}-{_MONTHS[m[2].lower()]:02}-{int(m[1]):02}"),
    (_WORD_DAY, lambda m: f"{m[3]}-{_MONTHS[m[1].lower()]:02}-{int(m[2]):02}"),
    (_WORD_YEAR, lambda m: f"{m[2]}-{_MONTHS[m[1].lower()]:02}"),
    (_YEAR_WORD, lambda m: f"{m[1]}-{_MONTHS[m[2].lower()]:02}" + (f"-{int(m[3]):02}" if m[3] else "")),
)


@lru_cache(maxsize=50_000)
def _plain(text: str) -> str:
    """Return the date alone: figures of any script as 0-9, without the day of the week and the time of day."""
    if len(text) > 2 * MAX_CHARACTERS:
        return ""
    figures = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text.strip())
    return _TIME.sub("", _WEEKDAY.sub("", figures)).strip().rstrip(",;")


def _numbers(plain: str) -> tuple[int, int, int] | None:
    match = _NUMBERS.fullmatch(plain)
    return (int(match[1]), int(match[3]), int(match[4])) if match else None


def _in_order(first: int, second: int, year: int, order: Order | None) -> DateWindow:
    if first <= 12 and second <= 12 and first != second and order is None:
        raise UndecidedDateError("day and month may be either way round")
    if order is None:
        order = Order.DAY_FIRST if second <= 12 else Order.MONTH_FIRST
    day, month = (first, second) if order is Order.DAY_FIRST else (second, first)
    if month > 12 >= day:
        raise DateError(f"{month} is no month, and the {order} comes first in this column")
    return _window(f"{year:04}-{month:02}-{day:02}")


def _window(text: str) -> DateWindow:
    try:
        return parse_window(text)
    except DateError as error:
        if "before it starts" in str(error):
            raise DateError("it ends before it starts") from None
        raise DateError("there is no such day in the calendar") from None
