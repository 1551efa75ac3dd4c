"""Finding the place that a toponym means, or saying that nobody can tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from geo.names import fold, split_hint
from geo.place import LonLat, Place, PlaceKind

CUT_OFF = 0.88
"""Spellings less alike than this (indel ratio of the folded names) are not offered: a wrong town is worse than none."""

TIE = 0.03
"""Two candidates whose scores are closer than this cannot be told apart by spelling."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a toponym may mean, with its score (0-1) and the spelling that matched."""

    place: Place
    score: float
    spelling: str
    reason: str


@dataclass(frozen=True, slots=True)
class Match:
    """The answer to a query: the best candidate, and all that were weighed, best first."""

    query: str
    place: Place
    score: float
    candidates: tuple[Candidate, ...]


class PlaceError(LookupError):
    """A toponym that has no single answer."""

    def __init__(self, message: str, query: str, candidates: Sequence[Candidate] = ()) -> None:
        super().__init__(message)
        self.query = query
        self.candidates = tuple(candidates)


class UnknownPlaceError(PlaceError):
    """No place of the gazetteer is spelt like that."""


class AmbiguousPlaceError(PlaceError):
    """Several places are, and nothing tells them apart."""


class Gazetteer:
    """The places of a theatre and an index of their spellings.

    Parameters
    ----------
    places
        Entries with unique ids, in any order; the order never matters.
    overrides
        Spelling -> place id: corrections by the user, which win over everything.
    countries
        ISO code -> name, for hints like `Karmah (Iraq)`.
    """

    def __init__(
        self,
        places: Iterable[Place],
        overrides: Mapping[str, str] | None = None,
        countries: Mapping[str, str] | None = None,
    ) -> None:
        self.places: tuple[Place, ...] = tuple(sorted(places, key=lambda p: p.id))
        self._by_id = {place.id: place for place in self.places}
        if len(self._by_id) != len(self.places):
            raise ValueError("place ids are not unique")
        self._by_key: dict[str, list[tuple[Place, str]]] = defaultdict(list)
        for place in self.places:
            spellings = {fold(s): s for s in sorted({place.name, *(n.text for n in place.names)}, reverse=True)}
            for key, spelling in sorted(spellings.items()):
                if key:
                    self._by_key[key].append((place, spelling))
        self._keys = sorted(self._by_key)
        self._countries = dict(countries or {})
        self._overrides = {fold(spelling): place_id for spelling, place_id in (overrides or {}).items()}

    def __len__(self) -> int:
        return len(self.places)

    def __contains__(self, place_id: str) -> bool:
        return place_id in self._by_id

    def place(self, place_id: str) -> Place:
        """Return the place with that id.

        Raises
        ------
        UnknownPlaceError
            When there is none.
        """
        try:
            return self._by_id[place_id]
        except KeyError:
            raise UnknownPlaceError(f"no place has the id {place_id!r}", place_id) from None

    def search(
        self,
        name: str,
        *,
        near: Sequence[LonLat] = (),
        admin: str | None = None,
        kind: PlaceKind | None = None,
        country: str | None = None,
        limit: int = 5,
    ) -> tuple[Candidate, ...]:
        """Rank the places that `name` may mean, best first; empty when nothing is alike enough.

        Parameters
        ----------
        name
            As written; a hint may follow in brackets.
        near
            (lon, lat) of other places of the same report: nearer candidates are preferred.
        admin, kind, country
            What else is known; candidates that contradict it are left out.
        """
        bare, hint = split_hint(name)
        key = fold(bare)
        if not key:
            return ()
        if key in self._overrides and self._overrides[key] in self._by_id:
            place = self._by_id[self._overrides[key]]
            return (Candidate(place, 1.0, bare, "corrected by the user"),)
        scored: dict[str, tuple[float, Place, str]] = {}
        hits = [(key, 1.0)] if key in self._by_key else []
        if not hits and len(key) >= 4:
            found = process.extract(key, self._keys, scorer=fuzz.ratio, score_cutoff=100 * CUT_OFF, limit=4 * limit)
            hits = [(candidate_key, ratio / 100) for candidate_key, ratio, _ in found]
        for candidate_key, likeness in hits:
            for place, spelling in self._by_key[candidate_key]:
                if (kind and place.kind != kind) or (country and place.country != country):
                    continue
                if not self._fits_hint(place, hint) or not self._fits_hint(place, admin or ""):
                    continue
                score = likeness * self._prior(place, spelling, near)
                if place.id not in scored or score > scored[place.id][0]:
                    scored[place.id] = (score, place, spelling)
        ranked = sorted(scored.values(), key=lambda s: (-s[0], s[1].id))[:limit]
        return tuple(Candidate(p, round(s, 4), spelling, f"spelt {spelling!r}") for s, p, spelling in ranked)

    def find(
        self,
        name: str,
        *,
        near: Sequence[LonLat] = (),
        admin: str | None = None,
        kind: PlaceKind | None = None,
        country: str | None = None,
    ) -> Match:
        """Return the place that `name` means. Parameters as for `search`.

        Raises
        ------
        UnknownPlaceError
            When no spelling is alike enough.
        AmbiguousPlaceError
            When the two best cannot be told apart; it carries the candidates.
        """
        candidates = self.search(name, near=near, admin=admin, kind=kind, country=country)
        if not candidates:
            raise UnknownPlaceError(
                f"no place is spelt like {name!r}; add it to places.csv, or the spelling to the names of its place",
                name,
            )
        best = candidates[0]
        if len(candidates) > 1 and best.score - candidates[1].score < TIE:
            listed = ", ".join(
                f"{c.place.name} ({c.place.admin or c.place.country}, {c.place.kind})" for c in candidates
            )
            raise AmbiguousPlaceError(
                f"{name!r} may be {listed}; add a hint in brackets, as in "
                f"{name} ({best.place.admin or best.place.country})",
                name,
                candidates,
            )
        return Match(name, best.place, best.score, candidates)

    def _fits_hint(self, place: Place, hint: str) -> bool:
        if not hint:
            return True
        wanted = fold(hint)
        around = {fold(text) for text in (place.admin, place.country, self._countries.get(place.country, ""))}
        around |= {fold(place.name), *(fold(n.text) for n in place.names)}
        if place.town in self._by_id:
            town = self._by_id[place.town]
            around |= {fold(town.name), *(fold(n.text) for n in town.names)}
        return wanted in around

    @staticmethod
    def _prior(place: Place, spelling: str, near: Sequence[LonLat]) -> float:
        """Between homonyms: a town before an area or a facility, the main name before an alternate, the nearer one."""
        prior = 1.0
        if place.kind.is_area:
            prior *= 0.9
        elif place.kind is not PlaceKind.TOWN:
            prior *= 0.95
        if fold(spelling) != fold(place.name):
            prior *= 0.98
        if not place.population:
            prior *= 0.97
        if near:
            nearest = min(place.position.distance_km(other) for other in near)
            prior *= 0.9 + 0.1 / (1 + nearest / 50)
        return prior
