"""CSV and GeoParquet, opened with pandas, csvw's own rules and geopandas."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from control.export.errors import ExportError
from control.export.extract import Extract
from control.export.files import read_provenance, write
from control.export.tables.columns import PLACE_COLUMNS
from control.export.tables.csvw import sidecar
from control.snapshot import Layer

PLACES = (Layer.PLACES,)


def test_csv(small: Extract, tmp_path: Path) -> None:
    file = tmp_path / "places.csv"
    write("csv", replace(small, layers=PLACES), file)
    table = pd.read_csv(file, parse_dates=["start", "end"])
    assert list(table.columns) == [*PLACE_COLUMNS, "export_id"]
    blue = table[table.actor == "blue"].iloc[0]
    assert (blue["name"], blue.start.date(), blue.end.date()) == ("Alpha", date(2017, 9, 1), date(2018, 1, 1))
    assert "2017-09-01 Wire" in blue.reports
    assert set(table.export_id) == {small.id}
    assert table.probability.between(0, 1)[table.actor.notna()].all()
    assert table.probability[table.status == "unknown"].isna().all()


@pytest.mark.parametrize("form", ["csv", "changes"])
def test_csv_metadata_names_each_column(small: Extract, form: str, tmp_path: Path) -> None:
    file = tmp_path / "places.csv"
    write(form, replace(small, layers=PLACES), file)
    metadata = json.loads(sidecar(file).read_text(encoding="utf-8"))
    assert metadata["@context"][0] == "http://www.w3.org/ns/csvw"
    assert metadata["url"] == "places.csv"
    assert [c["name"] for c in metadata["tableSchema"]["columns"]] == list(pd.read_csv(file).columns)
    keys = pd.read_csv(file)[metadata["tableSchema"]["primaryKey"]]
    assert not keys.duplicated().any()


@pytest.mark.parametrize("layer", list(Layer))
def test_geoparquet(winter: Extract, layer: Layer, tmp_path: Path) -> None:
    file = tmp_path / "ground.parquet"
    write("geoparquet", replace(winter, layers=(layer,)), file)
    frame = gpd.read_parquet(file)
    assert frame.crs.to_epsg() == 4326 or frame.crs.to_authority() == ("OGC", "CRS84")
    assert frame.geometry.is_valid.all()
    assert (frame.start.dt.date.min(), frame.end.dt.date.max()) == (winter.since, date(2018, 1, 1))
    assert (frame.start.dt.tz, set(frame.end.dt.hour)) == (None, {0})
    schema = pq.read_schema(file)
    assert {str(schema.field(c).type) for c in ("start", "end")} == {"timestamp[ms]"}
    assert not [field.name for field in schema if pa.types.is_date(field.type)]
    assert json.loads(pq.read_metadata(file).metadata[b"geo"])["version"] == "1.0.0"
    assert read_provenance(file).layers == (str(layer),)


def test_geoparquet_holds_one_layer(small: Extract, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="one layer a file"):
        write("geoparquet", small, tmp_path / "a.parquet")
    assert not list(tmp_path.glob("*.parquet"))
