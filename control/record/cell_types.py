"""What the cells of a theatre's tables may hold: each check names what is wrong, what was expected and how to mend it."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from control.record.dates import DateError, DateWindow, parse_window
from control.record.event_kinds import EventKind
from geo.place import PlaceKind

MAX_ID, MAX_NAME = 100, 300
"""Characters. Longer names fit on no map, and make a picture of any size."""
MAX_HEADLINE = 80
"""Characters. It stands beside a tick."""
MOST_SHOWN = 200
"""Characters of a text that is quoted in a message."""

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def shown(text: str) -> str:
    """Quote a text for a message; of a long one the beginning."""
    return repr(text) if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]!r}..."


def teach(wrong: str, expected: str, remedy: str) -> PydanticCustomError:
    """Return a fault of a cell: what is wrong, what was expected, how to mend it."""
    return PydanticCustomError(
        "row", "{wrong}", {"wrong": _shortened(wrong), "expected": expected, "remedy": _shortened(remedy)}
    )


def _shortened(text: str) -> str:
    return text if len(text) <= 2 * MOST_SHOWN else f"{text[:MOST_SHOWN]} ..."


def _window(text: str) -> DateWindow | None:
    if not text:
        return None
    try:
        return parse_window(text)
    except DateError as error:
        remedy = str(error).removeprefix(f"{text!r} is not a date; ")
        raise teach(f"impossible date {text!r}", "an EDTF date", remedy) from error


def _needed_window(text: str) -> DateWindow:
    window = _window(text)
    if window is None:
        raise teach("empty date", "an EDTF date", "write when it was so, as exactly as the source says")
    return window


def _slug(text: str) -> str:
    if not _SLUG.fullmatch(text) or len(text) > MAX_ID:
        expected = f"lower-case letters, digits and hyphens, at most {MAX_ID}"
        raise teach(f"id {text!r}", expected, "choose an id that never changes")
    return text


def _text(text: str) -> str:
    if not text:
        raise teach("empty cell", "a text", "fill it in")
    return text


def _name(text: str) -> str:
    if len(text) > MAX_NAME:
        raise teach(f"a name of {len(text)} characters", f"at most {MAX_NAME}", "shorten it; tell the rest in the note")
    return _text(text)


def _headline(text: str) -> str:
    if len(text) > MAX_HEADLINE:
        raise teach(f"a headline of {len(text)} characters", f"at most {MAX_HEADLINE}", "say it in a few words")
    return _text(text)


def _country(text: str) -> str:
    if text and not re.fullmatch(r"[A-Z]{2}", text):
        raise teach(f"country {text!r}", "an ISO 3166-1 code of two capitals", "write it as in places.csv")
    return text


def _degrees(limit: int) -> Any:
    def check(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not -limit <= value <= limit:  # also catches nan
            raise teach(f"coordinate {text!r}", f"degrees between -{limit} and {limit}", "give WGS84 decimal degrees")
        return value

    return check


def _number(text: str) -> float | None:
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = -1
    if not 0 <= value < 1e12:
        raise teach(f"number {text!r}", "a number that is not negative, or nothing", "leave it empty when unknown")
    return value


def _kind(text: str) -> PlaceKind:
    try:
        return PlaceKind(text)
    except ValueError:
        raise teach(f"kind {text!r}", "one of " + ", ".join(PlaceKind), "choose the nearest") from None


def _event(text: str) -> EventKind:
    try:
        return EventKind(text)
    except ValueError:
        raise teach(f"event {text!r}", "one of " + ", ".join(EventKind), "choose the nearest") from None


def _grade(text: str) -> str:
    if text not in set("ABCDEF"):
        raise teach(f"grade {text!r}", "an Admiralty grade A-F", "F when it cannot be judged")
    return text


def _credibility(text: str) -> int:
    if text not in set("123456"):
        raise teach(f"credibility {text!r}", "a digit 1-6", "6 when it cannot be judged")
    return int(text)


def _colour(text: str) -> str:
    if not _COLOUR.fullmatch(text):
        raise teach(f"colour {text!r}", "#rrggbb", "write it as six hexadecimal digits after #")
    return text.lower()


def split_list(text: str) -> list[str]:
    """Split a cell at its semicolons, without blanks and empty entries."""
    return [part for part in (p.strip() for p in text.split(";")) if part]


def _day(text: str) -> date:
    window = _needed_window(text)
    if window.first != window.last:
        raise teach(f"{text!r} is more than one day", "a day, such as 2017-11-03", "give the day of the headline")
    return window.first


Day = Annotated[date, BeforeValidator(_day)]
Window = Annotated[DateWindow, BeforeValidator(_needed_window)]
MaybeWindow = Annotated[DateWindow | None, BeforeValidator(_window)]
Slug = Annotated[str, BeforeValidator(_slug)]
Text = Annotated[str, BeforeValidator(_text)]
Headline = Annotated[str, BeforeValidator(_headline)]
NameText = Annotated[str, BeforeValidator(_name)]
Longitude = Annotated[float, BeforeValidator(_degrees(180))]
Latitude = Annotated[float, BeforeValidator(_degrees(90))]
Kind = Annotated[PlaceKind, BeforeValidator(_kind)]
EventCell = Annotated[EventKind, BeforeValidator(_event)]
Grade = Annotated[str, BeforeValidator(_grade)]
Credibility = Annotated[int, BeforeValidator(_credibility)]
Colour = Annotated[str, BeforeValidator(_colour)]
MaybeColour = Annotated[str | None, BeforeValidator(lambda text: _colour(text) if text else None)]
Country = Annotated[str, BeforeValidator(_country)]
Number = Annotated[float | None, BeforeValidator(_number)]
