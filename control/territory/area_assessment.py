"""What can be said of a whole area: how many of its places each side holds, and what reports say of it as a whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from control.assessment.changes import Change
from control.assessment.explanation import days_between
from control.assessment.timeline import Timeline
from control.record.model import Claim
from control.territory.area_evidence import FORGOTTEN_DAYS
from control.territory.areas import area_of
from control.territory.ground import Grounds
from control.territory.holders import Standing
from geo.place import Place


@dataclass(frozen=True, slots=True)
class AreaShare:
    """How many places of an area one side holds: as reports of them say, and as is estimated."""

    actor: str
    reported: int
    estimated: int

    @property
    def places(self) -> int:
        """Both together."""
        return self.reported + self.estimated


@dataclass(frozen=True, slots=True)
class AreaAssessment:
    """An area on a date, as known on a date.

    Attributes
    ----------
    shares
        By side, the one with the most places first.
    contested, unknown
        Places in it that several sides are named for, and those of which nothing is known.
    odds
        (actor, 0-1) that it holds the area, by reports of the area as a whole, best first; empty without any.
    claims
        Those reports, the nearest in time first.
    """

    area: Place
    day: date
    known_on: date | None
    shares: tuple[AreaShare, ...]
    contested: int
    unknown: int
    odds: tuple[tuple[str, float], ...]
    claims: tuple[Claim, ...]

    @property
    def places(self) -> int:
        """How many places lie in it."""
        return sum(share.places for share in self.shares) + self.contested + self.unknown


@dataclass(frozen=True, slots=True)
class AreaReports:
    """Reports of one area as a whole, the nearest in time first."""

    area: Place
    claims: tuple[Claim, ...]


def reported_areas(timeline: Timeline, day: date) -> tuple[AreaReports, ...]:
    """Return what was said around a day of whole areas, by id of the area: what an estimate of that day hears."""
    near: dict[str, list[Claim]] = defaultdict(list)
    for claim in timeline.area_claims:
        if days_between(claim, day) < FORGOTTEN_DAYS:
            near[claim.place_id].append(claim)
    place = timeline.theatre.gazetteer.place
    return tuple(AreaReports(place(area_id), _nearest_first(claims, day)) for area_id, claims in sorted(near.items()))


def assess_area(grounds: Grounds, area: Place, day: date) -> AreaAssessment:
    """Count who holds the places of an area on a day, and gather what is said of the area itself.

    Parameters
    ----------
    area
        A place whose kind is an area: a governorate, a region, a pocket, the bank of a river.

    Raises
    ------
    SpanError
        When `day` is outside the theatre's span.
    """
    holders = grounds.holders_on(day)
    members = _members(grounds, area)
    standing, actor = holders.standing[members], holders.actor[members]
    shares = []
    for number, name in enumerate(holders.actors):
        mine = actor == number
        reported, estimated = (
            int((mine & (standing == kind)).sum()) for kind in (Standing.ASSESSED, Standing.ESTIMATED)
        )
        if reported or estimated:
            shares.append(AreaShare(name, reported, estimated))
    evidence = grounds.estimator.areas if grounds.estimator else None
    return AreaAssessment(
        area,
        day,
        grounds.timeline.known_on,
        tuple(sorted(shares, key=lambda share: (-share.places, share.actor))),
        int((standing == Standing.CONTESTED).sum()),
        int((standing == Standing.UNKNOWN).sum()),
        evidence.odds.probabilities(area.id, day) if evidence else (),
        _claims_of(grounds, area, day),
    )


def area_reports(grounds: Grounds, place: Place, day: date) -> tuple[AreaReports, ...]:
    """Return what was said around a day of the areas that a place lies in, the smallest number of places first.

    What is said of an area is forgotten after `FORGOTTEN_DAYS`, as it is for an estimate.
    """
    site = grounds.landscape.index.get(place.id)
    if site is None or grounds.estimator is None:
        return ()
    found = []
    for area in grounds.estimator.areas.areas:
        if site not in area.members:
            continue
        claims = tuple(c for c in _claims_of(grounds, area.place, day) if days_between(c, day) < FORGOTTEN_DAYS)
        if claims:
            found.append((len(area.members), area.place.id, AreaReports(area.place, claims)))
    return tuple(reports for _, _, reports in sorted(found, key=lambda f: f[:2]))


def changes_in(grounds: Grounds, area: Place, changes: Sequence[Change]) -> tuple[Change, ...]:
    """Return those changes that happened in an area."""
    sites = grounds.landscape.sites
    inside = {sites[number].id for number in _members(grounds, area).tolist()}
    return tuple(change for change in changes if change.place_id in inside)


def _members(grounds: Grounds, area: Place) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    landscape = grounds.landscape
    return area_of(area, landscape.sites, landscape.points, landscape.terrain).members


def _claims_of(grounds: Grounds, area: Place, day: date) -> tuple[Claim, ...]:
    claims = (c for c in grounds.timeline.area_claims if c.place_id == area.id)
    return _nearest_first(claims, day)


def _nearest_first(claims: Iterable[Claim], day: date) -> tuple[Claim, ...]:
    return tuple(sorted(claims, key=lambda c: (days_between(c, day), c.window.first, c.id)))
