"""What the layout of a workbook means for its table: merged values count for each row, what is hidden is read, and said."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from control.upload.sheet import NO_RESULT, Hidden
from control.upload.workbook import Pages

Row = tuple[int, Sequence[str]]
COMPUTE = "open and save the workbook in a spreadsheet program, then upload it again"
MOST_NAMED = 5
"""Rows, columns or sheets that a note names one by one."""


@dataclass(frozen=True, slots=True)
class Table:
    """Header and rows of a sheet, how much of it is hidden, and what a person should know of it."""

    header: tuple[str, ...]
    rows: list[Row]
    hidden: Mapping[Hidden, int]
    notes: tuple[str, ...]


def lay_out(
    pages: Pages, at: int, header: Sequence[str], rows: Sequence[Row], left_out: Collection[Hidden] = ()
) -> Table:
    """Apply the layout of a sheet to its table.

    Parameters
    ----------
    at
        Number of the row that names the columns: what is merged above or in it is no value of a row.
    rows
        Those below it.
    left_out
        What of the hidden parts is not read.
    """
    filled, merged = _fill(pages, at, header, rows)
    hidden_rows = [number for number, _ in filled if number in pages.hidden_rows]
    hidden_columns = [index for index in range(len(header)) if index in pages.hidden_columns]
    names = [header[index] for index in hidden_columns]
    notes = [*_sheets(pages), *_epoch(pages), *merged]
    notes += _hidden_rows(hidden_rows, filtered=pages.filtered, left_out=Hidden.ROWS in left_out)
    notes += _hidden_columns(names, left_out=Hidden.COLUMNS in left_out)
    kept: list[Row] = filled
    if Hidden.ROWS in left_out:
        kept = [row for row in kept if row[0] not in pages.hidden_rows]
    if Hidden.COLUMNS in left_out:
        gone = set(hidden_columns)
        kept = [(n, [cell for index, cell in enumerate(cells) if index not in gone]) for n, cells in kept]
        header = [name for index, name in enumerate(header) if index not in gone]
    notes += _hollow(header, kept)
    counts = {Hidden.ROWS: len(hidden_rows), Hidden.COLUMNS: len(hidden_columns)}
    return Table(tuple(header), kept, counts, tuple(notes))


def has_no_results(rows: Sequence[Row]) -> bool:
    """Whether some cell is a formula that was never computed."""
    return any(cell == NO_RESULT for _, cells in rows for cell in cells)


def _fill(pages: Pages, at: int, header: Sequence[str], rows: Sequence[Row]) -> tuple[list[Row], list[str]]:
    """Put the value of merged cells into each of their rows that has any other cell; the first of their columns has it."""
    table: dict[int, list[str]] = {number: list(cells) for number, cells in rows}
    numbers = sorted(table)
    spans: dict[str, list[str]] = defaultdict(list)
    done: dict[int, int] = {}
    for first, last, column in sorted(pages.merged, key=lambda span: (span[2], span[0])):
        # merged cells never lie over each other, but a file may say so
        first = max(first, done.get(column, 0) + 1)  # noqa: PLW2901
        done[column] = max(last, done.get(column, 0))
        if first <= at or first not in table or column >= len(header):
            continue
        value = table[first][column] if column < len(table[first]) else ""
        covered = numbers[bisect_right(numbers, first) : bisect_left(numbers, last + 1)]
        if not value.strip() or not covered:
            continue
        for number in covered:
            cells = table[number]
            cells += [""] * (column + 1 - len(cells))
            cells[column] = cells[column] if cells[column].strip() else value
        spans[header[column]].append(f"{first} to {covered[-1]}")
    said = "; ".join(f"{name}: rows {_some(where)}" for name, where in spans.items())
    notes = [f"merged cells: the value counts for each of their rows ({said})"] if said else []
    return [(number, table[number]) for number, _ in rows], notes


def _sheets(pages: Pages) -> list[str]:
    others = [
        f"{name!r} (hidden)" if name in pages.hidden_sheets else repr(name)
        for name in pages.sheets
        if name != pages.chosen
    ]
    chosen = f"{'the hidden' if pages.chosen in pages.hidden_sheets else 'the'} sheet {pages.chosen!r} is read"
    if others:
        return [f"{chosen}; not read: {_some(others)}"]
    return [chosen] if pages.chosen in pages.hidden_sheets else []


def _epoch(pages: Pages) -> list[str]:
    said = "the workbook counts its days from 1 January 1904, as its settings say; its dates are read so"
    return [said] if pages.from_1904 else []


def _hidden_rows(numbers: Sequence[int], *, filtered: bool, left_out: bool) -> list[str]:
    if not numbers:
        return []
    one = len(numbers) == 1
    count, which = ("1 hidden row", "row") if one else (f"{len(numbers)} hidden rows", "rows")
    by = "; the sheet has a filter" if filtered else ""
    return [f"{count} {_fate(one=one, left_out=left_out)} ({which} {_some(map(str, numbers))}{by})"]


def _hidden_columns(names: Sequence[str], *, left_out: bool) -> list[str]:
    if not names:
        return []
    one = len(names) == 1
    count = "1 hidden column" if one else f"{len(names)} hidden columns"
    return [f"{count} {_fate(one=one, left_out=left_out)} ({_some(map(repr, names))})"]


def _fate(*, one: bool, left_out: bool) -> str:
    are = "is" if one else "are"
    return f"{are} left out" if left_out else f"{are} read like all others"


def _hollow(header: Sequence[str], rows: Sequence[Row]) -> list[str]:
    """Say which columns hold formulas that were never computed."""
    counts: dict[str, int] = defaultdict(int)
    for _, cells in rows:
        for name, cell in zip(header, cells, strict=False):
            counts[name] += cell == NO_RESULT
    total = sum(counts.values())
    if not total:
        return []
    holds = (
        "1 cell holds a formula without its result" if total == 1 else f"{total} cells hold formulas without results"
    )
    return [f"{holds} ({_some(name for name, count in counts.items() if count)}): {COMPUTE}"]


def _some(names: Iterable[str]) -> str:
    named = list(names)
    return ", ".join(named[:MOST_NAMED]) + (", ..." if len(named) > MOST_NAMED else "")
