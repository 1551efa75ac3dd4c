"""Which column is what: proposed from the names and the cells of a sheet, for a person to confirm."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import OSA

from control.ingest import ActorIndex
from control.markup import http_url
from control.theatre import Theatre
from control.upload.dates import looks_like_date
from control.upload.events import read_event
from control.upload.sheet import SKIPPED, Sheet
from control.upload.vocabulary import words
from geo.gazetteer import AmbiguousPlaceError, UnknownPlaceError


class Role(StrEnum):
    """What a column may be."""

    DATE = "date"
    PLACE = "place"
    EVENT = "event"
    ACTOR = "actor"
    LOSER = "loser"
    SOURCE = "source"
    URL = "url"
    PUBLISHED = "published"
    LAT = "lat"
    LON = "lon"
    ADMIN = "admin"
    COUNTRY = "country"
    CREDIBILITY = "credibility"
    NOTE = "note"


Columns = Mapping[Role, int]
"""Role -> number of its column, from 0."""

_SAMPLE = 60
_MOST_CELLS, _SOME_CELLS = 0.5, 0.2
"""Share of the cells that must be of a kind, where the name of the column does not say it; less for what no row can lack."""

_CAMEL = re.compile(r"(?<=[a-zа-я])(?=[A-ZА-Я])")
_SPLIT = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Proposal:
    """Columns, and for each why it is thought to be that."""

    columns: Columns
    reasons: Mapping[Role, str]


def propose(sheet: Sheet, theatre: Theatre) -> Proposal:
    """Propose what the columns of a sheet are."""
    columns, reasons = by_name(sheet.header)
    kinds = _kinds(theatre)
    named = {role: columns[role] for role in kinds if role in columns}
    # a name may deceive: a column `status` may hold the sides. Where no cell fits, the cells of other columns are heard
    for role, index in named.items():
        if any(sheet.column(index)) and not _share(sheet.column(index), kinds[role]):
            del columns[role]
    for role, fits in kinds.items():
        if role in columns:
            continue
        free = [
            index for index in range(len(sheet.header)) if index not in columns.values() and not _skipped(sheet, index)
        ]
        shares = {index: _share(sheet.column(index), fits) for index in free}
        best = max(free, key=lambda index: (shares[index], -index), default=None)
        needed = _SOME_CELLS if role in {Role.DATE, Role.PLACE} else _MOST_CELLS
        if best is not None and shares[best] >= needed:
            columns[role], reasons[role] = best, "by its cells"
    for role, index in named.items():
        if role not in columns and index not in columns.values():
            columns[role] = index
    return Proposal(columns, reasons)


def by_name(header: Sequence[str]) -> tuple[dict[Role, int], dict[Role, str]]:
    """Recognise columns by their names alone, misspelt ones too; each column is one thing, the best fit first."""
    found: list[tuple[float, int, int, Role, str]] = []
    for index, name in enumerate(header):
        key = _key(name)
        if not key or key in SKIPPED:
            continue
        for order, role in enumerate(Role):
            known = words("columns")[role]
            if key in known:
                found.append((-1000.0 + known.index(key), order, index, role, "by its name"))
            elif (slips := min(OSA.distance(key, n) for n in known)) <= _allowed(key):
                found.append((slips - 500.0, order, index, role, "by its name, nearly"))
            elif usual := [n for n in known[:6] if len(n) > 2 and n in key.split()]:
                found.append((-float(len(usual[0])), order, index, role, "by a word in its name"))
    columns: dict[Role, int] = {}
    reasons: dict[Role, str] = {}
    for _, _, index, role, reason in sorted(found):
        if role not in columns and index not in columns.values():
            columns[role], reasons[role] = index, reason
    return columns, reasons


def _key(name: str) -> str:
    return " ".join(_SPLIT.sub(" ", _CAMEL.sub(" ", name[:100])).casefold().split())


def _allowed(key: str) -> int:
    """Return how many letters of a name may be wrong, missing, too many or swapped."""
    return 0 if len(key) < 4 else 1 if len(key) < 8 else 2


def _skipped(sheet: Sheet, index: int) -> bool:
    return _key(sheet.header[index]) in SKIPPED


def _kinds(theatre: Theatre) -> dict[Role, Callable[[str], bool]]:
    """Role -> whether a cell is of that kind, for what can be told from cells; in the order of how surely."""
    actors = ActorIndex(theatre.actors.values())
    countries = ("", *theatre.settings.countries)

    def place(text: str) -> bool:
        try:
            theatre.gazetteer.find(text[:100])
        except AmbiguousPlaceError:
            return True
        except UnknownPlaceError:
            return False
        return True

    return {
        Role.URL: lambda text: http_url(text) is not None,
        Role.DATE: looks_like_date,
        Role.EVENT: lambda text: read_event(text) is not None,
        Role.ACTOR: lambda text: any(actors.resolve(text, country) for country in countries),
        Role.PLACE: place,
    }


def _share(cells: Sequence[str], fits: Callable[[str], bool]) -> float:
    sample = [cell for cell in cells if cell][:_SAMPLE]
    return sum(map(fits, sample)) / len(sample) if sample else 0.0
