"""The layout of a picture of the map: frame, base, names, legend and notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property

import shapely
from shapely.geometry.base import BaseGeometry as Geometry

from control.assessment.model import Assessment, Status
from control.export.extract import Extract
from control.export.pictures.basemap import LAND, SEA, Projection, base_above, base_below, country_spots
from control.export.pictures.drawing import LEADING, Area, Dot, Drawing, Item, Line, Text, text_width, wrapped
from control.export.pictures.labels import Box, LabelRequest, place_labels
from control.export.pictures.looks import (
    ASSESSED,
    COUNTRY_NAME,
    ESTIMATED,
    FAINT,
    FIRST_SIDE,
    FRONT,
    FRONT_CASING,
    FRONT_DASH,
    FRONT_EDGE,
    FRONT_WIDTH,
    HOLLOW,
    INK,
    PALE_SAMPLE,
    RULE,
    SECOND_SIDE,
    SHEET,
)
from control.map.tints import opacity
from control.record.date_words import long_date
from control.record.model import Claim
from control.territory.curves import smoothed
from control.territory.fronts import side_name
from control.territory.ground import Ground, GroundArea, Standing
from geo.place import Place, PlaceKind

WIDTH, MARGIN = 1200, 24
LEGEND = 0.8
"""Opacity of samples in the legend."""
COARSE = 0.45
"""Of a pixel: borders between areas are drawn with so much detail."""
MOST_PUBLISHERS = 6
_SMALL, _PLAIN = 12.0, 14.0


class MapLayout:
    """What is alike on every picture of a theatre: the frame, the base, the names; and how ground and places are drawn.

    Parameters
    ----------
    extract
        Its timeline is drawn; the map shows the theatre's opening view.
    width
        Pixels.
    """

    def __init__(self, extract: Extract, width: int = WIDTH) -> None:
        self.extract, self.width = extract, width
        self.theatre = extract.timeline.theatre
        self.terrain = extract.grounds.landscape.terrain
        self.top = 76.0
        self.projection: Projection = Projection.of(
            self.terrain, self.theatre.settings.opening_bbox, MARGIN, self.top, width - 2 * MARGIN
        )

    @cached_property
    def below(self) -> list[Item]:
        """Land."""
        return base_below(self.theatre, self.projection)

    @cached_property
    def above(self) -> list[Item]:
        """Lakes, rivers and borders."""
        return base_above(self.theatre, self.projection)

    @cached_property
    def countries(self) -> list[Text]:
        """Names of countries, where there is room."""
        names = []
        for name, inside, x, y, width in country_spots(self.theatre, self.projection):
            size = 17.0 if inside else 12.0
            text, spacing = name.upper(), size * 0.3
            if text_width(text, size, inside, spacing) <= width * 1.15:
                names.append(Text(x, y, text, size, COUNTRY_NAME, "middle", inside, 1.5, spacing))
        return names

    @cached_property
    def spots(self) -> dict[str, tuple[float, float]]:
        """Place id -> pixels, for the reported places that are on the map."""
        places = [p for p in self.theatre.reported_places if not p.kind.is_area]
        metres = self.terrain.to_metres([p.position for p in places])
        pixels = self.projection.pixels(metres).tolist() if places else []
        return {p.id: (x, y) for p, (x, y) in zip(places, pixels, strict=True) if self.projection.holds(x, y, 2)}

    def ground(self, ground: Ground) -> list[Item]:
        """Return the areas of a day in their actors' colours; what nobody is known to hold stays bare."""
        areas = ground.areas
        shapes = self.projection.shape([area.geometry for area in areas])
        smooth = shapely.coverage_simplify(list(shapes), COARSE)
        pairs = [(a, self.projection.cut(s)) for a, s in zip(areas, smooth, strict=True)]
        return [item for area, shape in pairs if not shape.is_empty for item in self._area(area, shape)]

    def fronts(self, day: date) -> list[Item]:
        """Return the fronts of a day; dashed where an estimate is part of them."""
        lines: list[tuple[Geometry, bool]] = []
        for front in self.extract.grounds.fronts(day):
            line = shapely.simplify(self.projection.cut(self.projection.shape(smoothed(front.line))), COARSE)
            if not line.is_empty:
                lines.append((line, front.assessed_m >= front.length_m / 2))
        # all light edges first: where fronts meet none cuts through another
        return [*(front_casing(line) for line, _ in lines), *(front_line(line, known) for line, known in lines)]

    def dots(self, assessments: dict[str, Assessment]) -> list[Dot]:
        """Return a dot for each place of which something is known, small ones first."""
        found = [(self._weight(self._place(key)), key) for key in self.spots if key in assessments]
        dots = [self._dot(key, assessments[key]) for _, key in sorted(found)]
        return [dot for dot in dots if dot is not None]

    @cached_property
    def standing_dots(self) -> list[Dot]:
        """Return a dot for each place, whoever holds it."""
        return [Dot(x, y, self._radius(self._place(key)), SHEET) for key, (x, y) in self.spots.items()]

    def names(self, places: Iterable[str], dots: Sequence[Dot]) -> list[Text]:
        """Return the names of places, the largest first, where they find room."""
        boxes = [(d.x - d.radius - 1, d.y - d.radius - 1, d.x + d.radius + 1, d.y + d.radius + 1) for d in dots]
        asked = []
        for key in sorted((p for p in places if p in self.spots), key=lambda p: (-self._weight(self._place(p)), p)):
            place, (x, y) = self._place(key), self.spots[key]
            large = (place.population or 0) >= 150_000
            asked.append(LabelRequest(place.name, x, y, self._radius(place), 13.5 if large else 11.5, large))
        return place_labels(asked, boxes, self.projection, [self._box(text) for text in self.countries])

    def legend(
        self, actors: Sequence[str], contested: bool, besieged: bool, top: float, unknown: bool = False
    ) -> tuple[list[Item], float]:
        """Return the legend below the map, and where it ends."""
        entries: list[tuple[str, str, str]] = [
            (side_name(self.theatre.actors[a]), self.theatre.actors[a].colour, "actor") for a in actors
        ]
        entries += [("estimated from neighbours: paler", PALE_SAMPLE, "pale")]
        entries += [("bare: unknown or nobody's", LAND, "actor")]
        entries += [("contested or divided: both colours", "", "contested")] if contested else []
        entries += [("besieged: ring of the besieger", "", "besieged")] if besieged else []
        entries += [("no information", "", "unknown")] if unknown else []
        entries += [("front; dashed: mostly estimated", FRONT, "front")]
        items: list[Item] = []
        x, y = float(MARGIN), top + 26
        two = [self.theatre.actors[a].colour for a in (*actors, *actors)][:2] or [FIRST_SIDE, SECOND_SIDE]
        for name, colour, kind in entries:
            wide = 22 + text_width(name, _PLAIN) + 26
            if x + wide - 26 > self.width - MARGIN:
                x, y = float(MARGIN), y + 24
            items += _sample(kind, colour, two, x, y)
            items.append(Text(x + 24, y, name, _PLAIN, INK))
            x += wide
        return items, y + 14

    def page(self, day: date, inside: list[Item], legend: tuple[list[Item], float], notes: Sequence[str]) -> Drawing:
        """Put the map of a day into its frame: date above, legend and notes below."""
        items, bottom = legend
        title = self.theatre.settings.title
        around: list[Item] = [
            self.date(day),
            Text(self.width - MARGIN, 50, title, 17, FAINT, "end"),
            *items,
        ]
        y = bottom + 12
        for note in notes:
            for line in wrapped(note, _SMALL, self.width - 2 * MARGIN):
                y += _SMALL * LEADING
                around.append(Text(MARGIN, y, line, _SMALL, FAINT))
        p = self.projection
        around.append(Line(shapely.LineString([(MARGIN, bottom + 8), (self.width - MARGIN, bottom + 8)]), RULE, 1))
        inside = [*inside, *self.scale_bar()]
        return Drawing(self.width, round(y + 18), (p.left, p.top, p.right, p.bottom), SEA, inside, around)

    @staticmethod
    def date(day: date) -> Text:
        """Return the date, above the map."""
        return Text(MARGIN, 50, long_date(day), 34, INK, bold=True)

    def scale_bar(self) -> list[Item]:
        """Return a bar of 100 km in the lower left corner."""
        p = self.projection
        length = 100_000 * p.scale
        y, x = p.bottom - 16, p.left + 16
        bar = shapely.LineString([(x, y - 5), (x, y), (x + length, y), (x + length, y - 5)])
        return [
            Line(bar, SHEET, 4),
            Line(bar, INK, 1.4),
            Text(x + length / 2, y - 5, "100 km", 11.5, INK, "middle", halo=2),
        ]

    def _place(self, key: str) -> Place:
        return self.theatre.gazetteer.place(key)

    @staticmethod
    def _weight(place: Place) -> int:
        """Rank places for their names: towns by population, then whatever else."""
        return (place.population or 0) + (1 if place.kind is PlaceKind.TOWN else 0)

    @staticmethod
    def _radius(place: Place) -> float:
        people = place.population or 0
        return 5.5 if people >= 150_000 else 4.2 if people >= 20_000 else 3.2

    def _dot(self, key: str, assessment: Assessment) -> Dot | None:
        holding = assessment.holding
        sides = [*([holding.actor] if holding.actor else []), *holding.rivals]
        if holding.status is Status.UNKNOWN or not sides:
            return None
        (x, y), actors = self.spots[key], self.theatre.actors
        second = actors[sides[1]].colour if holding.status.is_shared and len(sides) > 1 else None
        ring = actors[holding.besieger].colour if holding.besieger else None
        return Dot(x, y, self._radius(self._place(key)), actors[sides[0]].colour, second, ring)

    def _area(self, area: GroundArea, shape: Geometry) -> list[Item]:
        sides = [*([area.actor] if area.actor else []), *area.rivals]
        if area.standing is Standing.UNKNOWN or not sides or not area.effective:
            return []
        colours = [self.theatre.actors[side].colour for side in sides]
        if area.standing in {Standing.CONTESTED, Standing.DIVIDED} and len(colours) > 1:
            return [Area(shape, colours[0], ASSESSED, colours[1])]
        return [Area(shape, colours[0], opacity(colours[0], estimated=area.standing is Standing.ESTIMATED))]

    @staticmethod
    def _box(text: Text) -> Box:
        width = text_width(text.text, text.size, text.bold, text.spacing)
        return (text.x - width / 2, text.y - text.size, text.x + width / 2, text.y + text.size * 0.3)


