"""An extract: what a timeline says of a range of dates, as rows that every format writes."""

from __future__ import annotations

import hashlib
import json
from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import count
from typing import Any, Literal

import shapely
from shapely.geometry.base import BaseGeometry as Geometry

from control import __version__
from control.export.ground import area_to_dict, front_to_dict
from control.export.place import holding_to_dict, place_to_dict
from control.export.provenance import Provenance
from control.export.shapes import shape_to_geojson
from control.ground import Grounds
from control.model import Interval, Status
from control.snapshot import Layer, take_snapshot
from control.timeline import Timeline
from geo.place import Place

DAY = timedelta(days=1)
Step = int | Literal["month"]
"""From one state of the ground to the next: days, or a calendar month."""
Progress = Callable[[Sequence[date]], Iterator[date]]
"""Hands out the days one by one, and shows how far it is."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One holding of a place over [start, end), cut to the range of the extract.

    Attributes
    ----------
    probability, probability_least
        0-1 that the named actor holds it: mean and least of its days; `None` when nobody is named.
    """

    place: Place
    start: date
    end: date
    interval: Interval
    probability: float | None
    probability_least: float | None


@dataclass(frozen=True, slots=True)
class Shape:
    """An area or a front over [start, end), in degrees, (lon, lat) WGS84; the rest of it as `area_to_dict` and such say."""

    layer: Layer
    start: date
    end: date
    geometry: Geometry
    properties: dict[str, Any]


@dataclass(frozen=True)
class Extract:
    """What a timeline says from `since` to `until`, both included.

    Places come as intervals. The ground comes as it is every so many days: a state holds until the next one.

    Raises
    ------
    SpanError
        When a day is outside the theatre's span.
    """

    timeline: Timeline
    since: date
    until: date
    every: Step = "month"
    layers: tuple[Layer, ...] = (Layer.PLACES,)
    known: Grounds | None = None
    progress: Progress = field(default=iter)

    def __post_init__(self) -> None:
        for day in (self.since, self.until):
            self.timeline.theatre.check_date(day)

    @cached_property
    def grounds(self) -> Grounds:
        """The ground of the timeline."""
        return self.known or Grounds.of(self.timeline)

    @property
    def has_ground(self) -> bool:
        """Whether areas or fronts are asked for."""
        return bool(set(self.layers) - {Layer.PLACES})

    @property
    def days(self) -> list[date]:
        """The days on which the ground is drawn, in order of time."""
        if self.every == "month":
            return list(_months(self.since, self.until))
        return [self.since + timedelta(days=n) for n in range(0, (self.until - self.since).days + 1, self.every)]

    @property
    def end(self) -> date:
        """The first day after the range."""
        return self.until + DAY

    @cached_property
    def id(self) -> str:
        """The id of the snapshot, or of the series."""
        timeline = self.timeline
        if self.since == self.until:
            return take_snapshot(timeline, self.since).id
        content = {
            "data": timeline.theatre.data_hash,
            "policy": asdict(timeline.policy),
            "dates": [self.since.isoformat(), self.until.isoformat(), self.every],
            "known_on": timeline.known_on.isoformat() if timeline.known_on else None,
            "code": __version__,
        }
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]

    def provenance(self, form: str, libraries: dict[str, str] | None = None) -> Provenance:
        """Return what a file of this extract has to carry, not yet sealed."""
        timeline = self.timeline
        settings = timeline.theatre.settings
        weights = json.loads(json.dumps(asdict(timeline.policy)))  # as a reader gets them back: keys are text
        return Provenance(
            id=self.id,
            form=form,
            theatre=settings.id,
            title=settings.title,
            since=self.since,
            until=self.until,
            every=self.every,
            layers=tuple(str(layer) for layer in self.layers),
            known_on=timeline.known_on,
            data=timeline.theatre.data_hash,
            policy=timeline.policy.name,
            weights=weights,
            code=__version__,
            licence=settings.licence,
            attribution=settings.attribution,
            libraries=libraries or {},
        )

    def stretches(self) -> Iterator[Stretch]:
        """Return the intervals of every place that overlap the range, cut to it, by place id and start."""
        gazetteer = self.timeline.theatre.gazetteer
        for place_id, intervals in sorted(self.timeline.intervals.items()):
            place = gazetteer.place(place_id)
            for interval in intervals:
                start, end = max(interval.start, self.since), min(interval.end, self.end)
                if start < end:
                    yield Stretch(place, start, end, interval, *self._odds(interval, start, end))

    def shapes(self) -> Iterator[Shape]:
        """Return areas and fronts; one that stays as it is from state to state comes once, by layer and start."""
        found: dict[str, Shape] = {}
        days = self.days
        ends = [*days[1:], self.end]
        for start, end in zip(self.progress(days), ends, strict=True):
            for shape in self._shapes_on(start, end):
                key = f"{shape.layer} {shape.geometry.wkb_hex} {json.dumps(shape.properties)} "
                before = found.pop(key + start.isoformat(), None)
                found[key + end.isoformat()] = shape if before is None else _longer(before, end)
        order = {Layer.AREAS: 0, Layer.FRONTS: 1}
        # by layer and time; areas and fronts of one state stay in their own order
        return iter(sorted(found.values(), key=lambda s: (order[s.layer], s.start)))

    def _shapes_on(self, start: date, end: date) -> Iterator[Shape]:
        theatre, terrain = self.timeline.theatre, self.grounds.landscape.terrain
        if Layer.AREAS in self.layers:
            for area in self.grounds.ground_on(start).areas:
                geometry = shape_to_geojson(area.geometry, terrain)
                if geometry is not None:
                    shape = shapely.geometry.shape(geometry)
                    yield Shape(Layer.AREAS, start, end, shape, area_to_dict(theatre, area))
        if Layer.FRONTS in self.layers:
            for front in self.grounds.fronts(start):
                geometry = shape_to_geojson(front.line, terrain)
                if geometry is not None:
                    shape = shapely.geometry.shape(geometry)
                    yield Shape(Layer.FRONTS, start, end, shape, front_to_dict(theatre, front))

    def _odds(self, interval: Interval, start: date, end: date) -> tuple[float | None, float | None]:
        actor = interval.holding.actor
        if actor is None or interval.holding.status is Status.UNKNOWN:
            return None, None
        days = [start + timedelta(days=n) for n in range((end - start).days)]
        odds = self.timeline.resolutions.probability(interval.place_id, actor, days)
        return _rounded(sum(odds) / len(odds)), _rounded(min(odds))


