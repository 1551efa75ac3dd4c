"""The shape of a payload: which keys it has, and what stands there. Every fault is found at once, with the path to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Annotated, Any

from pydantic import AfterValidator, AllowInfNan, BaseModel, Field, Strict, ValidationError

from control.record.dates import parse_day

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
Path = tuple[int | str, ...]
"""Where something stands in a payload: keys and numbers, from the outside to the inside."""


def _text(value: Any) -> Any:
    if isinstance(value, str | int) and not isinstance(value, bool):
        return value
    raise ValueError(f"{value!r} is no text")


def _colour(value: Any) -> Any:
    if _COLOUR.fullmatch(str(value)):
        return value
    raise ValueError(f"{value!r} is not #rrggbb")


def _day(value: Any) -> Any:
    try:
        parse_day(value)
    except (AttributeError, ValueError):
        raise ValueError(f"{value!r} is no ISO date, as in 2017-11-03") from None
    return value


def _coordinates(value: Any) -> Any:
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list | tuple):
            waiting.extend(part)
        elif isinstance(part, bool) or not isinstance(part, int | float) or not isfinite(part):
            raise ValueError(f"{part!r} is no finite number")
    return value


Text = Annotated[Any, AfterValidator(_text)]
Colour = Annotated[Any, AfterValidator(_colour)]
Day = Annotated[Any, AfterValidator(_day)]
Coordinates = Annotated[Any, AfterValidator(_coordinates)]
Number = Annotated[float, Strict(), AllowInfNan(False)]
Whole = Annotated[int, Strict()]


class _Theatre(BaseModel):
    id: Text
    title: Text


class _Opening(BaseModel):
    date: Day
    bounds: tuple[tuple[Number, Number], tuple[Number, Number]]


class _Actor(BaseModel):
    id: Text
    name: Text
    short_name: Text
    colour: Colour
    colour_dark: Colour | None = None


class _Place(BaseModel):
    id: Text
    name: Text
    kind: Text
    lon: Annotated[Number, Field(ge=-180, le=180)]
    lat: Annotated[Number, Field(ge=-90, le=90)]
    rank: Number
    area_km2: Number | None = None
    drivers: list[tuple[Whole, Number]] | None = None


class _Transform(BaseModel):
    scale: tuple[Number, Number]
    translate: tuple[Number, Number]


class _Ground(BaseModel):
    transform: _Transform
    arcs: list[list[Number]]
    sides: list[list[Whole]]


class _Geometry(BaseModel):
    type: Text
    coordinates: Coordinates = ()
    geometries: list[_Geometry] | None = None


class _Feature(BaseModel):
    properties: dict[str, Any] | None = None
    geometry: _Geometry | None = None


class _Collection(BaseModel):
    features: list[_Feature]


class _Sign(BaseModel):
    status: Text
    actor: Whole
    text: Text


class _Told(BaseModel):
    texts: list[Text]
    rows: list[list[Whole]]
    note: Text
    signs: list[_Sign]
    headings: list[Text]


class _Payload(BaseModel):
    theatre: _Theatre
    span: tuple[Day, Day]
    opening: _Opening
    actors: list[_Actor]
    statuses: list[Text]
    places: list[_Place]
    intervals: list[list[list[Number]]]
    ground: _Ground | None = None
    stale_after: list[Number] | None = None
    changes: list[tuple[Whole, Whole]] | None = None
    presence: list[tuple[Whole, Number, Number, Whole, Whole, Whole]] | None = None
    moments: list[tuple[Whole, Text, Text]] | None = None
    geography: dict[str, _Collection] | None = None
    told: _Told | None = None
    attribution: Text | None = None
    cells_note: Text | None = None


def shape_faults(payload: Mapping[str, Any]) -> dict[Path, str]:
    """Return what is missing in a payload or of another kind than the map takes, by where it is."""
    try:
        _Payload.model_validate(payload)
    except ValidationError as error:
        return dict(_found(error))
    return {}


def path_text(path: Path) -> str:
    """Write a path as one reads it: `places[4].lon`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


def _found(error: ValidationError) -> Iterator[tuple[Path, str]]:
    for fault in error.errors(include_url=False):
        path, kind = fault["loc"], fault["type"]
        if kind == "missing":
            at, name = path_text(path[:-1]), path[-1]
            what = f"no {name!r}" if isinstance(name, str) else "fewer values than expected"
            yield path, f"{at}: {what}" if at else what
        else:
            said = fault["msg"].removeprefix("Value error, ")
            what = said if kind == "value_error" else f"{_shortened(fault['input'])}: {said[:1].lower()}{said[1:]}"
            yield path, f"{path_text(path)}: {what}"


def _shortened(value: Any, longest: int = 40) -> str:
    text = repr(value)
    return text if len(text) <= longest else f"{text[:longest]}..."
