"""The nouns of the product: plain, frozen, without pandas, folium or Streamlit."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from control.dates import DateWindow


class Event(StrEnum):
    """What a report says happened to a place."""

    CAPTURED = "captured"
    RECAPTURED = "recaptured"
    HOLDS = "holds"
    LOST = "lost"
    WITHDREW = "withdrew"
    CONTESTED = "contested"
    BESIEGED = "besieged"
    SIEGE_LIFTED = "siege_lifted"
    HANDOVER = "handover"
    CEASEFIRE = "ceasefire"
    OFFENSIVE_STARTED = "offensive_started"


TAKINGS = frozenset({Event.CAPTURED, Event.RECAPTURED, Event.HANDOVER})
LEAVINGS = frozenset({Event.LOST, Event.WITHDREW})


class Status(StrEnum):
    """How a place stands. No information is `unknown`, never neutral."""

    UNKNOWN = "unknown"
    CONTROLLED = "controlled"
    CONTESTED = "contested"
    BESIEGED = "besieged"


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """Where a row stands: file name and line number (the header is line 1)."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Alias:
    """A name that sources use for an actor, bound to a country when it means someone else elsewhere."""

    text: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """A party that can hold ground.

    `parent` names the actor it holds ground for; before `active_from` it held none.
    """

    id: str
    name: str
    short_name: str
    colour: str
    aliases: tuple[Alias, ...] = ()
    parent: str | None = None
    active_from: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """An outlet's article or a document.

    `family` groups copies of one agency or project; `grade` is Admiralty reliability A-F; `aligned_with` the actor
    it speaks for. `published` is a window: a living document is taken to be known from its last day on.
    """

    id: str
    title: str
    publisher: str
    published: DateWindow
    reference: str
    family: str
    grade: str
    grade_reason: str = ""
    aligned_with: str | None = None
    licence: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What one source said of one place, as written. Names are not resolved yet."""

    origin: Origin
    event_date: DateWindow
    place: str
    event: Event
    source: str
    country: str = ""
    actor: str = ""
    loser: str = ""
    published: DateWindow | None = None
    credibility: int = 6
    note: str = ""
    set_aside: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A report whose place and actors are resolved.

    Attributes
    ----------
    id
        Hash of the content, so importing the same row twice gives one claim.
    actor, loser
        Ids of actors that can hold ground of their own (parents, where the report names a child).
    place_score
        0-1, how sure the gazetteer was of the place.
    """

    id: str
    place_id: str
    event: Event
    actor: str | None
    loser: str | None
    window: DateWindow
    published: DateWindow
    source: Source
    credibility: int
    place_score: float
    report: Report

    @property
    def known_from(self) -> date:
        """First day on which a reader can have known it."""
        return self.published.last


def claim_id(report: Report, place_id: str, published: DateWindow) -> str:
    """Content hash of a claim: the same statement has the same id wherever it stands in the file."""
    content = "\x1f".join(
        (
            place_id,
            report.event,
            report.event_date.text,
            published.text,
            report.place,
            report.country,
            report.actor,
            report.loser,
            report.source,
            str(report.credibility),
            report.note,
        )
    )
    return hashlib.sha256(content.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that could not be used: what is wrong, what was expected, how to mend it."""

    origin: Origin
    wrong: str
    expected: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.origin}: {self.wrong}; expected {self.expected}; {self.remedy}"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A report that was set aside on purpose, with the reason its author gave."""

    report: Report
    reason: str

    def __str__(self) -> str:
        return f"{self.report.origin}: {self.report.place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Holding:
    """Who holds a place, without a date.

    Attributes
    ----------
    actor
        Holder; for `contested` the one it is believed to have belonged to last; `None` for unknown.
    rivals
        For `contested`: the others who are named for it.
    besieger
        For `besieged`: who encircles it.
    rule
        The rule that decided, in words.
    """

    status: Status
    actor: str | None = None
    rivals: tuple[str, ...] = ()
    besieger: str | None = None
    rule: str = "no report says who holds it"

    def same_as(self, other: Holding) -> bool:
        """Whether both say the same of the place, whatever rule led there."""
        mine, theirs = (
            (self.status, self.actor, self.rivals, self.besieger),
            (
                other.status,
                other.actor,
                other.rivals,
                other.besieger,
            ),
        )
        return mine == theirs


@dataclass(frozen=True, slots=True)
class Interval:
    """A maximal stretch [start, end) with one holding: half-open, the day of a hand-over is the new holder's.

    `assumed` says that no report tells of the day `start`: the odds turned in between, or a report of fighting grew old.
    """

    place_id: str
    start: date
    end: date
    holding: Holding
    claims: tuple[Claim, ...] = ()
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Assessment:
    """Who held a place on a date, as known on a date, and why.

    Attributes
    ----------
    probability
        0-1 that `holding.actor` holds the place; `None` when unknown.
    claims
        The claims behind it, strongest first.
    days_since_confirmed
        Days between the date and the nearest claim that says so; `None` without any.
    probabilities
        (actor, 0-1) for every actor that the claims name, best first; what is missing to 1 is somebody else's.
    """

    place_id: str
    day: date
    known_on: date | None
    holding: Holding
    probability: float | None
    claims: tuple[Claim, ...]
    days_since_confirmed: int | None
    probabilities: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A place passing from one holding to another on `day`; `assumed` as for intervals."""

    day: date
    place_id: str
    before: Holding
    after: Holding
    claims: tuple[Claim, ...]
    assumed: bool
