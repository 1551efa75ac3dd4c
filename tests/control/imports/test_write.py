"""What is written: theatres grow without being overwritten, and cells are harmless."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from control.imports.account import Account, Imported, Tally
from control.imports.sites import Toponyms
from control.imports.write import account_to_csv, write_import
from control.record.dates import parse_window
from control.record.event_kinds import EventKind
from control.record.fault import Origin
from control.record.model import Report, Source
from control.record.tables import ReportRow, TableError
from control.record.theatre import load_theatre
from tests.conftest import PLACES

SOURCE = Source("feed", "Feed", "", parse_window("2017-12-31"), "feed.example", "feed", "C")


def imported(*places: str, note: str = "said so", spellings: dict[str, str] | None = None) -> Imported:
    reports = tuple(
        Report(Origin("f.csv", 2), parse_window("2017-03-01"), place, EventKind.HOLDS, "feed", "AA", "red", note=note)
        for place in places
    )
    return Imported(reports, SOURCE, Account(1, 1, 0), spellings or {})


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_theatre_is_appended_to_and_importing_twice_changes_nothing(folder: Path) -> None:
    before = (folder / "sources.csv").read_text(encoding="utf-8")
    said = write_import(imported("Alpha", "Beta"), folder)
    assert said == [
        f"{folder}/reports.csv: 2 rows added, 0 there already",
        f"{folder}/sources.csv: 1 rows added, 0 there already",
    ]
    once = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert (folder / "sources.csv").read_text(encoding="utf-8").startswith(before)
    theatre = load_theatre(folder)
    assert (len(theatre.claims), theatre.faults) == (2, ())
    write_import(imported("Alpha", "Beta"), folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == once


def test_a_table_without_a_last_line_break_or_all_columns_is_appended_to(folder: Path) -> None:
    path = folder / "reports.csv"
    path.write_text(
        "place,event_date,event,source,credibility,actor,country,note\nBeta,2017,holds,wire,2,red,,", encoding="utf-8"
    )
    write_import(imported("Alpha"), folder)
    assert [(row["place"], row["event_date"]) for row in read(path)] == [("Beta", "2017"), ("Alpha", "2017-03-01")]
    path.write_text("place,event_date,event,source,credibility,actor\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"reports\.csv:1: no column country, note; expected .*; add it"):
        write_import(imported("Alpha"), folder)


def test_namesakes_are_written_with_their_id(write_theatre: Any) -> None:
    twin = {"id": "77", "name": "Alpha", "lon": 11.5, "lat": 51.5, "kind": "town"}
    folder = write_theatre([], places=[*PLACES, twin])
    theatre = load_theatre(folder)
    toponyms = Toponyms(theatre)
    written = [toponyms.written(theatre.gazetteer.place(i)) for i in ("1", "77", "2")]
    assert written == ["Alpha 1", "Alpha 77", "Beta"]
    write_import(imported(*written, spellings=toponyms.spellings), folder)
    assert {c.place_id for c in load_theatre(folder).claims} == {"1", "77", "2"}


def test_a_new_folder_gets_tables_and_the_account_and_may_be_written_again(tmp_path: Path) -> None:
    folder = tmp_path / "out" / "acled"
    for _ in range(2):
        write_import(imported("Alpha"), folder)
        assert sorted(p.name for p in folder.iterdir()) == [
            "account.csv",
            "places_overrides.csv",
            "reports.csv",
            "sources.csv",
        ]
    assert [row["place"] for row in read(folder / "reports.csv")] == ["Alpha"]


def test_a_folder_of_other_things_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(TableError, match="neither a theatre, nor new, nor an earlier import"):
        write_import(imported("Alpha"), tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["diary.txt"]


def test_a_csv_file_gets_the_reports_alone(tmp_path: Path) -> None:
    assert write_import(imported("Alpha"), tmp_path / "r.csv") == [f"{tmp_path}/r.csv: 1 reports"]
    assert list(read(tmp_path / "r.csv")[0]) == list(ReportRow.model_fields)


def test_cells_are_harmless(tmp_path: Path) -> None:
    write_import(imported("Alpha", note="=HYPERLINK(1)\x1b]0;title\x07\r\n,x"), tmp_path / "r.csv")
    assert read(tmp_path / "r.csv")[0]["note"] == "'=HYPERLINK(1) ]0;title ,x"
    account = Account(3, 1, 0, {}, {"bad": Tally(2, (2, 3))}, {"@SUM(A1)": 4})
    assert account_to_csv(account).splitlines()[1:] == [
        "read,,3,", "used,,1,", "merged,says what another used row says,0,", "set aside,bad,2,2;3",
        "name not mapped,'@SUM(A1),4,",
    ]  # fmt: skip


def test_a_table_does_not_grow_beyond_what_a_theatre_may_have(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    monkeypatch.setattr("control.imports.write.MAX_BYTES", 300)  # enough for the report, too little for the sources
    with pytest.raises(TableError, match=r"sources\.csv: 1 more rows would make it larger"):
        write_import(imported("Alpha"), folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
