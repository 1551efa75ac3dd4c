"""The address of a view: everything that the app shows, as parameters of a URL and back.

Each parameter is a field of `Link`, and is spelt nowhere else in Python.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationError,
    ValidationInfo,
)
from pydantic_core import PydanticCustomError

from control.assessment.policy import BALANCED
from control.record.date_words import long_date
from control.record.dates import DateError, parse_day
from control.record.theatre import Theatre

LAYERS = ("estimates",)
"""What can be hidden beside actors; a map that has no such layer passes over it."""

BACKGROUNDS = ("online",)
"""What can lie below the map. A link only proposes one: it comes from the network, and is fetched when the reader agrees."""

MOST_CHARACTERS = 400
"""A longer value is not read at all."""

MOST_NOTES = 6
_PLAIN_NAME = re.compile(r"[a-z][a-z0-9_-]{0,19}")


class Position(NamedTuple):
    """Centre of the map: (lon, lat), degrees WGS84."""

    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Known:
    """What an address can name: what the theatre has, the policies that come with the app, and days up to today."""

    theatre: Theatre
    policies: Collection[str]
    today: dt.date


def _unusable(info: ValidationInfo, fault: str) -> PydanticCustomError:
    """Return the error for a value that cannot be used: a sentence with what is wrong, and one with what is shown instead.

    They never repeat a value, unless it is a day: it may be anything.
    """
    field = Link.model_fields[str(info.field_name)]
    opening = info.context.theatre.settings.opening_date if isinstance(info.context, Known) else None
    instead = str(field.description).format(opening=long_date(opening) if opening else "the opening date")
    return PydanticCustomError("unusable", "{reason}", {"reason": f"{fault} {instead}"})


def _title(info: ValidationInfo) -> str:
    return str(Link.model_fields[str(info.field_name)].title)


def _day(value: object, info: ValidationInfo) -> object:
    if not isinstance(value, str):
        return value
    fault = f"{_title(info)} is not a day of the calendar; write it as in 2017-11-03."
    if len(value) > MOST_CHARACTERS:
        raise _unusable(info, fault)
    try:
        return parse_day(value)
    except DateError:
        raise _unusable(info, fault) from None


def _on_the_map(day: dt.date, info: ValidationInfo) -> dt.date:
    if isinstance(known := info.context, Known):
        settings = known.theatre.settings
        if not settings.start <= day < settings.end:
            span = f"{long_date(settings.start)} to {long_date(settings.last_day)}"
            raise _unusable(info, f"{_title(info)} {long_date(day)} is outside this map ({span}).")
    return day


def _until_today(day: dt.date, info: ValidationInfo) -> dt.date:
    if isinstance(known := info.context, Known):
        start = known.theatre.settings.start
        if not start <= day <= known.today:
            raise _unusable(info, f"{_title(info)} {long_date(day)} must lie between {long_date(start)} and today.")
    return day


def _a_policy(name: str, info: ValidationInfo) -> str:
    if isinstance(known := info.context, Known) and name not in known.policies:
        raise _unusable(info, f"There is no policy of that name, only {', '.join(known.policies)}.")
    return name


def _a_place(place_id: str, info: ValidationInfo) -> str:
    if isinstance(known := info.context, Known) and place_id not in known.theatre.gazetteer:
        raise _unusable(info, "The place in the link is not on this map.")
    return place_id


def _a_background(name: str, info: ValidationInfo) -> str:
    if name and name not in BACKGROUNDS:
        raise _unusable(info, f"A link can name no background but “{'” or “'.join(BACKGROUNDS)}”.")
    return name


def _no_look(info: ValidationInfo) -> PydanticCustomError:
    limits = "center must be longitude and latitude in degrees, and zoom a number from 0 to 22"
    return _unusable(info, f"{_title(info)}: {limits}.")


def _position(value: object, info: ValidationInfo) -> object:
    if not isinstance(value, str):
        return value
    try:
        lon, lat = (float(number) for number in value[:MOST_CHARACTERS].split(","))
    except ValueError:
        raise _no_look(info) from None
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):  # what is no number is not between them either
        raise _no_look(info)
    return Position(round(lon, 4), round(lat, 4))


def _level(value: object, info: ValidationInfo) -> object:
    if not isinstance(value, str):
        return value
    try:
        level = float(value[:MOST_CHARACTERS])
    except ValueError:
        raise _no_look(info) from None
    if not 0 <= level <= 22:
        raise _no_look(info)
    return round(level, 2)


def _with_center(zoom: float | None, info: ValidationInfo) -> float | None:
    if (zoom is None) != (info.data.get("center") is None):
        raise _no_look(info)
    return zoom


def _names(value: object) -> object:
    if not isinstance(value, str):
        return value
    return tuple(dict.fromkeys(name for name in value[:MOST_CHARACTERS].split(",") if name))


def _can_be_hidden(name: str, info: ValidationInfo) -> str:
    if isinstance(known := info.context, Known) and name not in known.theatre.actors and name not in LAYERS:
        raise _unusable(info, "The link hides a side that is not on this map.")
    return name


Day = Annotated[dt.date, BeforeValidator(_day)]
DayOnMap = Annotated[Day, AfterValidator(_on_the_map)]
DayUntilToday = Annotated[Day, AfterValidator(_until_today)]
Policy = Annotated[str, AfterValidator(_a_policy)]
PlaceId = Annotated[str, AfterValidator(_a_place)]
Background = Annotated[str, AfterValidator(_a_background)]
Center = Annotated[Position, BeforeValidator(_position), PlainSerializer(lambda at: f"{at.lon:.4f},{at.lat:.4f}")]
Zoom = Annotated[float, BeforeValidator(_level), PlainSerializer(lambda level: f"{level:g}")]
HiddenName = Annotated[str, AfterValidator(_can_be_hidden)]
Hidden = Annotated[tuple[HiddenName, ...], BeforeValidator(_names), PlainSerializer(",".join)]


class Selection(BaseModel):
    """What is shown. The fields are parameters of the address, in the order in which a link names them.

    `None` or empty stands for what is left to the app. What is read from an address is looked up, see `read_link`; what the
    app puts together is taken on trust. The title of a field is its subject in a note, its description what is shown
    instead of a value that cannot be used.

    Attributes
    ----------
    theatre
        Name of its folder.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    theatre: str
    date: DayOnMap | None = Field(None, title="The date", description="Showing {opening}.")
    known_on: DayUntilToday | None = Field(
        None, title="The “as known on” date", description="Showing what is known today."
    )
    policy: Policy = Field(BALANCED.name, description=f"Using {BALANCED.name}.")
    place: PlaceId | None = Field(None, description="No place is selected.")
    compare: DayOnMap | None = Field(None, title="The comparison date", description="Showing no comparison.")
    background: Background = Field("", description="Showing none.")


