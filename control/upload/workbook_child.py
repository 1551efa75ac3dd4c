"""Reads one sheet of a workbook in a process of its own, and prints it as JSON. No part of the package: it is run.

The reader is fast, and safe with memory in all but one respect: a workbook whose last cell is far away makes it ask for room
for all cells before, and a process that gets none is gone. Here that is this process, which may have little.
"""

from __future__ import annotations

import datetime
import io
import json
import sys
from typing import Any

MEMORY = 1024 * 2**20
MOST_SHEETS = 30


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
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    names = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ][:MOST_SHEETS]
    wanted = [request["sheet"]] if request["sheet"] in names else names
    best, first = "", 0
    rows: list[list[Any]] = []
    for name in wanted:
        sheet = book.get_sheet_by_name(name)
        found = sheet.to_python(skip_empty_area=True) if sheet.height else []
        if len(found) > len(rows) or not best:
            best, rows, first = name, found, sheet.start[0] if sheet.start else 0
    answer: dict[str, Any] = {"sheets": names, "chosen": best, "rows": []}
    characters, most = 0, request["rows"]
    for number, row in enumerate(rows, first + 1):
        cells = [_text(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        characters += sum(map(len, cells))
        answer["rows"].append([number, cells])
        if len(answer["rows"]) > most or characters > request["characters"]:
            answer["cut"] = True
            break
    sys.stdout.write(json.dumps(answer))


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
