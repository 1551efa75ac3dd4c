"""Why a place has its colour, in sentences: what each report says of the holder, and what would be otherwise without it.

Plain text: escaping is up to whoever shows it. The command line and the app's panel say the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from control.assessment.explanation import LEAST_EVIDENCE, Explanation, Weighed
from control.assessment.likelihood import percent, whole_percent
from control.assessment.model import Assessment, Holding, Status
from control.assessment.testimony import names_on, overtaking, said_to_hold, sides_of
from control.record.date_words import away_words, days_away, when_words
from control.record.event_kinds import Cover, Move
from control.record.model import Claim
from control.record.theatre import Theatre
from control.territory.fronts import side_name
from control.words.assessments import (
    actor_name,
    describe_assessment,
    describe_claim,
    describe_holding,
    sides_words,
)
from control.words.basis import OLD_DAYS, since_words

EVEN = 0.5
"""Who is at least so probable, and yet does not hold a place, is reported at another time only."""


@dataclass(frozen=True, slots=True)
class Section:
    """Reports under one heading."""

    heading: str
    items: tuple[Weighed, ...]


def explain(theatre: Theatre, explanation: Explanation) -> list[str]:
    """Say why, in lines: the finding, how probable each side is, then every report with what it says of the holder."""
    assessment = explanation.assessment
    lines = [describe_assessment(theatre, assessment)]
    if probabilities := probability_words(theatre, assessment):
        lines.append(f"{probabilities}.")
    for section in sections(theatre, explanation):
        lines.append(f"{section.heading}:")
        for weighed in section.items:
            lines.append(f"  {describe_claim(theatre, weighed.claim)}")
            lines.append(f"    {reason(theatre, explanation, weighed)}")
    return lines


def probability_words(theatre: Theatre, assessment: Assessment) -> str:
    """Say how probable each side is: `Probability: Red 87 %, Blue 9 %, someone else or not known 4 %`.

    Nothing where that is no answer: an unknown place has no probable holder, nobody holds a divided one alone, and who
    prevails in a contested one, nobody can tell.
    """
    holding = assessment.holding
    named = [(actor, p) for actor, p in assessment.probabilities if whole_percent(p)]
    if not named or holding.status.is_shared or holding.status is Status.UNKNOWN:
        return ""
    rest = 100 - sum(whole_percent(p) for _, p in named)  # of what is printed: it adds up
    said = [f"{side_name(theatre.actors[actor])} {percent(p)}" for actor, p in named]
    enemy = holding.besieger if holding.besieger not in dict(named) else None
    others = f"{side_name(theatre.actors[enemy])} or someone else" if enemy else "someone else or not known"
    said += [f"{others} {rest} %"] if rest > 0 else []
    return f"Probability: {', '.join(said)}"


def sections(theatre: Theatre, explanation: Explanation) -> list[Section]:
    """Put the reports under headings that say what they have in common, those that decide first."""
    holding = explanation.assessment.holding
    unknown, shared = holding.status is Status.UNKNOWN, holding.status.is_shared
    agreeing, other = list(explanation.supporting), list(explanation.other)
    decisive = [w for w in (other if unknown else agreeing) if w.flips]
    of_status = [w for w in decisive if _is_of_status(holding, w)]
    of_holder = [w for w in decisive if w not in of_status]
    agreeing = [w for w in agreeing if not w.flips]
    other = [w for w in other if w not in decisive]
    fights = [w for w in agreeing if holding.status is not Status.CONTROLLED and w.claim.event.meaning.cover]
    naming = [w for w in agreeing if w not in fights]
    held = "of who held it" if shared else f"that {actor_name(theatre, holding.actor)} held it"
    found = [
        (f"The answer rests on {_these(of_holder)}", of_holder),
        (f"That it was {holding.status} rests on {_these(of_status)}", of_status),
        (f"Reports that it was {_COVERED.get(holding.status, 'besieged')}", fights),
        (f"{'Other reports' if decisive else 'Reports'} {held}", naming),
        ("Reports that another side held it", explanation.contradicting),
        (
            "What is reported of it" if unknown and not decisive else "Reports of other times, or that name no holder",
            other,
        ),
        ("Not used", explanation.discarded),
    ]
    return [Section(heading, tuple(items)) for heading, items in found if items]


_COVERED = {Status.CONTESTED: "contested or besieged", Status.DIVIDED: "divided"}
"""What the reports behind a status say, where that is not the name of it."""


def _is_of_status(holding: Holding, weighed: Weighed) -> bool:
    """Whether only the status hangs on a report: without it one of the sides would simply hold the place."""
    then = weighed.holding_without
    if then is None or then.status is not Status.CONTROLLED:
        return False
    if holding.status.is_shared:
        return then.actor in {holding.actor, *holding.rivals}
    return holding.status is Status.BESIEGED and then.actor == holding.actor


def _these(decisive: Sequence[Weighed]) -> str:
    return "this report" if len(decisive) == 1 else "each of these reports"


def reason(theatre: Theatre, explanation: Explanation, weighed: Weighed) -> str:
    """Say what a report says of the holder on the day, and what would be otherwise without it."""
    if weighed.rule:
        return f"Not used: {weighed.rule}."
    said = says(theatre, explanation, weighed)
    return f"{said}; {without_words(theatre, explanation, weighed)}."


def says(theatre: Theatre, explanation: Explanation, weighed: Weighed) -> str:
    """Say what a report says of who held the place on the day, in one clause."""
    assessment, claim = explanation.assessment, weighed.claim
    day = assessment.day
    named = names_on(claim, day)
    if named is None:
        return f"Says {_names_nobody(theatre, assessment, claim)}"
    name, when, away = side_name(theatre.actors[named]), when_words(claim.window), _distance(claim, day)
    if said_to_hold(claim):
        text = f"Says that {name} {_deed(theatre, claim)} {when}{_and_since(claim)}{away}"
    elif day < claim.window.middle:
        text = f"Says that {name} lost it {when}{away}, and so held it just before"
    else:
        gained = claim.event.meaning.deed if claim.event.meaning.move is Move.TAKEN else "came to hold it"
        text = f"Says that {name} {gained} {when}{away}"
    return text + _standing(theatre, explanation, weighed)


def _standing(theatre: Theatre, explanation: Explanation, weighed: Weighed) -> str:
    """Say why a report that names a holder decides little: another is nearer, it is too far away, or others weigh more."""
    assessment, claim = explanation.assessment, weighed.claim
    day, holding = assessment.day, assessment.holding
    claims = [w.claim for w in (*explanation.supporting, *explanation.contradicting, *explanation.other)]
    is_unknown = holding.status is Status.UNKNOWN and not _is_held_without_one(explanation)
    if is_unknown and claim.window.middle > day and _is_too_late(assessment, claim, claims):
        return ": too long to name a holder"
    if is_unknown and [c for c in claims if any(sides_of(c))] == [claim]:
        is_old = days_away(claim.window, day) > OLD_DAYS
        return ": too long to name a holder" if is_old else ": too weak to name a holder by itself"
    nearer = overtaking(claim, day, claims)
    if nearer is not None:
        counts = "though" if _matters(weighed) else "but counts little here:"
        return f", {counts} {_nearer_words(theatre, nearer, day)}"
    if weighed in explanation.contradicting and not holding.status.is_shared:
        return ", but other reports outweigh it"
    return ""


def _is_held_without_one(explanation: Explanation) -> bool:
    """Whether the answer hangs on one report: then the others are not too weak or of too long ago."""
    return any(w.flips for w in (*explanation.supporting, *explanation.contradicting, *explanation.other))


def _matters(weighed: Weighed) -> bool:
    return weighed.flips or abs(weighed.evidence) >= LEAST_EVIDENCE


def _nearer_words(theatre: Theatre, nearer: Claim, day: date) -> str:
    before, after = sides_of(nearer)
    side, when = (after if nearer.window.middle <= day else before), when_words(nearer.window)
    if side is None:
        return f"{side_name(theatre.actors[before or ''])} left it {when}, nearer this date"
    if nearer.window.middle > day and before != after:
        return f"{side_name(theatre.actors[side])} is reported to have lost it {when}, nearer this date"
    return f"{side_name(theatre.actors[side])} is reported there {when}, nearer this date"


def _is_too_late(assessment: Assessment, claim: Claim, claims: Sequence[Claim]) -> bool:
    """Whether an unknown place has reports that name a holder, but of much later times alone."""
    if any(other.window.middle <= assessment.day for other in claims if any(sides_of(other))):
        return False
    is_likely = bool(assessment.probabilities) and assessment.probabilities[0][1] >= EVEN
    return is_likely or days_away(claim.window, assessment.day) > OLD_DAYS


def _distance(claim: Claim, day: date) -> str:
    if not days_away(claim.window, day):
        return ""
    return f", {away_words(claim.window, day)} {'after' if claim.window.middle > day else 'before'} this date"


def _names_nobody(theatre: Theatre, assessment: Assessment, claim: Claim) -> str:
    (before, after), day = sides_of(claim), assessment.day
    when, away = when_words(claim.window), _distance(claim, assessment.day)
    if after:
        return f"that {side_name(theatre.actors[after])} had it {when}{away}, but not who had it before"
    if before:
        left = claim.event.meaning.deed
        return f"that {side_name(theatre.actors[before])} {left} {when}{away}, but not who came after"
    if claim.event.meaning.cover is Cover.FIGHTING:
        between = sides_words(theatre, claim)
        return f"that it was contested{between}{_distance(claim, day)}{'' if between else ', without naming the sides'}"
    if between := sides_words(theatre, claim) if claim.event.meaning.has_shares else "":
        return f"that it was divided{between}{_and_since(claim)}{away}"
    return "nothing of who held it"


def _deed(theatre: Theatre, claim: Claim) -> str:
    """Say what the side did that is said to hold the place; of a siege, who besieged it."""
    enemy = side_name(theatre.actors[claim.actor]) if claim.actor else "somebody"
    return claim.event.meaning.deed.format(enemy=enemy)


def _and_since(claim: Claim) -> str:
    """Say since when it had been so, in brackets: the report is of a later day."""
    return f" (and{since_words(claim)})" if claim.since else ""


def without_words(theatre: Theatre, explanation: Explanation, weighed: Weighed) -> str:
    """Say what the place would be without a report: `without it: 88 % instead of 91 %`, `without it: unknown`."""
    assessment = explanation.assessment
    if weighed.flips and weighed.holding_without:
        return f"without it: {_otherwise(theatre, assessment.holding, weighed.holding_without)}"
    if assessment.holding.status.is_shared or assessment.probability is None:
        return f"without it: still {assessment.holding.status}"
    left, now = percent(weighed.without), percent(assessment.probability)
    if left == now:
        return f"without it: still {now}"
    said = f"without it: {left} instead of {now}"
    is_rival = names_on(weighed.claim, assessment.day) not in {None, assessment.holding.actor}
    if abs(whole_percent(weighed.without) - whole_percent(assessment.probability)) <= HARDLY:
        return "without it: hardly a difference" if is_rival else f"{said}, hardly a difference"
    return f"{said}, as it bears out other reports" if is_rival and weighed.influence > 0 else said


HARDLY = 1
"""Points of a percentage by which an answer may move without anybody caring."""


def _otherwise(theatre: Theatre, now: Holding, then: Holding) -> str:
    """Say what would be instead; where the same side would hold it, what would be missing."""
    said = describe_holding(theatre, then)
    if then.status is Status.CONTROLLED and then.actor == now.actor:
        return f"{said}, not {now.status}"
    return said
