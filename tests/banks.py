"""Towns of which the bank is known, against the rivers as drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import shapely

from control.record.theatre import Theatre
from control.territory.landscape import terrain_of
from geo.place import LonLat


def misplaced(
    theatre: Theatre,
    rows: Sequence[Mapping[str, str]],
    on_the_left: Mapping[str, tuple[float, float]],
    clearance_m: float,
) -> list[str]:
    """Return the towns that lie on the other bank than the table says, or nearer to the river than the clearance.

    A town on the left bank is parted by the river from nobody there, one on the right bank by the river alone.
    """
    terrain = terrain_of(theatre)
    number = {river.name: i for i, river in enumerate(terrain.rivers)}
    spots = terrain.to_metres([theatre.gazetteer.place(row["place_id"]).position for row in rows])
    anchors = terrain.to_metres([LonLat(*on_the_left[row["river"]]) for row in rows])
    parted = set(zip(*(found.tolist() for found in terrain.separations(spots, anchors)), strict=True))
    return [
        row["place_id"]
        for i, row in enumerate(rows)
        if ((i, number[row["river"]]) in parted) != (row["bank"] == "right")
        or terrain.rivers[number[row["river"]]].line.distance(shapely.Point(spots[i])) < clearance_m
    ]
