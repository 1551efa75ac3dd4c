"""Fixtures: the ground of small invented theatres, and of the bundled one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from control.assessment.timeline import Timeline
from control.record.theatre import load_theatre
from control.territory.ground import Grounds

Towns = dict[str, tuple[float, float]]


def town(name: str, lon: float, lat: float, **more: Any) -> dict[str, Any]:
    """One row of places.csv; at latitude 50 a tenth of a degree is 7.2 km eastwards and 11.1 km northwards."""
    return {"id": name.lower(), "name": name, "lon": lon, "lat": lat, "kind": "town", **more}


@pytest.fixture
def folder(write_theatre: Callable[..., Path]) -> Path:
    """Write the small theatre, without reports."""
    return write_theatre([])


@pytest.fixture
def grounds_of(write_theatre: Callable[..., Path]) -> Callable[..., Grounds]:
    """Build the ground of a theatre: reports, places, and the longitude of a river that runs from south to north.

    The land reaches from 9 to 12 degrees east and from 49 to 52 degrees north; the reach of a place is 25 km.
    """

    def make(reports: list[dict[str, Any]], places: list[dict[str, Any]], river: float | None = None) -> Grounds:
        folder = write_theatre(reports, places=places)
        line = {"type": "LineString", "coordinates": [[river, 49.0], [river, 52.0]]}
        feature = {"type": "Feature", "properties": {"name": "Flow", "rank": 1}, "geometry": line}
        collection = {"type": "FeatureCollection", "features": [feature] if river else []}
        (folder / "rivers.geojson").write_text(json.dumps(collection), encoding="utf-8")
        theatre = load_theatre(folder)
        assert not theatre.faults
        return Grounds.of(Timeline(theatre))

    return make


@pytest.fixture(scope="session")
def bundled_grounds(bundled_timeline: Timeline) -> Grounds:
    return Grounds.of(bundled_timeline)
