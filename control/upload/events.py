"""What people call what happened to a place, as events of the model."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from control.model import Event

NO_CHANGE = "no change of control"
"""What air strikes, shelling and the like are: no report is made of them."""

_WORDS: dict[Event, str] = {
    Event.CAPTURED: "captured; capture; captures; took; take; takes; taken; taken over; took over; takeover; took control; "
    "takes control; taken control; gained control; gains control; gain; gained; gains; gained territory; seized; seize; "
    "seizes; seizure; liberated; liberation; liberates; conquered; conquers; overran; overrun; overtakes territory; "
    "occupied; occupies; fell; fell to; falls; falls to; fall; advance; advanced; secured; cleared; entered and took; "
    "stormed and took; annexed; control change; change of control",
    Event.RECAPTURED: "recaptured; recapture; recaptures; retook; retake; retakes; retaken; regained; regains; regain; "
    "regains territory; regained control; reclaimed; reconquered; won back; took back; taken back",
    Event.HOLDS: "holds; hold; held; holding; held by; controls; control; controlled; controlled by; in control; under control; "
    "controlling; maintains control; keeps; kept; stays; remains; remains in control; owns; garrisoned; status; repelled; "
    "repels; repelled attack; defended",
    Event.LOST: "lost; loses; loss; lost control; lose; driven out; expelled; ousted; dislodged; routed",
    Event.WITHDREW: "withdrew; withdraw; withdraws; withdrawal; withdrawn; pulled out; pulled back; pullback; retreated; "
    "retreat; retreats; left; leaves; abandoned; abandons; evacuated; evacuates; evacuation; vacated; fled",
    Event.CONTESTED: "contested; disputed; clashes; clash; clashed; fighting; fought; fights; fight; battle; battles; combat; "
    "armed clash; battle ongoing; ongoing battle; under attack; attack; attacked; assault; mixed; mixed control; split; "
    "divided; street fighting; skirmish; skirmishes; contesting; contest",
    Event.BESIEGED: "besieged; besiege; besieges; siege; sieged; under siege; encircled; encircles; encirclement; surrounded; "
    "surrounds; blockaded; blockade; cut off",
    Event.SIEGE_LIFTED: "siege lifted; siege broken; broke siege; broke the siege; lifted siege; lifted the siege; siege ended; "
    "relieved; end of siege; lifts siege; breaks siege",
    Event.HANDOVER: "handover; handed over; hand over; hands over; transferred; transfer; surrendered to; agreement; ceded; "
    "non violent transfer of territory; takeover by agreement; passed to",
    Event.CEASEFIRE: "ceasefire; cease fire; truce; armistice; ceasefire agreed; cessation of hostilities",
    Event.OFFENSIVE_STARTED: "offensive started; offensive; offensive begins; offensive began; offensive launched; launched "
    "offensive; launches offensive; operation started; operation begins; operation launched; advance began; assault began; "
    "began offensive; started offensive",
}
_NO_CHANGE = (
    "air strike; airstrike; air strikes; airstrikes; shelling; shelled; bombing; bombed; bombardment; ied; explosion; "
    "suicide bombing; drone strike; missile strike; protest; arrest; looting; mine; landmine; ambush; kidnapping; execution; "
    "abduction; strike; raid"
)
_SPLIT = re.compile(r"[^\w]+|_")

CLEAR, NEAR = 90, 70
"""Likeness (0-100) of a misspelt word that is taken, and of one that is offered."""


@lru_cache(maxsize=20_000)
def read_event(text: str) -> Event | str | None:
    """Return the event that a cell means, `NO_CHANGE` for what is none, or `None` when that is not clear."""
    words = _key(text)
    if not words:
        return None
    known = _known()
    if words in known:
        return known[words]
    if len(words) > 80:
        return None
    # `Recaptured by the army`: the words that are known, the longest first, if they all mean the same
    meant, rest = set(), f" {words} "
    for phrase in _longest_first():
        if f" {phrase} " in rest:
            meant.add(known[phrase])
            rest = rest.replace(f" {phrase} ", "  ")
    if len(meant) == 1:
        return meant.pop()
    if not meant and (best := process.extractOne(words, list(known), scorer=fuzz.ratio, score_cutoff=CLEAR)):
        return known[best[0]]
    return None


def nearest_events(text: str) -> list[Event]:
    """Rank all events by how near their words are to a text."""
    words = _key(text)[:80]
    scores: dict[Event, float] = {}
    for phrase, event in _known().items():
        if isinstance(event, Event):
            scores[event] = max(scores.get(event, 0.0), fuzz.ratio(words, phrase))
    return sorted(scores, key=lambda event: (-scores[event] if scores[event] >= NEAR else 0, list(Event).index(event)))


def means_contested(text: str) -> bool:
    """Whether a cell for the holder says instead that nobody has all of it."""
    return _key(text) in {"contested", "disputed", "mixed", "mixed control", "split", "divided", "no man s land"}


def _key(text: str) -> str:
    return " ".join(_SPLIT.sub(" ", text[:200].casefold()).split())


@cache
def _known() -> dict[str, Event | str]:
    found: dict[str, Event | str] = {}
    for event, words in _WORDS.items():
        found.update(dict.fromkeys((word.strip() for word in words.split(";")), event))
        found[_key(event)] = event
    found.update(dict.fromkeys((word.strip() for word in _NO_CHANGE.split(";")), NO_CHANGE))
    return found


@cache
def _longest_first() -> tuple[str, ...]:
    return tuple(sorted(_known(), key=lambda phrase: (-len(phrase), phrase)))
