"""What people call what happened to a place, as events of the model."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from control.record.event_kinds import EventKind
from control.upload.vocabulary import words

NO_CHANGE = "no change of control"
"""What air strikes, shelling and the like are: no report is made of them."""

_SPLIT = re.compile(r"[^\w]+|_")

CLEAR, NEAR = 90, 70
"""Likeness (0-100) of a misspelt word that is taken, and of one that is offered."""


@lru_cache(maxsize=20_000)
def read_event(text: str) -> EventKind | str | None:
    """Return the event that a cell means, `NO_CHANGE` for what is none, or `None` when that is not clear."""
    said = _key(text)
    if not said:
        return None
    known = _known()
    if said in known:
        return known[said]
    if len(said) > 80:
        return None
    # `Recaptured by the army`: the words that are known, the longest first, if they all mean the same
    meant, rest = set(), f" {said} "
    for phrase in _longest_first():
        if f" {phrase} " in rest:
            meant.add(known[phrase])
            rest = rest.replace(f" {phrase} ", "  ")
    if len(meant) == 1:
        return meant.pop()
    if not meant and (best := process.extractOne(said, list(known), scorer=fuzz.ratio, score_cutoff=CLEAR)):
        return known[best[0]]
    return None


def nearest_events(text: str) -> list[EventKind]:
    """Rank all events by how near their words are to a text."""
    said = _key(text)[:80]
    scores: dict[EventKind, float] = {}
    for phrase, event in _known().items():
        if isinstance(event, EventKind):
            scores[event] = max(scores.get(event, 0.0), fuzz.ratio(said, phrase))
    return sorted(
        scores, key=lambda event: (-scores[event] if scores[event] >= NEAR else 0, list(EventKind).index(event))
    )


def means_contested(text: str) -> bool:
    """Whether a cell for the holder says instead that nobody has all of it."""
    return _key(text) in {"contested", "disputed", "mixed", "mixed control", "split", "divided", "no man s land"}


def _key(text: str) -> str:
    return " ".join(_SPLIT.sub(" ", text[:200].casefold()).split())


@cache
def _known() -> dict[str, EventKind | str]:
    found: dict[str, EventKind | str] = {}
    for event in EventKind:
        found.update(dict.fromkeys(words("events")[event], event))
        found[_key(event)] = event
    found.update(dict.fromkeys(words("others")["no_change"], NO_CHANGE))
    return found


@cache
def _longest_first() -> tuple[str, ...]:
    return tuple(sorted(_known(), key=lambda phrase: (-len(phrase), phrase)))
