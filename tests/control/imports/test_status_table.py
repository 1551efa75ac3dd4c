"""Tables of statuses, by the columns of VIINA 2's `control_latest_YYYY.csv`."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from control.assessment.timeline import Timeline
from control.imports import status_table
from control.imports.account import Imported
from control.imports.mapping import Standing
from control.imports.status_table import StatusColumns, import_status_table
from control.imports.write import write_import
from control.record.dates import parse_window
from control.record.model import Source
from control.record.tables import TableError
from control.record.theatre import Theatre, load_theatre

STANDINGS = {
    "ua": Standing("red"),
    "ru": Standing("blue"),
    "contested": Standing(None, contested=True),
    "": Standing(None),
}
SOURCE = Source("viina", "VIINA", "", parse_window("1970"), "github.com/zhukovyuri/VIINA", "viina", "C")


def row(place: str, day: str, status: str) -> dict[str, str]:
    return {
        "geonameid": place,
        "date": day,
        "status_wiki": "",
        "status_boost": "",
        "status_dsm": "",
        "status_isw": "",
        "status": status,
    }


@pytest.fixture
def run(theatre: Theatre, write_csv: Any) -> Any:
    def read(*rows: tuple[str, str, str], **options: Any) -> Imported:
        path = write_csv("control_latest_2017.csv", [row(*cells) for cells in rows])
        return import_status_table([path], theatre, STANDINGS, SOURCE, **options)

    return read


def told(imported: Imported) -> list[tuple[str, str, str, str]]:
    return [(r.place, r.event_date.text, str(r.event), r.actor) for r in imported.reports]


def test_a_report_at_the_first_and_the_last_day_of_each_run(run: Any) -> None:
    days = [f"201703{day:02}" for day in range(1, 8)]
    imported = run(*(("1", day, "UA" if day < "20170305" else "RU") for day in days))
    assert told(imported) == [
        ("Alpha 1", "2017-03-01", "holds", "red"),
        ("Alpha 1", "2017-03-04", "holds", "red"),
        ("Alpha 1", "2017-03-05", "captured", "blue"),
        ("Alpha 1", "2017-03-07", "holds", "blue"),
    ]
    assert [r.loser for r in imported.reports] == ["", "", "red", ""]
    assert imported.spellings == {"Alpha 1": "1"}
    assert imported.source.published.text == "2017-03-07"
    assert [r.origin.line for r in imported.reports] == [2, 2, 6, 6]


def test_fighting_is_said_again_every_thirty_days(run: Any) -> None:
    imported = run(("1", "2017-03-01", "CONTESTED"), ("1", "2017-05-01", "CONTESTED"))
    assert [r.event_date.text for r in imported.reports] == ["2017-03-01", "2017-03-31", "2017-04-30", "2017-05-01"]


def test_who_follows_after_fighting_took_it_and_after_a_long_silence_took_it_from_nobody_named(run: Any) -> None:
    fought = run(("1", "20170301", "UA"), ("1", "20170302", "CONTESTED"), ("1", "20170303", "RU"))
    assert [(str(r.event), r.event_date.text, r.loser) for r in fought.reports] == [
        ("holds", "2017-03-01", ""), ("contested", "2017-03-02", ""), ("captured", "2017-03-03", "red"),
    ]  # fmt: skip
    coarse = run(("1", "20170301", "UA"), ("1", "20170304", "RU"), ("1", "20170801", "UA"))
    assert [(str(r.event), r.event_date.text, r.loser) for r in coarse.reports] == [
        ("holds", "2017-03-01", ""),
        ("captured", "2017-03-02/2017-03-04", "red"), ("holds", "2017-03-04", ""),
        ("captured", "2017-03-05/2017-08-01", ""), ("holds", "2017-08-01", ""),
    ]  # fmt: skip


def test_short_rows_are_set_aside(theatre: Theatre, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("geonameid,date,status\n1,20170301,UA\n1\n\n1,20170302,UA\n", encoding="utf-8")
    imported = import_status_table([path], theatre, STANDINGS, SOURCE)
    assert sorted(row for tally in imported.account.set_aside.values() for row in tally.rows) == [3, 4]
    assert [r.event_date.text for r in imported.reports] == ["2017-03-01", "2017-03-02"]


def test_no_information_ends_a_run_and_is_not_a_report(run: Any) -> None:
    imported = run(("1", "2017-03-01", "UA"), ("1", "2017-03-02", ""), ("1", "2017-03-03", "UA"))
    assert [r.event_date.text for r in imported.reports] == ["2017-03-01", "2017-03-03"]


def test_rows_by_day_and_small_blocks_give_the_same(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(p, f"2017-03-0{d}", "RU" if d > 3 and p == "2" else "UA") for p in "12" for d in range(1, 8)]
    expected = told(run(*rows))
    monkeypatch.setattr(status_table, "CHUNK_ROWS", 3)
    assert told(run(*rows)) == expected
    assert told(run(*sorted(rows, key=lambda r: r[1]))) == expected


def test_what_cannot_be_used_is_counted_with_its_rows(run: Any) -> None:
    imported = run(
        ("1.0", "20170301", "UA"), ("99", "20170301", "UA"), ("1", "20170231", "UA"), ("1", "20170302", "DPR"),
        ("1", "20170303", "RU"), ("1", "20170303", "UA"),
    )  # fmt: skip
    assert {reason.split(";")[0]: tally.rows for reason, tally in imported.account.set_aside.items()} == {
        "no such place in places.csv": (3,),
        "impossible date": (4,),
        "the status is not in the mapping table": (5,),
        "another status on the same day": (7,),
    }
    assert imported.account.unmapped == {"DPR": 1}
    assert (imported.account.rows, imported.account.used) == (6, 2)


def test_days_that_go_back_are_refused_with_the_line(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status_table, "CHUNK_ROWS", 2)
    with pytest.raises(TableError, match=r"control_latest_2017\.csv:4: an earlier day .*; sort the table by date"):
        run(("1", "20170301", "UA"), ("1", "20170305", "UA"), ("1", "20170302", "UA"))


def test_several_tables_and_a_zip_go_on_where_the_last_one_ended(
    theatre: Theatre, write_csv: Any, tmp_path: Path
) -> None:
    first = write_csv("a.csv", [row("1", "20170301", "UA")])
    second = write_csv("b.csv", [row("1", "20170401", "UA"), row("1", "20170402", "RU")])
    packed = tmp_path / "b.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(second, "b.csv")
    imported = import_status_table([first, packed], theatre, STANDINGS, SOURCE)
    assert [(r.event_date.text, r.actor, r.origin.line) for r in imported.reports] == [
        ("2017-03-01", "red", 2), ("2017-04-01", "red", 2), ("2017-04-02", "blue", 3),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("t.csv", b"a,b\n1,2\n", "no column for the place: geonameid or .*; name it with --place-column"),
        ("t.csv", b"geonameid,date,status\n1,20170301,\xff\n", "t.csv: .*expected a CSV table in UTF-8"),
        ("t.zip", b"no zip", "expected a ZIP with one CSV table"),
    ],
)
def test_another_file_is_refused(theatre: Theatre, tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(TableError, match=message):
        import_status_table([path], theatre, STANDINGS, SOURCE)


def test_a_bomb_is_refused_before_it_is_unpacked(
    theatre: Theatre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(status_table, "MAX_BYTES", 1000)
    path = tmp_path / "t.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("t.csv", "0" * 10_000)
    with pytest.raises(TableError, match=r"larger than .* unpacked"):
        import_status_table([path], theatre, STANDINGS, SOURCE)


def test_columns_may_be_named(theatre: Theatre, write_csv: Any) -> None:
    path = write_csv("t.csv", [{"where": "2", "when": "2017-03-01", "who": "UA"}])
    imported = import_status_table(
        [path], theatre, STANDINGS, SOURCE, columns=StatusColumns("where", "when", "who"), same_day=True
    )
    assert [(r.place, r.published.text if r.published else None) for r in imported.reports] == [
        ("Beta 2", "2017-03-01")
    ]


def test_the_theatre_answers_as_the_table_says(run: Any, folder: Path) -> None:
    write_import(
        run(("1", "20170301", "UA"), ("1", "20170601", "UA"), ("1", "20170602", "RU"), ("1", "20170901", "RU")), folder
    )
    loaded = load_theatre(folder)
    assert not loaded.faults
    timeline = Timeline(loaded)
    days = [parse_window(day).first for day in ("2017-04-15", "2017-05-31", "2017-06-03", "2017-08-01")]
    assert [timeline.assess("1", day).holding.actor for day in days] == ["red", "red", "blue", "blue"]
