"""A row of the map: who holds a place from a day on, until the next row starts."""

from __future__ import annotations

from typing import NamedTuple

PlainRow = list[float]
"""A row as it stands in a payload."""


class Row(NamedTuple):
    """What a row says, in the order in which it is written; `plugin/row.js` has the same names in the same order.

    All but the probability are whole numbers; those of a payload that nobody has checked yet may be others.

    Attributes
    ----------
    start
        Days since the span began.
    status
        Index of one of the payload's statuses.
    actor
        Index of one of its actors, or -1.
    probability
        From 0 to 1.
    second
        Index of the other party of a contested place or of the besieger of a besieged one, or -1.
    staleness
        How many bounds of `stale_after` the last confirmation is away; None where there is nothing to confirm.
    """

    start: float
    status: float
    actor: float
    probability: float
    second: float = -1
    staleness: float | None = None

    def plain(self) -> PlainRow:
        """Return the row as it stands in a payload: a staleness that is none is left out."""
        start, status, actor, probability, second, staleness = self
        return [start, status, actor, probability, second, *(() if staleness is None else (staleness,))]
