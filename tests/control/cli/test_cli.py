"""The command line as its users type it: the exit code, what stands on standard output, what on standard error."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import geopandas as gpd
import pytest

from control.cli import main as cli
from tests.conftest import ACTORS, BUNDLED, PLACES, report


class Ran(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def records(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


Control = Callable[..., Ran]


@pytest.fixture
def control(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Control:
    """Run `python -m control ...` in this process."""

    def run(*args: object, theatre: Path = BUNDLED) -> Ran:
        monkeypatch.setattr(sys, "argv", ["control", *map(str, args), "--theatre", str(theatre)])
        code = 0
        try:
            cli.main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return run


@pytest.mark.parametrize(
    ("day", "place", "allowed"),
    [
        ("2017-09-20", "Ana", {"contested", "isil"}),
        ("2017-09-25", "Ana", {"iraqi-government"}),
        ("2017-10-01", "al-Qaim", {"isil"}),
        ("2017-11-05", "al-Qaim", {"iraqi-government"}),
        ("2017-11-10", "Rawa", {"isil"}),
        ("2017-11-20", "Rawa", {"iraqi-government"}),
        ("2017-11-01", "Albu Kamal", {"isil"}),
        ("2017-11-13", "Albu Kamal", {"isil", "contested"}),
        ("2017-11-25", "Albu Kamal", {"syrian-government"}),
        ("2017-11-10", "Deir ez-Zor", {"syrian-government"}),
        ("2015-01-01", "Raqqa", {"isil"}),
        ("2017-11-01", "Raqqa", {"sdf"}),
        ("2015-01-01", "Mosul", {"isil"}),
        ("2017-08-01", "Mosul", {"iraqi-government"}),
    ],
)
def test_dated_answers(control: Control, day: str, place: str, allowed: set[str]) -> None:
    (record,) = control("assess", "--date", day, "--place", place, "--json").records
    said = record["actor"] if record["status"] == "controlled" else record["status"]
    assert said in allowed
    assert record["estimated"] is False
    assert record["reports"]
    assert {"place_id", "name", "lon", "lat", "date", "status", "actor", "probability"} <= set(record)


def test_the_bundled_theatre_is_sound(control: Control) -> None:
    ran = control("check", "--json")
    assert ran.code == 0, ran.out
    summary = ran.records[-1]
    assert summary["accepted"] >= 110
    assert summary["places"] >= 18
    assert summary["rejected"] == 0


def test_check_names_colours_that_look_alike(control: Control, write_theatre: Callable[..., Path]) -> None:
    colours = {"red": "#c8453b", "blue": "#c84a3b"}
    actors = [{**actor, "colour": colours.get(actor["id"], actor["colour"])} for actor in ACTORS]
    ran = control("check", theatre=write_theatre([], actors=actors))
    assert ran.code == 0, ran.err
    assert re.search(
        r"actors\.csv: the ground of \w+ looks like that of \w+ \(colour, \w+.*: CIEDE2000 0\.\d\); expected at least \d+; "
        r"#[0-9a-f]{6} is far enough from all others",
        ran.out,
    ), ran.out


def test_check_lists_every_fault(control: Control, write_theatre: Callable[..., Path]) -> None:
    rows = [report("2017-03-01", "captured", "Rod Army"), report("2017-03-32", "captured", "Red Army")]
    folder = write_theatre([*rows, report("2017-03-02", "holds", "Red Army")])
    ran = control("check", theatre=folder)
    assert ran.code == 1
    assert ran.out.splitlines()[0].startswith("reports.csv:2: unknown actor 'Rod Army' (did you mean 'Red Army'?)")
    assert ran.out.splitlines()[1].startswith("reports.csv:3: event_date: impossible date '2017-03-32'")
    assert "1 report used: 1 about 1 place and 0 about areas" in ran.out
    as_json = control("check", "--json", theatre=folder)
    assert [r.get("line") for r in as_json.records] == [2, 3, None]


def test_places_ranks_and_abstains(control: Control) -> None:
    ran = control("places", "Mosul", "--json")
    assert ran.code == 0
    best = ran.records[0]
    assert list(best) == ["query", "place_id", "name", "kind", "country", "lon", "lat", "score", "exact", "doubtful"]
    assert (best["name"], best["kind"], best["country"]) == ("Mosul", "town", "IQ")
    nothing = control("places", "Timbuktu", "--json")
    assert (nothing.code, nothing.out) == (1, "")


def test_places_reads_many_names(control: Control, tmp_path: Path) -> None:
    (tmp_path / "names.csv").write_text("id,name\n1,Mosul\n2,Timbuktu\n3,Rawa\n")
    ran = control("places", "--file", tmp_path / "names.csv", "--json")
    assert ran.code == 0
    first = {record["query"]: record["name"] for record in reversed(ran.records)}
    assert first == {"Mosul": "Mosul", "Rawa": "Rawa"}


def test_points_come_back_as_csv(control: Control, tmp_path: Path) -> None:
    """On the town, 20 km off, in the empty desert; the row's own date wins over --date."""
    (tmp_path / "points.csv").write_text(
        "label,lon,lat,date\nmosul,43.13,36.34,2015-01-01\nmosul,43.13,36.34,\ndesert,40.0,31.5,\n"
    )
    ran = control("assess", "--points", tmp_path / "points.csv", "--date", "2017-08-01")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert [(r["label"], r["date"], r["status"], r["actor"]) for r in rows] == [
        ("mosul", "2015-01-01", "controlled", "isil"),
        ("mosul", "2017-08-01", "controlled", "iraqi-government"),
        ("desert", "2017-08-01", "unknown", ""),
    ]
    assert rows[0]["reports"]


