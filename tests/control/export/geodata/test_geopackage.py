"""GeoPackage, opened with geopandas and with SQLite as QGIS opens it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import geopandas as gpd
import pyogrio
import pytest

from control.export.extract import Extract
from control.export.files import read_provenance, write
from control.snapshot import Layer


@pytest.fixture(scope="module")
def package(winter: Extract, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("gpkg") / "winter.gpkg"
    write("gpkg", winter, file)
    return file


def test_layers(package: Path) -> None:
    kinds = {name: kind for name, kind in pyogrio.list_layers(package).tolist() if kind}
    assert kinds == {"places": "Point", "areas": "MultiPolygon", "fronts": "MultiLineString"}
    for layer in kinds:
        frame = gpd.read_file(package, layer=layer)
        assert frame.crs.to_epsg() == 4326
        assert frame.geometry.is_valid.all()
        assert len(frame)


def test_time_columns_are_dates(package: Path) -> None:
    for layer in ("places", "areas", "fronts"):
        fields = dict(
            zip(*(pyogrio.read_info(package, layer=layer)[key] for key in ("fields", "ogr_types")), strict=True)
        )
        assert (fields["start"], fields["end"]) == ("OFTDate", "OFTDate")
    frame = gpd.read_file(package, layer="areas")
    assert frame.start.min().date() == date(2017, 10, 1)
    assert frame.end.max().date() == date(2018, 1, 1)


def test_areas_of_a_date_cover_the_land(package: Path, winter: Extract) -> None:
    areas = gpd.read_file(package, layer="areas")
    landscape = winter.grounds.landscape
    for day in ("2017-10-15", "2017-11-01", "2017-12-31"):
        seen = areas[(areas.start <= day) & (areas.end > day)].to_crs(landscape.terrain.crs)
        assert seen.area.sum() == pytest.approx(landscape.topology.land_area, rel=1e-5)


def test_styles_are_those_that_qgis_takes_up(package: Path, winter: Extract) -> None:
    with closing(sqlite3.connect(package)) as base:
        rows = base.execute(
            'SELECT "f_table_name", "f_geometry_column", "useAsDefault", "styleQML" FROM "layer_styles"'
        ).fetchall()
        registered = dict(base.execute("SELECT table_name, data_type FROM gpkg_contents"))
        geometry = dict(base.execute("SELECT table_name, column_name FROM gpkg_geometry_columns"))
    assert registered["layer_styles"] == "attributes"
    assert {name: column for name, column, _, _ in rows} == geometry
    assert all(default == 1 for _, _, default, _ in rows)
    for name, _, _, style in rows:
        root = ET.fromstring(style)  # noqa: S314 (our own file)
        temporal = root.find("temporal")
        assert temporal is not None
        # QGIS: mode 4 takes start and end from expressions, which make dates comparable; limit mode 0 leaves out the end
        wanted = {
            "enabled": "1",
            "mode": "4",
            "limitMode": "0",
            "startExpression": 'to_datetime("start")',
            "endExpression": 'to_datetime("end")',
        }
        assert {key: temporal.get(key) for key in wanted} == wanted
        fields = pyogrio.read_info(package, layer=name)["fields"]
        assert {"start", "end"} <= set(fields)
        renderer = root.find("renderer-v2")
        assert renderer is not None
        assert renderer.get("type") == "RuleRenderer"
        symbols = {s.get("name") for s in renderer.iterfind("symbols/symbol")}
        assert {rule.get("symbol") for rule in renderer.iter("rule") if rule.get("symbol")} == symbols


def test_the_same_extract_gives_the_same_bytes(small: Extract, tmp_path: Path) -> None:
    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    for name in ("one.gpkg", "two.gpkg"):
        write("gpkg", small, tmp_path / name)
    assert (tmp_path / "one.gpkg").read_bytes() == (tmp_path / "two.gpkg").read_bytes()
    assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE") == before


def test_an_empty_layer_is_there(small: Extract, tmp_path: Path) -> None:
    """In February 2017 nobody is known to hold anything: no front, but a table of fronts."""
    day = date(2017, 2, 1)
    write("gpkg", Extract(small.timeline, day, day, "month", tuple(Layer)), tmp_path / "a.gpkg")
    fronts = gpd.read_file(tmp_path / "a.gpkg", layer="fronts")
    assert (len(fronts), "length_km" in fronts.columns) == (0, True)
    assert read_provenance(tmp_path / "a.gpkg").kind == "snapshot"
