"""Everything about one date, with an id that anyone can recompute."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date

from control import __version__
from control.model import Assessment
from control.timeline import Timeline


@dataclass(frozen=True)
class Snapshot:
    """The assessments of one date, as known on one date, under one policy.

    Attributes
    ----------
    id
        Hash of (data, policy, date, known_on, code version): the same id means the same bytes.
    """

    id: str
    timeline: Timeline
    day: date
    known_on: date | None
    assessments: dict[str, Assessment]


def take_snapshot(timeline: Timeline, day: date, known_on: date | None = None) -> Snapshot:
    """Assess every place on `day`.

    Raises
    ------
    SpanError
        When `day` is outside the theatre's span.
    """
    known_on = known_on or timeline.known_on
    content = {
        "data": timeline.theatre.data_hash,
        "policy": asdict(timeline.policy),
        "date": day.isoformat(),
        "known_on": known_on.isoformat() if known_on else None,
        "code": __version__,
    }
    snapshot_id = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]
    return Snapshot(snapshot_id, timeline, day, known_on, timeline.at(day, known_on))
