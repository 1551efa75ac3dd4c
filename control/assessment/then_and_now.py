"""What was known of a place on a day, beside what is known of that day with the whole record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from control.assessment.model import Assessment, Status
from control.assessment.timeline import Timeline
from geo.gazetteer import Gazetteer


class Agreement(StrEnum):
    """How what was known on a day stands to what is known now."""

    SAME = "same"
    """Both say the same of the place."""
    PARTLY = "partly"
    """Both name a side, but one says that it was besieged there, or that others shared or contested the place."""
    HOLDER = "holder"
    """No side is named by both."""
    LEARNT = "learnt"
    """Nobody knew then, and now it is known."""
    DOUBTED = "doubted"
    """A side was named then, and now nobody can tell."""
    UNKNOWN = "unknown"
    """Nobody knew then, and nobody knows now."""


@dataclass(frozen=True, slots=True)
class ThenAndNow:
    """One place on one day, twice.

    Attributes
    ----------
    then, now
        By what was published until that day, and by the whole record.
    then_reports, now_reports
        Reports about the place that were published by then, and all there are. They may tell of any day.
    """

    then: Assessment
    now: Assessment
    then_reports: int
    now_reports: int

    @property
    def agreement(self) -> Agreement:
        """How the two stand to each other."""
        then, now = self.then.holding, self.now.holding
        if Status.UNKNOWN in {then.status, now.status}:
            if then.status is now.status:
                return Agreement.UNKNOWN
            return Agreement.LEARNT if then.status is Status.UNKNOWN else Agreement.DOUBTED
        if then.reads_as(now):
            return Agreement.SAME
        is_common = {then.actor, *then.rivals} & {now.actor, *now.rivals}
        return Agreement.PARTLY if is_common else Agreement.HOLDER


def then_and_now(timeline: Timeline, place_id: str, day: date) -> ThenAndNow:
    """Assess a place on `day` as known on that very day, and with the whole record. Raises as `Timeline.assess`.

    A knowledge date of the timeline does not matter.
    """
    then, now = (_of_place(timeline, place_id, known_on) for known_on in (day, None))
    reports = [len(each.claims.get(place_id, ())) for each in (then, now)]
    return ThenAndNow(then.assess(place_id, day), now.assess(place_id, day), *reports)


def _of_place(timeline: Timeline, place_id: str, known_on: date | None) -> Timeline:
    """Return a timeline of a place and its quarters alone where nothing else bears on it: a fraction of the work."""
    if timeline.surroundings is not None:
        return timeline.as_known_on(known_on)
    theatre = timeline.theatre
    places = [place for place in theatre.gazetteer.places if place_id in {place.id, place.town}]
    ids = {place.id for place in places}
    claims = tuple(claim for claim in theatre.claims if claim.place_id in ids)
    return Timeline(replace(theatre, gazetteer=Gazetteer(places), claims=claims), timeline.policy, known_on)
