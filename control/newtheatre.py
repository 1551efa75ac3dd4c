"""Beginning a theatre: a folder with the places of some countries, and empty tables for who, when and according to whom."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from math import ceil, cos, floor, radians
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.affinity import scale
from shapely.geometry import MultiPoint, box, mapping
from shapely.geometry.base import BaseGeometry as Geometry

from control.model import Event
from control.tables import ActorRow, PlaceRow, ReportRow, SourceRow
from control.theatre import TheatreError
from geo.geonames import country_names, geonames_places, written
from geo.place import Place

KM_PER_DEGREE = 111.2
OUTLINE_MARGIN_KM = 25
"""How far beyond its outermost places a country's provisional outline reaches: the default of `reach_km`."""
_OUTLINE_DECIMALS = 3
_WORLD = box(-180, -90, 180, 90)

SETTINGS = """\
# What the theatre is and how it is shown. Places, actors and events stand in the tables beside this file.
[theatre]
id = {id}  # lower-case letters, digits, hyphens; part of addresses, so never change it
title = {title}
countries = {countries}  # ISO 3166-1 alpha-2
bbox = {bbox}  # west, south, east, north: degrees, WGS84
start = {start}  # first day of the span
end = {end}  # the day after its last day
opening_date = {opening_date}  # what the map shows first: choose a day your reports speak of
opening_bbox = {bbox}
reach_km = 25  # how far from a place the ground is still its own; what lies beyond is nobody's
town_radius_km = 5  # how far from a place's coordinate a point still lies in the place itself
licence = {licence}
attribution = {attribution}
"""
LICENCE = "Places: GeoNames, CC BY 4.0. Reports: say here under which licence you give yours."
ATTRIBUTION = "Places: GeoNames (CC BY 4.0). Outlines: approximate, from the places."