def holders_of(ground: Ground, shown: Iterable[Assessment]) -> list[str]:
    """Return who holds ground or places, the largest ground first."""
    size: Counter[str] = Counter()
    for area in ground.areas:
        for side in (area.actor, *area.rivals):
            if side and area.effective:
                size[side] += round(area.area_m2)
    for assessment in shown:
        holding = assessment.holding
        for side in (holding.actor, holding.besieger, *holding.rivals):
            if side:
                size[side] += 1
    return [actor for actor, _ in sorted(size.items(), key=lambda pair: (-pair[1], pair[0]))]


def notes(extract: Extract, claims: Iterable[Claim]) -> list[str]:
    """Say what the picture rests on, how it was made, and by which id it is found again."""
    found = {claim.id: claim.source for claim in claims}
    publishers = Counter(source.publisher.split(",")[0] for source in found.values() if source.publisher)
    named = sorted(publishers, key=lambda p: (-publishers[p], p))[:MOST_PUBLISHERS]
    more = len(publishers) - len(named)
    listed = ", ".join(named) + (f" and {more} more" if more > 0 else "")
    titles = len({source.id for source in found.values()})
    settings = extract.timeline.theatre.settings
    return [
        f"{len(found)} reports from {titles} sources{': ' if listed else ''}{listed}. Places are assessed from reports; "
        f"ground is that of the nearest place, to {settings.reach_km:g} km.",
        settings.attribution,
        f"{extract.provenance('').line}.",
    ]


