"""What only a person can decide of an upload, with what there is to choose from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a question is about."""

    LETTERS = "letters"
    CALENDAR = "calendar"
    INSTANT = "instant"
    ORDER = "order"
    COORDINATES = "coordinates"
    EVENT = "event"
    ACTOR = "actor"
    PLACE = "place"


OF_COLUMNS = frozenset({Kind.CALENDAR, Kind.INSTANT, Kind.ORDER, Kind.COORDINATES})
"""What is asked of whole columns, whose rows are not left out by one answer."""

LEAVE_OUT = "-"
"""The answer that sets the rows aside; no place, actor or event has such an id."""

Answers = Mapping[str, str]
"""Key of a question -> id of the choice."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its id, what it is called, and what speaks for it."""

    id: str
    label: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Something that rows wait for.

    Attributes
    ----------
    key
        The same for the same question, whatever else is in the sheet.
    text
        What was written, as the rows have it.
    why
        Why it is asked.
    choices
        Best first.
    rows
        Numbers of the rows that wait for it.
    """

    kind: Kind
    key: str
    text: str
    why: str
    choices: tuple[Choice, ...]
    rows: tuple[int, ...]


def question_key(kind: Kind, *parts: str) -> str:
    """Name a question by its content."""
    return f"{kind}-{hashlib.sha256(chr(31).join(parts).encode('utf-8', 'replace')).hexdigest()[:16]}"


def letters_key(file: str) -> str:
    """Name the question of how the letters of a file are written."""
    return question_key(Kind.LETTERS, file)
