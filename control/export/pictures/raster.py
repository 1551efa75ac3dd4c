"""Drawings as bitmaps, painted finer than they are and reduced, so that edges are soft."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import Any

import shapely
from PIL import Image, ImageColor, ImageDraw
from shapely.ops import substring

from control.export.pictures.basemap import BORDER
from control.export.pictures.drawing import Area, Dot, Drawing, Item, Line, Text, font, printable, text_width
from control.export.pictures.looks import SHEET
from control.export.pictures.svg_painter import STRIPE

FINER = 2
"""How many times finer than the picture it is painted."""
BOLD = 0.014
"""Width added to the strokes of bold text, share of its size: the font has one weight."""

BOLD_ROOM = 0.8
"""Between letters of bold text, for each pixel of such width."""


class Canvas:
    """A bitmap that is painted on."""

    def __init__(self, image: Image.Image, scale: float) -> None:
        self.image, self.scale = image, scale
        self.pen = ImageDraw.Draw(image)

    @classmethod
    def blank(cls, width: int, height: int, colour: str, scale: float) -> Canvas:
        """Return a canvas for a picture of some pixels, of one colour."""
        return cls(Image.new("RGB", (round(width * scale), round(height * scale)), colour), scale)

    def copy(self) -> Canvas:
        """Return another one that looks the same."""
        return Canvas(self.image.copy(), self.scale)

    def paint(self, items: Iterable[Item]) -> None:
        """Paint items, one over the other."""
        for item in items:
            if isinstance(item, Area):
                self._area(item)
            elif isinstance(item, Line):
                self._line(item)
            elif isinstance(item, Dot):
                self._dot(item)
            else:
                self._text(item)

    def reduced(self, finer: int = FINER) -> Image.Image:
        """Return the picture with soft edges."""
        return self.image.reduce(finer)

    def _points(self, ring: Any) -> list[tuple[float, float]]:
        return [(x, y) for x, y in (shapely.get_coordinates(ring) * self.scale).tolist()]

    def _area(self, area: Area) -> None:
        west, north, east, south = (round(c * self.scale) for c in area.geometry.bounds)
        box = (max(0, west - 1), max(0, north - 1), min(self.image.width, east + 2), min(self.image.height, south + 2))
        if box[0] >= box[2] or box[1] >= box[3]:
            return
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]), 0)
        pen, level = ImageDraw.Draw(mask), round(255 * area.opacity)
        # the largest first: what lies in the hole of another is painted after it
        for part in sorted(shapely.get_parts(area.geometry), key=lambda p: -p.area):
            for ring, ink in [(part.exterior, level), *((hole, 0) for hole in part.interiors)]:
                points = [(x - box[0], y - box[1]) for x, y in self._points(ring)]
                if len(points) >= 3:
                    pen.polygon(points, fill=ink)
        if area.second is None:
            self.image.paste(ImageColor.getrgb(area.colour), box, mask)
        else:
            stripes = _stripes(self.image.size, area.colour, area.second, round(STRIPE * self.scale * 2**0.5))
            self.image.paste(stripes.crop(box), box, mask)

    def _line(self, line: Line) -> None:
        west, north, east, south = line.geometry.bounds
        if east < 0 or south < 0 or west * self.scale > self.image.width or north * self.scale > self.image.height:
            return
        colour = _mixed(line.colour, line.opacity)
        width = max(1, round(line.width * self.scale))
        for part in shapely.get_parts(line.geometry):
            pieces = _dashes(part, line.dash) if line.dash else [part]
            for piece in pieces:
                self.pen.line(self._points(piece), fill=colour, width=width, joint="curve")

    def _dot(self, dot: Dot) -> None:
        s = self.scale

        def box(radius: float) -> tuple[float, float, float, float]:
            return ((dot.x - radius) * s, (dot.y - radius) * s, (dot.x + radius) * s, (dot.y + radius) * s)

        if dot.ring:
            self.pen.ellipse(box(dot.radius + 3.8), fill=dot.ring)
            self.pen.ellipse(box(dot.radius + 1.4), fill=SHEET)
        self.pen.ellipse(box(dot.radius + 0.5), fill=dot.outline)
        self.pen.ellipse(box(dot.radius - 0.5), fill=dot.colour)
        if dot.second:
            self.pen.pieslice(box(dot.radius - 0.5), -90, 90, fill=dot.second)

    def _text(self, text: Text) -> None:
        written, size = printable(text.text), text.size * self.scale
        face = font(round(size, 2))
        length = text_width(text.text, text.size, text.bold, text.spacing) * self.scale
        x = text.x * self.scale - {"start": 0.0, "middle": length / 2, "end": length}[text.anchor]
        strong = max(1, round(size * BOLD)) if text.bold else 0
        # thicker strokes need room, or neighbours run into each other
        spacing = text.spacing * self.scale + strong * BOLD_ROOM
        letters = list(written) if spacing else [written]
        halo = round(text.halo * self.scale)
        for stroke, colour in ((strong + halo, SHEET), (strong, text.colour)) if halo else ((strong, text.colour),):
            at = x
            for letter in letters:
                where = (at, text.y * self.scale)
                self.pen.text(where, letter, colour, face, anchor="ls", stroke_width=stroke, stroke_fill=colour)
                at += face.getlength(letter) + spacing


def to_image(drawing: Drawing, scale: float = 1.0) -> Image.Image:
    """Paint a drawing; `scale` pixels of the picture to one of the drawing."""
    return framed(drawing, painted_map(drawing, drawing.inside, scale), scale).reduced()


def painted_map(drawing: Drawing, items: Iterable[Item], scale: float = 1.0, base: Canvas | None = None) -> Canvas:
    """Paint the items of the map over a base, or over its background."""
    canvas = base.copy() if base else Canvas.blank(drawing.width, drawing.height, drawing.background, scale * FINER)
    canvas.paint(items)
    return canvas


def framed(drawing: Drawing, canvas: Canvas, scale: float = 1.0) -> Canvas:
    """Cut the map at its frame, and paint what stands around it."""
    left, top, right, bottom = (round(c * scale * FINER) for c in drawing.frame)
    page = Canvas.blank(drawing.width, drawing.height, SHEET, scale * FINER)
    page.image.paste(canvas.image.crop((left, top, right, bottom)), (left, top))
    page.pen.rectangle((left, top, right, bottom), outline=BORDER, width=round(scale * FINER))
    page.paint(drawing.around)
    return page


@lru_cache(maxsize=16)
def _stripes(size: tuple[int, int], first: str, second: str, band: int) -> Image.Image:
    """Return an image of diagonal stripes."""
    image = Image.new("RGB", size, first)
    pen = ImageDraw.Draw(image)
    for x in range(-size[1], size[0], 2 * band):
        pen.polygon([(x, size[1]), (x + size[1], 0), (x + size[1] + band, 0), (x + band, size[1])], fill=second)
    return image


def _dashes(line: Any, dash: float) -> list[Any]:
    cuts = [n * dash for n in range(int(line.length / dash) + 2)]
    return [substring(line, a, b) for a, b in list(pairwise(cuts))[::2] if a < line.length]


def _mixed(colour: str, opacity: float) -> tuple[int, ...]:
    """Lay a colour over the light of the map: thin lines need no true blending."""
    return tuple(round(c * opacity + 240 * (1 - opacity)) for c in ImageColor.getrgb(colour)[:3])
