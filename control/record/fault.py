"""What keeps a row from being used, wherever it was read: a table of a theatre, a base layer, a mapping, an upload."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """Where a row stands.

    Attributes
    ----------
    file
        Its name; empty where only one file can be meant.
    line
        Number of the line (the header is line 1), of the row of a spreadsheet, or of the feature of a GeoJSON file.
    unit
        What is counted.
    column
        Name of a column of the row; empty when the whole row is meant.
    """

    file: str
    line: int
    unit: str = "line"
    column: str = ""

    def __str__(self) -> str:
        where = f"{self.unit} {self.line}" + (f", {self.column}" if self.column else "")
        if not self.file:
            return where
        return f"{self.file}:{self.line}" if self.unit == "line" else f"{self.file}: {where}"


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """A row or feature that cannot be used: where it stands, what is wrong, what was expected, how to mend it."""

    origin: Origin
    wrong: str
    expected: str
    remedy: str

    @property
    def row(self) -> int:
        """Number of the row."""
        return self.origin.line

    @property
    def column(self) -> str:
        """Name of the column; empty when the whole row is meant."""
        return self.origin.column

    def __str__(self) -> str:
        return f"{self.origin}: {self.wrong}; expected {self.expected}; {self.remedy}"
