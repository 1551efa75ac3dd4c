"""The positions of the rows of a sheet: what the columns for them say, and in which order. Asked once for a column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from control.upload.coordinates import Order, Pair, is_on_earth, read_angle, read_pair
from control.upload.questions import Answers, Choice, Kind, question_key
from control.upload.role import Columns, Role
from control.upload.sheet import Sheet
from geo.place import LonLat

Box = tuple[float, float, float, float]
"""West, south, east, north, degrees WGS84."""

MARGIN = 0.25
"""Degrees around the theatre's box that count as in it: its edge runs through towns."""

FORMS = "36.34, 36,34 or 34°56'N; in one cell 36.34, 43.13 or POINT(43.13 36.34)"
"""Examples for a message."""

_BOTH_FIRST = (Choice(Order.LAT_FIRST, "Latitude comes first"), Choice(Order.LON_FIRST, "Longitude comes first"))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question for a person: its key, what was written, why it is asked, and the answers there are."""

    key: str
    text: str
    why: str
    choices: tuple[Choice, ...]


@dataclass
class Positions:
    """What became of the cells with coordinates, by row number; rows without any are in none of the three.

    Attributes
    ----------
    found
        (lon, lat), WGS84 degrees.
    wrong
        The cells, where they are no position.
    waits
        Key of the question that the row waits for.
    asked, notes
        The questions, and what was concluded.
    """

    found: dict[int, LonLat] = field(default_factory=dict)
    wrong: dict[int, str] = field(default_factory=dict)
    waits: dict[int, str] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_positions(sheet: Sheet, columns: Columns, answers: Answers, box: Box) -> Positions:
    """Read the coordinates of a sheet; in which order they stand, the theatre's box tells, or a person."""
    made = Positions()
    in_two, in_one = _read(sheet, columns, made)
    _settle_two(sheet, columns, answers, box, in_two, made)
    _settle_one(sheet, columns, answers, box, in_one, made)
    return made


def is_in(box: Box, position: LonLat) -> bool:
    """Whether a position lies in a box, or close to it."""
    west, south, east, north = box
    lon, lat = position
    return west - MARGIN <= lon <= east + MARGIN and south - MARGIN <= lat <= north + MARGIN


def _read(sheet: Sheet, columns: Columns, made: Positions) -> tuple[dict[int, Pair], dict[int, Pair]]:
    """Return what stands in the columns for latitude and longitude, as a pair, and what in the column for both."""
    empty = ("",) * len(sheet.lines)
    cells = [sheet.column(columns[role]) if role in columns else empty for role in (Role.LAT, Role.LON, Role.POSITION)]
    in_two: dict[int, Pair] = {}
    in_one: dict[int, Pair] = {}
    for line, lat, lon, both in zip(sheet.lines, *cells, strict=True):
        pair = _pair_of(lat, lon) if lat or lon else read_pair(both)
        if pair is not None:
            (in_two if lat or lon else in_one)[line.number] = pair
        elif lat or lon or both:
            made.wrong[line.number] = f"{lat[:30]!r}, {lon[:30]!r}" if lat or lon else repr(both[:60])
    return in_two, in_one


def _pair_of(lat: str, lon: str) -> Pair | None:
    first, second = read_angle(lat), read_angle(lon)
    if first is None or second is None:
        return None
    said = {said for said in (first.is_lat, None if second.is_lat is None else not second.is_lat) if said is not None}
    if len(said) > 1:  # both north, or both east
        return None
    order = (Order.LAT_FIRST if said.pop() else Order.LON_FIRST) if said else None
    return Pair(first.degrees, second.degrees, order)


@dataclass(frozen=True, slots=True)
class _Tally:
    """Rows whose cells do not say their order: those that lie in the map one way only, either way, or neither."""

    lat_first: list[int]
    lon_first: list[int]
    either: list[int]
    neither: list[int]


def _tally(pairs: Mapping[int, Pair], box: Box) -> _Tally:
    tally = _Tally([], [], [], [])
    for row, pair in pairs.items():
        if pair.order is None:
            fits = [is_in(box, LonLat(*pair.as_lon_lat(order))) for order in (Order.LAT_FIRST, Order.LON_FIRST)]
            kinds = {(True, False): tally.lat_first, (False, True): tally.lon_first, (True, True): tally.either}
            kinds.get((fits[0], fits[1]), tally.neither).append(row)
    return tally


