"""Whether a payload holds together: what refers to something is sound, and days, cells and texts fit each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from control.map.packed import DECIMALS
from control.map.payload_shape import shape_faults
from control.map.row import Row
from geo.errors import UserError

LEAST_SCALE = 10.0**-DECIMALS
STATUSES = frozenset({"unknown", "controlled", "contested", "besieged", "divided", "estimated"})


class PayloadError(UserError, ValueError):
    """A payload the map cannot show; the message lists every fault, and so does `faults`."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("the map cannot show this payload:\n- " + "\n- ".join(faults))
        self.faults = tuple(faults)


def check_payload(payload: Mapping[str, Any]) -> None:
    """Refuse a payload that would make the map show nothing, or something wrong.

    Parts that are sound in themselves are compared with each other even where another part is not: who mends a payload
    sees all that there is to mend.

    Raises
    ------
    PayloadError
        Lists every fault.
    """
    if not isinstance(payload, Mapping):
        raise PayloadError([f"a {type(payload).__name__}, no dict"])
    wrong = shape_faults(payload)
    faults = [*wrong.values(), *_Sound(payload, {path[0] for path in wrong}, set(wrong)).faults()]
    if faults:
        raise PayloadError(faults)


class _Sound:
    """The comparisons that can be made among the parts of a payload that are sound in themselves."""

    def __init__(self, payload: Mapping[str, Any], broken: set[int | str], at: set[tuple[int | str, ...]]) -> None:
        self.payload, self.broken = payload, broken
        self.bad_rows = {path[1] for path in at if path[0] == "intervals" and len(path) > 1}

    def faults(self) -> Iterator[str]:
        if self._has("moments") and any(day < 0 for day, _, _ in self.payload["moments"]):
            yield "moments: a day before the span"
        if self._has("span") and self.payload["span"][0] >= self.payload["span"][1]:
            yield f"span: ends on {self.payload['span'][1]}, which is not after {self.payload['span'][0]}"
        if self._has("statuses"):
            yield from (f"statuses: {s!r} is none of {', '.join(sorted(STATUSES))}" for s in self._unknown_statuses())
        if self._lists("places", "intervals") and len(self.payload["places"]) != len(self.payload["intervals"]):
            yield f"{len(self.payload['places'])} places, but intervals of {len(self.payload['intervals'])}"
        yield from self._intervals()
        if self._has("places"):
            yield from self._drivers()
            if self._has("changes"):
                yield from self._changes()
            if self._has("presence", "actors"):
                yield from self._presence()
            if self._has("ground"):
                yield from (f"ground: {fault}" for fault in _ground_faults(self.payload["ground"], self._places))
        if self._has("told", "intervals", "statuses", "actors"):
            yield from (f"told: {fault}" for fault in _told_faults(self.payload["told"], self.payload))

    def _has(self, *names: str) -> bool:
        """Whether parts are there and sound."""
        return all(name not in self.broken and self.payload.get(name) is not None for name in names)

    def _lists(self, *names: str) -> bool:
        """Whether parts are lists at all, whatever is in them."""
        return all(isinstance(self.payload.get(name), list | tuple) for name in names)

    @property
    def _places(self) -> list[dict[str, Any]]:
        places: list[dict[str, Any]] = self.payload["places"]
        return places

    def _unknown_statuses(self) -> list[str]:
        return [status for status in self.payload["statuses"] if status not in STATUSES]

    def _intervals(self) -> Iterator[str]:
        if not self._lists("intervals", "actors", "statuses"):
            return
        places = self.payload["places"] if self._lists("places") else []
        for number, rows in enumerate(self.payload["intervals"]):
            if number in self.bad_rows:
                continue
            place = places[number] if number < len(places) else None
            name = repr(place.get("id")) if isinstance(place, Mapping) else f"number {number}"
            yield from (f"place {name}: {fault}" for fault in _row_faults(rows, self.payload))

    def _drivers(self) -> Iterator[str]:
        count = len(self._places)
        for place in self._places:
            if any(not 0 <= index < count for index, _ in place.get("drivers") or ()):
                yield f"place {place.get('id')!r}: rests on a place that is not in the list"

    def _presence(self) -> Iterator[str]:
        count, actors = len(self._places), len(self.payload["actors"])
        for number, (place, _, _, _, _, actor) in enumerate(self.payload["presence"]):
            if not -1 <= place < count or not 0 <= actor < actors:
                yield f"presence[{number}]: a place or an actor that is not in the lists"

    def _changes(self) -> Iterator[str]:
        count = len(self._places)
        for number, (day, index) in enumerate(self.payload["changes"]):
            if day < 0 or not 0 <= index < count:
                yield f"changes[{number}]: a day before the span, or a place that is not in the list"


