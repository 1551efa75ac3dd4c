"""Outlines of countries: each part goes with the country that its towns are counted to."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
import shapely
from shapely.geometry import box

from geo import countries
from geo.countries import country_outlines
from geo.place import LonLat

WORLD = box(-180, -90, 180, 90)
NUMBERS = {1: "AA", 2: "BB"}


def square(x: int, y: int) -> list[list[int]]:
    """An arc round one unit square, as TopoJSON writes it: the first point, then steps."""
    return [[x, y], [1, 0], [0, 1], [-1, 0], [0, -1]]


@pytest.fixture
def _map(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Aland has the squares at 0 and 2, Beland those at 4 and 6; that at 8 has no code. All lie on the equator."""
    content = {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": [square(x, 0) for x in (0, 2, 4, 6, 8)],
        "countries": [
            {"type": "MultiPolygon", "id": "001", "arcs": [[[0]], [[1]]]},
            {"type": "MultiPolygon", "id": "002", "arcs": [[[2]], [[3]]]},
            {"type": "Polygon", "arcs": [[4]]},
        ],
    }
    file = tmp_path / "countries.json.gz"
    file.write_bytes(gzip.compress(json.dumps(content).encode()))
    monkeypatch.setattr(countries, "FILE", file)


def at(code: str, x: float) -> tuple[str, LonLat]:
    return code, LonLat(x + 0.5, 0.5)


@pytest.mark.usefixtures("_map")
@pytest.mark.parametrize(
    ("towns", "expected"),
    [
        ([], {"AA": (0, 2), "BB": (4, 6)}),
        ([at("AA", 0), at("BB", 2)], {"AA": (0,), "BB": (2, 4, 6)}),
        ([at("AA", 2), at("BB", 2), at("BB", 2)], {"AA": (0, 2), "BB": (4, 6)}),
        ([at("BB", 8)], {"AA": (0, 2), "BB": (4, 6, 8)}),
        ([at("CC", 8), at("CC", 8), at("BB", 8)], {"AA": (0, 2), "BB": (4, 6), "CC": (8,)}),
    ],
    ids=["no towns", "a part of others' towns", "one own town is enough", "ground without a code", "most towns decide"],
)
def test_a_part_goes_with_its_towns(towns: list[tuple[str, LonLat]], expected: dict[str, tuple[int, ...]]) -> None:
    found = country_outlines(NUMBERS, towns, WORLD)
    wanted = {code: shapely.union_all([box(x, 0, x + 1, 1) for x in squares]) for code, squares in expected.items()}
    assert set(found) == set(wanted)
    assert all(found[code].equals(wanted[code]) for code in wanted)


@pytest.mark.usefixtures("_map")
def test_only_what_reaches_into_the_window() -> None:
    assert set(country_outlines(NUMBERS, [], box(3.5, -1, 4.5, 2))) == {"BB"}
    assert country_outlines(NUMBERS, [], box(50, 50, 51, 51)) == {}


def test_the_real_map_has_no_names_in_it() -> None:
    """Codes are numbers: no line of the program, nor its data, names a country."""
    topology = json.loads(gzip.decompress(countries.FILE.read_bytes()))
    assert {key for item in topology["countries"] for key in item} == {"type", "id", "arcs"}
    assert len({item["id"] for item in topology["countries"] if "id" in item}) > 230
