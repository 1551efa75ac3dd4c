"""2 million claims about 33,000 places become intervals: time and memory, columns beside the plain rule.

    python bench/claims.py               # columns at full size, the plain rule on a tenth
    python bench/claims.py --plain 1     # the plain rule at full size too
    python bench/claims.py --share 100   # a hundredth of the places

The history is made up: a place changes hands every 400 days on average over 1,700 days, and 60 reports tell of it; 15 of a
hundred name a wrong side, 8 say only the month. Every method runs in a process of its own. Seconds are those from claims in
memory to all intervals of all places. `rows` is a checksum over place, start, end, status, holder, rivals and besieger: the
same for the same rows.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from control.assessment.chain import NONE  # after the path is set
from control.assessment.columns.columns import (  # after the path is set
    CODE,
    EVENTS,
    ClaimColumns,
    Outlets,
    columns_of,
    tuples,
)
from control.assessment.columns.compiled import compile_claims
from control.assessment.model import Holding
from control.assessment.policy import BALANCED
from control.assessment.resolve import resolve_all
from control.record.dates import DateWindow
from control.record.event_kinds import EventKind
from control.record.fault import Origin
from control.record.model import Claim, Report, Source

PLACES, REPORTS, DAYS, ACTORS, SOURCES = 33_000, 61, 1_700, 6, 60
START = date(2013, 1, 1)
END = START + timedelta(days=DAYS)
CHANGE = 1 / 400
SEED = 11
TARGET_SECONDS = 10

SHARES = {
    EventKind.HOLDS: 0.5, EventKind.CAPTURED: 0.25, EventKind.RECAPTURED: 0.05, EventKind.CONTESTED: 0.08,
    EventKind.BESIEGED: 0.02,
    EventKind.WITHDREW: 0.03, EventKind.LOST: 0.02, EventKind.SIEGE_LIFTED: 0.01, EventKind.OFFENSIVE_STARTED: 0.02,
    EventKind.HANDOVER: 0.01, EventKind.CEASEFIRE: 0.01,
}  # fmt: skip


def made_up(places: int) -> tuple[ClaimColumns, Outlets]:
    """Make claims about places whose holders change now and then; gains are reported near the change before them."""
    rng = np.random.default_rng(SEED)
    count = places * REPORTS
    place = np.sort(rng.integers(0, places, count))
    changes = rng.random((places, DAYS), np.float32) < CHANGE
    changes[:, 0] = True
    tenure = np.cumsum(changes.ravel(), dtype=np.int64) - 1
    begun = np.flatnonzero(changes) % DAYS
    side = rng.integers(0, ACTORS, len(begun))
    day = rng.integers(0, DAYS, count)
    event = np.array([CODE[e] for e in SHARES])[rng.choice(len(SHARES), count, p=list(SHARES.values()))]
    gains = np.isin(event, [CODE[e] for e in (EventKind.CAPTURED, EventKind.RECAPTURED, EventKind.HANDOVER)])
    now = tenure[place * DAYS + day]
    day = np.where(gains, np.minimum(DAYS - 1, begun[now] + rng.integers(0, 4, count)), day)
    holder = side[now]
    wrong = rng.random(count) < 0.15
    holder = np.where(wrong, (holder + rng.integers(1, ACTORS, count)) % ACTORS, holder)
    before = np.where(begun[now] > 0, side[now - 1], (holder + 1) % ACTORS)
    other = np.where(before == holder, (holder + 1) % ACTORS, before)
    attacked = np.isin(event, [CODE[e] for e in (EventKind.BESIEGED, EventKind.OFFENSIVE_STARTED)])
    left = np.isin(event, [CODE[e] for e in (EventKind.WITHDREW, EventKind.LOST)])
    actor = np.where(attacked, other, np.where(left & (rng.random(count) < 0.5), NONE, holder))
    loser = np.where(attacked, holder, other)
    unsaid = ~attacked & ~left & (~gains | (rng.random(count) < 0.3)) & (event != CODE[EventKind.CONTESTED])
    loser = np.where(unsaid, NONE, loser)
    actor = np.where(event == CODE[EventKind.CEASEFIRE], NONE, actor)
    coarse = rng.random(count) < 0.08
    first = START.toordinal() + np.where(coarse, np.maximum(0, day - 15), day)
    last = START.toordinal() + np.where(coarse, day + 15, day)
    table = ClaimColumns(
        place, event, actor, loser, tuples([()] * count), tuples([()] * count), first, last,
        last + rng.integers(0, 3, count), rng.integers(0, SOURCES, count),
        np.array([2, 3, 4, 6])[rng.integers(0, 4, count)], np.round(rng.uniform(0.9, 1, count), 3), first, last,
        np.zeros(count, bool), rng.permutation(count),
    )  # fmt: skip
    aligned = np.where(np.arange(SOURCES) % 5 == 0, np.arange(SOURCES) % ACTORS, NONE)
    return table, Outlets(tuple("ABCDE"[n % 5] for n in range(SOURCES)), np.arange(SOURCES) // 2, aligned)


def actor_ids() -> list[str]:
    return [f"actor-{number}" for number in range(ACTORS)]


def as_objects(table: ClaimColumns, outlets: Outlets) -> list[Claim]:
    """Write columns out as claims."""
    names, window = [*actor_ids(), None], DateWindow(START, START, "")
    sources = [
        Source(f"s{n}", "", "", window, "", f"f{outlets.family[n]}", grade, aligned_with=names[outlets.aligned[n]])
        for n, grade in enumerate(outlets.grade)
    ]
    report = Report(Origin("reports.csv", 2), window, "", EventKind.HOLDS, "")
    windows: dict[tuple[int, int], DateWindow] = {}

    def days(first: int, last: int) -> DateWindow:
        made = windows.get((first, last))
        if made is None:
            made = windows[first, last] = DateWindow(date.fromordinal(first), date.fromordinal(last), "")
        return made

    columns = (
        table.place, table.event, table.actor, table.loser, table.first, table.last, table.known, table.source,
        table.credibility, table.place_score, table.rank,
    )  # fmt: skip
    return [
        Claim(
            f"{rank:09d}", f"p{place:05d}", EVENTS[event], names[actor], names[loser], days(first, last),
            days(known, known), sources[source], credibility, score, report,
        )
        for place, event, actor, loser, first, last, known, source, credibility, score, rank in zip(
            *(column.tolist() for column in columns), strict=True
        )
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figures:
    """What one method found; seconds without making the claims."""

    claims: int
    intervals: int
    rows: str
    seconds: float


def checksum(rows: Iterable[tuple[int, int, int, Holding]]) -> str:
    """Return a checksum over (place, first day, day after the last, holding)."""
    total = 0
    for place, start, end, holding in rows:
        actor, besieger = holding.actor or "", holding.besieger or ""
        line = f"{place},{start},{end},{holding.status},{actor},{besieger},{'+'.join(holding.rivals)}\n"
        total = zlib.crc32(line.encode(), total)
    return f"{total:08x}"


def columns(places: int) -> Figures:
    table, outlets = made_up(places)
    begin = time.perf_counter()
    found = compile_claims(table, outlets, places=places, actors=ACTORS, start=START, end=END)
    seconds = time.perf_counter() - begin
    names = actor_ids()
    days = zip(found.place.tolist(), found.start.tolist(), found.end.tolist(), strict=True)
    rows = ((*row, found.holding(number, names)) for number, row in enumerate(days))
    return Figures(len(table), len(found), checksum(rows), seconds)


def from_objects(places: int) -> Figures:
    """Begin with claims as objects, as a theatre holds them."""
    claims = as_objects(*made_up(places))
    begin = time.perf_counter()
    table, outlets = columns_of(claims, [f"p{number:05d}" for number in range(places)], actor_ids())
    found = compile_claims(table, outlets, places=places, actors=ACTORS, start=START, end=END)
    seconds = time.perf_counter() - begin
    names = actor_ids()
    days = zip(found.place.tolist(), found.start.tolist(), found.end.tolist(), strict=True)
    return Figures(
        len(table),
        len(found),
        checksum((*row, found.holding(number, names)) for number, row in enumerate(days)),
        seconds,
    )


def plain(places: int) -> Figures:
    """Apply the rule of the map: `resolve.resolve_all`."""
    claims: dict[str, list[Claim]] = {f"p{number:05d}": [] for number in range(places)}
    for claim in as_objects(*made_up(places)):
        claims[claim.place_id].append(claim)
    begin = time.perf_counter()
    found = resolve_all(claims, BALANCED, START, END).places
    seconds = time.perf_counter() - begin
    rows = [
        (int(place_id[1:]), i.start.toordinal(), i.end.toordinal(), i.holding)
        for place_id in sorted(found)
        for i in found[place_id].intervals
    ]
    return Figures(sum(map(len, claims.values())), len(rows), checksum(rows), seconds)


METHODS: dict[str, Callable[[int], Figures]] = {
    "columns": columns,
    "claims to columns to intervals": from_objects,
    "plain": plain,
}


def run_alone(method: str, places: int) -> None:
    """Run one method in this process and print its figures as JSON."""
    begin = time.perf_counter()
    found = METHODS[method](places)
    figures = {name: getattr(found, name) for name in Figures.__slots__}
    total, peak = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({**figures, "total": total, "peak": peak}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--share", type=int, default=1, help="divide the number of places by this")
    parser.add_argument("--plain", type=int, default=10, help="divide it by this too for the plain rule")
    parser.add_argument("--alone", nargs=2, metavar=("METHOD", "PLACES"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone:
        run_alone(options.alone[0], int(options.alone[1]))
        return
    whole = PLACES // options.share
    part = whole // options.plain
    print(
        f"{'method':32s} {'places':>7s} {'claims':>10s} {'intervals':>10s} {'rows':>9s} {'seconds':>8s} {'peak MB':>8s}"
    )
    asked = [("columns", whole), ("claims to columns to intervals", whole), ("columns", part), ("plain", part)]
    sums: dict[int, set[str]] = {}
    for method, places in dict.fromkeys(asked):
        command = [sys.executable, __file__, "--alone", method, str(places)]
        found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        print(
            f"{method:32s} {places:7,} {found['claims']:10,} {found['intervals']:10,} {found['rows']:>9s} "
            f"{found['seconds']:8.2f} {found['peak']:8.0f}"
        )
        sums.setdefault(places, set()).add(found["rows"])
    print(f"target at full size: under {TARGET_SECONDS} s")
    if any(len(different) > 1 for different in sums.values()):
        sys.exit("the rows differ")


if __name__ == "__main__":
    main()
