"""A drawing: shapes and text in pixels, which a painter turns to SVG or to a bitmap."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from anyascii import anyascii
from PIL import ImageFont
from shapely.geometry.base import BaseGeometry as Geometry

from control.export.pictures.looks import INK, OUTLINE

LAST_LETTER = 0x17F
"""Beyond Latin Extended-A the font has few letters: such text is written in ASCII in bitmaps."""
LEADING = 1.32


@dataclass(frozen=True, slots=True)
class Area:
    """A polygon or several; with `second` it is striped in both colours."""

    geometry: Geometry
    colour: str
    opacity: float = 1.0
    second: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line or several; `dash` is the length of dashes and gaps, px."""

    geometry: Geometry
    colour: str
    width: float
    opacity: float = 1.0
    dash: float | None = None


@dataclass(frozen=True, slots=True)
class Dot:
    """A place: a disc, in two halves where it is contested, with a ring where it is besieged."""

    x: float
    y: float
    radius: float
    colour: str
    second: str | None = None
    ring: str | None = None
    outline: str = OUTLINE


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; (x, y) is the left, middle or right end of its baseline."""

    x: float
    y: float
    text: str
    size: float
    colour: str = INK
    anchor: Literal["start", "middle", "end"] = "start"
    bold: bool = False
    halo: float = 0.0
    spacing: float = 0.0


Item = Area | Line | Dot | Text


@dataclass(frozen=True)
class Drawing:
    """Items in the order in which they are painted.

    Attributes
    ----------
    frame
        (left, top, right, bottom) of the map; `inside` is cut there.
    inside, around
        Items of the map, and what stands around it.
    """

    width: int
    height: int
    frame: tuple[float, float, float, float]
    background: str
    inside: list[Item] = field(default_factory=list)
    around: list[Item] = field(default_factory=list)


@lru_cache(maxsize=64)
def font(size: float) -> Any:
    """Return the font that comes with Pillow, in pixels: the same on every machine."""
    return ImageFont.load_default(size)


def text_width(text: str, size: float, bold: bool = False, spacing: float = 0.0) -> float:
    """Measure a line of text in pixels; with room to spare for the reader's own font in an SVG."""
    plain = float(font(100).getlength(printable(text))) * size / 100
    return plain * (1.09 if bold else 1.04) + spacing * len(text)


def printable(text: str) -> str:
    """Write text in letters that the font has."""
    return anyascii(text) if any(ord(c) > LAST_LETTER and c not in "–—’" for c in text) else text


def wrapped(text: str, size: float, width: float) -> list[str]:
    """Break text into lines of at most `width` pixels; a longer word stands alone."""
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
