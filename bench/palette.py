"""How well the actors' colours can be told apart, also by colour-blind readers.

    python bench/palette.py [--theatre seeds/iraq-syria] [--pairs N]

Prints the smallest CIEDE2000 distances (Sharma, Wu and Dalal 2005; no unit, 1 is about the least difference seen side by
side), under normal vision and as seen without one of the three cones (Machado, Oliveira and Fernandes 2009, severity 1.0):
between two holders' colours as dots have them, and between the tints of inferred ground, of one another and of bare land,
land abroad and the sea, on a light and on a dark page. Actors with a parent are left out: their ground is drawn in the
parent's colour.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from control.map.colour_distance import VISIONS, Floats, ciede2000, lab, rgb
from control.map.tints import AROUND, SCHEMES, tint

ROOT = Path(__file__).parent.parent


class Pair(NamedTuple):
    """Two actors and how far apart their colours are (CIEDE2000)."""

    distance: float
    first: str
    second: str


def holders(theatre: Path, column: str = "colour") -> dict[str, str]:
    """Return the colour (`#rrggbb`) by actor id of all actors of a theatre's folder that hold ground in their own name."""
    with (theatre / "actors.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row.get(column) or row["colour"] for row in csv.DictReader(file) if not row["parent"]}


def tints(colours: Mapping[str, str], column: str) -> dict[str, Floats]:
    """Return sRGB of the actors' inferred ground and of what lies around it."""
    scheme = SCHEMES[column]
    return {key: tint(colour, scheme) for key, colour in colours.items()} | {key: rgb(scheme[key]) for key in AROUND}


def distances(colours: Mapping[str, str], vision: str) -> list[Pair]:
    """Return all pairs of actors, closest first, as seen with one of `VISIONS`."""
    return _distances({actor: rgb(colour) for actor, colour in colours.items()}, vision)


def distances_of_tints(colours: Mapping[str, str], column: str, vision: str) -> list[Pair]:
    """Return the same of tints, on a light (`colour`) or a dark page (`colour_dark`)."""
    pairs = _distances(tints(colours, column), vision)
    return [pair for pair in pairs if not {pair.first, pair.second} <= set(AROUND)]


def _distances(colours: Mapping[str, Floats], vision: str) -> list[Pair]:
    seen = {actor: lab(colour, vision) for actor, colour in colours.items()}
    return sorted(Pair(float(ciede2000(seen[a], seen[b])), a, b) for a, b in combinations(sorted(seen), 2))


def main() -> None:
    """Print the closest pairs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--theatre", type=Path, default=ROOT / "seeds" / "iraq-syria", help="folder of the theatre")
    parser.add_argument("--pairs", type=int, default=1, help="how many of the closest pairs to print (default 1)")
    options = parser.parse_args()
    for page, column in (("light", "colour"), ("dark", "colour_dark")):
        colours = holders(options.theatre, column)
        for vision in VISIONS:
            for what, pairs in (
                ("dots", distances(colours, vision)),
                ("ground", distances_of_tints(colours, column, vision)),
            ):
                for pair in pairs[: options.pairs]:
                    print(f"{page:6}{what:8}{vision:14} {pair.distance:5.1f}  {pair.first} / {pair.second}")


if __name__ == "__main__":
    main()
