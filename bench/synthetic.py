"""A theatre whose true history is known: moving fronts, sieges, and sources that err, copy and lie.

Real records never say who held a town on the days nobody wrote about. Here the truth is made first, every day of every
place, and reports are drawn from it. Nothing in it is shaped after the model that is tested: places change hands because
fields of strength drift over a plane, not by a Markov chain. Same recipe, same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from control.record.dates import parse_window
from control.record.event_kinds import EventKind, Move
from control.record.fault import Origin
from control.record.model import Actor, Claim, Report, Source, claim_id
from control.record.theatre import Settings, Theatre
from geo.gazetteer import Gazetteer
from geo.place import LonLat, Place, PlaceKind

START = date(2013, 1, 1)
SIDE_KM = 400
"""The plane is a square of so many kilometres; its south-west corner is at `CORNER`."""
CORNER = LonLat(38.0, 33.0)
DELAY_DAYS = 3
"""A report dates a change up to so many days late; a claim is true when it held within so many days before its date."""

ERRORS_OF_GRADES = {"A": 0.05, "B": 0.12, "C": 0.25, "D": 0.45, "E": 0.65}
"""How often the grades err, relative to each other, when sources are what their grades say."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """A source of the synthetic theatre: how much it writes, and for whom (number of an actor)."""

    id: str
    family: str
    grade: str
    volume: float
    side: int | None = None


OUTLETS = (
    Outlet("wire", "wire", "A", 2),
    Outlet("wire-copy", "wire", "B", 2),
    Outlet("daily", "daily", "B", 3),
    Outlet("broadcaster", "broadcaster", "B", 2),
    Outlet("weekly", "weekly", "C", 3),
    Outlet("monitor", "monitor", "C", 3),
    Outlet("monitor-copy", "monitor", "D", 2),
    Outlet("local", "local", "D", 2),
    Outlet("blog", "local", "E", 2),
    Outlet("radio-1", "radio-1", "C", 2, side=1),
    Outlet("radio-2", "radio-2", "D", 1, side=2),
)
LIAR = Outlet("loudspeaker", "loudspeaker", "C", 0, side=0)
"""Speaks for the first actor, writes much, and is graded better than it deserves."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What theatre to make.

    Attributes
    ----------
    places, actors, days
        Size of the theatre; the span starts on `START`.
    false_share
        Share, 0-1, of reports naming a holder who did not hold the place; the lying source and wrong toponyms come on top.
    wrong_toponyms
        Share, 0-1, of reports that are answered with another place than was meant.
    lying_source
        Add `LIAR`: one report of six is its, and of those six of ten give its side a place that it does not hold.
    grades_match
        Whether bad grades err more often (`ERRORS_OF_GRADES`), or all outlets alike.
    reports
        Keep so many reports, drawn at random; `None` keeps all (about four a place).
    river
        How much weaker each side is across the river (`river_x`) from its home; 0 is no river. Sides differ in strength by
        about 1 from front to hinterland.
    """

    places: int = 300
    actors: int = 4
    days: int = 1461
    false_share: float = 0.0
    wrong_toponyms: float = 0.0
    lying_source: bool = False
    grades_match: bool = True
    reports: int | None = None
    river: float = 0.0
    seed: int = 0


@dataclass(frozen=True)
class Synthetic:
    """A theatre and the truth behind it.

    Attributes
    ----------
    holders
        Array (day, place) of actor numbers, int8; places in the order of `place_ids`, actors in the order of `actor_ids`.
    """

    recipe: Recipe
    theatre: Theatre
    holders: NDArray[np.int8]
    place_ids: tuple[str, ...]
    actor_ids: tuple[str, ...]

    @cached_property
    def _columns(self) -> dict[str, int]:
        return {place_id: column for column, place_id in enumerate(self.place_ids)}

    def holder(self, place_id: str, day: date) -> str:
        """Who truly held a place on a day of the span."""
        return self.actor_ids[int(self.holders[(day - START).days, self._columns[place_id]])]

    def history(self, place_id: str) -> list[tuple[date, date, str]]:
        """Return the true tenures of a place, half-open [start, end): they tile the span."""
        track = self.holders[:, self._columns[place_id]]
        cuts = [0, *(np.flatnonzero(np.diff(track)) + 1).tolist(), len(track)]
        return [
            (START + timedelta(days=a), START + timedelta(days=b), self.actor_ids[track[a]])
            for a, b in zip(cuts, cuts[1:], strict=False)
        ]

    def is_true(self, claim: Claim) -> bool:
        """Whether the side that a claim names held the place in its window, or within the reporting delay before it."""
        named = claim.loser if claim.event is EventKind.BESIEGED else claim.actor
        first = max(0, (claim.window.first - START).days - DELAY_DAYS)
        last = (claim.window.last - START).days
        track = self.holders[first : last + 1, self._columns[claim.place_id]]
        return named in {self.actor_ids[number] for number in np.unique(track)}

    def false_share(self) -> float:
        """Measured share of the claims naming a holder that are false, 0-1."""
        naming = [
            c
            for c in self.theatre.claims
            if c.event.meaning.move is not Move.LEFT and c.event is not EventKind.CONTESTED
        ]
        return sum(not self.is_true(c) for c in naming) / max(1, len(naming))


@dataclass(frozen=True, slots=True)
class _Draft:
    """A report before it has a source's words: numbers instead of names, days since `START`."""

    place: int
    day: int
    event: EventKind
    actor: int | None
    loser: int | None
    outlet: Outlet
    is_false: bool = False
    coarse: bool = False