def _row_faults(rows: list[Any], payload: Mapping[str, Any]) -> list[str]:
    starts = [row[0] for row in rows if len(row)]
    if not starts or starts[0] != 0:
        return [f"the first interval starts at {starts[0] if starts else 'no'} day, not at day 0"]
    faults = []
    if any(later <= earlier for earlier, later in zip(starts, starts[1:], strict=False)):
        faults.append("intervals are not sorted by day")
    if any(not 5 <= len(row) <= 6 for row in rows):
        return [*faults, "an interval is no row of five or six numbers"]
    named = [Row(*row) for row in rows]
    if any(not 0 <= (row.staleness or 0) <= len(payload.get("stale_after") or ()) for row in named):
        faults.append("a staleness that `stale_after` has no step for")
    if any(not 0 <= row.probability <= 1 for row in named):
        faults.append("a probability that is not between 0 and 1")
    actors, statuses = len(payload["actors"]), len(payload["statuses"])
    if any(
        not (0 <= row.status < statuses and -1 <= row.actor < actors and -1 <= row.second < actors) for row in named
    ):
        faults.append("a status or an actor that is not in the lists")
    elif any(value != int(value) for row in named for value in _whole(row)):
        faults.append("a day, a status, an actor or a staleness that is no whole number")
    elif any(payload["statuses"][int(row.status)] == "estimated" and row.actor < 0 for row in named):
        faults.append("an estimate of nobody; where nobody is likely the status is unknown")
    return faults


def _whole(row: Row) -> tuple[float, ...]:
    """Return the numbers of a row that have to be whole."""
    return row.start, row.status, row.actor, row.second, row.staleness or 0


def _told_faults(told: Mapping[str, Any], payload: Mapping[str, Any]) -> list[str]:
    faults = []
    if [len(rows) for rows in told["rows"]] != [len(rows) for rows in payload["intervals"]]:
        faults.append("not a text for each interval")
    if any(not 0 <= text < len(told["texts"]) for rows in told["rows"] for text in rows):
        faults.append("a text that is not in the list")
    if any(
        s["status"] not in payload["statuses"] or not -1 <= s["actor"] < len(payload["actors"]) for s in told["signs"]
    ):
        faults.append("a sign of a status or an actor that is not in the lists")
    return faults


def _ground_faults(ground: Mapping[str, Any], places: list[dict[str, Any]]) -> list[str]:
    arcs, sides = ground["arcs"], ground["sides"]
    faults = []
    if any(scale < LEAST_SCALE for scale in ground["transform"]["scale"]):
        faults.append(f"a scale below {LEAST_SCALE:g} degrees is finer than the map can show")
    if len(arcs) != len(sides):
        faults.append(f"{len(arcs)} arcs, but sides of {len(sides)}")
    bad_arcs = [n for n, arc in enumerate(arcs) if len(arc) < 2 or len(arc) % 2 or any(type(v) is not int for v in arc)]
    bad_sides = [
        n for n, pair in enumerate(sides) if len(pair) != 2 or not all(-2 <= side < len(places) for side in pair)
    ]
    faults += [f"arc {n} is no list of whole numbers in pairs" for n in bad_arcs]
    faults += [f"arc {n} has a side {sides[n]} that is no place" for n in bad_sides]
    if bad_arcs or bad_sides:
        return faults
    return faults + [f"the border of place {places[n].get('id')!r} does not close" for n in _open_cells(arcs, sides)]


def _open_cells(arcs: list[list[int]], sides: list[list[int]]) -> list[int]:
    """Return the places whose arcs do not lead back to where they started."""
    # Around a closed cell, as many arcs arrive at a point as leave it.
    balance: Counter[tuple[int, int, int]] = Counter()
    for arc, (left, right) in zip(arcs, sides, strict=False):
        ends = sum(arc[::2]), sum(arc[1::2])
        for cell, sign in ((left, 1), (right, -1)):
            balance[cell, arc[0], arc[1]] -= sign
            balance[cell, *ends] += sign
    return sorted({cell for (cell, _, _), rest in balance.items() if rest and cell >= 0})
