"""What speaks for a place: how its name is spelt, and everything else that is known of the place meant."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import log10

from geo.names import fold, is_arabic
from geo.place import LonLat, Place, PlaceKind
from geo.variants import same_name

HINT_KM = 60
"""A hint that names a town fits what lies within this distance of it; one that names a division as well, half of it."""

SPEAKS_KM = 25
"""Another place of the report, or a town that a hint names, speaks for what lies within this distance of it."""

SURE = {"spelling": 0.98, "sound": 0.94, "town": 0.9}
"""Score of a name that is spelt the same, that sounds the same, and of a facility known by its town."""

ONLY_ALIKE = 0.9
"""Names that are only alike fall behind those that are one name in another romanisation."""


@dataclass(frozen=True, slots=True)
class Hint:
    """What a hint names.

    Attributes
    ----------
    divisions
        Folded names of first-level divisions; what it says itself is one of them.
    countries
        ISO codes.
    towns
        Places that are no areas.
    areas
        Regions, pockets, districts and the like.
    is_division
        Whether it is the name of a known division: then it says little of where in it.
    """

    divisions: frozenset[str]
    countries: frozenset[str] = frozenset()
    towns: tuple[Place, ...] = ()
    areas: tuple[Place, ...] = ()
    is_division: bool = False

    def fits(self, place: Place) -> bool:
        """Whether a place can be meant."""
        if place.country in self.countries or fold(place.admin) in self.divisions or self._names(place):
            return True
        reach = HINT_KM / 2 if self.is_division else HINT_KM
        return any(_apart(place, town) <= reach for town in self.towns) or any(
            _apart(place, area) <= (area.radius_km or HINT_KM / 2) for area in self.areas
        )

    def speaks_for(self, place: Place) -> bool:
        """Whether it leaves little else to be meant: a town near by, not a division with hundreds of villages."""
        if self.is_division:
            return False
        return self._names(place) or any(_apart(place, town) <= SPEAKS_KM for town in self.towns)

    def _names(self, place: Place) -> bool:
        return any(town.id in {place.id, place.town} for town in self.towns)


def _apart(a: Place, b: Place) -> float:
    return a.position.distance_km(b.position)


@dataclass(frozen=True, slots=True)
class Hints:
    """What else is known of the place meant.

    Attributes
    ----------
    near
        (lon, lat), WGS84, of other places of the same report.
    required
        What it must fit.
    kinds
        What the place must be, when a hint says so.
    """

    near: tuple[LonLat, ...] = ()
    required: tuple[Hint, ...] = ()
    kinds: frozenset[PlaceKind] | None = None

    def contradict(self, place: Place) -> bool:
        """Whether a hint rules the place out."""
        return not all(hint.fits(place) for hint in self.required)

    def speak_for(self, place: Place) -> bool:
        """Whether anything else in the report points to just this place."""
        near = any(place.position.distance_km(spot) <= SPEAKS_KM for spot in self.near)
        return near or any(hint.speaks_for(place) for hint in self.required)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place, the spelling of it that matched, by which step, and how alike the sounds are (0-1).

    Attributes
    ----------
    stripped
        Whether the spelling has a word of its kind (`Alpha Dam`) that the toponym lacks.
    core, key, keys
        The folded toponym, the folded spelling, as they were compared, and all folded spellings of the place.
    doubtful
        Whether the names are only alike, or one lacks the word of its kind, and nothing in the report points to this place.
    """

    place: Place
    spelling: str
    step: str
    likeness: float
    stripped: bool = False
    core: str = ""
    key: str = ""
    keys: tuple[str, ...] = ()
    score: float = 0.0
    rank: float = 0.0
    distance_km: float | None = None
    doubtful: bool = False

    @property
    def exact(self) -> bool:
        """Whether the spelling is the same but for case, marks and articles."""
        return self.step == "spelling" and not self.stripped

    @property
    def one_name(self) -> bool:
        """Whether both are one name, perhaps in two romanisations.

        Where the toponym is in Arabic letters, and the place has that name in Arabic letters too, these decide: the
        romanisation says less.
        """
        if self.step == "spelling":
            return True
        if not same_name(self.core, self.key):
            return False
        native = [key for key in self.keys if is_arabic(key) and same_name(self.key, key)]
        return not (is_arabic(self.core) and native) or any(same_name(self.core, key) for key in native)

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
    if score == 0:
        return evidence
    one_name = evidence.one_name
    rank = score * (1 if one_name else ONLY_ALIKE)
    rank *= _KIND_RANK.get(place.kind, 0.95)
    if fold(evidence.spelling) != fold(place.name):
        rank *= 0.985
    rank *= 0.93 + 0.07 * min(1.0, log10((place.population or 300) / 300) / 3)
    distance = min((place.position.distance_km(other) for other in hints.near), default=None)
    if distance is not None:
        rank *= 0.9 + 0.1 / (1 + distance / 50)
    unsaid = evidence.stripped and hints.kinds is None  # a river by itself is not the dam, unless a dam is asked for
    doubtful = (unsaid or not one_name) and not hints.speak_for(place)
    return replace(evidence, score=score, rank=rank, distance_km=distance, doubtful=doubtful)


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
    needed = 0.86 if len(evidence.core) >= 7 else 0.91 if len(evidence.core) >= 5 else 0.93
    if evidence.likeness < needed:
        return 0.0
    return 0.8 + 0.13 * (evidence.likeness - needed) / (1 - needed)
