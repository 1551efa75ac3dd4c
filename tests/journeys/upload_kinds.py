"""Kinds of files that people have, each made here: what the app must ask, what the person answers, and what becomes of it.

A new kind is one more `UploadKind` in `KINDS`; `test_upload_kinds.py` takes each of them through the app.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.control.upload.workbooks import HEADER, with_xml, workbook

DAYS = (date(2014, 6, 10), date(2014, 6, 11), date(2014, 6, 12))


@dataclass(frozen=True)
class UploadKind:
    """A file, and the way to the map.

    Attributes
    ----------
    name
        What the file has that is unusual.
    content
        Bytes of it; `ending` says what its name ends in.
    counts
        What the dialog says of the rows when all has been answered.
    answers
        Label of each question, or a part of it, and the answer or a part of it, in the order in which they are asked.
    says
        Texts that stand in the dialog at the end.
    silent_about
        Texts that never stand in it.
    """

    name: str
    content: bytes
    counts: str
    answers: Sequence[tuple[str, str]] = ()
    says: Sequence[str] = ()
    silent_about: Sequence[str] = ()
    ending: str = "csv"


def table(*rows: Sequence[object], header: Sequence[str] = HEADER, encoding: str = "utf-8") -> bytes:
    """Write rows as CSV."""
    file = io.StringIO()
    csv.writer(file).writerows([header, *rows])
    return file.getvalue().encode(encoding)


def used(count: int, *, bad: int = 0, of: int = 0) -> str:
    """Write what the dialog says of so many rows that are on the map."""
    total = of or count + bad
    return f"{total} row{'' if total == 1 else 's'}: {count} on the map, 0 to decide, {bad} not used"


def _hide(_: Workbook, sheet: Worksheet) -> None:
    sheet.row_dimensions[3].hidden = True


def _merge(_: Workbook, sheet: Worksheet) -> None:
    sheet.merge_cells("A2:A4")


ROWS = [
    [DAYS[0], "Mosul", "captured", "ISIL"],
    [DAYS[1], "Tikrit", "captured", "ISIL"],
    [DAYS[2], "Baiji", "captured", "ISIL"],
]
IN_WORDS = ("early June 2014", "10 июня 2014", "10 حزيران 2014", "17-May-15")
PLACED = (*HEADER, "lat", "lon")

KINDS = (
    UploadKind(
        "states on a day",
        table(["Mosul", "2015-06-01", "ISIL"], ["Erbil", "2015-06-01", "Peshmerga"], header=("town", "as of", "held by")),
        used(2),
        says=["Each row says that the side named"],
    ),
    UploadKind(
        "tags of HXL",
        table(["#date+occurred", "#loc+name", "#event", "#org"], *ROWS, header=("Wann", "Ortschaft", "Was", "Wer")),
        used(3),
        says=["row 2 has HXL tags"],
    ),
    UploadKind(
        "latitude and longitude exchanged",
        table([*ROWS[0], "43.13", "36.34"], [*ROWS[1], "43.68", "34.61"], header=PLACED),
        used(2),
        [("look exchanged", "Exchange them")],
    ),
    UploadKind(
        "coordinates in other figures and in minutes",
        table(
            [*ROWS[0], "٣٦٫٣٤", "٤٣٫١٣"], [*ROWS[1], "34,61° N", "43,68° E"], [*ROWS[2], "34°56'N", "43°29'E"], header=PLACED
        ),
        used(3),
    ),
    UploadKind(
        "both coordinates in one cell",
        table([*ROWS[0], "36.34, 43.13"], [DAYS[1], "", "captured", "ISIL", "POINT(43.68 34.61)"], header=(*HEADER, "spot")),
        used(2),
        says=["read as latitude, longitude, as row 2 tells"],
    ),
    UploadKind(
        "Arabic letters of Windows",
        table(["2014-06-10", "الموصل", "captured", "ISIL"], ["2014-06-11", "تكريت", "captured", "ISIL"], encoding="cp1256"),
        used(2),
        [("Which names are right?", "Arabic (Windows-1256)")],
    ),
    UploadKind(
        "UTF-16 without a mark", table(*ROWS, encoding="utf-16-le"), used(3)
    ),
    UploadKind(
        "two names of a place",
        table(["2014-06-10", "الموصل / Mosul", "captured", "ISIL"], ["2014-10-01", "Kobani (Ayn al-Arab)", "holds", "YPG"]),
        used(2),
    ),
    UploadKind(
        "marks inside a word",
        table(["2017-10-17", "ال\u200eرقة", "captured", "SDF"], ["2014-06-10", "Mo\u00adsul", "captured", "ISIL"]),
        used(2),
    ),
    UploadKind(
        "a column that stands twice",
        table([*ROWS[0], "2014-07-01"], header=(*HEADER, "date")),
        used(1),
        [("Date", "(column E)")],
    ),
    UploadKind(
        "another country and other years",
        table(*(["2023-04-15", town, "captured", "RSF"] for town in ("Khartoum", "Nyala", "Kas", "El Fasher"))),
        used(0, bad=4),
        says=["None of these places (Khartoum, Nyala, Kas) lies in this map.", "This map covers Iraq and Syria from"],
        silent_about=["Which place is it?", "Which side is it?"],
    ),
    UploadKind(
        "the right country in other years",
        table(["2003-04-09", "Baghdad", "captured", "ISIL"], ["2003-04-11", "Mosul", "captured", "ISIL"]),
        used(0, bad=2),
        says=["None of these dates (9 April 2003 to 11 April 2003) lies in this map."],
    ),
    UploadKind(
        "a part of which lies elsewhere",
        table(*ROWS, ["2014-06-10", "Tehran", "captured", "ISIL"], ["2004-06-10", "Mosul", "captured", "ISIL"]),
        used(3, bad=2),
        says=["is not on this map", "is outside the years of this map"],
    ),
    UploadKind(
        "dates in words",
        table(*([day, "Mosul", "captured", "ISIL"] for day in IN_WORDS)),
        "4 rows: 3 on the map, 1 said twice, 0 to decide, 0 not used",
    ),
    UploadKind(
        "midnights in UTC",
        table(*([f"2014-06-{day}T21:00:00.000Z", "Tikrit", "captured", "ISIL"] for day in (10, 11))),
        used(2),
        [("midnight in", "The day in Asia/Baghdad")],
    ),
    UploadKind(
        "the Islamic calendar",
        table(["1435-08-12", "Mosul", "captured", "ISIL"], ["1435-08-13", "Tikrit", "captured", "ISIL"]),
        used(2),
        [("Islamic calendar", "Islamic calendar")],
    ),
    UploadKind(
        "days counted from 1904",
        with_xml(
            workbook([[*HEADER], [40338, "Mosul", "captured", "ISIL"]]),
            "xl/workbook.xml",
            ("<workbookPr/>", '<workbookPr date1904="1"/>'),
        ),
        used(1),
        says=["from 1 January 1904"],
        ending="xlsx",
    ),
    UploadKind("a hidden row", workbook([[*HEADER], *ROWS], _hide), used(3), says=["1 hidden row is read"], ending="xlsx"),
    UploadKind(
        "a merged date",
        workbook([[*HEADER], ROWS[0], [None, *ROWS[1][1:]], [None, *ROWS[2][1:]]], _merge),
        used(3),
        says=["merged cells"],
        ending="xlsx",
    ),
    UploadKind(
        "a formula without a result",
        workbook([[*HEADER], ["=DATE(2014,6,10)", *ROWS[0][1:]], *ROWS[1:]]),
        used(2, bad=1),
        says=["a formula without its result"],
        ending="xlsx",
    ),
)  # fmt: skip
