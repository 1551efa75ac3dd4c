"""What is estimated of a place that nobody reported: who probably holds it, and the evidence that drives it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from control.record.dates import DateWindow

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MANY = 4
"""From so many sides on an estimate is sharpened least: who is neither of the two nearest may still hold the ground."""


@dataclass(frozen=True, slots=True)
class EstimateSettings:
    """The constants of the estimate; `docs/decisions/0007` and `0016` have the measurements that chose them.

    Attributes
    ----------
    range_km
        Distance over which a neighbour's say falls to 1/e, on top of 1/distance.
    least_km
        Nearer neighbours count as if they were so far: coordinates are no better.
    river, river_line
        Factor for a neighbour across a river, and where reports say that the river is the line.
    absorb
        How firmly a reported place is held to its reports, against its neighbours at 1 km.
    anchor
        Pull towards `nobody knows`; it wins far from all evidence.
    look_back_days
        How long before its first report the loser that it names still says something of a place; half as long before, 1/e.
    area
        How much a fresh report of a whole area says of each place in it.
    sharpness, sharpness_of_two
        Exponent that turns the harmonic mean into odds: with `MANY` sides or more, with two; with three half-way between.
    borders
        Whether a side that holds nothing in a country is kept out of the estimates there.
    least_probability
        With less for anybody the ground is unknown.
    """

    range_km: float = 30.0
    least_km: float = 0.5
    river: float = 0.2
    river_line: float = 0.05
    absorb: float = 2.0
    anchor: float = 1e-4
    look_back_days: int = 730
    area: float = 0.02
    sharpness: float = 2.0
    sharpness_of_two: float = 2.5
    borders: bool = True
    least_probability: float = 0.5

    def exponent(self, sides: int) -> float:
        """Return the exponent where so many sides exist."""
        few = min(1.0, max(0.0, (MANY - sides) / (MANY - 2)))
        return self.sharpness + few * (self.sharpness_of_two - self.sharpness)


DEFAULTS = EstimateSettings()


@dataclass(frozen=True)
class Field:
    """The estimate of every site on a day: index into `Estimator.actors`, -1 for nobody known, and how probable it is."""

    day: date
    actor: Ints
    probability: Floats


@dataclass(frozen=True, slots=True)
class Driver:
    """Evidence that an estimate rests on: a reported place, how far it is, and its share, 0-1."""

    place_id: str
    distance_km: float
    share: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """Who probably holds a place that no report tells of.

    Attributes
    ----------
    probability
        0-1, in the steps of `control.assessment.likelihood.estimated`: finer figures would pretend to be known.
    drivers
        By share, the largest first.
    own_report
        Date of the nearest report of the place itself, where its reports of other times are among them.
    """

    place_id: str
    day: date
    actor: str | None
    probability: float | None
    drivers: tuple[Driver, ...]
    own_report: DateWindow | None = None
