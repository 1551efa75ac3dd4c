"""XLSX workbooks: checked, then read by a process of its own with little time and memory."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from control.upload.archive import repack
from control.upload.sheet import MAX_ROWS, SheetError

CHILD = Path(__file__).with_name("workbook_child.py")
SECONDS = 4
MAX_CHARACTERS = 20_000_000
"""Of all cells together: a text that stands in the file once may be shown by many cells."""

Rows = list[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class Pages:
    """The visible sheets of a workbook, and the rows of one with their numbers; blank rows are left out."""

    sheets: tuple[str, ...]
    chosen: str
    rows: Rows


def read_workbook(content: bytes, sheet: str = "") -> Pages:
    """Read a sheet of a workbook: the one with that name, else the one with the most rows.

    Dates become ISO text, formulas the value that was last computed for them; nothing in a workbook is run.

    Raises
    ------
    SheetError
        When it is damaged, too large, or takes too long.
    """
    head = {"sheet": sheet, "rows": MAX_ROWS + 20, "characters": MAX_CHARACTERS, "seconds": SECONDS}
    request = json.dumps(head).encode() + b"\n" + repack(content)
    command = [sys.executable, "-I", str(CHILD)]
    try:
        # our own script with fixed arguments; what is hostile goes through the pipe
        ran = subprocess.run(command, input=request, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise SheetError(
            f"the workbook takes more than {SECONDS} seconds to read; save the sheet as CSV, or delete what is not needed"
        ) from None
    try:
        answer = json.loads(ran.stdout) if ran.returncode == 0 else None
    except ValueError:
        answer = None
    if answer is None:
        raise SheetError(
            "the workbook cannot be read: it is damaged, or a cell far off makes its sheet too large; copy the table into a "
            "new sheet, or save it as CSV"
        )
    if answer.get("cut"):
        raise SheetError(f"the sheet has more than {MAX_ROWS} rows or too much text; split it, by years for example")
    rows = [(int(number), [str(cell) for cell in cells]) for number, cells in answer["rows"]]
    return Pages(tuple(answer["sheets"]), str(answer["chosen"]), rows)
