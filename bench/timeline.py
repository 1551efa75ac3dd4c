"""How far the timeline can be trusted: replay, held-out evidence, a synthetic truth, and speed.

    python bench/timeline.py [--quick] [--only replay,heldout,synthetic,speed] [--plot FILE.svg] [--theatre FOLDER]

Always beside simple baselines. `docs/evaluation.md` says what each part measures. The environment variable CONTROLMAP_ROOT
names another checkout whose code is to be measured.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).resolve().parent.parent
ROOT = Path(os.environ.get("CONTROLMAP_ROOT") or HERE)
sys.path[:0] = [str(ROOT), str(HERE)]

from bench.synthetic import Recipe, Synthetic, make  # noqa: E402
from control.assessment.model import Assessment, Status  # noqa: E402
from control.assessment.timeline import Timeline  # noqa: E402
from control.record.event_kinds import Cover, EventKind, Move  # noqa: E402
from control.record.model import Claim  # noqa: E402
from control.record.theatre import Theatre, load_theatre  # noqa: E402

Floats = NDArray[np.float64]
Distribution = Mapping[str, float]
"""Actor id -> probability; sums to 1."""

SURE = 0.9
"""What a baseline gives to the holder that it names; the rest is shared among the others."""
DAYS_APART = 3
FOLDS = 5
BINS = 15
FLOOR = 1e-4
"""Log-loss counts no probability below this, so that one certain error does not decide the mean."""
RECENT_DAYS = 365
PLACES_A_DAY = 50


# --- baselines and scores


def holder_named(claim: Claim) -> str | None:
    """Return who holds the place by a claim, read alone; `None` for one that names nobody."""
    if claim.event.meaning.settles:
        return claim.actor
    return claim.loser if claim.event.meaning.cover is Cover.SIEGE else None


def ordered(claims: Iterable[Claim]) -> list[Claim]:
    """Claims that name a holder, by event date, publication date and id."""
    naming = (c for c in claims if holder_named(c))
    return sorted(naming, key=lambda c: (c.window.middle, c.known_from, c.id))


def last_observation(claims: Sequence[Claim], day: date) -> str | None:
    """Last observation carried forward: the holder named by the latest of the `ordered` claims at or before `day`."""
    position = bisect_right(claims, day, key=lambda c: c.window.middle)
    return holder_named(claims[position - 1]) if position else None


def majority(claims: Sequence[Claim], day: date) -> str | None:
    """Return the holder most often named in the last `RECENT_DAYS`, the latest of equals; else `last_observation`."""
    until = bisect_right(claims, day, key=lambda c: c.window.middle)
    recent = [c for c in claims[:until] if (day - c.window.middle).days <= RECENT_DAYS]
    if not recent:
        return last_observation(claims, day)
    votes = Counter(holder_named(c) for c in recent)
    latest = {holder_named(c): position for position, c in enumerate(recent)}
    return max(votes, key=lambda actor: (votes[actor], latest[actor]))


def nearest_report(claims: Sequence[Claim], day: date) -> str | None:
    """Return the last observation, helped by hindsight: before the first report, the loser or holder that it names."""
    found = last_observation(claims, day)
    if found or not claims:
        return found
    first = claims[0]
    return first.loser if first.event.meaning.move else holder_named(first)


def sure(actor: str | None, actors: Sequence[str]) -> Distribution:
    """`SURE` for one actor and the rest shared; all alike when there is none."""
    if actor is None:
        return {a: 1 / len(actors) for a in actors}
    return {a: SURE if a == actor else (1 - SURE) / (len(actors) - 1) for a in actors}


def distribution(assessment: Assessment, actors: Sequence[str]) -> Distribution:
    """Return the probability of every actor by an assessment, from its probabilities or else from that of its holder."""
    given: Iterable[tuple[str, float]] | None = getattr(assessment, "probabilities", None)
    if given:
        known = dict(given)
        rest = [a for a in actors if a not in known]
        left = max(0.0, 1 - sum(known.values()))
        known.update({a: left / len(rest) for a in rest})
        total = sum(known[a] for a in actors)
        if not total:  # somebody who is none of them
            return sure(None, actors)
        return {a: known[a] / total for a in actors}
    holding, best = assessment.holding, assessment.probability
    if holding.actor is None or best is None:
        return sure(None, actors)
    others = [a for a in holding.rivals if a != holding.actor] or [a for a in actors if a != holding.actor]
    return {a: best if a == holding.actor else (1 - best) / len(others) if a in others else 0.0 for a in actors}


class Score(NamedTuple):
    """Accuracy (top-1; ties share the point), multi-class Brier (0-2), log-loss (nats), calibration error (top-1)."""

    answers: int
    accuracy: float
    brier: float
    log_loss: float
    calibration: float


def score(rows: Sequence[tuple[Distribution, str]], actors: Sequence[str]) -> Score:
    """Score distributions against the true holders."""
    if not rows:
        return Score(0, *(float("nan"),) * 4)
    table, truth = _arrays(rows, actors)
    hits = _hits(table, truth)
    wanted = np.eye(len(actors))[truth]
    told = np.maximum(table[np.arange(len(truth)), truth], FLOOR)
    gaps = [(len(c), abs(float(c.mean() - h.mean()))) for c, h in bins_of(table.max(axis=1), hits)]
    return Score(
        len(rows),
        float(hits.mean()),
        float(((table - wanted) ** 2).sum(axis=1).mean()),
        float(-np.log(told).mean()),
        sum(n * gap for n, gap in gaps) / len(rows),
    )


def _arrays(rows: Sequence[tuple[Distribution, str]], actors: Sequence[str]) -> tuple[Floats, NDArray[np.int64]]:
    table = np.array([[told[a] for a in actors] for told, _ in rows])
    return table, np.array([list(actors).index(true) for _, true in rows])


def _hits(table: Floats, truth: NDArray[np.int64]) -> Floats:
    best = table >= table.max(axis=1, keepdims=True) - 1e-12
    shared: Floats = best[np.arange(len(truth)), truth] / best.sum(axis=1)
    return shared


def bins_of(confidence: Floats, hits: Floats) -> list[tuple[Floats, Floats]]:
    """Cut into `BINS` bins of equal mass by confidence; fewer when they would hold less than ten."""
    order = np.argsort(confidence, kind="stable")
    count = max(1, min(BINS, len(order) // 10))
    return [(confidence[part], hits[part]) for part in np.array_split(order, count)]


def reliability(rows: Sequence[tuple[Distribution, str]], actors: Sequence[str]) -> list[tuple[int, float, float]]:
    """Return (count, mean probability of the answer, share right) for each bin."""
    table, truth = _arrays(rows, actors)
    hits = _hits(table, truth)
    return [(len(c), float(c.mean()), float(h.mean())) for c, h in bins_of(table.max(axis=1), hits)]


# --- printing

HEAD = f"{'':36} {'n':>6} {'accuracy':>9} {'Brier':>7} {'log-loss':>9} {'ECE':>6}"


def score_line(title: str, result: Score) -> str:
    return (
        f"{title:36} {result.answers:6d} {result.accuracy:9.1%} {result.brier:7.3f} "
        f"{result.log_loss:9.3f} {result.calibration:6.3f}"
    )


def reliability_lines(rows: Sequence[tuple[Distribution, str]], actors: Sequence[str]) -> list[str]:
    bar = 30
    lines = [f"{'said':>6} {'was so':>7} {'n':>6}   0 {'right':^{bar - 4}} 1"]
    for count, told, right in reliability(rows, actors):
        cells = ["#"] * round(right * bar) + ["."] * (bar - round(right * bar))
        cells[min(bar - 1, round(told * bar))] = "|"
        lines.append(f"{told:6.2f} {right:7.2f} {count:6d}   {''.join(cells)}")
    return [*lines, "# share right; | where it would be if the probability were exact"]


def holders_of(theatre: Theatre) -> list[str]:
    """Ids of the actors that hold ground in their own name."""
    return sorted(a.id for a in theatre.actors.values() if not a.parent)


def by_place(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    """Place id -> its `ordered` claims."""
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        found[claim.place_id].append(claim)
    return {place_id: ordered(rows) for place_id, rows in found.items()}


# --- replay of the record


@dataclass(frozen=True, slots=True)
class Replayed:
    """One capture: whether other claims speak against it, and what is assessed on the next day."""

    claim: Claim
    rivals: tuple[Claim, ...]
    assessment: Assessment

    @property
    def is_hit(self) -> bool:
        """Whether the gainer is the holder on the next day, whatever the status; unknown is a miss."""
        return self.assessment.holding.actor == self.claim.actor

    @property
    def is_clear(self) -> bool:
        """Whether it is, and the place is not contested."""
        return self.is_hit and self.assessment.holding.status in {Status.CONTROLLED, Status.BESIEGED}


def names_another(claim: Claim, gainer: str | None) -> bool:
    """Whether a claim says that somebody else than `gainer` holds the place, or that `gainer` lost it."""
    named = holder_named(claim)
    return (named is not None and named != gainer) or (claim.event.meaning.move is Move.LEFT and claim.loser == gainer)


def replay(theatre: Theatre, timeline: Timeline) -> list[Replayed]:
    """Replay each capture that is dated to the day, once for each place, day and gainer."""
    by_place_all: dict[str, list[Claim]] = defaultdict(list)
    for claim in theatre.claims:
        by_place_all[claim.place_id].append(claim)
    near = timedelta(days=DAYS_APART)
    captures = {
        (c.place_id, c.window.first, c.actor): c
        for c in reversed(theatre.claims)
        if c.event.meaning.move is Move.TAKEN and c.window.days == 1 and c.window.first < theatre.settings.last_day
    }
    found = []
    for (place_id, day, gainer), claim in sorted(captures.items(), key=lambda item: (item[0][1], item[0][0])):
        rivals = tuple(
            c
            for c in by_place_all[place_id]
            if names_another(c, gainer) and c.window.first <= day + near and c.window.last >= day - near
        )
        found.append(Replayed(claim, rivals, timeline.assess(place_id, day + timedelta(days=1))))
    return found


def told(claim: Claim) -> str:
    loser = f" from {claim.loser}" if claim.loser else ""
    grade = f"{claim.source.grade}{claim.credibility}"
    return f"{claim.window} {claim.event} {claim.actor or 'nobody'}{loser} ({claim.source.id}, {grade})"


def print_replay(theatre: Theatre) -> None:
    timeline = Timeline(theatre)
    rows = replay(theatre, timeline)
    free, against = [r for r in rows if not r.rivals], [r for r in rows if r.rivals]
    print(f"replay of {theatre.settings.id}: {len(rows)} captures dated to the day")
    print(f"{'':36} {'n':>6} {'gainer holds':>13} {'and not contested':>18}")
    for title, group in (("uncontradicted", free), (f"contradicted within {DAYS_APART} days", against)):
        hits, clear = sum(r.is_hit for r in group), sum(r.is_clear for r in group)
        print(f"{title:36} {len(group):6d} {_share(hits, len(group)):>13} {_share(clear, len(group)):>18}")
    misses = [r for r in free if not r.is_hit]
    print(f"\nmisses among the uncontradicted: {len(misses)}; target: at least 97 % hits")
    moved = [r for r in misses if _is_dated_otherwise(r, timeline)]
    print(f"  {len(moved)} where another report dates the same capture otherwise, by two weeks at most; the others:")
    for row in misses:
        if row in moved:
            continue
        name = theatre.gazetteer.place(row.claim.place_id).name
        holding = row.assessment.holding
        print(f"  {name}: {told(row.claim)}")
        print(f"    next day: {holding.status} {holding.actor or ''} ({holding.rule})")
        for claim in _competing(row, timeline):
            print(f"    against it: {told(claim)}")


def _is_dated_otherwise(row: Replayed, timeline: Timeline) -> bool:
    """Whether a report says that the same side took the place on another day, a fortnight apart at the most."""
    day = row.claim.window.middle
    return any(
        claim.actor == row.claim.actor
        and claim.event.meaning.move is row.claim.event.meaning.move
        and 0 < abs((claim.window.middle - day).days) <= 14
        for claim in timeline.claims[row.claim.place_id]
    )


def _competing(row: Replayed, timeline: Timeline) -> list[Claim]:
    """Find what stands against a missed capture.

    The claims behind the assessment that name another holder; else those by which another side lost the place on a later
    day; else the nearest claim of the place that names another holder.
    """
    gainer, day = row.claim.actor, row.claim.window.middle
    behind = [c for c in row.assessment.claims if names_another(c, gainer)]
    later = [c for c in row.assessment.claims if c.loser and c.loser != gainer and c.window.middle > day]
    others = [c for c in timeline.claims[row.claim.place_id] if names_another(c, gainer)]
    nearest = sorted(others, key=lambda c: (abs((c.window.middle - day).days), c.id))
    return behind or later or nearest[:1]


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%} ({part})" if whole else "-"


# --- held-out evidence of the record


def state_units(theatre: Theatre) -> list[list[Claim]]:
    """Group `holds` claims, those of one place within ten days together, so that no copy of a held-out one stays behind."""
    units: list[list[Claim]] = []
    states = [c for c in theatre.claims if c.event is EventKind.HOLDS]
    for claim in sorted(states, key=lambda c: (c.place_id, c.window.middle, c.id)):
        last = units[-1][-1] if units else None
        if last and last.place_id == claim.place_id and (claim.window.middle - last.window.middle).days <= 10:
            units[-1].append(claim)
        else:
            units.append([claim])
    return units


def folds(count: int, seed: int) -> list[NDArray[np.int64]]:
    """Deal `count` things into `FOLDS` hands."""
    return np.array_split(np.random.default_rng(seed).permutation(count), FOLDS)


Rows = dict[str, list[tuple[Distribution, str]]]


def held_out_state(theatre: Theatre, seed: int) -> tuple[Rows, Rows]:
    """Score `holds` claims that the timeline was not given, at places with other claims; also as past reports tell."""
    actors, units = holders_of(theatre), state_units(theatre)
    ours: Rows = defaultdict(list)
    silent: Rows = defaultdict(list)
    for fold in folds(len(units), seed):
        out = [c for position in fold for c in units[position]]
        ids = {c.id for c in out}
        kept = replace(theatre, claims=tuple(c for c in theatre.claims if c.id not in ids))
        timeline, claims = Timeline(kept), by_place(kept.claims)
        for position in fold:
            claim = units[position][0]
            day, true = claim.window.middle, str(claim.actor)
            rows = claims.get(claim.place_id, [])
            if not rows:
                for title, told_ in _from_neighbours(kept, timeline, claims, claim.place_id, day).items():
                    silent[title].append((told_, true))
                continue
            _add(ours, _answers(timeline, rows, claim.place_id, day, actors), true)
    return ours, silent


def held_out_places(theatre: Theatre, seed: int) -> Rows:
    """Take all claims of a place away, and score what its neighbours say of it on the days of its `holds` claims."""
    states = [c for c in theatre.claims if c.event is EventKind.HOLDS]
    places = sorted({c.place_id for c in theatre.claims})
    found: Rows = defaultdict(list)
    for fold in folds(len(places), seed):
        out = {places[position] for position in fold}
        kept = replace(theatre, claims=tuple(c for c in theatre.claims if c.place_id not in out))
        timeline, claims = Timeline(kept), by_place(kept.claims)
        for claim in (c for c in states if c.place_id in out):
            day = claim.window.middle
            # a town without reports of its own may still be divided between the holders of its quarters
            if timeline.assess(claim.place_id, day).holding.status not in {Status.UNKNOWN, Status.DIVIDED}:
                raise AssertionError(f"{claim.place_id} has a holder without a claim")
            _add(found, _from_neighbours(kept, timeline, claims, claim.place_id, day), str(claim.actor))
    return found


def _add(rows: Rows, answers: Mapping[str, Distribution], true: str) -> None:
    for title, told_ in answers.items():
        rows[title].append((told_, true))


def _answers(
    timeline: Timeline, claims: Sequence[Claim], place_id: str, day: date, actors: Sequence[str]
) -> dict[str, Distribution]:
    return {
        "timeline": distribution(timeline.assess(place_id, day), actors),
        "last observation (LOCF)": sure(last_observation(claims, day), actors),
        "LOCF, first report read backwards": sure(nearest_report(claims, day), actors),
        "majority of the last year": sure(majority(claims, day), actors),
    }


def _from_neighbours(
    theatre: Theatre, timeline: Timeline, claims: Mapping[str, Sequence[Claim]], place_id: str, day: date
) -> dict[str, Distribution]:
    """Baselines for a place without a report: all alike, or what its nearest place with an answer has."""
    actors, spot = holders_of(theatre), theatre.gazetteer.place(place_id).position
    others = sorted(
        (p for p in theatre.reported_places if p.id != place_id), key=lambda p: (spot.distance_km(p.position), p.id)
    )
    assessed = (timeline.assess(p.id, day) for p in others)
    nearest = next((a for a in assessed if a.holding.status is not Status.UNKNOWN), None)
    locf = next((a for p in others if (a := last_observation(claims.get(p.id, []), day))), None)
    return {
        "uniform": sure(None, actors),
        "nearest place, by the timeline": distribution(nearest, actors) if nearest else sure(None, actors),
        "nearest place, by LOCF": sure(locf, actors),
    }


def print_held_out(theatre: Theatre, seed: int) -> None:
    actors = holders_of(theatre)
    rows, silent = held_out_state(theatre, seed)
    count = len(state_units(theatre))
    print(f"held-out state evidence of {theatre.settings.id}: {count} `holds` reports, {len(actors)} possible holders")
    print("at places that keep other reports\n" + HEAD)
    for title, group in rows.items():
        print(score_line(title, score(group, actors)))
    if rows["timeline"]:
        print("\nthe timeline's probabilities\n" + "\n".join(reliability_lines(rows["timeline"], actors)))
    if silent:
        print("\nat places that keep none: the timeline says unknown, the baselines guess\n" + HEAD)
        for title, group in silent.items():
            print(score_line(title, score(group, actors)))
    print(f"\nheld-out places, {FOLDS} folds: all reports of a place taken away, scored on its `holds` reports.")
    print("The timeline says unknown for all of them; the baselines guess\n" + HEAD)
    for title, group in held_out_places(theatre, seed).items():
        print(score_line(title, score(group, actors)))


# --- synthetic truth

SCENARIOS: dict[str, Recipe] = {
    "0 % false": Recipe(),
    "15 % false": Recipe(false_share=0.15),
    "30 % false": Recipe(false_share=0.30),
    "15 % false, grades tell nothing": Recipe(false_share=0.15, grades_match=False),
    "0 % false, toponyms, liar": Recipe(wrong_toponyms=0.03, lying_source=True),
    "15 % false, toponyms, liar": Recipe(false_share=0.15, wrong_toponyms=0.03, lying_source=True),
    "30 % false, toponyms, liar": Recipe(false_share=0.30, wrong_toponyms=0.03, lying_source=True),
}
JUDGED = ("15 % false", "15 % false, toponyms, liar")
"""Scenarios for which there are targets."""


def audit(world: Synthetic, days: int) -> tuple[Rows, Rows]:
    """Ask `PLACES_A_DAY` questions about random reported places on each of `days` random days.

    All of them, and those from the first report of the place on.
    """
    theatre, actors = world.theatre, list(world.actor_ids)
    rng = np.random.default_rng(world.recipe.seed + 1_000)
    timeline, claims = Timeline(theatre), by_place(theatre.claims)
    places = sorted(place_id for place_id, rows in claims.items() if rows)
    everywhere: Rows = defaultdict(list)
    later: Rows = defaultdict(list)
    for number in rng.integers(0, world.recipe.days, days).tolist():
        day = theatre.settings.start + timedelta(days=number)
        then = Timeline(theatre, known_on=day)
        for place_id in rng.choice(places, PLACES_A_DAY).tolist():
            answers = _answers(timeline, claims[place_id], place_id, day, actors)
            answers["timeline, as known that day"] = distribution(then.assess(place_id, day), actors)
            true = world.holder(place_id, day)
            _add(everywhere, answers, true)
            if claims[place_id][0].window.middle <= day:
                _add(later, answers, true)
    return everywhere, later


def print_synthetic(seeds: int, days: int, plot: Path | None) -> None:
    print(
        f"synthetic truth: {seeds} theatres a scenario; questions: {days} random days, {PLACES_A_DAY} reported places each"
    )
    verdicts: list[str] = []
    for title, recipe in SCENARIOS.items():
        worlds = [make(replace(recipe, seed=seed)) for seed in range(seeds)]
        runs = [audit(world, days) for world in worlds]
        actors = list(worlds[0].actor_ids)
        reports = np.mean([len(world.theatre.claims) for world in worlds])
        false = np.mean([world.false_share() for world in worlds])
        print(f"\n{title}: {reports:.0f} reports, {false:.0%} of those naming a holder false")
        for part, heading in enumerate(("all days", "from the first report of the place on")):
            if part and title not in JUDGED:
                continue
            print(f"{heading:36} {'accuracy':>14} {'Brier':>13} {'log-loss':>13} {'ECE':>13}")
            for method in runs[0][part]:
                print(f"{method:36} " + _spread([score(run[part][method], actors) for run in runs]))
        if title in JUDGED:
            verdicts += _verdicts(title, runs, actors)
        if title == JUDGED[1]:
            pooled = [row for run in runs for row in run[0]["timeline"]]
            print("\nthe timeline's probabilities, all days\n" + "\n".join(reliability_lines(pooled, actors)))
            if plot:
                plot.write_text(calibration_svg(reliability(pooled, actors), title), encoding="utf-8")
    print("\ntargets: accuracy at least 5 points above LOCF, calibration error at most .050\n" + "\n".join(verdicts))


def _spread(scores: Sequence[Score]) -> str:
    def cell(values: Floats, percent: bool = False) -> str:
        spread = float(values.std(ddof=1)) if len(values) > 1 else 0.0
        return f"{values.mean():.1%} ±{spread:4.1%}" if percent else f"{values.mean():.3f} ±{spread:.3f}"

    columns = np.array([s[1:] for s in scores])
    return f"{cell(columns[:, 0], True):>14} " + " ".join(f"{cell(columns[:, i]):>13}" for i in (1, 2, 3))


def _verdicts(title: str, runs: Sequence[tuple[Rows, Rows]], actors: Sequence[str]) -> list[str]:
    lines = []
    for part, heading in enumerate(("all days", "from first report")):
        ours = [score(run[part]["timeline"], actors) for run in runs]
        for rival in ("last observation (LOCF)", "LOCF, first report read backwards"):
            theirs = [score(run[part][rival], actors) for run in runs]
            gains = np.array([100 * (a.accuracy - b.accuracy) for a, b in zip(ours, theirs, strict=True)])
            spread = float(gains.std(ddof=1)) if len(gains) > 1 else 0.0
            lines.append(f"{title}, {heading}: {gains.mean():+.1f} ±{spread:.1f} points over {rival}")
        together = score([row for run in runs for row in run[part]["timeline"]], actors).calibration
        alone = np.mean([s.calibration for s in ours])
        lines.append(f"{title}, {heading}: calibration error {together:.3f} (theatre by theatre {alone:.3f})")
    return lines


def calibration_svg(points: Sequence[tuple[int, float, float]], title: str) -> str:
    """Draw said against was so: a circle a bin, on the diagonal where the probabilities are exact."""
    side, left, top = 320, 60, 40

    def x(value: float) -> float:
        return round(left + value * side, 1)

    def y(value: float) -> float:
        return round(top + (1 - value) * side, 1)

    ticks = [i / 5 for i in range(6)]
    grid = "".join(
        f'<path d="M{x(t)} {y(0)}V{y(1)}M{x(0)} {y(t)}H{x(1)}" stroke="#ddd"/>'
        f'<text x="{x(t)}" y="{y(0) + 18}" text-anchor="middle">{t:.1f}</text>'
        f'<text x="{x(0) - 8}" y="{y(t) + 4}" text-anchor="end">{t:.1f}</text>'
        for t in ticks
    )
    line = " ".join(f"{x(told_)},{y(right)}" for _, told_, right in points)
    dots = "".join(
        f'<circle cx="{x(told_)}" cy="{y(right)}" r="4"><title>said {told_:.2f}, was so {right:.2f}, {count} answers'
        f"</title></circle>"
        for count, told_, right in points
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side + 90} {side + 100}" width="{side + 90}" '
        f'height="{side + 100}" font-family="sans-serif" font-size="12" fill="#222" role="img">'
        f"<title>Calibration of the timeline, synthetic truth, {title}</title>"
        f'<rect width="100%" height="100%" fill="#fff"/><text x="{left}" y="24" font-size="14">Calibration: {title}</text>'
        f'{grid}<path d="M{x(0)} {y(0)}L{x(1)} {y(1)}" stroke="#888" stroke-dasharray="5 4"/>'
        f'<polyline points="{line}" fill="none" stroke="#1f5fa8" stroke-width="2"/><g fill="#1f5fa8">{dots}</g>'
        f'<text x="{x(0.5)}" y="{y(0) + 42}" text-anchor="middle">probability of the answer</text>'
        f'<text transform="translate(16 {y(0.5)}) rotate(-90)" text-anchor="middle">share of answers that were right</text>'
        "</svg>\n"
    )


# --- speed


def measure(size: str, folder: Path) -> dict[str, float]:
    """Compile a theatre in this process; seconds, and peak memory in MB before and after."""
    theatre = load_theatre(folder) if size == "bundled" else make(Recipe(places=33_000, reports=30_000)).theatre
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    started = time.perf_counter()
    intervals = Timeline(theatre).intervals
    seconds = time.perf_counter() - started
    return {
        "places": len(intervals),
        "claims": len(theatre.claims),
        "intervals": sum(map(len, intervals.values())),
        "seconds": seconds,
        "before": before,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def print_speed(folder: Path, runs: int) -> None:
    print("compiling the timeline from parsed claims: all intervals of all places, best run, each in its own process")
    columns = f"{'places':>7} {'claims':>7} {'intervals':>10} {'seconds':>8} {'peak MB':>8} {'before MB':>10}"
    print(f"{'':10} {columns}  target")
    for size, target in (("bundled", "1 s"), ("large", "5 s, 1,000 MB")):
        command = [sys.executable, __file__, "--measure", size, "--theatre", str(folder)]
        results: list[dict[str, float]] = [
            json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout) for _ in range(runs)
        ]
        best = min(results, key=lambda r: r["seconds"])
        print(
            f"{size:10} {best['places']:7.0f} {best['claims']:7.0f} {best['intervals']:10.0f} "
            f"{best['seconds']:8.2f} {best['peak']:8.0f} {best['before']:10.0f}  {target}"
        )
    print("before: peak of the process when its claims were ready, the making of the synthetic ones included")


PARTS = ("replay", "heldout", "synthetic", "speed")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--theatre", type=Path, default=ROOT / "seeds" / "iraq-syria", help="folder of the theatre")
    parser.add_argument("--quick", action="store_true", help="fewer seeds and questions: a minute in all")
    parser.add_argument("--only", default=",".join(PARTS), help=f"parts, of {','.join(PARTS)}")
    parser.add_argument("--plot", type=Path, help="write the calibration plot of the synthetic part, SVG")
    parser.add_argument("--seed", type=int, default=0, help="deals the folds (default 0)")
    parser.add_argument("--measure", choices=("bundled", "large"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(options.measure, options.theatre)))
        return
    wanted = options.only.split(",")
    if unknown := set(wanted) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    printers: dict[str, Callable[[], None]] = {
        "replay": lambda: print_replay(load_theatre(options.theatre)),
        "heldout": lambda: print_held_out(load_theatre(options.theatre), options.seed),
        "synthetic": lambda: print_synthetic(2 if options.quick else 5, 20 if options.quick else 100, options.plot),
        "speed": lambda: print_speed(options.theatre, 1 if options.quick else 3),
    }
    for number, part in enumerate(p for p in PARTS if p in wanted):
        if number:
            print(f"\n{'-' * 100}\n")
        printers[part]()


if __name__ == "__main__":
    main()
