"""Reading a folder: every bad row is listed at once as file:line, and the good ones still load."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from control.map.payload import timeline_payload
from control.theatre import SpanError, TheatreError, load_theatre
from control.timeline import Timeline
from tests.conftest import ACTORS, PLACES, SOURCES, report

WriteTheatre = Callable[..., Path]


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
    assert [(r.origin.file, r.origin.line) for r in theatre.rejections] == [
        ("reports.csv", line) for line in (3, 4, 5, 6)
    ]
    said = [str(r) for r in theatre.rejections]
    assert "unknown actor 'Red Armee' (did you mean 'Red Army'?)" in said[0]
    assert "impossible date '2017-02-30'" in said[1]
    assert "unknown source 'wyre'" in said[2]
    assert "unknown place 'Omega'" in said[3]
    assert all("expected" in line for line in said)
    assert (len(theatre.claims), theatre.rejected_rows) == (2, 4)


def test_all_faults_of_one_row_are_listed(write_theatre: WriteTheatre) -> None:
    theatre = load_theatre(
        write_theatre([report("2017-03-01", "captured", "Nobody", "No one", place="Omega", source="x")])
    )
    assert len(theatre.rejections) == 4
    assert theatre.rejected_rows == 1


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
    assert wrong in str(theatre.rejections[0])


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
    assert theatre.rejections == ()
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
    assert f"fill the column {column} of places.csv" in str(theatre.rejections[0])


def test_homonyms_want_a_hint(write_theatre: WriteTheatre) -> None:
    places = [
        {"id": "n", "name": "Ford", "lon": 10, "lat": 50, "kind": "town", "admin": "North"},
        {"id": "s", "name": "Ford", "lon": 11, "lat": 51, "kind": "town", "admin": "South"},
    ]
    rows = [report("2017-03-01", "captured", "Red Army", place=p) for p in ("Ford", "Ford (South)")]
    theatre = load_theatre(write_theatre(rows, places=places))
    assert "Ford (North)" in str(theatre.rejections[0])
    assert [c.place_id for c in theatre.claims] == ["s"]


def test_faults_in_the_other_tables(write_theatre: WriteTheatre) -> None:
    again = {"id": "1", "name": "Again", "lon": 1, "lat": 1, "kind": "town"}
    off = {"id": "5", "name": "Off", "lon": 999, "lat": "x", "kind": "village"}
    white = {"id": "white", "name": "White", "short_name": "W", "colour": "white", "parent": "tsar"}
    late = {"id": "late", "title": "Late", "published": "", "reference": "L", "family": "l", "grade": "Z"}
    folder = write_theatre([], places=[*PLACES, again, off], actors=[*ACTORS, white], sources=[*SOURCES, late])
    theatre = load_theatre(folder)
    said = "\n".join(map(str, theatre.rejections))
    for fault in (
        "places.csv:6: id '1' again",
        "lon: coordinate '999'",
        "lat: coordinate 'x'",
        "kind: kind 'village'",
        "actors.csv:6: colour: colour 'white'",
        "sources.csv:6: grade: grade 'Z'",
        "published: empty date",
    ):
        assert fault in said
    assert "1" in theatre.gazetteer


def test_the_same_row_twice_is_one_claim(write_theatre: WriteTheatre) -> None:
    row = report("2017-03-01", "captured", "Red Army")
    theatre = load_theatre(write_theatre([row, row]))
    assert (len(theatre.claims), [str(o) for o in theatre.duplicates]) == (1, ["reports.csv:3"])


def test_a_row_can_wait_with_a_reason(write_theatre: WriteTheatre) -> None:
    theatre = load_theatre(write_theatre([report("2017-03-01", "captured", "X", place="Y", set_aside="names a road")]))
    assert [str(w) for w in theatre.waiting] == ["reports.csv:2: Y: names a road"]
    assert not theatre.rejections


def test_an_alias_can_be_bound_to_a_country(write_theatre: WriteTheatre) -> None:
    actors = [
        {"id": "a", "name": "A", "short_name": "A", "colour": "#000000", "aliases": "AA:the army"},
        {"id": "b", "name": "B", "short_name": "B", "colour": "#111111", "aliases": "BB:the army"},
    ]
    row = report("2017-03-01", "captured", "The  Army")
    theatre = load_theatre(write_theatre([{**row, "country": "AA"}, row], actors=actors))
    assert [c.actor for c in theatre.claims] == ["a"]
    assert "unknown actor" in str(theatre.rejections[0])


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
    assert [str(r.origin) for r in load_theatre(folder).rejections] == ["reports.csv:5"]


def test_settings_are_checked(write_theatre: WriteTheatre) -> None:
    folder = write_theatre([])
    settings = (folder / "theatre.toml").read_text()
    (folder / "theatre.toml").write_text(settings.replace("2018-01-01", "2016-01-01").replace('title = "Mini"', ""))
    with pytest.raises(TheatreError, match="title"):
        load_theatre(folder)


def test_the_span_is_named_when_a_date_is_outside(write_theatre: WriteTheatre) -> None:
    theatre = load_theatre(write_theatre([]))
    with pytest.raises(SpanError, match="2017-01-01 to 2017-12-31"):
        theatre.check_date(date(2018, 1, 1))


def test_overrides_win(write_theatre: WriteTheatre) -> None:
    folder = write_theatre([report("2017-03-01", "captured", "Red Army")])
    (folder / "places_overrides.csv").write_text("name,place_id\nAlpha,3\nBeta,99\n")
    theatre = load_theatre(folder)
    assert [c.place_id for c in theatre.claims] == ["3"]
    assert "places_overrides.csv:3" in str(theatre.rejections[0])


@pytest.mark.parametrize("parents", [{"blue": "nope"}, {"blue": "green", "green": "blue"}, {"red": "red"}])
def test_parents_that_lead_nowhere_are_faults_and_the_rest_works(
    write_theatre: WriteTheatre, parents: dict[str, str]
) -> None:
    actors = [{**a, "parent": parents.get(a["id"], a.get("parent", ""))} for a in ACTORS]
    theatre = load_theatre(write_theatre([report("2017-03-01", "captured", "Blue Front", "Red Army")], actors=actors))
    assert any("parent" in str(r) for r in theatre.rejections)
    assert timeline_payload(Timeline(theatre))["intervals"]


def test_an_override_changes_the_hash_of_the_data(write_theatre: WriteTheatre) -> None:
    folder = write_theatre([report("2017-03-01", "captured", "Red Army", place="Alfa")])
    before = load_theatre(folder).data_hash
    (folder / "places_overrides.csv").write_text("name,place_id\nAlfa,1\n")
    assert load_theatre(folder).data_hash != before


def test_a_source_may_speak_for_a_child(write_theatre: WriteTheatre) -> None:
    sources = [{**s, "aligned_with": "blue-guard" if s["id"] == "wire" else ""} for s in SOURCES]
    theatre = load_theatre(write_theatre([], sources=sources))
    assert theatre.sources["wire"].aligned_with == "blue"


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
    point = {"type": "Point", "coordinates": [10.0, 50.0]}
    features = [{"type": "Feature", "geometry": g, "properties": None} for g in (None, point)]
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
    assert [r.origin.line for r in theatre.rejections] == [7]


def test_a_hash_inside_a_cell_is_text(write_theatre: WriteTheatre) -> None:
    note = 'two lines, "the second"\n# begins with a hash'
    theatre = load_theatre(write_theatre([report("2017-03-01", "captured", "Red Army", note=note)]))
    assert [claim.report.note for claim in theatre.claims] == [note]
