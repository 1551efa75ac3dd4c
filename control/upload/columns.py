"""Which column is what: proposed from the names and the cells of a sheet, for a person to confirm."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from control.markup import http_url
from control.record.ingest import ActorIndex
from control.record.theatre import Theatre
from control.upload.coordinates import looks_like_position
from control.upload.dates import looks_like_date
from control.upload.events import read_event
from control.upload.hxl import by_tags
from control.upload.role import Columns, Role
from control.upload.sheet import SKIPPED, Sheet
from control.upload.vocabulary import words
from geo.gazetteer import AmbiguousPlaceError, UnknownPlaceError

_SAMPLE = 60
_MOST_CELLS, _SOME_CELLS = 0.5, 0.2
"""Share of the cells that must be of a kind, where the name of the column does not say it; less for what no row can lack."""

_CAMEL = re.compile(r"(?<=[a-zа-я])(?=[A-ZА-Я])")
_SPLIT = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Proposal:
    """Columns, and for each why it is thought to be that.

    Attributes
    ----------
    doubtful
        Role -> the columns of one name that it may be, with other cells each: a person is to choose, so it is none yet.
    """

    columns: Columns
    reasons: Mapping[Role, str]
    doubtful: Mapping[Role, tuple[int, ...]] = field(default_factory=dict)


def propose(sheet: Sheet, theatre: Theatre) -> Proposal:
    """Propose what the columns of a sheet are."""
    columns, reasons = by_name(sheet.header)
    kinds = _kinds(theatre)
    tagged = by_tags(sheet.tags)
    named = {role: columns[role] for role in kinds if role in columns and role not in tagged}
    columns = {role: index for role, index in columns.items() if index not in tagged.values()} | tagged
    reasons = {role: reasons[role] for role in columns if role in reasons} | dict.fromkeys(tagged, "by its tag")
    # a name may deceive: a column `status` may hold the sides. Where no cell fits, the cells of other columns are heard
    for role, index in named.items():
        if role in columns and any(sheet.column(index)) and not _share(sheet.column(index), kinds[role]):
            del columns[role]
    for role, fits in kinds.items():
        if role in columns:
            continue
        # where no cell fits, as in a file about another country, `place` does not give way to what is called `actor`
        others = {index for other, index in named.items() if other is not role and role in named}
        taken = {*columns.values(), *others}
        free = [index for index in range(len(sheet.header)) if index not in taken and not _skipped(sheet, index)]
        shares = {index: _share(sheet.column(index), fits) for index in free}
        best = max(free, key=lambda index: (shares[index], -index), default=None)
        needed = _SOME_CELLS if role in {Role.DATE, Role.PLACE} else _MOST_CELLS
        if best is not None and shares[best] >= needed:
            columns[role], reasons[role] = best, "by its cells"
    for role, index in named.items():
        if role not in columns and index not in columns.values() and role is not Role.POSITION:
            columns[role] = index
    doubtful = _doubtful(sheet, columns)
    columns = {role: index for role, index in columns.items() if role not in doubtful}
    return Proposal(columns, reasons, doubtful)


def _doubtful(sheet: Sheet, columns: Columns) -> dict[Role, tuple[int, ...]]:
    """Return the roles whose column has a name that other columns have too, which say something else."""
    named: dict[str, list[int]] = defaultdict(list)
    for index, name in enumerate(sheet.header):
        named[_key(name)].append(index)
    found = {}
    for role, index in columns.items():
        cells = sheet.column(index)
        others = [other for other in named[_key(sheet.header[index])] if other not in columns.values()]
        differ = [other for other in others if sheet.column(other) != cells and any(sheet.column(other))]
        if differ:
            found[role] = tuple(sorted((index, *differ)))
    return found


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
        Role.POSITION: looks_like_position,
        Role.ACTOR: lambda text: any(actors.resolve(text, country) for country in countries),
        Role.PLACE: place,
    }


def _share(cells: Sequence[str], fits: Callable[[str], bool]) -> float:
    sample = [cell for cell in cells if cell][:_SAMPLE]
    return sum(map(fits, sample)) / len(sample) if sample else 0.0
