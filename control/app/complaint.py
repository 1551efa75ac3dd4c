"""What is said when a name of a place leads nowhere."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with a name, in words, and what to press instead.

    Attributes
    ----------
    places
        Ids and labels of the places that may be meant.
    maps
        Names and titles of other theatres that have it.
    """

    words: str
    places: tuple[tuple[str, str], ...] = ()
    maps: tuple[tuple[str, str], ...] = ()
