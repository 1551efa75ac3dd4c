"""How good the estimates between the reported places are: places are hidden, estimated, and compared.

    python bench/ground.py [--only record,synthetic,river,choices] [--quick]

All reports of some places are taken away: of one place in five, drawn at random, or of all places in one 25-km block in
five. What the others let us estimate for them is scored, beside what a map maker would do by hand: give the place to its
nearest reported neighbour (Voronoi), or weigh its eight nearest by 1 / distance squared; of all that are reported at any
time, or of those whose holder is known on the day. All read the same odds of the same timeline. The estimate alone also
reads reports of areas; on the record a row without them says what that gives. `docs/ground.md` has the tables.
"""

from __future__ import annotations

import argparse
import sys
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

from bench.synthetic import CORNER, SIDE_KM, START, Recipe, Synthetic, make, river_x  # noqa: E402
from control.assessment.model import Interval, Status  # noqa: E402
from control.assessment.timeline import Timeline  # noqa: E402
from control.record.event_kinds import EventKind  # noqa: E402
from control.record.model import Claim  # noqa: E402
from control.record.theatre import Theatre, load_theatre  # noqa: E402
from control.territory.estimate import DEFAULTS, EstimateSettings  # noqa: E402
from control.territory.estimator import Estimator  # noqa: E402
from control.territory.landscape import Landscape, landscape, landscape_of  # noqa: E402
from control.territory.solver import Solver  # noqa: E402
from geo.terrain import River, Terrain, equal_area_crs  # noqa: E402

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FOLDS = 5
BLOCK_KM = 25
FRONT_KM = 25
NEIGHBOURS = 8
BINS = 15
WITHOUT_RIVERS = replace(DEFAULTS, river=1.0, river_line=1.0)
FIRST_CONSTANTS = replace(DEFAULTS, sharpness=1.5, sharpness_of_two=1.5, river=0.5, borders=False)
STRONG_RIVERS = replace(DEFAULTS, river=DEFAULTS.river_line)
RIVER_VARIANTS = {
    "estimate": DEFAULTS,
    "estimate, constants of decision 7": FIRST_CONSTANTS,
    "estimate, borders do not count": replace(DEFAULTS, borders=False),
    "estimate, no river counts": WITHOUT_RIVERS,
    "estimate, every river is the line": STRONG_RIVERS,
}
RECORD_VARIANTS = {
    **RIVER_VARIANTS,
    "estimate, no report of an area": replace(DEFAULTS, area=0.0, river_line=DEFAULTS.river),
}


@dataclass(frozen=True)
class Question:
    """Who holds a hidden site on a day, and who truly does (index of the actor)."""

    site: int
    day: date
    true: int


class PerDay(Estimator):
    """The same estimate with a matrix for every day, instead of one for four weeks."""

    def solver(self, tick: date) -> Solver:
        """Return a matrix made for this day."""
        lines = tuple(line for line in self.areas.lines if line.start <= tick < line.end)
        firmness = self.weights(self.evidence.on(tick), tick) * self.settings.absorb
        return Solver(self.landscape, self.evidence.sites, firmness, self.settings, lines)


class OneMatrix(Estimator):
    """The same estimate with one matrix for the whole span: all reports hold their places alike."""

    def solver(self, tick: date) -> Solver:  # noqa: ARG002 -- the estimator's signature
        """Return the matrix of the span."""
        if not self._solvers:
            firmness = np.full(len(self.evidence.sites), self.settings.absorb)
            self._solvers[0, ()] = Solver(self.landscape, self.evidence.sites, firmness, self.settings, ())
        return self._solvers[0, ()]


METHODS: dict[str, type[Estimator]] = {"matrix of the day": PerDay, "one matrix": OneMatrix}
Answers = dict[str, list[tuple[Floats, Ints]]]
"""Method -> (odds (n, K), true actor (n,)), a pair for every asking."""


