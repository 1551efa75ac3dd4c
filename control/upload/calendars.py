"""The Islamic calendar, as official papers of Arab countries count it (Umm al-Qura), turned into days of the usual one."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from control.record.dates import DateError

LOOKS_ISLAMIC = range(1300, 1600)
"""Years that are of our time in the Islamic calendar, and of the late Middle Ages in the usual one."""


class Calendar(StrEnum):
    """Which calendar the dates of a column are of."""

    ISLAMIC = "islamic"
    GREGORIAN = "gregorian"


def islamic_days(year: int, month: int | None, day: int | None) -> tuple[date, date]:
    """Return first and last day of a year, month or day of the Islamic calendar.

    Raises
    ------
    DateError
        When there is no such day, or the calendar is not known for the year.
    """
    from hijridate import Hijri  # few tables need it

    try:
        if month is None:
            return Hijri(year, 1, 1).to_gregorian(), _last(year, 12)
        if day is None:
            return Hijri(year, month, 1).to_gregorian(), _last(year, month)
        only = Hijri(year, month, day).to_gregorian()
    except OverflowError:
        raise DateError("the Islamic calendar is known for its years 1343 to 1500 only") from None
    except ValueError:
        raise DateError("there is no such day in the Islamic calendar") from None
    return only, only


def _last(year: int, month: int) -> date:
    from hijridate import Hijri  # as above

    return Hijri(year, month, Hijri(year, month, 1).month_length()).to_gregorian()
