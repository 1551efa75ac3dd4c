"""An extract: what a timeline says of a range of dates, as rows that every format writes."""

from __future__ import annotations

import json
from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import count
from typing import Literal

from shapely.geometry.base import BaseGeometry as Geometry

from control import __version__
from control.assessment.likelihood import recorded
from control.assessment.model import Interval, Status
from control.assessment.timeline import Timeline
from control.export.geodata.shapes import shape_in_degrees
from control.export.place_span import PlaceSpan
from control.export.provenance import Provenance
from control.export.records import area_to_dict, front_to_dict, place_span_to_row
from control.export.tables.columns import AreaRecord, FrontRecord, PlaceSpanRow
from control.snapshot import Layer, Snapshot, snapshot_id, take_snapshot
from control.territory.ground import Grounds

DAY = timedelta(days=1)
Step = int | Literal["month"]
"""From one state of the ground to the next: days, or a calendar month."""
DAILY_UP_TO, WEEKLY_UP_TO = 92, 731
"""Days: a film of up to three months goes day by day, of up to two years week by week, and a longer one by month."""
Progress = Callable[[Sequence[date]], Iterator[date]]
"""Hands out the days one by one, and shows how far it is."""


def film_step(since: date, until: date) -> Step:
    """Return the step of a film unless one is chosen: some sixty to a hundred pictures, whatever the length of the range."""
    days = (until - since).days + 1
    return 1 if days <= DAILY_UP_TO else 7 if days <= WEEKLY_UP_TO else "month"


@dataclass(frozen=True, slots=True)
class Shape:
    """An area or a front over [start, end), in degrees, (lon, lat) WGS84; the rest of it as a record."""

    layer: Layer
    start: date
    end: date
    geometry: Geometry
    properties: AreaRecord | FrontRecord


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
        # one way to write what means the same: a record that has it otherwise is none of ours
        object.__setattr__(self, "layers", tuple(layer for layer in Layer if layer in self.layers))
        if self.since == self.until:
            object.__setattr__(self, "every", "month")

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
        when = self.since if self.since == self.until else (self.since, self.until, self.every)
        return snapshot_id(self.timeline, when)

    @cached_property
    def snapshot(self) -> Snapshot:
        """Everything about the first day."""
        grounds = self.grounds if self.has_ground else None
        return take_snapshot(self.timeline, self.since, layers=self.layers, grounds=grounds)

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

    def place_spans(self) -> Iterator[PlaceSpan]:
        """Return the intervals of every place that overlap the range, cut to it, by place id and start."""
        gazetteer = self.timeline.theatre.gazetteer
        for place_id, intervals in sorted(self.timeline.intervals.items()):
            place = gazetteer.place(place_id)
            for interval in intervals:
                start, end = max(interval.start, self.since), min(interval.end, self.end)
                if start < end:
                    yield PlaceSpan(place, start, end, interval, *self._odds(interval, start, end))

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
                geometry = shape_in_degrees(area.geometry, terrain)
                if geometry is not None:
                    yield Shape(Layer.AREAS, start, end, geometry, area_to_dict(theatre, area))
        if Layer.FRONTS in self.layers:
            for front in self.grounds.fronts(start):
                geometry = shape_in_degrees(front.line, terrain)
                if geometry is not None:
                    yield Shape(Layer.FRONTS, start, end, geometry, front_to_dict(theatre, front))

    def _odds(self, interval: Interval, start: date, end: date) -> tuple[float | None, float | None]:
        actor = interval.holding.actor
        if actor is None or interval.holding.status in {Status.UNKNOWN, Status.DIVIDED}:
            return None, None  # of a divided place nobody is the holder
        days = [start + timedelta(days=n) for n in range((end - start).days)]
        odds = self.timeline.resolutions.probability(interval.place_id, actor, days)
        return recorded(sum(odds) / len(odds)), recorded(min(odds))


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


def place_rows(extract: Extract, unknown: bool = True) -> list[PlaceSpanRow]:
    """Return the rows of all places; without the spans of which nothing is known where a map has no use for them."""
    return [
        place_span_to_row(extract.timeline.theatre, span)
        for span in extract.place_spans()
        if unknown or span.interval.holding.status is not Status.UNKNOWN
    ]
