"""Everything about one date, with an id that anyone can recompute."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from control import __version__
from control.assessment.model import Assessment
from control.assessment.timeline import Timeline
from control.territory.ground import Front, GroundArea, Grounds
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


def answer_id(
    data: str, policy: Mapping[str, Any], when: date | tuple[date, date, int | str], known_on: date | None, code: str
) -> str:
    """Return the id of answers, which anyone can recompute.

    Parameters
    ----------
    data, policy, code
        Hash of the theatre's data, the policy with its weights, version of the program.
    when
        The date of a snapshot; of a series first and last day, and the step from one state of the ground to the next.
    """
    dates = {"date": when} if isinstance(when, date) else {"dates": list(when)}
    content = {"data": data, "policy": policy, **dates, "known_on": known_on, "code": code}
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=date.isoformat).encode()).hexdigest()[:16]


def snapshot_id(timeline: Timeline, when: date | tuple[date, date, int | str], known_on: date | None = None) -> str:
    """Return the id that a snapshot or a series of a timeline has, without assessing anything.

    Parameters
    ----------
    when
        As `answer_id` has it.
    known_on
        Day of knowledge; the timeline's own by default.
    """
    known_on = known_on or timeline.known_on
    return answer_id(timeline.theatre.data_hash, asdict(timeline.policy), when, known_on, __version__)


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
    name = snapshot_id(timeline, day, known_on)
    assessments = timeline.at(day)
    wanted = tuple(layer for layer in Layer if layer in layers)
    if not set(wanted) - {Layer.PLACES}:
        return Snapshot(name, timeline, day, known_on, assessments, wanted)
    grounds = grounds or Grounds.of(timeline)
    areas = grounds.ground_on(day).areas if Layer.AREAS in wanted else ()
    fronts = grounds.fronts(day) if Layer.FRONTS in wanted else ()
    terrain = grounds.landscape.terrain
    return Snapshot(name, timeline, day, known_on, assessments, wanted, areas, fronts, terrain)
