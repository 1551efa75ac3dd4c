"""Borders: a side that holds nothing in a country is not estimated there, however near its places abroad are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from control.assessment.timeline import Timeline
from control.record.theatre import load_theatre
from control.territory.estimate import DEFAULTS
from control.territory.estimator import Estimator
from control.territory.landscape import landscape_of
from tests.conftest import ACTORS, report

DAY = date(2017, 6, 1)
ABROAD = {"id": "abroad", "name": "Abroad", "lon": 10.0, "lat": 50.0, "kind": "town", "country": "BB"}
HOME = {"id": "home", "name": "Home", "lon": 10.1, "lat": 50.0, "kind": "town", "country": "AA"}
FAR = {"id": "far", "name": "Far", "lon": 10.4, "lat": 50.0, "kind": "town", "country": "AA"}


@pytest.fixture
def estimate_of(write_theatre: Callable[..., Path]) -> Callable[..., tuple[str | None, float]]:
    """Ask for the estimate of Home, 7 km from Abroad across the border and 21 km from Far on its own side."""

    def ask(reports: list[dict[str, Any]], borders: bool = True) -> tuple[str | None, float]:
        theatre = load_theatre(write_theatre(reports, places=[ABROAD, HOME, FAR], actors=ACTORS))
        assert not theatre.faults
        land = landscape_of(theatre)
        estimator = Estimator(Timeline(theatre), land, replace(DEFAULTS, borders=borders))
        found = estimator.estimate(land.index["home"], DAY)
        return found.actor, found.probability or 0.0

    return ask


RED_ABROAD = report("2017-05-01", "holds", "Red Army", place="Abroad")
BLUE_HERE = report("2017-05-01", "holds", "Blue Front", place="Far")
RED_HERE = report("2017-05-01", "holds", "Red Army", place="Far")


def test_a_side_that_holds_nothing_in_a_country_is_not_estimated_there(estimate_of: Any) -> None:
    assert estimate_of([RED_ABROAD])[0] is None
    assert estimate_of([RED_ABROAD, BLUE_HERE])[0] == "blue"


def test_without_borders_the_nearer_side_has_it(estimate_of: Any) -> None:
    assert estimate_of([RED_ABROAD], borders=False)[0] == "red"


def test_a_side_that_holds_a_place_on_both_sides_is_estimated_on_both(estimate_of: Any) -> None:
    assert estimate_of([RED_ABROAD, RED_HERE])[0] == "red"
    both, alone = estimate_of([RED_ABROAD, RED_HERE])[1], estimate_of([RED_HERE])[1]
    assert both >= alone


@pytest.mark.parametrize(("sides", "exponent"), [(1, 2.5), (2, 2.5), (3, 2.25), (4, 2.0), (9, 2.0)])
def test_an_estimate_is_sharpened_most_with_two_sides(sides: int, exponent: float) -> None:
    assert DEFAULTS.exponent(sides) == pytest.approx(exponent)
