"""Fixtures: extracts of a small theatre with hostile names, and of the bundled one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from control.assessment.timeline import Timeline
from control.export.extract import Extract
from control.record.theatre import load_theatre
from control.snapshot import Layer
from control.territory.ground import Grounds

HOSTILE = "<b>Al & 'Fa\"</b>]]>"
ALL = tuple(Layer)


def report(day: str, event: str, actor: str, place: str) -> dict[str, Any]:
    return {"event_date": day, "place": place, "event": event, "actor": actor, "source": "wire", "credibility": 2}


@pytest.fixture
def hostile_name() -> str:
    return HOSTILE


@pytest.fixture
def small_theatre(write_theatre: Callable[..., Path]) -> Path:
    """Alpha is Red's from 1 March 2017 and Blue's from 1 September; the hostile place is Red's; of Gamma nobody tells."""
    places = [
        {"id": "1", "name": "Alpha", "lon": 10.0, "lat": 50.0, "kind": "town", "population": 500_000},
        {"id": "2", "name": HOSTILE, "lon": 10.6, "lat": 50.0, "kind": "town", "population": 50_000},
        {"id": "3", "name": "Gamma", "lon": 11.0, "lat": 51.0, "kind": "town"},
    ]
    reports = [
        report("2017-03-01", "captured", "Reds", "Alpha"),
        report("2017-09-01", "captured", "Blue Front", "Alpha"),
        report("2017-05-01", "captured", "Reds", HOSTILE),
    ]
    return write_theatre(reports, places=places)


@pytest.fixture
def small(small_theatre: Path) -> Extract:
    """All of the year 2017, all layers, month by month."""
    theatre = load_theatre(small_theatre)
    assert not theatre.faults
    return Extract(Timeline(theatre), date(2017, 1, 1), date(2017, 12, 31), "month", ALL)


@pytest.fixture(scope="session")
def winter(bundled_grounds: Grounds) -> Extract:
    """The bundled theatre from October to December 2017, all layers, month by month."""
    days = date(2017, 10, 1), date(2017, 12, 31)
    return Extract(bundled_grounds.timeline, *days, "month", ALL, bundled_grounds)


@pytest.fixture(scope="session")
def one_day(bundled_grounds: Grounds) -> Extract:
    """The bundled theatre on 10 November 2017, all layers."""
    day = date(2017, 11, 10)
    return Extract(bundled_grounds.timeline, day, day, "month", ALL, bundled_grounds)
