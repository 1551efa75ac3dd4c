"""What is said of a source and its report: when it was published, how far each can be relied on. Plain text."""

from __future__ import annotations

from control.record.date_words import window_words
from control.record.dates import DateWindow
from control.record.model import Claim

RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "cannot be judged",
}
"""Admiralty grade of a source -> words."""

CREDIBILITY = {
    1: "confirmed by others",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "cannot be judged",
}
"""Admiralty grade of what it says -> words."""

LIVING_DAYS = 366
"""Whose window is longer was not published in it but edited throughout: an encyclopaedia article."""


def published_words(window: DateWindow) -> str:
    """Say when something was published: `published 5 March 2022`, `article written between December 2019 and March 2021`."""
    if window.days <= LIVING_DAYS:
        return f"published {window_words(window)}"
    return f"article written between {' and '.join(window_words(window).split(' to '))}"


def grade_words(claim: Claim) -> str:
    """Say how far a report can be relied on: `graded C2: fairly reliable source, probably true`."""
    source = f"source {RELIABILITY['F']}" if claim.source.grade == "F" else f"{RELIABILITY[claim.source.grade]} source"
    report = f"report {CREDIBILITY[6]}" if claim.credibility == 6 else CREDIBILITY[claim.credibility]
    return f"graded {claim.source.grade}{claim.credibility}: {source}, {report}"
