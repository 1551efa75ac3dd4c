"""Report -> Claim, or the faults that say why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from rapidfuzz import fuzz, process

from control.record.event_kinds import EventKind
from control.record.fault import Fault
from control.record.model import Actor, Claim, Report, Source, Waiting, claim_id
from control.record.parties import PartiesError, Party, read_parties, shares_of
from geo.gazetteer import AmbiguousPlaceError, DoubtfulPlaceError, Match, UnknownPlaceError, WaterError
from geo.place import PlaceKind


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
) -> Claim | Waiting | list[Fault]:
    """Resolve a report. All that is wrong with it is returned at once.

    A report of an area becomes a claim as well; `gazetteer.place(claim.place_id).kind.is_area` tells the two apart.
    """
    if report.set_aside:
        return Waiting(report, report.set_aside)
    faults: list[Fault] = []
    at = report.origin
    source = sources.get(report.source)
    if source is None:
        faults.append(
            Fault(at, f"unknown source {report.source!r}", "an id of sources.csv", "add the source or correct the id")
        )
    actor, loser, *others = _sides(report, actors, faults)
    shares = _shares(report, faults)
    faults += _wrong_since(report)
    match = _place(report, gazetteer, faults)
    published = report.published or (source.published if source else None)
    if published and published.last < report.event_date.first:
        wrong = f"published {published} before the event of {report.event_date}"
        faults.append(Fault(at, wrong, "a publication date on or after the event", "correct one of the dates"))
    if faults or source is None or match is None or published is None:
        return faults
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
        others=tuple(other for other in others if other),
        shares=shares,
    )


def written_sides(event: EventKind, actor: str, loser: str) -> list[tuple[str, Party]]:
    """Return the column and the text of each side that a row names; a kind that is told of several may have many."""
    if not event.meaning.is_of_several:
        return [("actor", Party(actor)), ("loser", Party(loser))]
    parties = read_parties(actor)
    if not event.meaning.has_shares and any(party.percent is not None for party in parties):
        parties = tuple(map(Party, filter(None, (part.strip() for part in actor.split(";")))))
    sides = [("actor", party) for party in parties or (Party(""),)]
    return [*sides, ("loser", Party(loser))] if loser or len(sides) < 2 else sides


def _sides(report: Report, actors: ActorIndex, faults: list[Fault]) -> list[str | None]:
    """Resolve the sides of a report: at least two, `None` where none is named."""
    written = written_sides(report.event, report.actor, report.loser)
    found = [_side(party.name, role, report, actors, faults) for role, party in written]
    meaning = report.event.meaning
    for (role, party), need in zip(written, (meaning.needs_actor, meaning.needs_loser), strict=False):
        if need and not party.name:
            wrong = f"{report.event} without {need.lacks}"
            faults.append(Fault(report.origin, wrong, need.expected, f"fill the column {role}"))
    known = [side for side in found if side]
    if len(set(known)) < len(known):
        wrong = "actor and loser are the same side" if len(written) == 2 else "the same side twice"
        faults.append(Fault(report.origin, wrong, "two sides", "correct one of them"))
    return found


def _shares(report: Report, faults: list[Fault]) -> tuple[float, ...]:
    """Return the share of each side; empty where the source gives none."""
    if not report.event.meaning.has_shares:
        return ()
    try:
        return shares_of([party.percent for _, party in written_sides(report.event, report.actor, report.loser)])
    except PartiesError as error:
        faults.append(Fault(report.origin, str(error), "shares of 100 % together", "correct them, or leave them out"))
    return ()


def _wrong_since(report: Report) -> list[Fault]:
    since, event = report.since, report.event
    if since is None:
        return []
    if not event.meaning.lasts:
        wrong, expected = f"since {since} of an event that is of one day ({event})", "an event that goes on, as `holds`"
        return [Fault(report.origin, wrong, expected, "leave the column since empty")]
    if since.first > report.event_date.last:
        wrong, expected = (
            f"since {since}, after the event date {report.event_date}",
            "a day on or before the event date",
        )
        return [Fault(report.origin, wrong, expected, "correct one of the dates")]
    return []


def _side(text: str, role: str, report: Report, actors: ActorIndex, faults: list[Fault]) -> str | None:
    if not text:
        return None
    found = actors.resolve(text, report.country)
    if found is None:
        nearest = actors.nearest(text)
        hint = f" (did you mean {nearest!r}?)" if nearest else ""
        remedy = "correct the spelling or add it as an alias"
        faults.append(Fault(report.origin, f"unknown {role} {text!r}{hint}", "a name or alias of actors.csv", remedy))
    return found


def _place(report: Report, gazetteer: Finder, faults: list[Fault]) -> Match | None:
    at = report.origin
    try:
        match = gazetteer.find(report.place, country=report.country or None)
    except DoubtfulPlaceError as error:
        alike = error.candidates[0]
        wrong = f"unknown place {report.place!r}, which is only like {alike.place.name} ({alike.reason})"
        remedy = f"write {error.choices[0]!r} if that is meant, else add the place to places.csv"
        faults.append(Fault(at, wrong, "a spelling the gazetteer knows", remedy))
        return None
    except WaterError as error:
        written = " or ".join(map(repr, error.choices[:2]))
        remedy = f"write {written} if that is meant, else the place" if written else "write the place"
        wrong = f"{report.place!r} is a {error.water}, which no side holds as a whole"
        faults.append(Fault(at, wrong, "a place or an area on it", remedy))
        return None
    except UnknownPlaceError:
        remedy = "add the place to places.csv, or the spelling to the names of its place"
        faults.append(Fault(at, f"unknown place {report.place!r}", "a spelling the gazetteer knows", remedy))
        return None
    except AmbiguousPlaceError as error:
        remedy = "add a hint in brackets, as in one of these"
        faults.append(Fault(at, f"ambiguous place {report.place!r}", f"one of {', '.join(error.choices)}", remedy))
        return None
    place = match.place
    if place.kind.is_area and not (place.admin if place.kind is PlaceKind.GOVERNORATE else place.radius_km):
        column = "admin" if place.kind is PlaceKind.GOVERNORATE else "radius_km"
        wrong = f"{report.place!r} is a {place.kind} of unknown extent"
        remedy = f"fill the column {column} of places.csv, or give a reason in the column set_aside"
        faults.append(Fault(at, wrong, "an area with an extent", remedy))
    return match
