"""What reports of whole areas add to an estimate: weak evidence about each place in them, and rivers that are the line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from control.areas import Area, AreaOdds, RiverLine, areas_of, river_lines
from control.landscape import Landscape
from control.odds import spread_rest
from control.timeline import Timeline

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
        number = {actor: i for i, actor in enumerate(actors)}
        found = []
        for area in self.areas:
            gap = min(
                (abs((day - told_on).days) for told_on in self.odds.days_of(area.place.id)), default=FORGOTTEN_DAYS
            )
            if gap >= FORGOTTEN_DAYS or not len(area.members):
                continue
            told = self.odds.probabilities(area.place.id, day)
            odds, named = np.zeros((1, len(actors))), np.zeros((1, len(actors)), dtype=bool)
            for actor, probability in told:
                odds[0, number[actor]], named[0, number[actor]] = probability, True
            freshness = math.exp(-gap / FADE_DAYS)
            found.append(AreaSay(area.members, spread_rest(odds, named, active)[0], freshness))
        return found


def area_evidence(timeline: Timeline, landscape: Landscape) -> AreaEvidence:
    """Return what was known of areas: the timeline's policy and knowledge date are the areas' too."""
    theatre, known_on = timeline.theatre, timeline.known_on
    claims = [c for c in theatre.area_claims if known_on is None or c.known_from <= known_on]
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
