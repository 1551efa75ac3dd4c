"""Every kind of event through every reader of the table: each does as the row says, and none knows a kind by itself."""

from __future__ import annotations

import ast
import string
from collections.abc import Callable, Iterator
from datetime import date
from itertools import groupby, product
from pathlib import Path

import pytest

from control.app.upload.columns import EVENTS
from control.assessment.chain import CHANGE, DEPARTURE, STATE
from control.assessment.columns.theatre import compile_columns
from control.assessment.events import gather_events
from control.assessment.explanation import Explanation
from control.assessment.model import Holding, Status
from control.assessment.policy import BALANCED
from control.assessment.testimony import said_to_hold, sides_of
from control.assessment.timeline import Timeline
from control.imports.mapping import read_readings
from control.record.event_kinds import Cover, EventKind, Meaning, Move, Side
from control.record.model import Claim
from control.record.tables import TableError
from control.upload.events import nearest_events, read_event
from control.upload.vocabulary import words
from control.words.assessments import event_words
from control.words.reasons import reason, sections
from tests.conftest import ROOT, report

TimelineOf = Callable[..., Timeline]

DOCS = ROOT / "docs" / "theatre-format.md"
CODE = ROOT / "control"
TABLE = CODE / "record" / "event_kinds.py"
ALPHA = "1"
TOLD, SOON_AFTER = date(2017, 4, 1), date(2017, 4, 4)
BEFORE = report("2017-02-01", "holds", "Blue Front", source="daily")
"""Blue has the place two months before Red takes, holds, besieges it ...: the two are not at odds."""

each_kind = pytest.mark.parametrize("kind", EventKind)


def told(kind: EventKind, actor: str = "Red Army", loser: str = "Blue Front") -> dict[str, object]:
    return report(TOLD.isoformat(), kind, actor, loser)


def claim_of(timeline: Timeline, kind: EventKind) -> Claim:
    (found,) = (c for c in timeline.theatre.claims if c.event is kind and c.window.first == TOLD)
    return found


def holder_after(meaning: Meaning) -> str:
    """Who has the place after an event by Red against Blue, who had it: what each row says, in one line."""
    return "red" if meaning.move or meaning.holder is Side.ACTOR or meaning.cover is Cover.PARTS else "blue"


_STATUS = {
    None: Status.CONTROLLED, Cover.FIGHTING: Status.CONTESTED, Cover.SIEGE: Status.BESIEGED, Cover.PARTS: Status.DIVIDED,
}  # fmt: skip


def status_after(meaning: Meaning) -> Status:
    return _STATUS[meaning.cover]


# --- what is read


@each_kind
def test_a_row_of_reports_may_name_it(timeline_of: TimelineOf, kind: EventKind) -> None:
    assert claim_of(timeline_of(told(kind)), kind).event is kind


@each_kind
@pytest.mark.parametrize("role", ["actor", "loser"])
def test_the_sides_it_needs(timeline_of: TimelineOf, kind: EventKind, role: str) -> None:
    need = kind.meaning.needs_actor if role == "actor" else kind.meaning.needs_loser
    expected = (
        [] if need is None else [f"{kind} without {need.lacks}; expected {need.expected}; fill the column {role}"]
    )
    theatre = timeline_of(told(kind, **{role: ""})).theatre
    assert [str(fault).split(": ", 1)[1] for fault in theatre.faults] == expected


@each_kind
@pytest.mark.parametrize("role", ["actor", "loser"])
def test_the_sides_it_needs_in_a_mapping(timeline_of: TimelineOf, tmp_path: Path, kind: EventKind, role: str) -> None:
    table = tmp_path / "map.csv"
    sides = {"actor": "red", "loser": "blue", role: ""}
    table.write_text(f"category,event,actor,loser\nX,{kind},{sides['actor']},{sides['loser']}\n", encoding="utf-8")
    theatre = timeline_of().theatre
    if kind.meaning.needs_actor if role == "actor" else kind.meaning.needs_loser:
        with pytest.raises(TableError, match=f"{kind} without an? {role}"):
            read_readings(table, theatre)
    else:
        assert read_readings(table, theatre)["x"][0].event is kind


def test_spreadsheets_have_words_for_each() -> None:
    assert set(words("events")) == set(EventKind)
    for kind in EventKind:
        assert {read_event(word) for word in (kind, *words("events")[kind])} == {kind}
        assert nearest_events(kind)[0] is kind


# --- what it comes to


