"""The biography of a place as a strip: its holders over the span, its reports as ticks, the date as a line."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from xml.etree import ElementTree as ET

from control.app.widgets.colours import GREY, safe_colour
from control.assessment.model import Holding, Interval, Status
from control.assessment.timeline import Timeline
from control.map.palette import APP
from control.record.date_words import long_date
from control.record.theatre import Theatre
from control.words.stretches import stretches

HEIGHT = 56
"""Pixels; the width is that of the panel."""

_TOP, _BAND, _BOTTOM = 4, 22, 36
_MOST_YEARS = 9


@dataclass(frozen=True, slots=True)
class Strip:
    """A picture and the same in words.

    Attributes
    ----------
    svg
        One SVG element. Positions along time are percentages: it fits any width without distortion.
    words
        The holders in order with their dates, and the number of reports; plain text.
    """

    svg: str
    words: str

    @property
    def source(self) -> str:
        """The picture as a data URL, for an `img` element: nothing in an image is ever run."""
        return "data:image/svg+xml;base64," + base64.b64encode(self.svg.encode()).decode()


def biography(timeline: Timeline, place_id: str, day: date) -> Strip:
    """Draw the holders of a place over the span of its theatre.

    Parameters
    ----------
    timeline
        Its intervals are the bands, its claims about the place the ticks, each at the middle of its window.
    place_id
        A place that can be held.
    day
        The date that the cursor marks.

    Raises
    ------
    KeyError
        When the place is an area or not in the gazetteer.
    """
    theatre, settings = timeline.theatre, timeline.theatre.settings
    joined = join_alike(timeline.intervals[place_id])
    reports = [claim.window.middle for claim in timeline.claims.get(place_id, ())]
    svg = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "width": "100%", "height": str(HEIGHT)})
    scale = _Scale(settings.start, settings.end)
    for number, interval in enumerate(joined):
        _band(svg, theatre, interval, scale, number)
    for reported in reports:
        x = scale.percent(reported)
        _shape(svg, "line", x1=x, x2=x, y1=_TOP + _BAND + 3, y2=_BOTTOM, stroke=GREY, stroke_width=1.5)
    for year in _years(settings.start, settings.end):
        x = scale.percent(date(year, 1, 1))
        text = _shape(svg, "text", x=x, dx=3, y=HEIGHT - 7, fill=GREY, font_size=11, font_family="sans-serif")
        text.text = str(year)
        _shape(svg, "line", x1=x, x2=x, y1=_BOTTOM + 1, y2=HEIGHT - 6, stroke=GREY, stroke_width=1)
    x = scale.percent(day)
    for colour, width in ((APP["paper"], 5), (APP["accent"], 2)):
        _shape(svg, "line", x1=x, x2=x, y1=0, y2=_BOTTOM, stroke=colour, stroke_width=width)
    return Strip(ET.tostring(svg, encoding="unicode"), _words(timeline, place_id, joined, len(reports)))


def join_alike(intervals: Sequence[Interval]) -> list[Interval]:
    """Join neighbours that say the same, whatever rule led there."""
    joined: list[Interval] = []
    for interval in intervals:
        if joined and joined[-1].holding.same_as(interval.holding):
            before = joined[-1]
            joined[-1] = Interval(
                before.place_id, before.start, interval.end, before.holding, before.claims, before.assumed
            )
        else:
            joined.append(interval)
    return joined


@dataclass(frozen=True, slots=True)
class _Scale:
    start: date
    end: date

    def percent(self, day: date) -> str:
        inside = min(max(day, self.start), self.end)
        return f"{100 * (inside - self.start).days / (self.end - self.start).days:.3f}%"

    def width(self, since: date, until: date) -> str:
        return f"{100 * (until - since).days / (self.end - self.start).days:.3f}%"


def _band(svg: ET.Element, theatre: Theatre, interval: Interval, scale: _Scale, number: int) -> None:
    holding = interval.holding
    where = {"x": scale.percent(interval.start), "width": scale.width(interval.start, interval.end)}
    if holding.status is Status.UNKNOWN or not holding.actor:
        _shape(svg, "rect", **where, y=_TOP + _BAND // 2 - 1, height=2, fill=GREY, fill_opacity=0.5)
        return
    first, second = _colours(theatre, holding)
    fill = first
    if holding.status.is_shared:
        fill = f"url(#stripes{number})"
        pattern = _shape(
            svg, "pattern", id=f"stripes{number}", width=8, height=8, patternUnits="userSpaceOnUse",
            patternTransform="rotate(45)" if holding.status is Status.CONTESTED else "rotate(90)",
        )  # fmt: skip
        _shape(pattern, "rect", width=8, height=8, fill=first)
        _shape(pattern, "rect", width=4, height=8, fill=second)
    # The outline keeps a dark holder apart from a dark page.
    _shape(svg, "rect", **where, y=_TOP, height=_BAND, fill=fill, stroke=GREY, stroke_width=0.5)
    if holding.status is Status.BESIEGED:
        for y in (_TOP, _TOP + _BAND - 4):
            _shape(svg, "rect", **where, y=y, height=4, fill=second)


def _colours(theatre: Theatre, holding: Holding) -> tuple[str, str]:
    other = holding.besieger or next(iter(holding.rivals), None)
    named = [theatre.actors[actor].colour if actor else GREY for actor in (holding.actor, other)]
    return safe_colour(named[0]), safe_colour(named[1])


def _shape(parent: ET.Element, tag: str, **attributes: str | float) -> ET.Element:
    return ET.SubElement(parent, tag, {key.replace("_", "-"): str(value) for key, value in attributes.items()})


def _years(start: date, end: date) -> list[int]:
    first = start.year if start.month == start.day == 1 else start.year + 1
    years = [year for year in range(first, end.year + 1) if date(year, 1, 1) < end]
    return years[:: max(1, -(-len(years) // _MOST_YEARS))]


def _words(timeline: Timeline, place_id: str, joined: Sequence[Interval], reports: int) -> str:
    name = timeline.theatre.gazetteer.place(place_id).name
    last = joined[-1].end - timedelta(days=1)
    told = stretches(timeline.theatre, joined, timeline.claims.get(place_id, ()))
    parts = [f"{stretch.holder} from {stretch.since}" for stretch in told]
    count = f"{reports} report{'' if reports == 1 else 's'}"
    return f"{name} over time: {'; '.join(parts)}, until {long_date(last)}. {count}."
