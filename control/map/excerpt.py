"""A range of dates out of a payload, for a page that shows no more than that."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

Row = list[float]


def excerpt(payload: dict[str, Any], since: date, until: date) -> dict[str, Any]:
    """Return a payload that begins with `since` and ends with `until`, both included.

    It opens on its own opening date where the range has it, else on the last day.

    Parameters
    ----------
    payload
        In the plain form that `ControlTimeline` documents; it is not changed.

    Raises
    ------
    ValueError
        When the range is not within that of the payload.
    """
    start, end = (date.fromisoformat(day) for day in payload["span"])
    if not start <= since <= until < end:
        raise ValueError(f"{since} to {until} is not within {start} to {end - timedelta(days=1)}")
    first, length = (since - start).days, (until - since).days + 1
    opening = date.fromisoformat(payload["opening"]["date"])
    day = opening if since <= opening <= until else until
    return {
        **payload,
        "span": [since.isoformat(), (until + timedelta(days=1)).isoformat()],
        "opening": {**payload["opening"], "date": day.isoformat()},
        "intervals": [_cut(rows, first, length) for rows in payload["intervals"]],
        "changes": [[day - first, index] for day, index in payload["changes"] if 0 <= day - first < length],
    }


def _cut(rows: list[Row], first: int, length: int) -> list[Row]:
    """Count days from `first` on; what was so before it is so on the first day."""
    before = [row for row in rows if row[0] <= first][-1:]
    within = [row for row in rows if first < row[0] < first + length]
    return [[max(0, row[0] - first), *row[1:]] for row in before + within]
