"""Columns that stand twice, and files that are no tables: said, and asked."""

from __future__ import annotations

import pytest

from control.record.theatre import Theatre
from control.upload.columns import propose
from control.upload.reader import read_sheet
from control.upload.role import Role
from control.upload.sheet import SheetError


@pytest.mark.parametrize(
    ("header", "role", "columns"),
    [
        ("date,place,event,actor,date", Role.DATE, (0, 4)),
        ("Place,date,event,actor,PLACE", Role.PLACE, (0, 4)),
        ("date,place,actor,event,Event", Role.EVENT, (3, 4)),
    ],
)
def test_of_columns_with_one_name_none_is_taken(
    theatre: Theatre, header: str, role: Role, columns: tuple[int, ...]
) -> None:
    cells = {"date": "2017-03-01", "place": "Alpha", "event": "captured", "actor": "Red Army"}
    first = [cells[name.lower()] for name in header.split(",")]
    text = f"{header}\n{','.join(first)}\n{','.join([*first[:-1], 'something else'])}\n"
    proposal = propose(read_sheet("x.csv", text.encode()), theatre)
    assert proposal.doubtful == {role: columns}
    assert role not in proposal.columns


def test_a_column_that_stands_twice_with_the_same_cells_is_one(theatre: Theatre) -> None:
    text = "date,place,event,actor,date,place\n2017-03-01,Alpha,captured,Red Army,2017-03-01,\n"
    proposal = propose(read_sheet("x.csv", text.encode()), theatre)
    assert proposal.doubtful == {}
    assert proposal.columns[Role.DATE] == 0


def test_names_of_columns_stand_where_no_cell_fits(bundled: Theatre) -> None:
    """On a map of Iraq no town and no side of this file is known, and `Ukraine` looks more like a place than `Izium`."""
    text = "date,place,event,actor\n2022-09-10,Izium,captured,Ukraine\n2022-09-11,Kherson,captured,Ukraine\n"
    columns = propose(read_sheet("x.csv", text.encode()), bundled).columns
    assert (columns[Role.PLACE], columns[Role.ACTOR]) == (1, 3)


@pytest.mark.parametrize("content", [b"date,place," + b"x" * 200_000, b"a," * 1_000_000, b"x" * 6_900_000 + b"\nb\n"])
def test_a_first_line_without_end_is_told_of_as_such(content: bytes) -> None:
    with pytest.raises(SheetError, match="row 1 is a line of more than 100000 characters"):
        read_sheet("x.csv", content)