class Link(Selection):
    """What an address names: what is shown, and what only the map in the browser knows, where it looks and what it hides.

    Attributes
    ----------
    center, zoom
        Where the map looks, and its zoom level of 0-22. Neither stands without the other.
    hidden
        Ids of actors and names of layers.
    """

    center: Center | None = Field(None, title="Where the map looks", description="Showing the opening view.")
    zoom: Annotated[Zoom | None, AfterValidator(_with_center)] = Field(
        None, title="Where the map looks", description="Showing the opening view.", validate_default=True
    )
    hidden: Hidden = Field((), description="Nothing was hidden for it.")

    def parameters(self) -> dict[str, str]:
        """Return the parameters of the URL; what is as the app has it by default is left out."""
        return self.model_dump(mode="json", exclude_defaults=True)

    def url(self, base: str | None) -> str:
        """Return the address under `base`, an http(s) URL whose own query is dropped; only the query without one."""
        query = urlencode(self.parameters(), safe=",")
        try:
            parts = urlsplit(base or "")
            host = parts.hostname
        except ValueError:  # a malformed host
            return f"?{query}"
        if parts.scheme not in {"http", "https"} or not host:
            return f"?{query}"
        return f"{parts.scheme}://{parts.netloc}{parts.path or '/'}?{query}"


PARAMETERS = tuple(Link.model_fields)
"""Every parameter, in the order in which a link names them."""

OF_THE_BROWSER = tuple(name for name in PARAMETERS if name not in Selection.model_fields)
"""Those that only the map in the browser knows."""


def today_anywhere() -> dt.date:
    """Return the latest day that any visitor's calendar shows: clocks are up to 14 hours ahead of UTC."""
    return dt.datetime.now(dt.timezone(dt.timedelta(hours=14))).date()


def read_theatre(parameters: Mapping[str, str], known: Collection[str], default: str) -> tuple[str, tuple[str, ...]]:
    """Return the theatre that a link names, and a note when there is no such theatre."""
    wanted = parameters.get("theatre") or default
    if wanted in known:
        return wanted, ()
    named = ", ".join(sorted(known))
    return default, (f"There is no map of that name; the maps are {named}. Showing {default}.",)


def read_link(
    parameters: Mapping[str, str], theatre: Theatre, policies: Collection[str], today: dt.date
) -> tuple[Link, tuple[str, ...]]:
    """Read the parameters of a URL. What cannot be used is left out.

    Returns
    -------
    link
        Everything in it exists: the date lies in the span, the place is in the gazetteer, the policy comes with the app.
    notes
        What was ignored and what was expected instead. They never repeat a value: it may be anything.
    """
    known = Known(theatre, policies, today)
    given: dict[str, Any] = {key: value for key, value in parameters.items() if value and key in PARAMETERS}
    given |= {"theatre": theatre.folder.name, "hidden": _names(given.get("hidden", ""))}
    try:
        return Link.model_validate(given, context=known), tuple(_strangers(parameters))
    except ValidationError as error:
        faults = {fault["loc"]: fault["msg"] for fault in error.errors(include_url=False)}
    link = Link.model_validate(_without(given, faults), context=known)
    return link, (*dict.fromkeys(faults.values()), *_strangers(parameters))


def _without(given: Mapping[str, Any], faulty: Collection[tuple[int | str, ...]]) -> dict[str, Any]:
    """Leave out what is faulty: items of a list by themselves, parameters with those that share their title."""
    out = {_subject(str(where[0])) for where in faulty if len(where) == 1}
    left = {name: value for name, value in given.items() if _subject(name) not in out}
    for name, value in left.items():
        if isinstance(value, tuple):
            left[name] = tuple(item for index, item in enumerate(value) if (name, index) not in faulty)
    return left


def _subject(parameter: str) -> str:
    return Link.model_fields[parameter].title or parameter


def _strangers(parameters: Mapping[str, str]) -> list[str]:
    """Name the parameters that the app does not know; a name that is no plain word is not repeated."""
    unknown = [key for key in parameters if key not in PARAMETERS]
    notes = [f"“{key}” is not a setting; it was ignored." for key in unknown if _PLAIN_NAME.fullmatch(key)][:MOST_NOTES]
    if len(unknown) > len(notes):
        more = len(unknown) - len(notes)
        said = "parameter is not a setting and was" if more == 1 else "parameters are no settings and were"
        notes.append(f"{more} {said} ignored.")
    return notes
