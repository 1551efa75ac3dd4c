"""Bytes of anybody's making -> a sheet: what kind of file it is, where its header stands, what its rows are."""

from __future__ import annotations

from collections.abc import Sequence

from control.upload.columns import by_name
from control.upload.dates import looks_like_date
from control.upload.delimited import ENCODINGS, decode, read_delimited
from control.upload.sheet import (
    MAX_BYTES,
    MAX_COLUMNS,
    MAX_ROWS,
    Fault,
    Line,
    Sheet,
    SheetError,
    clean,
    column_letter,
    to_lines,
)
from control.upload.workbook import read_workbook

_HEADER_AMONG = 10
"""A header stands in one of the first rows that are not blank; titles may stand above it."""

_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06")
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_OTHERS = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "packed",
}
Row = tuple[int, Sequence[str]]


def read_sheet(file: str, content: bytes, *, sheet: str = "", encoding: str = "") -> Sheet:
    """Read a CSV, TSV or XLSX file. What kind it is, its content tells and not its name.

    Parameters
    ----------
    file
        Its name, for messages.
    sheet
        Of a workbook: the sheet to read; by default the one with the most rows.
    encoding
        Of a text file: one of `delimited.ENCODINGS`, when a person has named it.

    Raises
    ------
    SheetError
        When it is no table, or larger than it may be; the message says what to do.
    """
    if len(content) > MAX_BYTES:
        raise SheetError(f"the file is larger than {MAX_BYTES // 2**20} MB; split it, by years for example")
    if content.startswith(_OLD_WORKBOOK):
        raise SheetError("the workbook is of the old kind, or protected by a password; save it as .xlsx or CSV")
    for mark, what in _OTHERS.items():
        if content.startswith(mark):
            raise SheetError(f"the file is {what}, not a table; give a CSV, TSV or XLSX file")
    if content.startswith(_ARCHIVES):
        pages = read_workbook(content, sheet)
        rows: list[Row] = list(pages.rows)
        return _sheet(file, rows, (), sheets=pages.sheets, chosen=pages.chosen)
    text, guessed = decode(content, encoding)
    rows, wrong = [], []
    for number, cells, fault in read_delimited(text):
        rows.append((number, cells))
        if fault:
            wrong.append(Fault(number, "", fault, "a row of cells", "close the quotation mark, or take it away"))
        if len(rows) > MAX_ROWS + _HEADER_AMONG:
            raise SheetError(f"the file has more than {MAX_ROWS} rows; split it, by years for example")
    note = f"the file is not plain UTF-8: it was read as {ENCODINGS[guessed]}" if guessed else ""
    return _sheet(file, rows, wrong, encoding=guessed, notes=(note,) if note else ())


def _sheet(
    file: str,
    rows: Sequence[Row],
    wrong: Sequence[Fault],
    *,
    sheets: tuple[str, ...] = (),
    chosen: str = "",
    encoding: str = "",
    notes: tuple[str, ...] = (),
) -> Sheet:
    broken = {fault.row for fault in wrong}
    at = _header_at([row for row in rows[:_HEADER_AMONG] if row[0] not in broken])
    if at is None:
        raise SheetError(
            "no table is in it: a header with at least two columns, such as date and place, and rows below it are needed"
        )
    place = next(index for index, row in enumerate(rows) if row[0] == at)
    cells = list(rows[place][1])
    while cells and not cells[-1].strip():
        cells.pop()
    if len(cells) > MAX_COLUMNS:
        raise SheetError(f"the table has {len(cells)} columns, more than {MAX_COLUMNS}; keep those that matter")
    if any(looks_like_date(clean(cell)) for cell in cells):
        header = tuple(f"column {column_letter(index)}" for index in range(len(cells)))
        notes = (*notes, "the first row is no header: it has a date in it, and is read as a row")
        body = rows[place:]
    else:
        header = tuple(clean(cell)[:100] or f"column {column_letter(index)}" for index, cell in enumerate(cells))
        body = rows[place + 1 :]
    above = place - sum(row[0] in broken for row in rows[:place])
    if above:
        count = f"{above} rows above the header are" if above > 1 else "1 row above the header is"
        notes = (*notes, f"{count} not read: row {at} names the columns")
    if len(body) > MAX_ROWS:
        raise SheetError(f"the table has more than {MAX_ROWS} rows; split it, by years for example")
    body = [row for row in rows[:place] if row[0] in broken] + list(body)
    if not body:
        raise SheetError("the table has a header and no rows; add rows below it")
    lines, faults, more = to_lines([row for row in body if row[0] not in broken], len(header))
    damaged = [_damaged(row, len(header)) for row in body if row[0] in broken]
    return Sheet(
        file=file,
        header=header,
        lines=tuple(sorted((*lines, *damaged), key=lambda line: line.number)),
        faults=tuple(sorted((*faults, *wrong))),
        notes=(*notes, *more),
        sheets=sheets,
        chosen=chosen,
        encoding=encoding,
    )


def _damaged(row: Row, width: int) -> Line:
    number, cells = row
    kept = [*cells[: width - 1], " | ".join(cells[width - 1 :])] if len(cells) > width else list(cells)
    return Line(number, (*kept, *[""] * (width - len(kept))))


def _header_at(rows: Sequence[Row]) -> int | None:
    """Return the number of the row that names the columns: the one with the most names that are known."""
    wide = [row for row in rows if sum(bool(cell.strip()) for cell in row[1]) > 1]
    if not wide:
        return None
    known = {number: len(by_name([clean(cell) for cell in cells[:MAX_COLUMNS]])[0]) for number, cells in wide}
    first = wide[0][0]
    best = max(wide, key=lambda row: (known[row[0]], -row[0]))[0]
    return best if known[best] >= max(2, known[first] + 2) else first
