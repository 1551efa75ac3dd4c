"""Which column is what: proposed from the names and the cells of a sheet, for a person to confirm."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from control.ingest import ActorIndex
from control.markup import http_url
from control.theatre import Theatre
from control.upload.dates import looks_like_date
from control.upload.events import read_event
from control.upload.sheet import SKIPPED, Sheet
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

_NAMES: dict[Role, str] = {
    Role.DATE: "date; event date; day; when; date of event; report date; dates; datum; fecha; data; tarih; дата; التاريخ; "
    "timestamp; date time; datetime; time; as of; as of date; event day; incident date; start date; date start; month; year",
    Role.PLACE: "place; location; town; city; village; settlement; locality; place name; name of place; site; where; toponym; "
    "town name; city name; location name; populated place; place location; ort; lieu; lugar; ville; stadt; yer; luogo; "
    "місце; место; населений пункт; населённый пункт; المكان; المدينة; البلدة; geoname; asciiname; name",
    Role.EVENT: "event; event type; type; what; what happened; action; happening; change; status; kind; category; "
    "type of event; incident; incident type; sub event type; ereignis; événement; evento; подія; событие; الحدث; "
    "control status; state",
    Role.ACTOR: "actor; actor1; actor 1; who; by; side; party; group; faction; holder; held by; controlled by; control; "
    "controller; in control; controlling party; controlling actor; winner; taken by; captured by; taker; gainer; belligerent; "
    "force; forces; new holder; new control; owner; occupier; akteur; acteur; to; control by; الطرف",
    Role.LOSER: "loser; actor2; actor 2; from; taken from; lost by; against; opponent; enemy; previous holder; former holder; "
    "old holder; previous control; defender; other side; from whom; besieged side; vs; versus; second actor; old control",
    Role.SOURCE: "source; sources; source name; outlet; publisher; media; newspaper; reference; reported by; agency; citation; "
    "according to; quelle; fuente; fonte; джерело; источник; المصدر; news source",
    Role.URL: "url; link; links; source url; web; website; source link; href; web address; reference url; uri; news link; "
    "article",
    Role.PUBLISHED: "published; publication date; date published; published on; reported; reported on; posted; pub date; "
    "date of publication; publish date; known on; date reported; date of report; article date",
    Role.LAT: "lat; latitude; y; breite; latitud; lat dd; latitude dd; ycoord; y coord; широта; geo lat",
    Role.LON: "lon; lng; long; longitude; x; länge; longitud; lon dd; longitude dd; xcoord; x coord; долгота; довгота; geo lon",
    Role.ADMIN: "admin; admin1; region; province; governorate; oblast; state province; district; admin 1; adm1; adm1 name; "
    "muhafazah; область; المحافظة; county; division",
    Role.COUNTRY: "country; country code; iso; iso2; land; pays; país; nation; країна; страна; البلد; countrycode",
    Role.CREDIBILITY: "credibility; confidence; reliability; certainty; rating; credible; cred; sure; confidence level",
    Role.NOTE: "note; notes; comment; comments; description; remark; remarks; details; detail; summary; text; headline; title; "
    "info; information; context; notiz; bemerkung; примітка; примечание; ملاحظات",
}
_NEARLY = 84
"""Likeness (0-100) of a misspelt name that is still taken."""

_SAMPLE = 60
_MOST_CELLS = 0.6
"""Share of the cells that must be of a kind, where the name of the column does not say it."""

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
        free = [index for index in range(len(sheet.header)) if index not in columns.values() and not _skipped(sheet, index)]
        shares = {index: _share(sheet.column(index), fits) for index in free}
        best = max(free, key=lambda index: (shares[index], -index), default=None)
        if best is not None and shares[best] >= _MOST_CELLS:
            columns[role], reasons[role] = best, "by its cells"
    for role, index in named.items():
        if role not in columns and index not in columns.values():
            columns[role] = index
    return Proposal(columns, reasons)


def by_name(header: Sequence[str]) -> tuple[dict[Role, int], dict[Role, str]]:
    """Recognise columns by their names alone, misspelt ones too; each column is one thing, the best fit first."""
    found = []
    for index, name in enumerate(header):
        key = _key(name)
        if not key or key in SKIPPED:
            continue
        for order, (role, names) in enumerate(_NAMES.items()):
            known = [n.strip() for n in names.split(";")]
            if key in known:
                found.append((-1000 + known.index(key), order, index, role, "by its name"))
            elif len(key) > 3 and (likeness := max(fuzz.ratio(key, n) for n in known if len(n) > 3)) >= _NEARLY:
                found.append((-likeness, order, index, role, "by its name, nearly"))
            elif words := [n for n in known[:6] if len(n) > 2 and n in key.split()]:
                found.append((-len(words[0]), order, index, role, "by a word in its name"))
    columns: dict[Role, int] = {}
    reasons: dict[Role, str] = {}
    for _, _, index, role, reason in sorted(found):
        if role not in columns and index not in columns.values():
            columns[role], reasons[role] = index, reason
    return columns, reasons


def _key(name: str) -> str:
    return " ".join(_SPLIT.sub(" ", _CAMEL.sub(" ", name[:100])).casefold().split())


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
