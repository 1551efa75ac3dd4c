"""Ask the map what any historian of the war would answer, and count how often it says so.

    python bench/audit.py [--theatre NAME] [--moment hindsight] [--policy FILE] [--wrong]

`bench/audit_pairs.csv` holds (theatre, place, date, answer), written down before the map was asked. Every pair is asked
twice: with hindsight, and as known on the same day. What counts is what a reader sees: the assessment of the place, and
where no report tells of it on the date the estimate there. `docs/evaluation.md` has the table.

Answers name a side; alternatives are parted by `|`. `a+b`: both hold parts or fight inside, so the map has to say divided or
contested and to name both. `besieged` and `free` after an answer are about a siege of the place.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

from control.assessment.model import Holding, Status  # noqa: E402
from control.assessment.policy import load_policy  # noqa: E402
from control.record.theatre import Theatre, load_theatre  # noqa: E402
from control.territory.ground import Grounds  # noqa: E402
from control.territory.surroundings import CoupledTimeline  # noqa: E402
from geo.gazetteer import PlaceError  # noqa: E402

PAIRS = Path(__file__).with_name("audit_pairs.csv")
VERDICTS = ("right", "unknown", "wrong", "no place")
MOMENTS = ("hindsight", "same day")


@dataclass(frozen=True, slots=True)
class Pair:
    """What is asked, and what would be right."""

    theatre: str
    place: str
    hint: str
    day: date
    answer: str

    @property
    def toponym(self) -> str:
        """The name with its hint, as a report would have it."""
        return f"{self.place} ({self.hint})" if self.hint and len(self.hint) > 2 else self.place

    @property
    def country(self) -> str | None:
        """Two letters, where the hint is a country."""
        return self.hint if len(self.hint) == 2 else None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the map says: the sides named, whether it is parted between them, whether it is besieged, whether estimated."""

    sides: frozenset[str]
    is_parted: bool = False
    is_besieged: bool = False
    is_estimated: bool = False

    def __str__(self) -> str:
        words = "+".join(sorted(self.sides)) or "unknown"
        return f"{words}{' besieged' * self.is_besieged}{' (estimated)' * self.is_estimated}"


def read_pairs(file: Path = PAIRS) -> list[Pair]:
    """Read the pairs."""
    with file.open(encoding="utf-8", newline="") as rows:
        return [
            Pair(r["theatre"], r["place"], r["hint"], date.fromisoformat(r["date"]), r["answer"])
            for r in csv.DictReader(rows)
        ]


def verdict(expected: str, answer: Answer) -> str:
    """Say whether an answer is right, unknown or wrong."""
    if not answer.sides:
        return "unknown"
    for alternative in expected.split("|"):
        sides, *siege = alternative.split()
        wanted = frozenset(sides.split("+"))
        if answer.is_parted != (len(wanted) > 1) or (answer.sides != wanted and not _within(wanted, answer)):
            continue
        if siege and (siege[0] == "besieged") != answer.is_besieged:
            continue
        return "right"
    return "wrong"


def _within(wanted: frozenset[str], answer: Answer) -> bool:
    """Whether a parted place names the two sides and a third beside them."""
    return answer.is_parted and len(wanted) > 1 and wanted < answer.sides


def of_holding(holding: Holding) -> Answer:
    """Return what a holding says."""
    if holding.status is Status.UNKNOWN or (holding.actor is None and not holding.rivals):
        return Answer(frozenset())
    sides = frozenset(side for side in (holding.actor, *holding.rivals) if side)
    if holding.rivals:
        return Answer(sides, is_parted=len(sides) > 1)
    return Answer(sides, is_besieged=holding.status is Status.BESIEGED)


class Asker:
    """Asks one theatre."""

    def __init__(self, name: str, policy: str = "balanced") -> None:
        self.theatre: Theatre = load_theatre(HERE / "seeds" / name)
        self.timeline = CoupledTimeline(self.theatre, load_policy(policy))
        self.grounds = lru_cache(maxsize=1)(self._grounds)

    def _grounds(self, known_on: date | None) -> Grounds:
        return Grounds.of(self.timeline.as_known_on(known_on) if known_on else self.timeline)

    def ask(self, pair: Pair, *, same_day: bool) -> Answer | None:
        """Return what the map shows; `None` when it knows no such place."""
        try:
            place = self.theatre.gazetteer.find(pair.toponym, country=pair.country).place
        except PlaceError:
            return None
        grounds = self.grounds(pair.day if same_day else None)
        answer = of_holding(grounds.timeline.assess(place.id, pair.day).holding)
        site = grounds.landscape.index.get(place.id)
        if answer.sides or grounds.estimator is None or site is None:
            return answer
        actor = grounds.estimator.estimate(site, pair.day).actor
        return Answer(frozenset({actor} - {None}), is_estimated=True) if actor else answer


def ask_all(
    pairs: list[Pair], moments: tuple[str, ...] = MOMENTS, policy: str = "balanced"
) -> Iterator[tuple[Pair, str, Answer | None, str]]:
    """Yield every pair with the moment of knowledge, the answer and its verdict, by theatre and date."""
    for name in sorted({pair.theatre for pair in pairs}):
        asker = Asker(name, policy)
        mine = sorted((p for p in pairs if p.theatre == name), key=lambda p: (p.day, p.place))
        for moment in moments:
            for pair in mine:
                answer = asker.ask(pair, same_day=moment == "same day")
                yield pair, moment, answer, "no place" if answer is None else verdict(pair.answer, answer)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--theatre", default="", help="only the pairs of this one")
    parser.add_argument("--moment", choices=MOMENTS, help="ask only with hindsight, or only as known on the same day")
    parser.add_argument("--wrong", action="store_true", help="list every answer that is not right")
    parser.add_argument("--policy", default="balanced", help="name or file of the policy")
    parser.add_argument("--csv", type=Path, help="write every answer to this file")
    options = parser.parse_args()
    pairs = [pair for pair in read_pairs() if options.theatre in {"", pair.theatre}]
    moments = (options.moment,) if options.moment else MOMENTS
    rows = list(ask_all(pairs, moments, options.policy))
    if options.csv:
        with options.csv.open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(["theatre", "place", "date", "moment", "expected", "answer", "verdict"])
            table.writerows((p.theatre, p.place, p.day, m, p.answer, a, v) for p, m, a, v in rows)
    if options.wrong:
        for pair, moment, answer, found in rows:
            if found != "right":
                print(f"{found:9s} {moment:9s} {pair.day} {pair.toponym}: {answer}; expected {pair.answer}")
    print(f"{'theatre':12s} {'asked':10s} {'n':>4s}  " + "  ".join(f"{v:>14s}" for v in VERDICTS))
    for name in [*sorted({p.theatre for p in pairs}), "all"]:
        for moment in moments:
            counts = Counter(v for p, m, _, v in rows if m == moment and name in {p.theatre, "all"})
            n = counts.total()
            cells = "  ".join(f"{counts[v]:5d} ({100 * counts[v] / n:5.1f}%)" for v in VERDICTS)
            print(f"{name:12s} {moment:10s} {n:4d}  {cells}")


if __name__ == "__main__":
    main()
