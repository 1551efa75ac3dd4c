"""A report as the panel shows it: what happened, who said so, how far to trust it."""

from __future__ import annotations

from dataclasses import dataclass

from control.record.date_words import window_words
from control.record.model import Claim
from control.record.theatre import Theatre
from control.words.assessments import event_words
from control.words.sources import grade_words, published_words


@dataclass(frozen=True)
class ShownReport:
    """A report with its influence, in words.

    Attributes
    ----------
    side, width
        Of the bar: `for` or `against` the finding, and how far, as CSS has it; empty for a report about something else.
    reason
        What it does to the finding; empty where it is not weighed.
    """

    when: str
    event: str
    note: str
    source: str
    reference: str
    published: str
    grade: str
    side: str = ""
    width: str = ""
    reason: str = ""


def shown_report(
    theatre: Theatre, claim: Claim, *, side: str = "", width: str = "", reason: str = "", about: str = ""
) -> ShownReport:
    """Put a report into words; `about` names the area that it speaks of, where that is not said above it."""
    return ShownReport(
        when=window_words(claim.window),
        event=f"{about}: {event_words(theatre, claim)}" if about else event_words(theatre, claim),
        note=claim.report.note,
        source=claim.source.title,
        reference=claim.source.reference,
        published=published_words(claim.published),
        grade=grade_words(claim),
        side=side,
        width=width,
        reason=reason,
    )
