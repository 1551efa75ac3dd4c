"""Base layers: a sound feature goes on, a broken one is named by its number, harmless flaws are mended and told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from control.record.layers import read_layer
from control.storage.files import FileError

RING = [[9, 49], [12, 49], [12, 52], [9, 49]]
LINE = [[9, 49], [12, 52]]


def feature(kind: str, coordinates: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


GOOD = feature("Polygon", [RING], name="Aland", iso="AA", inside=True)
RIVER = feature("LineString", LINE, name="Red", rank=1)


def read(folder: Path, *features: Any, name: str = "borders") -> Any:
    path = folder / f"{name}.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return read_layer(path)


def test_what_is_sound_is_read_as_it_is(tmp_path: Path) -> None:
    layer = read(tmp_path, GOOD)
    assert (layer.collection["features"], layer.faults, layer.remarks) == ([GOOD], [], [])


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (feature("Point", [10, 50]), "geometry 'Point'; expected Polygon or MultiPolygon"),
        (feature("LineString", LINE), "geometry 'LineString'"),
        (feature("Circle", [10, 50]), "geometry 'Circle'"),
        ({"type": "Feature", "geometry": {"type": "Polygon"}}, "coordinates: missing"),
        ({"type": "Feature", "geometry": {"coordinates": [RING]}}, "geometry an object"),
        ({"type": "Feature", "geometry": "here"}, "geometry a text"),
        ("feature", "a feature that is a text"),
        (feature("Polygon", [RING[:2]]), "a ring of 3 positions; expected at least four"),
        (
            feature("Polygon", [RING[:1] * 5]),
            "a ring that encloses nothing; expected at least three positions that differ",
        ),
        (feature("Polygon", [[*RING[:2], *RING[:2], RING[0]]]), "a ring that encloses nothing"),
        (feature("Polygon", ["ring"]), "a ring: a text"),
        (feature("Polygon", [[["9", 49], *RING[1:]]]), "longitude a text"),
        (feature("Polygon", [[[9], *RING[1:]]]), "a position that is a list"),
        (feature("Polygon", [[[9, None], *RING[1:]]]), "latitude missing"),
        (feature("Polygon", [[[9, True], *RING[1:]]]), "latitude true or false"),
        (feature("Polygon", [[[float("nan"), 49], *RING[1:]]]), "longitude no finite number"),
        (
            feature("Polygon", [[[1e308, 49], *RING[1:]]]),
            "longitude 1e+308; expected degrees (WGS84) between -180 and 180",
        ),
        (feature("Polygon", [[[10**400, 49], *RING[1:]]]), "longitude 1000"),
        (feature("Polygon", [[[500000, 3700000], *RING[1:]]]), "longitude 500000"),
        (feature("MultiPolygon", [RING]), "a position that is a number"),
        (feature("Polygon", [[RING]]), "longitude a list"),
        ({**GOOD, "properties": ["name"]}, "properties that are a list"),
        ({**GOOD, "properties": "name"}, "properties that are a text"),
        (feature("Polygon", [RING], iso=["AA"]), "iso is a list; expected a text"),
        (feature("Polygon", [RING], iso=12), "iso is a number"),
        (feature("Polygon", [RING], name={"en": "Aland"}), "name is an object"),
        (feature("Polygon", [RING], name="x" * 301), "name is longer than 300 characters"),
        (feature("Polygon", [RING], name="\ud800"), "properties that are no text"),
        (feature("Polygon", [RING], inside="no"), "inside is a text; expected true or false"),
        (feature("Polygon", [RING], inside=[1]), "inside is a list"),
    ],
)
def test_a_broken_feature_is_named_by_its_number_and_the_others_go_on(tmp_path: Path, broken: Any, told: str) -> None:
    layer = read(tmp_path, GOOD, broken, GOOD)
    assert [str(r)[: len(told) + 28].startswith("borders.geojson: feature 2: ") for r in layer.faults] == [True]
    assert told in str(layer.faults[0])
    assert layer.collection["features"] == [GOOD, GOOD]


@pytest.mark.parametrize(
    ("flawed", "mended", "told"),
    [
        (feature("Polygon", [RING[:3]]), feature("Polygon", [RING]), "a ring that did not end where it began: closed"),
        (feature("Polygon", [[[*p, 7] for p in RING]]), feature("Polygon", [RING]), "heights left out"),
        (feature("Polygon", [[[*p, 7, 8] for p in RING]]), feature("Polygon", [RING]), "heights left out"),
        (feature("Polygon", [RING], name=7), feature("Polygon", [RING], name="7"), "a name that is a number: read as text"),
        (feature("Polygon", [RING], rank="x"), feature("Polygon", [RING], rank=None), "a rank that is no whole number"),
        (feature("Polygon", [RING], rank="9" * 5000), feature("Polygon", [RING], rank=None), "a rank that is no"),
        (
            {"type": "Feature", "properties": {}, "geometry": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "coordinates": [RING]}, {"type": "MultiPolygon", "coordinates": [[RING]]},
                ],
            }},
            feature("MultiPolygon", [[RING], [RING]]),
            "a collection: read as one MultiPolygon",
        ),
    ],
)  # fmt: skip
def test_harmless_flaws_are_mended_and_told(tmp_path: Path, flawed: Any, mended: Any, told: str) -> None:
    layer = read(tmp_path, GOOD, flawed)
    assert layer.collection["features"] == [GOOD, mended]
    assert [remark.startswith("borders.geojson: feature 2: ") and told in remark for remark in layer.remarks] == [True]


def test_what_is_empty_is_left_out_and_told(tmp_path: Path) -> None:
    layer = read(tmp_path, {"type": "Feature", "geometry": None}, feature("Polygon", []), feature("MultiPolygon", []))
    assert layer.collection["features"] == []
    assert layer.remarks == [
        "borders.geojson: feature 1: no geometry: left out",
        "borders.geojson: features 2, 3: an empty geometry: left out",
    ]


def test_rivers_are_lines(tmp_path: Path) -> None:
    good = feature("LineString", LINE, name="Flow", rank=1)
    layer = read(
        tmp_path, good, GOOD, feature("LineString", LINE[:1]), feature("LineString", LINE[:1] * 3), name="rivers"
    )
    assert layer.collection["features"] == [good]
    assert "geometry 'Polygon'; expected LineString or MultiLineString" in str(layer.faults[0])
    assert "a line of one position; expected at least two" in str(layer.faults[1])
    assert "a line that stays in one spot" in str(layer.faults[2])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "borders.geojson:1: not a GeoJSON FeatureCollection"),
        ('{"features": [\n}', "borders.geojson:2: not a GeoJSON FeatureCollection"),
        ('{"features": {}}', "'features' is no list"),
        ('{"type": "FeatureCollection"}', "no 'features'"),
        ('{"features": [], "note": "\\ud800"}', "half a character"),
        ('{"features": ' + "[" * 100_000, "nested too deeply"),
        ('{"features": [' + "9" * 10_000 + "]}", "not a GeoJSON FeatureCollection"),
        ('{"features": [' + "1," * 2**23 + "1]}", "larger than 16 MB"),
    ],
    ids=["nothing", "cut off", "no list", "no features", "half a character", "deep", "long number", "large"],
)
def test_a_file_that_is_no_collection_is_named(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "borders.geojson"
    path.write_text(text)
    with pytest.raises(FileError) as error:
        read_layer(path)
    assert told in str(error.value)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5) | st.just(RING) | st.just("Polygon"),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["type", "geometry", "coordinates", "properties", "name", "geometries"]), inner
        )
    ),
    max_leaves=20,
)


@given(st.lists(JSON, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_feature_is_read_or_named(tmp_path: Path, features: list[Any]) -> None:
    layer = read(tmp_path, *features)
    assert len(layer.collection["features"]) + len(layer.faults) <= len(features)


@pytest.mark.parametrize(("name", "sound", "most"), [("borders", GOOD, 300), ("rivers", RIVER, 2000)])
def test_a_layer_of_too_many_features_is_refused(tmp_path: Path, name: str, sound: Any, most: int) -> None:
    with pytest.raises(FileError, match=f"{name}.geojson: {most + 1:,} features; expected at most {most:,}; leave out"):
        read(tmp_path, *[sound] * (most + 1), name=name)
    assert len(read(tmp_path, *[sound] * most, name=name).collection["features"]) == most
