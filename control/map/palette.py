"""Every colour that belongs to no actor: one file for the page, the pictures, QGIS, KML and the app.

Python reads it here. The page gets the colours of a scheme as CSS variables, and its script reads those.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("palette.json")
_PALETTE: Mapping[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))

LIGHT: Mapping[str, str] = _PALETTE["light"]
"""The map on a light page; pictures have its land, water and borders."""

DARK: Mapping[str, str] = _PALETTE["dark"]
"""The map on a dark page."""

PAPER: Mapping[str, str] = _PALETTE["paper"]
"""What is drawn otherwise in pictures, in QGIS and on a globe than on the page."""

APP: Mapping[str, str] = _PALETTE["app"]
"""The page around the map."""

SERIES: tuple[str, ...] = tuple(_PALETTE["series"])
"""Lines of a chart that belong to no actor. Of Okabe and Ito: the colour-blind tell them apart."""

STANDINGS: Mapping[str, str] = _PALETTE["standings"]
"""Assessors side by side: they agree, they differ (the vermilion of Okabe and Ito), one does not know."""

_SCHEMES = {"light": LIGHT, "dark": DARK}


def with_variables(css: str) -> str:
    """Put the CSS variables of a scheme into a style sheet, in the place of each line `--cm-palette: SCHEME;`."""
    lines = []
    for line in css.splitlines(keepends=True):
        name, _, scheme = line.strip().rstrip(";").partition(": ")
        if name == "--cm-palette":
            indent = line[: line.index("-")]
            lines += [f"{indent}--cm-{key}: {value};\n" for key, value in _SCHEMES[scheme].items()]
        else:
            lines.append(line)
    return "".join(lines)
