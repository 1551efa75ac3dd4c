"""No line of the program names a country, an actor, a town or a river: the bundled theatres say what names there are."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from control.record.theatre import Theatre
from tests.conftest import ROOT
from tests.theatres import theatre_of

Names = list[tuple[str, frozenset[str]]]

THEATRES = sorted(path.parent for path in (ROOT / "seeds").glob("*/theatre.toml"))
READ = {".py", ".js", ".mjs", ".css", ".toml", ".html", ".md", ".svg", ".json"}
LEFT_OUT = {"vendor"}
"""Code of others, as it came. `geo/english_words.txt` is a vocabulary, and no kind of file that is read here."""

SHORTEST_PLACE = 5
SHORTEST_ANY_CASE = 5
"""Shorter names (IS, red) are words of English in lower case: they are looked for as they are written."""

ALLOWED = {
    "army": "a kind of base in the gazetteer, and an invented example of an alias",
    "the army": "the same example",
    "government": "ACLED's own word for an event, and a kind of building",
    "georgia": "a typeface",
    "progress": "how far a command has come, and the English name of many villages",
    "babel": "the library that knows the names of months",
}
"""Names of a bundled theatre that are also words, and the reason."""


def names_of(theatre: Theatre) -> Iterator[str]:
    """All that the theatre's own files call its countries, actors, rivers, lakes, and the places that its reports name."""
    title = tomllib.loads((theatre.folder / "theatre.toml").read_text(encoding="utf-8"))["theatre"]["title"]
    yield from re.findall(r"[^\W\d_]{4,}", title)
    for actor in theatre.actors.values():
        yield from (actor.id, actor.name, actor.short_name, *(alias.text for alias in actor.aliases))
    for layer in ("borders", "rivers", "lakes"):
        yield from (feature["properties"].get("name") or "" for feature in theatre.geography(layer)["features"])
    reported = {claim.place_id for claim in (*theatre.claims, *theatre.area_claims)}
    for place in map(theatre.gazetteer.place, sorted(reported)):
        spellings = (place.name, *(name.text for name in place.names))
        yield from (text for text in spellings if len(text) >= SHORTEST_PLACE)


def files(root: str) -> list[Path]:
    found = sorted((ROOT / root).rglob("*"))
    return [path for path in found if path.suffix in READ and not LEFT_OUT & set(path.parts)]


def words_of(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", text.lower()))


@pytest.fixture(scope="module")
def names() -> Names:
    """Each name with the words in it."""
    found = {name.strip() for folder in THEATRES for name in names_of(theatre_of(folder.name))} - {""}
    assert len(found) > 1000
    return [(name, words_of(name)) for name in sorted(found)]


def named_in(text: str, names: Names) -> list[tuple[int, str]]:
    """Return the names in a text, as whole words, with the numbers of their lines; one look at the words spares most."""
    there = words_of(text)
    found: list[tuple[int, str]] = []
    for name, words in names:
        if words <= there:
            flags = re.IGNORECASE if len(name) >= SHORTEST_ANY_CASE else 0
            matches = re.finditer(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])", text, flags)
            found += [(text.count("\n", 0, match.start()) + 1, match.group()) for match in matches]
    return found


def test_the_search_finds_what_it_looks_for(names: Names) -> None:
    """In another case, in an identifier, in another script, and short names as they are written only."""
    actors = [next(iter(theatre_of(folder.name).actors.values())).name for folder in THEATRES]
    for text in (*(name.upper() for name in actors), "path/iraq-syria/x", "FROM_UKRAINE_IN", "(الرقة)", "of the FSA."):
        assert named_in(text, names), text
    assert named_in("it was fsa and irate", names) == []


@pytest.mark.parametrize("root", ["geo", "control"])
def test_no_name_of_a_theatre(root: str, names: Names) -> None:
    found = [
        f"{file.relative_to(ROOT)}:{line}: {name}"
        for file in files(root)
        for line, name in named_in(file.read_text(encoding="utf-8"), names)
        if name.lower() not in ALLOWED
    ]
    assert found == []


def test_what_is_allowed_is_needed(names: Names) -> None:
    text = "\n".join(file.read_text(encoding="utf-8") for root in ("geo", "control") for file in files(root))
    assert {name.lower() for _, name in named_in(text, names)} == set(ALLOWED)
