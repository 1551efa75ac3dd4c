"""Beginning a theatre: places, borders and water of some countries, and empty tables for who, when and according to whom."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from io import StringIO
from math import ceil, cos, floor, radians
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.affinity import scale
from shapely.geometry import MultiPoint, MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry as Geometry

from control.record.event_kinds import EventKind
from control.record.starter_texts import (
    ATTRIBUTION,
    BORDERS_REAL,
    BORDERS_ROUGH,
    COMMENTS,
    LICENCE,
    README,
    SETTINGS,
    WATER_LICENCE,
)
from control.record.tables import ActorRow, PlaceRow, ReportRow, SourceRow
from control.record.theatre import TheatreError
from control.storage.atomic_file import is_new, write_folder
from geo.countries import ABOUT as NATURAL_EARTH
from geo.countries import country_outlines
from geo.features import Feature, clipped_area, collection_text, feature
from geo.geonames import all_towns, country_names, country_numbers, geonames_places, written
from geo.gshhg import ABOUT as GSHHG
from geo.gshhg import data_folder, lake_features, river_features
from geo.place import Place, PlaceKind

KM_PER_DEGREE = 111.2
OUTLINE_MARGIN_KM = 25
"""How far beyond its outermost places a provisional outline, and the theatre's box, reach: the default of `reach_km`."""
_HULL_DECIMALS = 3
_WORLD = box(-180, -90, 180, 90)
PAD_SHARE, LEAST_PAD, MOST_PAD = 0.2, 1.0, 4.0
"""How much of the neighbours is drawn around what the map shows first: a share of its longer side, and limits, degrees."""
LEGEND_SHARE = 0.3
"""How much wider than the theatre the map opens, so that its eastern edge lies beside the legend, not under it."""


def new_theatre(
    countries: Sequence[str],
    output: Path,
    *,
    title: str | None = None,
    start: date,
    end: date,
    min_population: int = 500,
) -> Path:
    """Write a theatre folder without reports that `load_theatre` accepts as it is. The same arguments give the same bytes.

    Places are those of GeoNames, borders Natural Earth's, rivers and lakes those of GSHHG and WDBII; nothing is fetched.

    Parameters
    ----------
    countries
        ISO 3166-1 alpha-2 codes, in any case.
    output
        Folder to write; it may exist, but must be empty. Its name becomes the id of the theatre.
    title
        By default the names of the countries and the years of the span.
    start, end
        The span [start, end).
    min_population
        Smallest number of inhabitants of a place, as in `geonames_places`.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    TheatreError
        When a code is unknown or has no places, the span is empty, or the folder has something in it.
    MissingExtraError
        When the package with the places, or that with rivers and lakes, is not installed.
    """
    codes = _checked_codes(countries)
    if start >= end:
        raise TheatreError(f"the span [{start}, {end}) is empty; give an end that is after the start")
    if title is not None and not (title.strip() and title.isprintable()):
        raise TheatreError(f"title {title!r}; expected one line of text")
    if not is_new(output):
        raise TheatreError(f"{output} is there and not an empty folder; choose another name, or move it away")

    water = data_folder()
    names = country_names()
    places = geonames_places(codes, min_population)
    hulls = {code: _hull([p for p in places if p.country == code]) for code in codes}
    barren = [code for code, hull in hulls.items() if hull.is_empty]
    if barren:
        raise TheatreError(
            f"GeoNames has no populated place in {', '.join(f'{c} ({names[c]})' for c in barren)}; expected countries with "
            "towns; leave it out"
        )
    if title is None:
        years = dict.fromkeys((start.year, (end - timedelta(days=1)).year))
        title = f"{_listed([names[code] for code in codes])} {'-'.join(map(str, years))}"
    bbox = _bbox(hulls.values())
    west, south, east, north = bbox
    opening_bbox = [west, south, min(round(east + LEGEND_SHARE * (east - west), 1), 180.0), north]
    window = _padded(opening_bbox)
    outlines = country_outlines(country_numbers(), all_towns(), _WORLD)
    rough = [code for code in codes if code not in outlines]
    values = {
        "id": re.sub(r"[^a-z0-9]+", "-", output.resolve().name.lower()).strip("-") or "-".join(codes).lower(),
        "title": title.strip(),
        "countries": list(codes),
        "bbox": bbox,
        "opening_bbox": opening_bbox,
        "licence": LICENCE,
        "attribution": ATTRIBUTION,
    }
    settings = SETTINGS.format_map(
        {key: _toml(value) for key, value in values.items()} | {"start": start, "end": end, "opening_date": start}
    )
    readme = README.format(
        title=title.strip(),
        places=len(places),
        folder=_spoken_path(output),
        country=codes[0],
        events=" ".join(f"`{event}`" for event in EventKind),
        kinds=" ".join(f"`{kind}`" for kind in PlaceKind),
        min_population=min_population,
        borders=BORDERS_ROUGH.format(codes=", ".join(rough), margin=OUTLINE_MARGIN_KM) if rough else BORDERS_REAL,
    )

    borders, seen = _borders(codes, outlines, hulls, names, window)
    texts = {
        "README.md": readme,
        "borders.geojson": collection_text(borders, NATURAL_EARTH),
        "rivers.geojson": collection_text(river_features(water, seen), GSHHG),
        "lakes.geojson": collection_text(lake_features(water, seen), GSHHG),
        "LICENCE-rivers-lakes.txt": WATER_LICENCE,
        "places.csv": _table(PlaceRow, [_row(place) for place in places]),
    }
    tables: tuple[tuple[str, Any], ...] = (
        ("actors.csv", ActorRow),
        ("sources.csv", SourceRow),
        ("reports.csv", ReportRow),
    )
    for name, row_type in tables:
        texts[name] = _table(row_type, []) + COMMENTS[name].format(day=start, country=codes[0])
    write_folder(output, {**texts, "theatre.toml": settings})  # it makes a folder a theatre, and comes last
    return output


