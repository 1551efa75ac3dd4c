"""An index of spellings: from a name to the places that are spelt so, sound so, or nearly so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from rapidfuzz import fuzz, process

from geo.evidence import Evidence
from geo.kinds import Reading, readings
from geo.names import folds, is_arabic, likeness, skeletons, sounds
from geo.place import Place, PlaceKind

LEAST_LIKENESS = 0.84
"""Sounds less alike than this are not even weighed."""

SHORTLIST = 30
"""So many spellings of a block, those most alike letter by letter, are compared sound by sound."""


_VAGUE = frozenset({PlaceKind.REGION, PlaceKind.POCKET, PlaceKind.BANK, PlaceKind.ROAD})
"""Areas that are nothing without the word that says what they are."""


class Lexicon:
    """The spellings of some places, indexed by key.

    A spelling with a word of its kind in it (`Alpha Dam`) is indexed without that word, too, marked as stripped: it answers
    queries that name the kind, and others only with less weight.
    """

    def __init__(self, places: Sequence[Place]) -> None:
        self._places = places
        spellings = [(i, s) for i, place in enumerate(places) for s in _spellings(place)]
        keys = folds(text for _, text in spellings)
        # (place, spelling, key, stripped); sorted so that the order of rows never matters
        rows = {
            (i, key): (text, False) for (i, text), key in zip(reversed(spellings), reversed(keys), strict=True) if key
        }
        for (i, text), key in zip(spellings, keys, strict=True):
            if " " in key:
                for reading in readings(text)[1:]:
                    if reading.kinds and places[i].kind in reading.kinds and places[i].kind not in _VAGUE:
                        rows.setdefault((i, reading.core), (text, True))
        self._owner = [i for i, _ in rows]
        self._key = [key for _, key in rows]
        self._spelling = [text for text, _ in rows.values()]
        self._stripped = [stripped for _, stripped in rows.values()]
        self._by_key: dict[str, list[int]] = defaultdict(list)
        for row, key in enumerate(self._key):
            self._by_key[key].append(row)

    @cached_property
    def _heard(self) -> list[str]:
        return sounds(self._key)

    @cached_property
    def _by_sound(self) -> dict[str, list[int]]:
        index: dict[str, list[int]] = defaultdict(list)
        for row, heard in enumerate(self._heard):
            index[heard].append(row)
        return index

    @cached_property
    def _blocks(self) -> dict[tuple[str, int], list[str]]:
        """Sounds by the first letter and the length of their skeletons."""
        blocks: dict[tuple[str, int], list[str]] = defaultdict(list)
        heard = sorted(self._by_sound)
        for sound, skeleton in zip(heard, skeletons(heard), strict=True):
            blocks[skeleton[:1], len(skeleton)].append(sound)
        return blocks

    @cached_property
    def _members(self) -> dict[str, list[Place]]:
        members: dict[str, list[Place]] = defaultdict(list)
        for place in self._places:
            if place.town:
                members[place.town].append(place)
        return members

    @cached_property
    def _keys(self) -> dict[int, tuple[str, ...]]:
        """Folded spellings of each place."""
        keys: dict[int, list[str]] = defaultdict(list)
        for owner, key in zip(self._owner, self._key, strict=True):
            keys[owner].append(key)
        return {owner: tuple(found) for owner, found in keys.items()}

    def has(self, key: str) -> bool:
        """Whether a place is spelt just so: a folded name, with the word of its kind."""
        return any(not self._stripped[row] for row in self._by_key.get(key, ()))

    def belonging_to(self, town_id: str) -> Sequence[Place]:
        """Return the quarters and facilities of a town."""
        return self._members.get(town_id, ())

    def named(self, reading: Reading, *, guess: bool, kinds: frozenset[PlaceKind] | None = None) -> Iterator[Evidence]:
        """Yield the places that are named like `reading`.

        Parameters
        ----------
        guess
            Whether to go on to names that are only nearly the same.
        kinds
            What the place must be, besides what the reading says.
        """
        seen: set[int] = set()
        for row in self._by_key.get(reading.core, ()):
            seen.add(row)
            for evidence in self._evidence(row, reading, kinds, "spelling", 1.0):
                guess = guess and evidence.stripped  # what is spelt so leaves nothing to guess
                yield evidence
        heard = sounds([reading.core])[0]
        if len(heard) < 2:
            return
        for row in self._by_sound.get(heard, ()):
            if row not in seen:
                seen.add(row)
                yield from self._evidence(row, reading, kinds, "sound", 1.0)
        if guess and len(heard) >= 3:
            for row, alike in self._guesses(reading.core, heard):
                if row not in seen:
                    yield from self._evidence(row, reading, kinds, "guess", alike)

    def _guesses(self, key: str, heard: str) -> Iterator[tuple[int, float]]:
        """Yield the rows that sound nearly like a name, and how nearly."""
        arabic = is_arabic(key)
        for sound in self._shortlist(heard):
            letters = len(heard) if arabic else len(sound)
            for row in self._by_sound[sound]:
                # a script that leaves out short vowels, on one side only, makes them cheap
                crossed = arabic != is_arabic(self._key[row])
                alike = likeness(heard, sound, vowel=0.12 if crossed and letters > 3 else 0.35)
                if alike >= LEAST_LIKENESS:
                    yield row, alike

    def _shortlist(self, heard: str) -> list[str]:
        # h, kh and ch are written for one another, and a skeleton has only the last two
        variants = {heard, heard.replace("X", "h"), heard.replace("S", "X"), heard.replace("h", "X", 1)}
        found: dict[str, float] = {}
        for variant in variants:
            skeleton = skeletons([variant])[0]
            for length in (len(skeleton) - 1, len(skeleton), len(skeleton) + 1):
                block = self._blocks.get((skeleton[:1], length), ())
                for sound, ratio, _ in process.extract(
                    variant, block, scorer=fuzz.ratio, score_cutoff=55, limit=SHORTLIST
                ):
                    found[sound] = max(ratio, found.get(sound, 0.0))
        ranked = sorted(found, key=lambda sound: (-found[sound], sound))
        return [sound for sound in ranked[:SHORTLIST] if sound != heard]

    def _evidence(
        self, row: int, reading: Reading, kinds: frozenset[PlaceKind] | None, step: str, alike: float
    ) -> Iterator[Evidence]:
        place = self._places[self._owner[row]]
        if (reading.kinds and place.kind not in reading.kinds) or (kinds and place.kind not in kinds):
            return
        stripped = self._stripped[row] and reading.kinds is None
        yield Evidence(
            place,
            self._spelling[row],
            step,
            alike,
            stripped=stripped,
            core=reading.core,
            key=self._key[row],
            keys=self._keys[self._owner[row]],
        )


def _spellings(place: Place) -> list[str]:
    """All names of a place, each once; the main name first, the others sorted."""
    return [place.name, *sorted({name.text for name in place.names} - {place.name})]
