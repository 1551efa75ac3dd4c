"""Write the base geography of a theatre, and mend what its sources draw otherwise than the theatre needs it.

    python seeds/build/mended_geography.py --theatre seeds/ukraine

Does what `base_geography.py` does, with two mendings that tables in the theatre's folder ask for. The same input gives
the same bytes.

- `borders_moved.csv` (`lon,lat,from,to,why`): the part of the country `from` (ISO 3166-1 alpha-2) that holds the point
  (lon/lat degrees) is drawn with the country `to`. Natural Earth draws countries as they are held on the ground. A theatre
  asks who holds the ground, so its outline must not answer that before.
- `lakes_rivers.csv` (`name,lon,lat,max_km,mouth_lon,mouth_lat`): the lake nearest to the point is a stretch of a river that
  dams have widened. A line is drawn through its middle, so that the river parts its banks, and on to the mouth where no
  river leads on; of the lake only the parts wider than `WIDE_KM` stay water, since fronts run on land.
"""

from __future__ import annotations

import argparse
import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from base_geography import (
    NATURAL_EARTH,
    SHORTEST_UNNAMED_RIVER_KM,
    WORLD_ATLAS,
    WORLD_ATLAS_FILE,
    Frame,
    borders,
    lakes,
    read_frame,
    read_probes,
    write,
)
from npm_pack import read_members
from numpy.typing import NDArray
from river_banks import lead_past, read_banks
from shapely.geometry import LineString, Point, Polygon, mapping, shape
from shapely.geometry.base import BaseGeometry
from waterways import Plane, connect, give_names, nearest_to, without_spurs

from geo.features import Feature, rounded
from geo.gshhg import ABOUT as GSHHG
from geo.gshhg import MAIN_CLASS, RIVER_POLYGON, data_folder, read_rivers

Piece = tuple[int, NDArray[np.float64]]

PAD_DEGREES = 3.0
"""So much of the neighbours is drawn that the eastern edge of the theatre can lie beside a legend, not under it."""

WIDE_KM = 4.0
"""A widened river is water where it is at least so wide."""


def move_areas(countries: list[Feature], table: Path) -> list[Feature]:
    """Draw parts of countries with others, as the table says.

    Raises
    ------
    ValueError
        When a country is missing, or has no part that holds the point.
    """
    shapes = {feature["properties"]["iso"]: shape(feature["geometry"]) for feature in countries}
    for row in _rows(table):
        spot = Point(float(row["lon"]), float(row["lat"]))
        parts = shapely.get_parts(shapes[row["from"]])
        moved = [part for part in parts if part.contains(spot)]
        if not moved:
            raise ValueError(f"{table.name}: no part of {row['from']} holds {spot.wkt}")
        shapes[row["from"]] = shapely.multipolygons([part for part in parts if not part.contains(spot)])
        shapes[row["to"]] = shapely.union_all([shapes[row["to"]], *moved])
    return [{**f, "geometry": mapping(_oriented(shapes[f["properties"]["iso"]]))} for f in countries]


def widened(water: list[Feature], table: Path, plane: Plane) -> tuple[list[Piece], list[Feature]]:
    """Tell the stretches of rivers from the lakes.

    Returns
    -------
    list of (int, array)
        Class and vertices (lon/lat degrees), as `waterways.connect` takes them: outlines of the stretches, without
        islands, and lines from them to the mouths.
    list of dict
        The lakes, and of the stretches the wide parts.
    """
    probes = read_probes(table)
    mouths = [(float(row["mouth_lon"]), float(row["mouth_lat"])) if row["mouth_lon"] else None for row in _rows(table)]
    shapes = [shape(feature["geometry"]) for feature in water]
    tree = shapely.STRtree([plane.to_km(s) for s in shapes])
    found = {
        nearest_to(tree, plane.to_km(Point(probe.lon, probe.lat)), probe): mouth
        for probe, mouth in zip(probes, mouths, strict=True)
    }
    kept: list[Feature] = []
    pieces: list[Piece] = []
    for index, feature in enumerate(water):
        if index not in found:
            kept.append(feature)
            continue
        largest = max(shapely.get_parts(shapes[index]), key=lambda part: part.area)
        pieces.append((RIVER_POLYGON, shapely.get_coordinates(largest.exterior)))
        if (mouth := found[index]) is not None:
            pieces.append((MAIN_CLASS, shapely.get_coordinates(shapely.shortest_line(largest.exterior, Point(mouth)))))
        core = plane.to_km(shapes[index]).buffer(-WIDE_KM / 2).buffer(WIDE_KM / 2)
        wide = rounded(plane.to_lonlat(core).intersection(shapes[index]))
        parts = sorted(shapely.get_parts(wide), key=lambda part: part.bounds)
        kept += [{**feature, "geometry": mapping(_oriented(part))} for part in parts]
    return pieces, kept