def deal(points: Floats, mode: str, rng: np.random.Generator) -> Ints:
    """Deal sites into `FOLDS` folds, one by one or by blocks of `BLOCK_KM`."""
    if mode == "places":
        return rng.integers(0, FOLDS, len(points))
    blocks = np.floor(points / (BLOCK_KM * 1000)).astype(np.int64)
    distinct, block_of = np.unique(blocks, axis=0, return_inverse=True)
    return rng.integers(0, FOLDS, len(distinct))[block_of.ravel()]


def ask(
    theatre: Theatre,
    land: Landscape,
    folds: Ints,
    questions: Callable[[Estimator, Ints], Iterator[Question]],
    variants: dict[str, EstimateSettings],
) -> Answers:
    """Hide each fold in turn and answer the questions about it by every method."""
    found: Answers = defaultdict(list)
    for fold in range(FOLDS):
        hidden = np.flatnonzero(folds == fold)
        ids = {land.sites[site].id for site in hidden.tolist()}
        timeline = Timeline(replace(theatre, claims=tuple(c for c in theatre.claims if c.place_id not in ids)))
        estimators = {
            title: METHODS.get(title.split(",")[0], Estimator)(timeline, land, settings)
            for title, settings in variants.items()
        }
        any_ = next(iter(estimators.values()))
        by_day: dict[date, list[Question]] = defaultdict(list)
        for question in questions(any_, hidden):
            by_day[question.day].append(question)
        for day, asked in sorted(by_day.items()):
            sites = np.array([q.site for q in asked])
            true = np.array([q.true for q in asked])
            every = any_.evidence.on(day), any_.evidence.sites
            for which, (known, reported) in {"": every, ", holder known": _holders_known(any_, day)}.items():
                away = np.hypot(*(land.points[sites][:, None] - land.points[reported][None]).transpose(2, 0, 1)) / 1000
                found[f"nearest reported place (Voronoi){which}"].append((known[away.argmin(axis=1)], true))
                found[f"8 nearest by 1/distance^2{which}"].append((_by_distance(away, known), true))
            for title, estimator in estimators.items():
                found[title].append((estimator.odds(day)[sites], true))
    return found


def _holders_known(estimator: Estimator, day: date) -> tuple[Floats, Ints]:
    """Return odds and numbers of the sites whose holder the timeline knows on a day: those that a map maker would see."""
    evidence, intervals = estimator.evidence, estimator.timeline.intervals
    sites = estimator.landscape.sites
    tells = [_interval_on(intervals[sites[s].id], day).holding.status is not Status.UNKNOWN for s in evidence.sites]
    seen = np.array(tells, dtype=bool) if any(tells) else np.ones(len(tells), dtype=bool)
    return evidence.on(day)[seen], evidence.sites[seen]


def _interval_on(intervals: Sequence[Interval], day: date) -> Interval:
    return intervals[bisect_right(intervals, day, key=lambda i: i.start) - 1]


def _by_distance(away: Floats, known: Floats) -> Floats:
    nearest = np.argsort(away, axis=1, kind="stable")[:, :NEIGHBOURS]
    weights = 1 / np.maximum(np.take_along_axis(away, nearest, axis=1), 0.5) ** 2
    return np.asarray((weights[:, :, None] * known[nearest]).sum(axis=1) / weights.sum(axis=1, keepdims=True))


@dataclass(frozen=True)
class Score:
    """Accuracy, Brier score (sum over actors) and expected calibration error of the best guess (bins of equal mass)."""

    asked: int
    accuracy: float
    brier: float
    calibration: float


