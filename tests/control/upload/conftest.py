"""Fixtures: a small theatre with two towns of one name, and a reader of sheets for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from control.record.theatre import Theatre, load_theatre
from control.upload.columns import propose
from control.upload.questions import Answers
from control.upload.reader import read_sheet
from control.upload.reading import Options, Reading, read_upload
from control.upload.sheet import Sheet
from tests.conftest import PLACES, report

AS_USUAL = Options()
Read = Callable[..., tuple[Sheet, Reading]]


@pytest.fixture
def theatre(write_theatre: Callable[..., Path]) -> Theatre:
    """Alpha, Beta, Gamma, and a Delta in the south and one in the north; Red holds Alpha."""
    deltas = [
        {"id": "delta-south", "name": "Delta", "lon": 10.0, "lat": 49.5, "kind": "town", "admin": "South"},
        {"id": "delta-north", "name": "Delta", "lon": 11.0, "lat": 51.8, "kind": "town", "admin": "North"},
    ]
    return load_theatre(write_theatre([report("2017-02-01", "holds", "Red")], places=[*PLACES, *deltas]))


@pytest.fixture
def read(theatre: Theatre) -> Read:
    """Read a text as an upload, with the columns that are proposed."""

    def make(text: str | bytes, answers: Answers | None = None, options: Options = AS_USUAL) -> tuple[Sheet, Reading]:
        sheet = read_sheet("mine.csv", text if isinstance(text, bytes) else text.encode())
        return sheet, read_upload(sheet, propose(sheet, theatre).columns, options, answers or {}, theatre)

    return make
