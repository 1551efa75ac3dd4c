"""A span of a place: how it is held from one day to another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from control.assessment.model import Interval
from geo.place import Place


@dataclass(frozen=True, slots=True)
class PlaceSpan:
    """One holding of a place over [start, end), cut to the range of the extract.

    Attributes
    ----------
    probability, probability_least
        0-1 that the named actor holds it: mean and least of its days; `None` when nobody is named, or several hold parts.
    """

    place: Place
    start: date
    end: date
    interval: Interval
    probability: float | None
    probability_least: float | None
