"""The data dictionary is complete: each file is written, and its columns are those of the page, no more and no fewer."""

from __future__ import annotations

import csv
import io
import json
import re
import runpy
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pyarrow.parquet as pq
import pytest
from shapely.geometry import box
from typer.testing import CliRunner

from control.assessment.timeline import Timeline
from control.cli.main import app
from control.export.extract import Extract
from control.export.files import write
from control.export.geodata.dialects import Dialect, extract_to_geojson
from control.imports.account import Account, Tally
from control.imports.write import account_to_csv
from control.record import new_theatre as newtheatre
from control.record.tables import ActorRow, MomentRow, OverrideRow, PlaceRow, ReportRow, SourceRow
from control.record.theatre import Settings, load_theatre
from control.scale.statuses import by_one_pass
from control.snapshot import Layer
from control.upload.columns import propose
from control.upload.corrected import rows_to_mend
from control.upload.reader import read_sheet
from control.upload.reading import Options, read_upload
from tests.conftest import BUNDLED, ROOT, report, write_mini
from tests.theatres import theatre_of

PAGE = ROOT / "docs" / "data-dictionary.md"
UKRAINE = ROOT / "seeds" / "ukraine"
SINGLE = {Layer.PLACES: "Columns of places", Layer.AREAS: "Columns of areas", Layer.FRONTS: "Columns of fronts"}
REPORTS = [
    report("2017-03-01", "captured", "Reds"),
    report("2017-05-01", "captured", "Blue Front", "Red Army", "Beta"),
    report("2017-06-01", "besieged", "Blue Front", "Red Army"),
    report("2017-07-01", "captured", "Nobody", place="Beta"),
    report("2017-08-01", "holds", "Red Army", place="Beta", set_aside="an example"),
    report("2017-06-15", "holds", "Red Army", place="Beta", credibility=4),
]
JULY = ["--date", "2017-07-01"]


