"""Dates as a reader sees them: `3 November 2017`, `8-9 November 2017`, `about June 2014`. Files keep ISO and EDTF."""

from __future__ import annotations

import re
from datetime import date, timedelta

from control.record.dates import DateWindow, parse_window
from control.record.months import MONTHS, month_words

MOST_DAYS = 90
"""Longer stretches are told in months, and from two years on in years."""

MONTHS_OF_TWO_YEARS = 24
_DOUBT = re.compile(r"[~?%]")


def long_date(day: date) -> str:
    """Write a day out, without leading zero: `3 November 2017`."""
    return f"{day.day} {month_words(day)}"


def span_words(first: date, last: date) -> str:
    """Write the days from `first` to `last` as short as they allow: `8-9 November 2017`, `June to August 2014`, `2016`."""
    return _span(first, last, hyphen="-", to=" to ")


def window_words(window: DateWindow) -> str:
    """Write a date as its source gives it, with `about` where the source is not sure of it: `about June 2014`."""
    plain = _undoubted(window)
    return ("" if plain is window else "about ") + span_words(plain.first, plain.last)


def when_words(window: DateWindow) -> str:
    """Say when something was, for a sentence: `on 3 November 2017`, `in June 2014`, `on 8 or 9 November 2017`."""
    plain = _undoubted(window)
    if plain is not window:
        return window_words(window)
    if window.days == 1:
        return f"on {long_date(window.first)}"
    text = span_words(window.first, window.last)
    if _is_one_unit(window.first, window.last):
        return f"in {text}"
    return _some_time(window.first, window.last)


def _some_time(first: date, last: date) -> str:
    """Say within which days it was: of two days, months or years either is named."""
    either = _span(first, last, hyphen=" or ", to=" or ")
    if first + timedelta(days=1) == last:
        return f"on {either}"
    is_of_two_months = _are_months(first, last) and _months_of(last) == _months_of(first) + 1
    if is_of_two_months or (_are_years(first, last) and last.year == first.year + 1):
        return f"in {either}"
    return f"between {_span(first, last, hyphen=' and ', to=' and ')}"


def distance_words(days: int) -> str:
    """Say how long a stretch of time is, as fine as anybody needs it: `38 days`, `about 7 months`, `about 3 years`."""
    if days <= MOST_DAYS:
        return f"{days} day{'' if days == 1 else 's'}"
    months = round(days / 30.44)
    return f"about {months} months" if months < MONTHS_OF_TWO_YEARS else f"about {round(days / 365.25)} years"


def days_away(window: DateWindow, day: date) -> int:
    """Count the days between a day and a date as it is printed: 0 within it, else from its middle, as everywhere."""
    plain = _undoubted(window)
    return 0 if plain.contains(day) else abs((plain.middle - day).days)


def away_words(window: DateWindow, day: date) -> str:
    """Say how far a date is from a day, with `about` where the date is not of one day: `16 days`, `about 45 days`."""
    said = distance_words(days_away(window, day))
    is_rough = window.days > 1 and not said.startswith("about")
    return f"about {said}" if is_rough else said


def _undoubted(window: DateWindow) -> DateWindow:
    """Return the window without the days that a mark of doubt adds; the same object where there is no mark."""
    return parse_window(_DOUBT.sub("", window.text)) if _DOUBT.search(window.text) else window


def _is_one_unit(first: date, last: date) -> bool:
    """Whether the days are one whole month or one whole year."""
    return _are_months(first, last) and (
        (first.year, first.month) == (last.year, last.month) or (_are_years(first, last) and first.year == last.year)
    )


def _are_months(first: date, last: date) -> bool:
    return first.day == 1 and (last == date.max or (last + timedelta(days=1)).day == 1)


def _months_of(day: date) -> int:
    return 12 * day.year + day.month


def _are_years(first: date, last: date) -> bool:
    return (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)


def _span(first: date, last: date, *, hyphen: str, to: str) -> str:
    if first == last:
        return long_date(first)
    if _are_years(first, last):
        return f"{first.year}" if first.year == last.year else f"{first.year}{to}{last.year}"
    same_year, same_month = first.year == last.year, (first.year, first.month) == (last.year, last.month)
    if _are_months(first, last):
        end = month_words(last)
        if same_month:
            return end
        return f"{MONTHS[first.month - 1]}{'' if same_year else f' {first.year}'}{to}{end}"
    if same_month:
        return f"{first.day}{hyphen}{long_date(last)}"
    return f"{first.day} {MONTHS[first.month - 1]}{'' if same_year else f' {first.year}'}{to}{long_date(last)}"
