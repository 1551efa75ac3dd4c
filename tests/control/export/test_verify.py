"""Verification: a file holds until it, the data, the policy or the program change; and it says which."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import typer
from PIL import Image
from typer.testing import CliRunner

import control.cli.export
import control.cli.verify
import control.export.extract
import control.export.verify
from control.assessment.policy import load_policy
from control.assessment.timeline import Timeline
from control.export.extract import Extract
from control.export.files import read_provenance, write
from control.export.formats import FORMATS
from control.export.provenance import ProvenanceError, read_json
from control.export.verify import Part, verify
from control.record.theatre import Theatre, load_theatre


def extract_for(small: Extract, form: str) -> Extract:
    kind = FORMATS[form]
    until = small.until if kind.series else date(2017, 6, 1)
    since = date(2017, 6, 1) if not kind.series else small.since
    if kind.frames:  # three pictures are enough
        since, until = date(2017, 5, 20), date(2017, 7, 25)
    # the weights come from the file of that name
    timeline = Timeline(small.timeline.theatre, load_policy("balanced"))
    layers = kind.usual if kind.several else kind.usual[:1]
    return Extract(timeline, since, until, "month", layers)


@pytest.fixture(params=list(FORMATS))
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def file(small: Extract, form: str, tmp_path: Path) -> Path:
    path = tmp_path / "out" / f"export{FORMATS[form].suffix}"
    write(form, extract_for(small, form), path)
    return path


def report_added(folder: Path, place: str = "Gamma") -> None:
    table = folder / "reports.csv"
    text = table.read_text(encoding="utf-8")
    row = {"event_date": "2017-05-20", "place": place, "event": "captured", "actor": "Blue Front", "source": "wire"}
    header = next(csv.reader(text.splitlines()))
    table.write_text(text + ",".join({**row, "credibility": "2"}.get(c, "") for c in header) + "\n", encoding="utf-8")


def test_every_file_carries_where_it_comes_from(small: Extract, form: str, file: Path) -> None:
    said, extract = read_provenance(file), extract_for(small, form)
    assert (said.form, said.id, said.since, said.until) == (form, extract.id, extract.since, extract.until)
    assert said.data == small.timeline.theatre.data_hash
    assert (said.policy, said.known_on, said.theatre) == ("balanced", None, "mini")
    assert said.weights["hazard"] == 0.00071
    assert said.code == control.export.extract.__version__


def test_an_untouched_file_holds(small: Extract, file: Path) -> None:
    verdict = verify(file, small.timeline.theatre)
    assert (verdict.holds, verdict.changed) == (True, ())


def test_other_data(file: Path, form: str, small_theatre: Path) -> None:
    """Gamma is Blue's by a report that came later: both the data and what the file says of dates have changed."""
    report_added(small_theatre)
    verdict = verify(file, load_theatre(small_theatre))
    assert verdict.holds == (not FORMATS[form].dated)
    assert set(verdict.changed) == ({Part.DATA, Part.CONTENT} if FORMATS[form].dated else {Part.DATA})


def test_a_file_that_somebody_changed(file: Path, form: str, small: Extract) -> None:
    content = file.read_bytes()
    if form == "gpkg":
        with closing(sqlite3.connect(file)) as base, base:
            base.execute("DROP TRIGGER IF EXISTS rtree_places_geom_update6")
            base.execute("UPDATE controlmap SET value = 'nobody' WHERE key = 'attribution'")
    else:
        target = b"red" if b"red" in content and form not in {"png", "gif", "mp4", "geoparquet"} else None
        at = content.rfind(target) if target else len(content) - (200 if form != "geoparquet" else len(content) - 40)
        file.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
    verdict = verify(file, small.timeline.theatre)
    assert not verdict.holds
    assert Part.FILE in verdict.changed


