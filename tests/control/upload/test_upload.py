"""An upload follows the theatre that it stands in."""

from __future__ import annotations

from pathlib import Path

from control.record.theatre import load_theatre
from control.upload.upload import receive
from tests.conftest import PLACES, report, write_mini

ROWS = b"date,place,event,actor\n2017-01-10,Beta,captured,Red Army\n2017-01-11,Delta,captured,Red Army\n"
"""The theatre knows Beta from the beginning; Delta comes later."""


def test_rows_are_read_anew_when_the_files_of_the_theatre_change(tmp_path: Path) -> None:
    reports = [report("2017-03-01", "captured", "red")]
    upload = receive(load_theatre(write_mini(tmp_path / "mini", reports)), "mine.csv", ROWS)
    upload.apply()
    assert upload.theatre is not None
    assert upload.theatre.uploaded == 1

    delta = {"id": "4", "name": "Delta", "lon": 11.5, "lat": 50.0, "kind": "town"}
    upload.follow(load_theatre(write_mini(tmp_path / "mini", reports, places=[*PLACES, delta])))
    assert upload.theatre.uploaded == 2
