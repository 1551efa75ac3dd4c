"""What assessors say, in the words of a theatre, for readers."""

from __future__ import annotations

from control.assessors.overlay import ABSENT, Overlay
from control.assessors.series import CONTESTED, UNKNOWN
from control.assessors.standings import Standing
from control.record.theatre import Theatre

NOTHING_SAID = "says nothing"
STANDING_WORDS = {
    Standing.AGREE: "They agree",
    Standing.DIFFER: "They differ",
    Standing.SILENT: "Some do not know",
    Standing.NOBODY: "Nobody knows",
}


def word_label(theatre: Theatre, word: str | None) -> str:
    """Return a word for readers: the short name of an actor, `contested`, `no information`, or that nothing is said."""
    if word is None:
        return NOTHING_SAID
    if word == UNKNOWN:
        return "no information"
    if word == CONTESTED or word not in theatre.actors:
        return word
    actor = theatre.actors[word]
    return " ".join((actor.short_name or actor.name).split())


def words_at(overlay: Overlay, stretch: int) -> dict[str, str | None]:
    """Return what each assessor says on a stretch, by its index; `None` for one that says nothing."""
    said = overlay.said[:, stretch].tolist()
    return {
        name: None if code == ABSENT else overlay.words[code] for name, code in zip(overlay.names, said, strict=True)
    }
