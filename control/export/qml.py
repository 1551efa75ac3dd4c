"""QGIS styles (QML): a colour an actor, and the time columns that QGIS' temporal controller plays."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from control.markup import plain_text
from control.model import Actor
from control.snapshot import Layer

FIELDS_START_AND_END = "2"
"""Qgis::VectorTemporalMode::FeatureDateTimeStartAndEndFromFields."""
WITHOUT_END = "0"
"""Qgis::VectorTemporalLimitMode::IncludeBeginExcludeEnd: the last day of a stretch is the one before its end."""
UNKNOWN_COLOUR = "#b5b2aa"
_GEOMETRY = {Layer.PLACES: ("marker", "0"), Layer.FRONTS: ("line", "1"), Layer.AREAS: ("fill", "2")}


def layer_style(layer: Layer, actors: Sequence[Actor]) -> str:
    """Return the QML of a layer: categories by the column `actor`, and time from `start` to before `end`.

    Areas are half transparent, so that whatever lies below stays in sight; places are labelled by name from 1:2,000,000 on.
    """
    shape, geometry = _GEOMETRY[layer]
    root = ET.Element(
        "qgis",
        version="3.34.0",
        styleCategories="Symbology|Labeling|Temporal",
        labelsEnabled="1" if layer is Layer.PLACES else "0",
    )
    temporal = ET.SubElement(
        root,
        "temporal",
        enabled="1",
        mode=FIELDS_START_AND_END,
        limitMode=WITHOUT_END,
        startField="start",
        endField="end",
        durationField="",
        durationUnit="min",
        fixedDuration="0",
        accumulate="0",
        startExpression="",
        endExpression="",
    )
    fixed = ET.SubElement(temporal, "fixedRange")
    ET.SubElement(fixed, "start")
    ET.SubElement(fixed, "end")
    renderer = ET.SubElement(
        root,
        "renderer-v2",
        type="singleSymbol" if layer is Layer.FRONTS else "categorizedSymbol",
        symbollevels="0",
        enableorderby="0",
        forceraster="0",
    )
    if layer is Layer.FRONTS:
        _symbol(ET.SubElement(renderer, "symbols"), "0", shape, "#181818")
    else:
        renderer.set("attr", "actor")
        _categories(renderer, shape, actors)
    ET.SubElement(renderer, "rotation")
    ET.SubElement(renderer, "sizescale")
    if layer is Layer.PLACES:
        _labels(root)
    ET.SubElement(root, "layerGeometryType").text = geometry
    ET.indent(root, " ")
    head = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
    return head + ET.tostring(root, encoding="unicode") + "\n"


def _categories(renderer: ET.Element, shape: str, actors: Sequence[Actor]) -> None:
    categories, symbols = ET.SubElement(renderer, "categories"), ET.SubElement(renderer, "symbols")
    rest = [("", "nobody known", UNKNOWN_COLOUR)]
    for number, (value, label, colour) in enumerate([*((a.id, a.name, a.colour) for a in actors), *rest]):
        ET.SubElement(
            categories,
            "category",
            value=value,
            label=plain_text(label),
            symbol=str(number),
            render="true",
            type="string" if value else "NULL",
        )
        _symbol(symbols, str(number), shape, colour)


def _symbol(parent: ET.Element, name: str, shape: str, colour: str) -> None:
    paint = ",".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5)) + ",255"
    layers = {
        "marker": ("SimpleMarker", {"name": "circle", "color": paint, "outline_color": "34,37,42,255",
                                    "outline_style": "solid", "outline_width": "0.2", "outline_width_unit": "MM",
                                    "size": "2.4", "size_unit": "MM"}),
        "line": ("SimpleLine", {"line_color": paint, "line_style": "solid", "line_width": "0.5",
                                "line_width_unit": "MM", "capstyle": "round", "joinstyle": "round"}),
        "fill": ("SimpleFill", {"color": paint, "style": "solid", "outline_style": "no"}),
    }  # fmt: skip
    kind, options = layers[shape]
    alpha = "0.55" if shape == "fill" else "1"
    symbol = ET.SubElement(parent, "symbol", name=name, type=shape, alpha=alpha, clip_to_extent="1", force_rhr="0")
    layer = ET.SubElement(symbol, "layer", {"class": kind, "enabled": "1", "pass": "0", "locked": "0"})
    table = ET.SubElement(layer, "Option", type="Map")
    for key, value in options.items():
        ET.SubElement(table, "Option", name=key, value=value, type="QString")


def _labels(root: ET.Element) -> None:
    labeling = ET.SubElement(root, "labeling", type="simple")
    settings = ET.SubElement(labeling, "settings", calloutType="simple")
    style = ET.SubElement(
        settings, "text-style", fieldName="name", isExpression="0", fontSize="8", fontSizeUnit="Point",
        textColor="29,32,36,255", textOpacity="1",
    )  # fmt: skip
    ET.SubElement(
        style, "text-buffer", bufferDraw="1", bufferSize="0.8", bufferSizeUnits="MM", bufferColor="255,255,255,255",
        bufferOpacity="0.9",
    )  # fmt: skip
    ET.SubElement(settings, "placement", placement="6", dist="0.8", distUnits="MM", priority="5")
    ET.SubElement(settings, "rendering", scaleVisibility="1", scaleMin="2000000", scaleMax="1", obstacle="1")
