"""What commands make of their arguments: days, spans, steps, positions, a timeline."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

import typer

from control.assessment.policy import load_policy
from control.assessment.timeline import Timeline
from control.record.dates import DateError, parse_day
from control.record.theatre import Theatre, load_theatre
from control.territory.surroundings import CoupledTimeline
from geo.place import LonLat


def open_timeline(theatre: Path, known_on: str | None, policy: str) -> Timeline:
    """Return the assessments of a theatre, as of a day of knowledge and by a policy."""
    weights = load_policy(policy)
    return CoupledTimeline(load_theatre(theatre), weights, parse_day(known_on) if known_on else None)


def needed_day(text: str) -> date:
    """Return the day of `--date`, which the command cannot do without."""
    if not text:
        raise typer.BadParameter("give --date YYYY-MM-DD")
    return parse_day(text)


def span_of(theatre: Theatre, since: str, until: str) -> tuple[date, date]:
    """Return the first and the last day of a span inside the theatre's."""
    first, last = theatre.check_date(parse_day(since)), theatre.check_date(parse_day(until))
    if first > last:
        raise DateError(f"--since {first} is after --until {last}; give the earlier day first")
    return first, last


def step_of(text: str) -> int | Literal["month"]:
    """Return the step of `--every`: a number of days, or a month."""
    if text == "month":
        return "month"
    if text.isdecimal() and 1 <= int(text) <= 3660:
        return int(text)
    raise typer.BadParameter(f"--every {text}: give a number of days from 1 on, or month")


def position_of(lon: float, lat: float) -> LonLat:
    """Return a position (degrees, WGS84) that is on the globe."""
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise typer.BadParameter(f"({lon}, {lat}) is no position; lon is within 180 and lat within 90 degrees")
    return LonLat(lon, lat)
