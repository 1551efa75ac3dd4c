"""Finding the place that a toponym means, or saying that nobody can tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from geo.errors import UserError
from geo.evidence import Evidence, Hint, Hints, weigh
from geo.kinds import Reading, kinds_named, readings
from geo.lexicon import Lexicon
from geo.names import fold, is_lower_case_latin, split_hint
from geo.place import LonLat, Place, PlaceKind
from geo.waters import Waters
from geo.words import is_english_word

CUT_OFF = 0.8
"""Least score of an answer. A wrong town costs more than none; `bench/gazetteer.py` shows what other cut-offs give."""

TIE = 0.04
"""Two candidates whose scores are closer than this cannot be told apart."""


NOT_EXACT = 0.9
"""Where a place is spelt just so, others fall behind by this much, however large: Alpha is not Al-Alphe."""

_MOST_UNDERSTOOD = 10_000

_THE = re.compile(r"\s*the\s+(?=\S)", re.IGNORECASE)
"""The English article, which names are written with in running prose: `the Alpha hills`."""

ONE_SPOT_KM = 10
"""Namesakes within this distance, a town and its air base, do not make a name ambiguous: the better ranked one is meant."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a toponym may mean.

    Attributes
    ----------
    score
        0-1, roughly the probability that it is the one.
    spelling
        The name of the place that matched.
    reason
        Why it won, or why it lost to the best.
    exact
        Whether the spelling is the toponym itself, but for case, marks and articles.
    doubtful
        Whether the two are only alike, not one name in two romanisations, or the toponym lacks the word of kind that the
        spelling has, and nothing in the report points to the place.
    """

    place: Place
    score: float
    spelling: str
    reason: str
    exact: bool = True
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """The answer to a query: the best candidate, and all that were weighed, best first."""

    query: str
    place: Place
    score: float
    candidates: tuple[Candidate, ...]


class PlaceError(UserError, LookupError):
    """A toponym that has no single answer."""

    def __init__(self, message: str, query: str, candidates: Sequence[Candidate] = ()) -> None:
        super().__init__(message)
        self.query = query
        self.candidates = tuple(candidates)


class UnknownPlaceError(PlaceError):
    """No place of the gazetteer is spelt like that."""


class DoubtfulPlaceError(UnknownPlaceError):
    """A place is spelt alike, but another name may be meant. `choices` are ways to write the places that are alike."""

    def __init__(self, query: str, candidates: Sequence[Candidate]) -> None:
        places = [c.place for c in candidates]
        self.choices = tuple(f"{place.name} ({_telling_hint(place, places)})" for place in places)
        super().__init__(
            f"no place is spelt like {query!r}; {candidates[0].place.name} is only alike: write {self.choices[0]!r} if that "
            "is meant, else add the place to places.csv, or the spelling to the names of its place",
            query,
            candidates,
        )


class WaterError(UnknownPlaceError):
    """A river or lake is meant, which no side holds as a whole.

    `choices` are ways to write the areas along it, `water` is `river` or `lake`.
    """

    def __init__(self, query: str, water: str, candidates: Sequence[Candidate], choices: Sequence[str]) -> None:
        self.water = water
        self.choices = tuple(choices)
        along = f"an area along it, as in {choices[0]!r}, or " if choices else ""
        super().__init__(
            f"{query!r} is a {water}, which no side holds as a whole; write {along}a place on it, or add what is meant to "
            "places.csv",
            query,
            candidates,
        )


class AmbiguousPlaceError(PlaceError):
    """Several places are, and nothing tells them apart. `choices` are ways to write each of the `rivals` that do."""

    def __init__(self, query: str, rivals: Sequence[Candidate], candidates: Sequence[Candidate]) -> None:
        self.rivals = tuple(rivals)
        bare, _ = split_hint(query)
        hints = [_telling_hint(rival.place, [r.place for r in rivals]) for rival in rivals]
        self.choices = tuple(f"{bare} ({hint})" for hint in hints)
        listed = ", ".join(f"{c.place.name} ({hint}, {c.place.kind})" for c, hint in zip(rivals, hints, strict=True))
        super().__init__(
            f"{query!r} may be {listed}; add a hint in brackets, as in {self.choices[0]}, or a row to places_overrides.csv",
            query,
            candidates,
        )


_PARTS_OF_TOWNS = frozenset({PlaceKind.QUARTER, PlaceKind.DISTRICT, PlaceKind.FACILITY})
"""Of these a town has many: that one of them belongs to it does not say which is meant."""


def _telling_hint(place: Place, rivals: Sequence[Place]) -> str:
    """Return what tells a place from its rivals: its division, its country, or else its id."""
    for label in ("admin", "country"):
        hint: str = getattr(place, label)
        if hint and [getattr(rival, label) for rival in rivals].count(hint) == 1:
            return hint
    return place.id


def _one_spot(a: Candidate, b: Candidate) -> bool:
    """Whether two candidates are so near to each other that it hardly matters which is meant."""
    return a.place.position.distance_km(b.place.position) <= ONE_SPOT_KM


class Gazetteer:
    """The places of a theatre and an index of their spellings, built at the first question.

    Parameters
    ----------
    places
        Entries with unique ids, in any order; the order never matters.
    overrides
        Spelling -> place id: corrections by the user, which win over everything.
    countries
        ISO code -> name, for hints like `Alpha (Aland)`.
    elsewhere
        Names of well-known places outside the theatre: a name spelt exactly like one of them is not taken for a place
        of the theatre that is only spelt nearly so.
    waters
        Name -> `river` or `lake`, of the named waters of the theatre: such a name is not taken for a dam or town that is
        called nearly so.
    """

    def __init__(
        self,
        places: Iterable[Place],
        overrides: Mapping[str, str] | None = None,
        countries: Mapping[str, str] | None = None,
        elsewhere: Iterable[str] = (),
        waters: Mapping[str, str] | None = None,
    ) -> None:
        self.places: tuple[Place, ...] = tuple(sorted(places, key=lambda p: p.id))
        self._by_id = {place.id: place for place in self.places}
        if len(self._by_id) != len(self.places):
            raise ValueError("place ids are not unique")
        self._countries = dict(countries or {})
        self._overrides = {fold(spelling): place_id for spelling, place_id in (overrides or {}).items()}
        self._elsewhere_names = tuple(elsewhere)
        self._waters = Waters(waters or {})
        self._understood: dict[str, Hint] = {}

    @cached_property
    def _lexicon(self) -> Lexicon:
        return Lexicon(self.places)

    @cached_property
    def _elsewhere(self) -> frozenset[str]:
        from geo.names import folds

        return frozenset(folds(self._elsewhere_names)) if self._elsewhere_names else frozenset()

    @property
    def countries(self) -> dict[str, str]:
        """ISO code -> name of the countries that hints may name."""
        return dict(self._countries)

    def __len__(self) -> int:
        return len(self.places)

    def __contains__(self, place_id: str) -> bool:
        return place_id in self._by_id

    def is_elsewhere(self, name: str) -> bool:
        """Whether a name is spelt exactly like a well-known place outside the theatre."""
        return fold(split_hint(name)[0]) in self._elsewhere

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
            As written; a hint may follow in brackets (a division, a country, a kind, or the id of the place itself), and
            words like `air base` say the kind.
        near
            (lon, lat), WGS84, of other places of the same report: nearer candidates are preferred.
        admin
            First-level division or town that it belongs to; what contradicts it is left out.
        kind, country
            What it must be, and where; the rest is left out.
        """
        bare, hint = split_hint(name)
        override = self._overrides.get(fold(name)) or self._overrides.get(fold(bare))
        if override in self._by_id:
            return (Candidate(self._by_id[override], 1.0, bare, "corrected by the user"),)
        if self._water_meant(bare, hint, kind):
            return self._along(bare, [h for h in (hint, admin) if h], country)[:limit]
        if hint in self._by_id:
            meant = self.search(bare, near=near, admin=admin, kind=kind, country=country, limit=len(self.places))
            if chosen := [
                replace(c, score=1.0, reason="named by its id", exact=True, doubtful=False)
                for c in meant
                if c.place.id == hint
            ]:
                return tuple(chosen)
        hints = self._hints(near, [h for h in (hint, admin) if h])
        if kind is not None and hints.kinds is None:
            hints = replace(hints, kinds=frozenset({kind}))
        best: dict[str, Evidence] = {}
        for evidence in self._evidence(bare, hints):
            place = evidence.place
            if (kind and place.kind != kind) or (country and place.country != country):
                continue
            weighed = weigh(evidence, hints)
            if weighed.score >= CUT_OFF and (place.id not in best or weighed.rank > best[place.id].rank):
                best[place.id] = weighed
        if any(e.exact for e in best.values()):
            best = {i: e if e.exact else replace(e, rank=e.rank * NOT_EXACT) for i, e in best.items()}
        ranked = sorted(best.values(), key=lambda e: (-e.rank, e.place.id))[:limit]
        return tuple(
            Candidate(
                e.place,
                # of the first, how sure its name is; of the others, how far they fall behind it
                round(ranked[0].score * e.rank / ranked[0].rank, 4),
                e.spelling,
                e.won if i == 0 else e.lost_to(ranked[0]),
                e.exact,
                e.doubtful,
            )
            for i, e in enumerate(ranked)
        )

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
        DoubtfulPlaceError
            When the best is only alike, and nothing points to it; it carries the candidates.
        AmbiguousPlaceError
            When the two best cannot be told apart; it carries the candidates.
        """
        candidates = self.search(name, near=near, admin=admin, kind=kind, country=country)
        bare, hint = split_hint(name)
        if (water := self._water_meant(bare, hint, kind)) and (not candidates or candidates[0].doubtful):
            raise WaterError(name, water, candidates, [self._written(c) for c in candidates])
        if not candidates:
            raise UnknownPlaceError(
                f"no place is spelt like {name!r}; add it to places.csv, or the spelling to the names of its place",
                name,
            )
        best = candidates[0]
        if best.doubtful:
            raise DoubtfulPlaceError(name, candidates)
        rivals = [c for c in candidates if best.score - c.score < TIE and (c is best or not _one_spot(c, best))]
        if len(rivals) > 1:
            raise AmbiguousPlaceError(name, rivals, candidates)
        return Match(name, best.place, best.score, candidates)

    def _water_meant(self, bare: str, hint: str, kind: PlaceKind | None) -> str | None:
        """Return `river` or `lake` when a name is that of a water, and no place is spelt so."""
        water = self._waters.kind_of(bare)
        if (
            water is None
            or kind is not None
            or kinds_named(hint)
            or hint in self._by_id
            or self._lexicon.has(fold(bare))
        ):
            return None
        return water

    def _along(self, bare: str, hints: Sequence[str], country: str | None) -> tuple[Candidate, ...]:
        """Propose the areas that are called after a water; none of them is the water."""
        understood = self._hints((), hints)
        return tuple(
            Candidate(place, CUT_OFF, spelling, "an area along it", exact=False, doubtful=True)
            for place, spelling in self._waters.areas_along(bare, self.places)
            if not understood.contradict(place) and (country is None or place.country == country)
        )

    def _written(self, candidate: Candidate) -> str:
        """Return a way to write a place that finds it: its spelling, or with what tells it from its namesakes."""
        place, spelling = candidate.place, candidate.spelling
        try:
            if self.find(spelling).place.id == place.id:
                return spelling
        except AmbiguousPlaceError as error:
            return f"{spelling} ({_telling_hint(place, [rival.place for rival in error.rivals])})"
        except PlaceError:
            pass
        return f"{spelling} ({place.id})"

    def _evidence(self, bare: str, hints: Hints) -> Iterator[Evidence]:
        """Every place that the name may mean, by every reading of it, before anything else is weighed.

        With an article a name is that of an area or a site: towns are written without.
        """
        if article := _THE.match(bare):
            for evidence in self._evidence_of(bare[article.end() :], hints):
                if evidence.place.kind is not PlaceKind.TOWN:
                    yield evidence
        yield from self._evidence_of(bare, hints)

    def _evidence_of(self, bare: str, hints: Hints) -> Iterator[Evidence]:
        prose = is_lower_case_latin(bare)
        if prose and is_english_word(bare):
            return
        whole, *parts = readings(bare)
        foreign = whole.core in self._elsewhere
        # In running prose, for a name of another country, and beside words that say a kind, nothing is guessed.
        guess = not (prose or foreign or parts)
        for evidence in self._lexicon.named(whole, guess=guess, kinds=hints.kinds):
            if not foreign or (evidence.step == "spelling" and not evidence.stripped):
                yield evidence
        for part in parts:
            yield from self._lexicon.named(part, guess=not prose, kinds=hints.kinds)
            yield from self._of_town(part)

    def _of_town(self, reading: Reading) -> Iterator[Evidence]:
        """`X air base` is the air base that belongs to the town X, whatever its own name."""
        for town in self._lexicon.named(Reading(reading.core, frozenset({PlaceKind.TOWN})), guess=True):
            for place in self._lexicon.belonging_to(town.place.id):
                if reading.kinds and place.kind in reading.kinds and place.kind not in _PARTS_OF_TOWNS:
                    yield replace(town, place=place, step="town", likeness=town.likeness)

    def _hints(self, near: Sequence[LonLat], texts: Sequence[str]) -> Hints:
        """Understand the hints: each is a kind, or names a country, a division or a place near by."""
        hints = Hints(tuple(near))
        for text in texts:
            kinds = kinds_named(text)
            if kinds:
                hints = replace(hints, kinds=kinds)
                continue
            if text not in self._understood:
                if len(self._understood) >= _MOST_UNDERSTOOD:
                    self._understood.clear()
                self._understood[text] = self._understand(text)
            hints = replace(hints, required=(*hints.required, self._understood[text]))
        return hints

    def _understand(self, text: str) -> Hint:
        """Return what a hint that is no kind asks for; a table has the same few hints in all its rows."""
        folded = {reading.core for reading in readings(text)} - {""}
        countries = {c for c, name in self._countries.items() if {fold(c), fold(name)} & folded}
        named = {e.place.id: e.place for e in self._lexicon.named(Reading(fold(text)), guess=True) if e.likeness > 0.9}
        places = [named[i] for i in sorted(named)]
        divisions = {fold(p.admin) for p in places if p.kind is PlaceKind.GOVERNORATE}
        return Hint(
            divisions=frozenset(folded | divisions),
            countries=frozenset(countries),
            towns=tuple(p for p in places if not p.kind.is_area),
            areas=tuple(p for p in places if p.kind.is_area and p.kind is not PlaceKind.GOVERNORATE),
            is_division=bool(divisions) or not folded.isdisjoint(self._divisions),
        )

    @cached_property
    def _divisions(self) -> frozenset[str]:
        return frozenset(fold(admin) for admin in {place.admin for place in self.places} if admin)
