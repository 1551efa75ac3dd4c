"""An uploaded file as a header and rows of text, with the numbers that a spreadsheet gives the rows."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from control.markup import without_marks

MAX_BYTES = 10 * 2**20
MAX_ROWS = 20_000
MAX_COLUMNS = 100
MAX_CELL = 2000
"""Characters of a cell that is read; a longer one is a fault of its row."""

SKIPPED = frozenset({"row", "problem", "remedy"})
"""Columns that the file of rows to mend has in front: they are passed over when it comes back."""

_NOTHING = frozenset({"", "-", "--", "n/a", "na", "nan", "none", "null", "?", "\N{EN DASH}", "\N{EM DASH}"})
_FORMULA = frozenset("=+-@")


class SheetError(ValueError):
    """A file that cannot be read as a sheet at all; the message says what to do about it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its number as a spreadsheet counts (the first is 1), and as many cells as the header has."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong with a row: where, what, what was expected, how to mend it."""

    row: int
    column: str
    wrong: str
    expected: str
    remedy: str

    def __str__(self) -> str:
        where = f"row {self.row}, {self.column}" if self.column else f"row {self.row}"
        return f"{where}: {self.wrong}; expected {self.expected}; {self.remedy}"


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
    """Put a cell on one line without control characters; what stands for nothing becomes nothing."""
    text = " ".join(without_marks(cell[: MAX_CELL + 1]).split())
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
                Fault(
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
