"""The gazetteer as Linked Places Format: its shape, and that every key is a term of the format's context."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from control.export.geodata.geojson import dump_geojson
from control.export.geodata.lpf import _CONCEPTS, CONTEXT, gazetteer_to_lpf
from control.record.theatre import Theatre, load_theatre
from geo.place import PlaceKind

# The terms of the published context, linkedplaces-context-v1.1.jsonld, that the export needs, stated again: one that is
# missing here is one that the format does not have. Anything else would be dropped without a word on expansion.
VOCABULARIES = {
    "aat": "http://vocab.getty.edu/aat/",
    "cito": "http://purl.org/spar/cito#",
    "dct": "http://purl.org/dc/terms/",
    "geojson": "https://purl.org/geojson/vocab#",
    "geojson-t": "https://github.com/kgeographer/geojson-t/",
    "gn": "http://www.geonames.org/ontology#",
    "gvp": "http://vocab.getty.edu/ontology#",
    "lpo": "http://linkedpasts.org/ontology/lpo_latest.ttl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
TERMS = {
    "ccodes": "gn:countryCode",
    "certainty": "lpo:has_certainty",
    "closeMatch": "skos:closeMatch",
    "earliest": "lpo:earliest",
    "end": "lpo:has_end",
    "Feature": "geojson:Feature",
    "FeatureCollection": "geojson:FeatureCollection",
    "geometry": "geojson-t:geometry",
    "identifier": "dct:identifier",
    "label": "rdfs:label",
    "lang": "dct:language",
    "latest": "lpo:latest",
    "license": "dct:license",
    "Point": "geojson:Point",
    "properties": "geojson:properties",
    "relationTo": "lpo:relation_to",
    "relationType": "lpo:relation_type",
    "sourceLabels": "lpo:source_label",
    "start": "lpo:has_start",
    "title": "dct:title",
    "toponym": "lpo:toponym",
    "value": "rdf:value",
    "when": "lpo:when",
}
SETS = {
    "features": ("lpo:hasFeature", "geojson:Feature"),
    "links": ("lpo:link_attestation", "lpo:LinkAttestation"),
    "names": ("lpo:name_attestation", "lpo:NameAttestation"),
    "relations": ("lpo:rel_attestation", "lpo:RelAttestation"),
    "timespans": ("lpo:timespan", "lpo:Timespan"),
    "types": ("lpo:type_attestation", "lpo:TypeAttestation"),
    "descriptions": ("dct:description", "@id"),
}
STATED_CONTEXT: dict[str, Any] = {
    "type": "@type",
    **VOCABULARIES,
    **TERMS,
    **{key: {"@id": iri, "@type": kind, "@container": "@set"} for key, (iri, kind) in SETS.items()},
    "citations": {"@id": "cito:cites", "@type": "@id"},
    "coordinates": {"@id": "geojson:coordinates", "@container": "@list"},
}

PLACES = [
    {
        "id": "99", "name": "Alpha", "names": "Alfa;ar:ألفا", "lon": 10.0, "lat": 50.123456789, "kind": "town",
        "admin": "Aland", "coordinate_source": "GeoNames", "population": 5000,
    },
    {
        "id": "alpha-quarter", "name": "Old Alpha", "lon": 10.01, "lat": 50.1, "kind": "quarter", "admin": "Aland",
        "town": "99", "radius_km": 2.5, "coordinate_source": "a map", "note": "Walled",
    },
    {"id": "aland", "name": "Aland Governorate", "lon": 10, "lat": 50, "kind": "governorate", "admin": "Aland"},
    {"id": "bag", "name": "The Bag", "lon": 11.0, "lat": 51.0, "kind": "pocket", "admin": "Elsewhere"},
]  # fmt: skip

Json = dict[str, Any]


@pytest.fixture
def collection(write_theatre: Callable[..., Path]) -> Json:
    theatre = load_theatre(write_theatre([], places=PLACES))
    assert not theatre.faults
    return gazetteer_to_lpf(theatre)


@pytest.fixture
def expand() -> Callable[[Json], list[Json]]:
    jsonld = pytest.importorskip("pyld", reason="PyLD expands the JSON-LD").jsonld

    def load(url: str, _options: object) -> Json:
        assert url == CONTEXT, f"only the format's context may be asked for, not {url}"
        return {"document": {"@context": STATED_CONTEXT}, "documentUrl": url, "contextUrl": None, "contentType": None}

    return lambda document: jsonld.expand(document, {"documentLoader": load})


def test_a_place_of_geonames_in_full(collection: Json) -> None:
    assert next(f for f in collection["features"] if f["properties"]["title"] == "Alpha") == {
        "@id": "https://sws.geonames.org/99/",
        "type": "Feature",
        "properties": {"title": "Alpha", "ccodes": ["AA"]},
        "when": {"timespans": [{"start": {"latest": "2017-01-01"}, "end": {"earliest": "2017-12-31"}}]},
        "names": [
            {"toponym": "Alpha", "citations": [{"label": "Gazetteer of Mini"}]},
            {"toponym": "Alfa"},
            {"toponym": "ألفا", "lang": "ar"},
        ],
        "types": [
            {
                "identifier": "aat:300008347",
                "label": "inhabited place",
                "sourceLabels": [{"label": "town", "lang": "en"}],
            }
        ],
        "geometry": {
            "type": "Point",
            "coordinates": [10.0, 50.1234568],
            "certainty": "certain",
            "citations": [{"label": "Coordinate: GeoNames"}],
        },
        "relations": [
            {
                "relationType": "gvp:broaderPartitive",
                "relationTo": "urn:controlmap:mini:aland",
                "label": "part of Aland Governorate",
            }
        ],
        "links": [{"type": "closeMatch", "identifier": "gn:99"}],
    }


def test_a_quarter_is_part_of_its_town_and_says_how_well_it_is_placed(collection: Json) -> None:
    quarter = next(f for f in collection["features"] if f["@id"] == "urn:controlmap:mini:alpha-quarter")
    assert quarter["relations"][0]["relationTo"] == "https://sws.geonames.org/99/"
    assert quarter["geometry"]["certainty"] == "less-certain"
    assert quarter["descriptions"] == [{"value": "Walled"}, {"value": "The coordinate may be 2.5 km off."}]
    assert "links" not in quarter


def test_what_nobody_defined_is_left_out(collection: Json) -> None:
    features = {f["@id"].rpartition(":")[2]: f for f in collection["features"]}
    assert "relations" not in features["aland"], "a division is no part of itself"
    assert "relations" not in features["bag"], "its division is no place of the theatre"
    assert features["bag"]["types"] == [{"label": "pocket"}]


def test_every_kind_with_a_concept_names_a_known_vocabulary() -> None:
    assert all(re.fullmatch(r"aat:3\d{8}|gn:[AHLPRSTUV]\.[A-Z0-9]+", iri) for iri, _ in _CONCEPTS.values())
    assert set(PlaceKind) - set(_CONCEPTS) == {PlaceKind.POCKET, PlaceKind.BANK, PlaceKind.PUMPING_STATION}


def test_expansion_drops_nothing(collection: Json, expand: Callable[[Json], list[Json]]) -> None:
    (expanded,) = expand(collection)
    assert _keys(expanded) == _keys(collection)
    assert not [text for text in _types_and_keys(expanded) if not re.match(r"@\w+$|https?://", text)]


def test_an_unknown_key_would_be_noticed(collection: Json, expand: Callable[[Json], list[Json]]) -> None:
    collection["features"][0]["nickname"] = "dropped"
    (expanded,) = expand(collection)
    assert _keys(expanded) == _keys(collection) - 1


def test_meaning_after_expansion(collection: Json, expand: Callable[[Json], list[Json]]) -> None:
    lpo, skos = VOCABULARIES["lpo"], VOCABULARIES["skos"]
    (expanded,) = expand(collection)
    alpha = next(f for f in expanded[f"{lpo}hasFeature"] if f["@id"] == "https://sws.geonames.org/99/")
    assert alpha["@type"] == ["https://purl.org/geojson/vocab#Feature"]
    assert alpha[f"{lpo}link_attestation"][0]["@type"] == [f"{skos}closeMatch"]
    toponyms = [name[f"{lpo}toponym"][0]["@value"] for name in alpha[f"{lpo}name_attestation"]]
    assert toponyms == ["Alpha", "Alfa", "ألفا"]


def test_the_bundled_gazetteer_keeps_the_rules_of_the_format(
    bundled: Theatre, expand: Callable[[Json], list[Json]]
) -> None:
    """The rules of the format's description: what is required, and the values that are allowed."""
    collection = gazetteer_to_lpf(bundled)
    features = collection["features"]
    assert len(features) == len(bundled.gazetteer)
    ids = {f["@id"] for f in features}
    assert len(ids) == len(features)
    for feature in features:
        west_east, south_north = feature["geometry"]["coordinates"]
        assert -180 <= west_east <= 180
        assert -90 <= south_north <= 90
        assert re.fullmatch(r"https?://\S+|\w+:\S+", feature["@id"])
        assert feature["type"] == "Feature"
        assert feature["properties"]["title"]
        assert all(re.fullmatch("[A-Z]{2}", code) for code in feature["properties"]["ccodes"])
        assert any(name.get("citations") for name in feature["names"])
        assert all(name["toponym"] for name in feature["names"])
        assert feature["geometry"]["certainty"] in {"certain", "less-certain", "uncertain"}
        assert {r["relationTo"] for r in feature.get("relations", [])} <= ids - {feature["@id"]}
    assert sum("relations" in f for f in features) > len(features) / 2
    text = dump_geojson(collection)
    assert text == dump_geojson(gazetteer_to_lpf(bundled))
    (expanded,) = expand(json.loads(text))
    assert _keys(expanded) == _keys(collection)


def _keys(value: Any) -> int:
    """Count the keys of all nodes; JSON-LD's own wrappers of values and lists, and the context, are none."""
    if isinstance(value, list):
        return sum(map(_keys, value))
    if not isinstance(value, dict) or "@value" in value:
        return 0
    return sum(_keys(v) + (key not in {"@context", "@list"}) for key, v in value.items())


def _types_and_keys(value: Any) -> list[str]:
    if isinstance(value, list):
        return [text for part in value for text in _types_and_keys(part)]
    if not isinstance(value, dict):
        return []
    return [*value, *value.get("@type", []), *(text for part in value.values() for text in _types_and_keys(part))]
