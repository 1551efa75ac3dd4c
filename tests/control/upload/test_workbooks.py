"""What a spreadsheet can do to a table without changing a value: each is read as it is meant, or said."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from control.record.model import Claim
from control.upload.reader import read_sheet
from control.upload.reading import Reading
from control.upload.sheet import NO_RESULT, Hidden, SheetError
from tests.control.upload.conftest import Read
from tests.control.upload.workbooks import HEADER, SHEET, with_xml, workbook

FIRST_OF_MARCH = date(2017, 3, 1)
SERIAL, SERIAL_1904 = 42795, 41333
"""1 March 2017 as a spreadsheet counts days: since the end of 1899, and since 1904."""

TWO_ROWS = [[*HEADER], [FIRST_OF_MARCH, "Alpha", "holds", "Red"], [date(2017, 3, 2), "Beta", "holds", "Red"]]


def days(reading: Reading) -> list[date]:
    return [claim.window.first for claim in reading.claims]


def places(reading: Reading) -> dict[str, date]:
    def one(claim: Claim) -> tuple[str, date]:
        return claim.report.place, claim.window.first

    return dict(one(claim) for claim in reading.claims)


def said(reading: Reading, words: str) -> list[str]:
    return [note for note in reading.notes if words in note]


# Days that are counted from 1904


def counted(book: bytes, said_as: str = 'date1904="1"') -> bytes:
    return with_xml(book, "xl/workbook.xml", ("<workbookPr/>", f"<workbookPr {said_as}/>"))


@pytest.mark.parametrize("said_as", ['date1904="1"', 'date1904="true"', "date1904='1'", 'backupFile="1" date1904="1"'])
def test_days_are_counted_from_where_the_workbook_says(read: Read, said_as: str) -> None:
    """A bare number and a cell with the format of a date are the same day, and it is said once."""

    def formatted(_: Workbook, sheet: Worksheet) -> None:
        sheet["A2"].number_format = "yyyy-mm-dd"

    rows = [[*HEADER], [SERIAL_1904, "Alpha", "holds", "Red"], [SERIAL_1904, "Beta", "holds", "Red"]]
    _, reading = read(counted(workbook(rows, formatted), said_as))
    assert days(reading) == [FIRST_OF_MARCH, FIRST_OF_MARCH]
    assert len(said(reading, "from 1 January 1904")) == 1


@pytest.mark.parametrize("said_as", ['date1904="0"', 'date1904="false"', 'backupFile="1"'])
def test_days_are_counted_as_usual_where_the_workbook_says_nothing_else(read: Read, said_as: str) -> None:
    _, reading = read(counted(workbook([[*HEADER], [SERIAL, "Alpha", "holds", "Red"]]), said_as))
    assert days(reading) == [FIRST_OF_MARCH]
    assert not said(reading, "1904")


# What is hidden


def test_a_hidden_row_is_used_and_said_and_may_be_left_out(read: Read) -> None:
    def hide(_: Workbook, sheet: Worksheet) -> None:
        sheet.row_dimensions[3].hidden = True

    content = workbook(TWO_ROWS, hide)
    sheet, reading = read(content)
    assert reading.used == (2, 3)
    assert said(reading, "1 hidden row") == ["1 hidden row is read like all others (row 3)"]
    assert sheet.hidden == {Hidden.ROWS: 1, Hidden.COLUMNS: 0}
    without = read_sheet("x.xlsx", content, left_out={Hidden.ROWS})
    assert [line.number for line in without.lines] == [2]
    assert without.notes == ("1 hidden row is left out (row 3)",)
    assert without.left_out == {Hidden.ROWS}


def test_rows_that_a_filter_hides_are_used_and_said(read: Read) -> None:
    def hide(_: Workbook, sheet: Worksheet) -> None:
        sheet.auto_filter.ref = "A1:D3"
        sheet.auto_filter.add_filter_column(1, ["Nowhere"])
        for row in (2, 3):
            sheet.row_dimensions[row].hidden = True

    _, reading = read(workbook(TWO_ROWS, hide))
    assert reading.used == (2, 3)
    assert said(reading, "hidden") == ["2 hidden rows are read like all others (rows 2, 3; the sheet has a filter)"]


def test_rows_of_no_height_are_hidden_too(read: Read) -> None:
    content = with_xml(workbook(TWO_ROWS), SHEET, ('<row r="3">', '<row r="3" ht="0" customHeight="1">'))
    _, reading = read(content)
    assert said(reading, "1 hidden row")
    assert reading.used == (2, 3)


def test_rows_without_numbers_are_counted(read: Read) -> None:
    """A file may leave the numbers of rows and cells out."""
    content = with_xml(workbook(TWO_ROWS), SHEET, ('<row r="2">', "<row>"), ('<row r="3">', '<row hidden="true">'))
    _, reading = read(content)
    assert said(reading, "1 hidden row is read like all others (row 3)")


@pytest.mark.parametrize("shift", [0, 2])
def test_a_hidden_column_is_used_and_said_and_may_be_left_out(read: Read, shift: int) -> None:
    """The same where the table begins in column C."""

    def hide(_: Workbook, sheet: Worksheet) -> None:
        if shift:
            sheet.insert_cols(1, shift)
        sheet.column_dimensions["DF"[shift // 2]].hidden = True

    content = workbook(TWO_ROWS, hide)
    sheet, reading = read(content)
    assert [claim.actor for claim in reading.claims] == ["red", "red"]
    assert said(reading, "1 hidden column") == ["1 hidden column is read like all others ('actor')"]
    without = read_sheet("x.xlsx", content, left_out={Hidden.COLUMNS})
    assert without.header == ("date", "place", "event")
    assert all(len(line.cells) == 3 for line in without.lines)
    assert sheet.header == HEADER


def test_columns_beside_the_table_that_are_hidden_are_not_spoken_of(read: Read) -> None:
    def hide(_: Workbook, sheet: Worksheet) -> None:
        sheet.column_dimensions.group("H", "XFD", hidden=True)

    _, reading = read(workbook(TWO_ROWS, hide))
    assert not said(reading, "hidden")


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_named_and_may_be_chosen(read: Read, state: str) -> None:
    """The visible sheet is read although the hidden one is longer."""

    def add(book: Workbook, _: Worksheet) -> None:
        other = book.create_sheet("Old")
        for row in [*TWO_ROWS, TWO_ROWS[1]]:
            other.append(list(row))
        other.sheet_state = state

    content = workbook(TWO_ROWS, add)
    sheet, reading = read(content)
    assert (sheet.chosen, sheet.sheets, sheet.hidden_sheets) == ("Sheet", ("Sheet", "Old"), ("Old",))
    assert said(reading, "not read") == ["the sheet 'Sheet' is read; not read: 'Old' (hidden)"]
    chosen = read_sheet("x.xlsx", content, sheet="Old")
    assert len(chosen.lines) == 3
    assert "the hidden sheet 'Old' is read; not read: 'Sheet'" in chosen.notes


def test_a_hidden_sheet_is_read_where_all_others_are_empty(read: Read) -> None:
    def swap(book: Workbook, sheet: Worksheet) -> None:
        book.create_sheet("Front", 0)
        sheet.sheet_state = "hidden"

    _, reading = read(workbook(TWO_ROWS, swap))
    assert reading.used == (2, 3)
    assert said(reading, "the hidden sheet 'Sheet' is read")


# Merged cells


def test_a_merged_date_counts_for_all_its_rows(read: Read) -> None:
    rows = [[*HEADER], *([FIRST_OF_MARCH if n == 0 else None, name, "holds", "Red"] for n, name in enumerate("ABG"))]
    for row, name in zip(rows[1:], ("Alpha", "Beta", "Gamma"), strict=True):
        row[1] = name

    def merge(_: Workbook, sheet: Worksheet) -> None:
        sheet.merge_cells("A2:A4")

    _, reading = read(workbook(rows, merge))
    assert places(reading) == dict.fromkeys(("Alpha", "Beta", "Gamma"), FIRST_OF_MARCH)
    assert said(reading, "merged") == ["merged cells: the value counts for each of their rows (date: rows 2 to 4)"]


def test_merged_cells_of_several_columns_and_spans_are_filled(read: Read) -> None:
    """Two dates over two rows each, one side over all four, in a table that begins in column B."""
    rows = [[*HEADER]]
    rows += [[FIRST_OF_MARCH, "Alpha", "holds", "Red"], [None, "Beta", "holds", None]]
    rows += [[date(2017, 3, 5), "Gamma", "holds", None], [None, "Alpha", "holds", None]]

    def merge(_: Workbook, sheet: Worksheet) -> None:
        sheet.insert_cols(1)
        for span in ("B2:B3", "B4:B5", "E2:E5"):
            sheet.merge_cells(span)

    _, reading = read(workbook(rows, merge))
    assert days(reading) == [FIRST_OF_MARCH, FIRST_OF_MARCH, date(2017, 3, 5), date(2017, 3, 5)]
    assert {claim.actor for claim in reading.claims} == {"red"}
    assert said(reading, "merged") == [
        "merged cells: the value counts for each of their rows (date: rows 2 to 3, 4 to 5; actor: rows 2 to 5)"
    ]


def test_merged_titles_and_merged_names_of_columns_are_no_values(read: Read) -> None:
    """A title over four columns, and names of columns over two rows: neither makes a row or fills one."""
    rows = [["Towns", None, None, None], [*HEADER], [None] * 4, *TWO_ROWS[1:]]

    def merge(_: Workbook, sheet: Worksheet) -> None:
        sheet.merge_cells("A1:D1")
        for letter in "ABCD":
            sheet.merge_cells(f"{letter}2:{letter}3")

    sheet, reading = read(workbook(rows, merge))
    assert sheet.header == HEADER
    assert reading.used == (4, 5)
    assert reading.total == 2


def test_a_merged_value_makes_no_row_of_blank_ones(read: Read) -> None:
    def merge(_: Workbook, sheet: Worksheet) -> None:
        sheet.merge_cells("A3:A900")

    _, reading = read(workbook(TWO_ROWS, merge))
    assert reading.total == 2


def test_a_million_merged_cells_over_each_other_do_no_harm(read: Read) -> None:
    rows = [[*HEADER], *([FIRST_OF_MARCH, "Alpha", "holds", "Red"] for _ in range(200))]
    spans = "".join(f'<mergeCell ref="A2:A{n % 1000 + 3}"/>' for n in range(60_000))
    content = with_xml(workbook(rows), SHEET, ("<pageMargins", f"<mergeCells>{spans}</mergeCells><pageMargins"))
    _, reading = read(content)
    assert reading.total == 200


# Formulas that were never computed


def test_a_formula_without_a_result_is_not_an_empty_cell(read: Read) -> None:
    rows = [[*HEADER], ["=DATE(2017,3,1)", "Alpha", "holds", "Red"], [FIRST_OF_MARCH, "Beta", "holds", '=A1&"Red"']]
    sheet, reading = read(workbook([*rows, [FIRST_OF_MARCH, "Gamma", "holds", "Red"]]))
    assert reading.used == (4,)
    assert [(fault.row, fault.column, fault.wrong) for fault in reading.faults] == [
        (2, "date", "a formula without its result"),
        (3, "actor", "a formula without its result"),
    ]
    assert all("open and save the workbook in a spreadsheet program" in fault.remedy for fault in reading.faults)
    assert said(reading, "2 cells hold formulas without results (date, actor)")
    assert sheet.lines[0].cells[0] == NO_RESULT


def test_a_table_of_nothing_but_formulas_says_so() -> None:
    with pytest.raises(SheetError, match="holds formulas without results: open and save"):
        read_sheet("x.xlsx", workbook([[*(f"=Other!{letter}{n}" for letter in "ABCD")] for n in (1,)]))
    sheet = read_sheet("x.xlsx", workbook([[*HEADER], *([f"=Other!{letter}{n}" for letter in "ABCD"] for n in (2, 3))]))
    assert len(sheet.lines) == 2
    assert "8 cells hold formulas without results" in sheet.notes[0]


def test_zeros_of_a_program_that_cannot_compute_are_no_results(read: Read) -> None:
    """Such a program writes 0 for every formula, and asks for all to be computed on opening."""
    rows = [[*HEADER], ["=DATE(2017,3,1)", "Alpha", "holds", "Red"]]
    _, reading = read(with_xml(workbook(rows), SHEET, ("<v></v>", "<v>0</v>")))
    assert [fault.wrong for fault in reading.faults] == ["a formula without its result"]
    computed = with_xml(workbook(rows), SHEET, ("<v></v>", f"<v>{SERIAL}</v>"))
    assert days(read(computed)[1]) == [FIRST_OF_MARCH]


def test_a_computed_empty_text_is_an_empty_cell(read: Read) -> None:
    rows = [[*HEADER, "note"], [FIRST_OF_MARCH, "Alpha", "holds", "Red", '=""']]
    content = with_xml(workbook(rows), SHEET, ('<c r="E2"><f>', '<c r="E2" t="str"><f>'))
    sheet, reading = read(content)
    assert reading.used == (2,)
    assert sheet.lines[0].cells[4] == ""
    assert not said(reading, "formula")


@pytest.mark.parametrize("empty", ["", "<v/>", "<v></v>", "<v> </v>"])
def test_formulas_without_results_are_found_however_they_are_written(read: Read, empty: str) -> None:
    rows = [[*HEADER], ["=DATE(2017,3,1)", "Alpha", "holds", "Red"]]
    _, reading = read(with_xml(workbook(rows), SHEET, ("<v></v>", empty)))
    assert [(fault.row, fault.wrong) for fault in reading.faults] == [(2, "a formula without its result")]


def test_a_note_that_was_never_computed_costs_no_row(read: Read) -> None:
    _, reading = read(workbook([[*HEADER, "note"], [FIRST_OF_MARCH, "Alpha", "holds", "Red", "=1+1"]]))
    assert reading.used == (2,)
    assert reading.claims[0].report.note == ""
    assert said(reading, "1 cell holds a formula without its result (note)")
