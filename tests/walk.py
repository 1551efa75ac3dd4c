"""A walk over random places and dates: is what is told twice told alike? For tests and for `bench/one_figure.py`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from control.app.panel.reasons import reasons_html
from control.app.panel.strip import join_alike
from control.assessment.changes import balances
from control.assessment.likelihood import about, likelihood, percent
from control.assessment.model import Assessment, Status
from control.assessment.timeline import Timeline
from control.export.geodata.geojson import snapshot_to_geojson
from control.export.records import estimate_to_dict
from control.map.packed import packed
from control.map.payload import timeline_payload
from control.map.staleness import STALE_AFTER
from control.record.date_words import long_date
from control.record.theatre import load_theatre
from control.snapshot import take_snapshot
from control.territory.cached_estimates import CachedEstimator
from control.territory.fronts import side_name
from control.territory.ground import Grounds
from control.territory.holders import Standing
from control.territory.landscape import landscape_of
from control.territory.locate import assess_point
from control.territory.surroundings import CoupledTimeline
from control.words.assessments import describe_estimate, describe_point
from control.words.reasons import explain
from tests.node import map_answers
from tests.theatres import SEEDS, timeline_of

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Walk:
    """A theatre whose map is asked what the other views say."""

    timeline: Timeline
    grounds: Grounds
    packed: dict[str, Any]
    random: Random

    @classmethod
    def of(cls, folder: Path, seed: int) -> Walk:
        """Load a theatre and draw its map."""
        timeline = timeline_of(folder.name) if folder.parent == SEEDS else CoupledTimeline(load_theatre(folder))
        landscape = landscape_of(timeline.theatre)
        estimator = CachedEstimator(timeline, landscape)
        payload = packed(timeline_payload(timeline, estimator))
        return cls(timeline, Grounds(timeline, landscape, estimator), payload, Random(seed))  # noqa: S311  not for secrets

    @property
    def start(self) -> date:
        """The first day of the span."""
        return self.timeline.theatre.settings.start

    def days(self, number: int) -> list[date]:
        """Draw days of the span."""
        length = (self.timeline.theatre.settings.end - self.start).days
        return [self.start + timedelta(days=n) for n in sorted(self.random.sample(range(length), number))]

    def ask(self, asks: Sequence[tuple[date, int]] = (), days: Sequence[date] = (), pairs: Any = ()) -> dict[str, Any]:
        """Let the map's own scripts answer."""

        def number(day: date) -> int:
            return (day - self.start).days

        return map_answers(
            self.packed,
            [(number(day), site) for day, site in asks],
            [number(day) for day in days],
            [[number(day) for day in pair] for pair in pairs],
        )