def score(pairs: Sequence[tuple[Floats, Ints]]) -> Score:
    """Score the answers of one method."""
    odds = np.concatenate([p for p, _ in pairs])
    true = np.concatenate([t for _, t in pairs])
    hits = (odds.argmax(axis=1) == true).astype(float)
    brier = ((odds - np.eye(odds.shape[1])[true]) ** 2).sum(axis=1).mean()
    sure = odds.max(axis=1)
    parts = np.array_split(np.argsort(sure, kind="stable"), max(1, min(BINS, len(sure) // 10)))
    gaps = [len(part) * abs(float(sure[part].mean() - hits[part].mean())) for part in parts]
    return Score(len(true), float(hits.mean()), float(brier), sum(gaps) / len(true))


def print_scores(title: str, answers: Answers) -> None:
    """Print one table."""
    print(f"\n{title}")
    print(f"{'':56} {'n':>7} {'accuracy':>9} {'Brier':>7} {'ECE':>6}")
    for method, pairs in answers.items():
        s = score(pairs)
        print(f"{method:56} {s.asked:7d} {s.accuracy:9.1%} {s.brier:7.3f} {s.calibration:6.3f}")


def merged(runs: Sequence[Answers]) -> Answers:
    """Put the answers of several runs together."""
    found: Answers = defaultdict(list)
    for run in runs:
        for method, pairs in run.items():
            found[method].extend(pairs)
    return found


# --- the bundled record: asked on the days on which a hidden place is reported to be held


def print_record(seeds: int, first: int = 0, variants: dict[str, EstimateSettings] | None = None) -> None:
    """Score the bundled theatre on its own held-out state reports."""
    theatre = load_theatre(HERE / "seeds" / "iraq-syria")
    land = landscape_of(theatre)
    holds = [
        c
        for c in theatre.claims
        if c.event is EventKind.HOLDS and c.actor and theatre.settings.start <= c.window.middle
    ]

    def questions(estimator: Estimator, hidden: Ints) -> Iterator[Question]:
        sites = set(hidden.tolist())
        for claim in holds:
            if (site := land.index[claim.place_id]) in sites and claim.window.middle < theatre.settings.end:
                yield Question(site, claim.window.middle, estimator.actors.index(_actor(claim)))

    variants = variants or RECORD_VARIANTS
    print(
        f"the bundled record: {len(theatre.reported_places)} reported places, {len(holds)} reports of a holder; the true"
    )
    print("holder is taken to be the reported one, which is an error where the report is")
    for mode in ("places", "25-km blocks"):
        runs = [
            ask(theatre, land, deal(land.points, mode, np.random.default_rng(seed)), questions, variants)
            for seed in range(first, first + seeds)
        ]
        print_scores(f"hidden: one fifth of the {mode}, {seeds} deals", merged(runs))


def _actor(claim: Claim) -> str:
    return claim.actor or ""


# --- synthetic fronts


def synthetic_landscape(world: Synthetic) -> Landscape:
    """Return the landscape of a synthetic theatre: a plain, and the river where there is one."""
    box = world.theatre.settings.bbox
    bare = Terrain(equal_area_crs(box), shapely.Polygon())
    corners = bare.to_metres([(box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3])])
    rivers: tuple[River, ...] = ()
    if world.recipe.river:
        y = np.arange(0, SIDE_KM + 1.0, 1.0)
        line = np.column_stack((CORNER.lon + river_x(y) / 92, CORNER.lat + y / 111))
        rivers = (River("River", 1, shapely.LineString(bare.to_metres(line))),)
    terrain = Terrain(bare.crs, shapely.Polygon(corners), rivers)
    return landscape(world.theatre.gazetteer.places, terrain, world.theatre.settings.reach_km)


def print_synthetic(seeds: int, days: int) -> None:
    """Score synthetic fronts, near the front, with 15 % false reports."""
    for places in (300, 2000):
        _print_world(
            f"synthetic fronts, {places} places, 15 % false reports",
            [Recipe(places=places, false_share=0.15, seed=1000 + seed) for seed in range(seeds)],
            days,
            {"estimate": DEFAULTS, "estimate, constants of decision 7": FIRST_CONSTANTS},
        )


def print_river(seeds: int, days: int) -> None:
    """Score synthetic fronts that follow a river where they can."""
    _print_world(
        "synthetic fronts along a river, 2000 places, 15 % false reports",
        [Recipe(places=2000, false_share=0.15, river=1.5, seed=2000 + seed) for seed in range(seeds)],
        days,
        RIVER_VARIANTS,
    )


def _print_world(title: str, recipes: Sequence[Recipe], days: int, variants: dict[str, EstimateSettings]) -> None:
    worlds = [make(recipe) for recipe in recipes]
    for mode in ("places", "25-km blocks"):
        runs = [_near_fronts(world, mode, days, variants) for world in worlds]
        print_scores(f"{title}; hidden: one fifth of the {mode}; {len(worlds)} worlds, {days} days each", merged(runs))


def _near_fronts(world: Synthetic, mode: str, days: int, variants: dict[str, EstimateSettings]) -> Answers:
    """Ask for hidden places that have a place of another true holder within `FRONT_KM`, on random days."""
    land = synthetic_landscape(world)
    rng = np.random.default_rng(world.recipe.seed)
    folds = deal(land.points, mode, rng)
    asked = sorted(rng.choice(np.arange(60, world.recipe.days - 1), days, replace=False).tolist())
    column = [world.place_ids.index(place.id) for place in land.sites]
    near = np.hypot(*(land.points[:, None] - land.points[None]).transpose(2, 0, 1)) < FRONT_KM * 1000

    def questions(estimator: Estimator, hidden: Ints) -> Iterator[Question]:
        number = np.array([estimator.actors.index(actor) for actor in world.actor_ids])
        for offset in asked:
            truth = number[world.holders[offset][column]]
            for site in hidden.tolist():
                if np.any(truth[near[site]] != truth[site]):
                    yield Question(site, START + timedelta(days=int(offset)), int(truth[site]))

    return ask(world.theatre, land, folds, questions, variants)


CHOICES = {
    "estimate": DEFAULTS,
    **{f"range {km} km": replace(DEFAULTS, range_km=km) for km in (10, 20, 60)},
    **{f"absorb {a}": replace(DEFAULTS, absorb=a) for a in (3, 1, 0.3)},
    **{f"sharpness {p}": replace(DEFAULTS, sharpness=p, sharpness_of_two=p) for p in (1, 1.5, 2.5, 3)},
    **{f"river {r}": replace(DEFAULTS, river=r) for r in (0.1, 0.3, 0.5)},
    **{f"area {a}": replace(DEFAULTS, area=a) for a in (0, 0.1)},
    **{f"look back {days} days": replace(DEFAULTS, look_back_days=days) for days in (365, 5000)},
    "matrix of the day": DEFAULTS,
    "matrix of the day, range 10 km, absorb 1, sharpness 3": replace(DEFAULTS, range_km=10, absorb=1, sharpness=3),
    "one matrix": DEFAULTS,
}
"""Other constants, on other worlds and other deals than those that are reported."""


def print_choices(quick: bool) -> None:
    """Show what the constants were chosen by."""
    print_record(1 if quick else 2, first=100, variants=CHOICES)
    for places in (300, 2000):
        recipes = [Recipe(places=places, false_share=0.15, seed=3000 + s) for s in range(1 if quick else 2)]
        _print_world(f"synthetic fronts, {places} places, 15 % false reports", recipes, 2 if quick else 4, CHOICES)


PARTS: dict[str, Callable[[bool], None]] = {
    "record": lambda quick: print_record(1 if quick else 3),
    "synthetic": lambda quick: print_synthetic(1 if quick else 4, 2 if quick else 6),
    "choices": print_choices,
    "river": lambda quick: print_river(1 if quick else 3, 2 if quick else 6),
}


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="record,synthetic,river", help=f"parts, of {','.join(PARTS)}")
    parser.add_argument("--quick", action="store_true", help="fewer worlds and days")
    options = parser.parse_args()
    wanted = options.only.split(",")
    if unknown := set(wanted) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    for part in (p for p in PARTS if p in wanted):
        PARTS[part](options.quick)


if __name__ == "__main__":
    main()
