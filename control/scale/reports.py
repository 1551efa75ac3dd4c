"""Claims as the table that `relational.last_report` and `rule.last_report` read."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]

from control.bulk.columns import CODE, NONE, ClaimColumns, Outlets, flags
from control.model import Event
from control.policy import Policy, settles

_NAMES_ACTOR = flags(event for event in Event if settles(event))


def reports_of(
    claims: ClaimColumns, outlets: Outlets, policy: Policy, places: Sequence[str], actors: Sequence[str]
) -> pa.Table:
    """Return place, day, side, weight, known of the claims that name who holds a place.

    A side that a place is besieged with holds it; fighting names nobody. Days as `date.toordinal` counts them.
    """
    besieged = claims.event == CODE[Event.BESIEGED]
    side = np.where(_NAMES_ACTOR[claims.event], claims.actor, np.where(besieged, claims.loser, NONE))
    rows = side != NONE
    return pa.table(
        {
            "place": pa.array(places, pa.string()).take(pa.array(claims.place[rows])),
            "day": claims.day[rows],
            "side": pa.array(actors, pa.string()).take(pa.array(side[rows])),
            "weight": claims.weights(outlets, policy)[rows],
            "known": claims.known[rows],
        }
    )