def _rounded(probability: float) -> float:
    """Round as an assessment does, in its two steps: the same day, the same figure."""
    return round(round(probability, 4), 3)


def _months(since: date, until: date) -> Iterator[date]:
    """Return the same day of each month; in a short one its last."""
    for number in count(since.year * 12 + since.month - 1):
        year, month = divmod(number, 12)
        day = date(year, month + 1, min(since.day, monthrange(year, month + 1)[1]))
        if day > until:
            return
        yield day


def _longer(shape: Shape, end: date) -> Shape:
    return Shape(shape.layer, shape.start, end, shape.geometry, shape.properties)


PLACE_COLUMNS = (
    "place_id", "name", "kind", "country", "admin", "population", "lon", "lat", "start", "end", "status", "actor",
    "actor_name", "colour", "rivals", "besieger", "probability", "probability_least", "assumed", "rule", "reports",
)  # fmt: skip


def stretch_to_row(extract: Extract, stretch: Stretch) -> dict[str, Any]:
    """Describe a stretch as one flat row; dates stay dates."""
    place, holding = stretch.place, stretch.interval.holding
    said = dict.fromkeys(f"{claim.window} {claim.source.title}" for claim in stretch.interval.claims)
    return {
        **place_to_dict(place),
        "lon": place.position.lon,
        "lat": place.position.lat,
        "start": stretch.start,
        "end": stretch.end,
        **holding_to_dict(extract.timeline.theatre, holding),
        "probability": stretch.probability,
        "probability_least": stretch.probability_least,
        "assumed": stretch.interval.assumed and stretch.start == stretch.interval.start,
        "rule": holding.rule,
        "reports": "; ".join(said) or None,
    }


def place_rows(extract: Extract, unknown: bool = True) -> list[dict[str, Any]]:
    """Return the rows of all places; without the stretches of which nothing is known where a map has no use for them."""
    return [
        stretch_to_row(extract, stretch)
        for stretch in extract.stretches()
        if unknown or stretch.interval.holding.status is not Status.UNKNOWN
    ]
