"""Files as people have them, and as nobody should."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from openpyxl import Workbook

from control.upload.columns import by_name
from control.upload.reader import read_sheet
from control.upload.role import Role
from control.upload.sheet import MAX_BYTES, MAX_ROWS, NO_RESULT, SheetError
from tests.control.upload.hostile_files import bombs

ROWS = 'date;place;note\n2017-11-03;Älpha;a\n2017-11-04;Beta;"two\nlines"\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_separators_are_found_out(encoding: str, delimiter: str) -> None:
    sheet = read_sheet("x.csv", ROWS.replace(";", delimiter).encode(encoding))
    assert sheet.header == ("date", "place", "note")
    assert [line.cells for line in sheet.lines] == [("2017-11-03", "Älpha", "a"), ("2017-11-04", "Beta", "two\nlines")]
    assert bool(sheet.encoding) == (encoding == "cp1252")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("names", [("Mosul", "Tikrit"), ("الموصل", "تكريت"), ("Херсон", "Бахмут")])
def test_utf_16_without_a_mark_is_read(encoding: str, names: tuple[str, str]) -> None:
    """Plain letters in it are valid UTF-8 as well, with a zero between any two."""
    sheet = read_sheet("x.csv", f"date,place\n2014-06-10,{names[0]}\n2014-06-11,{names[1]}\n".encode(encoding))
    assert [line.cells for line in sheet.lines] == [("2014-06-10", names[0]), ("2014-06-11", names[1])]


@pytest.mark.parametrize("mark", ['sep="', "sep=x", "sep= ", "sep=\0", "sep=", "SEP=5", 'sep=""'])
def test_a_mark_that_names_no_separator_is_a_line_like_any_other(mark: str) -> None:
    sheet = read_sheet("x.csv", f"{mark}\ndate;place\n2014-06-10;Mosul\n".encode())
    assert [line.cells for line in sheet.lines] == [("2014-06-10", "Mosul")]


@pytest.mark.parametrize("mark", ["sep=;", "SEP=;", '"sep=;"', "sep=;;"])
def test_the_separator_that_a_spreadsheet_names_is_taken(mark: str) -> None:
    sheet = read_sheet("x.csv", f"{mark}\ndate;place, and more\n2014-06-10;a,b,c\n".encode())
    assert [line.cells for line in sheet.lines] == [("2014-06-10", "a,b,c")]


def test_numbers_are_those_of_the_spreadsheet() -> None:
    """A title, a blank row, the header in row 3, a blank row, and a cell of two lines: Beta stands in row 6."""
    sheet = read_sheet("x.csv", b'Towns\n\ndate,place\n\n2017-11-03,"Al\npha"\n2017-11-04,Beta\n')
    assert [(line.number, line.cells[1]) for line in sheet.lines] == [(5, "Al\npha"), (6, "Beta")]


def test_a_stray_quote_costs_its_own_row() -> None:
    sheet = read_sheet("x.csv", b'date,place\n2017-11-03,"Alpha\n2017-11-04,Beta\n2017-11-05,"Gamma"\n')
    assert [fault.row for fault in sheet.faults] == [2]
    assert [line.cells[1] for line in sheet.lines] == ['"Alpha', "Beta", "Gamma"]


def test_rows_that_are_too_long_are_faults_and_short_ones_are_filled() -> None:
    sheet = read_sheet("x.csv", b"date,place,note\n2017-11-03,Alpha\n2017-11-03,Alpha,a,b\n2017-11-03,Alpha,a,,\n")
    assert [fault.row for fault in sheet.faults] == [3]
    assert [line.cells for line in sheet.lines] == [
        ("2017-11-03", "Alpha", ""), ("2017-11-03", "Alpha", "a | b"), ("2017-11-03", "Alpha", "a")
    ]  # fmt: skip
    assert "row 2" in sheet.notes[0]


def test_without_a_header_no_row_is_lost() -> None:
    sheet = read_sheet("x.csv", b"2017-11-03,Alpha\n2017-11-04,Beta\n")
    assert sheet.header == ("column A", "column B")
    assert len(sheet.lines) == 2


def workbook(*sheets: list[list[object]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, 1):
        page = book.create_sheet(f"Sheet {number}")
        for row in rows:
            page.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_workbook_is_read_by_its_largest_sheet_or_the_one_that_is_asked_for() -> None:
    content = workbook(
        [["date", "place"], ["a", "b"]],
        [
            ["date", "place", "n"],
            [datetime(2017, 11, 3), "Alpha", 2.0],
            [None, None, None],
            [datetime(2017, 11, 4), "=1+1", 2.5],
        ],
    )
    sheet = read_sheet("x.xlsx", content)
    assert (sheet.chosen, sheet.sheets) == ("Sheet 2", ("Sheet 1", "Sheet 2"))
    rows = [(2, "2017-11-03", "Alpha", "2"), (4, "2017-11-04", NO_RESULT, "2.5")]
    assert [(line.number, *line.cells) for line in sheet.lines] == rows
    assert len(read_sheet("x.xlsx", content, sheet="Sheet 1").lines) == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no table"),
        (b"one column\nx\n", "no table"),
        (b"date,place\n", "no rows"),
        (b"x" * (MAX_BYTES + 1), "larger than 10 MB"),
        (b"date,place\n" + b"a,b\n" * (MAX_ROWS + 30), "more than 20000 rows"),
        (b"date," * 200 + b"\n" + b"1," * 200 + b"\n", "more than 100"),
        (b"\n" * 500_000, "too many lines"),
        (b"%PDF-1.7", "a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old kind"),
        (b"PK\x03\x04 nonsense", "damaged"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_with_a_reason(content: bytes, reason: str) -> None:
    with pytest.raises(SheetError, match=reason):
        read_sheet("x", content)


def test_bombs_are_refused_or_read_as_little() -> None:
    """Each is small, and would take gigabytes or for ever."""
    harmless = {"an archive within", "a huge declared size"}
    for name, content in bombs().items():
        assert len(content) < MAX_BYTES, name
        try:
            sheet = read_sheet("bomb.xlsx", content)
        except SheetError:
            continue
        assert name in harmless, name
        assert len(sheet.lines) <= 1, name


def test_column_names_are_recognised_even_misspelt() -> None:
    header = [
        "Dte of event",
        "LOCATION_NAME",
        "eventType",
        "Controled by",
        "Sorce",
        "Latitude",
        "lng",
        "Remarks",
        "row",
        "???",
    ]
    found, _ = by_name(header)
    assert {role: header[index] for role, index in found.items()} == {
        Role.DATE: "Dte of event", Role.PLACE: "LOCATION_NAME", Role.EVENT: "eventType", Role.ACTOR: "Controled by",
        Role.SOURCE: "Sorce", Role.LAT: "Latitude", Role.LON: "lng", Role.NOTE: "Remarks",
    }  # fmt: skip