def test_points_keep_formulas_from_running(control: Control, tmp_path: Path) -> None:
    (tmp_path / "points.csv").write_text('label,lon,lat\n"=HYPERLINK(""x"")",43.13,36.34\n')
    ran = control("assess", "--points", tmp_path / "points.csv", "--date", "2017-08-01")
    assert next(csv.DictReader(io.StringIO(ran.out)))["label"].startswith("'=")


@pytest.mark.parametrize(
    ("points", "complaint"),
    [
        ("x,y\n1,2\n", "points.csv:1: no column lon, lat"),
        ("lon,lat\n43,99\n", "points.csv:2"),
        ("lon,lat\na,b\n", "points.csv:2"),
    ],
)
def test_bad_points_are_named(control: Control, tmp_path: Path, points: str, complaint: str) -> None:
    (tmp_path / "points.csv").write_text(points)
    ran = control("assess", "--points", tmp_path / "points.csv", "--date", "2017-08-01")
    assert ran.code == 1
    assert complaint in ran.err


def test_a_point_is_estimated_outside_the_town(control: Control) -> None:
    """In Mosul; in the country south of Rutba; in the empty desert; in Turkey."""
    points = {"place": (43.12, 36.34), "ground": (40.32, 32.86), "nobody": (41.5, 31.9), "outside": (38.0, 38.0)}
    for where, (lon, lat) in points.items():
        (record,) = control("assess", "--date", "2017-08-01", "--lon", lon, "--lat", lat, "--json").records
        assert (record["where"], record["estimated"]) == (where, where != "place")
        assert (record["place_id"] is None) == (where in {"nobody", "outside"})
    said = control("assess", "--date", "2017-08-01", "--lon", "38", "--lat", "38").out
    assert said == "abroad or water: outside the theatre's land\n"


def test_an_estimate_names_what_it_rests_on(control: Control, write_theatre: Callable[..., Path]) -> None:
    """Of Beta, 14 km from Alpha, nobody tells: as a place it stays unknown, with the estimate beside it."""
    places = [PLACES[0], {**PLACES[1], "lon": 10.2}]
    folder = write_theatre([report("2017-03-01", "captured", "Red Army")], places=places)
    day = ("--date", "2017-04-01")
    (point,) = control("assess", *day, "--lon", "10.2", "--lat", "50", "--json", theatre=folder).records
    assert (point["name"], point["status"], point["actor"], point["reports"]) == ("Beta", "estimated", "red", [])
    assert [(d["name"], d["distance_km"], d["share"]) for d in point["drivers"]] == [("Alpha", 14.3, 1.0)]
    assert 0.5 <= point["probability"] <= 1
    (place,) = control("assess", *day, "--place", "Beta", "--json", theatre=folder).records
    assert (place["status"], place["actor"], place["estimate"]["actor"]) == ("unknown", None, "red")
    assert (
        "estimated from reports of Alpha (14 km away)."
        in control("assess", *day, "--place", "Beta", theatre=folder).out
    )