def test_other_program(file: Path, form: str, small: Extract, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(control.export.extract, "__version__", "0.1.9")
    verdict = verify(file, small.timeline.theatre)
    assert Part.CODE in verdict.changed
    assert Part.DATA not in verdict.changed


def test_other_policy(small: Extract, tmp_path: Path) -> None:
    """`balanced` had another hazard when the file was written."""
    policy = replace(load_policy("balanced"), hazard=0.01)
    extract = replace(extract_for(small, "csv"), timeline=Timeline(small.timeline.theatre, policy))
    write("csv", extract, tmp_path / "a.csv")
    verdict = verify(tmp_path / "a.csv", small.timeline.theatre)
    assert set(verdict.changed) == {Part.POLICY, Part.CONTENT}


def test_a_policy_of_ones_own_comes_with_the_file(small: Extract, tmp_path: Path) -> None:
    policy = replace(load_policy("balanced"), name="mine", hazard=0.01)
    extract = replace(extract_for(small, "csv"), timeline=Timeline(small.timeline.theatre, policy))
    write("csv", extract, tmp_path / "a.csv")
    assert verify(tmp_path / "a.csv", small.timeline.theatre).changed == ()


def test_data_that_change_nothing_on_the_file(small: Extract, small_theatre: Path, tmp_path: Path) -> None:
    """A report of another time changes the data, but not the first month: the file still holds."""
    extract = replace(extract_for(small, "kml"), since=date(2017, 1, 1), until=date(2017, 1, 31))
    write("kml", extract, tmp_path / "a.kml")
    before = load_theatre(small_theatre).data_hash
    report_added(small_theatre, "Alpha")
    theatre = load_theatre(small_theatre)
    assert theatre.data_hash != before
    verdict = verify(tmp_path / "a.kml", theatre)
    assert (verdict.holds, verdict.changed) == (True, (Part.DATA,))


def test_known_on_is_kept(small: Extract, tmp_path: Path) -> None:
    """All sources were published on 1 January 2018: as known before, nobody knew anything."""
    extract = replace(
        extract_for(small, "geojson"),
        timeline=Timeline(small.timeline.theatre, load_policy("balanced"), date(2017, 7, 1)),
    )
    write("geojson", extract, tmp_path / "a.geojson")
    assert json.loads((tmp_path / "a.geojson").read_text(encoding="utf-8"))["features"] == []
    assert read_provenance(tmp_path / "a.geojson").known_on == date(2017, 7, 1)
    assert verify(tmp_path / "a.geojson", small.timeline.theatre).holds


def test_another_theatre(small: Extract, tmp_path: Path, bundled: Theatre) -> None:
    write("csv", extract_for(small, "csv"), tmp_path / "a.csv")
    with pytest.raises(ProvenanceError, match="'mini'"):
        verify(tmp_path / "a.csv", bundled)


FOREIGN = {
    "a.csv": b"a,b\n",
    "a.geojson": b'{"type": "FeatureCollection", "features": []}',
    "a.gpkg": b"no database",
    "a.parquet": b"PAR1",
    "a.kml": b"<kml/>",
    "a.svg": b"<svg",
    "a.png": b"\x89PNG\r\n\x1a\n",
    "a.gif": b"GIF89a",
    "a.mp4": b"\0\0\0\x18ftypisom",
    "a.html": b"<!DOCTYPE html><head></head>",
    "a.json": b'{"descriptions": [{"value": "Invented"}]}',
    "a.docx": b"",
}


@pytest.mark.parametrize("name", FOREIGN)
def test_files_of_others(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(FOREIGN[name])
    with pytest.raises(ProvenanceError, match=name.replace(".", r"\.")):
        read_provenance(tmp_path / name)


def test_a_picture_saved_anew_lost_its_provenance(small: Extract, tmp_path: Path) -> None:
    write("png", extract_for(small, "png"), tmp_path / "a.png")
    with Image.open(tmp_path / "a.png") as image:
        image.save(tmp_path / "b.png")
    with pytest.raises(ProvenanceError, match="dropped it"):
        read_provenance(tmp_path / "b.png")


def test_provenance_read_back_is_the_same(small: Extract) -> None:
    said = small.provenance("csv")
    assert read_json(said.to_json()) == said


@pytest.mark.parametrize(
    "change",
    [
        {"content": ""},
        {"id": "x"},
        {"every": 0},
        {"every": None},
        {"until": "2016-01-01"},
        {"since": "soon"},
        {"layers": None},
        {"title": 5},
        {"weights": []},
        {"more": 1},
    ],
)
def test_a_record_that_no_export_wrote(small: Extract, change: dict[str, object]) -> None:
    with pytest.raises(ProvenanceError, match="cannot be read"):
        read_json(json.dumps({**small.provenance("csv").to_dict(), **change}))


@pytest.mark.parametrize("text", ["[]", "{}", "", "[" * 100_000])
def test_text_that_is_no_record(text: str) -> None:
    with pytest.raises(ProvenanceError, match="cannot be read"):
        read_json(text)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"layers": ["roads"]}, "roads"),
        ({"policy": "mine", "weights": {"credibilities": {"x": 1}}}, "weights"),
        ({"policy": "mine", "weights": {"credibilities": {}, "gravity": 1}}, "weights"),
    ],
)
def test_a_record_that_cannot_be_made_anew(
    small: Extract, change: dict[str, object], said: str, tmp_path: Path
) -> None:
    record = {**small.provenance("geojson").to_dict(), **change}
    (tmp_path / "a.geojson").write_text(json.dumps({"provenance": record}), encoding="utf-8")
    with pytest.raises(ProvenanceError, match=said):
        verify(tmp_path / "a.geojson", small.timeline.theatre)


@pytest.fixture
def app() -> typer.Typer:
    app = typer.Typer()
    control.cli.export.register(app)
    control.cli.verify.register(app)
    return app


def test_command_line(app: typer.Typer, small_theatre: Path, tmp_path: Path) -> None:
    file, where = tmp_path / "a.kml", ["--theatre", str(small_theatre)]
    run = CliRunner().invoke
    done = run(app, ["export", "kml", "--since", "2017-01-01", "--until", "2017-12-31", "--output", str(file), *where])
    assert done.exit_code == 0, done.output
    assert "series" in done.output
    assert run(app, ["verify", str(file), *where]).exit_code == 0
    report_added(small_theatre)
    done = run(app, ["verify", str(file), *where])
    assert done.exit_code == 1
    assert "data: the theatre's data are others" in done.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["kml", "--since", "2017-01-01", "--output", "a.kml"], "give --date"),
        (["kml", "--date", "2017-06-01", "--output", "a.txt"], "a.kml"),
        (["kml", "--date", "2017-06-01", "--output", "a.kml", "--every", "0"], "number of days"),
        (["kml", "--date", "2017-06-01", "--output", "a.kml", "--layers", "roads"], "roads"),
        (["shp", "--date", "2017-06-01", "--output", "a.shp"], "shp"),
    ],
)
def test_wrong_arguments(app: typer.Typer, arguments: list[str], said: str) -> None:
    done = CliRunner().invoke(app, ["export", *arguments])
    assert done.exit_code == 2
    assert said in done.output