def _settle_two(
    sheet: Sheet, columns: Columns, answers: Answers, box: Box, pairs: Mapping[int, Pair], made: Positions
) -> None:
    """Take latitude and longitude as their columns say, unless rows lie in the map only when they are exchanged."""
    if not pairs:
        return
    names = f"{sheet.header[columns[Role.LAT]]}, {sheet.header[columns[Role.LON]]}"
    tally = _tally(pairs, box)
    doubtful = set(tally.lon_first) | (set() if tally.lat_first else set(tally.either))
    key = question_key(Kind.COORDINATES, Role.LAT, Role.LON)
    order = Order.LAT_FIRST
    if tally.lon_first:
        pair = pairs[tally.lon_first[0]]
        why = "latitude and longitude look exchanged: as they stand, they lie outside this map"
        choices = (Choice(Order.LON_FIRST, "Exchange them"), Choice(Order.LAT_FIRST, "They are right as they stand"))
        made.asked.append(Asked(key, f"{names}: {pair.first:g}, {pair.second:g}", why, choices))
    lettered = [row for row, pair in pairs.items() if pair.order is Order.LON_FIRST]
    if lettered:
        count = f"{len(lettered)} rows" if len(lettered) > 1 else "1 row"
        made.notes.append(
            f"{names}: in {count} the letters N, S, E, W say that the two are exchanged; they are read so"
        )
    for row, pair in pairs.items():
        if row in doubtful and answers.get(key) not in set(Order):
            made.waits[row] = key
        else:
            _place(made, row, pair, pair.order or (Order(answers[key]) if row in doubtful else order))


def _settle_one(
    sheet: Sheet, columns: Columns, answers: Answers, box: Box, pairs: Mapping[int, Pair], made: Positions
) -> None:
    """Find the order of pairs that do not say it: by the rows that lie in the map one way only, by the name, or ask."""
    if not pairs:
        return
    name = sheet.header[columns[Role.POSITION]]
    tally = _tally(pairs, box)
    key = question_key(Kind.COORDINATES, Role.POSITION)
    order = _order_of(tally, name)
    telling = tally.lat_first or tally.lon_first
    if telling and order is not None:
        first = "latitude, longitude" if order is Order.LAT_FIRST else "longitude, latitude"
        made.notes.append(f"{name}: read as {first}, as row {telling[0]} tells: only so does it lie in this map")
    own = dict.fromkeys(tally.lat_first, Order.LAT_FIRST) | dict.fromkeys(tally.lon_first, Order.LON_FIRST)
    if order is None and not tally.either:
        order = Order.LAT_FIRST  # either way outside this map
    elif order is None:
        order = Order(answers[key]) if answers.get(key) in set(Order) else None
        if order is None:
            pair = pairs[tally.either[0]]
            why = "which comes first? Both ways lie in this map"
            made.asked.append(Asked(key, f"{name}: {pair.first:g}, {pair.second:g}", why, _BOTH_FIRST))
    if tally.lat_first and tally.lon_first:
        made.notes.append(
            f"{name}: some rows lie in this map only as latitude, longitude, others only the other way round"
        )
    for row, pair in pairs.items():
        meant = pair.order or own.get(row) or order
        if meant is None:
            made.waits[row] = key
        else:
            _place(made, row, pair, meant)


def _order_of(tally: _Tally, name: str) -> Order | None:
    """Return the order that the rows tell, or the name of the column; `None` where it is to be asked."""
    if bool(tally.lat_first) != bool(tally.lon_first):
        return Order.LAT_FIRST if tally.lat_first else Order.LON_FIRST
    key = name.casefold()
    lat, lon = key.find("lat"), max(key.find("lon"), key.find("lng"))
    if lat >= 0 and lon >= 0 and not (tally.lat_first and tally.lon_first):
        return Order.LAT_FIRST if lat < lon else Order.LON_FIRST
    return None


def _place(made: Positions, row: int, pair: Pair, order: Order) -> None:
    lon, lat = pair.as_lon_lat(order)
    if is_on_earth(lon, lat):
        made.found[row] = LonLat(round(lon, 3), round(lat, 3))
    else:
        made.wrong[row] = f"latitude {lat:g}, longitude {lon:g}"
