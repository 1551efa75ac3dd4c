"""All assessments of a theatre as one table: intervals of places, without the reports behind them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]

from control.assessment.chain import NONE, Ints
from control.assessment.columns.paint import STATUSES, rivals_of
from control.assessment.columns.theatre import compile_columns
from control.assessment.likelihood import THOUSANDTHS, thousandths
from control.assessment.policy import BALANCED, Policy
from control.record.theatre import Theatre
from control.scale.statuses import EPOCH, with_dates


def compile_theatre(theatre: Theatre, policy: Policy | None = None, known_on: date | None = None) -> pa.Table:
    """Assess every place over the span of a theatre: the intervals of `Timeline`, all at once and without their reports.

    Parameters
    ----------
    policy
        Weights and thresholds; `None` is the balanced ones.
    known_on
        Use only what was published by that day; `None` uses all.

    Returns
    -------
    Table
        Of Arrow, sorted by `place` and `start`; columns as in docs/data-dictionary.md. Intervals are [start, end) and tile
        the span of each place.
    """
    compiled = compile_columns(theatre, policy or BALANCED, known_on)
    found = compiled.intervals
    nobody = np.isnan(found.probability)
    probability = thousandths(np.where(nobody, 0.0, found.probability)) / THOUSANDTHS
    table = pa.table(
        {
            "place": _named(compiled.places, found.place),
            "start": found.start - EPOCH,
            "end": found.end - EPOCH,
            "status": _named([str(status) for status in STATUSES], found.status),
            "actor": _named(compiled.actors, found.actor),
            "rivals": pa.array([_listed(compiled.actors, row) for row in found.rivals], pa.string()),
            "besieger": _named(compiled.actors, found.besieger),
            "probability": pa.array(probability, mask=nobody),
            "assumed": pa.array(found.assumed),
        }
    )
    return with_dates(table)


def _named(ids: Sequence[str], codes: Ints) -> pa.Array:
    return pa.array(ids, pa.string()).take(pa.array(codes, mask=codes == NONE))


def _listed(actors: Sequence[str], rivals: Ints) -> str | None:
    return ";".join(actors[code] for code in rivals_of(rivals)) or None
