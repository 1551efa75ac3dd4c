"""CSV and TSV of anybody's making: the encoding and the separator are found out, stray quotes cost one row each."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from control.upload.sheet import SheetError

DELIMITERS = ("\t", ",", ";", "|")
"""Of two that cut equally well the first is taken: a tab is hardly ever part of a text, as a comma is of `36.34, 43.13`."""
ENCODINGS = {
    "utf-8": "Unicode (UTF-8)",
    "cp1252": "Western European (Windows-1252)",
    "cp1256": "Arabic (Windows-1256)",
    "cp1251": "Cyrillic (Windows-1251)",
    "cp1254": "Turkish (Windows-1254)",
    "iso8859_6": "Arabic (ISO 8859-6)",
    "iso8859_5": "Cyrillic (ISO 8859-5)",
    "koi8_u": "Cyrillic (KOI8-U)",
    "cp866": "Cyrillic (DOS)",
    "mac_arabic": "Arabic (Mac)",
    "mac_cyrillic": "Cyrillic (Mac)",
    "mac_roman": "Western European (Mac)",
    "cp1250": "Central European (Windows-1250)",
    "cp850": "Western European (DOS)",
    "cp720": "Arabic (DOS)",
}
"""What a file without a mark may be in: these are offered; others only where they make known names of a file."""

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
_SEPARATOR = re.compile(r'"?sep=([^"\w\s\x00-\x1f]|\t)"?[;,\t ]*', re.IGNORECASE)
"""A spreadsheet's own mark in the first line. A letter, a figure, a blank or a quotation mark parts no cells."""

UNCLOSED = "a quotation mark that is not closed"
TOO_LONG = f"a line of more than {MAX_LINE} characters"

Record = tuple[int, list[str], str]
"""Number, cells, and what is wrong with it (empty: nothing)."""


def encoding_name(encoding: str) -> str:
    """Return what an encoding is called for people; one that is not in `ENCODINGS` has only its own name."""
    return ENCODINGS.get(encoding, encoding)


def decode(content: bytes, encoding: str = "") -> tuple[str, str]:
    """Return the text, and the encoding when it is a guess (empty: the file says so itself, or it is plain UTF-8).

    Parameters
    ----------
    encoding
        The one to read by, when a person has named it, or when it alone makes known names.
    """
    if encoding:
        return content.decode(encoding, "replace"), encoding
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content.decode(name, "replace").removeprefix("\ufeff"), ""
    if wide := _utf16(content):
        return content.decode(wide, "replace"), ""
    try:
        return content.decode("utf-8"), ""
    except UnicodeDecodeError:
        pass
    text = content.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    foreign = len(text) - len(text.encode("ascii", "ignore")) - damaged
    if foreign > damaged:  # UTF-8 with some bytes gone wrong
        return text, "utf-8"
    return content.decode("cp1252", "replace"), "cp1252"


def _utf16(content: bytes) -> str:
    """Return which UTF-16 a file without a mark is in, or nothing. Plain letters in it are valid UTF-8, zeros between."""
    sample = content[:4000]
    high, low = sample[1::2], sample[0::2]
    for name, half, other in (("utf-16-le", high, low), ("utf-16-be", low, high)):
        # Figures and separators have a zero in one half, whatever the script of the names; the other half has none
        if half.count(0) > 0.05 * len(half) + 2 and other.count(0) < 0.01 * len(other) + 1:
            return name
    return ""


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
    mark = _SEPARATOR.fullmatch(lines[0].rstrip("\r\n")) if lines else None
    if mark:
        delimiter, skip = mark[1], 1
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
