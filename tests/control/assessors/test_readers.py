"""Series from a timeline, tables of statuses, polygons and intervals."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from control.assessment.timeline import Timeline
from control.assessors.listing import read_assessors, series_of_policies
from control.assessors.readers import (
    series_of_intervals,
    series_of_polygons,
    series_of_status_table,
    series_of_timeline,
)
from control.assessors.series import Series
from control.export.extract import Extract
from control.export.tables.intervals_csv import intervals_to_csv
from control.imports.mapping import Party, Standing
from control.record.tables import TableError
from control.record.theatre import Theatre, load_theatre
from tests.conftest import report
from tests.theatres import theatre_of

HERE = Path(__file__).parent / "data"
STANDINGS = {
    "ua": Standing("red"),
    "ru": Standing("blue-guard"),
    "fight": Standing(None, contested=True),
    "": Standing(None),
}


@pytest.fixture
def folder(write_theatre: Callable[..., Path]) -> Path:
    """Alpha is Red's, besieged from March, Blue's from May; of Beta there is one report of fighting."""
    return write_theatre(
        [
            report("2017-01-01", "holds", "red"), report("2017-03-01", "besieged", "blue", "red"),
            report("2017-05-01", "captured", "blue", "red"), report("2017-02-01", "contested", "red", "blue", place="Beta"),
        ]
    )  # fmt: skip


@pytest.fixture
def theatre(folder: Path) -> Theatre:
    return load_theatre(folder)


def told(one: Series) -> list[tuple[str, str, str, str]]:
    """(place, first day, first day after, word) of each run."""
    columns = (one.place, one.start, one.end, one.word)
    return [
        (one.places[p], str(date.fromordinal(s)), str(date.fromordinal(e)), one.words[w])
        for p, s, e, w in zip(*(c.tolist() for c in columns), strict=True)
    ]


def test_a_timeline_says_who_holds_a_place_and_a_siege_changes_nothing_of_it(theatre: Theatre) -> None:
    found = told(series_of_timeline("ours", Timeline(theatre)))
    assert [row for row in found if row[0] == "1"] == [
        ("1", "2017-01-01", "2017-05-01", "red"), ("1", "2017-05-01", "2018-01-01", "blue"),
    ]  # fmt: skip
    assert ("2", "2017-02-01", "2017-03-03", "contested") in found
    assert {place for place, *_ in found} == {"1", "2"}  # nothing is said of Gamma


def test_intervals_as_we_export_them_are_the_timeline_again(theatre: Theatre, tmp_path: Path) -> None:
    timeline = Timeline(theatre)
    whole = Extract(timeline, theatre.settings.start, theatre.settings.last_day)
    (tmp_path / "ours.csv").write_bytes(intervals_to_csv(whole))
    read = series_of_intervals("ours", [tmp_path / "ours.csv"], theatre)
    assert told(read) == told(series_of_timeline("ours", timeline))


def test_rows_of_intervals_that_cannot_be_used_are_set_aside_with_their_numbers(
    theatre: Theatre, tmp_path: Path
) -> None:
    rows = [
        "1,2017-01-01,2017-02-01,controlled,red", "1,2017-01-15,2017-03-01,controlled,blue",
        "9,2017-01-01,2017-02-01,unknown,", "2,2017-02-01,2017-01-01,controlled,red",
        "2,2017-01-01,2017-02-30,controlled,red", "2,2017-01-01,2017-02-01,held,red",
        "2,2017-01-01,2017-02-01,controlled,them", "2,2017-02-01,2017-03-01,controlled,blue-guard", "2,2017-02-01",
        "3,2017-02-01,2017-03-01,controlled,Neighbours", "3,2017-03-01,2017-04-01,controlled,The Reds",
    ]  # fmt: skip
    path = tmp_path / "i.csv"
    path.write_text("place_id,start,end,status,actor\n" + "\n".join(rows) + "\n", encoding="utf-8")
    read = series_of_intervals("theirs", [path], theatre, {"neighbours": Party(None), "the reds": Party("red")})
    assert told(read) == [
        ("1", "2017-01-01", "2017-02-01", "red"), ("2", "2017-02-01", "2017-03-01", "blue"),
        ("3", "2017-03-01", "2017-04-01", "red"),
    ]  # fmt: skip
    account = "\n".join(read.account)
    assert read.account[0].startswith("11 rows read: 3 used")
    for line, reason in (
        (3, "overlaps another row"), (4, "no such place"), (5, "ends before it starts"), (6, "impossible date"),
        (7, "the status is none of"), (8, "the actor is neither in actors.csv"), (10, "wrong number of cells"),
        (11, "the actor is nobody of this theatre"),
    ):  # fmt: skip
        assert any(reason in told and f"(row {line})" in told for told in read.account), (line, account)
    assert "1 x them" in account


def test_a_status_table_says_what_it_says_on_every_day(theatre: Theatre, tmp_path: Path) -> None:
    """The third is left out between two days of one status, and counts for it; the seventh between two, and does not."""
    path = tmp_path / "t.csv"
    days = {1: "UA", 2: "UA", 4: "UA", 5: "", 6: "fight", 8: "RU"}
    path.write_text(
        "geonameid,date,status_x\n" + "".join(f"1,2017010{day},{word}\n" for day, word in days.items()),
        encoding="utf-8",
    )
    read = series_of_status_table("table", [path], theatre, STANDINGS, {"status": "status_x"})
    assert told(read) == [
        ("1", "2017-01-01", "2017-01-05", "red"), ("1", "2017-01-05", "2017-01-06", "unknown"),
        ("1", "2017-01-06", "2017-01-07", "contested"), ("1", "2017-01-08", "2017-01-09", "blue"),
    ]  # fmt: skip


def test_polygons_count_from_date_to_date(theatre: Theatre, tmp_path: Path) -> None:
    """Alpha lies in them on three dates, then in none; Beta never does, and nothing is said of it."""
    ring = [[9.9, 49.9], [10.1, 49.9], [10.1, 50.1], [9.9, 50.1], [9.9, 49.9]]
    away = [[lon + 1.5, lat + 1.5] for lon, lat in ring]
    features = [
        {
            "type": "Feature", "properties": {"status": status, "date": day},
            "geometry": {"type": "Polygon", "coordinates": [its]},
        }
        for day, status, its in (
            ("2017-01-01", "UA", ring), ("2017-01-08", "UA", ring), ("2017-01-15", "RU", ring), ("2017-01-22", "RU", away),
        )
    ]  # fmt: skip
    path = tmp_path / "p.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    assert told(series_of_polygons("polygons", [path], theatre, STANDINGS)) == [
        ("1", "2017-01-01", "2017-01-09", "red"), ("1", "2017-01-15", "2017-01-16", "blue"),
    ]  # fmt: skip


def test_another_teams_theatre_is_read_by_the_ids_of_this_one(
    theatre: Theatre, tmp_path: Path, write_theatre: Any
) -> None:
    listing = tmp_path / "list.toml"
    listing.write_text(
        '[[assessor]]\nname = "ours"\nkind = "timeline"\n[[assessor]]\nname = "theirs"\nkind = "timeline"\n'
        'theatre = "mini"\nactors = "who.csv"\npolicy = "strict"\n[[assessor]]\nname = "then"\nkind = "timeline"\n'
        "known_on = 2017-02-01\n",
        encoding="utf-8",
    )
    (tmp_path / "who.csv").write_text("name,actor\nrosso,red\n", encoding="utf-8")
    actors = [{"id": n, "name": n.title(), "short_name": n, "colour": "#aa0000"} for n in ("rosso", "blue", "verde")]
    places = [
        {"id": i, "name": n, "lon": 10.0, "lat": 50.0, "kind": "town"}
        for i, n in (("1", "Uno"), ("2", "Tre"), ("77", "Due"))
    ]
    write_theatre(
        [
            report("2017-01-01", "holds", "rosso", place="Uno"), report("2017-06-01", "holds", "verde", place="Tre"),
            report("2017-06-01", "holds", "blue", place="Due"),
        ],
        actors=actors, places=places,
    )  # fmt: skip
    ours, theirs, then = read_assessors(listing, theatre)
    assert (ours.places, theirs.places, then.places) == (("1", "2"), ("1",), ())  # all was published in 2018
    assert {word for *_, word in told(theirs)} == {"red"}
    account = "\n".join(theirs.account)
    assert "no such place in places.csv" in account
    assert "x verde" in account


def test_policies_have_the_names_of_their_files(theatre: Theatre) -> None:
    balanced, strict = series_of_policies(theatre, ["balanced", "strict"])
    assert (balanced.name, strict.name) == ("balanced", "strict")
    assert told(balanced) == told(series_of_timeline("any", Timeline(theatre)))


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("name = 1", ["list.toml: assessor: Field required", "list.toml: name: Extra inputs"]),
        (
            '[[assessor]]\nname = ""\nkind = "timeline"\n[[assessor]]\nname = "b"\nkind = "rumour"\n',
            ["assessor.1.timeline.name: String should have at least 1 character", "assessor.2: Input tag 'rumour'"],
        ),
        (
            '[[assessor]]\nname = "b"\nkind = "intervals"\nfiles = []\n',
            ["assessor.1.intervals.files: List should have"],
        ),
        ("[[assessor]\n", ["list.toml: not TOML"]),
        (
            '[[assessor]]\nname = "b"\nkind = "intervals"\nfiles = ["gone.csv"]\n',
            ["gone.csv: no such file"],
        ),
        ('[[assessor]]\nname = "\\u202e"\nkind = "timeline"\n', ["a name of marks only"]),
    ],
)
def test_a_list_with_faults_is_refused_with_all_of_them(
    theatre: Theatre, tmp_path: Path, text: str, faults: list[str]
) -> None:
    path = tmp_path / "list.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TableError) as caught:
        read_assessors(path, theatre)
    assert all(fault in str(caught.value) for fault in faults), caught.value
    with pytest.raises(TableError, match=r"none\.toml: no such file"):
        read_assessors(tmp_path / "none.toml", theatre)


def test_columns_of_one_table_are_an_assessor_each() -> None:
    """By hand: the first day on which each calls Kherson (706448) Russia's, and Ukraine's again."""
    expected = {
        "Wikipedia": ["2022-03-02", "2022-11-11"],
        "boosted": ["2022-03-03", "2022-11-11"],
        "DeepStateMap": ["2022-04-03", "2022-11-11"],
        "ISW": ["2022-03-04", "2022-11-12"],
    }
    _, *columns = read_assessors(HERE / "viina.toml", theatre_of("ukraine"))
    assert {one.name: [start for place, start, *_ in told(one) if place == "706448"][1:] for one in columns} == expected
