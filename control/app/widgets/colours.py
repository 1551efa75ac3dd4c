"""Colours of others: nothing but colours, and to be seen on any page."""

from __future__ import annotations

import re

from control.map.palette import APP

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")

GREY = APP["grey"]
"""Readable on a light and on a dark page."""

LEAST_LUMINANCE = 70
"""Of 255, as sRGB values weigh (ITU-R BT.709); what is darker is lost on a dark page."""


def safe_colour(colour: str) -> str:
    """Return a colour in the form #rrggbb; grey for anything else."""
    return colour if _COLOUR.fullmatch(colour) else GREY


def colour_on_dark(colour: str) -> str:
    """Lighten a colour that would hardly be seen on a dark page; others stay as they are."""
    red, green, blue = (int(safe_colour(colour)[at : at + 2], 16) for at in (1, 3, 5))
    if 0.2126 * red + 0.7152 * green + 0.0722 * blue >= LEAST_LUMINANCE:
        return safe_colour(colour)
    return "#" + "".join(f"{channel + (255 - channel) // 2:02x}" for channel in (red, green, blue))