@dataclass(frozen=True, slots=True)
class _Truth:
    """Arrays (day, place), int8: who holds, who is strongest in the field, who comes second to the holder."""

    holders: NDArray[np.int8]
    leaders: NDArray[np.int8]
    rivals: NDArray[np.int8]


def make(recipe: Recipe) -> Synthetic:
    """Make a theatre by a recipe."""
    rng = np.random.default_rng(recipe.seed)
    positions = rng.uniform(0, SIDE_KM, (recipe.places, 2))
    strongholds = rng.random(recipe.places) < 0.1
    truth = _fronts(rng, recipe, positions, strongholds)
    drafts = list(_reports(rng, recipe, truth, np.flatnonzero(strongholds)))
    if recipe.reports is not None and len(drafts) > recipe.reports:
        kept = np.sort(rng.choice(len(drafts), recipe.reports, replace=False))
        drafts = [drafts[i] for i in kept]
    theatre = _theatre(recipe, positions)
    claims = _claims(rng, recipe, drafts, theatre)
    return Synthetic(
        recipe,
        replace(theatre, claims=claims),
        truth.holders,
        tuple(_place_id(i) for i in range(recipe.places)),
        tuple(theatre.actors),
    )


def _fronts(
    rng: np.random.Generator, recipe: Recipe, positions: NDArray[np.float64], strongholds: NDArray[np.bool_]
) -> _Truth:
    """Let fields of strength drift; a place falls when another side is stronger there by more than it can withstand."""
    n, k, waves = recipe.places, recipe.actors, 8
    turn = 2 * np.pi * (np.arange(k) + rng.random()) / k
    homes = SIDE_KM / 2 + 0.32 * SIDE_KM * np.column_stack([np.cos(turn), np.sin(turn)])
    homeland = -np.linalg.norm(positions[:, None] - homes, axis=2) / 100 + rng.normal(0, 0.15, (n, k))
    homeland -= recipe.river * (_is_east(positions)[:, None] != _is_east(homes)[None, :])
    length, angle = rng.uniform(80, 320, waves), rng.uniform(0, 2 * np.pi, waves)
    vectors = 2 * np.pi / length * np.stack([np.cos(angle), np.sin(angle)])
    ripples = np.cos(positions @ vectors + rng.uniform(0, 2 * np.pi, waves))
    withstands = np.where(strongholds, 1.4, 0.4)

    might, bends = rng.normal(0, 0.7, k), rng.normal(0, 0.25, (waves, k))
    local = rng.normal(0, 0.1, (n, k))
    holders = np.empty((recipe.days, n), np.int8)
    leaders, rivals = np.empty_like(holders), np.empty_like(holders)
    held = np.argmax(homeland + might + ripples @ bends + local, axis=1)
    rows = np.arange(n)
    for day in range(recipe.days):
        might = _drift(rng, might, 0.7, 1200)  # the fortunes of war
        bends = _drift(rng, bends, 0.25, 500)  # advances and salients
        local = _drift(rng, local, 0.1, 20)  # back and forth at the line
        strength = homeland + might + ripples @ bends + local
        leader = np.argmax(strength, axis=1)
        margin = strength[rows, leader] - strength[rows, held]
        held = np.where(margin > withstands, leader, held)
        holders[day], leaders[day] = held, np.where(margin > 0.4, leader, held)
        strength[rows, held] = -np.inf
        rivals[day] = np.argmax(strength, axis=1)
    return _Truth(holders, leaders, rivals)


