"""Areas: which places a report of one speaks of, and when a report of a bank makes its river the line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, box

from control.assessment.policy import BALANCED
from control.record.theatre import Theatre, load_theatre
from control.territory.areas import LINE_DAYS, Area, AreaOdds, _windows, areas_of, river_lines
from control.territory.landscape import sites_of, terrain_of
from geo.terrain import River, Terrain, equal_area_crs
from tests.conftest import report

WriteTheatre = Callable[..., Path]
BOX = (9.0, 49.0, 12.0, 52.0)

# Four towns around a river that flows south along 10.5 E, with a meander to the east at the height of Gamma:
#
#   Alpha (10.2, 50.2)  |  Beta (10.8, 50.2)
#                       |____
#          Gamma (10.6, 50.0) |      <- on the western bank, inside the meander
#                       |‾‾‾‾
#   Delta (10.2, 49.2)  |
TOWNS = [
    {"id": "alpha", "name": "Alpha", "lon": 10.2, "lat": 50.2, "kind": "town", "admin": "North"},
    {"id": "beta", "name": "Beta", "lon": 10.8, "lat": 50.2, "kind": "town", "admin": "North"},
    {"id": "gamma", "name": "Gamma", "lon": 10.6, "lat": 50.0, "kind": "town", "admin": "South"},
    {"id": "delta", "name": "Delta", "lon": 10.2, "lat": 49.2, "kind": "town", "admin": "South"},
]
AREAS = [
    {"id": "north", "name": "North", "lon": 11.9, "lat": 51.9, "kind": "governorate", "admin": "North"},
    {"id": "valley", "name": "Valley", "lon": 10.5, "lat": 50.1, "kind": "region", "radius_km": 40},
    {"id": "west", "name": "West bank", "lon": 10.45, "lat": 50.1, "kind": "bank", "radius_km": 40},
    {"id": "east", "name": "East bank", "lon": 10.55, "lat": 50.3, "kind": "bank", "radius_km": 40},
]
RIVER = [(10.5, 51.5), (10.5, 50.05), (10.7, 50.05), (10.7, 49.95), (10.5, 49.95), (10.5, 49.05)]
BROOK = [(10.46, 50.3), (10.46, 49.9)]


def terrain(*rivers: River) -> Terrain:
    """Land with the big river, and with a brook between the west bank's coordinate and the river."""
    bare = Terrain(equal_area_crs(BOX), box(-1e6, -1e6, 1e6, 1e6))
    big, brook = (LineString(bare.to_metres(np.array(line))) for line in (RIVER, BROOK))
    return Terrain(bare.crs, bare.land, (River("Brook", 2, brook), River("Big", 1, big), *rivers))


@pytest.fixture
def theatre_of(write_theatre: WriteTheatre) -> Callable[..., Theatre]:
    """Build a theatre with these reports, the towns and the areas."""
    return lambda *rows: load_theatre(write_theatre(list(rows), places=[*TOWNS, *AREAS]))


def areas(theatre: Theatre, ground: Terrain) -> dict[str, Area]:
    sites = sites_of(theatre)
    points = ground.to_metres([site.position for site in sites])
    return {area.place.id: area for area in areas_of(theatre, sites, points, ground)}


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("North", {"alpha", "beta"}),  # by name, however far the label
        ("Valley", {"alpha", "beta", "gamma"}),  # Delta is 100 km off
        ("West bank", {"alpha", "gamma"}),  # the river is crossed twice on the way to Gamma, the brook does not count
        ("East bank", {"beta"}),
    ],
)
def test_members(theatre_of: Callable[..., Theatre], name: str, members: set[str]) -> None:
    theatre = theatre_of(report("2017-03-01", "captured", "Red Army", place=name))
    (area,) = areas(theatre, terrain()).values()
    sites = sites_of(theatre)
    assert {sites[i].id for i in area.members} == members
    assert area.river == (1 if "bank" in name else None)


def test_only_reported_areas_sorted_by_id(theatre_of: Callable[..., Theatre]) -> None:
    rows = [report("2017-03-01", "captured", "Red Army", place=name) for name in ("West bank", "North", "Alpha")]
    assert list(areas(theatre_of(*rows), terrain())) == ["north", "west"]


def test_a_bank_without_a_main_river_is_a_circle(theatre_of: Callable[..., Theatre]) -> None:
    theatre = theatre_of(report("2017-03-01", "captured", "Red Army", place="East bank"))
    ground = terrain()
    (area,) = areas(theatre, Terrain(ground.crs, ground.land)).values()
    assert (area.river, len(area.members)) == (None, 3)


