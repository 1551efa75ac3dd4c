"""Reads one sheet of a workbook in a process of its own, and prints it as JSON. No part of the package: it is run.

The reader is fast, and safe with memory in all but one respect: a workbook whose last cell is far away makes it ask for room
for all cells before, and a process that gets none is gone. Here that is this process, which may have little.
"""

from __future__ import annotations

import datetime
import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

MEMORY = 512 * 2**20
MOST_SHEETS = 30
MOST_MERGED = 20_000


class Found(NamedTuple):
    """A sheet: its first row and column from 0, its rows from there, and what is merged over several rows.

    `merged` has (first row from 1, last row, column from 0).
    """

    name: str
    top: int = 0
    left: int = 0
    rows: Sequence[Sequence[Any]] = ()
    merged: Sequence[tuple[int, int, int]] = ()


def main() -> None:
    """Read the request from the standard input: a line of JSON, then the workbook."""
    request = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    try:
        import resource
    except ImportError:  # not everywhere: there the time alone is limited
        pass
    else:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (request["seconds"], request["seconds"] + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from python_calamine import CalamineWorkbook

    # last on the path, so that nothing of the checkout stands before a package of its name
    sys.path.append(str(Path(__file__).resolve().parents[2]))
    from control.upload.workbook_layout import LayoutReader

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    visible, hidden = _names(book)
    found = _choose(book, request["sheet"], visible, hidden)
    reader = LayoutReader(io.BytesIO(content))
    layout = reader.layout(found.name)
    first = min([found.left, *(column for _, column in layout.hollow)])
    answer: dict[str, Any] = {
        "sheets": [*visible, *hidden],
        "hidden_sheets": hidden,
        "chosen": found.name,
        "from_1904": reader.counts_from_1904(),
        "hidden_rows": layout.hidden_rows,
        "hidden_columns": [column - first for column in layout.hidden_columns if column >= first],
        "filtered": layout.filtered,
        "merged": [[*rows, column - first] for *rows, column in found.merged if column >= first],
    }
    blank = [""] * (found.left - first)
    texts = {number: [*blank, *map(_text, row)] for number, row in enumerate(found.rows, found.top + 1)}
    _mark_hollow(texts, [(row, column - first) for row, column in layout.hollow], request["hollow"])
    sys.stdout.write(json.dumps(answer | _within(texts, request["rows"], request["characters"])))


def _names(book: CalamineWorkbook) -> tuple[list[str], list[str]]:
    """Return the names of the sheets that are visible, and of those that are not."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet][:MOST_SHEETS]
    visible = [sheet.name for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
    return visible, [sheet.name for sheet in sheets if sheet.visible != SheetVisibleEnum.Visible]


def _choose(book: CalamineWorkbook, wanted: str, visible: list[str], hidden: list[str]) -> Found:
    """Return the wanted sheet, else the one with the most rows."""
    if wanted in {*visible, *hidden}:
        return _find(book, wanted)
    best = Found("")
    for names in (visible, hidden):
        for name in names:
            found = _find(book, name)
            if len(found.rows) > len(best.rows) or not best.name:
                best = found
        if best.rows:  # what is hidden is read only where nothing else is
            break
    return best


def _find(book: CalamineWorkbook, name: str) -> Found:
    sheet = book.get_sheet_by_name(name)
    if not sheet.height:
        return Found(name)
    top, left = sheet.start or (0, 0)
    ranges = (sheet.merged_cell_ranges or [])[:MOST_MERGED]
    merged = [(first + 1, last + 1, column) for (first, column), (last, _) in ranges if last > first]
    return Found(name, top, left, sheet.to_python(skip_empty_area=True), merged)


def _mark_hollow(texts: dict[int, list[str]], hollow: list[tuple[int, int]], mark: str) -> None:
    """Put a mark into the cells whose formula has no result, so that they are not taken for empty ones."""
    for row, column in hollow:
        cells = texts.setdefault(row, [])
        cells += [""] * (column + 1 - len(cells))
        cells[column] = mark


def _within(texts: dict[int, list[str]], most_rows: int, most_characters: int) -> dict[str, Any]:
    """Return the rows that are not blank with their numbers; `cut` when there are too many."""
    kept: list[tuple[int, list[str]]] = []
    characters = 0
    for number in sorted(texts):
        cells = texts[number]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        kept.append((number, cells))
        characters += sum(map(len, cells))
        if len(kept) > most_rows or characters > most_characters:
            return {"rows": kept, "cut": True}
    return {"rows": kept}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


if __name__ == "__main__":
    main()