@each_kind
def test_events_that_it_tells_of(timeline_of: TimelineOf, kind: EventKind) -> None:
    meaning = kind.meaning
    expected = {
        Move.TAKEN: [(CHANGE, "red", "blue")],
        Move.LEFT: [(CHANGE, "red", "blue")],
        None: [] if meaning.holder is None else [(STATE, "red" if meaning.holder is Side.ACTOR else "blue", None)],
    }[meaning.move]
    found = gather_events([claim_of(timeline_of(told(kind)), kind)], BALANCED)
    assert [(event.kind, event.gainer, event.loser) for event in found] == expected


@pytest.mark.parametrize("kind", [kind for kind in EventKind if kind.meaning.move is Move.LEFT])
def test_who_left_to_nobody(timeline_of: TimelineOf, kind: EventKind) -> None:
    timeline = timeline_of(told(kind, actor=""))
    found = gather_events([claim_of(timeline, kind)], BALANCED)
    assert [(event.kind, event.gainer, event.loser) for event in found] == [(DEPARTURE, None, "blue")]


@each_kind
def test_whom_it_names(timeline_of: TimelineOf, kind: EventKind) -> None:
    meaning = kind.meaning
    holder = {Side.ACTOR: "red", Side.LOSER: "blue", None: None}[meaning.holder]
    claim = claim_of(timeline_of(told(kind)), kind)
    assert said_to_hold(claim) == holder
    assert sides_of(claim) == (("blue", "red") if meaning.move else (holder, holder))


@each_kind
def test_what_the_place_becomes(timeline_of: TimelineOf, kind: EventKind) -> None:
    timeline = timeline_of(BEFORE, told(kind))
    holding = timeline.assess(ALPHA, SOON_AFTER).holding
    assert (holding.actor, holding.status) == (holder_after(kind.meaning), status_after(kind.meaning))
    (resolution,) = (r for place, r in timeline.resolutions.places.items() if place == ALPHA)
    unused = [rule for claim, rule in resolution.discarded if claim.event is kind]
    assert unused == ([kind.meaning.unused] if kind.meaning.unused else [])


@each_kind
def test_how_long_it_covers(timeline_of: TimelineOf, kind: EventKind) -> None:
    cover, much_later = kind.meaning.cover, date(2017, 9, 1)
    holding = timeline_of(BEFORE, told(kind)).assess(ALPHA, much_later).holding
    assert (holding.status is Status.BESIEGED) == (cover is Cover.SIEGE)
    assert (holding.status is Status.DIVIDED) == (cover is Cover.PARTS)
    assert holding.status is not Status.CONTESTED


@each_kind
@pytest.mark.parametrize("cover", list(Cover))
def test_what_ends_fighting_and_sieges(timeline_of: TimelineOf, kind: EventKind, cover: Cover) -> None:
    """An event by those inside, the third day after: that they go on holding the place does not lift a siege."""
    begun = next(kind for kind in EventKind if kind.meaning.cover is cover)
    timeline = timeline_of(
        BEFORE, told(begun), report("2017-04-03", kind, "Blue Front", "Red Army", credibility=6, source="wire")
    )
    open_ = {Status.CONTESTED, Status.BESIEGED, Status.DIVIDED}
    ended = kind.meaning.settles and not (kind.meaning.goes_on and cover is Cover.SIEGE)
    if cover is Cover.PARTS and kind.meaning.move is None and not kind.meaning.goes_on:
        ended = False  # that a siege was lifted tells of one part of a divided place alone
    goes_on = not ended or kind.meaning.cover is not None
    assert (timeline.assess(ALPHA, SOON_AFTER).holding.status in open_) == goes_on


@each_kind
def test_columns_have_the_same_intervals(timeline_of: TimelineOf, kind: EventKind) -> None:
    timeline = timeline_of(BEFORE, told(kind), report("2017-05-01", "holds", "Blue Front"))
    found = compile_columns(timeline.theatre)
    rows = [found.intervals.holding(row, found.actors) for row in range(len(found.intervals))]
    plain = [i.holding for place in found.places for i in timeline.intervals[place]]
    assert [_bare(holding) for holding in rows] == [_bare(holding) for holding in plain]


def _bare(holding: Holding) -> tuple[object, ...]:
    return holding.status, holding.actor, holding.rivals, holding.besieger


# --- what is said of it


@each_kind
@pytest.mark.parametrize(("actor", "loser"), list(product(["Red Army", ""], ["Blue Front", ""])))
def test_its_sentence(timeline_of: TimelineOf, kind: EventKind, actor: str, loser: str) -> None:
    meaning = kind.meaning
    if (meaning.needs_actor and not actor) or (meaning.needs_loser and not loser):
        return  # no such report can be made
    timeline = timeline_of(told(kind, actor, loser))
    said = event_words(timeline.theatre, claim_of(timeline, kind))
    fields = {field for _, field, _, _ in string.Formatter().parse(meaning.words) if field}
    assert fields <= {"actor", "loser", "from_loser", "to_actor", "before_actor", "held_by", "between"}
    assert bool(meaning.words_since) == meaning.lasts == ("{since}" in meaning.words_since)
    both = {"between"} if actor and loser else set()
    assert ("Red" in said) == bool(actor and fields & {"actor", "to_actor", "before_actor", *both})
    assert ("Blue" in said) == bool(loser and fields & {"loser", "from_loser", "held_by", *both})
    assert said == said.strip()
    assert "{" not in said


