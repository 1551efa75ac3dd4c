"""Ground in the actors' colours: how opaque it is, and whether the tints of a theatre can be told apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from control.map.colour_distance import NORMAL, ciede2000, lab, linear, rgb
from control.map.palette import DARK, LIGHT
from control.record.model import Actor

Floats = NDArray[np.float64]

LEAST: Mapping[str, float] = {NORMAL: 12.0, "protanopia": 9.0, "deuteranopia": 9.0}
"""CIEDE2000 between two tints of inferred ground, and between a tint and what lies around it, by vision."""

AROUND = {"land": "bare land", "neighbour": "land abroad", "sea": "the sea"}
"""Colours of the palette that a tint lies on or beside, and what they are of."""

SCHEMES = {"colour": LIGHT, "colour_dark": DARK}
"""Column of actors.csv -> the colours of the map that it is painted on."""

NEAR_BLACK_CHROMA, NEAR_BLACK_LUMINANCE = 24 / 255, 0.05
"""As in opacity.js: a thin coat of near-black is a pale grey, which land abroad is too."""

_STEPS = np.linspace(0, 1, 18)
_RELATIVE_LUMINANCE = np.array([0.2126, 0.7152, 0.0722])


class CloseTints(NamedTuple):
    """Two tints that are easily taken for each other, and what would mend it.

    Attributes
    ----------
    column
        Of actors.csv: `colour` or `colour_dark`.
    first, second
        Ids of actors; the second may be a key of `AROUND`.
    distance, least
        CIEDE2000, and what it should be at least.
    vision
        The one for which they are closest, as measured by `least`.
    mended
        The nearest colour for the first actor that is far enough from everything, if there is one.
    """

    column: str
    first: str
    second: str
    distance: float
    least: float
    vision: str
    mended: str | None


def opacity(colour: str, *, estimated: bool, scheme: Mapping[str, str] = LIGHT) -> float:
    """Return the opacity of an actor's ground, 0 to 1; a near-black has a least one."""
    share = float(scheme["inferred" if estimated else "reported"])
    return max(share, float(scheme["least-of-black"])) if _is_near_black(rgb(colour)) else share


def tint(colour: str, scheme: Mapping[str, str]) -> Floats:
    """Return sRGB, 0 to 1, shape (3,), of inferred ground in an actor's colour on bare land, as a screen rounds it."""
    share = opacity(colour, estimated=True, scheme=scheme)
    rounded: Floats = np.rint(255 * (share * rgb(colour) + (1 - share) * rgb(scheme["land"]))) / 255
    return rounded


def close_tints(actors: Sequence[Actor]) -> list[CloseTints]:
    """Return the pairs of tints that are closer than `LEAST`, of actors that hold ground in their own name."""
    holders = [actor for actor in actors if not actor.parent]
    return [pair for column in SCHEMES for pair in _close(column, holders)]


def _close(column: str, holders: Sequence[Actor]) -> Iterator[CloseTints]:
    scheme = SCHEMES[column]
    own = {actor.id: (column == "colour_dark" and actor.colour_dark) or actor.colour for actor in holders}
    tints = {key: tint(colour, scheme) for key, colour in own.items()}
    tints |= {key: rgb(scheme[key]) for key in AROUND}
    pairs = [(first, second) for second, first in combinations(own, 2)] + [
        (key, other) for key in own for other in AROUND
    ]
    for first, second in pairs:
        found = {v: float(ciede2000(lab(tints[first], v), lab(tints[second], v))) for v in LEAST}
        vision = min(LEAST, key=lambda v: found[v] / LEAST[v])
        if found[vision] < LEAST[vision]:
            others = np.array([value for key, value in tints.items() if key != first])
            mended = _mended(own[first], others, scheme)
            yield CloseTints(column, first, second, found[vision], LEAST[vision], vision, mended)


def _mended(colour: str, others: Floats, scheme: Mapping[str, str]) -> str | None:
    """Return the colour nearest to `colour` whose tint is far enough from all `others` (n, 3)."""
    grid = np.rint(255 * np.stack(np.meshgrid(_STEPS, _STEPS, _STEPS, indexing="ij"), axis=-1).reshape(-1, 3)) / 255
    least = np.where(_is_near_black(grid), float(scheme["least-of-black"]), 0.0)
    share = np.maximum(least, float(scheme["inferred"]))[:, None]
    seen = share * grid + (1 - share) * rgb(scheme["land"])
    apart = np.full(len(grid), True)
    for vision, wanted in LEAST.items():
        distance = ciede2000(lab(seen, vision)[:, None], lab(others, vision)[None])
        apart &= (distance >= wanted + 0.3).all(axis=1)  # what a screen rounds away
    if not apart.any():
        return None
    away = ciede2000(lab(grid[apart]), lab(rgb(colour)))
    red, green, blue = np.rint(255 * grid[apart][int(np.argmin(away))]).astype(int)
    return f"#{red:02x}{green:02x}{blue:02x}"


def _is_near_black(colours: Floats) -> NDArray[np.bool_]:
    dark = linear(colours) @ _RELATIVE_LUMINANCE < NEAR_BLACK_LUMINANCE
    found: NDArray[np.bool_] = dark & (np.ptp(colours, axis=-1) < NEAR_BLACK_CHROMA)
    return found
