"""What the XML of a workbook says beside its values: the day it counts from, what it hides, formulas that have no result.

It runs in the process of `workbook_child`, whose memory and time are limited, and knows nothing but the standard library.
Parts of a sheet are found by patterns, not by a parser: a sheet has millions of elements, and of these a few hundred matter.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO
from xml.etree import ElementTree

WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
MOST = 20_000
"""So many hidden rows, or formulas without a result, are told apart; no sheet that is read has more rows."""

LAST_COLUMN = 16_384
_TRUE = frozenset({"1", "true"})
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_DATA = re.compile(rb"<(?:\w+:)?sheetData\b")
_FILTER = re.compile(rb"<(?:\w+:)?filterColumn\b")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_FORMULA_CELL = re.compile(
    rb"<(?:\w+:)?c\b(?P<cell>[^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?P<value><(?:\w+:)?v\s*/>|<(?:\w+:)?v\b[^>]*>(?P<said>[^<]*)</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


@dataclass(frozen=True, slots=True)
class Layout:
    """What a sheet hides and lacks.

    Attributes
    ----------
    hidden_rows
        Their numbers, from 1.
    hidden_columns
        Their numbers, from 0.
    filtered
        Whether a filter is set, which hides rows too.
    hollow
        (row from 1, column from 0) of cells whose formula has no result in the file.
    """

    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    filtered: bool = False
    hollow: tuple[tuple[int, int], ...] = ()


class LayoutReader:
    """Reads the layout of a workbook that `archive.repack` has checked."""

    def __init__(self, file: BinaryIO) -> None:
        self._archive = zipfile.ZipFile(file)
        # entities that grow without end are refused by expat, and this process may have little memory
        self._book = ElementTree.fromstring(self._archive.read(WORKBOOK))  # noqa: S314

    def counts_from_1904(self) -> bool:
        """Whether day 0 of the workbook is 1 January 1904, as it was on early Macintoshes."""
        settings = self._book.find("{*}workbookPr")
        return settings is not None and settings.get("date1904", "") in _TRUE

    def layout(self, sheet: str) -> Layout:
        """Return the layout of the sheet with that name; an empty one where its part is not found."""
        part = self._part(sheet)
        if not part:
            return Layout()
        xml = self._archive.read(part)
        if xml.startswith(_BYTE_ORDER_MARKS):
            xml = xml.decode("utf-16", "replace").encode("utf-8", "replace")
        begin, end = _DATA.search(xml), xml.rfind(b"sheetData>")  # the cells, which are nearly all of it
        before, after = xml[: begin.start() if begin else 0], xml[max(end, 0) :]
        return Layout(
            tuple(_hidden_rows(xml)),
            tuple(sorted(set(_hidden_columns(before)))),
            _FILTER.search(after) is not None,
            tuple(_hollow(xml, guessed=self._computes_on_opening())) if b"<f" in xml or b":f" in xml else (),
        )

    def _computes_on_opening(self) -> bool:
        """Whether the workbook asks for all results to be computed anew: programs that cannot compute write 0 for each."""
        settings = self._book.find("{*}calcPr")
        return settings is not None and settings.get("fullCalcOnLoad", "") in _TRUE

    def _part(self, sheet: str) -> str:
        relation = next(
            (
                value
                for element in self._book.iterfind("{*}sheets/{*}sheet")
                if element.get("name") == sheet
                for key, value in element.attrib.items()
                if key.endswith("}id")
            ),
            "",
        )
        names = set(self._archive.namelist())
        if not relation or RELATIONS not in names:
            return ""
        relations = ElementTree.fromstring(self._archive.read(RELATIONS))  # noqa: S314  as above
        for element in relations.iterfind("{*}Relationship"):
            if element.get("Id") == relation:
                target = element.get("Target", "")
                part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
                return part if part in names else ""
        return ""


def _attributes(tag: bytes) -> dict[str, str]:
    return {
        key.decode("ascii", "replace"): (double or single).decode("utf-8", "replace")
        for key, double, single in _ATTRIBUTE.findall(tag)
    }


def _is_hidden(said: dict[str, str], size: str, custom: str) -> bool:
    """Whether a row or column is hidden: it says so, or somebody drew it to nothing."""
    return said.get("hidden") in _TRUE or (said.get(custom) in _TRUE and _is_nothing(said.get(size, "")))


def _is_nothing(size: str) -> bool:
    try:
        return float(size) == 0
    except ValueError:
        return False


def _hidden_rows(xml: bytes) -> Iterator[int]:
    number = found = 0
    for match in _ROW.finditer(xml):
        said = _attributes(match[1])
        given = said.get("r", "")
        number = int(given) if given.isascii() and given.isdigit() and len(given) < 8 else number + 1
        if _is_hidden(said, "ht", "customHeight"):
            found += 1
            if found > MOST:
                return
            yield number


def _hidden_columns(xml: bytes) -> Iterator[int]:
    for match in _COLUMN.finditer(xml):
        said = _attributes(match[1])
        first, last = said.get("min", ""), said.get("max", "")
        if first.isdigit() and last.isdigit() and _is_hidden(said, "width", "customWidth"):
            yield from range(max(int(first[:6]), 1) - 1, min(int(last[:6]), LAST_COLUMN))


def _hollow(xml: bytes, *, guessed: bool) -> Iterator[tuple[int, int]]:
    """Yield the cells whose formula has no result. An empty text is a result, which the cell says by its type.

    `guessed`: whoever wrote the file could not compute, and put 0 for every result.
    """
    found = 0
    for match in _FORMULA_CELL.finditer(xml):
        said = _attributes(match["cell"])
        value = (match["said"] or b"").strip()
        empty = not value and not (match["value"] and said.get("t") == "str")
        if not (empty or (guessed and value in {b"0", b"0.0"})):
            continue
        place = _REFERENCE.fullmatch(said.get("r", ""))
        found += 1
        if place is None or found > MOST:
            continue
        yield int(place[2]), _column_number(place[1])


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number - 1
