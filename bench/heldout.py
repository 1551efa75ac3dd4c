"""State reports of one in eight places, never shown to the program: accuracy, Brier score, calibration error, by year.

    python bench/heldout.py [--theatre seeds/iraq-syria]

The places are chosen by a hash of their ids, which nobody can tune. Their `holds` reports are taken away and asked for;
their other reports stay, and those of all other places. Where a place keeps no report, its estimate is asked.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.timeline import (  # noqa: E402
    HEAD,
    Rows,
    by_place,
    distribution,
    holder_named,
    holders_of,
    last_observation,
    score,
    score_line,
    sure,
)
from control.assessment.timeline import Timeline  # noqa: E402
from control.record.event_kinds import EventKind  # noqa: E402
from control.record.model import Claim  # noqa: E402
from control.record.theatre import Theatre, load_theatre  # noqa: E402
from control.territory.estimator import Estimator  # noqa: E402
from control.territory.landscape import landscape_of  # noqa: E402
from control.territory.surroundings import CoupledTimeline  # noqa: E402

ONE_IN = 8
FAIR = "nearest report, forwards or backwards"


def is_held_out(place_id: str) -> bool:
    """Whether the state reports of a place are kept from the program: one place in eight."""
    return hashlib.sha256(place_id.encode()).digest()[0] % ONE_IN == 0


def nearest_named(claims: Sequence[Claim], day: date) -> str | None:
    """Return the holder by the nearest report: the last one read forwards, or the next one read backwards."""
    position = bisect_right(claims, day, key=lambda c: c.window.middle)
    before = claims[position - 1] if position else None
    after = claims[position] if position < len(claims) else None
    told_after = None if after is None else (after.loser if after.event.meaning.move else holder_named(after))
    if before is None or after is None:
        return holder_named(before) if before else told_after
    is_nearer = (after.window.middle - day).days < (day - before.window.middle).days
    return told_after if told_after and is_nearer else holder_named(before)


def answers(theatre: Theatre) -> dict[str, Rows]:
    """Year -> method -> (odds, who is reported to hold it) for every held-out report; `all` has them together."""
    actors = holders_of(theatre)
    asked = [c for c in theatre.claims if c.event is EventKind.HOLDS and c.actor and is_held_out(c.place_id)]
    ids = {c.id for c in asked}
    kept = replace(theatre, claims=tuple(c for c in theatre.claims if c.id not in ids))
    land = landscape_of(theatre)
    coupled = CoupledTimeline(kept, landscape=land)
    estimator = Estimator(coupled, land)
    alone, claims = Timeline(kept), by_place(kept.claims)
    found: dict[str, Rows] = defaultdict(lambda: defaultdict(list))
    span = theatre.settings
    for claim in asked:
        day = claim.window.middle
        if not span.start <= day < span.end or claim.place_id not in coupled.intervals:
            continue
        rows = claims.get(claim.place_id, [])
        told = {
            "timeline": distribution(coupled.assess(claim.place_id, day), actors)
            if rows
            else _estimated(estimator, claim.place_id, day, actors),
            "timeline, each place alone": distribution(alone.assess(claim.place_id, day), actors),
            "last report wins": sure(last_observation(rows, day), actors),
            FAIR: sure(nearest_named(rows, day), actors),
        }
        for method, odds in told.items():
            for year in ("all", str(day.year)):
                found[year][method].append((odds, str(claim.actor)))
    return found


def _estimated(estimator: Estimator, place_id: str, day: date, actors: Sequence[str]) -> dict[str, float]:
    odds = estimator.odds(day)[estimator.landscape.index[place_id]]
    missing = max(0.0, 1 - float(odds.sum())) / len(actors)
    return {a: float(odds[estimator.actors.index(a)]) + missing for a in actors}


def calibrated(
    rows: Sequence[tuple[dict[str, float], str]], actors: Sequence[str]
) -> list[tuple[dict[str, float], str]]:
    """Let a baseline that names one holder say it as surely as it is right over all: the fairest it can be."""
    named = [(max(odds, key=lambda a: odds[a]), true, len(set(odds.values())) > 1) for odds, true in rows]
    right = [holder == true for holder, true, says in named if says]
    share = sum(right) / max(1, len(right))
    rest = (1 - share) / max(1, len(actors) - 1)
    return [
        ({a: share if a == holder else rest for a in actors} if says else dict.fromkeys(actors, 1 / len(actors)), true)
        for holder, true, says in named
    ]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--theatre", type=Path, default=ROOT / "seeds" / "iraq-syria", help="folder of the theatre")
    options = parser.parse_args()
    theatre = load_theatre(options.theatre)
    actors, found = holders_of(theatre), answers(theatre)
    print(
        f"held-out state reports of {theatre.settings.id}: one place in {ONE_IN}, {len(theatre.claims)} claims in all"
    )
    for year in ("all", *sorted(set(found) - {"all"})):
        print(f"\n{year}\n{HEAD}")
        for method, rows in found[year].items():
            print(score_line(method, score(rows, actors)))
            if method == FAIR:
                print(score_line(f"{method}*", score(calibrated(rows, actors), actors)))
    print("\n* says it as surely as it turns out to be right")


if __name__ == "__main__":
    main()
