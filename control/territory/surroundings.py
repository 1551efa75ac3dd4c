"""What the places around each place say of it: the timeline's neighbours, heard through the estimates.

The estimates are made from what each place's own reports say, once; of a reported place they are asked with its own reports
left out. What comes of it is never fed back into them.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from control.assessment.neighbours import NeighbourSay
from control.assessment.nodes import FAR
from control.assessment.policy import BALANCED, Policy
from control.assessment.timeline import Timeline
from control.record.theatre import Theatre
from control.territory.cached_neighbours import keep, kept_file, read_kept
from control.territory.estimate import Floats, Ints
from control.territory.estimator import Estimator
from control.territory.landscape import Landscape, landscape_of

EVERY_DAYS = 7
"""The neighbours are heard anew so often, on days of the calendar: what a place reports of itself moves none of them."""

LEAST = 0.01
"""No neighbours make a side less likely than this: a pocket may stand far behind the front."""

STEP = 0.05
"""What neighbours say is told anew when it moved so far (total variation)."""

SWING = 0.7
"""From so far on, with another side ahead, the neighbours changed hands."""


class Surroundings:
    """The neighbours of the places of a theatre.

    Parameters
    ----------
    landscape
        Where the places are; by default that of the theatre.
    """

    def __init__(self, theatre: Theatre, landscape: Landscape | None = None) -> None:
        self._theatre, self._landscape = theatre, landscape

    @property
    def landscape(self) -> Landscape:
        """Where the places are."""
        if self._landscape is None:
            self._landscape = landscape_of(self._theatre)
        return self._landscape

    def say(self, alone: Timeline) -> NeighbourSay:
        """Return what the neighbours of each reported place say of it."""
        estimator = Estimator(alone, self.landscape)
        file = kept_file(estimator)
        kept = read_kept(file)
        if kept is None:
            kept = neighbours_of(estimator)
            keep(file, kept)
        return kept


class CoupledTimeline(Timeline):
    """A timeline in which each place hears its neighbours, as far as the policy lets it: what maps, files and commands tell.

    Parameters
    ----------
    theatre, policy, known_on
        As `Timeline` has them.
    landscape
        Of the theatre, where the caller has it already.
    """

    def __init__(
        self,
        theatre: Theatre,
        policy: Policy = BALANCED,
        known_on: date | None = None,
        landscape: Landscape | None = None,
    ) -> None:
        super().__init__(theatre, policy, known_on, Surroundings(theatre, landscape))


def neighbours_of(estimator: Estimator) -> NeighbourSay:
    """Ask the neighbours of each reported site, week by week."""
    span = estimator.timeline.theatre.settings
    sites = estimator.evidence.sites
    rows = {estimator.landscape.sites[site].id: number for number, site in enumerate(sites.tolist())}
    pieces: list[tuple[Ints, int, Floats, Floats]] = []
    told = turned = np.zeros((len(sites), len(estimator.actors)))
    for day in range(0, (span.end - span.start).days if rows else 0, EVERY_DAYS):
        odds = np.maximum(estimator.without_own(span.start + timedelta(days=day)), LEAST)
        odds /= odds.sum(axis=1, keepdims=True)
        if not day:
            told = turned = odds
            pieces.append((np.arange(len(sites)), day, odds, np.zeros(len(sites))))
            continue
        swing = _away(odds, turned)
        swung = (swing >= SWING) & (odds.argmax(axis=1) != turned.argmax(axis=1))
        new = np.flatnonzero(swung | (_away(odds, told) >= STEP))
        pieces.append((new, day, odds[new], np.where(swung, swing, 0.0)[new]))
        told, turned = told.copy(), np.where(swung[:, None], odds, turned)
        told[new] = odds[new]
    return _joined(estimator.actors, rows, pieces)


def _away(one: Floats, other: Floats) -> Floats:
    """Total variation of odds, 0-1."""
    return np.asarray(np.abs(one - other).sum(axis=1) / 2)


def _joined(
    actors: tuple[str, ...], rows: dict[str, int], pieces: list[tuple[Ints, int, Floats, Floats]]
) -> NeighbourSay:
    if not pieces:
        return NeighbourSay(actors, rows, np.empty(0, np.int64), np.empty((0, len(actors))), np.empty(0))
    keys = np.concatenate([sites * FAR + day for sites, day, _, _ in pieces])
    order = np.argsort(keys, kind="stable")
    # in the precision in which they are kept: what was read says the same as what was made
    odds = np.concatenate([part for _, _, part, _ in pieces])[order].astype(np.float32).astype(np.float64)
    return NeighbourSay(actors, rows, keys[order], odds, np.concatenate([part for *_, part in pieces])[order])
