"""The numbers of the last report, the rule that a database can apply to reports."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LastReport:
    """What the last report says, for as long as it counts.

    Attributes
    ----------
    known_on
        Last day of publication that counts; `None` is all.
    least_weight
        Reports weaker than this count for nothing.
    margin
        The reports of a day that are weaker than its strongest by more than this count for nothing.
    fade_days
        For so many days a report counts, when none follows; 1 is its own day alone.
    """

    known_on: int | None = None
    least_weight: float = 0.0
    margin: float = 0.25
    fade_days: int = 365
