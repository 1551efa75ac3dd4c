"""Drawings as SVG 1.1: text stays text."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import shapely
from shapely.geometry.base import BaseGeometry as Geometry

from control.export.pictures.basemap import BORDER
from control.export.pictures.drawing import Area, Dot, Drawing, Item, Line, Text
from control.export.pictures.looks import SHEET
from control.export.xml_text import xml_text

NAMESPACE = "http://www.w3.org/2000/svg"
FONTS = "Aileron, 'Helvetica Neue', Helvetica, Arial, sans-serif"
STRIPE = 5.0
METADATA = "provenance"


def to_svg(drawing: Drawing, title: str, provenance: str) -> bytes:
    """Write a drawing; the provenance stands in `<metadata>`."""
    ET.register_namespace("", NAMESPACE)
    size = {"width": str(drawing.width), "height": str(drawing.height)}
    root = ET.Element(_tag("svg"), size | {"viewBox": f"0 0 {drawing.width} {drawing.height}", "role": "img"})
    _add(root, "title").text = xml_text(title)
    _add(root, "metadata", id=METADATA).text = xml_text(provenance)
    defs = _add(root, "defs")
    left, top, right, bottom = drawing.frame
    box = {"x": _n(left), "y": _n(top), "width": _n(right - left), "height": _n(bottom - top)}
    _add(_add(defs, "clipPath", id="frame"), "rect", **box)
    patterns: dict[tuple[str, str], str] = {}
    _add(root, "rect", width="100%", height="100%", fill=SHEET)
    inside = _add(root, "g", **{"clip-path": "url(#frame)", "font-family": FONTS})
    _add(inside, "rect", fill=drawing.background, **box)
    for item in drawing.inside:
        _draw(inside, item, defs, patterns)
    _add(root, "rect", fill="none", stroke=BORDER, **{"stroke-width": "1", **box})
    around = _add(root, "g", **{"font-family": FONTS})
    for item in drawing.around:
        _draw(around, item, defs, patterns)
    body: str = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode()


def _draw(parent: ET.Element, item: Item, defs: ET.Element, patterns: dict[tuple[str, str], str]) -> None:
    if isinstance(item, Area):
        fill = item.colour if item.second is None else _pattern(defs, patterns, item.colour, item.second)
        opacity = {"fill-opacity": _n(item.opacity)} if item.opacity < 1 else {}
        _add(parent, "path", d=_path(item.geometry), fill=fill, **{"fill-rule": "evenodd", **opacity})
    elif isinstance(item, Line):
        style = {"stroke-width": _n(item.width), "stroke-linejoin": "round", "stroke-linecap": "butt"}
        style |= {"stroke-opacity": _n(item.opacity)} if item.opacity < 1 else {}
        style |= {"stroke-dasharray": _n(item.dash)} if item.dash else {}
        _add(parent, "path", d=_path(item.geometry), fill="none", stroke=item.colour, **style)
    elif isinstance(item, Dot):
        _dot(parent, item)
    else:
        _text(parent, item)


def _dot(parent: ET.Element, dot: Dot) -> None:
    at = {"cx": _n(dot.x), "cy": _n(dot.y)}
    if dot.ring:
        _add(parent, "circle", r=_n(dot.radius + 2.6), fill="none", stroke=dot.ring, **{"stroke-width": "2.4", **at})
    _add(parent, "circle", r=_n(dot.radius), fill=dot.colour, stroke=dot.outline, **{"stroke-width": "1", **at})
    if dot.second:
        x, r = dot.x, dot.radius - 0.5
        d = f"M{_n(x)} {_n(dot.y - r)}A{_n(r)} {_n(r)} 0 0 1 {_n(x)} {_n(dot.y + r)}Z"
        _add(parent, "path", d=d, fill=dot.second)


def _text(parent: ET.Element, text: Text) -> None:
    style = {"font-size": _n(text.size), "text-anchor": text.anchor, "fill": text.colour}
    style |= {"font-weight": "bold"} if text.bold else {}
    style |= {"letter-spacing": _n(text.spacing)} if text.spacing else {}
    if text.halo:
        style |= {"stroke": SHEET, "stroke-width": _n(2 * text.halo), "stroke-opacity": "0.9"}
        style |= {"stroke-linejoin": "round", "paint-order": "stroke"}
    _add(parent, "text", x=_n(text.x), y=_n(text.y), **style).text = xml_text(text.text)


def _pattern(defs: ET.Element, patterns: dict[tuple[str, str], str], first: str, second: str) -> str:
    """Return the reference of a pattern of diagonal stripes."""
    if (first, second) not in patterns:
        name = patterns[first, second] = f"stripes-{len(patterns)}"
        both = _n(2 * STRIPE)
        pattern = _add(defs, "pattern", id=name, width=both, height=both, patternUnits="userSpaceOnUse")
        pattern.set("patternTransform", "rotate(45)")
        _add(pattern, "rect", width=both, height=both, fill=first)
        _add(pattern, "rect", width=_n(STRIPE), height=both, fill=second)
    return f"url(#{patterns[first, second]})"


def _path(geometry: Geometry) -> str:
    pieces = []
    for part in shapely.get_parts(geometry):
        rings = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
        for ring in rings:
            pairs = shapely.get_coordinates(ring).tolist()
            closed = part.geom_type == "Polygon"
            body = "L".join(f"{_n(x)} {_n(y)}" for x, y in (pairs[:-1] if closed else pairs))
            pieces.append(f"M{body}{'Z' if closed else ''}")
    return "".join(pieces)


def _n(value: float) -> str:
    return f"{round(value, 1):g}" if abs(value) >= 1 or not value else f"{value:.2g}"


def _add(parent: ET.Element, tag: str, /, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, _tag(tag), attributes)


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