def river_x(y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return where the river is, km east of the corner, `y` km north of it: it meanders from south to north."""
    return np.asarray(SIDE_KM / 2 + 25 * np.sin(2 * np.pi * y / 130) + 6 * np.sin(2 * np.pi * y / 31))


def _is_east(positions: NDArray[np.float64]) -> NDArray[np.bool_]:
    return np.asarray(positions[:, 0] > river_x(positions[:, 1]))


def _drift(
    rng: np.random.Generator, values: NDArray[np.float64], spread: float, memory_days: float
) -> NDArray[np.float64]:
    """One day of a process that forgets in `memory_days` and stays within about twice its spread."""
    kept = np.exp(-1 / memory_days)
    moved: NDArray[np.float64] = kept * values + spread * np.sqrt(1 - kept**2) * rng.normal(size=values.shape)
    return moved


def _reports(
    rng: np.random.Generator, recipe: Recipe, truth: _Truth, strongholds: NDArray[np.int64]
) -> Iterator[_Draft]:
    """Draw what is written: true reports, of which some are turned into false ones, copies, and the liar's."""
    errors = _error_rates(recipe)
    volumes = np.array([o.volume for o in OUTLETS])
    fame = rng.lognormal(-0.3, 0.8, recipe.places)
    written = 0
    for draft in _true_reports(rng, recipe, truth, strongholds, fame):
        outlet = OUTLETS[rng.choice(len(OUTLETS), p=volumes / volumes.sum())]
        told: _Draft | None = replace(draft, outlet=outlet)
        names_holder = draft.event is not EventKind.CONTESTED
        if names_holder and rng.random() < errors[outlet.id]:
            told = _falsified(rng, recipe, truth, replace(draft, outlet=outlet))
        if told is None:
            continue
        yield told
        written += 1
        for other in OUTLETS:
            if other.family == outlet.family and other is not outlet and rng.random() < 0.35:
                yield replace(told, outlet=other, day=min(told.day + int(rng.integers(0, 2)), recipe.days - 1))
                written += 1
    if recipe.lying_source:
        yield from _lies(rng, recipe, truth, fame, written // 5)


def _error_rates(recipe: Recipe) -> dict[str, float]:
    """How often each outlet errs, such that the reports as a whole have the share of the recipe."""
    if not recipe.grades_match:
        return {o.id: recipe.false_share for o in OUTLETS}
    mean = sum(o.volume * ERRORS_OF_GRADES[o.grade] for o in OUTLETS) / sum(o.volume for o in OUTLETS)
    return {o.id: min(0.95, recipe.false_share * ERRORS_OF_GRADES[o.grade] / mean) for o in OUTLETS}


def _true_reports(
    rng: np.random.Generator,
    recipe: Recipe,
    truth: _Truth,
    strongholds: NDArray[np.int64],
    fame: NDArray[np.float64],
) -> Iterator[_Draft]:
    anyone = OUTLETS[0]
    days, places = np.nonzero(np.diff(truth.holders, axis=0))
    for before, place in zip(days.tolist(), places.tolist(), strict=True):
        day = before + 1
        loser, actor = int(truth.holders[before, place]), int(truth.holders[day, place])
        for _ in range(rng.poisson(0.9 * fame[place])):
            dated = day + int(rng.integers(0, DELAY_DAYS + 1))
            if dated < recipe.days:
                named = loser if rng.random() < 0.7 else None
                event = EventKind.CAPTURED if rng.random() < 0.8 else EventKind.RECAPTURED
                yield _Draft(place, dated, event, actor, named, anyone, coarse=rng.random() < 0.08)
        if rng.random() < 0.4 * min(1, fame[place]):
            yield _Draft(place, max(0, day - int(rng.integers(1, 15))), EventKind.CONTESTED, actor, loser, anyone)
    for place, count in enumerate(rng.poisson(1.1 * fame)):
        for day in rng.integers(0, recipe.days, count).tolist():
            yield _Draft(place, day, EventKind.HOLDS, int(truth.holders[day, place]), None, anyone)
    yield from _sieges(rng, truth, strongholds)


def _sieges(rng: np.random.Generator, truth: _Truth, strongholds: NDArray[np.int64]) -> Iterator[_Draft]:
    """Report strongholds that stand while the ground around them has fallen as besieged, and as relieved."""
    for place in strongholds.tolist():
        track, leader = truth.holders[:, place], truth.leaders[:, place]
        cuts = [0, *(np.flatnonzero(np.diff(leader.astype(np.int16) * 256 + track)) + 1).tolist(), len(track)]
        for first, last in zip(cuts, cuts[1:], strict=False):
            inside, outside = int(track[first]), int(leader[first])
            if inside == outside or last - first < 20 or rng.random() < 0.4:
                continue
            yield _Draft(place, first, EventKind.BESIEGED, outside, inside, OUTLETS[0])
            if last < len(track) and track[last] == inside:
                yield _Draft(place, last, EventKind.SIEGE_LIFTED, inside, outside, OUTLETS[0])


def _falsified(rng: np.random.Generator, recipe: Recipe, truth: _Truth, draft: _Draft) -> _Draft | None:
    """Turn a true report into a false one of the same kind: too early, or never so; `None` where no lie can be told."""
    for _ in range(12):
        place, day = draft.place, draft.day
        if draft.event in {EventKind.HOLDS, EventKind.SIEGE_LIFTED, EventKind.BESIEGED}:
            false = replace(draft, event=EventKind.HOLDS, loser=None, actor=_wrong_side(rng, recipe, truth, draft, day))
        elif rng.random() < 0.35:  # the capture is announced weeks before it happens
            early = max(0, day - int(rng.integers(10, 90)))
            false = replace(draft, day=early, loser=int(truth.holders[early, place]))
        else:
            invented = int(rng.integers(0, recipe.days))
            actor = _wrong_side(rng, recipe, truth, draft, invented)
            false = replace(draft, day=invented, actor=actor, loser=int(truth.holders[invented, place]))
        if false.event is not EventKind.HOLDS and rng.random() < 0.3:
            false = replace(false, loser=None)
        track = truth.holders[max(0, false.day - 35) : false.day + 35, place]
        if false.actor != false.loser and not np.any(track == false.actor):
            return replace(false, is_false=True)
    return None


def _wrong_side(rng: np.random.Generator, recipe: Recipe, truth: _Truth, draft: _Draft, day: int) -> int:
    """Who is said to hold a place that somebody else holds: the outlet's own side, a near rival, or anybody."""
    holder = int(truth.holders[day, draft.place])
    if draft.outlet.side is not None and draft.outlet.side != holder and rng.random() < 0.7:
        return draft.outlet.side
    if rng.random() < 0.6:
        return int(truth.rivals[day, draft.place])
    return int((holder + rng.integers(1, recipe.actors)) % recipe.actors)


def _lies(
    rng: np.random.Generator, recipe: Recipe, truth: _Truth, fame: NDArray[np.float64], count: int
) -> Iterator[_Draft]:
    """Write the liar's reports: six of ten give its side a place it does not hold, preferably one where it is strong."""
    side, told = 0, 0
    while told < count:
        place = int(rng.choice(recipe.places, p=fame / fame.sum()))
        day = int(rng.integers(0, recipe.days))
        holder = int(truth.holders[day, place])
        lie = rng.random() < 0.6
        if lie == (holder == side) or (lie and truth.rivals[day, place] != side and rng.random() < 0.7):
            continue
        event = EventKind.CAPTURED if lie and rng.random() < 0.6 else EventKind.HOLDS
        loser = holder if event is EventKind.CAPTURED else None
        yield _Draft(place, day, event, side, loser, LIAR, is_false=lie)
        told += 1


def _claims(rng: np.random.Generator, recipe: Recipe, drafts: Iterable[_Draft], theatre: Theatre) -> tuple[Claim, ...]:
    """Write the drafts out as claims; some toponyms are answered with a wrong place."""
    found: dict[str, Claim] = {}
    for line, draft in enumerate(drafts, start=2):
        moved = rng.random() < recipe.wrong_toponyms
        meant = draft.place
        place = int((meant + rng.integers(1, recipe.places)) % recipe.places) if moved else meant
        day = START + timedelta(days=draft.day)
        window = parse_window(f"{day:%Y-%m}" if draft.coarse else day.isoformat())
        published = window.last + timedelta(days=int(rng.integers(0, 3)))
        weights = (0.55, 0.25, 0.1, 0.1) if draft.is_false else (0.75, 0.15, 0.02, 0.08)
        credibility = (2, 3, 4, 6)[rng.choice(4, p=weights)]
        score = rng.uniform(0.75, 1) if moved else min(1.0, rng.uniform(0.9, 1.1))
        actor = "" if draft.actor is None else _actor_id(draft.actor)
        loser = "" if draft.loser is None else _actor_id(draft.loser)
        report = Report(
            origin=Origin("reports.csv", line),
            event_date=window,
            place=_place_id(meant),
            event=draft.event,
            source=draft.outlet.id,
            actor=actor,
            loser=loser,
            published=parse_window(published.isoformat()),
            credibility=credibility,
        )
        claim = Claim(
            id=claim_id(report, _place_id(place), parse_window(published.isoformat())),
            place_id=_place_id(place),
            event=draft.event,
            actor=actor or None,
            loser=loser or None,
            window=window,
            published=parse_window(published.isoformat()),
            source=theatre.sources[draft.outlet.id],
            credibility=credibility,
            place_score=round(float(score), 3),
            report=report,
        )
        found[claim.id] = claim
    return tuple(sorted(found.values(), key=lambda c: (c.window.middle, c.place_id, c.id)))


def _theatre(recipe: Recipe, positions: NDArray[np.float64]) -> Theatre:
    """Make the theatre without its claims."""
    end = START + timedelta(days=recipe.days)
    east, north = CORNER.lon + SIDE_KM / 92, CORNER.lat + SIDE_KM / 111
    box = (CORNER.lon, CORNER.lat, east, north)
    settings = Settings(
        id="synthetic",
        title="Synthetic",
        countries=("AA",),
        bbox=box,
        start=START,
        end=end,
        opening_date=START,
        opening_bbox=box,
        licence="CC0",
        attribution="nobody",
    )
    places = [
        Place(
            id=_place_id(i),
            name=f"Place {i}",
            position=LonLat(round(CORNER.lon + x / 92, 5), round(CORNER.lat + y / 111, 5)),
            country="AA",
            kind=PlaceKind.TOWN,
        )
        for i, (x, y) in enumerate(positions.tolist())
    ]
    actors = [Actor(_actor_id(i), f"Actor {i}", f"Actor {i}", f"#{40 * i + 40:02x}4060") for i in range(recipe.actors)]
    made = parse_window(end.isoformat())
    sources = [
        Source(o.id, o.id, o.id, made, o.id, o.family, o.grade, aligned_with=_side_id(o, recipe))
        for o in (*OUTLETS, LIAR)
    ]
    return Theatre(
        folder=Path("synthetic"),
        settings=settings,
        gazetteer=Gazetteer(places),
        actors={a.id: a for a in actors},
        sources={s.id: s for s in sources},
        claims=(),
        duplicates=(),
        waiting=(),
        faults=(),
    )


def _side_id(outlet: Outlet, recipe: Recipe) -> str | None:
    return None if outlet.side is None or outlet.side >= recipe.actors else _actor_id(outlet.side)


def _place_id(number: int) -> str:
    return f"p{number:05d}"


def _actor_id(number: int) -> str:
    return f"actor-{number}"
