"""A payload of five invented places in two countries, small enough to be read."""

from __future__ import annotations

from typing import Any

import pytest


def ground() -> dict[str, Any]:
    """Four cells one degree wide, in tenths of a degree: Alpha and Beta below, Epsilon and Delta above. Gamma has none.

    Each arc goes up or to the right, from (10, 50) on: the left hand of those that go up is in the west.
    """
    up = [[0, 0, 0, 10], [10, 0, 0, 10], [20, 0, 0, 10], [0, 10, 0, 10], [10, 10, 0, 10], [20, 10, 0, 10]]
    right = [[0, 0, 10, 0], [10, 0, 10, 0], [0, 10, 10, 0], [10, 10, 10, 0], [0, 20, 10, 0], [10, 20, 10, 0]]
    alpha, beta, delta, epsilon = 0, 1, 3, 4
    return {
        "transform": {"scale": [0.1, 0.1], "translate": [10, 50]},
        "arcs": [*up, *right],
        "sides": [
            *([-1, alpha], [alpha, beta], [beta, -1], [-1, epsilon], [epsilon, delta], [delta, -2]),
            *([alpha, -1], [beta, -1], [epsilon, alpha], [delta, beta], [-1, epsilon], [-1, delta]),
        ],
    }


def place(number: int, name: str, kind: str, lon: float, lat: float, rank: float, **more: Any) -> dict[str, Any]:
    known = {"id": str(number), "name": name, "kind": kind, "lon": lon, "lat": lat, "rank": rank}
    return {**known, "reported": True, "area_km2": 7700, "drivers": [], **more}


def country(name: str, west: float, east: float, *, inside: bool) -> dict[str, Any]:
    ring = [[west, 49.0], [east, 49.0], [east, 53.0], [west, 53.0], [west, 49.0]]
    properties = {"iso": name[:2].upper(), "name": name, "inside": inside}
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def collection(*features: dict[str, Any]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


@pytest.fixture
def payload() -> dict[str, Any]:
    """Alpha goes from Red to Blue on 11 January (contested from the 9th); Beta is Blue's; Gamma is unknown.

    Nobody reported of Epsilon: it is estimated to be Red's, from 20 January on Blue's.
    """
    river = {"type": "LineString", "coordinates": [[9.0, 49.5], [10.0, 50.5], [13.0, 50.6]]}
    return {
        "theatre": {"id": "mini", "title": "Mini & <theatre>"},
        "span": ["2017-01-01", "2018-01-01"],
        "opening": {"date": "2017-01-05", "bounds": [[49.8, 9.8], [52.2, 12.2]]},
        "actors": [
            {"id": "red", "name": "Red Army", "short_name": "Red", "colour": "#aa2222"},
            {"id": "blue", "name": "Blue Front", "short_name": "Blue", "colour": "#2233bb"},
        ],
        "statuses": ["unknown", "controlled", "contested", "besieged", "estimated"],
        "places": [
            place(1, "Alpha", "town", 10.5, 50.5, 0.9),
            place(2, "Beta", "town", 11.5, 50.5, 0.5),
            place(3, "Gamma", "oil-field", 10.8, 51.2, 0.2, area_km2=0),
            place(4, "Delta", "bridge", 11.5, 51.5, 0.1),
            place(5, "Epsilon", "town", 10.5, 51.5, 0.4, reported=False, drivers=[[0, 111], [3, 70.2]]),
        ],
        "ground": ground(),
        "intervals": [
            [[0, 1, 0, 0.9, -1], [8, 2, 0, 0.5, 1], [10, 1, 1, 0.85, -1]],
            [[0, 1, 1, 0.97, -1]],
            [[0, 0, -1, 0.0, -1]],
            [[0, 3, 0, 0.8, 1]],
            [[0, 4, 0, 0.82, -1], [19, 4, 1, 0.7, -1]],
        ],
        "geography": {
            "borders": collection(country("Aland", 9, 13, inside=True), country("Beeland", 13, 14, inside=False)),
            "rivers": collection({"type": "Feature", "properties": {"name": "Long", "rank": 1}, "geometry": river}),
            "lakes": collection(),
        },
        "attribution": "Invented; licence CC0",
        "cells_note": "Tinted ground is an estimate.",
    }  # fmt: skip
