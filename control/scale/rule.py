"""The two rules that a database can apply too, in plain Python: what the expressions of `relational` must equal.

Days are whole numbers; which day is 0 does not matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class LastReport:
    """What the last report says, for as long as it counts.

    Attributes
    ----------
    known_on
        Last day of publication that counts; `None` is all.
    least_weight
        Reports weaker than this count for nothing.
    margin
        The reports of a day that are weaker than its strongest by more than this count for nothing.
    fade_days
        For so many days a report counts, when none follows; 1 is its own day alone.
    """

    known_on: int | None = None
    least_weight: float = 0.0
    margin: float = 0.25
    fade_days: int = 365


class Said(NamedTuple):
    """A report that names who holds a place."""

    place: str
    day: int
    side: str
    weight: float
    known: int


class Held(NamedTuple):
    """An interval [start, end); `rival` is another side named on the same day. What no interval covers is unknown."""

    place: str
    start: int
    end: int
    side: str
    rival: str | None


class Run(NamedTuple):
    """An interval [start, end) of one status."""

    place: str
    start: int
    end: int
    status: str


def status_intervals(rows: Iterable[tuple[str, int, str]]) -> list[Run]:
    """Turn (place, day, status) in any order into intervals.

    A status goes on until the place has another one; the last one ends after its last day. Of several statuses of one day
    the first by name counts, since a table in a database has no first row.
    """
    days: dict[str, dict[int, str]] = defaultdict(dict)
    for place, day, status in rows:
        days[place][day] = min(status, days[place].get(day, status))
    runs = []
    for place, statuses in sorted(days.items()):
        told = sorted(statuses.items())
        begins = [n for n, (_, status) in enumerate(told) if not n or status != told[n - 1][1]]
        ends = [told[n][0] for n in begins[1:]] + [told[-1][0] + 1]
        runs += [Run(place, told[n][0], end, told[n][1]) for n, end in zip(begins, ends, strict=True)]
    return runs


def last_report(reports: Iterable[Said], rule: LastReport) -> list[Held]:
    """Turn reports in any order into intervals: each counts until the next one, or until it has faded.

    Of sides that the reports of one day name, those count that are nearly as strong as the strongest; when they are several,
    the place is contested between the first and the last of them by name.
    """
    days: dict[str, dict[int, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    for place, day, side, weight, known in reports:
        if weight >= rule.least_weight and (rule.known_on is None or known <= rule.known_on):
            sides = days[place][day]
            sides[side] = max(weight, sides.get(side, weight))
    held: list[Held] = []
    for place, told in sorted(days.items()):
        order = sorted(told)
        for day, following in zip(order, [*order[1:], None], strict=True):
            best = max(told[day].values())
            near = sorted(side for side, weight in told[day].items() if weight >= best - rule.margin)
            end = day + rule.fade_days if following is None else min(following, day + rule.fade_days)
            rival = near[-1] if len(near) > 1 else None
            last = held[-1] if held else None
            if last and (last.place, last.end, last.side, last.rival) == (place, day, near[0], rival):
                held[-1] = last._replace(end=end)
            else:
                held.append(Held(place, day, end, near[0], rival))
    return held
