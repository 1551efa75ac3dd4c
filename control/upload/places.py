"""Which place a row means: found for sure, or candidates for a person to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from rapidfuzz import fuzz, process

from control.imports.account import UnusableRowError
from control.imports.sites import SAME_NAME_KM, Sites
from control.record.theatre import Theatre
from control.upload.double_names import split_names
from control.upload.questions import Choice
from geo.gazetteer import AmbiguousPlaceError, Candidate, DoubtfulPlaceError, Match, UnknownPlaceError, WaterError
from geo.names import fold, folds, split_hint
from geo.place import LonLat, Place

SURE = 0.92
"""Least score of a spelling that is taken without asking: below it the gazetteer has guessed."""

SEVERAL = "several places are called so"
MAX_NAME = 100
MOST_CHOICES = 6
MOST_WORK = 2000
"""Milliseconds, roughly, of looking up what is more than a name as it is listed: 500 names that nobody knows, or 2,000
with a coordinate. What asks for more is hardly a column of places."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a row says of its place; empty and `None` for what it does not say. `position` is (lon, lat), WGS84 degrees."""

    name: str
    country: str = ""
    admin: str = ""
    position: LonLat | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The place for sure (`match`), or why it is not sure and what there is to choose from; neither: it is unknown."""

    match: Match | None
    why: str = ""
    choices: tuple[Choice, ...] = ()

    @property
    def places(self) -> frozenset[str]:
        """Ids of the place, or of those that have the very name; none where the name is only like theirs."""
        if self.match is not None:
            return frozenset({self.match.place.id})
        return frozenset(choice.id for choice in self.choices) if self.why == SEVERAL else frozenset()

    @property
    def all_choices(self) -> tuple[Choice, ...]:
        """The place, or what there is to choose from."""
        return _choices(self.match.candidates[:1]) if self.match is not None else self.choices


class PlaceFinder:
    """Finds places of a theatre for an upload; what was found is remembered, and never changes an answer."""

    def __init__(self, theatre: Theatre) -> None:
        self._theatre = theatre
        self._gazetteer = theatre.gazetteer
        self._found: dict[Wanted, Found] = {}
        self._suggested: dict[str, tuple[Choice, ...]] = {}

    def find(self, wanted: Wanted) -> Found:
        """Find a place."""
        if wanted not in self._found:
            self._found[wanted] = self._find(wanted)
        return self._found[wanted]

    def is_listed(self, name: str) -> bool:
        """Whether some place is spelt just so, articles, marks and hints in brackets aside; finding it is quick."""
        return fold(split_hint(name[:MAX_NAME])[0]) in self._spellings

    def is_plain(self, wanted: Wanted) -> bool:
        """Whether finding a place is a look-up: its name alone, as some place is spelt, or nothing to look up."""
        bare, hint = split_hint(wanted.name[:MAX_NAME])
        return not wanted.name or (self.is_listed(bare) and not (hint or wanted.admin or wanted.position))

    def cost(self, wanted: Wanted, heard: set[str]) -> int:
        """Return roughly how many milliseconds it takes to find a place; a hint that was heard before costs little.

        Parameters
        ----------
        heard
            Hints so far; those of the place are added.
        """
        if self.is_plain(wanted):
            return 0
        name = wanted.name[:MAX_NAME]
        hints = {hint for hint in (split_hint(name)[1], wanted.admin) if hint} - heard
        heard |= hints
        names = split_names(name) if not self.is_listed(name) else ()
        guesses = sum(not self.is_listed(one) for one in {name, *names})
        return 1 + 3 * guesses + 5 * len(hints)

    def is_elsewhere(self, name: str) -> bool:
        """Whether a name is that of a well-known place outside the theatre, and of none in it."""
        return bool(name) and not self.is_listed(name) and self._gazetteer.is_elsewhere(name[:MAX_NAME])

    def knows(self, wanted: Wanted) -> bool:
        """Whether the theatre surely has a place of that name, or one of several; where there is no name, it is unasked."""
        return not wanted.name or self.is_listed(wanted.name) or self.find(wanted).match is not None

    def chosen(self, wanted: Wanted, place_id: str) -> Match | None:
        """Return the place that a person chose, if there is one of that id."""
        if place_id not in self._gazetteer:
            return None
        place = self._gazetteer.place(place_id)
        return Match(wanted.name, place, 1.0, (Candidate(place, 1.0, wanted.name, "chosen by a person"),))

    def suggest(self, name: str) -> tuple[Choice, ...]:
        """Return the places whose spelling is nearest to a name that is unknown."""
        if name not in self._suggested:
            near = process.extract(
                fold(name[:MAX_NAME]),
                self._spellings.keys(),
                scorer=fuzz.WRatio,
                limit=3 * MOST_CHOICES,
                score_cutoff=70,
            )
            ranked = sorted(near, key=lambda hit: (-hit[1], hit[0]))
            choices: dict[str, Choice] = {}
            for folded, *_ in ranked:
                spelling, place = self._spellings[folded]
                choices.setdefault(place.id, _choice(place, f"spelt {spelling!r}"))
            self._suggested[name] = tuple(choices.values())[:MOST_CHOICES]
        return self._suggested[name]

    @cached_property
    def _sites(self) -> Sites:
        return Sites(self._theatre)

    @cached_property
    def _spellings(self) -> dict[str, tuple[str, Place]]:
        """Folded spelling -> as written, and the place; of namesakes the one with more people."""
        ranked = sorted(self._gazetteer.places, key=lambda p: (p.kind.is_area, -(p.population or 0), p.id))
        entries = [(text, place) for place in ranked for text in (place.name, *(name.text for name in place.names))]
        found: dict[str, tuple[str, Place]] = {}
        for folded, entry in zip(folds(text for text, _ in entries), entries, strict=True):
            found.setdefault(folded, entry)
        return found

    def _find(self, wanted: Wanted) -> Found:
        found = self._find_whole(wanted)
        names = split_names(wanted.name[:MAX_NAME]) if found.match is None else ()
        return self._find_double(wanted, names, found) if names else found

    def _find_double(self, wanted: Wanted, names: Sequence[str], whole: Found) -> Found:
        """Find the one place that all of several names are names of; where they are not, it is to be asked."""
        found = {name: self._find_whole(replace(wanted, name=name)) for name in names}
        known = {name: places for name, one in found.items() if (places := one.places)}
        if not known:
            return whole
        common = set.intersection(*map(set, known.values()))
        choices = tuple({c.id: c for name in known for c in found[name].all_choices}.values())[:MOST_CHOICES]
        if len(known) < len(names):
            unknown = ", ".join(repr(name) for name in names if name not in known)
            return Found(None, f"{' and '.join(map(repr, known))} is known, {unknown} is not", choices)
        if len(common) != 1:
            why = "its names are those of several places" if common else "its names are those of different places"
            return Found(None, why, choices)
        match = self.chosen(wanted, common.pop())
        if match is None:
            return whole
        reason = f"all its names are: {', '.join(map(repr, names))}"
        return Found(replace(match, candidates=(replace(match.candidates[0], reason=reason),)))

    def _find_whole(self, wanted: Wanted) -> Found:
        if wanted.position is not None:
            return self._with_position(wanted, wanted.position)
        found = self._by_name(wanted)
        if found.match is None and not found.choices and wanted.admin:
            # the region may be spelt in a way that nobody knows, or be wrong
            without = self._by_name(Wanted(wanted.name, wanted.country))
            if without.match is not None:
                said = f"it is known, but not in {wanted.admin!r}"
                return Found(None, said, _choices(without.match.candidates))
            return Found(None, without.why, without.choices)
        return found

    def _by_name(self, wanted: Wanted, near: Sequence[LonLat] = ()) -> Found:
        name, country, admin = wanted.name[:MAX_NAME], wanted.country or None, wanted.admin or None
        try:
            match = self._gazetteer.find(name, near=near, admin=admin, country=country)
        except AmbiguousPlaceError as error:
            return Found(None, SEVERAL, _choices(error.candidates))
        except WaterError as error:
            return Found(None, f"it is a {error.water}, which no side holds as a whole", _choices(error.candidates))
        except DoubtfulPlaceError as error:
            return Found(None, "a place is spelt only nearly so", _choices(error.candidates))
        except UnknownPlaceError:
            return Found(None, "no place is spelt so")
        if match.score < SURE:
            return Found(None, "a place is spelt only nearly so", _choices(match.candidates))
        return Found(match)

    def _with_position(self, wanted: Wanted, position: LonLat) -> Found:
        """Find by name and coordinate: it tells namesakes apart, and contradicts a name that lies elsewhere."""
        nearest = self._nearest(position)
        if not wanted.name:
            if nearest is None:
                return Found(
                    None, f"no place lies within {self._theatre.settings.town_radius_km:g} km of the coordinate"
                )
            spelling = f"{position.lat:g}, {position.lon:g}"
            return Found(
                Match(spelling, nearest, 1.0, (Candidate(nearest, 1.0, spelling, "nearest to the coordinate"),))
            )
        ranked = self._gazetteer.search(wanted.name[:MAX_NAME], near=[position], country=wanted.country or None)
        for candidate in ranked:
            place = candidate.place
            near = place.position.distance_km(position) <= max(SAME_NAME_KM, place.radius_km or 0)
            if near and not candidate.doubtful:
                return Found(Match(wanted.name, place, candidate.score, ranked))
        choices = [_choice(c.place, f"{c.reason}; {_km(c.place, position)} from the coordinate") for c in ranked]
        if nearest is not None:
            choices.insert(0, _choice(nearest, f"{_km(nearest, position)} from the coordinate"))
        why = (
            "the name and the coordinate do not fit together" if ranked else "no place near the coordinate is spelt so"
        )
        return Found(None, why, tuple(choices[:MOST_CHOICES]))

    def _nearest(self, position: LonLat) -> Place | None:
        try:
            return self._sites.place_of((), position)
        except UnusableRowError:
            return None


@dataclass(frozen=True, slots=True)
class Settled:
    """Answers every question with the place that was settled on for a row: `record.ingest` then applies its rules."""

    match: Match

    def find(self, name: str, *, country: str | None) -> Match:  # noqa: ARG002  what a `Finder` is asked
        """Return the place, whatever the name."""
        return self.match


def _choices(candidates: Sequence[Candidate]) -> tuple[Choice, ...]:
    return tuple(_choice(candidate.place, candidate.reason) for candidate in candidates[:MOST_CHOICES])


def _choice(place: Place, reason: str) -> Choice:
    where = ", ".join(part for part in (place.admin, place.country, place.kind.replace("-", " ")) if part)
    return Choice(place.id, f"{place.name} ({where})", reason)


def _km(place: Place, position: LonLat) -> str:
    return f"{place.position.distance_km(position):.0f} km"
