"""KML 2.2 (OGC 07-147r2): a placemark an interval, with the time it was so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import shapely
from shapely.geometry.base import BaseGeometry as Geometry

from control.export.extract import Extract, place_rows
from control.export.geodata.kml_styles import FOLDERS, HIDDEN, Look, folder_of, kml_colour, look_of
from control.export.geodata.shapes import DECIMALS
from control.export.provenance import Provenance, read_json, seal
from control.export.xml_element import read_element
from control.export.xml_text import xml_text
from control.markup import Html
from control.snapshot import Layer

NAMESPACE = "http://www.opengis.net/kml/2.2"
DAY = timedelta(days=1)
BALLOON = "$[description]"
"""What a click opens: the description alone, since the usual balloon runs names and data as HTML."""


@dataclass(frozen=True, slots=True)
class _Placemark:
    """A placemark over [start, end): where it belongs, and how it looks."""

    name: str
    start: date
    end: date
    geometry: Geometry
    data: dict[str, Any]
    folder: str
    look: Look


def write(extract: Extract, file: Path) -> None:
    """Write a folder a layer, sealed."""
    file.write_bytes(seal(extract_to_kml(extract))[0])


def read_provenance(file: Path) -> Provenance:
    """Read where a KML file comes from. Raises `ProvenanceError` when it does not say."""
    return read_json(read_element(file, "kml/Document/ExtendedData/Data/value", "provenance"))


def extract_to_kml(extract: Extract) -> bytes:
    """Write a folder a layer, and in it one for each way to stand; those of which nothing is known are switched off.

    A `TimeSpan` goes from the first to the last day, both included. Names and data are text. Descriptions are HTML, as
    KML has it, and all that comes from the theatre is escaped in them.
    """
    ET.register_namespace("", NAMESPACE)
    root = ET.Element(_tag("kml"))
    document = _add(root, "Document")
    provenance = extract.provenance("kml")
    settings = extract.timeline.theatre.settings
    _add(document, "name", f"{settings.title}, {provenance.dates}")
    about = Html.escape(f"{provenance.line}. {settings.attribution} {settings.licence}")
    _add(document, "description", str(about))
    placemarks: dict[Layer, list[_Placemark]] = {layer: [] for layer in extract.layers}
    for layer, placemark in _placemarks(extract):
        placemarks[layer].append(placemark)
    for look in sorted({one.look for found in placemarks.values() for one in found}, key=lambda look: look.id):
        _style(document, look)
    # after the styles and before the folders: the schema has this order
    _data(document, {"provenance": provenance.to_json()})
    for layer, found in placemarks.items():
        parent = _folder(document, str(layer))
        for name in FOLDERS[layer]:
            inside = [one for one in found if one.folder == name]
            if inside:
                folder = _folder(parent, name, shown=name not in HIDDEN)
                for placemark in inside:
                    _write_placemark(folder, placemark)
    body: str = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode()


def _placemarks(extract: Extract) -> Iterator[tuple[Layer, _Placemark]]:
    """Return what each layer holds: places by id, ground by time."""
    actors = extract.timeline.theatre.actors
    if Layer.PLACES in extract.layers:
        for row in place_rows(extract):
            point = shapely.Point(row["lon"], row["lat"])
            data = {key: value for key, value in row.items() if key not in {"name", "lon", "lat", "start", "end"}}
            folder, look = folder_of(Layer.PLACES, row), look_of(Layer.PLACES, row, actors)
            yield Layer.PLACES, _Placemark(row["name"], row["start"], row["end"], point, data, folder, look)
    for shape in extract.shapes() if extract.has_ground else ():
        data = {**shape.properties}
        folder, look = folder_of(shape.layer, data), look_of(shape.layer, data, actors)
        name = str(data.pop("name", None) or data["actor_name"] or data["standing"])
        yield shape.layer, _Placemark(name, shape.start, shape.end, shape.geometry, data, folder, look)


def _write_placemark(folder: ET.Element, placemark: _Placemark) -> None:
    element = _add(folder, "Placemark")
    _add(element, "name", placemark.name)
    if placemark.folder in HIDDEN:
        _add(element, "visibility", "0")
    known = {key: value for key, value in placemark.data.items() if value is not None}
    first, last = placemark.start, placemark.end - DAY
    _add(element, "Snippet").set("maxLines", "0")
    _add(element, "description", _balloon(placemark.name, {"from": first, "to": last, **known}))
    span = _add(element, "TimeSpan")
    _add(span, "begin", first.isoformat())
    _add(span, "end", last.isoformat())
    _add(element, "styleUrl", f"#{placemark.look.id}")
    _data(element, known)
    _geometry(element, placemark.geometry)


def _balloon(name: str, values: Mapping[str, Any]) -> str:
    """Return the HTML that a click on a placemark shows."""
    row = Html("<tr><th>{}</th><td>{}</td></tr>")
    rows = Html().join(row.format(key, _text(value)) for key, value in values.items())
    # plain text again: what writes XML escapes it once more, and must not be taken for HTML
    return str(Html("<h3>{}</h3><table>{}</table>").format(name, rows))


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _geometry(parent: ET.Element, shape: Geometry) -> None:
    kind = shape.geom_type
    if kind.startswith("Multi"):
        parent = _add(parent, "MultiGeometry")
    for part in shapely.get_parts(shape):
        element = _add(parent, part.geom_type)
        if part.geom_type == "Polygon":
            _ring(element, "outerBoundaryIs", part.exterior)
            for hole in part.interiors:
                _ring(element, "innerBoundaryIs", hole)
        else:
            _coordinates(element, part)


def _ring(parent: ET.Element, tag: str, ring: Geometry) -> None:
    _coordinates(_add(_add(parent, tag), "LinearRing"), ring)


def _coordinates(parent: ET.Element, shape: Geometry) -> None:
    pairs = shapely.get_coordinates(shape).tolist()
    _add(parent, "coordinates", " ".join(f"{round(lon, DECIMALS)},{round(lat, DECIMALS)}" for lon, lat in pairs))


def _style(document: ET.Element, look: Look) -> None:
    style = _add(document, "Style")
    style.set("id", look.id)
    icon = _add(style, "IconStyle")
    _add(icon, "color", kml_colour(look.colour, 1.0))
    _add(icon, "scale", f"{look.size:g}")
    _add(_add(style, "LabelStyle"), "color", kml_colour(look.name, 1.0))
    line = _add(style, "LineStyle")
    _add(line, "color", kml_colour(look.line, 1.0))
    _add(line, "width", f"{look.width:g}")
    polygon = _add(style, "PolyStyle")
    _add(polygon, "color", kml_colour(look.colour, look.opacity))
    _add(polygon, "outline", "1" if look.width else "0")
    _add(_add(style, "BalloonStyle"), "text", BALLOON)


def _data(parent: ET.Element, values: Mapping[str, Any]) -> None:
    extended = _add(parent, "ExtendedData")
    for key, value in values.items():
        item = _add(extended, "Data")
        item.set("name", key)
        _add(item, "value", _text(value))


def _folder(parent: ET.Element, name: str, shown: bool = True) -> ET.Element:
    folder = _add(parent, "Folder")
    _add(folder, "name", name)
    if not shown:
        _add(folder, "visibility", "0")
    return folder


def _add(parent: ET.Element, tag: str, text: str | None = None) -> ET.Element:
    element = ET.SubElement(parent, _tag(tag))
    if text is not None:
        element.text = xml_text(text)
    return element


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
