"""An uploaded file as a header and rows of text, with the numbers that a spreadsheet gives the rows."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from control.markup import without_marks
from control.record.fault import Fault, Origin
from control.upload.questions import Choice
from geo.errors import UserError
from geo.names import without_invisible

MAX_BYTES = 10 * 2**20
MAX_ROWS = 20_000
MAX_COLUMNS = 100
MAX_CELL = 2000
"""Characters of a cell that is read; a longer one is a fault of its row."""

SKIPPED = frozenset({"row", "problem", "remedy"})
"""Columns that the file of rows to mend has in front: they are passed over when it comes back."""

NO_RESULT = "(formula without a result)"
"""What stands in a cell of a workbook whose formula was never computed; not a blank, which would say nothing of it."""

EPOCH, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
"""Day 0 of a spreadsheet's count: the usual one, which takes 1900 for a leap year, and that of early Macintoshes."""

_NOTHING = frozenset({"", "-", "--", "n/a", "na", "nan", "none", "null", "?", "\N{EN DASH}", "\N{EM DASH}"})
_FORMULA = frozenset("=+-@")


class Hidden(StrEnum):
    """What a sheet may hide; it is read all the same, unless a person wants it left out."""

    ROWS = "rows"
    COLUMNS = "columns"


class SheetError(UserError, ValueError):
    """A file that cannot be read as a sheet at all; the message says what to do about it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its number as a spreadsheet counts (the first is 1), and as many cells as the header has."""

    number: int
    cells: tuple[str, ...]


def fault_of(row: int, column: str, wrong: str, expected: str, remedy: str) -> Fault:
    """Return the fault of a row, or of its cell in a column."""
    return Fault(Origin("", row, "row", column), wrong, expected, remedy)


@dataclass(frozen=True)
class Sheet:
    """A table of text.

    Attributes
    ----------
    file
        Its name.
    header
        Names of the columns, as written.
    lines
        All rows that are not blank, in file order; those with faults are among them.
    faults
        Of rows that are no rows of this table.
    notes
        What a person should know of how it was read.
    sheets, chosen
        The sheets of a workbook, and the one that was read.
    hidden_sheets
        Those of the sheets that are hidden.
    hidden
        How many rows and columns of the table are hidden, read or not.
    left_out
        What of it was left out.
    epoch
        Day 0 of the count of days.
    letters
        The encodings to choose from, best first; none where there is no doubt.
    tags
        HXL tags of the columns, where the sheet has them.
    encoding
        How the letters were decoded; empty when there was no doubt about it.
    """

    file: str
    header: tuple[str, ...]
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    chosen: str = ""
    encoding: str = ""
    hidden_sheets: tuple[str, ...] = ()
    hidden: Mapping[Hidden, int] = field(default_factory=dict)
    left_out: frozenset[Hidden] = frozenset()
    epoch: date = EPOCH
    tags: tuple[str, ...] = ()
    letters: tuple[Choice, ...] = ()
    _cells: dict[int, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the content."""
        text = hashlib.sha256(repr((self.file, self.header)).encode("utf-8", "replace"))
        for line in self.lines:
            text.update(repr((line.number, line.cells)).encode("utf-8", "replace"))
        return text.hexdigest()

    def column(self, index: int) -> tuple[str, ...]:
        """Return the cells of a column as they are read: on one line, `n/a` and the like empty."""
        if index not in self._cells:
            self._cells[index] = tuple(clean(line.cells[index]) for line in self.lines)
        return self._cells[index]


def clean(cell: str) -> str:
    """Put a cell on one line without control characters and what is invisible; what stands for nothing becomes nothing."""
    text = " ".join(without_marks(without_invisible(cell[: MAX_CELL + 1])).split())
    if text[:1] == "'" and text[1:2] in _FORMULA:
        text = text[1:]  # put there by whoever wrote the file, so that a spreadsheet does not run the cell
    return "" if text.casefold() in _NOTHING else text


def column_letter(index: int) -> str:
    """Name a column as a spreadsheet does: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def to_lines(
    rows: Sequence[tuple[int, Sequence[str]]], width: int
) -> tuple[tuple[Line, ...], tuple[Fault, ...], tuple[str, ...]]:
    """Fit rows to a header of `width` columns; short ones are filled up, cells beyond the last column are a fault."""
    lines: list[Line] = []
    faults: list[Fault] = []
    filled: list[int] = []
    for number, cells in rows:
        extra = any(cell.strip() for cell in cells[width:])
        if extra:
            faults.append(
                fault_of(
                    number, "", f"{len(cells)} cells", f"{width} cells, as in the header",
                    "put cells with a separator in them into quotes, or take the extra cells away",
                )
            )  # fmt: skip
        elif len(cells) < width:
            filled.append(number)
        # what stands beyond the header is kept in the last cell, so that it comes back in the file of rows to mend
        kept = [*cells[: width - 1], " | ".join(cells[width - 1 :])] if extra else cells[:width]
        lines.append(Line(number, (*kept, *[""] * (width - len(kept)))))
    notes = []
    if filled:
        some = ", ".join(map(str, filled[:5])) + (", ..." if len(filled) > 5 else "")
        have = f"{len(filled)} rows have" if len(filled) > 1 else "1 row has"
        notes.append(f"{have} fewer cells than the header (row {some}): the missing ones count as empty")
    return tuple(lines), tuple(faults), tuple(notes)
