"""Report -> Claim, or a Rejection that says why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from rapidfuzz import fuzz, process

from control.model import LEAVINGS, TAKINGS, Actor, Claim, Event, Rejection, Report, Source, Waiting, claim_id
from geo.gazetteer import AmbiguousPlaceError, Match, UnknownPlaceError
from geo.place import PlaceKind

NEEDS_ACTOR = TAKINGS | {Event.HOLDS, Event.SIEGE_LIFTED, Event.BESIEGED}


class Finder(Protocol):
    """Finds the place that a report means: a gazetteer, or somebody who has asked."""

    def find(self, name: str, *, country: str | None) -> Match:
        """Return the place. Raises as `Gazetteer.find`."""


class ActorIndex:
    """Resolves what a source calls a party, by name or alias, first those bound to the report's country."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        self._by_id = {actor.id: actor for actor in actors}
        self._names: dict[tuple[str, str], str] = {}
        self._written: dict[str, str] = {}
        for actor in sorted(self._by_id.values(), key=lambda a: a.id):
            for text in (actor.id, actor.name, actor.short_name):
                self._names.setdefault((_key(text), ""), actor.id)
                self._written.setdefault(_key(text), text)
            for alias in actor.aliases:
                self._written.setdefault(_key(alias.text), alias.text)
                self._names.setdefault((_key(alias.text), alias.country), actor.id)

    def resolve(self, text: str, country: str) -> str | None:
        """Return the id of the holder that `text` means in `country`, or `None`. Children count for their parent."""
        found = self._names.get((_key(text), country)) or self._names.get((_key(text), ""))
        seen: set[str] = set()
        while found and (parent := self._by_id[found].parent) and parent in self._by_id and found not in seen:
            seen.add(found)
            found = parent
        return found

    def nearest(self, text: str) -> str | None:
        """Return the spelling most like `text`, for an error message."""
        best = process.extractOne(_key(text), sorted(self._written), scorer=fuzz.ratio, score_cutoff=60)
        return self._written[best[0]] if best else None

    def rank(self, text: str) -> list[tuple[str, str]]:
        """Return every actor with its spelling that is most like `text`, the most alike first."""
        hits = process.extract(_key(text), sorted(self._written), scorer=fuzz.ratio, limit=None)
        best: dict[str, str] = {}
        for written, *_ in sorted(hits, key=lambda hit: (-hit[1], hit[0])):
            meant = {owner for (name, _), owner in self._names.items() if name == written}
            for actor in sorted(meant):
                best.setdefault(actor, self._written[written])
        return list(best.items())


def _key(text: str) -> str:
    return " ".join(text.casefold().split())


def ingest(
    report: Report, gazetteer: Finder, actors: ActorIndex, sources: Mapping[str, Source]
) -> Claim | Waiting | list[Rejection]:
    """Resolve a report. All that is wrong with it is returned at once.

    A report of an area becomes a claim as well; `gazetteer.place(claim.place_id).kind.is_area` tells the two apart.
    """
    if report.set_aside:
        return Waiting(report, report.set_aside)
    faults: list[_Fault] = []
    source = sources.get(report.source)
    if source is None:
        faults.append((f"unknown source {report.source!r}", "an id of sources.csv", "add the source or correct the id"))
    actor = _side(report.actor, "actor", report.country, actors, faults)
    loser = _side(report.loser, "loser", report.country, actors, faults)
    faults += _missing_sides(report)
    if actor and actor == loser:
        faults.append(("actor and loser are the same side", "two sides", "correct one of them"))
    match = _place(report, gazetteer, faults)
    published = report.published or (source.published if source else None)
    if published and published.last < report.event_date.first:
        wrong = f"published {published} before the event of {report.event_date}"
        faults.append((wrong, "a publication date on or after the event", "correct one of the dates"))
    if faults or source is None or match is None or published is None:
        return [Rejection(report.origin, *fault) for fault in faults]
    return Claim(
        id=claim_id(report, match.place.id, published),
        place_id=match.place.id,
        event=report.event,
        actor=actor,
        loser=loser,
        window=report.event_date,
        published=published,
        source=source,
        credibility=report.credibility,
        place_score=match.score,
        report=report,
    )


_Fault = tuple[str, str, str]
"""What is wrong, what was expected, how to mend it."""


def _side(text: str, role: str, country: str, actors: ActorIndex, faults: list[_Fault]) -> str | None:
    if not text:
        return None
    found = actors.resolve(text, country)
    if found is None:
        nearest = actors.nearest(text)
        hint = f" (did you mean {nearest!r}?)" if nearest else ""
        remedy = "correct the spelling or add it as an alias"
        faults.append((f"unknown {role} {text!r}{hint}", "a name or alias of actors.csv", remedy))
    return found


def _missing_sides(report: Report) -> list[_Fault]:
    faults = []
    if report.event in NEEDS_ACTOR and not report.actor:
        faults.append((f"{report.event} without an actor", "the side that did it", "fill the column actor"))
    if report.event is Event.BESIEGED and not report.loser:
        faults.append(("besieged without the side inside", "the besieged side", "fill the column loser"))
    if report.event in LEAVINGS and not report.loser:
        faults.append((f"{report.event} without a loser", "the side that left", "fill the column loser"))
    return faults


def _place(report: Report, gazetteer: Finder, faults: list[_Fault]) -> Match | None:
    try:
        match = gazetteer.find(report.place, country=report.country or None)
    except UnknownPlaceError:
        remedy = "add the place to places.csv, or the spelling to the names of its place"
        faults.append((f"unknown place {report.place!r}", "a spelling the gazetteer knows", remedy))
        return None
    except AmbiguousPlaceError as error:
        remedy = "add a hint in brackets, as in one of these"
        faults.append((f"ambiguous place {report.place!r}", f"one of {', '.join(error.choices)}", remedy))
        return None
    place = match.place
    if place.kind.is_area and not (place.admin if place.kind is PlaceKind.GOVERNORATE else place.radius_km):
        column = "admin" if place.kind is PlaceKind.GOVERNORATE else "radius_km"
        wrong = f"{report.place!r} is a {place.kind} of unknown extent"
        remedy = f"fill the column {column} of places.csv, or give a reason in the column set_aside"
        faults.append((wrong, "an area with an extent", remedy))
    return match
