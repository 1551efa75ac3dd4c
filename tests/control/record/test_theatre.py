"""Reading a folder: every bad row is listed at once as file:line, and the good ones still load."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from control.assessment.timeline import Timeline
from control.map.payload import timeline_payload
from control.record.hints import hints
from control.record.theatre import SpanError, TheatreError, load_theatre
from control.territory.ground import Grounds
from tests.conftest import ACTORS, PLACES, SOURCES, report

WriteTheatre = Callable[..., Path]


@pytest.mark.parametrize(
    ("name", "hours"), [("Asia/Baghdad", 3), ("+03:00", 3), ("UTC+3", 3), ("-0930", -9.5), ("Asia/Kathmandu", 5.75)]
)
def test_a_theatre_may_name_its_time_zone(write_theatre: Callable[..., Path], name: str, hours: float) -> None:
    """It changes no snapshot: no assessment depends on it."""
    folder = write_theatre([])
    before = load_theatre(folder).data_hash
    settings = folder / "theatre.toml"
    settings.write_text(f'{settings.read_text(encoding="utf-8")}time_zone = "{name}"\n', encoding="utf-8")
    theatre = load_theatre(folder)
    assert theatre.settings.zone is not None
    assert datetime(2017, 1, 1, tzinfo=theatre.settings.zone).utcoffset() == timedelta(hours=hours)
    assert theatre.data_hash == before


@pytest.mark.parametrize("name", ["Baghdad", "/etc/passwd", "../x", "+25:00", "+03:99", "Asia", "a\\u0000b", " "])
def test_a_time_zone_that_is_none_is_refused(write_theatre: Callable[..., Path], name: str) -> None:
    folder = write_theatre([])
    settings = folder / "theatre.toml"
    settings.write_text(f'{settings.read_text(encoding="utf-8")}time_zone = "{name}"\n', encoding="utf-8")
    with pytest.raises(TheatreError, match="no time zone is called"):
        load_theatre(folder)


def test_every_fault_has_its_line_and_the_rest_loads(write_theatre: WriteTheatre) -> None:
    theatre = load_theatre(
        write_theatre(
            [
                report("2017-03-01", "captured", "Red Army"),
                report("2017-03-02", "captured", "Red Armee"),
                report("2017-02-30", "captured", "Red Army"),
                report("2017-03-04", "captured", "Red Army", source="wyre"),
                report("2017-03-05", "captured", "Red Army", place="Omega"),
                report("2017-03-06", "captured", "Blue Front"),
            ]
        )
    )
    assert [(r.origin.file, r.origin.line) for r in theatre.faults] == [("reports.csv", line) for line in (3, 4, 5, 6)]
    said = [str(r) for r in theatre.faults]
    assert "unknown actor 'Red Armee' (did you mean 'Red Army'?)" in said[0]
    assert "impossible date '2017-02-30'" in said[1]
    assert "unknown source 'wyre'" in said[2]
    assert "unknown place 'Omega'" in said[3]
    assert all("expected" in line for line in said)
    assert (len(theatre.claims), theatre.faulty_rows) == (2, 4)


def test_all_faults_of_one_row_are_listed(write_theatre: WriteTheatre) -> None:
    theatre = load_theatre(
        write_theatre([report("2017-03-01", "captured", "Nobody", "No one", place="Omega", source="x")])
    )
    assert len(theatre.faults) == 4
    assert theatre.faulty_rows == 1


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (report("2017-03-01", "captured"), "captured without an actor"),
        (report("2017-03-01", "withdrew"), "withdrew without a loser"),
        (report("2017-03-01", "besieged", "Red Army"), "besieged without the side inside"),
        (report("2017-03-01", "captured", "Blue Guard", "Blue Front"), "actor and loser are the same side"),
        (report("2017-03-01", "conquered", "Red Army"), "event 'conquered'"),
        (report("2017-03-01", "captured", "Red Army", credibility=7), "credibility '7'"),
        (report("2016-03-01", "captured", "Red Army"), "outside the span"),
        (report("2017-03-01", "captured", "Red Army", published="2016-12-01"), "published 2016-12-01 before the event"),
        (report("2017-03-01", "captured", "Red Army", place="Alpha District"), "is a district of unknown extent"),
    ],
)
def test_faults_of_a_report(write_theatre: WriteTheatre, row: dict[str, object], wrong: str) -> None:
    theatre = load_theatre(write_theatre([row]))
    assert theatre.claims == ()
    assert wrong in str(theatre.faults[0])


@pytest.mark.parametrize("text", ["0001~", "9999~", "0001?", "2017~/9999~", "0000"])
def test_a_date_beyond_the_calendar_costs_its_own_row_only(write_theatre: WriteTheatre, text: str) -> None:
    """A report dated so, one published so, and a source published so: three lines are named, the fourth loads."""
    rows = [
        report(text, "captured", "Red Army"),
        report("2017-03-01", "captured", "Red Army", published=text),
        report("2017-03-02", "captured", "Red Army"),
    ]
    late = {"id": "late", "title": "Late", "published": text, "reference": "Late 1", "family": "late", "grade": "B"}
    theatre = load_theatre(write_theatre(rows, sources=[*SOURCES, late]))
    assert [str(r).split(":")[:2] for r in theatre.faults] == [
        ["reports.csv", "2"], ["reports.csv", "3"], ["sources.csv", "6"]
    ]  # fmt: skip
    assert all("beyond the years 0001 to 9999" in str(r) for r in theatre.faults)
    assert len(theatre.claims) == 1


NORTH = {"id": "north", "name": "North", "lon": 10, "lat": 50, "kind": "governorate", "admin": "North"}
VALLEY = {"id": "valley", "name": "Valley", "lon": 10, "lat": 50, "kind": "region", "radius_km": 30}


def test_a_report_of_an_area_is_a_claim_apart(write_theatre: WriteTheatre) -> None:
    """One claim of a place, two of areas by date; the areas are no places that anybody reported."""
    rows = [
        report("2017-03-02", "captured", "Red Army", place="North"),
        report("2017-03-01", "contested", "Red Army", "Blue Front", place="Valley"),
        report("2017-03-03", "captured", "Red Army"),
        report("2017-03-04", "captured", "Red Army", place="Valley", set_aside="too large"),
    ]
    theatre = load_theatre(write_theatre(rows, places=[*PLACES, NORTH, VALLEY]))
    assert theatre.faults == ()
    assert [c.place_id for c in theatre.claims] == ["1"]
    assert [c.place_id for c in theatre.area_claims] == ["valley", "north"]
    assert [p.id for p in theatre.reported_places] == ["1"]
    assert [w.reason for w in theatre.waiting] == ["too large"]


def test_the_data_hash_covers_areas(write_theatre: WriteTheatre) -> None:
    tables = {"places": [*PLACES, VALLEY]}
    one = load_theatre(write_theatre([report("2017-03-02", "captured", "Red Army", place="Valley")], **tables))
    two = load_theatre(write_theatre([report("2017-03-02", "captured", "Blue Front", place="Valley")], **tables))
    assert one.data_hash != two.data_hash


@pytest.mark.parametrize(("area", "column"), [(NORTH, "admin"), (VALLEY, "radius_km")])
def test_an_area_without_extent_cannot_be_reported(
    write_theatre: WriteTheatre, area: dict[str, object], column: str
) -> None:
    places = [*PLACES, {**area, column: ""}]
    rows = [report("2017-03-02", "captured", "Red Army", place=str(area["name"]))]
    theatre = load_theatre(write_theatre(rows, places=places))
    assert (theatre.claims, theatre.area_claims) == ((), ())
    assert f"fill the column {column} of places.csv" in str(theatre.faults[0])


def test_homonyms_want_a_hint(write_theatre: WriteTheatre) -> None:
    places = [
        {"id": "n", "name": "Ford", "lon": 10, "lat": 50, "kind": "town", "admin": "North"},
        {"id": "s", "name": "Ford", "lon": 11, "lat": 51, "kind": "town", "admin": "South"},
    ]
    rows = [report("2017-03-01", "captured", "Red Army", place=p) for p in ("Ford", "Ford (South)")]
    theatre = load_theatre(write_theatre(rows, places=places))
    assert "Ford (North)" in str(theatre.faults[0])
    assert [c.place_id for c in theatre.claims] == ["s"]


def test_faults_in_the_other_tables(write_theatre: WriteTheatre) -> None:
    again = {"id": "1", "name": "Again", "lon": 1, "lat": 1, "kind": "town"}
    off = {"id": "5", "name": "Off", "lon": 999, "lat": "x", "kind": "village"}
    white = {"id": "white", "name": "White", "short_name": "W", "colour": "white", "parent": "tsar"}
    late = {"id": "late", "title": "Late", "published": "", "reference": "L", "family": "l", "grade": "Z"}
    folder = write_theatre([], places=[*PLACES, again, off], actors=[*ACTORS, white], sources=[*SOURCES, late])
    theatre = load_theatre(folder)
    said = "\n".join(map(str, theatre.faults))
    for fault in (
        "places.csv:6: id '1' again",
        "lon: coordinate '999'",
        "lat: coordinate 'x'",
        "places.csv:7: kind 'village'",
        "actors.csv:6: colour 'white'",
        "sources.csv:6: grade 'Z'",
        "published: empty date",
    ):
        assert fault in said
    assert "1" in theatre.gazetteer


def test_who_misses_an_actor_is_sent_to_its_faulty_row_first(write_theatre: WriteTheatre) -> None:
    """The row of the actor is there, with a wrong colour: to add it as an alias would be the wrong advice."""
    white = {"id": "white", "name": "White", "short_name": "W", "colour": "white"}
    rows = [report("2017-03-01", "captured", "White")]
    (fault,) = [
        f for f in load_theatre(write_theatre(rows, actors=[*ACTORS, white])).faults if f.origin.file == "reports.csv"
    ]
    assert fault.remedy.startswith(
        "mend the faulty rows of actors.csv first; if it is in none of them, correct the spelling"
    )
    (alone,) = load_theatre(write_theatre(rows)).faults
    assert alone.remedy.startswith("correct the spelling")


def test_where_no_report_is_sound_it_is_not_said_that_there_is_none(write_theatre: WriteTheatre) -> None:
    theatre = load_theatre(write_theatre([report("2017-03-01", "captured", "X")]))
    assert any(hint.startswith("no report is used, so nobody holds anything;") for hint in hints(theatre))
    assert any(hint.startswith("no report yet") for hint in hints(load_theatre(write_theatre([]))))


def test_an_impossible_date_is_told_once(write_theatre: WriteTheatre) -> None:
    (fault,) = load_theatre(write_theatre([report("2017-02-31", "captured", "Red Army")])).faults
    assert str(fault) == (
        "reports.csv:2: event_date: impossible date '2017-02-31'; expected an EDTF date; write EDTF: 2017-11-03, 2017-11, "
        "2017-11-08/2017-11-09 or 2014-06~"
    )


def test_the_same_row_twice_is_one_claim(write_theatre: WriteTheatre) -> None:
    row = report("2017-03-01", "captured", "Red Army")
    theatre = load_theatre(write_theatre([row, row]))
    assert (len(theatre.claims), [str(o) for o in theatre.duplicates]) == (1, ["reports.csv:3"])


def test_a_row_can_wait_with_a_reason(write_theatre: WriteTheatre) -> None:
    theatre = load_theatre(write_theatre([report("2017-03-01", "captured", "X", place="Y", set_aside="names a road")]))
    assert [str(w) for w in theatre.waiting] == ["reports.csv:2: Y: names a road"]
    assert not theatre.faults


def test_an_alias_can_be_bound_to_a_country(write_theatre: WriteTheatre) -> None:
    actors = [
        {"id": "a", "name": "A", "short_name": "A", "colour": "#000000", "aliases": "AA:the army"},
        {"id": "b", "name": "B", "short_name": "B", "colour": "#111111", "aliases": "BB:the army"},
    ]
    row = report("2017-03-01", "captured", "The  Army")
    theatre = load_theatre(write_theatre([{**row, "country": "AA"}, row], actors=actors))
    assert [c.actor for c in theatre.claims] == ["a"]
    assert "unknown actor" in str(theatre.faults[0])


@pytest.mark.parametrize("missing", ["theatre.toml", "places.csv", "actors.csv", "sources.csv", "reports.csv"])
def test_a_missing_file_is_named(write_theatre: WriteTheatre, missing: str) -> None:
    folder = write_theatre([])
    (folder / missing).unlink()
    with pytest.raises(TheatreError, match=missing):
        load_theatre(folder)


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        ("event_date,place,event,source,credibility,colour\n", "unknown column 'colour'"),
        ("event_date,place,event,source\n", "no column 'credibility'"),
        ("event_date,event_date,place,event,source,credibility\n", "twice"),
        ("", "no column"),
        (b"\xff\xfe\x00", "not UTF-8"),
    ],
)
def test_a_file_that_is_no_table(write_theatre: WriteTheatre, content: str | bytes, wrong: str) -> None:
    folder = write_theatre([])
    (folder / "reports.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(TheatreError, match=wrong):
        load_theatre(folder)


def test_lines_are_counted_through_quoted_line_breaks(write_theatre: WriteTheatre) -> None:
    folder = write_theatre(
        [
            report("2017-03-01", "captured", "Red Army", note="one\ntwo\nthree"),
            report("2017-03-02", "captured", "Nobody"),
        ]
    )
    assert [str(r.origin) for r in load_theatre(folder).faults] == ["reports.csv:5"]


def test_settings_are_checked(write_theatre: WriteTheatre) -> None:
    folder = write_theatre([])
    settings = (folder / "theatre.toml").read_text()
    (folder / "theatre.toml").write_text(settings.replace("2018-01-01", "2016-01-01").replace('title = "Mini"', ""))
    with pytest.raises(TheatreError, match="title"):
        load_theatre(folder)


def test_the_span_is_named_when_a_date_is_outside(write_theatre: WriteTheatre) -> None:
    theatre = load_theatre(write_theatre([]))
    with pytest.raises(SpanError, match="1 January 2017 to 31 December 2017"):
        theatre.check_date(date(2018, 1, 1))


def test_overrides_win(write_theatre: WriteTheatre) -> None:
    folder = write_theatre([report("2017-03-01", "captured", "Red Army")])
    (folder / "places_overrides.csv").write_text("name,place_id\nAlpha,3\nBeta,99\n")
    theatre = load_theatre(folder)
    assert [c.place_id for c in theatre.claims] == ["3"]
    assert "places_overrides.csv:3" in str(theatre.faults[0])


@pytest.mark.parametrize("parents", [{"blue": "nope"}, {"blue": "green", "green": "blue"}, {"red": "red"}])
def test_parents_that_lead_nowhere_are_faults_and_the_rest_works(
    write_theatre: WriteTheatre, parents: dict[str, str]
) -> None:
    actors = [{**a, "parent": parents.get(a["id"], a.get("parent", ""))} for a in ACTORS]
    theatre = load_theatre(write_theatre([report("2017-03-01", "captured", "Blue Front", "Red Army")], actors=actors))
    assert any("parent" in str(r) for r in theatre.faults)
    assert timeline_payload(Timeline(theatre))["intervals"]


def test_an_override_changes_the_hash_of_the_data(write_theatre: WriteTheatre) -> None:
    folder = write_theatre([report("2017-03-01", "captured", "Red Army", place="Alfa")])
    before = load_theatre(folder).data_hash
    (folder / "places_overrides.csv").write_text("name,place_id\nAlfa,1\n")
    assert load_theatre(folder).data_hash != before


def test_a_day_in_quotes_is_a_day(write_theatre: WriteTheatre) -> None:
    folder = write_theatre([])
    settings = folder / "theatre.toml"
    settings.write_text(settings.read_text("utf-8").replace("start = 2017-01-01", 'start = "2017-01-01"'), "utf-8")
    assert load_theatre(folder).settings.start == date(2017, 1, 1)


def test_a_source_may_speak_for_a_child(write_theatre: WriteTheatre) -> None:
    sources = [{**s, "aligned_with": "blue-guard" if s["id"] == "wire" else ""} for s in SOURCES]
    theatre = load_theatre(write_theatre([], sources=sources))
    assert theatre.sources["wire"].aligned_with == "blue"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"Mini"', '"' + "x" * 100_000 + '"', "theatre.toml:4: title: String should have at most 200 characters"),
        ('"Mini"', "7", "theatre.toml:4: title: Input should be a valid string"),
        ("end = 2018-01-01", "end = 9999-12-31", "theatre.toml:2: [theatre]: the span 2017-01-01 to 9999-12-31 is too long"),
        ("start = 2017-01-01", "start = 0001-01-01", "too long; expected at most 120 years"),
        ("start = 2017-01-01", "start = 20170101", "theatre.toml:7: start: expected a day, written without quotes"),
        ("start = 2017-01-01", "start = 2017-01-01T00:00:00Z", "theatre.toml:7: start: expected a day"),
        ("start = 2017-01-01", 'start = "2017-1-1"', "7: start: '2017-1-1' cannot be read as a day; write it as YYYY-"),
        ("start = 2017-01-01", 'start = "2017-02-30"', "7: start: '2017-02-30': February 2017 has no day 30"),
        ("\nbbox = [9.0, 49.0, 12.0, 52.0]", "\nbbox = [-180, -90, 180, 90]", "reaches to the other side of the globe"),
        ("opening_bbox = [9.0, 49.0, 12.0, 52.0]", "opening_bbox = [-180, -90, 180, 90]", "opening_bbox reaches to the"),
        ("opening_bbox = [9.0, 49.0, 12.0, 52.0]", "opening_bbox = [9, -60, 10, 60]", "8 times as tall as it is wide"),
        ("\nbbox = [9.0, 49.0, 12.0, 52.0]", "\nbbox = [9, 49, 9.000001, 52]", "a side is shorter than 0.01 degrees"),
        ("\nbbox = [9.0, 49.0, 12.0, 52.0]", "\nbbox = [nan, 49, inf, 52]", "theatre.toml:6: bbox.0: "),
        ('countries = ["AA"]', "countries = " + "9" * 10_000, "theatre.toml: not TOML that can be read: Exceeds the limit"),
        ('countries = ["AA"]', "countries = " + "[" * 100_000, "theatre.toml: not TOML that can be read: nested too deeply"),
        ("start = 2017-01-01", "start = 2017-01-01\nreach = 3", "theatre.toml:8: reach: no key of this file; correct it"),
        ("[theatre]", "theatre = 3", "theatre.toml:1: [theatre]: Input should be"),
        ("[theatre]", "[theater]", "title: not given; add it"),
    ],
)  # fmt: skip
def test_faults_of_the_settings_have_their_lines(write_theatre: WriteTheatre, old: str, new: str, told: str) -> None:
    folder = write_theatre([])
    settings = (folder / "theatre.toml").read_text()
    assert old in settings
    (folder / "theatre.toml").write_text(settings.replace(old, new))
    with pytest.raises(TheatreError) as error:
        load_theatre(folder)
    assert told in str(error.value)
    assert len(str(error.value)) < 2000


def test_all_faults_of_all_files_are_told_at_once(write_theatre: WriteTheatre) -> None:
    """Settings, a table, a list and a layer are each broken: all four are named."""
    folder = write_theatre([])
    (folder / "theatre.toml").write_text("[theatre")
    (folder / "actors.csv").write_text("nothing\n")
    (folder / "elsewhere.csv").write_text("town\n")
    (folder / "lakes.geojson").write_text("{}")
    with pytest.raises(TheatreError) as error:
        load_theatre(folder)
    for told in (
        "theatre.toml: not TOML",
        "actors.csv:1: unknown column",
        "elsewhere.csv:1: no column name",
        "lakes.geojson",
    ):
        assert told in str(error.value)


def test_every_file_may_begin_with_a_byte_order_mark(write_theatre: WriteTheatre) -> None:
    folder = write_theatre([report("2017-03-01", "captured", "Red Army")])
    before = load_theatre(folder)
    for path in folder.iterdir():
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load_theatre(folder).data_hash == before.data_hash


def test_a_gazetteer_without_places_rejects_each_report(write_theatre: WriteTheatre) -> None:
    theatre = load_theatre(write_theatre([report("2017-03-01", "captured", "Red Army")], places=[]))
    assert ["unknown place 'Alpha'" in str(r) for r in theatre.faults] == [True]


@pytest.mark.parametrize("name", ["actors.csv", "reports.csv"])
def test_a_header_longer_than_a_cell_may_be_is_named(write_theatre: WriteTheatre, name: str) -> None:
    folder = write_theatre([])
    (folder / name).write_text("x" * 200_000 + ",id\n")
    with pytest.raises(TheatreError, match=rf"{name}:1: the header cannot be read"):
        load_theatre(folder)


@pytest.mark.parametrize("name", ["theatre.toml", "reports.csv", "elsewhere.csv", "borders.geojson", "rivers.geojson"])
def test_what_is_no_regular_file_is_named(write_theatre: WriteTheatre, name: str) -> None:
    folder = write_theatre([])
    path = folder / name
    path.unlink(missing_ok=True)
    for make, told in (
        (path.mkdir, "it is a folder"),
        (lambda: path.symlink_to("/dev/zero"), "a link that leads out of its folder"),
        (lambda: path.symlink_to(folder / "nowhere"), "a link to nothing"),
        (lambda: path.symlink_to(path.name), "cannot be opened"),
        (lambda: os.mkfifo(path), "it is a pipe"),
    ):
        make()
        with pytest.raises(TheatreError, match=rf"{name}: {told}"):
            load_theatre(folder)
        path.rmdir() if path.is_dir() else path.unlink()


@pytest.mark.parametrize("box", ["[178.0, -20.0, -178.0, -15.0]", "[9.0, 52.0, 12.0, 49.0]", "[9.0, 49.0, 12.0, 95.0]"])
def test_a_box_that_is_none_is_refused(write_theatre: WriteTheatre, box: str) -> None:
    folder = write_theatre([])
    settings = (folder / "theatre.toml").read_text()
    (folder / "theatre.toml").write_text(settings.replace("\nbbox = [9.0, 49.0, 12.0, 52.0]", f"\nbbox = {box}"))
    with pytest.raises(TheatreError, match="west below east"):
        load_theatre(folder)


@pytest.mark.parametrize("content", ["nonsense", "[]", "{}", '{"features": 3}', b"\xff\xfe"])
def test_borders_that_are_no_geojson_are_named(write_theatre: WriteTheatre, content: str | bytes) -> None:
    folder = write_theatre([])
    (folder / "borders.geojson").write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(TheatreError, match=r"borders\.geojson"):
        load_theatre(folder)


def test_features_need_neither_geometry_nor_properties(write_theatre: WriteTheatre) -> None:
    """RFC 7946, 3.2: both may be null. One without geometry is left out."""
    folder = write_theatre([])
    square = {"type": "Polygon", "coordinates": [[[9, 49], [12, 49], [12, 52], [9, 49]]]}
    features = [{"type": "Feature", "geometry": g, "properties": None} for g in (None, square)]
    (folder / "borders.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    assert [f["properties"] for f in load_theatre(folder).geography("borders")["features"]] == [{}]


def test_lines_that_begin_with_a_hash_are_not_read(write_theatre: WriteTheatre) -> None:
    """Above the header, between rows, and as a spreadsheet saves them; a fault behind them keeps its line."""
    folder = write_theatre([report("2017-03-01", "captured", "Red Army"), report("2017-03-02", "captured", "Nobody")])
    header, first, second = (folder / "reports.csv").read_text(encoding="utf-8").splitlines()
    lines = ['# a "comment', header, '# said he, "no', first, '"# a comment, in quotes",,,,,,,,,,', "#", second]
    (folder / "reports.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    theatre = load_theatre(folder)
    assert len(theatre.claims) == 1
    assert [r.origin.line for r in theatre.faults] == [7]


def test_a_hash_inside_a_cell_is_text(write_theatre: WriteTheatre) -> None:
    note = 'two lines, "the second"\n# begins with a hash'
    theatre = load_theatre(write_theatre([report("2017-03-01", "captured", "Red Army", note=note)]))
    assert [claim.report.note for claim in theatre.claims] == [note]


def test_the_layers_are_read_once(write_theatre: Callable[..., Path]) -> None:
    """Whoever draws borders and rivers asks the theatre, never the disk: the folder may change or go meanwhile."""
    folder = write_theatre([report("2017-03-01", "captured", "Red Army")])
    theatre = load_theatre(folder)
    names = [feature["properties"]["name"] for feature in theatre.geography("borders")["features"]]
    shutil.rmtree(folder)
    assert names == ["Aland"]
    assert [f["properties"]["name"] for f in theatre.geography("borders")["features"]] == names
    grounds = Grounds.of(Timeline(theatre))
    assert grounds.ground_on(date(2017, 6, 1)).areas
    assert timeline_payload(grounds.timeline)["geography"]["borders"]["features"]
