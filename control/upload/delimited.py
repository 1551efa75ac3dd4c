"""CSV and TSV of anybody's making: the encoding and the separator are found out, stray quotes cost one row each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from control.upload.sheet import SheetError

DELIMITERS = (",", ";", "\t", "|")
ENCODINGS = {
    "utf-8": "Unicode (UTF-8)",
    "cp1252": "Western European (Windows-1252)",
    "cp1256": "Arabic (Windows-1256)",
    "cp1251": "Cyrillic (Windows-1251)",
    "cp1254": "Turkish (Windows-1254)",
}
"""What a file without a mark may be in."""

MOST_LINES = 50
"""A quoted cell that goes on for longer was opened by a stray quotation mark."""

MAX_LINE = 100_000
"""Characters; a longer line is no row."""

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
MOST_PHYSICAL_LINES = 200_000
"""A file of so many lines is no table of at most 20,000 rows."""

_SAMPLE_LINES = 40
UNCLOSED = "a quotation mark that is not closed"
TOO_LONG = f"a line of more than {MAX_LINE} characters"

Record = tuple[int, list[str], str]
"""Number, cells, and what is wrong with it (empty: nothing)."""


def decode(content: bytes, encoding: str = "") -> tuple[str, str]:
    """Return the text, and the encoding when it is a guess (empty: the file says so itself, or it is plain UTF-8).

    Parameters
    ----------
    encoding
        One of `ENCODINGS`, when a person has named it.
    """
    if encoding:
        return content.decode(encoding, "replace"), encoding
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content.decode(name, "replace").removeprefix("\ufeff"), ""
    try:
        return content.decode("utf-8"), ""
    except UnicodeDecodeError:
        pass
    sample = content[:4000]
    for offset, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = sample[offset::2]
        if half and half.count(0) > 0.4 * len(half):
            return content.decode(name, "replace"), ""
    text = content.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    foreign = len(text) - len(text.encode("ascii", "ignore")) - damaged
    if foreign > damaged:  # UTF-8 with some bytes gone wrong
        return text, "utf-8"
    return content.decode("cp1252", "replace"), "cp1252"


def read_delimited(text: str) -> Iterator[Record]:
    """Yield the rows of a table, blank ones left out; numbers are those that a spreadsheet gives them.

    Raises
    ------
    SheetError
        When there are far too many lines.
    """
    if text.count("\n") + text.count("\r") > 2 * MOST_PHYSICAL_LINES:
        raise SheetError("the file has far too many lines; take the blank ones away, or split it")
    lines = list(io.StringIO(text, newline=""))
    skip = 0
    first = lines[0].strip().lower() if lines else ""
    if first.startswith("sep=") and len(first) == 5:  # a spreadsheet's own mark
        delimiter, skip = first[4], 1
    else:
        delimiter = find_delimiter(lines[:_SAMPLE_LINES])
    for number, cells, wrong in _records(lines[skip:], delimiter):
        if wrong or any(cell.strip() for cell in cells):
            yield number + skip, cells, wrong


def find_delimiter(lines: Sequence[str]) -> str:
    """Return the separator that cuts most lines into the same number of cells; more cells are better."""
    return max(DELIMITERS, key=lambda delimiter: _regularity(lines, delimiter))


def _regularity(lines: Sequence[str], delimiter: str) -> float:
    counts = [len(cells) for _, cells, _ in _records([line[:5000] for line in lines], delimiter) if any(cells)]
    several = [count for count in counts if count > 1]
    if not several:
        return 0.0
    usual = max(sorted(set(several)), key=several.count)
    # a title above the table, or one odd row, hardly counts
    return several.count(usual) / len(counts) + 0.01 * min(usual, 20)


def _records(lines: Sequence[str], delimiter: str) -> Iterator[Record]:
    """Yield records with their numbers. Of one that a stray quote makes of many lines, the first line alone is bad."""
    at = number = 0
    while at < len(lines):
        number += 1
        cells, used, wrong = _record(lines, at, delimiter)
        yield number, _bare(lines[at], delimiter) if wrong else cells, wrong
        at += used


def _record(lines: Sequence[str], at: int, delimiter: str) -> tuple[list[str], int, str]:
    """Read one record that starts at a line; return its cells, the lines it takes, and what is wrong with it."""
    if len(lines[at]) > MAX_LINE:
        return [], 1, TOO_LONG
    if '"' not in lines[at]:
        return next(csv.reader([lines[at]], delimiter=delimiter), []), 1, ""
    taken: list[str] = []

    def feed() -> Iterator[str]:
        for line in lines[at : at + MOST_LINES]:
            taken.append(line)
            yield line

    try:
        cells = next(csv.reader(feed(), delimiter=delimiter), [])
    except csv.Error:
        return [], 1, UNCLOSED
    # the strict reader tells a cell of several lines from a stray quote that runs into the quotes of its neighbours
    last = at + len(taken) == len(lines)
    if (len(taken) > 1 or last) and (wrong := _strictly(taken, delimiter)) and (len(taken) > 1 or _ENDS in wrong):
        return [], 1, UNCLOSED
    return cells, len(taken), ""


_ENDS = "unexpected end of data"


def _strictly(lines: Sequence[str], delimiter: str) -> str:
    """Return what the strict reader objects to; empty: nothing."""
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as error:
        return str(error)
    return ""


def _bare(line: str, delimiter: str) -> list[str]:
    """Cut a line at every separator, quotes being letters."""
    return line[:MAX_LINE].rstrip("\r\n").split(delimiter)
