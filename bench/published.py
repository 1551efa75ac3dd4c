"""What this map computes beside what was published: ground, share of a country, share of the peak lost, people.

    python bench/published.py [--all] [--monthly]

The published figures, with who said them, of what and where, are in `bench/published_areas.csv`. By default those of the
main series are shown, with --all every one; --monthly prints the monthly series of ISIL's ground instead.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

from control.record.dates import parse_window  # noqa: E402
from control.record.theatre import load_theatre  # noqa: E402
from control.territory.ground import Grounds  # noqa: E402
from control.territory.holders import Hold, Standing  # noqa: E402
from control.territory.statistics import POSSIBLE, SURE, parts_of, series  # noqa: E402
from control.territory.surroundings import CoupledTimeline  # noqa: E402

MAIN = ("IHS", "RAND", "Global Coalition", "Syrian Observatory", "Jusoor", "McGurk", "Jeff Davis")
"""Publishers of series, and of the statements that are quoted most."""

ALSO = {("opposition", "SY"): ("nusra", "turkey-sna")}
"""What publishers count as one side in a country, and the record as several."""


@dataclass(frozen=True)
class Published:
    """A published figure."""

    day: date
    text: str
    actor: str
    country: str
    measure: str
    value: float
    publisher: str


def read_published() -> list[Published]:
    """Read the table, in order of time; a month is taken at its middle."""
    with (HERE / "bench" / "published_areas.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = [
        Published(
            parse_window(r["date"]).middle,
            r["date"],
            r["actor"],
            r["country"],
            r["measure"],
            float(r["value"]),
            r["publisher"],
        )
        for r in rows
    ]
    return sorted(found, key=lambda p: (p.day, p.actor, p.country, p.measure, p.publisher))


class Ours:
    """The same figures from the bundled record."""

    def __init__(self) -> None:
        self.grounds = Grounds.of(CoupledTimeline(load_theatre(HERE / "seeds" / "iraq-syria")))
        land = self.grounds.landscape
        self.country = np.array([place.country for place in land.sites])
        within = np.array([place.town in land.index for place in land.sites], dtype=bool)
        people = np.array([place.population or 0 for place in land.sites], dtype=float)
        self.weights = {
            "effective": land.topology.area / 1e6,
            "total": land.topology.total_area / 1e6,
            "people": np.where(within, 0.0, people),
        }

    @cache  # noqa: B019 -- one object, for as long as the program runs
    def shares(self, day: date, actor: str, country: str, weight: str) -> tuple[float, float, float]:
        """Return (low, best, high): the assessment, and what is the actor's with 75 % and with 25 %; of people the same."""
        holders = self.grounds.holders_on(day)
        numbers = [holders.actors.index(side) for side in (actor, *ALSO.get((actor, country), ()))]
        code = holders.ground_code if weight != "people" else holders.code
        here = self.weights[weight] * ((self.country == country) if country else 1.0)
        best = float(here @ np.array([_part(hold, numbers) for hold in holders.holds.all])[code])
        if (estimator := self.grounds.estimator) is None:
            return best, best, best
        odds = estimator.odds(day)[:, numbers].sum(axis=1)
        sure, possible = (float(here @ (odds >= least)) for least in (SURE, POSSIBLE))
        return min(best, sure), best, max(best, possible)

    @cache  # noqa: B019
    def peak(self, actor: str, country: str, weight: str) -> float:
        """Return the greatest monthly figure of the span."""
        span = self.grounds.timeline.theatre.settings
        days = {date(year, month, 1) for year in range(span.start.year, span.end.year) for month in range(1, 13)}
        return max(self.shares(day, actor, country, weight)[1] for day in sorted(days))

    def land(self, country: str) -> float:
        """Return square kilometres of a country."""
        return float(self.weights["total"][self.country == country].sum())


def _part(hold: Hold, numbers: Sequence[int]) -> float:
    """Return the share, 0-1, of some sides in what is held like this; none of what is contested."""
    if hold.standing is Standing.DIVIDED:
        return sum(part.best for side, part in parts_of(hold) if side in numbers)
    return float(hold.actor in numbers and hold.standing is not Standing.CONTESTED)


def line(published: Published, ours: Ours) -> str:
    """Write one row of the table."""
    p = published
    head = f"{p.text:10} {p.actor:17} {p.country or 'both':4} {p.publisher.split(',')[0][:44]:44}"
    if p.measure == "population":
        low, best, high = ours.shares(p.day, p.actor, p.country, "people")
        return f"{head} {p.value / 1e6:8.1f} M     {best / 1e6:6.1f} M ({low / 1e6:.1f}-{high / 1e6:.1f})"
    effective, total = (ours.shares(p.day, p.actor, p.country, weight) for weight in ("effective", "total"))
    if p.measure == "area_km2":
        span = f"({_thousands(effective[0])}-{_thousands(effective[2])})"
        return (
            f"{head} {_thousands(p.value):>8} km2   {_thousands(effective[1]):>6} {span:15} {_thousands(total[1]):>8}"
        )
    if p.measure == "share_of_country":
        land = ours.land(p.country)
        return f"{head} {p.value:8.1f} %     {'':6} {'':15} {100 * total[1] / land:8.1f} %"
    lost = [
        100 * (1 - s[1] / ours.peak(p.actor, p.country, w)) for s, w in ((effective, "effective"), (total, "total"))
    ]
    return f"{head} {p.value:8.1f} % lost {lost[0]:4.0f} % {'':15} {lost[1]:8.0f} %"


def _thousands(value: float) -> str:
    return f"{value / 1000:.1f}k" if value < 1e5 else f"{value / 1000:.0f}k"


def print_monthly() -> None:
    """Print ISIL's ground and people at the start of each quarter."""
    grounds = Grounds.of(CoupledTimeline(load_theatre(HERE / "seeds" / "iraq-syria")))
    span = grounds.timeline.theatre.settings
    print(f"{'':10} {'effective km2 (low-high)':>32} {'total km2':>12} {'places':>7} {'people':>8}")
    for figures in series(grounds, span.start, span.end - timedelta(days=1), 1).figures:
        if figures.day.day != 1 or figures.day.month % 3 != 1:
            continue
        f = next((f for f in figures.actors if f.actor == "isil"), None)
        if f is None:
            print(f"{figures.day} {'-':>32} {'-':>12} {'-':>7} {'-':>8}")
            continue
        e = f.effective_km2
        spread = f"{e.best:,.0f} ({e.low:,.0f}-{e.high:,.0f})"
        print(
            f"{figures.day} {spread:>32} {f.total_km2.best:12,.0f} {f.places.best:7.0f} {f.population.best / 1e6:7.1f}M"
        )


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help="every published figure")
    parser.add_argument("--monthly", action="store_true", help="our own series, a line a quarter")
    options = parser.parse_args()
    if options.monthly:
        print_monthly()
        return
    ours = Ours()
    print(
        f"{'date':10} {'who':17} {'where':4} {'according to':43} {'published':>13}   ours: effective (low-high)    total"
    )
    for published in read_published():
        if options.all or any(name in published.publisher for name in MAIN):
            print(line(published, ours))


if __name__ == "__main__":
    main()
