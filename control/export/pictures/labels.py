"""Names on a picture, so that none lies over another or over a dot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from control.export.pictures.basemap import Projection
from control.export.pictures.drawing import Text, text_width

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class LabelRequest:
    """A name that would like to stand by its dot; pixels."""

    text: str
    x: float
    y: float
    radius: float
    size: float
    bold: bool


def place_labels(
    asked: Sequence[LabelRequest], dots: Sequence[Box], projection: Projection, taken: Sequence[Box]
) -> list[Text]:
    """Place names beside their dots, the first ones first; one that finds no room is left out.

    Right of the dot is best, then left, above and below, as cartographers have it (Imhof 1962).

    Parameters
    ----------
    dots
        What no name may cover; a bold one may where it finds no other room: a capital without a name helps nobody.
    taken
        Other names that stand already.
    """
    found: list[Text] = []
    filled = list(taken)
    for label in asked:
        for avoided in (dots, ()) if label.bold else (dots,):
            fit = _first_fit(label, [*filled, *avoided], projection)
            if fit is not None:
                text, box = fit
                filled.append(box)
                found.append(text)
                break
    return found


def _first_fit(label: LabelRequest, taken: Sequence[Box], projection: Projection) -> tuple[Text, Box] | None:
    """Return the best of the spots that are free, and the box it takes."""
    width, height = text_width(label.text, label.size, label.bold), label.size * 0.95
    for anchor, x, y in _spots(label):
        left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
        box = (left - 2, y - height, left + width + 2, y + label.size * 0.28)
        inside = projection.holds(box[0], box[1], 3) and projection.holds(box[2], box[3], 3)
        if inside and not any(_meet(box, other) for other in taken):
            return Text(x, y, label.text, label.size, anchor=anchor, bold=label.bold, halo=2.0), box
    return None


def _spots(label: LabelRequest) -> list[tuple[Literal["start", "middle", "end"], float, float]]:
    gap, drop = label.radius + 3, label.size * 0.34
    return [
        ("start", label.x + gap, label.y + drop),
        ("end", label.x - gap, label.y + drop),
        ("middle", label.x, label.y - gap - 1),
        ("middle", label.x, label.y + gap + label.size * 0.78),
        ("start", label.x + gap * 0.7, label.y - gap * 0.6),
        ("start", label.x + gap * 0.7, label.y + gap * 0.6 + label.size * 0.7),
        ("end", label.x - gap * 0.7, label.y - gap * 0.6),
        ("end", label.x - gap * 0.7, label.y + gap * 0.6 + label.size * 0.7),
    ]


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