def sections() -> dict[str, set[str]]:
    """Heading of each section -> the names in the first column of its table."""
    found = {}
    for part in re.split(r"^### ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        heading, _, body = part.partition("\n")
        rows = re.findall(r"^\| (`[^|]+) \|", re.split(r"^## ", body, flags=re.MULTILINE)[0], re.MULTILINE)
        found[heading.replace("`", "")] = {name for row in rows for name in re.findall(r"`([^`]+)`", row)}
    return found


SECTIONS = sections()
RECORD, REPORT = SECTIONS["Record of an export"], SECTIONS["A report in JSON"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Alpha is Red's and besieged by Blue, Beta is Blue's and disputed; one row is wrong and one set aside."""
    return write_mini(tmp_path_factory.mktemp("theatre") / "mini", REPORTS)


@pytest.fixture(scope="module")
def extract(folder: Path) -> Extract:
    return Extract(Timeline(load_theatre(folder)), date(2017, 1, 1), date(2017, 12, 31), "month", tuple(Layer))


@pytest.fixture(scope="module")
def printed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    def run(*words: str, theatre: Path = folder) -> str:
        ran = CliRunner().invoke(app, [*words, "--theatre", str(theatre)])
        assert ran.exit_code in {0, 1}, ran.output
        assert ran.stdout
        return ran.stdout

    return run


def keys(records: Iterable[Mapping[str, Any]]) -> set[str]:
    return {key for record in records for key in record}


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def header(text: str) -> set[str]:
    return set(next(csv.reader(io.StringIO(text))))


# --- the theatre folder


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("theatre.toml", Settings), ("places.csv", PlaceRow), ("places_overrides.csv", OverrideRow),
        ("actors.csv", ActorRow), ("sources.csv", SourceRow), ("reports.csv", ReportRow),
        ("moments.csv", MomentRow),
    ],
)  # fmt: skip
def test_what_is_read(name: str, model: Any) -> None:
    assert SECTIONS[name] == set(model.model_fields)


def test_names_of_elsewhere() -> None:
    assert SECTIONS["elsewhere.csv"] == header((BUNDLED / "elsewhere.csv").read_text(encoding="utf-8"))


def test_base_layers() -> None:
    layers = {
        name: [f for folder in (BUNDLED, UKRAINE) for f in theatre_of(folder.name).geography(name)["features"]]
        for name in ("borders", "rivers", "lakes")
    }
    hull = box(10, 50, 11, 51)
    layers["borders"] += newtheatre._borders(["AA"], {}, {"AA": hull}, {"AA": "Aland"}, hull.buffer(1).envelope)[0]
    found = {name: keys(f["properties"] for f in features) for name, features in layers.items()}
    assert SECTIONS["borders.geojson"] == found["borders"]
    assert SECTIONS["rivers.geojson, lakes.geojson"] == found["rivers"] == found["lakes"]


def test_the_account_of_an_import() -> None:
    assert SECTIONS["account.csv"] == header(account_to_csv(Account(3, 1, 0, set_aside={"why": Tally(1, [2])})))


# --- exports


def test_columns_are_refreshed() -> None:
    """Refresh them with `python bench/data_dictionary.py`."""
    text = PAGE.read_text(encoding="utf-8")
    assert runpy.run_path(str(ROOT / "bench" / "data_dictionary.py"))["refreshed"](text) == text


def test_csv_and_its_metadata(extract: Extract, tmp_path: Path) -> None:
    places = Extract(extract.timeline, extract.since, extract.until, "month", (Layer.PLACES,))
    write("csv", places, tmp_path / "a.csv")
    assert SECTIONS["Columns of places"] == header((tmp_path / "a.csv").read_text(encoding="utf-8-sig"))
    record = json.loads((tmp_path / "a.csv-metadata.json").read_text(encoding="utf-8"))
    assert {column["name"] for column in record["tableSchema"]["columns"]} == SECTIONS["Columns of places"]
    assert set(record["dc:provenance"]) == RECORD


def test_geopackage_and_geoparquet(extract: Extract, tmp_path: Path) -> None:
    write("gpkg", extract, tmp_path / "a.gpkg")
    with closing(sqlite3.connect(tmp_path / "a.gpkg")) as base:
        columns = {
            table: {row[1] for row in base.execute(f'PRAGMA table_info("{table}")')}
            for table in (*map(str, Layer), "controlmap", "layer_styles")
        }
        assert {key for (key,) in base.execute("SELECT key FROM controlmap")} == RECORD
    for layer, heading in SINGLE.items():
        expected = SECTIONS[heading] - {"lon", "lat", "export_id"}
        assert columns[str(layer)] - {"fid", "geom"} == expected
        alone = Extract(extract.timeline, extract.since, extract.until, "month", (layer,), extract.grounds)
        write("geoparquet", alone, tmp_path / f"{layer}.parquet")
        assert set(pq.read_schema(tmp_path / f"{layer}.parquet").names) - {"geometry"} == expected
    assert SECTIONS["GeoPackage: controlmap"] == columns["controlmap"] - {"id"}
    assert SECTIONS["GeoPackage: layer_styles"] == columns["layer_styles"]


def test_dialects_of_geojson(extract: Extract) -> None:
    times: set[str] = set()
    for dialect in Dialect:
        collection = extract_to_geojson(extract, dialect)
        assert set(collection) == SECTIONS["Members of an exported GeoJSON"]
        assert set(collection["provenance"]) == RECORD
        for layer, heading in SINGLE.items():
            found = keys(f["properties"] for f in collection["features"] if f["properties"]["layer"] == layer)
            assert found, layer
            expected = SECTIONS[heading] - {"start", "end", "lon", "lat", "export_id"}
            assert expected <= found
            times |= found - expected
    assert times == SECTIONS["Times of GeoJSON"]


def test_kml(extract: Extract, tmp_path: Path) -> None:
    write("kml", extract, tmp_path / "a.kml")
    names = {data.get("name") for data in ET.parse(tmp_path / "a.kml").iter("{http://www.opengis.net/kml/2.2}Data")}  # noqa: S314  our own file
    assert names - {"provenance"} <= set().union(*(SECTIONS[heading] for heading in SINGLE.values()))
    assert {"place_id", "standing", "length_km"} <= names


def test_snapshot(printed: Callable[..., str], tmp_path: Path) -> None:
    file = tmp_path / "s.geojson"
    said = printed("snapshot", *JULY, "--layers", "places,areas,fronts", "--output", str(file), "--json")
    assert keys(lines(said)) == SECTIONS["snapshot --json"]
    collection = json.loads(file.read_text(encoding="utf-8"))
    assert set(collection) == SECTIONS["Snapshot: members"]
    for layer in Layer:
        mine = [f["properties"] for f in collection["features"] if f["properties"]["layer"] == layer]
        assert keys(mine) == SECTIONS[f"Snapshot: {layer}"]
    reports = [r for f in collection["features"] for r in f["properties"].get("reports", ())]
    assert keys(reports) == REPORT
    assert keys(collection["sources"]) == {"id", "title", "published", "reference", "grade"}
    assert set(collection["provenance"]) == RECORD


def test_changes(printed: Callable[..., str]) -> None:
    span = ["--since", "2017-01-01", "--until", "2017-12-31"]
    assert SECTIONS["changes --format csv"] == header(printed("changes", *span, "--format", "csv"))
    feed = ET.fromstring(printed("changes", *span, "--format", "atom"))  # noqa: S314  our own feed
    assert {e.tag.partition("}")[2] for e in feed.iter()} - {"feed"} == SECTIONS["changes --format atom"]
    told = lines(printed("changes", *span, "--json"))
    assert keys(told) == SECTIONS["changes --json"]
    assert keys(r for change in told for r in change["reports"]) == REPORT
    assert keys(change["after"] for change in told) == {"status", "actor"}


def test_changes_as_an_export(extract: Extract, tmp_path: Path) -> None:
    write("changes", replace(extract, layers=(Layer.PLACES,)), tmp_path / "c.csv")
    columns = header((tmp_path / "c.csv").read_text(encoding="utf-8-sig"))
    assert columns == SECTIONS["changes --format csv"] | SECTIONS["export changes"]


def test_intervals_of_a_status_table(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("place,date,status\na,2022-02-24,held\na,2022-02-25,lost\n", encoding="utf-8")
    assert by_one_pass([table]).intervals.to_pylist() == [
        {"place": "a", "start": date(2022, 2, 24), "end": date(2022, 2, 25), "status": "held"},
        {"place": "a", "start": date(2022, 2, 25), "end": date(2022, 2, 26), "status": "lost"},
    ]
    assert set(by_one_pass([table]).intervals.column_names) == SECTIONS["scale intervals"]


@pytest.mark.parametrize("section", ["scale assess", "scale last-report"])
def test_scale_of_a_theatre(printed: Callable[..., str], tmp_path: Path, section: str) -> None:
    printed(*section.split(), "--output", str(tmp_path / "a.csv"))
    assert SECTIONS[section] == header((tmp_path / "a.csv").read_text(encoding="utf-8"))


def test_rows_to_mend(folder: Path) -> None:
    theatre = load_theatre(folder)
    sheet = read_sheet("mine.csv", b"date,place,event,actor\n2017-02-30,Alpha,captured,Red Army\n")
    reading = read_upload(sheet, propose(sheet, theatre).columns, Options(), {}, theatre)
    columns = header(rows_to_mend(sheet, reading).removeprefix("\ufeff"))
    assert columns == SECTIONS["Rows to mend of an upload"] | {"date", "place", "event", "actor"}


def test_statistics(printed: Callable[..., str]) -> None:
    expected = SECTIONS["statistics --format csv"]
    assert expected == header(printed("statistics", *JULY, "--format", "csv"))
    assert expected == keys(lines(printed("statistics", *JULY, "--json")))


def test_linked_places(printed: Callable[..., str], tmp_path: Path) -> None:
    printed("places", "--export", "lpf", "--output", str(tmp_path / "l.json"), theatre=BUNDLED)
    collection = json.loads((tmp_path / "l.json").read_text(encoding="utf-8"))
    assert SECTIONS["places --export lpf: collection"] == set(collection)
    assert SECTIONS["places --export lpf: feature"] == keys(collection["features"])


# --- what commands print


def test_check_and_places(printed: Callable[..., str]) -> None:
    checked = [*lines(printed("check", "--json")), *lines(printed("check", "--json", theatre=BUNDLED))]
    assert keys(checked) == SECTIONS["check --json"]
    taken = next(record["taken"] for record in checked if "taken" in record)
    assert set(taken) == {"place_id", "name", "score", "reason"}
    assert keys(lines(printed("places", "Alpha", "--json"))) == SECTIONS["places --json"]


def test_assess_and_why(printed: Callable[..., str], tmp_path: Path) -> None:
    point = ["--lon", "10.1", "--lat", "50.0"]
    told = [
        *lines(printed("assess", *JULY, "--place", "Alpha", "--json")),
        *lines(printed("assess", *JULY, "--place", "Gamma", "--json")),
        *lines(printed("assess", *JULY, *point, "--json")),
        *lines(printed("assess", *JULY, "--lon", "11.0", "--lat", "51.0", "--json")),
    ]
    estimates = [record["estimate"] for record in told if "estimate" in record]
    assert keys(estimates) == {"actor", "probability", "drivers"}
    assert keys(d for e in estimates for d in e["drivers"]) == {"place_id", "name", "distance_km", "share"}
    assert keys(told) == SECTIONS["assess --json"]
    twice = lines(printed("assess", *JULY, "--place", "Alpha", "--then-and-now", "--json"))
    assert keys(twice) == SECTIONS["assess --then-and-now --json"]
    assert keys([twice[0]["then"], twice[0]["now"]]) <= SECTIONS["assess --json"]
    explained = lines(printed("why", "Beta", *JULY, "--json"))
    assert keys(explained[1:]) == SECTIONS["why --json"] | REPORT
    assert set(explained[0]) <= SECTIONS["assess --json"]
    (tmp_path / "points.csv").write_text("lon,lat,place_id\n10.1,50.0,mine\n", encoding="utf-8")
    columns = header(printed("assess", *JULY, "--points", str(tmp_path / "points.csv")))
    sentence = PAGE.read_text(encoding="utf-8").split("`assess --points FILE.csv` prints CSV")[1].split("\n\n")[0]
    assert columns - {"input_place_id"} <= set(re.findall(r"`(\w+)`", sentence))


def test_sources_fronts_and_enclaves(printed: Callable[..., str]) -> None:
    told = lines(printed("sources", "--json"))
    assert keys(told) == SECTIONS["sources --json"]
    assert keys(f for record in told for f in record["flips"]) == {"place_id", "date", "days"}
    assert keys(lines(printed("fronts", *JULY, "--json"))) == SECTIONS["fronts --json"]
    shut_in = lines(printed("enclaves", "--date", "2022-03-20", "--json", theatre=UKRAINE))
    assert keys(shut_in) == SECTIONS["enclaves --json"]


def test_export_verify_and_import(printed: Callable[..., str], tmp_path: Path) -> None:
    file = str(tmp_path / "a.csv")
    written = lines(printed("export", "csv", *JULY, "--output", file, "--json"))
    assert keys(written) == SECTIONS["export --json"] | RECORD - {"content"}
    assert keys(lines(printed("verify", file, "--json"))) == SECTIONS["verify --json"] | RECORD
    data = ROOT / "tests" / "control" / "imports" / "data"
    words = ("import", "acled", str(data / "acled.csv"), "--actors", str(data / "actors.csv"), "--json")
    assert keys(lines(printed(*words))) == SECTIONS["import --json"]


def test_every_section_is_looked_at() -> None:
    """A section that no test names would never be found wrong."""
    text = Path(__file__).read_text(encoding="utf-8")
    by_layer = {f"Snapshot: {layer}" for layer in Layer}
    assert [heading for heading in SECTIONS if heading not in by_layer and f'"{heading}"' not in text] == []


def test_every_command_has_a_section() -> None:
    with_json = {
        command.name or command.callback.__name__
        for command in app.registered_commands
        if command.callback and "as_json" in command.callback.__annotations__
    }
    spoken = {heading.split(" --")[0] for heading in SECTIONS}
    assert with_json - {"statistics"} <= spoken