def front_line(line: Geometry, known: bool) -> Line:
    """Return the line of a front: dashed where it is likely and not reported."""
    return Line(line, FRONT, FRONT_WIDTH, dash=None if known else FRONT_DASH)


def front_casing(line: Geometry) -> Line:
    """Return the light edges of a front, which part it from dark ground."""
    return Line(line, FRONT_CASING, FRONT_WIDTH + 2 * FRONT_EDGE)


def hollow_dot(x: float, y: float) -> Dot:
    """Return the dot of a place of which nothing is known."""
    return Dot(x, y, 2.8, SHEET, outline=HOLLOW)


def _sample(kind: str, colour: str, two: Sequence[str], x: float, y: float) -> list[Item]:
    """Return a sample for the legend, 16 pixels wide, on the line of its text."""
    box = shapely.box(x, y - 11, x + 16, y + 1)
    rim = Line(shapely.boundary(box), HOLLOW, 0.8)
    if kind == "actor":
        return [Area(box, LAND), Area(box, colour, LEGEND), rim]
    if kind == "pale":
        left, right = shapely.box(x, y - 11, x + 8, y + 1), shapely.box(x + 8, y - 11, x + 16, y + 1)
        return [Area(left, colour, ASSESSED), Area(right, colour, ESTIMATED), rim]
    if kind == "contested":
        return [Area(box, two[0], ASSESSED, two[-1]), rim]
    if kind == "besieged":
        return [Dot(x + 8, y - 5, 4.2, two[0], ring=two[-1])]
    if kind == "unknown":
        return [hollow_dot(x + 8, y - 5)]
    up, down = (shapely.LineString([(x, y + dy), (x + 16, y + dy)]) for dy in (-8, -2))
    return [front_line(up, True), front_line(down, False)]