def test_an_area_is_answered_by_its_places_and_its_reports(
    control: Control, write_theatre: Callable[..., Path]
) -> None:
    area = {"id": "9", "name": "Westland", "lon": 10.0, "lat": 50.0, "kind": "region", "radius_km": 20}
    rows = [
        report("2017-03-01", "captured", "Red Army"),
        report("2017-03-20", "holds", "Red Army", place="Westland", note="all of it"),
        report("2017-03-21", "captured", "Red Army", place="Gamma"),
    ]
    folder = write_theatre(rows, places=[*PLACES, area])
    day = ("--date", "2017-04-01")
    by_assess = control("assess", "--place", "Westland", *day, theatre=folder)
    assert by_assess.out == control("why", "Westland", *day, theatre=folder).out
    assert "Westland, 1 April 2017: of 1 place Red Army 1." in by_assess.out
    assert "all of it" in by_assess.out
    (record,) = control("assess", "--place", "Westland", *day, "--json", theatre=folder).records
    assert record["shares"] == [{"actor": "red", "places": 1, "reported": 1, "estimated": 0}]
    span = ("--since", "2017-03-01", "--until", "2017-04-01", "--format", "csv")
    inside, everywhere = (control("changes", *span, *more, theatre=folder).out for more in (("--in", "Westland"), ()))
    assert ("Gamma" in inside, "Gamma" in everywhere, "Alpha" in inside) == (False, True, True)
    assert "Westland, 20 March 2017" in control("why", "Alpha", *day, theatre=folder).out


def test_statistics_of_a_day_and_of_a_span(control: Control, tmp_path: Path) -> None:
    """ISIL had more ground at the end of 2014 than three years later, by every way of asking."""
    table = control("statistics", "--date", "2015-01-01").out.splitlines()
    assert table[0].startswith("Iraq and Syria 2013-2019, 1 January 2015")
    assert any(line.startswith("ISIL ") for line in table)
    span = ("--since", "2014-12-31", "--until", "2017-12-31", "--every", "365")
    assert [line.split()[0] for line in control("statistics", *span).out.splitlines()[1:]] == [
        "2014-12-31", "2015-12-31", "2016-12-30", "2017-12-30",
    ]  # fmt: skip
    control("statistics", *span, "--format", "csv", "--output", tmp_path / "out.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8-sig"))))
    records = control("statistics", *span, "--format", "json").records
    assert control("statistics", *span, "--json").records == records
    for found in (rows, records):
        isil = [float(r["effective_km2"]) for r in found if r.get("actor") == "isil"]
        assert isil[0] > 2 * isil[-1]


def test_fronts_and_enclaves_are_listed(control: Control) -> None:
    fronts = control("fronts", "--date", "2015-06-01", "--json").records
    assert {"name", "actor", "other_actor", "length_km", "assessed_km", "river", "near"} <= set(fronts[0])
    assert fronts[0]["name"] in control("fronts", "--date", "2015-06-01").out
    records = control("enclaves", "--date", "2015-06-01", "--json").records
    assert any(r["group"] == "enclave" and "Rastan" in [p["name"] for p in r["places"]] for r in records)
    assert any(r["group"] == "reported siege" and r["name"] == "Nubl" for r in records)
    assert "possibly encircled by Syrian government since " in control("enclaves", "--date", "2015-06-01").out


