"""What speaks for a place: how its name is spelt, and everything else that is known of the place meant."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import log10

from geo.names import fold
from geo.place import LonLat, Place, PlaceKind

HINT_KM = 60
"""A hint that names a place near by fits what lies within this distance of it."""

SURE = {"spelling": 0.98, "sound": 0.94, "town": 0.9}
"""Score of a name that is spelt the same, that sounds the same, and of a facility known by its town."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What else is known of the place meant.

    Attributes
    ----------
    near
        (lon, lat), WGS84, of other places of the same report.
    required
        For each hint: (its folded forms, countries it names, ids of places it names, their positions).
    kinds
        What the place must be, when a hint says so.
    """

    near: tuple[LonLat, ...] = ()
    required: tuple[tuple[frozenset[str], frozenset[str], frozenset[str], tuple[LonLat, ...]], ...] = ()
    kinds: frozenset[PlaceKind] | None = None

    def contradict(self, place: Place) -> bool:
        """Whether a hint rules the place out."""
        return not all(_fits(place, *hint) for hint in self.required)


def _fits(
    place: Place, folded: frozenset[str], countries: frozenset[str], ids: frozenset[str], spots: tuple[LonLat, ...]
) -> bool:
    if place.country in countries or place.id in ids or place.town in ids:
        return True
    if fold(place.admin) in folded:
        return True
    return any(place.position.distance_km(spot) <= HINT_KM for spot in spots)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place, the spelling of it that matched, by which step, and how alike the sounds are (0-1)."""

    place: Place
    spelling: str
    step: str
    likeness: float
    stripped: bool = False
    length: int = 0
    score: float = 0.0
    rank: float = 0.0
    distance_km: float | None = None

    @property
    def won(self) -> str:
        """Why it was found."""
        return {
            "spelling": f"spelt {self.spelling!r}",
            "sound": f"sounds like {self.spelling!r}",
            "town": f"belongs to {self.spelling!r}",
            "guess": f"nearly {self.spelling!r}: {self.likeness:.2f} alike",
        }[self.step]

    def lost_to(self, best: Evidence) -> str:
        """Why another one is preferred."""
        if self.likeness < best.likeness or self.step not in {best.step, "spelling"}:
            return f"{self.won}; less alike"
        if self.place.kind is not best.place.kind:
            return f"{self.won}; kind {self.place.kind}, not {best.place.kind}"
        if self.distance_km is not None and best.distance_km is not None and self.distance_km > best.distance_km:
            return f"{self.won}; {self.distance_km:.0f} km from the other places, not {best.distance_km:.0f}"
        if (self.place.population or 0) < (best.place.population or 0):
            return f"{self.won}; smaller"
        return f"{self.won}; not the main name" if fold(self.spelling) != fold(self.place.name) else self.won


def weigh(evidence: Evidence, hints: Hints) -> Evidence:
    """Score how the name is spelt, 0-1, and rank the place among its namesakes by kind, size and distance.

    A score of 0 rules it out.
    """
    place = evidence.place
    if hints.contradict(place):
        return replace(evidence, score=0.0)
    score = SURE.get(evidence.step, _guess_score(evidence))
    if evidence.step == "town":
        score *= evidence.likeness
    if evidence.stripped:
        score *= 0.9
    rank = score * _KIND_RANK.get(place.kind, 0.95)
    if fold(evidence.spelling) != fold(place.name):
        rank *= 0.985
    rank *= 0.93 + 0.07 * min(1.0, log10((place.population or 300) / 300) / 3)
    distance = min((place.position.distance_km(other) for other in hints.near), default=None)
    if distance is not None:
        rank *= 0.9 + 0.1 / (1 + distance / 50)
    return replace(evidence, score=score, rank=rank, distance_km=distance)


_KIND_RANK = {
    PlaceKind.TOWN: 1.0,
    PlaceKind.GOVERNORATE: 0.97,
    PlaceKind.QUARTER: 0.9,
    PlaceKind.DISTRICT: 0.9,
    PlaceKind.REGION: 0.9,
    PlaceKind.POCKET: 0.88,
    PlaceKind.BANK: 0.88,
    PlaceKind.ROAD: 0.88,
}
"""Between namesakes a town is meant before a governorate, a site before a quarter or a vague area."""


def _guess_score(evidence: Evidence) -> float:
    """Turn the likeness of two sounds into a score; the shorter the name, the more a difference counts."""
    needed = 0.86 if evidence.length >= 7 else 0.91 if evidence.length >= 5 else 0.93
    if evidence.likeness < needed:
        return 0.0
    return 0.8 + 0.13 * (evidence.likeness - needed) / (1 - needed)
