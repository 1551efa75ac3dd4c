"""XLSX workbooks: checked, then read by a process of its own with little time and memory."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from control.upload.archive import repack
from control.upload.sheet import MAX_ROWS, NO_RESULT, SheetError
from control.upload.turns import Turns

CHILD = Path(__file__).with_name("workbook_child.py")
SECONDS = 4
"""Of the processor. Where others want it as well, that takes longer by the clock."""

CLOCK_SECONDS = 15
_STOPPED = {-signal.SIGXCPU, -signal.SIGKILL} if hasattr(signal, "SIGXCPU") else set()
_TOO_SLOW = (
    f"the workbook takes more than {SECONDS} seconds to read; save the sheet as CSV, or delete what is not needed"
)
PATIENCE = 20
"""Seconds that a workbook waits for its turn."""

_turns = Turns()
"""One at a time: a workbook of 1,500 bytes can ask for all the memory that its process may have."""

MAX_CHARACTERS = 20_000_000
"""Of all cells together: a text that stands in the file once may be shown by many cells."""

Rows = list[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class Pages:
    """The sheets of a workbook, and the rows of one with their numbers; blank rows are left out.

    Attributes
    ----------
    hidden_sheets
        Those of the sheets that are hidden.
    from_1904
        Whether its days are counted from 1 January 1904.
    hidden_rows, hidden_columns
        Numbers of the rows, from 1; of the columns, from 0.
    filtered
        Whether a filter is set, which hides rows too.
    merged
        (first row, last row, column) of merged cells that span several rows; the value stands in the first.
    """

    sheets: tuple[str, ...]
    chosen: str
    rows: Rows
    hidden_sheets: tuple[str, ...] = ()
    from_1904: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    filtered: bool = False
    merged: tuple[tuple[int, int, int], ...] = ()


def read_workbook(content: bytes, sheet: str = "") -> Pages:
    """Read a sheet of a workbook: the one with that name, else the one with the most rows.

    Dates become ISO text, formulas the value that was last computed for them, or `NO_RESULT` where the file has none.
    Nothing in a workbook is run.

    Raises
    ------
    SheetError
        When it is damaged, too large, or takes too long.
    """
    head = {
        "sheet": sheet,
        "rows": MAX_ROWS + 20,
        "characters": MAX_CHARACTERS,
        "seconds": SECONDS,
        "hollow": NO_RESULT,
    }
    request = json.dumps(head).encode() + b"\n" + repack(content)
    command = [sys.executable, "-I", str(CHILD)]
    try:
        with _turns.turn(patience=PATIENCE):
            # our own script with fixed arguments; what is hostile goes through the pipe
            ran = subprocess.run(command, input=request, capture_output=True, timeout=CLOCK_SECONDS, check=False)  # noqa: S603
    except TimeoutError:
        raise SheetError("other workbooks are being read; try again in a minute, or save the sheet as CSV") from None
    except subprocess.TimeoutExpired:
        raise SheetError(_TOO_SLOW) from None
    if ran.returncode in _STOPPED:
        raise SheetError(_TOO_SLOW)
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
    return Pages(
        sheets=tuple(map(str, answer["sheets"])),
        chosen=str(answer["chosen"]),
        rows=rows,
        hidden_sheets=tuple(map(str, answer["hidden_sheets"])),
        from_1904=bool(answer["from_1904"]),
        hidden_rows=frozenset(map(int, answer["hidden_rows"])),
        hidden_columns=frozenset(map(int, answer["hidden_columns"])),
        filtered=bool(answer["filtered"]),
        merged=tuple((int(first), int(last), int(column)) for first, last, column in answer["merged"]),
    )