@each_kind
def test_its_reason(timeline_of: TimelineOf, kind: EventKind) -> None:
    timeline = timeline_of(BEFORE, told(kind))
    why: Explanation = timeline.why(ALPHA, SOON_AFTER)
    claim = claim_of(timeline, kind)
    every = (*why.supporting, *why.contradicting, *why.other, *why.discarded)
    (weighed,) = (w for w in every if w.claim is claim)
    if not kind.meaning.unused:
        said = reason(timeline.theatre, why, weighed)
        assert bool(kind.meaning.deed) == (kind.meaning.holder is not None or kind.meaning.move is not None)
        did = "came to hold it" if kind.meaning.move is Move.LEFT else kind.meaning.deed.format(enemy="Red Army")
        assert did in said
    heads = {section.heading for section in sections(timeline.theatre, why) for w in section.items if w.claim is claim}
    assert len(heads) == 1
    assert ("Not used" in heads) == bool(kind.meaning.unused)
    assert why.assessment.holding.status is Status.CONTROLLED or claim in {w.claim for w in why.supporting}


def test_the_app_offers_those_that_one_side_is_enough_for() -> None:
    assert {kind: kind.meaning.of_one for kind in EventKind if kind.meaning.of_one} == EVENTS
    for kind in EVENTS:  # `the army withdrew`: the one side that is named becomes the loser
        needs_both = kind.meaning.needs_actor and kind.meaning.needs_loser
        assert not needs_both


# --- docs/theatre-format.md


def documented() -> list[str]:
    """The table of events as the page must have it: kinds that say the same share a line."""

    def line(kind: EventKind) -> str:
        meaning = kind.meaning
        sides = [s for s, need in (("`actor`", meaning.needs_actor), ("`loser`", meaning.needs_loser)) if need]
        return f"{meaning.says} | {', '.join(sides)} | {meaning.cover.value if meaning.cover else ''} |"

    order = {text: number for number, text in reversed(list(enumerate(map(line, EventKind))))}
    kinds = sorted(EventKind, key=lambda kind: order[line(kind)])
    return [f"| {', '.join(f'`{kind}`' for kind in same)} | {text}" for text, same in groupby(kinds, key=line)]


def test_the_page_on_theatres_has_the_table() -> None:
    text = DOCS.read_text(encoding="utf-8")
    head = "| event | says | must name | status over the holder |\n|---|---|---|---|\n"
    table = text.split(head)[1].split("\n\n")[0].strip().splitlines()
    assert table == documented()


# --- and nobody else


ALLOWED = {
    "imports/mapping.py": "the column `event` of a status table is a vocabulary of three words of its own",
}


def second_homes(tree: ast.AST) -> Iterator[int]:
    """Lines that tell kinds apart: a comparison, set or table with members of `EventKind` in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            parts: list[ast.expr | None] = [node.left, *node.comparators]
        elif isinstance(node, ast.Dict):
            parts = list(node.keys)
        elif isinstance(node, ast.Set):
            parts = list(node.elts)
        elif isinstance(node, ast.match_case):
            parts = [n for n in ast.walk(node.pattern) if isinstance(n, ast.expr)]
        else:
            continue
        for part in parts:
            for inner in ast.walk(part) if part else ():
                if isinstance(inner, ast.Attribute) and ast.unparse(inner.value) == "EventKind":
                    yield inner.lineno


@pytest.mark.parametrize(
    "code",
    [
        "claim.event is EventKind.HOLDS", "claim.event in {EventKind.LOST, EventKind.WITHDREW}",
        "claims.event == CODE[EventKind.BESIEGED]", "{EventKind.HOLDS: 'held'}", "FIGHTS = {EventKind.CONTESTED}",
        "match event:\n    case EventKind.LOST:\n        pass",
    ],
)  # fmt: skip
def test_second_homes_are_found(code: str) -> None:
    assert list(second_homes(ast.parse(code)))


def test_nobody_else_tells_kinds_apart() -> None:
    found = {
        path.relative_to(CODE).as_posix(): lines
        for path in sorted(CODE.rglob("*.py"))
        if path != TABLE and (lines := sorted(second_homes(ast.parse(path.read_text(encoding="utf-8")))))
    }
    assert set(found) == set(ALLOWED), found
