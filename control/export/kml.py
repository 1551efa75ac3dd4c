"""KML 2.2 (OGC 07-147r2): a placemark an interval, with the time it was so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import shapely
from shapely.geometry.base import BaseGeometry as Geometry

from control.export.columns import AREA_COLUMNS, FRONT_COLUMNS
from control.export.extract import Extract, place_rows
from control.export.qml import UNKNOWN_COLOUR
from control.export.shapes import DECIMALS
from control.export.xmltext import xml_text
from control.snapshot import Layer

NAMESPACE = "http://www.opengis.net/kml/2.2"
DAY = timedelta(days=1)
NOBODY = "nobody"


def extract_to_kml(extract: Extract) -> bytes:
    """Write one folder a layer; a `TimeSpan` goes from the first to the last day, both included.

    Stretches of which nothing is known are left out. Names are text: KML descriptions may hold HTML, ours hold none.
    """
    ET.register_namespace("", NAMESPACE)
    root = ET.Element(_tag("kml"))
    document = _add(root, "Document")
    provenance = extract.provenance("kml")
    settings = extract.timeline.theatre.settings
    _add(document, "name", f"{settings.title}, {provenance.dates}")
    _add(document, "description", f"{provenance.line}. {settings.attribution} {settings.licence}")
    for actor in extract.timeline.theatre.actors.values():
        if not actor.parent:
            _style(document, actor.id, actor.colour)
    _style(document, NOBODY, UNKNOWN_COLOUR)
    # after the styles and before the folders: the schema has this order
    _data(document, {"provenance": provenance.to_json()})
    if Layer.PLACES in extract.layers:
        folder = _folder(document, Layer.PLACES)
        for row in place_rows(extract, unknown=False):
            point = shapely.Point(row.pop("lon"), row.pop("lat"))
            _placemark(folder, row.pop("name"), row.pop("start"), row.pop("end"), point, row)
    if extract.has_ground:
        ground = [layer for layer in extract.layers if layer != Layer.PLACES]
        folders: dict[Layer, ET.Element] = {layer: _folder(document, layer) for layer in ground}
        for shape in extract.shapes():
            columns = AREA_COLUMNS if shape.layer is Layer.AREAS else FRONT_COLUMNS
            data = {key: shape.properties[key] for key in columns if key in shape.properties}
            name = data.pop("name", None) or data["actor_name"] or data["standing"]
            _placemark(folders[shape.layer], name, shape.start, shape.end, shape.geometry, data)
    body: str = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode()


def _placemark(folder: ET.Element, name: str, start: date, end: date, shape: Geometry, data: dict[str, Any]) -> None:
    mark = _add(folder, "Placemark")
    _add(mark, "name", name)
    span = _add(mark, "TimeSpan")
    _add(span, "begin", start.isoformat())
    _add(span, "end", (end - DAY).isoformat())
    _add(mark, "styleUrl", f"#actor-{data.get('actor') or NOBODY}")
    _data(mark, {key: value for key, value in data.items() if value is not None})
    _geometry(mark, shape)


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


def _style(document: ET.Element, name: str, colour: str) -> None:
    """Add a style; KML writes colours as opacity, blue, green, red."""
    turned = colour[5:7] + colour[3:5] + colour[1:3]
    style = _add(document, "Style")
    style.set("id", f"actor-{name}")
    _add(_add(style, "IconStyle"), "color", f"ff{turned}")
    line = _add(style, "LineStyle")
    _add(line, "color", f"ff{turned}")
    _add(line, "width", "1.5")
    polygon = _add(style, "PolyStyle")
    _add(polygon, "color", f"8c{turned}")
    _add(polygon, "outline", "0")


def _data(parent: ET.Element, values: Mapping[str, Any]) -> None:
    extended = _add(parent, "ExtendedData")
    for key, value in values.items():
        item = _add(extended, "Data")
        item.set("name", key)
        _add(item, "value", str(value).lower() if isinstance(value, bool) else str(value))


def _folder(document: ET.Element, layer: Layer) -> ET.Element:
    folder = _add(document, "Folder")
    _add(folder, "name", str(layer))
    return folder


def _add(parent: ET.Element, tag: str, text: str | None = None) -> ET.Element:
    element = ET.SubElement(parent, _tag(tag))
    if text is not None:
        element.text = xml_text(text)
    return element


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
