"""Rows of HXL tags: passed over, and heard for what the columns are."""

from __future__ import annotations

import pytest

from control.record.theatre import Theatre
from control.upload.columns import propose
from control.upload.hxl import by_tags, tags_of
from control.upload.reader import read_sheet
from control.upload.role import Role
from tests.control.upload.conftest import Read

ROWS = "2017-03-01,Alpha,captured,Red Army\n2017-03-02,Beta,captured,Blue Front\n"
TAGS = "#date+occurred,#loc+name,#event,#org\n"


@pytest.mark.parametrize(
    "head",
    [
        f"Wann,Ortschaft,Was,Wer\n{TAGS}",
        f"{TAGS}Wann,Ort,Ereignis,Akteur\n",
        f"Towns and who took them\n\nWann,Ortschaft,Was,Wer\n{TAGS}",
        TAGS,
        "A,B,C,D\n#date +occurred,#loc+name+en,#event +type,#org +abc\n",
        "A,B,C,D\n#DATE,#Loc,#Event,#Org\n",
        f"\ufeffA,B,C,D\r\n{TAGS}",
    ],
    ids=["below", "above", "below a title", "no header", "attributes", "capitals", "a mark before"],
)
def test_a_row_of_tags_says_what_the_columns_are(read: Read, head: str) -> None:
    """Two rows are used, and none is bad, wherever the tags stand and whatever the columns are called."""
    sheet, reading = read(head + ROWS)
    assert [claim.place_id for claim in reading.claims] == ["1", "2"]
    assert (reading.total, len(reading.used), reading.bad) == (2, 2, ())
    assert len(sheet.tags) == 4


def test_tags_win_over_names_and_cells(theatre: Theatre) -> None:
    """The column `date` is when it was published; without tags it would be the date."""
    text = (
        "date,when it was so,place,actor\n"
        + "#date+published,#date+occurred,#loc,#org\n2017-04-01,2017-03-01,Alpha,Red Army\n"
    )
    columns = propose(read_sheet("x.csv", text.encode()), theatre).columns
    assert (columns[Role.PUBLISHED], columns[Role.DATE]) == (0, 1)


def test_of_two_tags_for_one_thing_the_plainer_is_taken() -> None:
    found = by_tags(
        ["#loc+name+ar", "#loc+name", "#date+end", "#date+start", "#geo+lat", "#geo+lon", "#adm1", "#indicator"]
    )
    assert found == {Role.PLACE: 1, Role.DATE: 3, Role.LAT: 4, Role.LON: 5, Role.ADMIN: 6}


def test_columns_without_a_tag_are_recognised_as_ever(theatre: Theatre) -> None:
    text = "A,B,What happened,Who\n#date,#loc,,\n2017-03-01,Alpha,captured,Red Army\n"
    columns = propose(read_sheet("x.csv", text.encode()), theatre).columns
    assert {role: columns[role] for role in (Role.DATE, Role.PLACE, Role.EVENT, Role.ACTOR)} == {
        Role.DATE: 0, Role.PLACE: 1, Role.EVENT: 2, Role.ACTOR: 3
    }  # fmt: skip


@pytest.mark.parametrize(
    "cells", [["#1", "Alpha"], ["#date", "Alpha"], ["", ""], ["no tag", "#"], ["#re-taken now", ""]]
)
def test_other_rows_are_no_tags(cells: list[str]) -> None:
    assert tags_of(cells) == ()
