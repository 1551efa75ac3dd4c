"""Areas and fronts as GeoJSON, read back by what their users read them with."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely

from control.export.geodata.geojson import dump_geojson, snapshot_to_geojson
from control.export.geodata.shapes import DECIMALS, shape_in_degrees
from control.snapshot import Layer, take_snapshot
from control.territory.ground import Grounds
from geo.terrain import Terrain, equal_area_crs

DAY = date(2017, 11, 10)


@pytest.fixture(scope="module")
def text(bundled_grounds: Grounds) -> str:
    snapshot = take_snapshot(bundled_grounds.timeline, DAY, layers=[Layer.FRONTS, Layer.AREAS], grounds=bundled_grounds)
    return dump_geojson(snapshot_to_geojson(snapshot))


@pytest.fixture(scope="module")
def features(text: str) -> list[dict[str, Any]]:
    return list(json.loads(text)["features"])


def positions(coordinates: Any) -> list[list[float]]:
    return (
        [coordinates] if isinstance(coordinates[0], float) else [p for inner in coordinates for p in positions(inner)]
    )


def test_geopandas_reads_them_back(text: str, bundled_grounds: Grounds, tmp_path: Path) -> None:
    """The areas cover the land: measured in the terrain's own projection they add up to it within a hundred thousandth."""
    file = tmp_path / "ground.geojson"
    file.write_text(text, encoding="utf-8")
    frame = gpd.read_file(file)
    assert frame.crs.to_epsg() == 4326
    assert frame.geometry.is_valid.all()
    assert set(frame.layer) == {"areas", "fronts"}
    metric = frame.to_crs(bundled_grounds.landscape.terrain.crs)
    areas = metric[metric.layer == "areas"]
    land = bundled_grounds.landscape.topology.land_area
    assert areas.area.sum() == pytest.approx(land, rel=1e-5)
    assert areas.area_km2.sum() * 1e6 == pytest.approx(land, rel=1e-6)
    assert (areas.area / 1e6).tolist() == pytest.approx(areas.area_km2.tolist(), rel=1e-3, abs=0.01)
    fronts = metric[metric.layer == "fronts"]
    assert (fronts.length / 1000).tolist() == pytest.approx(fronts.length_km.tolist(), rel=1e-3, abs=0.01)


def test_rfc_7946(text: str, features: list[dict[str, Any]]) -> None:
    west, south, east, north = json.loads(text)["bbox"]
    for feature in features:
        shape = shapely.geometry.shape(feature["geometry"])
        assert shapely.is_valid(shape), shapely.is_valid_reason(shape)
        for lon, lat in positions(feature["geometry"]["coordinates"]):
            assert west <= lon <= east
            assert south <= lat <= north
            assert round(lon, DECIMALS) == lon
            assert round(lat, DECIMALS) == lat
        for part in shapely.get_parts(shape):
            if part.geom_type == "Polygon":
                assert part.exterior.is_ccw
                assert not any(hole.is_ccw for hole in part.interiors)


def test_estimates_are_told_apart(features: list[dict[str, Any]]) -> None:
    areas = [f["properties"] for f in features if f["properties"]["layer"] == "areas"]
    assert {a["standing"] for a in areas} >= {"assessed", "estimated", "unknown", "nobody"}
    assert all(a["estimated"] == (a["standing"] == "estimated") for a in areas)
    assert [a["within_reach"] for a in areas if a["standing"] == "nobody"] == [False]
    assert len([a for a in areas if a["actor"] == "isil"]) >= 2


def test_the_same_snapshot_gives_the_same_bytes(text: str, bundled_grounds: Grounds) -> None:
    again = take_snapshot(bundled_grounds.timeline, DAY, layers=[Layer.AREAS, Layer.FRONTS])
    assert dump_geojson(snapshot_to_geojson(again)) == text


def test_slivers_are_left_out() -> None:
    """A square kilometre with a hole of 100 m2 and an islet of 100 m2 beside it: one plain square; nothing else: None."""
    terrain = Terrain(equal_area_crs((9, 49, 12, 52)), shapely.Polygon())
    hole, islet = shapely.box(500, 500, 510, 510), shapely.box(2000, 0, 2010, 10)
    square = shapely.box(0, 0, 1000, 1000)
    ragged = shapely.MultiPolygon([*shapely.get_parts(square.difference(hole)), islet])
    found, plain = (shape_in_degrees(shape, terrain) for shape in (ragged, square))
    assert found is not None
    assert plain is not None
    assert (found.geom_type, len(found.interiors)) == ("Polygon", 0)
    assert shapely.equals(found, plain)
    assert shape_in_degrees(islet, terrain) is None


def test_what_crosses_itself_in_degrees_is_mended() -> None:
    """A bow tie of two triangles, as long lines may become far from the middle of the projection."""
    terrain = Terrain(equal_area_crs((9, 49, 12, 52)), shapely.Polygon())
    found = shape_in_degrees(shapely.Polygon([(0, 0), (9000, 9000), (9000, 0), (0, 5000)]), terrain)
    assert found is not None
    assert found.geom_type == "MultiPolygon"
    assert found.is_valid
