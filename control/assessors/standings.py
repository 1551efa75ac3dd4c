"""Where assessors differ: how they stand to each other at every place, on every day."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from control.assessors.overlay import ABSENT, Overlay
from control.assessors.series import UNKNOWN, Ints


class Standing(IntEnum):
    """How the words of all who say something of a place on a day stand to each other."""

    NOBODY = 0
    """All say `unknown`."""
    AGREE = 1
    SILENT = 2
    """Some say `unknown`, and all others the same."""
    DIFFER = 3

    def __str__(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class PlaceDifference:
    """How often assessors differ at a place.

    Attributes
    ----------
    days
        On how many at least two say something.
    differing, silent
        On how many of them two name different holders (or one names a holder and another calls it contested), and on how
        many some say `unknown` while others name one.
    """

    place_id: str
    days: int
    differing: int
    silent: int

    @property
    def share_differing(self) -> float:
        """Share of the days, 0-1, on which they differ."""
        return self.differing / self.days


def standings(overlay: Overlay) -> Ints:
    """Return the `Standing` of each stretch, shape (stretches,)."""
    unknown = overlay.words.index(UNKNOWN) if UNKNOWN in overlay.words else ABSENT
    named = (overlay.said != ABSENT) & (overlay.said != unknown)
    highest = np.where(named, overlay.said, -1).max(axis=0, initial=-1)
    lowest = np.where(named, overlay.said, len(overlay.words)).min(axis=0, initial=len(overlay.words))
    silent = (overlay.said == unknown).any(axis=0) if UNKNOWN in overlay.words else np.zeros(len(overlay.place), bool)
    found = np.where(silent, int(Standing.SILENT), int(Standing.AGREE))
    found = np.where(lowest < highest, int(Standing.DIFFER), found)
    return np.where(highest < 0, int(Standing.NOBODY), found).astype(np.int64)


def place_differences(overlay: Overlay) -> tuple[PlaceDifference, ...]:
    """Return how often they differ at each compared place, the most disputed first."""
    at = np.searchsorted(overlay.compared, overlay.place)
    sums = np.zeros((len(overlay.compared), len(Standing)), np.int64)
    np.add.at(sums, (at, standings(overlay)), overlay.days)
    found = [
        PlaceDifference(overlay.places[int(index)], sum(row), row[Standing.DIFFER], row[Standing.SILENT])
        for index, row in zip(overlay.compared, sums.tolist(), strict=True)
    ]
    return tuple(sorted(found, key=lambda d: (-d.share_differing, -d.differing, d.place_id)))
