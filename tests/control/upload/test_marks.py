"""Marks that nobody sees stand in cells that were copied from somewhere: they part no word and hide no name."""

from __future__ import annotations

import pytest

from control.record.theatre import Theatre
from control.upload.columns import propose
from control.upload.reader import read_sheet
from control.upload.reading import Options, read_upload
from control.upload.sheet import clean

MARKS = ["\u200e", "\u200f", "\u061c", "\u200b", "\u200c", "\u200d", "\u2060", "\u00ad", "\ufeff", "\u0640", "\u2068"]


@pytest.mark.parametrize("mark", MARKS, ids=lambda mark: f"U+{ord(mark):04X}")
@pytest.mark.parametrize(
    ("word", "at", "place"), [("الرقة", 3, "Raqqa"), ("Mosul", 2, "Mosul"), ("Рамаді", 0, "Ramadi")]
)
def test_a_mark_inside_a_word_parts_no_word(bundled: Theatre, mark: str, word: str, at: int, place: str) -> None:
    """Raqqa, Mosul and Ramadi, with a mark before, within and behind the name."""
    name = word[:at] + mark + word[at:] + mark
    assert clean(name) == word.replace("\u0640", "")
    sheet = read_sheet("x.csv", f"date,place,event,actor\n2017-10-17,{name},captured,SDF\n".encode())
    reading = read_upload(sheet, propose(sheet, bundled).columns, Options(), {}, bundled)
    assert [bundled.gazetteer.place(claim.place_id).name for claim in reading.claims] == [place]


def test_marks_in_other_cells_and_in_names_of_columns_do_no_harm(bundled: Theatre) -> None:
    text = "\u200edate\u200e,pla\u00adce,ev\u200bent,actor\n\u200e2017-10-17\u200e,Raqqa,cap\u00adtured,S\u200bDF\n"
    sheet = read_sheet("x.csv", text.encode())
    reading = read_upload(sheet, propose(sheet, bundled).columns, Options(), {}, bundled)
    assert (sheet.header, reading.used) == (("date", "place", "event", "actor"), (2,))
