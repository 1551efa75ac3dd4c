"""The file theatre.toml: what a theatre is called, its span, its box."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime, timedelta, tzinfo
from math import cos, radians
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails

from control.record.dates import parse_day
from control.record.time_zones import read_zone
from control.storage.files import FileError, read_text
from geo.terrain import AROUND

MAX_BYTES = 2**18
MAX_YEARS = 120
"""Of a span. Every day of it can be asked for, and the estimates of each fortnight are solved."""
EARLIEST, LATEST = date(100, 1, 1), date(9900, 1, 1)
"""Of a span: around it there is room in the calendar for whatever a policy or a vague date adds."""
LEAST_DEGREES = 0.01
"""Of the side of a box."""
MOST_TIMES_TALLER = 8
"""A picture is as wide as was asked for and as high as the opening box makes it."""
_NEAR_ANTIPODE = AROUND + 1
"""Degrees around a box in which the point opposite its middle may not lie: no flat map shows both."""

_PLAIN = {"missing": "not given; add it", "extra_forbidden": "no key of this file; correct it, or take it out"}
"""What is said instead of the words of pydantic."""

Box = tuple[float, float, float, float]


class TheatreError(FileError):
    """A folder that is no theatre; the message lists every reason."""


def _day(value: Any) -> date:
    if isinstance(value, datetime) or not isinstance(value, date | str):
        raise ValueError(f"expected a day, written without quotes as 2017-11-03; found {_short(value)}")
    return parse_day(value) if isinstance(value, str) else value


def _short(value: Any) -> str:
    text = repr(value) if isinstance(value, str | float | bool) else type(value).__name__
    return text if len(text) <= 60 else text[:60] + "..."


Day = Annotated[date, BeforeValidator(_day)]
Line = Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]
Words = Annotated[str, Field(max_length=5000)]
Degrees = Annotated[float, Field(strict=True, allow_inf_nan=False)]


class Settings(BaseModel):
    """The table `[theatre]` of theatre.toml.

    Attributes
    ----------
    start, end
        The span [start, end): no assessment outside it.
    opening_date, opening_bbox
        What the map shows first; `bbox` as (west, south, east, north), degrees WGS84.
    reach_km
        How far from a place the ground is still its own; what lies beyond is nobody's.
    town_radius_km
        How far from a place's coordinate a point still lies in the place itself.
    time_zone
        What clocks showed there: a name such as `Asia/Tokyo`, or an offset such as `+03:00`; empty where it is not known.
        Dates of the theatre are calendar days without a zone; it serves to understand instants of somebody's own table.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=100)
    title: Line
    countries: tuple[Annotated[str, Field(max_length=10)], ...] = Field(max_length=300)
    bbox: tuple[Degrees, Degrees, Degrees, Degrees]
    start: Day
    end: Day
    opening_date: Day
    opening_bbox: tuple[Degrees, Degrees, Degrees, Degrees]
    reach_km: float = Field(default=25, gt=0, le=500, strict=True)
    town_radius_km: float = Field(default=5, gt=0, le=50, strict=True)
    time_zone: str = ""
    licence: Words
    attribution: Words

    @property
    def last_day(self) -> date:
        """The last day of the span."""
        return self.end - timedelta(days=1)

    @model_validator(mode="after")
    def _span(self) -> Settings:
        if self.start >= self.end:
            raise ValueError("start must be before end")
        if not self.start <= self.opening_date < self.end:
            raise ValueError("opening_date must lie in [start, end)")
        if not (self.start >= EARLIEST and self.end <= LATEST and self.end.year - self.start.year <= MAX_YEARS):
            raise ValueError(
                f"the span {self.start} to {self.end} is too long; expected at most {MAX_YEARS} years, between "
                f"{EARLIEST} and {LATEST}; give the years that the reports are about"
            )
        return self

    @model_validator(mode="after")
    def _one_map(self) -> Settings:
        west, south, east, north = self.bbox
        opposite = ((west + east) / 2 + 180, -(south + north) / 2)
        for name in ("bbox", "opening_bbox"):
            if _reaches(getattr(self, name), opposite):
                raise ValueError(
                    f"{name} reaches to the other side of the globe from the middle of bbox; expected a part of the world "
                    "that fits on one flat map; narrow it to where the places are"
                )
        return self

    @property
    def zone(self) -> tzinfo | None:
        """The time zone, where one is named."""
        return read_zone(self.time_zone) if self.time_zone else None

    @field_validator("time_zone")
    @classmethod
    def _zone(cls, name: str) -> str:
        if name:
            read_zone(name)
        return name

    @field_validator("bbox", "opening_bbox")
    @classmethod
    def _box(cls, box: Box) -> Box:
        west, south, east, north = box
        if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
            raise ValueError(
                "expected west, south, east, north in degrees, west below east and south below north; a theatre cannot lie "
                "across the 180th meridian"
            )
        if min(east - west, north - south) < LEAST_DEGREES:
            raise ValueError(
                f"a side is shorter than {LEAST_DEGREES} degrees; expected a box around the places; widen it"
            )
        return box

    @field_validator("opening_bbox")
    @classmethod
    def _shape(cls, box: Box) -> Box:
        west, south, east, north = box
        wide = (east - west) * max(cos(radians((south + north) / 2)), 1e-9)
        if north - south > MOST_TIMES_TALLER * wide:
            raise ValueError(
                f"more than {MOST_TIMES_TALLER} times as tall as it is wide; expected the part of the map that is shown "
                "first; widen it"
            )
        return box


def _reaches(box: Box, point: tuple[float, float]) -> bool:
    west, south, east, north = box
    lon, lat = point
    beyond = ((lon - west) % 360 - (east - west)) % 360  # degrees eastwards from the box to the point
    near = (lon - west) % 360 <= east - west or min(beyond, (west - lon) % 360) <= _NEAR_ANTIPODE
    return near and south - _NEAR_ANTIPODE <= lat <= north + _NEAR_ANTIPODE


def read_settings(path: Path) -> Settings:
    """Read the settings of a theatre.

    Raises
    ------
    TheatreError
        When the file is missing, no TOML, or has faults; all of them are listed.
    """
    try:
        text = read_text(path, MAX_BYTES, path.parent)
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TheatreError(f"{path.name}: not TOML: {error}; correct it; see docs/theatre-format.md") from None
    except FileError as error:
        raise TheatreError(str(error)) from None
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, thousands of brackets
        why = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise TheatreError(f"{path.name}: not TOML that can be read: {why}; write it anew") from None
    try:
        return Settings.model_validate(content.get("theatre", {}))
    except ValidationError as error:
        raise TheatreError(
            "\n".join(f"{path.name}:{_line_of(text, e['loc'])}: {_said(e)}" for e in error.errors())
        ) from None


def _said(error: ErrorDetails) -> str:
    where = ".".join(map(str, error["loc"])) or "[theatre]"
    said = _PLAIN.get(error["type"]) or error["msg"].removeprefix("Value error, ")
    return f"{where}: {said}; see docs/theatre-format.md"


def _line_of(text: str, loc: tuple[int | str, ...]) -> int:
    """Return the line on which a key of the table stands, or its heading where the key is missing."""
    lines = text.splitlines()
    for wanted in ([rf"\s*[\"']?{re.escape(str(loc[0]))}[\"']?\s*="] if loc else []) + [r"\s*\[\s*theatre\s*\]"]:
        found = next((number for number, line in enumerate(lines, 1) if re.match(wanted, line)), None)
        if found is not None:
            return found
    return 1
