"""A payload of four invented places in two countries, small enough to be read."""

from __future__ import annotations

from typing import Any

import pytest


def square(lon: float, lat: float) -> list[list[list[list[float]]]]:
    """A cell of one polygon, one degree wide, with (lon, lat) at its south-west corner."""
    return [[[[lon, lat], [lon + 1, lat], [lon + 1, lat + 1], [lon, lat + 1], [lon, lat]]]]


def country(name: str, west: float, east: float, *, inside: bool) -> dict[str, Any]:
    ring = [[west, 49.0], [east, 49.0], [east, 53.0], [west, 53.0], [west, 49.0]]
    properties = {"iso": name[:2].upper(), "name": name, "inside": inside}
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def collection(*features: dict[str, Any]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


@pytest.fixture
def payload() -> dict[str, Any]:
    """Alpha goes from Red to Blue on 11 January (contested from the 9th); Beta is Blue's; Gamma is unknown."""
    river = {"type": "LineString", "coordinates": [[9.0, 49.5], [10.0, 50.5], [13.0, 50.6]]}
    return {
        "theatre": {"id": "mini", "title": "Mini & <theatre>"},
        "span": ["2017-01-01", "2018-01-01"],
        "opening": {"date": "2017-01-05", "bounds": [[49.8, 9.8], [52.2, 12.2]]},
        "actors": [
            {"id": "red", "name": "Red Army", "short_name": "Red", "colour": "#aa2222"},
            {"id": "blue", "name": "Blue Front", "short_name": "Blue", "colour": "#2233bb"},
        ],
        "statuses": ["unknown", "controlled", "contested", "besieged"],
        "places": [
            {"id": "1", "name": "Alpha", "kind": "town", "lon": 10.5, "lat": 50.5, "rank": 0.9, "cell": square(10, 50)},
            {"id": "2", "name": "Beta", "kind": "town", "lon": 11.5, "lat": 50.5, "rank": 0.5, "cell": square(11, 50)},
            {"id": "3", "name": "Gamma", "kind": "oil-field", "lon": 10.5, "lat": 51.5, "rank": 0.2, "cell": []},
            {"id": "4", "name": "Delta", "kind": "bridge", "lon": 11.5, "lat": 51.5, "rank": 0.1, "cell": square(11, 51)},
        ],
        "intervals": [
            [[0, 1, 0, 0.9, -1], [8, 2, 0, 0.5, 1], [10, 1, 1, 0.85, -1]],
            [[0, 1, 1, 0.97, -1]],
            [[0, 0, -1, 0.0, -1]],
            [[0, 3, 0, 0.8, 1]],
        ],
        "geography": {
            "borders": collection(country("Aland", 9, 13, inside=True), country("Beeland", 13, 14, inside=False)),
            "rivers": collection({"type": "Feature", "properties": {"name": "Long", "rank": 1}, "geometry": river}),
            "lakes": collection(),
        },
        "attribution": "Invented; licence CC0",
        "cells_note": "Tinted ground is an estimate.",
    }  # fmt: skip
