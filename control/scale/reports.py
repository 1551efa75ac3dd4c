"""What the last report about each place says: claims as a table, and the intervals that a database makes of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from control.assessment.chain import NONE
from control.assessment.columns.columns import BESIEGES, SETTLES, ClaimColumns, Outlets, columns_of
from control.assessment.policy import BALANCED, Policy
from control.record.theatre import Theatre
from control.scale.rule import LastReport
from control.scale.statuses import EPOCH, with_dates
from geo.geonames import MissingExtraError


def reports_of(
    claims: ClaimColumns, outlets: Outlets, policy: Policy, places: Sequence[str], actors: Sequence[str]
) -> pa.Table:
    """Return place, day, side, weight, known of the claims that name who holds a place.

    A side that a place is besieged with holds it; fighting names nobody. Days as `date.toordinal` counts them.
    """
    besieged = BESIEGES[claims.event]
    side = np.where(SETTLES[claims.event], claims.actor, np.where(besieged, claims.loser, NONE))
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


def last_reports(theatre: Theatre, rule: LastReport, policy: Policy = BALANCED, engine: str = "duckdb") -> pa.Table:
    """Ask a database what the last report about each place of a theatre says.

    This is another rule than that of the map: it never looks back, and one late false report turns a place.

    Parameters
    ----------
    rule
        Its `known_on` counts days as `date.toordinal` does.
    engine
        `duckdb` or `sqlite`, which take a table from memory.

    Returns
    -------
    Table
        Of Arrow, sorted by `place` and `start`; columns as in docs/data-dictionary.md. What no interval covers is unknown.

    Raises
    ------
    MissingExtraError
        When the extra `scale`, or the engine, is not installed.
    """
    try:
        from control.scale import engines, relational
    except ImportError:
        raise MissingExtraError("this needs the scale extra: pip install -e '.[scale]'") from None
    places, actors = tuple(sorted({claim.place_id for claim in theatre.claims})), tuple(sorted(theatre.actors))
    table, outlets = columns_of(theatre.claims, places, actors)
    told = engines.load(engines.connect(engine), "reports", reports_of(table, outlets, policy, places, actors))
    found = engines.fetch(relational.last_report(told, rule), "place", "start")
    for name in ("start", "end"):
        days = pc.subtract(found[name], EPOCH)
        found = found.set_column(found.schema.get_field_index(name), name, days)
    return with_dates(found)
