"""Names on a picture, so that none lies over another or over a dot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from control.export.basemap import Projection
from control.export.drawing import Text, text_width

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Wish:
    """A name that would like to stand by its dot; pixels."""

    text: str
    x: float
    y: float
    radius: float
    size: float
    bold: bool


def place_labels(
    wishes: Sequence[Wish], dots: Sequence[Box], projection: Projection, taken: Sequence[Box]
) -> list[Text]:
    """Place names beside their dots, the first wishes first; one that finds no room is left out.

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
    for wish in wishes:
        for avoided in (dots, ()) if wish.bold else (dots,):
            fit = _first_fit(wish, [*filled, *avoided], projection)
            if fit is not None:
                text, box = fit
                filled.append(box)
                found.append(text)
                break
    return found


def _first_fit(wish: Wish, taken: Sequence[Box], projection: Projection) -> tuple[Text, Box] | None:
    """Return the best of the spots that are free, and the box it takes."""
    width, height = text_width(wish.text, wish.size, wish.bold), wish.size * 0.95
    for anchor, x, y in _spots(wish):
        left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
        box = (left - 2, y - height, left + width + 2, y + wish.size * 0.28)
        inside = projection.holds(box[0], box[1], 3) and projection.holds(box[2], box[3], 3)
        if inside and not any(_meet(box, other) for other in taken):
            return Text(x, y, wish.text, wish.size, anchor=anchor, bold=wish.bold, halo=2.0), box
    return None


def _spots(wish: Wish) -> list[tuple[Literal["start", "middle", "end"], float, float]]:
    gap, drop = wish.radius + 3, wish.size * 0.34
    return [
        ("start", wish.x + gap, wish.y + drop),
        ("end", wish.x - gap, wish.y + drop),
        ("middle", wish.x, wish.y - gap - 1),
        ("middle", wish.x, wish.y + gap + wish.size * 0.78),
        ("start", wish.x + gap * 0.7, wish.y - gap * 0.6),
        ("start", wish.x + gap * 0.7, wish.y + gap * 0.6 + wish.size * 0.7),
        ("end", wish.x - gap * 0.7, wish.y - gap * 0.6),
        ("end", wish.x - gap * 0.7, wish.y + gap * 0.6 + wish.size * 0.7),
    ]


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
