"""Symbols of QGIS: markers, lines and fills as QML, some with colours that an expression finds for each feature."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from xml.etree import ElementTree as ET

from control.export.pictures.looks import FIRST_SIDE, FRONT, FRONT_ESTIMATED, HOLLOW, OUTLINE, SECOND_SIDE, SHEET

DOT, RING = 2.4, 3.8
"""Millimetres across: a place, and the ring around one that is besieged."""
BAND = 3.2
"""Millimetres from stripe to stripe of contested ground."""


@dataclass(frozen=True, slots=True)
class Paint:
    """One layer of a symbol.

    Attributes
    ----------
    kind
        The class of QGIS that draws it.
    options
        Its settings, as QGIS names them.
    found
        Settings that an expression finds for each feature: name of the property -> expression.
    line
        Of a pattern: the line that it repeats.
    """

    kind: str
    options: Mapping[str, str]
    found: Mapping[str, str] = field(default_factory=dict)
    line: Symbol | None = None


@dataclass(frozen=True, slots=True)
class Symbol:
    """How a feature is drawn: layers from below to above, and their opacity together, 0-1."""

    shape: Literal["marker", "line", "fill"]
    paints: tuple[Paint, ...]
    opacity: float = 1.0


def held_place(colour: str) -> Symbol:
    """Return the dot of a place that one side holds."""
    return Symbol("marker", (_dot(colour),))


def contested_place(first: str, second: str) -> Symbol:
    """Return a dot of two halves; expressions give the colours of the two sides."""
    half = _dot(SECOND_SIDE, second, name="semi_circle", angle="90")
    return Symbol("marker", (_dot(FIRST_SIDE, first), half))


def besieged_place(holder: str, besieger: str) -> Symbol:
    """Return a dot within a ring; expressions give the colours of the holder and of the besieger."""
    ring = {**_circle(SHEET, FIRST_SIDE), "size": str(RING), "outline_width": "0.8"}
    return Symbol(
        "marker",
        (Paint("SimpleMarker", ring, {"outlineColor": besieger}), _dot(FIRST_SIDE, holder)),
    )


def unknown_place() -> Symbol:
    """Return the hollow dot of a place of which nothing is known."""
    return Symbol("marker", (Paint("SimpleMarker", {**_circle(SHEET, HOLLOW), "size": "1.8"}),))


def ground(colour: str, opacity: float) -> Symbol:
    """Return ground in one colour."""
    return Symbol(
        "fill", (Paint("SimpleFill", {"color": rgba(colour), "style": "solid", "outline_style": "no"}),), opacity
    )


def striped_ground(first: str, second: str, opacity: float) -> Symbol:
    """Return stripes in two colours, given by expressions; the two patterns lie side by side, none on the other."""
    return Symbol("fill", (_stripes(FIRST_SIDE, first, 0.0), _stripes(SECOND_SIDE, second, BAND / 2)), opacity)


def front(estimated: bool) -> Symbol:
    """Return the line of a front, dashed where most of it is estimated."""
    colour, width, style = (FRONT_ESTIMATED, "0.3", "dash") if estimated else (FRONT, "0.5", "solid")
    return Symbol("line", (Paint("SimpleLine", _line(colour, width, style)),))


def write_symbol(parent: ET.Element, name: str, symbol: Symbol) -> None:
    """Write a symbol as QML."""
    element = ET.SubElement(
        parent, "symbol", name=name, type=symbol.shape, alpha=f"{symbol.opacity:g}", clip_to_extent="1", force_rhr="0"
    )
    for number, paint in enumerate(symbol.paints):
        layer = ET.SubElement(element, "layer", {"class": paint.kind, "enabled": "1", "pass": "0", "locked": "0"})
        table = ET.SubElement(layer, "Option", type="Map")
        for key, value in paint.options.items():
            ET.SubElement(table, "Option", name=key, value=value, type="QString")
        if paint.found:
            _write_found(ET.SubElement(layer, "data_defined_properties"), paint.found)
        if paint.line:
            # QGIS finds the symbol within a symbol by this name
            write_symbol(layer, f"@{name}@{number}", paint.line)


def rgba(colour: str) -> str:
    """Return #rrggbb as QGIS writes it: red, green, blue, opacity, 0-255."""
    return ",".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5)) + ",255"


def _write_found(parent: ET.Element, found: Mapping[str, str]) -> None:
    table = ET.SubElement(parent, "Option", type="Map")
    ET.SubElement(table, "Option", name="name", value="", type="QString")
    properties = ET.SubElement(table, "Option", name="properties", type="Map")
    for name, expression in found.items():
        item = ET.SubElement(properties, "Option", name=name, type="Map")
        ET.SubElement(item, "Option", name="active", value="true", type="bool")
        ET.SubElement(item, "Option", name="expression", value=expression, type="QString")
        ET.SubElement(item, "Option", name="type", value="3", type="int")  # QgsProperty::ExpressionBasedProperty
    ET.SubElement(table, "Option", name="type", value="collection", type="QString")


def _dot(colour: str, found: str = "", **options: str) -> Paint:
    settings = {**_circle(colour, OUTLINE), "size": str(DOT), **options}
    return Paint("SimpleMarker", settings, {"fillColor": found} if found else {})


def _circle(colour: str, outline: str) -> dict[str, str]:
    return {
        "name": "circle", "color": rgba(colour), "outline_color": rgba(outline), "outline_style": "solid",
        "outline_width": "0.2", "outline_width_unit": "MM", "size_unit": "MM",
    }  # fmt: skip


def _line(colour: str, width: str, style: str = "solid") -> dict[str, str]:
    return {
        "line_color": rgba(colour), "line_style": style, "line_width": width, "line_width_unit": "MM",
        "capstyle": "flat", "joinstyle": "round",
    }  # fmt: skip


def _stripes(colour: str, found: str, offset: float) -> Paint:
    line = Symbol("line", (Paint("SimpleLine", _line(colour, f"{BAND / 2:g}"), {"outlineColor": found}),))
    options = {
        "angle": "45", "distance": f"{BAND:g}", "distance_unit": "MM", "offset": f"{offset:g}", "offset_unit": "MM",
        "color": rgba(colour), "line_width": f"{BAND / 2:g}", "line_width_unit": "MM",
    }  # fmt: skip
    return Paint("LinePatternFill", options, line=line)
