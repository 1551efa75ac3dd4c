"""What reports of whole areas add to an estimate: weak evidence about each place in them, and rivers that are the line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from control.assessment.timeline import Timeline
from control.territory.areas import Area, AreaOdds, RiverLine, areas_of, river_lines
from control.territory.landscape import Landscape
from control.territory.odds import spread_rest

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FADE_DAYS = 60
"""A report of an area tells of a line that moves: after so many days, or so many before, 1/e of it is left."""

FORGOTTEN_DAYS = 4 * FADE_DAYS
"""Then it says nothing any more."""

__all__ = ["AreaEvidence", "RiverLine", "area_evidence"]


@dataclass(frozen=True)
class AreaSay:
    """What one area says on a day: of which sites, P(actor holds it), shape (K,), and how fresh that is, 0-1."""

    members: Ints
    odds: Floats
    freshness: float


@dataclass(frozen=True)
class AreaEvidence:
    """The area claims of a timeline.

    Attributes
    ----------
    areas
        Those with at least one claim that was known.
    lines
        Stretches of rivers that are the line, and when.
    """

    areas: tuple[Area, ...]
    odds: AreaOdds
    lines: tuple[RiverLine, ...]

    @property
    def days(self) -> tuple[date, ...]:
        """The days of all that areas were told of, sorted."""
        return self.odds.days

    def on(self, day: date, actors: Sequence[str], active: NDArray[np.bool_]) -> list[AreaSay]:
        """Return what the areas say on a day.

        Parameters
        ----------
        actors, active
            Ids of the actors, and which of them exist on that day, shape (K,).
        """
        told = []
        for area in self.areas:
            gap = self.odds.days_from_report(area.place.id, day)
            if gap is not None and gap < FORGOTTEN_DAYS and len(area.members):
                told.append((area, math.exp(-gap / FADE_DAYS)))
        if not told:
            return []
        number = {actor: i for i, actor in enumerate(actors)}
        odds, named = np.zeros((len(told), len(actors))), np.zeros((len(told), len(actors)), dtype=bool)
        resolutions = self.odds.resolutions
        posterior = resolutions.posteriors([area.place.id for area, _ in told], day)
        for row, (area, _) in enumerate(told):
            columns = [number[actor] for actor in resolutions.actors[resolutions.rows[area.place.id]]]
            odds[row, columns], named[row, columns] = posterior[: len(columns), row], True
        said = spread_rest(odds, named, active)
        return [AreaSay(area.members, said[row], freshness) for row, (area, freshness) in enumerate(told)]


def area_evidence(timeline: Timeline, landscape: Landscape) -> AreaEvidence:
    """Return what was known of areas: the timeline's policy and knowledge date are the areas' too."""
    theatre, claims = timeline.theatre, timeline.area_claims
    reported = {claim.place_id for claim in claims}
    areas = tuple(
        area
        for area in areas_of(theatre, landscape.sites, landscape.points, landscape.terrain)
        if area.place.id in reported
    )
    span = theatre.settings
    active_from = {a.id: a.active_from for a in theatre.actors.values() if a.active_from}
    odds = AreaOdds(claims, timeline.policy, span.start, span.end, active_from)
    return AreaEvidence(areas, odds, river_lines(areas, claims, landscape.terrain, span.end))
