"""Where the header of a table stands: titles may stand above it, and a row of tags beside it or in its place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from control.upload.columns import by_name
from control.upload.dates import looks_like_date
from control.upload.hxl import tags_of
from control.upload.sheet import MAX_COLUMNS, clean

Row = tuple[int, Sequence[str]]
"""Number and cells."""

AMONG = 10
"""A header stands in one of the first rows that are not blank."""


@dataclass(frozen=True, slots=True)
class Header:
    """The row that names the columns, and the row of tags, which may be the same; by their places among the rows."""

    at: int
    tags: int | None = None


def find_header(rows: Sequence[Row], broken: Collection[int] = ()) -> Header | None:
    """Find the row that names the columns: the one with the most names that are known, or one beside a row of tags.

    Parameters
    ----------
    broken
        Numbers of rows that are none of the table.
    """
    wide = [
        at
        for at, (number, cells) in enumerate(rows[:AMONG])
        if number not in broken and sum(bool(cell.strip()) for cell in cells) > 1
    ]
    tags = next((at for at in wide if tags_of(_cells(rows[at]))), None)
    if tags is not None:
        above, below = (next((at for at in wide if at == beside), None) for beside in (tags - 1, tags + 1))
        if above is not None:
            return Header(above, tags)
        return Header(below if below is not None and _names_columns(rows[below]) else tags, tags)
    if not wide:
        return None
    known = {at: len(by_name(_cells(rows[at]))[0]) for at in wide}
    best = max(wide, key=lambda at: (known[at], -at))
    return Header(best if known[best] >= max(2, known[wide[0]] + 2) else wide[0])


def _cells(row: Row) -> list[str]:
    return [clean(cell) for cell in row[1][:MAX_COLUMNS]]


def _names_columns(row: Row) -> bool:
    cells = _cells(row)
    return len(by_name(cells)[0]) > 1 and not any(map(looks_like_date, cells))
