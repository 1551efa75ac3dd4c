"""GeoParquet as polygons: our own exports come back, and what is damaged or says nothing of its geometry is refused."""

from __future__ import annotations

import contextlib
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from control.assessment.timeline import Timeline
from control.export.extract import Extract
from control.export.files import write
from control.imports import geoparquet
from control.imports.geoparquet import read_geoparquet
from control.imports.mapping import Standing
from control.imports.polygons import PolygonColumns, import_polygons
from control.record.dates import parse_window
from control.record.model import Source
from control.record.tables import TableError
from control.record.theatre import load_theatre
from control.snapshot import Layer
from tests.conftest import report, write_mini

SOURCE = Source("monitor", "Monitor", "", parse_window("1970"), "monitor.example", "monitor", "C")
SQUARE = shapely.box(9.9, 49.9, 10.1, 50.1)


def test_our_own_export_is_read_back(tmp_path: Path) -> None:
    """Alpha is Red's from 1 March 2017 and Blue's from 1 September: so say the reports that its areas become."""
    folder = write_mini(
        tmp_path / "mini", [report("2017-03-01", "captured", "Reds"), report("2017-09-01", "captured", "Blue Front")]
    )
    theatre = load_theatre(folder)
    file = tmp_path / "areas.parquet"
    write("geoparquet", Extract(Timeline(theatre), date(2017, 4, 1), date(2017, 12, 31), 30, (Layer.AREAS,)), file)
    imported = import_polygons(
        [file], theatre, {"red": Standing("red"), "blue": Standing("blue")}, SOURCE,
        columns=PolygonColumns("start", "actor"),
    )  # fmt: skip
    told = [(r.event_date.text, r.actor) for r in imported.reports if r.place.startswith("Alpha")]
    assert told[0] == ("2017-04-01", "red")
    assert told[-1][1] == "blue"


@pytest.mark.parametrize("crs", ["EPSG:4326", "OGC:CRS84", "EPSG:3857"])
def test_what_geopandas_writes_is_read(crs: str, tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame(
        {"Date": [datetime(2017, 5, 1), datetime(2017, 5, 2, 6)], "status": ["occupied", None], "other": [1, 2]},
        geometry=[SQUARE, None],
        crs=4326,
    ).to_crs(crs)
    frame.to_parquet(tmp_path / "a.parquet")
    shapes = read_geoparquet(tmp_path / "a.parquet", ["DATE", "status"])
    assert shapes.rows == [
        {"date": "2017-05-01", "status": "occupied"},
        {"date": "2017-05-02T06:00:00", "status": ""},
    ]
    assert shapes.columns == ("date", "status", "other")
    assert shapes.crs.to_authority() == tuple(crs.split(":"))
    assert shapes.geometries[1] is None


def parquet(path: Path, geo: Any, **columns: Any) -> Path:
    table = pa.table({"geometry": [shapely.to_wkb(SQUARE)], "date": ["2017-05-01"], "status": ["x"], **columns})
    metadata = {} if geo is None else {"geo": geo if isinstance(geo, bytes) else json.dumps(geo)}
    pq.write_table(table.replace_schema_metadata(metadata), path)
    return path


def about(**more: Any) -> dict[str, Any]:
    return {"version": "1.0.0", "primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB", **more}}}


@pytest.mark.parametrize(
    ("geo", "fault"),
    [
        (None, "Parquet without geometry"),
        (b"{", "expected GeoParquet"),
        (b"[" * 100_000, "expected GeoParquet"),
        ({}, "expected GeoParquet"),
        ([], "expected GeoParquet"),
        (about(encoding="point"), "another encoding than WKB"),
        (about(crs=None), "no CRS, or one without a code"),
        (about(crs={"type": "GeographicCRS"}), "no CRS, or one without a code"),
        (about(crs={"id": {"authority": "EPSG", "code": 1}}), "unknown CRS EPSG:1"),
        (about() | {"primary_column": "elsewhere"}, "expected GeoParquet"),
    ],
)
def test_a_file_that_says_nothing_sound_of_its_geometry_is_refused(geo: Any, fault: str, tmp_path: Path) -> None:
    with pytest.raises(TableError, match=rf"a\.parquet: .*{fault}"):
        read_geoparquet(parquet(tmp_path / "a.parquet", geo), ["date"])


def test_a_file_without_a_crs_is_in_degrees_as_the_format_says(tmp_path: Path) -> None:
    shapes = read_geoparquet(parquet(tmp_path / "a.parquet", about()), ["date"])
    assert shapes.crs.to_authority() == ("OGC", "CRS84")


def test_a_column_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="properties 'date' and 'Date'; expected one of them"):
        read_geoparquet(parquet(tmp_path / "a.parquet", about(), Date=["2017-05-02"]), ["date"])


@pytest.mark.parametrize("limit", ["MAX_BYTES", "MAX_SHAPES"])
def test_a_file_that_is_too_large_unpacked_is_refused(
    limit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(geoparquet, limit, 0)
    with pytest.raises(TableError, match="split it by years"):
        read_geoparquet(parquet(tmp_path / "a.parquet", about()), ["date"])


def test_damaged_files_are_refused_or_read_and_nothing_else(tmp_path: Path) -> None:
    """Every byte of a small file changed in turn, and the file cut short after it."""
    content = parquet(tmp_path / "a.parquet", about()).read_bytes()
    for at in range(4, len(content), 7):
        for spoilt in (content[:at] + bytes([content[at] ^ 255]) + content[at + 1 :], content[:at]):
            (tmp_path / "b.parquet").write_bytes(spoilt)
            with contextlib.suppress(TableError):
                read_geoparquet(tmp_path / "b.parquet", ["date", "status"])


def test_a_value_that_is_repeated_without_end_takes_its_room_once(tmp_path: Path) -> None:
    """Half a megabyte of text in 100,000 rows would be 50 GB; an outline as large is refused before it is read."""
    rows, outline = 100_000, shapely.to_wkb(shapely.Point(10, 50).buffer(1, quad_segs=8_000))
    index = pa.array([0] * rows, pa.int32())
    file = tmp_path / "a.parquet"
    for name, geometry in (("text", shapely.to_wkb(SQUARE)), ("outline", outline)):
        columns = {
            "geometry": pa.DictionaryArray.from_arrays(index, pa.array([geometry])),
            "status": pa.DictionaryArray.from_arrays(index, pa.array(["x" * 500_000 if name == "text" else "x"])),
        }
        pq.write_table(pa.table(columns).replace_schema_metadata({"geo": json.dumps(about())}), file)
        assert file.stat().st_size < 2_000_000
        if name == "text":
            shapes = read_geoparquet(file, ["status"])
            assert len({id(row["status"]) for row in shapes.rows}) == 1
        else:
            with pytest.raises(TableError, match="MB unpacked; split it by years"):
                read_geoparquet(file, ["status"])
