"""Whether a sheet is about this map at all: how many of its places and dates lie in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from control.record.date_words import long_date
from control.record.dates import DateWindow
from control.record.theatre import Theatre
from control.upload.places import PlaceFinder, Wanted
from control.upload.positions import is_in

FEW = 0.2
"""Share of the places below which a sheet is not about this map, even if one or another has a name that is on it."""

ENOUGH = 3
"""So many places, none of them known, are no slips of the pen."""

MOST_TRIED = 100
"""So many distinct places, from all parts of the sheet, are looked up to find out."""

EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the places and days that a sheet names lie in a theatre.

    Attributes
    ----------
    places, known
        Distinct places that were tried, and those that are surely places of the theatre, with some of their names.
    examples, strange
        Some names that are known, and some that are not.
    far
        Of the others, those that a coordinate or a list of towns elsewhere puts outside.
    days, covered
        Rows with a date, and those whose date lies in the years of the theatre.
    first, last
        Of all dates; `None` without any.
    """

    places: int = 0
    known: int = 0
    far: int = 0
    examples: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()
    days: int = 0
    covered: int = 0
    first: date | None = None
    last: date | None = None

    @property
    def is_elsewhere(self) -> bool:
        """Whether the sheet is about other places, so that it is no use to ask which of this map's they are."""
        if self.known == 0:
            return self.places >= ENOUGH or self.far > 0
        few = self.known < FEW * self.places and self.places - self.known >= 2 * ENOUGH
        # names recur: a town elsewhere may have the name of one here
        return few or (self.far >= 2 * self.known and 3 * self.known <= self.places)

    @property
    def is_of_other_years(self) -> bool:
        """Whether no date lies in the years of the theatre."""
        return self.days > 0 and self.covered == 0

    @property
    def is_outside(self) -> bool:
        """Whether the theatre can do little with the sheet: it is about other places, or about other years."""
        return self.is_elsewhere or self.is_of_other_years

    @property
    def fits(self) -> bool:
        """Whether another theatre is the right one for the sheet: most of its places, and some of its dates, lie in it."""
        return not self.is_outside and self.places > 0 and 2 * self.known >= self.places


NOT_MEASURED = Coverage()


def measure(rows: Iterable[tuple[DateWindow | None, Wanted]], theatre: Theatre, finder: PlaceFinder) -> Coverage:
    """Count how much of a sheet lies in a theatre.

    Parameters
    ----------
    rows
        Of each row its date, if it has one that can be read, and its place.
    finder
        Of the theatre.
    """
    settings = theatre.settings
    wanted: dict[Wanted, None] = {}
    windows = []
    for window, place in rows:
        if window is not None:
            windows.append(window)
        if place.name or place.position:
            wanted.setdefault(place)
    tried = list(wanted)[:: -(-len(wanted) // MOST_TRIED) or 1]
    known: list[str] = []
    strange: list[str] = []
    far = 0
    for place in tried:
        inside = place.position is None or is_in(settings.bbox, place.position)
        if inside and finder.knows(place):
            known.append(place.name)
        else:
            strange.append(place.name)
            far += not inside or finder.is_elsewhere(place.name)
    return Coverage(
        places=len(tried),
        known=len(known),
        far=far,
        examples=_some(known),
        strange=_some(strange),
        days=len(windows),
        covered=sum(settings.start <= window.middle < settings.end for window in windows),
        first=min((window.first for window in windows), default=None),
        last=max((window.last for window in windows), default=None),
    )


def describe(coverage: Coverage, theatre: Theatre) -> str:
    """Say what of a sheet does not lie in a theatre, and what the theatre covers; nothing where it is about the theatre."""
    if not coverage.is_outside:
        return ""
    settings = theatre.settings
    countries = [theatre.gazetteer.countries.get(code, code) for code in settings.countries]
    covers = f"This map covers {_listed(countries)} from {long_date(settings.start)} to {long_date(settings.last_day)}."
    parts = []
    if coverage.is_elsewhere:
        parts.append(_places(coverage))
    if coverage.is_of_other_years and coverage.first and coverage.last:
        span = " to ".join(map(long_date, dict.fromkeys((coverage.first, coverage.last))))
        parts.append(
            f"None of its dates does: they are {span}." if parts else f"None of these dates ({span}) lies in this map."
        )
    if not coverage.is_elsewhere:
        parts.append(f"{coverage.known} of its {coverage.places} places {'does' if coverage.known == 1 else 'do'}.")
    return " ".join([*parts, covers])


def _places(coverage: Coverage) -> str:
    strange = ", ".join(coverage.strange)
    if not coverage.known:
        return f"None of these places ({strange}) lies in this map."
    lie = "lies" if coverage.known == 1 else "lie"
    found = f"Only {coverage.known} of {coverage.places} places {lie} in this map ({', '.join(coverage.examples)})"
    return f"{found}; {strange} and others do not."


def _listed(words: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part) if words else "no country"


def _some(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(name[:40] for name in dict.fromkeys(names) if name)[:EXAMPLES]
