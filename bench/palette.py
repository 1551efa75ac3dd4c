"""How well the actors' colours can be told apart, also by colour-blind readers.

    python bench/palette.py [--theatre seeds/iraq-syria] [--pairs N]

Prints the smallest CIEDE2000 distance (Sharma, Wu and Dalal 2005; no unit, 1 is about the least difference seen side by
side) between two holders of ground: under normal vision, and as seen without one of the three cones (Machado, Oliveira and
Fernandes 2009, severity 1.0). Actors with a parent are left out: their ground is drawn in the parent's colour.
"""

from __future__ import annotations

import argparse
import csv
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ROOT = Path(__file__).parent.parent

VISIONS: dict[str, Floats] = {
    "normal vision": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
"""Matrices of Machado et al. for linear sRGB, severity 1.0."""

_XYZ_OF_RGB = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]])  # fmt: skip  # noqa: E501
_WHITE_D65 = _XYZ_OF_RGB.sum(axis=1)


class Pair(NamedTuple):
    """Two actors and how far apart their colours are (CIEDE2000)."""

    distance: float
    first: str
    second: str


def holders(theatre: Path) -> dict[str, str]:
    """Return the colour (`#rrggbb`) by actor id of all actors of a theatre's folder that hold ground in their own name."""
    with (theatre / "actors.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["colour"] for row in csv.DictReader(file) if not row["parent"]}


def lab(colour: str, vision: str = "normal vision") -> Floats:
    """Return CIE L*a*b* (D65) of an sRGB colour `#rrggbb` as seen with one of `VISIONS`."""
    encoded = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    seen = np.clip(VISIONS[vision] @ linear, 0, 1)  # a screen shows nothing outside its gamut
    ratio = (_XYZ_OF_RGB @ seen) / _WHITE_D65
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def ciede2000(one: Floats, other: Floats) -> float:
    """Return the CIEDE2000 distance of two L*a*b* colours, all weights 1 (names as in Sharma, Wu and Dalal 2005)."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean_chroma = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    g = 0.5 * (1 - np.sqrt(mean_chroma**7 / (mean_chroma**7 + 25.0**7)))
    a1, a2 = (1 + g) * a1, (1 + g) * a2
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = np.degrees(np.arctan2(b1, a1)) % 360, np.degrees(np.arctan2(b2, a2)) % 360
    grey = c1 * c2 == 0
    turn = 0.0 if grey else (h2 - h1 + 180) % 360 - 180
    dl, dc, dh = l2 - l1, c2 - c1, 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2))
    l, c = (l1 + l2) / 2, (c1 + c2) / 2  # noqa: E741  the paper's name
    h = h1 + h2 if grey else (h1 + turn / 2) % 360
    t = (
        1
        - 0.17 * np.cos(np.radians(h - 30))
        + 0.24 * np.cos(np.radians(2 * h))
        + 0.32 * np.cos(np.radians(3 * h + 6))
        - 0.20 * np.cos(np.radians(4 * h - 63))
    )
    s_l = 1 + 0.015 * (l - 50) ** 2 / np.sqrt(20 + (l - 50) ** 2)
    s_c, s_h = 1 + 0.045 * c, 1 + 0.015 * c * t
    r_t = -2 * np.sqrt(c**7 / (c**7 + 25.0**7)) * np.sin(np.radians(60 * np.exp(-(((h - 275) / 25) ** 2))))
    return float(np.sqrt((dl / s_l) ** 2 + (dc / s_c) ** 2 + (dh / s_h) ** 2 + r_t * (dc / s_c) * (dh / s_h)))


def distances(colours: dict[str, str], vision: str) -> list[Pair]:
    """Return all pairs of actors, closest first, as seen with one of `VISIONS`."""
    seen = {actor: lab(colour, vision) for actor, colour in colours.items()}
    return sorted(Pair(ciede2000(seen[a], seen[b]), a, b) for a, b in combinations(sorted(seen), 2))


def main() -> None:
    """Print the closest pairs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--theatre", type=Path, default=ROOT / "seeds" / "iraq-syria", help="folder of the theatre")
    parser.add_argument("--pairs", type=int, default=1, help="how many of the closest pairs to print (default 1)")
    options = parser.parse_args()
    colours = holders(options.theatre)
    for vision in VISIONS:
        for pair in distances(colours, vision)[: options.pairs]:
            print(f"{vision:14} {pair.distance:5.1f}  {pair.first} / {pair.second}")


if __name__ == "__main__":
    main()
