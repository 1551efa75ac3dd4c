"""Time zones as a theatre names them."""

from __future__ import annotations

import re
from datetime import timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

_OFFSET = re.compile(r"(?:UTC)?([+-])(\d{1,2})(?::?(\d{2}))?")
_MOST = timedelta(hours=14)
"""No place of the Earth is further from UTC."""


def read_zone(name: str) -> tzinfo:
    """Return the zone of that name, such as `Asia/Tokyo`, or of that offset from UTC, such as `+03:00`.

    Raises
    ------
    ValueError
        When there is none.
    """
    if match := _OFFSET.fullmatch(name):
        offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
        if offset <= _MOST and int(match[3] or 0) < 60:
            return timezone(-offset if match[1] == "-" else offset, f"UTC{match[1]}{_hours(offset)}")
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # what a name may be that is none: unknown, a path, a folder
        raise ValueError(
            f"no time zone is called {name[:60]!r}; expected a name of the time zone database such as Asia/Tokyo, or an "
            "offset such as +03:00"
        ) from None


def _hours(offset: timedelta) -> str:
    hours, minutes = divmod(int(offset.total_seconds()) // 60, 60)
    return f"{hours}:{minutes:02}" if minutes else str(hours)