def test_a_date_outside_the_span_names_the_span(control: Control) -> None:
    for args in (
        ("assess", "--place", "Mosul", "--date"),
        ("statistics", "--date"),
        ("fronts", "--date"),
        ("why", "Mosul", "--date"),
        ("snapshot", "--output", "x.geojson", "--date"),
    ):
        ran = control(*args, "2021-01-01")
        assert ran.code == 1
        assert "covers 1 January 2013 to 31 December 2019" in ran.err
        assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("args", "complaint"),
    [
        (("assess", "--date", "2017-13-01", "--place", "Mosul"), "is not a day of the calendar"),
        (("assess", "--date", "2017-08-01", "--place", "Timbuktu"), "Timbuktu"),
        (("assess", "--date", "2017-08-01"), "exactly one of"),
        (("assess", "--place", "Mosul"), "--date"),
        (("changes", "--since", "2017-02-01", "--until", "2017-01-01"), "is after"),
        (("snapshot", "--date", "2017-08-01", "--output", "x.shp"), "only GeoJSON"),
        (("places",), "--file"),
        (("snapshot", "--date", "2017-08-01", "--output", "x.json", "--layers", "places,lines"), "no layer 'lines'"),
        (("snapshot", "--date", "2017-08-01", "--output", "x.json", "--layers", ","), "no layer is named"),
        (("statistics",), "--date DAY, or --since DAY"),
        (("statistics", "--since", "2017-01-01"), "--date DAY, or --since DAY"),
        (("statistics", "--date", "2017-01-01", "--since", "2017-01-01", "--until", "2017-02-01"), "--date DAY, or"),
        (("statistics", "--since", "2017-02-01", "--until", "2017-01-01"), "is after"),
        (("fronts", "--date", "2017-13-01"), "is not a day of the calendar"),
    ],
)
def test_mistakes_are_explained(control: Control, args: tuple[str, ...], complaint: str) -> None:
    ran = control(*args)
    assert ran.code != 0
    assert complaint in ran.err
    assert "Traceback" not in ran.err


def test_why_names_the_reports(control: Control) -> None:
    ran = control("why", "al-Qaim", "--date", "2017-11-10")
    assert ran.code == 0
    assert "Iraqi government" in ran.out.splitlines()[0]
    assert "3 November 2017: Iraqi government" in ran.out
    assert "17 November 2017: Iraqi government" in ran.out
    first, *claims = control("why", "al-Qaim", "--date", "2017-11-10", "--json").records
    assert first["actor"] == "iraqi-government"
    # the press of 3 November decides; the summary that says 17 November speaks against a hand-over before it
    assert next(c["event_date"] for c in claims if c["group"] == "supporting") == "2017-11-03"
    assert [c["event_date"] for c in claims if c["group"] == "contradicting"] == ["2017-11-17"]


def test_changes_in_the_last_stand(control: Control) -> None:
    ran = control("changes", "--since", "2017-11-01", "--until", "2017-11-30", "--json")
    found = {(r["date"], r["name"], r["after"]["actor"]) for r in ran.records}
    assert ("2017-11-17", "Rawa", "iraqi-government") in found
    assert all("2017-11-01" <= r["date"] <= "2017-11-30" for r in ran.records)


def test_the_snapshot_is_rfc_7946(control: Control, tmp_path: Path) -> None:
    file = tmp_path / "out" / "snapshot.geojson"
    assert control("snapshot", "--date", "2017-11-10", "--output", file).code == 0
    collection = json.loads(file.read_text(encoding="utf-8"))
    assert "crs" not in collection
    west, south, east, north = collection["bbox"]
    for feature in collection["features"]:
        lon, lat = feature["geometry"]["coordinates"]
        assert west <= lon <= east
        assert south <= lat <= north
        assert all(len(str(c).partition(".")[2]) <= 7 for c in (lon, lat))
    for member in ("as_of", "policy", "snapshot_id", "license", "attribution", "method"):
        assert collection[member]
    frame = gpd.read_file(file)
    assert frame.crs.to_epsg() == 4326
    assert len(frame) == len(collection["features"])
    assert frame.set_index("place_id").loc["99072", "actor"] == "iraqi-government"
    again = tmp_path / "again.geojson"
    control("snapshot", "--date", "2017-11-10", "--output", again)
    assert again.read_bytes() == file.read_bytes()