def _checked_codes(countries: Sequence[str]) -> tuple[str, ...]:
    known = country_names()
    codes = tuple(dict.fromkeys(country.strip().upper() for country in countries))
    unknown = [code for code in codes if code not in known]
    if codes and not unknown:
        return codes
    # Somebody who wrote a country's name is best shown its code; anybody else a sample from the whole list.
    meant = {code: name for code, name in known.items() if name.upper() in unknown}
    sample = meant or dict(list(known.items())[:: len(known) // 8])
    wrong = f"unknown country {', '.join(map(repr, unknown))}" if unknown else "no country"
    raise TheatreError(
        f"{wrong}; expected ISO 3166-1 alpha-2 codes, for example "
        + ", ".join(f"{code} ({name})" for code, name in sample.items())
    )


def _hull(places: Sequence[Place]) -> Geometry:
    """Hull of the places with a margin around it (WGS84, lon/lat); empty without places.

    A country on both sides of the 180th meridian gets one hull all the way round.
    """
    hull = MultiPoint([place.position for place in places]).convex_hull
    if hull.is_empty:
        return hull
    # A degree of longitude is shorter than one of latitude: squeezed, the margin is as wide on all sides.
    squeeze = cos(radians(hull.centroid.y))
    wide = scale(hull, squeeze, 1, origin=(0, 0)).buffer(OUTLINE_MARGIN_KM / KM_PER_DEGREE, quad_segs=4)
    outline = scale(wide, 1 / squeeze, 1, origin=(0, 0)).intersection(_WORLD)
    rounded: Geometry = shapely.transform(outline.normalize(), lambda xy: np.round(xy, _HULL_DECIMALS))
    oriented: Geometry = shapely.orient_polygons(rounded)
    return oriented


def _padded(bbox: Sequence[float]) -> Polygon:
    west, south, east, north = bbox
    pad = min(max(PAD_SHARE * max(east - west, north - south), LEAST_PAD), MOST_PAD)
    return box(max(west - pad, -180), max(south - pad, -90), min(east + pad, 180), min(north + pad, 90))


def _bbox(outlines: Iterable[Geometry]) -> list[float]:
    """West, south, east, north of the outlines (degrees), widened to tenths."""
    west, south, east, north = shapely.union_all(list(outlines)).bounds
    return [floor(west * 10) / 10, floor(south * 10) / 10, ceil(east * 10) / 10, ceil(north * 10) / 10]


def _borders(
    codes: Sequence[str],
    outlines: Mapping[str, Geometry],
    hulls: Mapping[str, Geometry],
    names: Mapping[str, str],
    window: Polygon,
) -> tuple[list[Feature], Polygon]:
    """Return the countries of the theatre, then their neighbours, and the window (WGS84, lon/lat) that all of it lies in.

    The window grows until it holds the theatre's countries whole, as far as they reach into it: a cut through a border
    would leave a vertex on one side only.
    """
    inside = {code: _reaching(outlines[code], window) if code in outlines else hulls[code] for code in codes}
    seen = box(*shapely.total_bounds([*inside.values(), window]))
    drawn = [
        feature(shape, iso=code, name=names[code], inside=True, **({} if code in outlines else {"note": "approximate"}))
        for code, shape in inside.items()
    ]
    # Only a hull can overlap a neighbour.
    rough = shapely.union_all([hulls[code] for code in codes if code not in outlines])
    for code, outline in outlines.items():
        beside = outline if rough.is_empty else outline.difference(rough)
        if code not in inside and not (cut := clipped_area(beside, seen)).is_empty:
            drawn.append(feature(cut, iso=code, name=names.get(code, code), inside=False))
    return drawn, seen


def _reaching(outline: Geometry, window: Polygon) -> Geometry:
    """Keep the parts of an outline that reach into a window."""
    parts = shapely.get_parts(outline)
    return MultiPolygon(list(parts[shapely.intersects(parts, window)]))


def _spoken_path(output: Path) -> str:
    """Return how the folder is named in a command; an absolute path says something of one machine only."""
    return f"path/to/{output.resolve().name}" if output.is_absolute() or ".." in output.parts else output.as_posix()


def _row(place: Place) -> dict[str, object]:
    return {
        "id": place.id,
        "name": place.name,
        "names": ";".join(map(written, place.names)),
        "lon": place.position.lon,
        "lat": place.position.lat,
        "country": place.country,
        "admin": place.admin,
        "kind": place.kind,
        "population": place.population,
        "coordinate_source": place.coordinate_source,
    }


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _toml(value: object) -> str:
    # A JSON string is a TOML basic string when nothing in it needs an escape that TOML lacks: titles are printable.
    return json.dumps(value, ensure_ascii=False)


def _table(row_type: Any, rows: Iterable[dict[str, object]]) -> str:
    file = StringIO()
    writer = csv.DictWriter(file, list(row_type.model_fields), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()
