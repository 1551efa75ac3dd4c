"""What was known of a place on a day beside what is known now, in words. Plain text: escaping is up to whoever shows it."""

from __future__ import annotations

from collections.abc import Iterator

from control.assessment.likelihood import percent
from control.assessment.model import Assessment, Status
from control.assessment.then_and_now import Agreement, ThenAndNow
from control.record.date_words import long_date
from control.record.theatre import Theatre
from control.words.assessments import actor_name, describe_finding, describe_holding

NOW = "Known now"


def then_words(found: ThenAndNow) -> str:
    """Head what was known on the day: `Known on 3 May 2017`."""
    return f"Known on {long_date(found.then.day)}"


def holder_words(theatre: Theatre, assessment: Assessment) -> str:
    """Name who held it, without the status: `Red Army`, `Red Army, Blue Front`, `not known`."""
    holding = assessment.holding
    sides = [holding.actor, *(holding.rivals if holding.status.is_shared else ())]
    return ", ".join(actor_name(theatre, side) for side in sides if side) or "not known"


def probability_of_holder(assessment: Assessment) -> str:
    """Print how probable the holder is; nothing where nobody holds the place alone."""
    alone = assessment.holding.status in {Status.CONTROLLED, Status.BESIEGED}
    return percent(assessment.probability) if alone and assessment.probability is not None else ""


def agreement_words(theatre: Theatre, found: ThenAndNow) -> str:
    """Say whether what was known then and what is known now agree, in a sentence."""
    then, now = (describe_holding(theatre, each.holding) for each in (found.then, found.now))
    return {
        Agreement.SAME: f"They agree: {now}.",
        Agreement.PARTLY: f"They agree in part: {then} then; {now} now.",
        Agreement.HOLDER: f"They disagree: {then} then; {now} now.",
        Agreement.LEARNT: f"Nobody could tell on the day; later reports say: {now}.",
        Agreement.DOUBTED: f"On the day it was {then}; with later reports nobody can tell.",
        Agreement.UNKNOWN: "They agree: nobody could tell on the day, and nobody can now.",
    }[found.agreement]


def then_and_now_lines(theatre: Theatre, found: ThenAndNow) -> Iterator[str]:
    """Say both, a line each, and whether they agree."""
    place = theatre.gazetteer.place(found.then.place_id).name
    yield f"{place}, {long_date(found.then.day)}"
    both = ((then_words(found), found.then, found.then_reports), (NOW, found.now, found.now_reports))
    for title, assessment, reports in both:
        counted = f"{reports} report{'' if reports == 1 else 's'} of it published"
        yield f"{title}, {counted}: {describe_finding(theatre, assessment)}"
    yield agreement_words(theatre, found)
