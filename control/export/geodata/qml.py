"""QGIS styles (QML): rules for what is known and how, and the time columns that QGIS' temporal controller plays."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from control.export.geodata.qml_rules import write_rules
from control.export.geodata.qml_symbols import rgba
from control.export.pictures.looks import INK, SHEET
from control.record.model import Actor
from control.snapshot import Layer

START_AND_END_FROM_EXPRESSIONS = "4"
"""Qgis::VectorTemporalMode::FeatureDateTimeStartAndEndFromExpressions. The columns themselves (mode 2) hold dates, and QGIS
takes a date for less than midnight of the same day: each state would be drawn a day early, over the one before it."""
WITHOUT_END = "0"
"""Qgis::VectorTemporalLimitMode::IncludeBeginExcludeEnd: the last day of a stretch is the one before its end."""
LABELS_FROM = 2_000_000
"""Names stand on maps of this scale and of larger ones: 1 to so many."""
_GEOMETRY = {Layer.PLACES: "0", Layer.FRONTS: "1", Layer.AREAS: "2"}


def layer_style(layer: Layer, actors: Sequence[Actor]) -> str:
    """Return the QML of a layer: a rule for each way to stand and each actor, and time from `start` to before `end`.

    Places and ground of which nothing is known have a rule that is switched off. Ground is half transparent, so that
    whatever lies below stays in sight; places that are drawn are labelled by name from 1:2,000,000 on.
    """
    root = ET.Element(
        "qgis",
        version="3.22.0",
        styleCategories="Symbology|Labeling|Temporal",
        labelsEnabled="1" if layer is Layer.PLACES else "0",
    )
    _temporal(root)
    renderer = ET.SubElement(
        root, "renderer-v2", type="RuleRenderer", symbollevels="0", enableorderby="0", forceraster="0"
    )
    write_rules(renderer, layer, actors)
    if layer is Layer.PLACES:
        _labels(root)
    ET.SubElement(root, "layerGeometryType").text = _GEOMETRY[layer]
    ET.indent(root, " ")
    head = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
    return head + ET.tostring(root, encoding="unicode") + "\n"


def _temporal(root: ET.Element) -> None:
    temporal = ET.SubElement(
        root,
        "temporal",
        enabled="1",
        mode=START_AND_END_FROM_EXPRESSIONS,
        limitMode=WITHOUT_END,
        durationField="",
        durationUnit="min",
        fixedDuration="0",
        accumulate="0",
        startExpression='to_datetime("start")',
        endExpression='to_datetime("end")',
    )
    fixed = ET.SubElement(temporal, "fixedRange")
    ET.SubElement(fixed, "start")
    ET.SubElement(fixed, "end")


def _labels(root: ET.Element) -> None:
    labeling = ET.SubElement(root, "labeling", type="simple")
    settings = ET.SubElement(labeling, "settings", calloutType="simple")
    style = ET.SubElement(
        settings, "text-style", fieldName="name", isExpression="0", fontSize="8", fontSizeUnit="Point",
        fontWeight="50", textColor=rgba(INK), textOpacity="1",
    )  # fmt: skip
    ET.SubElement(
        style, "text-buffer", bufferDraw="1", bufferSize="0.8", bufferSizeUnits="MM", bufferColor=rgba(SHEET),
        bufferOpacity="0.9",
    )  # fmt: skip
    ET.SubElement(
        settings, "placement", placement="6", offsetType="1", dist="0.4", distUnits="MM", priority="5"
    )  # beside the dot
    # QGIS reads denominators here, and its names say the opposite of its windows: `scaleMin` is the largest scale at
    # which names stand, `scaleMax` the smallest.
    ET.SubElement(settings, "rendering", scaleVisibility="1", scaleMin="1", scaleMax=str(LABELS_FROM), obstacle="1")
