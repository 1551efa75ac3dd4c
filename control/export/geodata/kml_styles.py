"""How each way to stand looks in KML, which has no stripes and no rings: opacities, outlines, and the colours of names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from control.export.pictures.looks import ASSESSED, FRONT, FRONT_ESTIMATED, SHEET, UNKNOWN
from control.map.tints import opacity
from control.record.model import Actor
from control.snapshot import Layer

FOLDERS = {
    Layer.PLACES: ("controlled", "besieged", "contested", "divided", "unknown"),
    Layer.AREAS: ("assessed", "estimated", "contested", "divided", "unknown", "nobody"),
    Layer.FRONTS: ("reported", "estimated"),
}
"""The folders of a layer, in order: whatever stands alike can be switched on and off together."""
HIDDEN = frozenset({"unknown", "nobody"})
"""Folders that are switched off at first."""


@dataclass(frozen=True, slots=True)
class Look:
    """A style.

    Attributes
    ----------
    id
        Its id within the document.
    colour, opacity
        Of dots and ground; #rrggbb and 0-1.
    size
        Of the icon, times the usual.
    name
        Colour of the name beside a dot.
    line, width
        Of a front, or of the outline of ground; no outline where `width` is 0.
    """

    id: str
    colour: str
    opacity: float = 1.0
    size: float = 1.0
    name: str = SHEET
    line: str = UNKNOWN
    width: float = 0.0


def folder_of(layer: Layer, data: Mapping[str, Any]) -> str:
    """Return the folder of its layer that a feature belongs to, by its columns."""
    if layer is Layer.FRONTS:
        return "reported" if data["assessed_km"] >= data["length_km"] / 2 else "estimated"
    return str(data["status" if layer is Layer.PLACES else "standing"])


def look_of(layer: Layer, data: Mapping[str, Any], actors: Mapping[str, Actor]) -> Look:
    """Return the style of a feature, by its columns.

    Of contested or divided ground the outline, and of such a place the name, has the colour of the second side; the name
    of a besieged place has that of the besieger.
    """
    folder = folder_of(layer, data)
    if layer is Layer.FRONTS:
        dark = folder == "reported"
        colour = FRONT if dark else FRONT_ESTIMATED
        return Look(f"front-{folder}", colour, line=colour, width=3.0 if dark else 1.5)
    sides = [side for side in (data["actor"], *str(data["rivals"] or "").split("; ")) if side]
    if folder in HIDDEN or not sides:
        return Look(f"{layer}-{folder}", UNKNOWN, ASSESSED if layer is Layer.AREAS else 1.0, size=0.6)
    if layer is Layer.PLACES and data["besieger"]:
        sides[1:1] = [data["besieger"]]
    first, second = (actors[side].colour for side in (sides[0], sides[min(1, len(sides) - 1)]))
    known = "-".join([str(layer), folder, *sides[:2]])
    if layer is Layer.PLACES:
        return Look(known, first) if len(sides) == 1 else Look(known, first, size=1.2, name=second)
    if folder in {"contested", "divided"}:
        return Look(known, first, ASSESSED, line=second, width=3.0)
    return Look("-".join([str(layer), folder, sides[0]]), first, opacity(first, estimated=folder == "estimated"))


def kml_colour(colour: str, opacity: float) -> str:
    """Return #rrggbb as KML writes it: opacity, blue, green, red."""
    return f"{round(opacity * 255):02x}{colour[5:7]}{colour[3:5]}{colour[1:3]}"
