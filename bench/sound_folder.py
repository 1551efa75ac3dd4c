"""A small theatre folder in which nothing is broken."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

SETTINGS = """[theatre]
id = "broken"
title = "Broken"
countries = ["AA"]
bbox = [9.0, 49.0, 12.0, 52.0]
start = 2017-01-01
end = 2018-01-01
opening_date = 2017-06-01
opening_bbox = [9.0, 49.0, 12.0, 52.0]
reach_km = 25
licence = "CC0"
attribution = "nobody"
"""
TABLES = {
    "places.csv": """id,name,names,lon,lat,radius_km,country,admin,kind,town,population,coordinate_source,note
1,Alpha,Alfa,10.0,50.0,,AA,North,town,,5000,invented,
2,Beta,,10.5,50.0,,AA,North,town,,,invented,
3,Gamma,,11.0,51.0,,AA,South,town,,100,invented,
4,Valley,,10.2,50.2,30,AA,North,region,,,invented,
""",
    "actors.csv": """id,name,short_name,colour,aliases,parent,active_from,note
red,Red Army,Red,#aa0000,Reds,,2016,
blue,Blue Front,Blue,#0000aa,,,,
guard,Blue Guard,Guard,#0000cc,,blue,,
""",
    "sources.csv": """id,title,publisher,published,reference,family,grade,grade_reason,aligned_with,licence,note
wire,Wire,Agency,2018-01-01,Wire 1,wire,B,,,,
radio,Red Radio,,2018-01-01,https://example.org/1,radio,C,,red,,
""",
    "reports.csv": """event_date,place,country,event,actor,loser,source,published,credibility,note,set_aside,since
2017-02-01,Alpha,,holds,Blue Front,,wire,,2,,,
2017-03-01,Alpha,,captured,Red Army,Blue Front,wire,2017-03-02,2,"taken, at last",,
2017-04-01,Beta,AA,besieged,Red Army,Blue Guard,radio,,3,,,
2017-05-01~,Gamma,,contested,Red Army,Blue Front,wire,,2,,,
2017-06,Valley,,holds,Red Army,,radio,,3,,,2017-05
""",
    "places_overrides.csv": "name,place_id,note\nAlphaville,1,\n",
    "elsewhere.csv": "name,country\nOmega,ZZ\n",
}
AREA = [[9, 49], [12, 49], [12, 52], [9, 52], [9, 49]]
WATER = [[10.2, 50.4], [10.3, 50.4], [10.3, 50.5], [10.2, 50.4]]
COURSE = [[10.3, 49], [10.4, 50], [10.3, 52]]


def feature(kind: str, coordinates: Any, **properties: Any) -> dict[str, Any]:
    """Return a GeoJSON feature."""
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


SOUND: dict[str, dict[str, Any]] = {
    "borders.geojson": feature("Polygon", [AREA], iso="AA", name="Aland", inside=True),
    "rivers.geojson": feature("LineString", COURSE, name="Flow", rank=1),
    "lakes.geojson": feature("Polygon", [WATER], name="Lake", rank=1),
}
FILES = ("theatre.toml", *TABLES, *SOUND)


def collection(*features: Any) -> str:
    """Write a FeatureCollection."""
    return json.dumps({"type": "FeatureCollection", "features": features})


def write_sound(folder: Path) -> None:
    """Write the folder as it is before anything is broken."""
    folder.mkdir(parents=True)
    (folder / "theatre.toml").write_text(SETTINGS, encoding="utf-8")
    for name, text in TABLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    for name, sound in SOUND.items():
        (folder / name).write_text(collection(sound), encoding="utf-8")
