"""Claims in columns against the plain rule: the same intervals, to the last bit of their probabilities."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from control.assessment.columns import compiled
from control.assessment.columns.columns import columns_of
from control.assessment.columns.compiled import IntervalColumns, compile_claims
from control.assessment.columns.theatre import compile_columns
from control.assessment.model import Holding, Status
from control.assessment.policy import BALANCED, Policy, load_policy
from control.assessment.resolutions import Resolutions
from control.assessment.resolve import resolve_all
from control.assessment.timeline import Timeline
from control.record.dates import DateWindow
from control.record.event_kinds import EventKind, Move
from control.record.fault import Origin
from control.record.model import Claim, Report, Source
from control.record.theatre import Theatre
from tests.theatres import theatre_of

START, END = date(2017, 1, 1), date(2017, 7, 1)
PLACES = ["alpha", "beta", "gamma"]
ACTORS = ["amber", "blue", "cyan", "drab"]
DAY = DateWindow(START, START, "")
OUTLETS = [
    Source(f"s{number}", "", "", DAY, "", family, grade, aligned_with=side)
    for number, (family, grade, side) in enumerate(
        [("wire", "A", None), ("wire", "C", None), ("radio", "C", "blue"), ("blog", "E", "amber"), ("blog", "B", None)]
    )
]
REPORT = Report(Origin("reports.csv", 2), DAY, "", EventKind.HOLDS, "")

Row = tuple[str, date, date, Holding, bool]


def plain_rows(found: Resolutions, places: Sequence[str]) -> tuple[list[Row], list[float | None]]:
    """Intervals of the plain rule, and the probability of the holder on the first day of each."""
    rows, sure = [], []
    for place_id in places:
        for i in found.places[place_id].intervals:
            rows.append((place_id, i.start, i.end, replace(i.holding, rule=""), i.assumed))
            actor = i.holding.actor
            alone = actor if i.holding.status is not Status.DIVIDED else None
            sure.append(found.probability(place_id, alone, [i.start])[0] if alone else None)
    return rows, sure


def column_rows(
    claims: Sequence[Claim],
    places: Sequence[str],
    actors: Sequence[str],
    span: tuple[date, date],
    policy: Policy,
    known_on: date | None = None,
    active_from: Mapping[str, date] | None = None,
) -> tuple[list[Row], list[float | None]]:
    table, outlets = columns_of(claims, places, actors)
    found = compile_claims(
        table, outlets, places=len(places), actors=len(actors), start=span[0], end=span[1], policy=policy,
        known_on=known_on, active_from={actors.index(actor): day for actor, day in (active_from or {}).items()},
    )  # fmt: skip
    return rows_of(found, places, actors)


def rows_of(
    found: IntervalColumns, places: Sequence[str], actors: Sequence[str]
) -> tuple[list[Row], list[float | None]]:
    rows = [
        (
            places[found.place[n]], date.fromordinal(found.start[n]), date.fromordinal(found.end[n]),
            found.holding(n, actors), bool(found.assumed[n]),
        )
        for n in range(len(found))
    ]  # fmt: skip
    return rows, [None if math.isnan(p) else p for p in found.probability.tolist()]


def assert_same(found: tuple[list[Row], list[float | None]], expected: tuple[list[Row], list[float | None]]) -> None:
    assert found[0] == expected[0]
    for mine, theirs in zip(found[1], expected[1], strict=True):
        assert mine is theirs is None or mine == pytest.approx(theirs, abs=1e-9)


@st.composite
def claims(draw: st.DrawFn) -> list[Claim]:
    """Claims crowded into a few days before, in and after the span, so that they meet in every way."""
    made = []
    for number in range(draw(st.integers(0, 14))):
        event = draw(st.sampled_from(list(EventKind)))
        leaves = event.meaning.move is Move.LEFT
        actor, loser = draw(st.permutations(ACTORS))[:2]
        first = START + timedelta(days=draw(st.integers(-20, 60) | st.integers(150, 200)))
        last = first + timedelta(days=draw(st.sampled_from([0, 0, 0, 1, 6, 7, 30])))
        several = event.meaning.is_of_several and draw(st.booleans())
        since = first - timedelta(days=draw(st.integers(0, 50)))
        begun = DateWindow(since, min(last, since + timedelta(days=draw(st.sampled_from([0, 0, 30])))), "")
        dated = event.meaning.lasts and draw(st.booleans())
        attack = event in {EventKind.BESIEGED, EventKind.OFFENSIVE_STARTED}
        made.append(
            Claim(
                id=f"{draw(st.integers(0, 9))}{number:02d}",
                place_id=draw(st.sampled_from(PLACES[:2])),
                event=event,
                actor=None if event is EventKind.CEASEFIRE or (leaves and draw(st.booleans())) else actor,
                loser=loser if attack or leaves or several or event.meaning.has_shares or draw(st.booleans()) else None,
                window=DateWindow(first, last, ""),
                published=DateWindow(last, last + timedelta(days=draw(st.integers(0, 40))), ""),
                source=draw(st.sampled_from(OUTLETS)),
                credibility=draw(st.sampled_from([2, 3, 6])),
                place_score=draw(st.sampled_from([1.0, 0.9])),
                report=replace(REPORT, since=begun) if dated else REPORT,
                shares=(0.3, 0.7) if event.meaning.has_shares and not several and draw(st.booleans()) else (),
                others=tuple(a for a in ACTORS if a not in {actor, loser})[: draw(st.integers(1, 2))]
                if several
                else (),
            )
        )
    return made


policies = st.sampled_from(
    [
        BALANCED,
        load_policy("strict"),
        load_policy("claims-only"),
        load_policy("against-interest"),
        replace(BALANCED, group_days=0, contested_days=3, look_back_days=5, evidence_days=4, hazard=0.05),
        replace(BALANCED, besieged_days=9, siege_silence_days=2, settled_within_days=5, settling_weight=0.7),
        replace(BALANCED, least_probability=0.1, contested_margin=0.9, group_days=60),
    ]
)


@given(
    told=claims(),
    policy=policies,
    known_on=st.none() | st.integers(0, 80).map(lambda n: START + timedelta(days=n)),
    active_from=st.dictionaries(st.sampled_from(ACTORS), st.integers(-5, 90).map(lambda n: START + timedelta(days=n))),
)
@settings(max_examples=150, deadline=None)
def test_any_claims_give_the_intervals_of_the_plain_rule(
    told: list[Claim], policy: Policy, known_on: date | None, active_from: dict[str, date]
) -> None:
    of_place: dict[str, list[Claim]] = defaultdict(list)
    for claim in told:
        if known_on is None or claim.known_from <= known_on:
            of_place[claim.place_id].append(claim)
    expected = resolve_all({p: of_place[p] for p in PLACES}, policy, START, END, active_from)
    found = column_rows(told, PLACES, ACTORS, (START, END), policy, known_on, active_from)
    assert_same(found, plain_rows(expected, PLACES))


def of_theatre(theatre: Theatre, policy: Policy, known_on: date | None) -> tuple[list[Row], list[float | None]]:
    found = compile_columns(theatre, policy, known_on)
    return rows_of(found.intervals, found.places, found.actors)


@pytest.mark.parametrize("folder", ["iraq-syria", "ukraine"])
def test_a_bundled_theatre_has_the_intervals_of_its_timeline(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    theatre = theatre_of(folder)
    middle = theatre.settings.start + (theatre.settings.end - theatre.settings.start) / 2
    for policy, known_on in ((BALANCED, None), (load_policy("strict"), middle)):
        timeline = Timeline(theatre, policy, known_on)
        expected = plain_rows(timeline.resolutions, list(timeline.intervals))
        assert_same(of_theatre(theatre, policy, known_on), expected)
    monkeypatch.setattr(compiled, "BATCH", 100)  # many batches
    assert_same(of_theatre(theatre, policy, known_on), expected)


def test_many_actors_at_one_place_are_rivals() -> None:
    # 70 actors are said to fight for one place on one day: all of them are rivals.
    actors = [f"actor-{number:02d}" for number in range(70)]
    day = START + timedelta(days=10)
    window = DateWindow(day, day, "")
    told = [
        Claim(f"{n:03d}", "alpha", EventKind.CONTESTED, actor, None, window, DAY, OUTLETS[0], 2, 1.0, REPORT)
        for n, actor in enumerate(actors)
    ]  # fmt: skip
    expected = resolve_all({"alpha": told}, BALANCED, START, END)
    found = column_rows(told, ["alpha"], actors, (START, END), BALANCED)
    assert_same(found, plain_rows(expected, ["alpha"]))
    assert [row[3].rivals for row in found[0]] == [(), tuple(actors), ()]


def test_no_claims_leave_every_place_unknown() -> None:
    assert column_rows([], PLACES, ACTORS, (START, END), BALANCED) == plain_rows(
        resolve_all({p: [] for p in PLACES}, BALANCED, START, END), PLACES
    )