README = """\
# {title}

A theatre: who held which place, on which date, according to whom. {places} places are there; what was reported of them
is for you to add, in this order: `actors.csv`, `sources.csv`, `reports.csv`. Then let the rows be checked:

    python -m control check --theatre {folder}

CSV files are UTF-8, comma-separated, with the header row they have now. Lists inside a cell are separated by
semicolons. Dates are EDTF and are kept as written: `2023-04-15`, `2023-04`, `2023`, `2023-04-15/2023-04-17`, `2023-04~`
(approximate).

## actors.csv: parties that can hold ground

| column | meaning |
|---|---|
| `id` | lower-case slug that never changes |
| `name`, `short_name` | shown in panels; shown where space is short |
| `colour` | `#rrggbb` |
| `aliases` | how sources write it; `{country}:army` binds an alias to a country |
| `parent` | id of the actor whose ground it holds; empty for none |
| `active_from` | date before which it cannot have held ground; empty: not known |
| `note` | anything a reader should know |

## sources.csv: outlets and documents

| column | meaning |
|---|---|
| `id` | lower-case slug that never changes |
| `title`, `publisher` | of the article or document |
| `published` | date of publication |
| `reference` | URL, or a citation where there is none |
| `family` | copies of one agency or one project share a family, and count once |
| `grade` | reliability on the Admiralty scale: `A` completely reliable to `E` unreliable, `F` cannot be judged |
| `grade_reason` | why that grade |
| `aligned_with` | id of the actor it speaks for, if any |
| `licence` | of the source's text; facts themselves are free |
| `note` | how an undated article was dated, and the like |

## reports.csv: what one source said of one place or area

| column | meaning |
|---|---|
| `event_date` | when it was so |
| `place` | the toponym of a place or an area as the source wrote it; a hint may follow in brackets: `Name (Division)` |
| `country` | ISO code that the source implies, or empty |
| `event` | {events} |
| `actor` | as written: who took it, holds it, besieges it or was relieved |
| `loser` | as written: who lost it, or is inside a siege; empty when not named |
| `source` | id in `sources.csv` |
| `published` | empty: that of the source |
| `credibility` | of the statement, `1` confirmed to `5` improbable, `6` cannot be judged |
| `note` | the fact in your own words |
| `set_aside` | reason for which the row waits unused; empty: used |

## places.csv: the gazetteer

| column | meaning |
|---|---|
| `id` | GeoNames id where there is one, else a lower-case slug that never changes |
| `name`, `names` | the name shown; other spellings, an entry may start with a language tag: `fr:Nom` |
| `lon`, `lat` | degrees, WGS84 |
| `radius_km` | how far off the coordinate may be; empty: within about 2 km; for an area: the radius of its extent |
| `country` | ISO 3166-1 alpha-2 |
| `admin` | first-level division, in English: what a hint in brackets is matched with |
| `kind` | {kinds} |
| `town` | id of the town that a quarter or facility belongs to, if any |
| `population` | persons; empty is unknown, not zero |
| `coordinate_source` | where the coordinate is from |
| `note` | anything a reader should know |

All rows are from GeoNames (CC BY 4.0, geonames.org): populated places of {min_population} and more inhabitants, and seats
of divisions. Add rows for villages, districts, bases, crossings and oil fields as reports name them. GeoNames' package has
no names of first-level divisions, so `admin` is empty: fill it in at least where two places share a name.

`district`, `governorate`, `region`, `pocket`, `bank` and `road` are areas. A report of one is weak evidence about the places
in it that nobody reports on: for a governorate those with the same `country` and `admin`, for any other area those within
`radius_km`. A report of an area without extent is rejected. `docs/theatre-format.md` says more.

## borders.geojson: provisional

Each country is the hull of its places with {margin} km around it: **approximate**, without coasts, and across its
neighbours. It serves until you have real borders. In a checkout of the project, with npm and the build extra,

    python seeds/build/base_geography.py --theatre {folder}

replaces it by Natural Earth's and adds rivers and lakes.
"""


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
        When the package with the places is not installed.
    """
    codes = _checked_codes(countries)
    if start >= end:
        raise TheatreError(f"the span [{start}, {end}) is empty; give an end that is after the start")
    if title is not None and not (title.strip() and title.isprintable()):
        raise TheatreError(f"title {title!r}; expected one line of text")
    if output.exists() and not (output.is_dir() and not any(output.iterdir())):
        raise TheatreError(f"{output} is there and not an empty folder; choose another name, or move it away")

    names = country_names()
    places = geonames_places(codes, min_population)
    outlines = {code: _outline([p for p in places if p.country == code]) for code in codes}
    barren = [code for code, outline in outlines.items() if outline.is_empty]
    if barren:
        raise TheatreError(f"GeoNames has no populated place in {', '.join(f'{c} ({names[c]})' for c in barren)}")
    if title is None:
        years = dict.fromkeys((start.year, (end - timedelta(days=1)).year))
        title = f"{_listed([names[code] for code in codes])} {'-'.join(map(str, years))}"
    values = {
        "id": re.sub(r"[^a-z0-9]+", "-", output.resolve().name.lower()).strip("-") or "-".join(codes).lower(),
        "title": title.strip(),
        "countries": list(codes),
        "bbox": _bbox(outlines.values()),
        "licence": LICENCE,
        "attribution": ATTRIBUTION,
    }
    settings = SETTINGS.format_map(
        {key: _toml(value) for key, value in values.items()} | {"start": start, "end": end, "opening_date": start}
    )
    readme = README.format(
        title=title.strip(),
        places=len(places),
        folder=f"path/to/{output.resolve().name}",
        country=codes[0],
        events=" ".join(f"`{event}`" for event in Event),
        kinds=" ".join(f"`{kind}`" for kind in type(places[0].kind)),
        min_population=min_population,
        margin=OUTLINE_MARGIN_KM,
    )

    output.mkdir(parents=True, exist_ok=True)
    _write(output / "theatre.toml", settings)
    _write(output / "README.md", readme)
    _write(output / "borders.geojson", _borders(outlines, names))
    _write_table(output / "places.csv", PlaceRow, [_row(place) for place in places])
    for name, row_type in (("actors.csv", ActorRow), ("sources.csv", SourceRow), ("reports.csv", ReportRow)):
        _write_table(output / name, row_type, [])
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


def _outline(places: Sequence[Place]) -> Geometry:
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
    rounded: Geometry = shapely.transform(outline.normalize(), lambda xy: np.round(xy, _OUTLINE_DECIMALS))
    oriented: Geometry = shapely.orient_polygons(rounded)
    return oriented


def _bbox(outlines: Iterable[Geometry]) -> list[float]:
    """West, south, east, north of the outlines (degrees), widened to tenths."""
    west, south, east, north = shapely.union_all(list(outlines)).bounds
    return [floor(west * 10) / 10, floor(south * 10) / 10, ceil(east * 10) / 10, ceil(north * 10) / 10]


def _borders(outlines: dict[str, Geometry], names: dict[str, str]) -> str:
    features = [
        {
            "type": "Feature",
            "properties": {"iso": code, "name": names[code], "inside": True, "note": "approximate"},
            "geometry": mapping(outline),
        }
        for code, outline in outlines.items()
    ]
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features)
    return f'{{"type":"FeatureCollection","source":"hulls of GeoNames places (CC BY 4.0)","features":[\n{lines}\n]}}\n'


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


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _write_table(path: Path, row_type: Any, rows: Iterable[dict[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(row_type.model_fields), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
