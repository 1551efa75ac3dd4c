"""Everything about one date, with an id that anyone can recompute."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum

from control import __version__
from control.ground import Front, GroundArea, Grounds
from control.model import Assessment
from control.timeline import Timeline
from geo.terrain import Terrain


class Layer(StrEnum):
    """A view of a snapshot."""

    PLACES = "places"
    AREAS = "areas"
    FRONTS = "fronts"


@dataclass(frozen=True)
class Snapshot:
    """The assessments of one date, as known on one date, under one policy.

    Attributes
    ----------
    id
        Hash of (data, policy, date, known_on, code version): the same id means the same answers. The layers are views of
        them and do not change it.
    layers
        What it is to show, each once.
    areas, fronts, terrain
        There when their layer is asked for; in metres of the terrain's CRS.
    """

    id: str
    timeline: Timeline
    day: date
    known_on: date | None
    assessments: dict[str, Assessment]
    layers: tuple[Layer, ...] = (Layer.PLACES,)
    areas: tuple[GroundArea, ...] = ()
    fronts: tuple[Front, ...] = ()
    terrain: Terrain | None = None


def take_snapshot(
    timeline: Timeline,
    day: date,
    known_on: date | None = None,
    layers: Sequence[Layer] = (Layer.PLACES,),
    grounds: Grounds | None = None,
) -> Snapshot:
    """Assess every place on `day`, and the ground where a layer needs it.

    Parameters
    ----------
    grounds
        The ground of the same timeline as known on `known_on`, where the caller has it already.

    Raises
    ------
    SpanError
        When `day` is outside the theatre's span.
    """
    known_on = known_on or timeline.known_on
    timeline = timeline.as_known_on(known_on)
    content = {
        "data": timeline.theatre.data_hash,
        "policy": asdict(timeline.policy),
        "date": day.isoformat(),
        "known_on": known_on.isoformat() if known_on else None,
        "code": __version__,
    }
    snapshot_id = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]
    assessments = timeline.at(day)
    wanted = tuple(layer for layer in Layer if layer in layers)
    if not set(wanted) - {Layer.PLACES}:
        return Snapshot(snapshot_id, timeline, day, known_on, assessments, wanted)
    grounds = grounds or Grounds.of(timeline)
    areas = grounds.ground_on(day).areas if Layer.AREAS in wanted else ()
    fronts = grounds.fronts(day) if Layer.FRONTS in wanted else ()
    terrain = grounds.landscape.terrain
    return Snapshot(snapshot_id, timeline, day, known_on, assessments, wanted, areas, fronts, terrain)
