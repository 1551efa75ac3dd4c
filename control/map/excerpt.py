"""A range of dates out of a payload, for a page that shows no more than that."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from control.map.row import PlainRow, Row
from control.record.dates import parse_day


def excerpt(payload: dict[str, Any], since: date, until: date) -> dict[str, Any]:
    """Return a payload that begins with `since` and ends with `until`, both included.

    It opens on its first day; the whole opens as it did.

    Parameters
    ----------
    payload
        In the plain form that `ControlTimeline` documents; it is not changed.

    Raises
    ------
    ValueError
        When the range is not within that of the payload.
    """
    start, end = (parse_day(day) for day in payload["span"])
    if not start <= since <= until < end:
        raise ValueError(f"{since} to {until} is not within {start} to {end - timedelta(days=1)}")
    first, length = (since - start).days, (until - since).days + 1
    whole = since == start and until == end - timedelta(days=1)
    opening = payload["opening"]["date"] if whole else since.isoformat()
    return {
        **payload,
        "span": [since.isoformat(), (until + timedelta(days=1)).isoformat()],
        "opening": {**payload["opening"], "date": opening},
        "intervals": [_cut(rows, first, length) for rows in payload["intervals"]],
        "presence": [
            [place, lon, lat, max(0, since - first), end - first, actor]
            for place, lon, lat, since, end, actor in payload.get("presence") or ()
            if end > first and since < first + length
        ],
        "moments": [[day - first, *said] for day, *said in payload.get("moments") or () if 0 <= day - first < length],
        "changes": [[day - first, index] for day, index in payload["changes"] if 0 <= day - first < length],
    }


def _cut(plain: list[PlainRow], first: int, length: int) -> list[PlainRow]:
    """Count days from `first` on; what was so before it is so on the first day."""
    rows = [Row(*row) for row in plain]
    before = [row for row in rows if row.start <= first][-1:]
    within = [row for row in rows if first < row.start < first + length]
    return [row._replace(start=max(0, row.start - first)).plain() for row in before + within]
