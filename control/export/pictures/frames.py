"""The frames of a film: the map on one date after the other, with the date in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property

from PIL import Image, ImageColor

from control.assessment.model import Assessment
from control.export.extract import Extract
from control.export.pictures.basemap import LAND
from control.export.pictures.drawing import Dot, Drawing, Item, Text
from control.export.pictures.map_layout import LEGEND, MapLayout, holders_of, hollow_dot, notes
from control.export.pictures.raster import Canvas, framed, painted_map
from control.map.tints import opacity
from control.territory.holders import Holders

WIDTH = 1000
FRAME_MS, LAST_MS = 250, 2500
"""How long a frame is shown, and the last one; milliseconds."""
MOST_COLOURS = 160
"""Of a palette that are kept for actors."""


class FramePainter:
    """Paints the frames of a film: what is alike on all of them is painted once."""

    def __init__(self, extract: Extract, width: int = WIDTH) -> None:
        self.extract, self.layout = extract, MapLayout(extract, width)

    def palette(self, days: Sequence[date]) -> Image.Image:
        """Return an image whose palette suits all frames, from a few of them side by side."""
        pictures = list(self.frames(iter(days), days))
        strip = Image.new("RGB", (pictures[0].width * len(pictures), pictures[0].height))
        for number, picture in enumerate(pictures):
            strip.paste(picture, (number * picture.width, 0))
        # the actors' own colours first: averaged with others they would be taken for those
        fixed = [channel for colour in self._colours for channel in colour]
        rest = strip.quantize(256 - len(self._colours), method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        found = Image.new("P", (1, 1))
        found.putpalette(fixed + (rest.getpalette() or [])[: 768 - len(fixed)])
        return found

    @property
    def _colours(self) -> list[tuple[int, int, int]]:
        """The colours that each actor of the legend has on dots, in the legend and on the ground."""
        land, found = ImageColor.getrgb(LAND), []
        for actor in self._held:
            own = self.layout.theatre.actors[actor].colour
            colour = ImageColor.getrgb(own)
            for share in (1.0, LEGEND, *(opacity(own, estimated=pale) for pale in (False, True))):
                red, green, blue = (round(c * share + o * (1 - share)) for c, o in zip(colour, land, strict=False))
                found.append((red, green, blue))
        return found[:MOST_COLOURS]

    def frames(self, progress: Iterator[date], days: Sequence[date]) -> Iterator[Image.Image]:
        """Return the pictures of some days, in order of time; `progress` hands out the same days one by one."""
        for day, holders in zip(progress, self.extract.grounds.holders(days), strict=True):
            yield self._frame(day, holders)

    def _frame(self, day: date, holders: Holders) -> Image.Image:
        layout = self.layout
        ground = self.extract.grounds.ground_of(holders)
        items: list[Item] = [
            *layout.ground(ground), *layout.above, *layout.fronts(day), *layout.countries, *self._hollow,
            *layout.dots(self._assessed[day]), *self._names, *layout.scale_bar(),
        ]  # fmt: skip
        bare, base = self._base
        left, top, right, bottom = (round(c) for c in bare.frame)
        picture = self._page.image.copy()
        picture.paste(
            painted_map(bare, items, base=base).reduced().crop((left + 1, top + 1, right, bottom)), (left + 1, top + 1)
        )
        Canvas(picture, 1).paint([layout.date(day)])
        return picture

    @cached_property
    def _assessed(self) -> dict[date, dict[str, Assessment]]:
        """Every place of the map on every day."""
        assess = self.extract.timeline.assess
        return {day: {key: assess(key, day) for key in self.layout.spots} for day in self.extract.days}

    @cached_property
    def _names(self) -> list[Text]:
        # a name stands by its place from the first frame to the last, whether or not anybody holds it
        return self.layout.names(self.layout.spots, self.layout.standing_dots)

    @cached_property
    def _hollow(self) -> list[Dot]:
        """Dots below those of holders, so that a name never stands by nothing."""
        named = {item.text for item in self._names}
        keys = [key for key in self.layout.spots if self.layout.theatre.gazetteer.place(key).name in named]
        return [hollow_dot(*self.layout.spots[key]) for key in keys]

    @cached_property
    def _base(self) -> tuple[Drawing, Canvas]:
        bare = self.layout.page(self.extract.since, [], self._legend, self._notes)
        return bare, painted_map(bare, self.layout.below)

    @cached_property
    def _page(self) -> Canvas:
        """All but the map and the date."""
        bare, canvas = self._base
        date_of, rest = bare.around[0], bare.around[1:]
        assert date_of == self.layout.date(self.extract.since)  # noqa: S101 (the page puts it first)
        page = Drawing(bare.width, bare.height, bare.frame, bare.background, [], rest)
        return Canvas(framed(page, canvas).reduced(), 1)

    @property
    def _notes(self) -> list[str]:
        shown = (a for on_day in self._assessed.values() for a in on_day.values())
        return notes(self.extract, (claim for assessment in shown for claim in assessment.claims))

    @cached_property
    def _legend(self) -> tuple[list[Item], float]:
        shown = [a for on_day in self._assessed.values() for a in on_day.values()]
        contested = any(a.holding.status.is_shared for a in shown)
        besieged = any(a.holding.besieger for a in shown)
        return self.layout.legend(self._held, contested, besieged, self.layout.projection.bottom, unknown=True)

    @cached_property
    def _held(self) -> list[str]:
        """Everybody who holds anything in any frame, by the ground of the last day."""
        held: set[str] = set()
        for holders in self.extract.grounds.holders(self.extract.days):
            sides = set(holders.actor.tolist()) | set(holders.rival.tolist())
            held |= {holders.actors[side] for side in sides if side >= 0}
        order = holders_of(self.extract.grounds.ground_on(self.extract.days[-1]), [])
        return sorted(held, key=lambda a: (order.index(a) if a in order else len(order), a))
