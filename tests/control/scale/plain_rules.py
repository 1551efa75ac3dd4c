"""The two rules that a database can apply, in plain Python: what the expressions of `relational` must equal.

Days are whole numbers; which day is 0 does not matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from control.scale.rule import LastReport


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
        in_order = sorted(statuses.items())
        begins = [n for n, (_, status) in enumerate(in_order) if not n or status != in_order[n - 1][1]]
        ends = [in_order[n][0] for n in begins[1:]] + [in_order[-1][0] + 1]
        runs += [Run(place, in_order[n][0], end, in_order[n][1]) for n, end in zip(begins, ends, strict=True)]
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
    for place, weights in sorted(days.items()):
        order = sorted(weights)
        for day, following in zip(order, [*order[1:], None], strict=True):
            best = max(weights[day].values())
            near = sorted(side for side, weight in weights[day].items() if weight >= best - rule.margin)
            end = day + rule.fade_days if following is None else min(following, day + rule.fade_days)
            rival = near[-1] if len(near) > 1 else None
            last = held[-1] if held else None
            if last and (last.place, last.end, last.side, last.rival) == (place, day, near[0], rival):
                held[-1] = last._replace(end=end)
            else:
                held.append(Held(place, day, end, near[0], rival))
    return held