def lines(theatre: Theatre) -> list[tuple[int, int, date, date]]:
    found = river_lines(areas(theatre, terrain()).values(), theatre.area_claims, terrain(), theatre.settings.end)
    return [(line.river, round(line.radius_m), line.start, line.end) for line in found]


def test_fighting_on_a_bank_makes_the_river_the_line(theatre_of: Callable[..., Theatre]) -> None:
    """From the first day of the window, to the end of the span where that comes first; an area makes no line."""
    rows = [
        report("2017-03-04/2017-03-09", "contested", "Red Army", "Blue Front", place="West bank"),
        report("2017-03-01", "contested", "Red Army", "Blue Front", place="Valley"),
    ]
    assert lines(theatre_of(*rows)) == [(1, 40_000, date(2017, 3, 4), date(2018, 1, 1))]


@given(offsets=st.lists(st.integers(0, 4000), min_size=1, max_size=6))
def test_the_windows_of_a_bank_cover_its_reports_and_keep_apart(offsets: list[int]) -> None:
    """Law: a day is in a window if and only if a report is at most LINE_DAYS before it."""
    first = date(2000, 1, 1)
    end = first + timedelta(days=4000)
    found = _windows([first + timedelta(days=n) for n in offsets], end)
    assert all(a < b for a, b in found)
    assert all(b[1] < a[0] for b, a in zip(found, found[1:], strict=False))
    for n in range(0, 4200, 50):
        day = first + timedelta(days=n)
        told = day < end and any(0 <= n - offset < LINE_DAYS for offset in offsets)
        assert any(start <= day < until for start, until in found) == told


def test_odds_of_areas_by_the_chain_of_places(theatre_of: Callable[..., Theatre]) -> None:
    """Red took the north in March; of the valley only fighting is told; nothing of the west bank."""
    rows = [
        report("2017-03-01", "captured", "Red Army", "Blue Front", place="North"),
        report("2017-03-01", "contested", "Red Army", "Blue Front", place="Valley"),
    ]
    theatre = theatre_of(*rows)
    span = theatre.settings
    odds = AreaOdds(theatre.area_claims, BALANCED, span.start, span.end)
    assert odds.ids == ("north", "valley")
    assert odds.days == (date(2017, 3, 1),)
    before, after = (odds.probabilities("north", date(2017, month, 20))[0] for month in (2, 3))
    assert (before[0], after[0]) == ("blue", "red")
    assert after[1] > 0.8
    assert odds.probabilities("valley", date(2017, 3, 1)) == ()
    assert odds.probabilities("west", date(2017, 3, 1)) == ()


def test_a_side_holds_no_area_before_it_existed(theatre_of: Callable[..., Theatre]) -> None:
    theatre = theatre_of(report("2017-03-01", "holds", "Red Army", place="North"))
    span = theatre.settings
    odds = AreaOdds(theatre.area_claims, BALANCED, span.start, span.end, {"red": date(2017, 2, 1)})
    assert odds.probabilities("north", date(2017, 1, 15)) == (("red", 0.0),)


def test_the_banks_of_the_euphrates(bundled: Theatre) -> None:
    """Autumn 2017: the SDF on the east bank and the army on the west one, from Deir ez-Zor to the Iraqi border."""
    ground = terrain_of(bundled)
    sites = sites_of(bundled)
    points = ground.to_metres([site.position for site in sites])
    found = {area.place.id: area for area in areas_of(bundled, sites, points, ground)}
    east, west = found["euphrates-east-bank"], found["euphrates-west-bank"]

    def towns(area: Area) -> set[str]:
        return {sites[i].name for i in area.members}

    assert {"Husayniyah", "Khasham", "Busayrah", "Shuhayl", "Hajin", "Susah", "Baghuz Fawqani"} <= towns(east)
    assert {"Deir ez-Zor", "Muhasan", "Mayadin", "Quriyah", "Asharah", "Albu Kamal"} <= towns(west)
    assert not towns(east) & towns(west)
    assert {ground.rivers[i].name for i in (east.river, west.river) if i is not None} == {"Euphrates"}
    on_line = [
        line
        for line in river_lines(found.values(), bundled.area_claims, ground, bundled.settings.end)
        if line.start <= date(2017, 11, 5) < line.end
    ]
    for town in ("Khasham", "Asharah", "Hajin", "Albu Kamal"):
        spot = points[[site.name for site in sites].index(town)]
        assert any(np.hypot(*(spot - line.centre)) <= line.radius_m for line in on_line), town
