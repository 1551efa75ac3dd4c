"""Dated polygons: a place has the status of the polygon it lies in."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest

from control.assessment.timeline import Timeline
from control.imports.account import Imported
from control.imports.mapping import Standing
from control.imports.polygons import PolygonColumns, import_polygons
from control.imports.write import write_import
from control.record.dates import parse_day, parse_window
from control.record.model import Source
from control.record.tables import TableError
from control.record.theatre import Theatre, load_theatre

STANDINGS = {"occupied": Standing("blue"), "free": Standing("red"), "grey": Standing(None, contested=True)}
SOURCE = Source("monitor", "Monitor", "", parse_window("1970"), "monitor.example", "monitor", "C")
BOTH, ALPHA, BETA = (9.5, 10.9), (9.9, 10.1), (10.4, 10.6)
"""West and east of polygons from latitude 49.5 to 50.5: round Alpha and Beta, one of them; Gamma lies in none."""


def polygon(status: str, day: str, span: tuple[float, float]) -> dict[str, Any]:
    (west, east), south, north = span, 49.5, 50.5
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"status": status, "date": day}, "geometry": geometry}


def write(path: Path, *features: dict[str, Any]) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


@pytest.fixture
def run(theatre: Theatre, tmp_path: Path) -> Any:
    def read(*features: dict[str, Any], **options: Any) -> Imported:
        return import_polygons([write(tmp_path / "m.geojson", *features)], theatre, STANDINGS, SOURCE, **options)

    return read


def told(imported: Imported) -> list[tuple[str, str, str, str]]:
    return [(r.place, r.event_date.text, str(r.event), r.actor) for r in imported.reports]


def test_places_take_the_status_of_their_polygon(run: Any) -> None:
    imported = run(
        polygon("occupied", "2017-03-01", BOTH), polygon("occupied", "2017-03-02", BOTH),
        polygon("occupied", "2017-03-03", ALPHA), polygon("grey", "2017-03-03", BETA),
    )  # fmt: skip
    assert told(imported) == [
        ("Alpha 1", "2017-03-01", "holds", "blue"), ("Beta 2", "2017-03-01", "holds", "blue"),
        ("Beta 2", "2017-03-02", "holds", "blue"),
        ("Alpha 1", "2017-03-03", "holds", "blue"), ("Beta 2", "2017-03-03", "contested", ""),
    ]  # fmt: skip
    assert (imported.account.rows, imported.account.used) == (4, 4)


def test_the_order_of_polygons_does_not_matter(run: Any) -> None:
    features = [polygon("occupied", f"2017-03-0{day}", BOTH if day < 3 else ALPHA) for day in (1, 2, 3, 4)]
    assert told(run(*features[::-1])) == told(run(*features))


def test_places_in_no_polygon_are_silent_unless_told_otherwise(run: Any) -> None:
    features = [polygon("occupied", "2017-03-01", ALPHA)]
    assert [place for place, *_ in told(run(*features))] == ["Alpha 1"]
    assert told(run(*features, outside="Free")) == [
        ("Alpha 1", "2017-03-01", "holds", "blue"),
        ("Beta 2", "2017-03-01", "holds", "red"),
        ("Gamma 3", "2017-03-01", "holds", "red"),
    ]


def test_a_date_without_polygon_ends_the_run(run: Any) -> None:
    days = [("2017-03-01", ALPHA), ("2017-03-02", BETA), ("2017-03-03", ALPHA)]
    imported = run(*(polygon("occupied", day, span) for day, span in days))
    assert [(p, d) for p, d, *_ in told(imported)] == [
        ("Alpha 1", "2017-03-01"), ("Beta 2", "2017-03-02"), ("Alpha 1", "2017-03-03"),
    ]  # fmt: skip


def test_two_statuses_for_one_place_say_nothing(run: Any) -> None:
    imported = run(polygon("occupied", "2017-03-01", BOTH), polygon("free", "2017-03-01", ALPHA))
    assert told(imported) == [("Beta 2", "2017-03-01", "holds", "blue")]
    assert [tally.rows for tally in imported.account.lessened.values()] == [(1, 2)]


def test_what_cannot_be_used_is_counted_with_its_rows(run: Any) -> None:
    bow = polygon("occupied", "2017-03-01", ALPHA)
    bow["geometry"]["coordinates"][0][1:3] = bow["geometry"]["coordinates"][0][2:0:-1]
    point = polygon("free", "2017-03-01", ALPHA) | {"geometry": {"type": "Point", "coordinates": [10, 50]}}
    imported = run(bow, polygon("moon", "2017-03-01", BOTH), polygon("free", "some day", BOTH), point)
    assert told(imported) == [("Alpha 1", "2017-03-01", "holds", "blue")]  # a bow-tie is mended
    assert {reason.split(";")[0]: tally.rows for reason, tally in imported.account.set_aside.items()} == {
        "the status is not in the mapping table": (2,),
        "impossible date": (3,),
        "no polygon": (4,),
    }


def test_geopackages_and_other_projections_are_read(theatre: Theatre, tmp_path: Path) -> None:
    frame = gpd.read_file(write(tmp_path / "m.geojson", polygon("occupied", "2017-03-01", ALPHA)))
    frame[["status", "geometry"]].to_crs(3857).to_file(tmp_path / "m.gpkg")
    imported = import_polygons([tmp_path / "m.gpkg"], theatre, STANDINGS, SOURCE, day=parse_day("2017-04-01"))
    assert told(imported) == [("Alpha 1", "2017-04-01", "holds", "blue")]


def test_files_may_carry_the_date_in_their_name(theatre: Theatre, tmp_path: Path) -> None:
    paths = []
    for name in ("map_20170301.geojson", "map_20170302.geojson"):
        feature = polygon("occupied", "", ALPHA)
        del feature["properties"]["date"]
        paths.append(write(tmp_path / name, feature))
    assert [d for _, d, *_ in told(import_polygons(paths, theatre, STANDINGS, SOURCE))] == ["2017-03-01", "2017-03-02"]
    with pytest.raises(TableError, match=r"map_20170301\.geojson: the polygons of 2017-03-01 come after later ones"):
        import_polygons(paths[::-1], theatre, STANDINGS, SOURCE)


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        ("no json", {}, "expected GeoJSON, GeoPackage or GeoParquet"),
        ('{"type": "Feature', {}, r"m.geojson:1: Unterminated string; expected GeoJSON"),
        ('{"type":"FeatureCollection","features":[]}', {}, "no column for the status"),
        (None, {"columns": PolygonColumns(status="owner")}, "no column for the status: owner; found status, date"),
        (None, {"outside": "sea"}, "outside 'sea'; expected a name of the mapping table"),
    ],
)
def test_another_file_is_refused(
    theatre: Theatre, tmp_path: Path, text: str | None, options: dict[str, Any], message: str
) -> None:
    path = write(tmp_path / "m.geojson", polygon("occupied", "2017-03-01", ALPHA))
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(TableError, match=message):
        import_polygons([path], theatre, STANDINGS, SOURCE, **options)


@pytest.mark.parametrize("days", [(40, 40), (5, 60, 200), (150, 150), (1, 90, 1), (7,) * 12], ids=str)
@pytest.mark.parametrize("grade", ["B", "C", "D"])
def test_every_place_stands_on_each_date_as_its_polygon_says(
    days: tuple[int, ...], grade: str, write_theatre: Callable[..., Path], tmp_path: Path
) -> None:
    """Sixty places whose holders are drawn by lot for each date: one date of an assessor is not outvoted by its others."""
    draw = random.Random(len(days))  # noqa: S311  no secret
    places = [{"id": str(n), "name": f"P{n}", "lon": 9.2 + 0.04 * n, "lat": 50.0, "kind": "town"} for n in range(60)]
    folder = write_theatre([], places=places)
    on = [date(2017, 1, 10) + timedelta(sum(days[:n])) for n in range(len(days) + 1)]
    said = {(n, day): draw.choice(["occupied", "free", "grey"]) for day in on for n in range(60)}
    squares = [
        polygon(status, day.isoformat(), (9.19 + 0.04 * n, 9.21 + 0.04 * n)) for (n, day), status in said.items()
    ]
    source = replace(SOURCE, grade=grade)
    theatre = load_theatre(folder)
    write_import(import_polygons([write(tmp_path / "m.geojson", *squares)], theatre, STANDINGS, source), folder)
    loaded = load_theatre(folder)
    assert not loaded.faults
    timeline = Timeline(loaded)
    expected = {"occupied": ("controlled", "blue"), "free": ("controlled", "red")}
    for (n, day), status in said.items():
        holding = timeline.assess(str(n), day).holding
        if status == "grey":
            assert str(holding.status) == "contested", (n, day)
        else:
            assert (str(holding.status), holding.actor) == expected[status], (n, day)
