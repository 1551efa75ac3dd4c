"""Outlines of countries (Natural Earth 1:10m), each part with the country that its towns are counted to."""

from __future__ import annotations

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from geo.features import DECIMALS
from geo.place import LonLat
from geo.topojson import decode_arcs, decode_polygon

FILE = Path(__file__).with_name("countries.json.gz")
ABOUT = {
    "attribution": "Made with Natural Earth",
    "license": "Public domain",
    "source": "Natural Earth 1:10m Admin 0 countries, by way of npm world-atlas@2.0.2",
}
"""What goes with every file that is made from them."""


def country_outlines(
    numbers: Mapping[int, str], towns: Sequence[tuple[str, LonLat]], window: Polygon
) -> dict[str, BaseGeometry]:
    """Return the outlines of the countries that reach into a window, by ISO 3166-1 alpha-2 code.

    Natural Earth draws countries as they are held on the ground. A theatre asks who holds the ground, so its outline must
    not answer that before: a part of a country (an island, a peninsula, ground without a code of its own) whose towns are
    all counted to other countries is drawn with the one that most of them are counted to.

    Parameters
    ----------
    numbers
        ISO 3166-1 alpha-2 code of each ISO 3166-1 number.
    towns
        Towns of the whole world: code of the country that each is counted to, and its position (lon, lat), WGS84 degrees.
    window
        Degrees, WGS84 (lon, lat).

    Returns
    -------
    dict of str to geometry
        Polygons and MultiPolygons, WGS84 (lon, lat), whole and not cut at the window. Neighbours share their borders
        vertex by vertex. Ground without a code and without towns is left out.
    """
    topology = json.loads(gzip.decompress(FILE.read_bytes()))
    arcs = decode_arcs(topology, DECIMALS)
    parts: list[BaseGeometry] = []
    codes: list[str] = []
    for item in topology["countries"]:
        code = numbers.get(int(item["id"]), "") if item.get("id") else ""
        whole = decode_polygon(item, arcs)
        if whole.intersects(window):
            mended = whole if whole.is_valid else shapely.make_valid(whole, method="structure", keep_collapsed=False)
            found = [part for part in shapely.get_parts(mended) if isinstance(part, Polygon)]
            parts += found
            codes += [code] * len(found)
    counted = _towns_in(parts, towns)
    by_code: dict[str, list[BaseGeometry]] = defaultdict(list)
    for number, (part, code) in enumerate(zip(parts, codes, strict=True)):
        there = counted[number]
        owner = code if not there or code in there else min(there, key=lambda c: (-there[c], c))
        by_code[owner].append(part)
    by_code.pop("", None)
    return {code: shapely.union_all(members) for code, members in sorted(by_code.items())}


def _towns_in(parts: Sequence[BaseGeometry], towns: Sequence[tuple[str, LonLat]]) -> list[Counter[str]]:
    """Count the towns in each part by the country that they are counted to."""
    counted: list[Counter[str]] = [Counter() for _ in parts]
    if not parts:
        return counted
    points = [shapely.Point(position) for _, position in towns]
    # The parts are the question: of a question with many vertices the tree makes an index of its own.
    for part, town in shapely.STRtree(points).query(parts, predicate="contains").T:
        counted[part][towns[town][0]] += 1
    return counted