def rivers(folder: Path, more: list[Piece], theatre: Path, frame: Frame) -> list[Feature]:
    """Make the river lines of the window as `base_geography.rivers` does, with more pieces than the source has.

    A centre line has a side arm into the farthest bay of its outline: without a name it is left out.
    """
    plane = frame.plane
    shapely.prepare(frame.window)
    pieces = [
        (river_class, record.vertices)
        for river_class, record in read_rivers(folder)
        if frame.window.intersects(LineString(record.vertices))
    ]
    pieces += more
    wide = shapely.union_all([Polygon(vertices) for river_class, vertices in more if river_class == RIVER_POLYGON])
    probes = read_probes(theatre / "rivers_names.csv")
    lines = without_spurs(give_names(connect(pieces, plane), probes, plane), SHORTEST_UNNAMED_RIVER_KM)
    features = []
    for river in lead_past(lines, read_banks(theatre, plane), probes, plane):
        for part in shapely.get_parts(plane.to_lonlat(river.line).intersection(frame.window)):
            line = shapely.remove_repeated_points(rounded(part))
            if isinstance(line, LineString) and line.length > 0 and (river.name or not wide.contains(line)):
                properties = {"name": river.name, "rank": river.rank}
                features.append({"type": "Feature", "properties": properties, "geometry": mapping(line.normalize())})
    return sorted(features, key=_order)


def _order(feature: Feature) -> tuple[int, str, Any]:
    properties = feature["properties"]
    return properties["rank"], properties["name"] or "~", feature["geometry"]["coordinates"]


def _oriented(geometry: BaseGeometry) -> BaseGeometry:
    """Outer rings counter-clockwise, holes clockwise (RFC 7946)."""
    oriented: BaseGeometry = shapely.orient_polygons(geometry.normalize())
    return oriented


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write_water(theatre: Path, frame: Frame, output: Path) -> None:
    """Write `rivers.geojson` and `lakes.geojson` of a theatre into the folder `output`."""
    data = data_folder()
    found = lakes(data, read_probes(theatre / "lakes_names.csv"), frame)
    more, water = widened(found, theatre / "lakes_rivers.csv", frame.plane)
    for layer, features in (("rivers", rivers(data, more, theatre, frame)), ("lakes", water)):
        _write(output / f"{layer}.geojson", features, GSHHG)


def main() -> None:
    """Parse the command line and write the three files."""
    parser = argparse.ArgumentParser(description="Write borders, rivers and lakes of a theatre, mended.")
    parser.add_argument("--theatre", type=Path, required=True, help="folder with theatre.toml")
    parser.add_argument(
        "--pad", type=float, default=PAD_DEGREES, help=f"degrees around the theatre's box (default {PAD_DEGREES:g})"
    )
    parser.add_argument("--world-atlas", type=Path, help="packed world-atlas .tgz")
    arguments = parser.parse_args()
    theatre: Path = arguments.theatre
    frame = read_frame(theatre, arguments.pad)
    countries = json.loads(read_members(WORLD_ATLAS, [WORLD_ATLAS_FILE], arguments.world_atlas)[WORLD_ATLAS_FILE])
    _write(
        theatre / "borders.geojson", move_areas(borders(countries, frame), theatre / "borders_moved.csv"), NATURAL_EARTH
    )
    write_water(theatre, frame, theatre)


def _write(path: Path, features: list[Feature], about: dict[str, str]) -> None:
    write(path, features, about)
    print(f"{path}: {len(features)} features, {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
