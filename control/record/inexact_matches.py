"""Places that were found by another spelling than their own: what was taken, what else was near, and why not that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from control.record.fault import Origin
from control.record.model import Report
from geo.gazetteer import Candidate, Match, PlaceError

MOST_LINES = 5
"""So many rows of a spelling are named; the others are counted."""


class Finder(Protocol):
    """Finds the place that a report means, with what else it may mean: a gazetteer."""

    def find(self, name: str, *, country: str | None) -> Match:
        """Return the place. Raises as `Gazetteer.find`."""


@dataclass(frozen=True, slots=True)
class InexactMatch:
    """A spelling that its place does not have, the place that it was taken for, and the rows that have it."""

    match: Match
    origins: tuple[Origin, ...]

    @property
    def chosen(self) -> Candidate:
        """The place that was taken, with the reason."""
        return _chosen(self.match)

    @property
    def runner_up(self) -> Candidate | None:
        """The place that would be next, if there is one."""
        return _next(self.match)

    def __str__(self) -> str:
        more = len(self.origins) - MOST_LINES
        rows = ", ".join(map(str, self.origins[:MOST_LINES])) + (f" and {more} more" if more > 0 else "")
        return f"{rows}: {self.match.query!r} was taken for {explain_match(self.match)}"


def is_inexact(match: Match) -> bool:
    """Whether a place was found by another spelling than one of its own, case, marks and articles aside."""
    return not _chosen(match).exact


def explain_match(match: Match) -> str:
    """Say which place was taken and why, and which would be next."""
    chosen, other = _chosen(match), _next(match)
    said = f"{_place(chosen)}: {chosen.reason}"
    return f"{said}; next would be {_place(other)}: {other.reason}" if other else f"{said}; no other is near"


def inexact_among(matches: Iterable[tuple[Origin, Match]]) -> tuple[InexactMatch, ...]:
    """List the spellings that were taken for a place of another spelling, each once, by first row."""
    rows: dict[tuple[str, str], tuple[Match, list[Origin]]] = {}
    for origin, match in matches:
        if is_inexact(match):
            rows.setdefault((match.query, match.place.id), (match, []))[1].append(origin)
    found = [InexactMatch(match, tuple(sorted(origins))) for match, origins in rows.values()]
    return tuple(sorted(found, key=lambda one: (one.origins, one.match.query)))


def inexact_matches(finder: Finder, reports: Iterable[Report]) -> tuple[InexactMatch, ...]:
    """List the same of reports that are used, by asking for their places again; no spelling is asked for twice."""
    rows: dict[tuple[str, str], list[Origin]] = defaultdict(list)
    for report in reports:
        rows[report.place, report.country].append(report.origin)
    found = []
    for (place, country), origins in rows.items():
        try:
            match = finder.find(place, country=country or None)
        except PlaceError:  # a place that somebody chose by hand
            continue
        found += [(origin, match) for origin in origins]
    return inexact_among(found)


def _chosen(match: Match) -> Candidate:
    """Return the candidate that was taken: with a coordinate it need not be the one that its name alone would give."""
    return next(candidate for candidate in match.candidates if candidate.place.id == match.place.id)


def _next(match: Match) -> Candidate | None:
    return next((candidate for candidate in match.candidates if candidate.place.id != match.place.id), None)


def _place(candidate: Candidate) -> str:
    place = candidate.place
    return f"{place.name} ({', '.join(part for part in (place.kind.replace('-', ' '), place.admin, place.country) if part)})"