def disagreements(walk: Walk, days: int, places: int) -> tuple[list[str], Counter[str]]:
    """Compare tip, table, panel, `why`, point and snapshot; half of the places are such that somebody reported on."""
    sites = walk.grounds.landscape.sites
    reported = [n for n, place in enumerate(sites) if place.id in walk.timeline.claims]
    asks = []
    for day in walk.days(days):
        some = walk.random.sample(reported, places // 2)
        asks += [(day, site) for site in (*some, *walk.random.sample(range(len(sites)), places - len(some)))]
    found, kinds = [], Counter[str]()
    snapshot: tuple[date, dict[str, Any]] | None = None
    for (day, site), said in zip(asks, walk.ask(asks)["asks"], strict=True):
        kinds[said["status"]] += 1
        if snapshot is None or snapshot[0] != day:
            features = snapshot_to_geojson(take_snapshot(walk.timeline, day))["features"]
            snapshot = day, {feature["id"]: feature["properties"] for feature in features}
        faults = _faults(walk, day, site, said, snapshot[1][sites[site].id])
        found += [f"{sites[site].name}, {day}: {fault}; the map says {said}" for fault in faults]
    return found, kinds


def _faults(walk: Walk, day: date, site: int, said: dict[str, Any], exported: dict[str, Any]) -> Iterator[str]:
    place_id = walk.grounds.landscape.sites[site].id
    assessment = walk.timeline.assess(place_id, day)
    if exported["probability"] != assessment.probability:
        yield f"the snapshot has {exported['probability']}, the assessment {assessment.probability}"
    if said["status"] == "estimated":
        yield from _faults_of_estimate(walk, day, site, said)
    elif assessment.holding.status is Status.UNKNOWN:
        if said["status"] != "unknown" or said["row"][2]:
            yield "nothing is known"
    else:
        yield from _faults_of_assessment(walk, assessment, said)


def _faults_of_assessment(walk: Walk, assessment: Assessment, said: dict[str, Any]) -> Iterator[str]:
    theatre, place_id, day = walk.timeline.theatre, assessment.place_id, assessment.day
    if said["status"] != assessment.holding.status:
        yield f"it is {assessment.holding.status}"
    (now,) = (i for i in join_alike(walk.timeline.intervals[place_id]) if i.start <= day < i.end)
    since = "" if now.start == walk.start else f"since {long_date(now.start)}"
    if since not in said["note"] or (since and said["row"][3] != now.start.isoformat()):
        yield f"it has been so {since or 'from the start'}"
    if assessment.probability is None or assessment.holding.status is Status.CONTESTED:
        return
    figure, word = percent(assessment.probability), likelihood(assessment.probability)
    if f"({figure})" not in said["tip"] or not said["tip"].lower().startswith(f"{word} held by"):
        yield f"it is {word}, {figure}"
    if said["row"][2] != figure:
        yield f"the table should say {figure}"
    actor = theatre.actors[assessment.holding.actor or ""]
    lines = "\n".join(explain(theatre, walk.timeline.why(place_id, day)))
    if f"{side_name(actor)} {figure}" not in lines or f": {word} {actor.name}" not in lines:
        yield f"`why` should say {word}, {figure}"
    if f"{side_name(actor)} {figure}" not in reasons_html(walk.timeline, place_id, day):
        yield f"the panel should say {figure}"
    age = assessment.days_since_confirmed or 0
    months = [round(bound / 30.44) for bound in STALE_AFTER if age > bound]
    told = f"nearest report over {months[-1]} months away" if months else ""
    if ((told or "nearest report") not in said["note"] and told) or (not told and "nearest" in said["note"]):
        yield f"its nearest confirmation is {age} days away"


def _faults_of_estimate(walk: Walk, day: date, site: int, said: dict[str, Any]) -> Iterator[str]:
    theatre, place = walk.timeline.theatre, walk.grounds.landscape.sites[site]
    assert walk.grounds.estimator
    estimate = walk.grounds.estimator.estimate(site, day)
    if estimate.actor is None or estimate.probability is None:
        yield "nothing is estimated"
        return
    figure, word = about(estimate.probability), likelihood(estimate.probability)
    actor = theatre.actors[estimate.actor]
    if not said["tip"].startswith(f"estimated: {word} {actor.short_name}, {figure}") or said["row"][2] != figure:
        yield f"it is estimated: {word} {actor.name}, {figure}"
    if not describe_estimate(theatre, estimate).startswith(f"{word} {actor.name}, {figure}"):
        yield "the panel says otherwise"
    if about(estimate_to_dict(theatre, estimate)["probability"]) != figure:
        yield "the record says otherwise"
    answer = assess_point(walk.grounds, place.position, day)
    if (
        answer.place == place
        and answer.assessment is None
        and f"{word} {actor.name}, {figure}" not in describe_point(theatre, answer)
    ):
        yield "the point says otherwise"


def tallied(walk: Walk, days: int) -> list[str]:
    """Compare what the legend counts with what the statistics count: places of one side, reported and estimated."""
    found = []
    drawn = walk.days(days)
    for day, said in zip(drawn, walk.ask(days=drawn)["days"], strict=True):
        holders = walk.grounds.holders_on(day)
        places = {}
        for number, actor in enumerate(holders.actors):
            mine = holders.standing[holders.actor == number]
            counts = (int((mine == Standing.ASSESSED).sum()), int((mine == Standing.ESTIMATED).sum()))
            if any(counts):
                places[actor] = counts
        legend = {
            actor: (said["assessed"].get(actor, [0])[0], said["estimated"].get(actor, [0])[0])
            for actor in {*said["assessed"], *said["estimated"]}
        }
        if places != legend:
            found.append(f"{day}: the legend counts {legend}, the statistics {places}")
    return found


def compared(walk: Walk, pairs: int) -> tuple[list[str], int]:
    """Compare two dates on the map, in the panel, and by the list of changes between them; how many places differ."""
    found, seen = [], 0
    drawn = [sorted(walk.days(2)) for _ in range(pairs)]
    for (first, last), said in zip(drawn, walk.ask(pairs=drawn)["pairs"], strict=True):
        ends = balances(walk.timeline.differences(first, last))
        ours = {side: {b.actor: getattr(b, name) for b in ends if getattr(b, name)} for side, name in _SIDES.items()}
        theirs = {side: {actor: places for actor, (places, _) in sums.items()} for side, sums in said.items()}
        seen += sum(sum(side.values()) for side in ours.values())
        if ours != theirs:
            found.append(f"{first} to {last}: the legend counts {theirs}, the panel {ours}")
        steps = {b.actor: _more(b) for b in balances(walk.timeline.changes(first + DAY, last)) if _more(b)}
        if steps != {b.actor: _more(b) for b in ends if _more(b)}:
            found.append(f"{first} to {last}: the changes add up to {steps}")
    return found, seen


_SIDES = {"gained": "gained", "lost": "lost", "known": "newly_known", "faded": "no_longer_confirmed"}
"""What the map calls the parts of a balance."""


def _more(balance: Any) -> int:
    return balance.net + balance.newly_known - balance.no_longer_confirmed