def test_layers_are_views_of_one_snapshot(control: Control, tmp_path: Path) -> None:
    files = {layers: tmp_path / f"{layers}.geojson" for layers in ("places", "areas,fronts", "fronts,places")}
    for layers, file in files.items():
        assert control("snapshot", "--date", "2017-11-10", "--layers", layers, "--output", file).code == 0
    read = {layers: json.loads(file.read_text(encoding="utf-8")) for layers, file in files.items()}
    assert len({collection["snapshot_id"] for collection in read.values()}) == 1
    assert [c["layers"] for c in read.values()] == [["places"], ["areas", "fronts"], ["places", "fronts"]]
    for collection in read.values():
        assert list(dict.fromkeys(f["properties"]["layer"] for f in collection["features"])) == collection["layers"]


def test_known_on_leaves_hindsight_out(control: Control) -> None:
    """On the eve of Rawa's capture nobody could know it; of Mosul's fall, the encyclopaedia is hindsight."""
    hindsight, then = (
        control("assess", "--date", "2017-11-18", "--place", "Rawa", "--json", *known).records[0]
        for known in ((), ("--known-on", "2017-11-16"))
    )
    assert hindsight["actor"] == "iraqi-government"
    assert then["actor"] == "isil"
    assert all(r["published"] <= "2017-11-16" for r in then["reports"])


def test_hostile_names_stay_text(control: Control, write_theatre: Callable[..., Path], tmp_path: Path) -> None:
    name = "[red]<script>alert(1)</script>"
    places = [{**PLACES[0], "name": name, "names": "Alpha"}]
    folder = write_theatre([report("2017-03-01", "captured", "Red Army", note="=1+1 [bold]")], places=places)
    ran = control("assess", "--date", "2017-03-01", "--place", "Alpha", theatre=folder)
    assert name in ran.out
    file = tmp_path / "x.geojson"
    control("snapshot", "--date", "2017-03-01", "--output", file, theatre=folder)
    assert json.loads(file.read_text())["features"][0]["properties"]["name"] == name


@pytest.mark.parametrize("day", [9, 10, *range(11, 17), 20, 21, 25, 30])
def test_albu_kamal_in_november_2017(control: Control, day: int) -> None:
    """Government on the 9th and 10th, ISIL or contested from the 12th to the 16th, government from the 20th on."""
    (record,) = control("assess", "--date", f"2017-11-{day:02}", "--place", "Albu Kamal", "--json").records
    said = record["actor"] if record["status"] == "controlled" else record["status"]
    expected = {"isil", "contested"} if 11 <= day <= 16 else {"syrian-government"}
    assert said in expected


def test_other_policies_give_other_odds(control: Control) -> None:
    odds = {
        policy: control("assess", "--date", "2017-11-10", "--place", "Rawa", "--policy", policy, "--json").records[0]
        for policy in ("balanced", "claims-only", "strict", "against-interest")
    }
    assert {r["actor"] for r in odds.values()} == {"isil"}
    assert odds["balanced"]["probability"] != odds["claims-only"]["probability"]
    assert (
        "no policy 'lenient'" in control("assess", "--date", "2017-11-10", "--place", "Rawa", "--policy", "lenient").err
    )


def test_changes_as_files(control: Control, tmp_path: Path) -> None:
    span = ("--since", "2017-11-01", "--until", "2017-11-30")
    control("changes", *span, "--format", "atom", "--output", tmp_path / "changes.atom")
    assert (tmp_path / "changes.atom").read_text(encoding="utf-8").startswith("<?xml")
    rows = list(csv.DictReader(io.StringIO(control("changes", *span, "--format", "csv").out)))
    assert ("2017-11-17", "Rawa", "iraqi-government") in {(r["date"], r["name"], r["actor_after"]) for r in rows}
    assert "Islamic State (ISIL): " in control("changes", *span).out


def test_sources_say_what_hangs_on_them(control: Control) -> None:
    records = control("sources", "--json").records
    assert sum(r["claims"] for r in records) == control("check", "--json").records[-1]["accepted"]
    assert any(r["flips"] for r in records)
    assert "claims," in control("sources").out
