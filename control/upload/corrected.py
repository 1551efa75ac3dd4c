"""Files for a person: the rows to mend, with what is wrong with them, and an empty table to begin with."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable

from control.markup import csv_cell, without_marks
from control.storage.csv_text import csv_file
from control.upload.questions import Kind
from control.upload.reading import Reading
from control.upload.sheet import Sheet

TEMPLATE = ("date", "place", "event", "actor", "loser", "source", "url", "published", "lat", "lon", "note")
_REMEDIES = {
    Kind.LETTERS: "say which letters are right, or save the file as CSV UTF-8",
    Kind.CALENDAR: "write the date as 2017-11-03",
    Kind.INSTANT: "write the day alone, as 2017-11-03",
    Kind.ORDER: "write the date as 2017-11-03",
    Kind.COORDINATES: "write the latitude and the longitude in columns of their own, named lat and lon",
    Kind.EVENT: "write captured, holds, withdrew, contested or another event",
    Kind.ACTOR: "write the name of a side of this map",
    Kind.PLACE: "write another spelling, or add the region in brackets",
}


def rows_to_mend(sheet: Sheet, reading: Reading) -> str:
    """Return the rows that are bad or undecided as CSV: `row`, `problem`, `remedy`, and the cells as they were.

    Mended, it can be uploaded as it is: the three columns in front are passed over. Cells that a spreadsheet would run as
    formulas get an apostrophe. With the mark that tells spreadsheets of UTF-8.
    """
    problems: dict[int, list[str]] = defaultdict(list)
    remedies: dict[int, list[str]] = defaultdict(list)
    for fault in reading.faults:
        where = f"{fault.column}: " if fault.column else ""
        problems[fault.row].append(f"{where}{fault.wrong}; expected {fault.expected}")
        remedies[fault.row].append(fault.remedy)
    bad = set(reading.bad)
    for question in reading.questions:
        for row in question.rows:
            if row not in bad:
                problems[row].append(f"not decided: {question.text}: {question.why}")
                remedies[row].append(_REMEDIES[question.kind])
    # columns that were passed over, because this file has been here before, are made anew
    again = {"row", "problem", "remedy"}
    kept = [index for index, name in enumerate(sheet.header) if name.strip().casefold() not in again]
    wanted = bad | set(reading.undecided)
    rows: list[Iterable[object]] = [["row", "problem", "remedy", *(sheet.header[index] for index in kept)]]
    rows += [
        [
            line.number, " | ".join(dict.fromkeys(problems[line.number])), " | ".join(dict.fromkeys(remedies[line.number])),
            *(line.cells[index] for index in kept),
        ]
        for line in sheet.lines
        if line.number in wanted
    ]  # fmt: skip
    return csv_file(_csv(rows))


def template() -> str:
    """Return an empty table with the usual columns."""
    return csv_file(_csv([TEMPLATE]))


def _csv(rows: Iterable[Iterable[object]]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerows([_cell(value) for value in row] for row in rows)
    return file.getvalue()


def _cell(value: object) -> object:
    return csv_cell(without_marks(value) if isinstance(value, str) else value)
