"""The address of a view: everything that the app shows, as parameters of a URL and back."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode, urlsplit

from control.dates import DateError, parse_day
from control.policy import BALANCED
from control.theatre import Theatre

KEYS = ("theatre", "date", "known_on", "policy", "place", "compare", "background", "center", "zoom", "hidden")
"""Every parameter, in the order in which a link names them."""

LAYERS = ("estimates",)
"""What can be hidden beside actors; a map that has no such layer passes over it."""

BACKGROUNDS = ("online",)
"""What can lie below the map. A link only proposes one: it comes from the network, and is fetched when the reader agrees."""

MOST_CHARACTERS = 400
"""A longer value is not read at all."""

MOST_NOTES = 6
_PLAIN_NAME = re.compile(r"[a-z][a-z0-9_-]{0,19}")


@dataclass(frozen=True, slots=True)
class Look:
    """Where a person looks.

    Attributes
    ----------
    lon, lat
        Centre of the map, degrees WGS84.
    zoom
        Zoom level of the web map, 0-22.
    """

    lon: float
    lat: float
    zoom: float


@dataclass(frozen=True, slots=True)
class Link:
    """What an address names; `None` or empty for what it leaves to the app. A theatre goes by the name of its folder."""

    theatre: str
    day: date | None = None
    known_on: date | None = None
    policy: str = BALANCED.name
    place: str | None = None
    compare: date | None = None
    look: Look | None = None
    hidden: tuple[str, ...] = ()
    background: str = ""

    def parameters(self) -> dict[str, str]:
        """Return the parameters of the URL; what is as the app has it by default is left out."""
        look = self.look
        values = {
            "theatre": self.theatre,
            "date": self.day.isoformat() if self.day else "",
            "known_on": self.known_on.isoformat() if self.known_on else "",
            "policy": self.policy if self.policy != BALANCED.name else "",
            "place": self.place or "",
            "compare": self.compare.isoformat() if self.compare else "",
            "background": self.background,
            "center": f"{look.lon:.4f},{look.lat:.4f}" if look else "",
            "zoom": f"{look.zoom:g}" if look else "",
            "hidden": ",".join(self.hidden),
        }
        return {key: value for key, value in values.items() if value}

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


def read_theatre(parameters: Mapping[str, str], known: Collection[str], default: str) -> tuple[str, tuple[str, ...]]:
    """Return the theatre that a link names, and a note when there is no such theatre."""
    wanted = parameters.get("theatre") or default
    if wanted in known:
        return wanted, ()
    return default, (f"theatre: it must be one of {', '.join(sorted(known))}",)


def read_link(
    parameters: Mapping[str, str], theatre: Theatre, policies: Collection[str], today: date
) -> tuple[Link, tuple[str, ...]]:
    """Read the parameters of a URL. What cannot be used is left out.

    Returns
    -------
    link
        Everything in it exists: the date lies in the span, the place is in the gazetteer, the policy comes with the app.
    notes
        What was ignored and what was expected instead. They never repeat a value: it may be anything.
    """
    settings, notes = theatre.settings, []
    span = f"a day from {settings.start} to {settings.last_day}, as YYYY-MM-DD"
    shown = {key: _day(parameters.get(key)) for key in ("date", "known_on", "compare")}
    for key in ("date", "compare"):
        day = shown[key]
        if parameters.get(key) and (day is None or not settings.start <= day < settings.end):
            notes.append(f"{key}: it must be {span}")
            shown[key] = None
    known_on = shown["known_on"]
    if parameters.get("known_on") and (known_on is None or not settings.start <= known_on <= today):
        notes.append(f"known_on: it must be a day from {settings.start} to today, as YYYY-MM-DD")
        known_on = None
    policy = parameters.get("policy") or BALANCED.name
    if parameters.get("policy") and policy not in policies:
        notes.append(f"policy: it must be one of {', '.join(policies)}")
        policy = BALANCED.name
    place = parameters.get("place") or None
    if place is not None and place not in theatre.gazetteer:
        notes.append("place: there is no place of that id")
        place = None
    background = parameters.get("background") or ""
    if background and background not in BACKGROUNDS:
        notes.append(f"background: it must be {' or '.join(BACKGROUNDS)}; without it the map asks nobody for anything")
        background = ""
    look, hidden, more = read_look(parameters, theatre)
    notes += [*more, *_strangers(parameters)]
    link = Link(theatre.folder.name, shown["date"], known_on, policy, place, shown["compare"], look, hidden, background)
    return link, tuple(notes)


def read_look(parameters: Mapping[str, str], theatre: Theatre) -> tuple[Look | None, tuple[str, ...], tuple[str, ...]]:
    """Read where the map looks and what it hides, with notes as `read_link`."""
    notes = []
    look = _look(parameters.get("center"), parameters.get("zoom"))
    if look is None and (parameters.get("center") or parameters.get("zoom")):
        notes.append("center and zoom: both are needed, as center=longitude,latitude in degrees and zoom=0 to 22")
    wanted = [name for name in parameters.get("hidden", "")[:MOST_CHARACTERS].split(",") if name]
    hidden = tuple(dict.fromkeys(name for name in wanted if name in theatre.actors or name in LAYERS))
    if any(name not in hidden for name in wanted):
        notes.append("hidden: it must name actors of the theatre by their ids, with commas between them")
    return look, hidden, tuple(notes)


def _day(text: str | None) -> date | None:
    if not text or len(text) > MOST_CHARACTERS:
        return None
    try:
        return parse_day(text)
    except DateError:
        return None


def _look(center: str | None, zoom: str | None) -> Look | None:
    try:
        lon, lat = (float(number) for number in (center or "")[:MOST_CHARACTERS].split(","))
        level = float((zoom or "")[:MOST_CHARACTERS])
    except ValueError:
        return None
    if not all(math.isfinite(number) for number in (lon, lat, level)):
        return None
    sound = -180 <= lon <= 180 and -90 <= lat <= 90 and 0 <= level <= 22
    return Look(round(lon, 4), round(lat, 4), round(level, 2)) if sound else None


def _strangers(parameters: Mapping[str, str]) -> list[str]:
    """Name the parameters that the app does not know; a name that is no plain word is not repeated."""
    unknown = [key for key in parameters if key not in KEYS]
    notes = [f"{key}: no such parameter" for key in unknown if _PLAIN_NAME.fullmatch(key)][:MOST_NOTES]
    if len(unknown) > len(notes):
        notes.append(f"{len(unknown) - len(notes)} more that the app does not know")
    return notes
