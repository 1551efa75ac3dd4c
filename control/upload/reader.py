"""Bytes of anybody's making -> a sheet: what kind of file it is, where its header stands, what its rows are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from control.record.fault import Fault
from control.upload.dates import looks_like_date
from control.upload.delimited import TOO_LONG, decode, encoding_name, read_delimited
from control.upload.header import AMONG, Header, Row, find_header
from control.upload.hxl import tags_of
from control.upload.page_layout import COMPUTE, has_no_results, lay_out
from control.upload.sheet import (
    EPOCH,
    EPOCH_1904,
    MAX_BYTES,
    MAX_COLUMNS,
    MAX_ROWS,
    Hidden,
    Line,
    Sheet,
    SheetError,
    clean,
    column_letter,
    fault_of,
    to_lines,
)
from control.upload.workbook import Pages, read_workbook

_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06")
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_OTHERS = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "packed",
}


def read_sheet(
    file: str, content: bytes, *, sheet: str = "", encoding: str = "", left_out: Collection[Hidden] = ()
) -> Sheet:
    """Read a CSV, TSV or XLSX file. What kind it is, its content tells and not its name.

    Parameters
    ----------
    file
        Its name, for messages.
    sheet
        Of a workbook: the sheet to read; by default the one with the most rows.
    encoding
        Of a text file: the one to read by, when a person has named it.
    left_out
        Of a workbook: what of its hidden rows and columns is not read.

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
        return _workbook_sheet(file, read_workbook(content, sheet), left_out)
    text, guessed = decode(content, encoding)
    rows: list[Row] = []
    wrong: list[Fault] = []
    for number, cells, fault in read_delimited(text):
        rows.append((number, cells))
        if fault:
            wrong.append(fault_of(number, "", fault, "a row of cells", "close the quotation mark, or take it away"))
        if len(rows) > MAX_ROWS + AMONG:
            raise SheetError(f"the file has more than {MAX_ROWS} rows; split it, by years for example")
    note = f"the file is not plain UTF-8: it was read as {encoding_name(guessed)}" if guessed else ""
    return _sheet(file, rows, wrong, encoding=guessed, notes=(note,) if note else ())


def _workbook_sheet(file: str, pages: Pages, left_out: Collection[Hidden]) -> Sheet:
    try:
        sheet = _sheet(file, pages.rows, (), pages=pages, left_out=left_out)
    except SheetError as error:
        if has_no_results(pages.rows):
            raise SheetError(f"the workbook holds formulas without results: {COMPUTE}") from None
        raise error from None
    return replace(
        sheet,
        sheets=pages.sheets,
        chosen=pages.chosen,
        hidden_sheets=pages.hidden_sheets,
        left_out=frozenset(left_out),
        epoch=EPOCH_1904 if pages.from_1904 else EPOCH,
    )


def _sheet(
    file: str,
    rows: Sequence[Row],
    wrong: Sequence[Fault],
    *,
    pages: Pages | None = None,
    left_out: Collection[Hidden] = (),
    encoding: str = "",
    notes: tuple[str, ...] = (),
) -> Sheet:
    broken = {fault.row for fault in wrong}
    found = find_header(rows, broken)
    if found is None:
        raise SheetError(_no_table(wrong))
    place = found.at
    at = rows[place][0]
    cells = list(rows[place][1])
    while cells and not cells[-1].strip():
        cells.pop()
    if len(cells) > MAX_COLUMNS:
        raise SheetError(f"the table has {len(cells)} columns, more than {MAX_COLUMNS}; keep those that matter")
    if any(looks_like_date(clean(cell)) for cell in cells):
        header = tuple(f"column {column_letter(index)}" for index in range(len(cells)))
        notes = (*notes, "the first row is no header: it has a date in it, and is read as a row")
        body, named_by = rows[place:], at - 1
    else:
        header = tuple(clean(cell)[:100] or f"column {column_letter(index)}" for index, cell in enumerate(cells))
        body, named_by = rows[place + 1 :], at
    body = _tags_first(rows, found, body)
    above = place - sum(row[0] in broken for row in rows[:place]) - (found.tags is not None and found.tags < place)
    if above:
        count = f"{above} rows above the header are" if above > 1 else "1 row above the header is"
        notes = (*notes, f"{count} not read: row {at} names the columns")
    if len(body) > MAX_ROWS:
        raise SheetError(f"the table has more than {MAX_ROWS} rows; split it, by years for example")
    body = [*body, *(row for row in rows[:place] if row[0] in broken)]
    if not [row for row in body if found.tags is None or row is not rows[found.tags]]:
        raise SheetError("the table has a header and no rows; add rows below it")
    hidden: Mapping[Hidden, int] = {}
    if pages is not None:
        table = lay_out(pages, named_by, header, body, left_out)
        header, body, hidden, notes = table.header, table.rows, table.hidden, (*notes, *table.notes)
    tags = tags_of(header)
    if not tags and body and (tags := tags_of(body[0][1])):
        notes = (*notes, f"row {body[0][0]} has HXL tags: they say what the columns are, and the row is passed over")
        body = body[1:]
    lines, faults, more = to_lines([row for row in body if row[0] not in broken], len(header))
    damaged = [_damaged(row, len(header)) for row in body if row[0] in broken]
    return Sheet(
        file=file,
        header=header,
        lines=tuple(sorted((*lines, *damaged), key=lambda line: line.number)),
        faults=tuple(sorted((*faults, *wrong))),
        notes=(*notes, *more),
        encoding=encoding,
        hidden=hidden,
        tags=(*tags, *[""] * (len(header) - len(tags)))[: len(header)] if tags else (),
    )


def _tags_first(rows: Sequence[Row], header: Header, body: Sequence[Row]) -> list[Row]:
    """Put a row of tags before the rows of the table: what is done to columns is done to it too."""
    if header.tags is None or header.tags == header.at:
        return list(body)
    tags = rows[header.tags]
    return [tags, *(row for row in body if row is not tags)]


def _no_table(wrong: Sequence[Fault]) -> str:
    long = next((fault for fault in wrong if fault.wrong == TOO_LONG), None)
    if long is not None:
        return f"row {long.row} is {TOO_LONG}: that is no row of a table; are the line breaks missing, or is it no CSV file?"
    return "no table is in it: a header with at least two columns, such as date and place, and rows below it are needed"


def _damaged(row: Row, width: int) -> Line:
    number, cells = row
    kept = [*cells[: width - 1], " | ".join(cells[width - 1 :])] if len(cells) > width else list(cells)
    return Line(number, (*kept, *[""] * (width - len(kept))))
