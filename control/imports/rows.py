"""Rows of somebody's CSV file as text, with their line numbers; sizes are limited, since the file may be anybody's."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TextIO

from control.imports.account import UnusableRowError
from control.record.dates import DateError, DateWindow, parse_day, parse_window
from control.record.months import month_named
from control.record.tables import TableError
from geo.place import LonLat

MAX_BYTES = 4 * 2**30
"""A larger file is refused; it is read row by row, so memory does not limit it."""
MAX_ROWS = 20_000_000
MAX_LINE = 1_000_000
"""Characters; a file without line breaks would be read as a whole."""

_DELIMITERS = (",", ";", "\t")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_WORDS = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})")
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?")

Row = Mapping[str, str]


def check_size(path: Path, limit: int = MAX_BYTES) -> None:
    """Refuse a file that is missing or larger than `limit` bytes.

    Raises
    ------
    TableError
        When it is.
    """
    if not path.is_file():
        raise TableError(f"{path.name}: no such file; expected one at {path}")
    if path.stat().st_size > limit:
        raise TableError(f"{path.name}: larger than {limit // 2**20} MB; split it by years, or leave rows out")


def read_rows(path: Path, needed: Sequence[str], limit: int = MAX_ROWS) -> Iterator[tuple[int, Row | None]]:
    """Yield (line, cells by lower-case column) of a CSV file; `None` for a row with a wrong number of cells.

    The separator is a comma, a semicolon or a tab, whichever gives the header the columns `needed`.

    Raises
    ------
    TableError
        When the file is missing, too large, not UTF-8, not CSV, or lacks a needed column.
    """
    check_size(path)
    name = path.name
    line_num = 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            first = file.readline(MAX_LINE)
            columns, delimiter = _header(name, first, needed)
            reader = csv.reader(_lines(file, name), delimiter=delimiter)
            for count, cells in enumerate(reader):
                line_num = reader.line_num
                if count >= limit:
                    raise TableError(f"{name}: more than {limit} rows; split it by years")
                line = line_num + 1
                if not any(cell.strip() for cell in cells):
                    continue
                if len(cells) != len(columns):
                    yield line, None
                else:
                    yield line, dict(zip(columns, (cell.strip() for cell in cells), strict=True))
        except UnicodeDecodeError as error:
            raise TableError(f"{name}: not UTF-8 at byte {error.start} of a block; save it as UTF-8") from None
        except csv.Error as error:
            raise TableError(f"{name}:{line_num + 1}: {error}; expected a CSV row; check its quotes") from None


def _lines(file: TextIO, name: str) -> Iterator[str]:
    number = 1
    while line := file.readline(MAX_LINE):
        number += 1
        if len(line) == MAX_LINE and not line.endswith("\n"):
            raise TableError(
                f"{name}:{number}: a line of more than {MAX_LINE} characters; expected a CSV row; check its quotes"
            )
        yield line


def _header(name: str, line: str, needed: Sequence[str]) -> tuple[list[str], str]:
    if not line.strip():
        raise TableError(
            f"{name}:1: no column names; expected {', '.join(needed)}; the file is empty, or its first line is"
        )
    found: list[list[str]] = []
    for delimiter in _DELIMITERS:
        columns = [c.strip().lower() for c in next(csv.reader([line], delimiter=delimiter), [])]
        if all(column in columns for column in needed):
            twice = sorted(c for c, count in Counter(columns).items() if count > 1)
            if twice:
                raise TableError(f"{name}:1: column {twice[0][:100]!r} twice; rename one of them")
            return columns, delimiter
        found.append(columns)
    best = max(found, key=len)
    missing = [column for column in needed if column not in best]
    lacks = "none of the columns that are needed" if missing == list(needed) else f"no column {', '.join(missing)}"
    raise TableError(
        f"{name}:1: {lacks}; expected {', '.join(needed)}; found {', '.join(best)[:500]}; "
        "export the file with these columns"
    )


def choose_column(columns: Sequence[str], wanted: str | None, usual: Sequence[str], what: str, name: str) -> str:
    """Return the column that the user named, or the first of the usual ones that the file has.

    Raises
    ------
    TableError
        When the file has none of them.
    """
    for column in [wanted] if wanted else usual:
        if column.lower() in columns:
            return column.lower()
    raise TableError(
        f"{name}:1: no column for the {what}: {wanted or ' or '.join(usual)}; found {', '.join(columns)[:500]}; "
        f"name it with --{what}-column"
    )


def header_of(path: Path) -> list[str]:
    """Return the lower-case columns of a CSV file.

    Raises
    ------
    TableError
        When it is missing, too large or not UTF-8.
    """
    check_size(path)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            line = file.readline(MAX_LINE)
    except UnicodeDecodeError:
        raise TableError(f"{path.name}:1: not UTF-8; save it as UTF-8") from None
    delimiter = max(_DELIMITERS, key=line.count)
    try:
        return [column.strip().lower() for column in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error as error:
        raise TableError(f"{path.name}:1: {error}; expected a CSV header; check its quotes") from None


@lru_cache(maxsize=100_000)
def read_day(text: str) -> date:
    """Read a calendar day as data sets write it: `2017-11-03` (a time of day may follow), `20171103`, `3 November 2017`.

    Days with a month in figures in another order are not guessed.

    Raises
    ------
    UnusableRowError
        When it is no such day.
    """
    text = text.strip()
    if match := _COMPACT.fullmatch(text):
        text = "-".join(match.groups())
    elif match := _WORDS.fullmatch(text):
        if month := month_named(match[2]):
            text = f"{match[3]}-{month:02}-{int(match[1]):02}"
    elif match := _ISO.fullmatch(text):
        text = match[1]
    try:
        return parse_day(text)
    except DateError:
        raise UnusableRowError("impossible date; expected 2017-11-03, 20171103 or 3 November 2017") from None


def day_window(day: date) -> DateWindow:
    """Return one day as a window."""
    return parse_window(day.isoformat())


def span_window(first: date, last: date) -> DateWindow:
    """Return the days from `first` to `last` as a window, the way EDTF writes it."""
    return day_window(first) if first == last else parse_window(f"{first.isoformat()}/{last.isoformat()}")


def read_position(lon: str, lat: str) -> LonLat:
    """Read WGS84 degrees.

    Raises
    ------
    UnusableRowError
        When they are no position.
    """
    try:
        x, y = float(lon), float(lat)
    except ValueError:
        x = y = float("nan")
    if not (-180 <= x <= 180 and -90 <= y <= 90):  # nan is neither
        raise UnusableRowError("no position; expected longitude and latitude in WGS84 degrees")
    return LonLat(x, y)


def read_code(text: str, codes: Sequence[str], what: str) -> int:
    """Read a one-digit code.

    Raises
    ------
    UnusableRowError
        When it is none of `codes`.
    """
    if text not in set(codes):
        raise UnusableRowError(f"{what} is none of {', '.join(codes)}")
    return int(text)


def day_of_timestamp(text: str) -> date | None:
    """Return the day (UTC) of a Unix time in seconds; `None` for anything else."""
    if not re.fullmatch(r"\d{9,11}", text):
        return None
    return datetime.fromtimestamp(int(text), UTC).date()
