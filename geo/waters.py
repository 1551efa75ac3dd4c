"""Rivers and lakes by name: no place, but many places are called after them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from geo.names import fold, folds
from geo.place import Place, PlaceKind

_WORDS = (
    "river rivers lake lakes fleuve riviere lac fluss strom see rio lago nehri golu reka ozero nahr buhayrat نهر بحيره"
)
_PARTS = (
    "the of in a on and valley basin bank banks side shore shores area region plain lower middle upper central "
    "north south east west northern southern eastern western left right وادي ضفه"
)
_KIND = frozenset(_WORDS.split())
_AROUND = _KIND.union(_PARTS.split())
"""Words that say which part of a river or its surroundings: an area named by them and the river is called after it alone."""

_AREAS = frozenset({PlaceKind.REGION, PlaceKind.BANK})


class Waters:
    """The named rivers and lakes of a theatre.

    Parameters
    ----------
    names
        Name -> what it is, `river` or `lake`.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = dict(names)

    @cached_property
    def _by_key(self) -> dict[str, str]:
        return {_without_kind(fold(name)): what for name, what in sorted(self._names.items(), reverse=True)}

    def kind_of(self, toponym: str) -> str | None:
        """Return what a toponym names: `river` or `lake`, or `None` where it names no water that is known."""
        return self._by_key.get(_without_kind(fold(toponym)))

    def areas_along(self, toponym: str, places: Iterable[Place]) -> list[tuple[Place, str]]:
        """Return the regions and banks that are called after a water and nothing else, each with the spelling that is."""
        water = _without_kind(fold(toponym))
        found = []
        for place in places:
            if place.kind in _AREAS:
                spellings = [place.name, *sorted({name.text for name in place.names} - {place.name})]
                keys = folds(spellings)
                called = [s for s, key in zip(spellings, keys, strict=True) if _is_called_after(key, water)]
                found += [(place, spelling) for spelling in called[:1]]
        return found


def _without_kind(key: str) -> str:
    """Take the article and the words for river or lake off a folded name."""
    words = re.sub("^the ", "", key).split()
    bare = [word for word in words if word not in _KIND]
    return " ".join(bare or words)


def _is_called_after(key: str, water: str) -> bool:
    rest = f" {key} ".replace(f" {water} ", " ", 1)
    return rest != f" {key} " and set(rest.split()) <= _AROUND
