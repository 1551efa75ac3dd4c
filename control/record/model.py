"""The nouns of the product: plain, frozen, without pandas, folium or Streamlit."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from control.record.dates import DateWindow
from control.record.event_kinds import EventKind
from control.record.fault import Origin


@dataclass(frozen=True, slots=True)
class Alias:
    """A name that sources use for an actor, bound to a country when it means someone else elsewhere."""

    text: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """A party that can hold ground.

    `parent` names the actor it holds ground for; before `active_from` it held none. `colour_dark` is its colour on
    dark pages, where that is another one.
    """

    id: str
    name: str
    short_name: str
    colour: str
    aliases: tuple[Alias, ...] = ()
    parent: str | None = None
    active_from: date | None = None
    note: str = ""
    colour_dark: str | None = None


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
    event: EventKind
    source: str
    country: str = ""
    actor: str = ""
    loser: str = ""
    published: DateWindow | None = None
    credibility: int = 6
    note: str = ""
    set_aside: str = ""
    since: DateWindow | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A report whose place and actors are resolved.

    Attributes
    ----------
    id
        Hash of the content, so importing the same row twice gives one claim.
    actor, loser
        Ids of actors that can hold ground of their own (parents, where the report names a child). Of several sides of
        which an event is told together they are the first two.
    place_score
        0-1, how sure the gazetteer was of the place.
    others
        The third side and those after it, where an event is told of more than two.
    shares
        Share of each of `parties`, 0-1; empty where the source gives none.
    """

    id: str
    place_id: str
    event: EventKind
    actor: str | None
    loser: str | None
    window: DateWindow
    published: DateWindow
    source: Source
    credibility: int
    place_score: float
    report: Report
    others: tuple[str, ...] = ()
    shares: tuple[float, ...] = ()

    @property
    def parties(self) -> tuple[str, ...]:
        """Every side that it names, in the order of the report."""
        return tuple(side for side in (self.actor, self.loser, *self.others) if side)

    @property
    def since(self) -> DateWindow | None:
        """When what it tells of began, where the source says so."""
        return self.report.since

    @property
    def begun(self) -> DateWindow:
        """The days on which what it tells of may have begun: those of `since`, or else of the event."""
        since, day = self.since, self.window.middle
        if since is None:
            return self.window
        return since if since.middle <= day else DateWindow(day, day, since.text)

    @property
    def begins(self) -> date:
        """First day of which it tells, the middle one of a window."""
        return self.begun.middle

    @property
    def known_from(self) -> date:
        """First day on which a reader can have known it."""
        return self.published.last


@dataclass(frozen=True, slots=True)
class Moment:
    """A day that readers know by a headline: no assessment depends on it. `source` is the id of one that tells of it."""

    day: date
    headline: str
    source: str


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
            *([report.since.text] if report.since else []),  # a report without it keeps the id it had before the column
        )
    )
    return hashlib.sha256(content.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A report that was set aside on purpose, with the reason its author gave."""

    report: Report
    reason: str

    def __str__(self) -> str:
        return f"{self.report.origin}: {self.report.place}: {self.reason}"
