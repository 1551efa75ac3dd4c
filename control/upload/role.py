"""What a column of a spreadsheet may be."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What a column may be."""

    DATE = "date"
    PLACE = "place"
    EVENT = "event"
    ACTOR = "actor"
    LOSER = "loser"
    SOURCE = "source"
    URL = "url"
    PUBLISHED = "published"
    SINCE = "since"
    LAT = "lat"
    LON = "lon"
    POSITION = "position"
    ADMIN = "admin"
    COUNTRY = "country"
    CREDIBILITY = "credibility"
    NOTE = "note"


Columns = Mapping[Role, int]
"""Role -> number of its column, from 0."""
