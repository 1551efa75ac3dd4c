"""The laws of the model, for any set of reports; those of whole theatres stand in test_laws_of_theatres.py."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from control.assessment.model import Status
from control.assessment.policy import BALANCED
from control.assessment.resolutions import Resolution
from control.assessment.resolve import resolve_all
from control.assessment.timeline import Timeline
from control.export.geodata.geojson import dump_geojson, snapshot_to_geojson
from control.record.dates import DateWindow, parse_window
from control.record.event_kinds import EventKind, Move
from control.record.fault import Origin
from control.record.model import Claim, Report, Source, claim_id
from control.record.theatre import load_theatre
from control.snapshot import take_snapshot
from tests.conftest import ACTORS, BUNDLED, SOURCES, report, write_rows
from tests.theatres import timeline_of

START, END = date(2017, 1, 1), date(2018, 1, 1)
SIDES = ["Red Army", "Blue Front", "Green Party"]
days = st.dates(START, END - timedelta(days=1))


@st.composite
def rows(draw: st.DrawFn) -> dict[str, Any]:
    """Any row that validates: each event with the sides it needs."""
    event = draw(st.sampled_from(list(EventKind)))
    sides = draw(st.permutations(SIDES))
    day = draw(days)
    needs_loser, leaves = event.meaning.needs_loser, event.meaning.move is Move.LEFT
    return report(
        day.isoformat() if draw(st.booleans()) else f"{day:%Y-%m}",
        event,
        sides[0] if not leaves or draw(st.booleans()) else "",
        sides[1] if needs_loser or event.meaning.has_shares or draw(st.booleans()) else "",
        source=draw(st.sampled_from([s["id"] for s in SOURCES])),
        credibility=draw(st.integers(1, 6)),
        place=draw(st.sampled_from(["Alpha", "Beta", "Gamma"])),
        published=draw(st.sampled_from(["", "2018-02-01", "2019"])),
        since=f"{day - timedelta(days=draw(st.integers(0, 60)))}"
        if event.meaning.lasts and draw(st.booleans())
        else "",
    )


def claims_from(drawn: list[dict[str, Any]]) -> list[Claim]:
    """The claims that ingestion would make of rows about Alpha, without the files."""
    index = {a["name"]: a["id"] for a in ACTORS}
    made = []
    for line, row in enumerate(drawn, start=2):
        first = date.fromisoformat(row["event_date"] if len(row["event_date"]) > 7 else row["event_date"] + "-01")
        last = first if len(row["event_date"]) > 7 else (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        window = DateWindow(first, last, row["event_date"])
        source = next(s for s in SOURCES if s["id"] == row["source"])
        published = DateWindow(END, END, END.isoformat())
        rep = Report(
            Origin("reports.csv", line),
            window,
            "Alpha",
            EventKind(row["event"]),
            row["source"],
            actor=row["actor"],
            loser=row["loser"],
            credibility=row["credibility"],
            since=parse_window(row["since"]) if row.get("since") else None,
        )
        made.append(
            Claim(
                claim_id(rep, "1", published),
                "1",
                rep.event,
                index.get(row["actor"]),
                index.get(row["loser"]),
                window,
                published,
                Source(**{"publisher": "", **source, "published": published}),
                rep.credibility,
                1.0,
                rep,
            )
        )
    return list({claim.id: claim for claim in made}.values())


def resolved(claims: list[Claim]) -> Resolution:
    return resolve_all({"1": claims}, BALANCED, START, END).places["1"]


@given(
    st.lists(rows(), max_size=14),
    days,
    st.sampled_from(["red", "blue", "green"]),
    st.sampled_from(["wire", "daily", "rumour"]),
    st.integers(1, 6),
)
def test_a_claim_never_lowers_what_it_claims(
    drawn: list[dict[str, Any]], day: date, holder: str, source: str, credibility: int
) -> None:
    """Law 5: adding `g holds p on d` never lowers P(g) at (p, d)."""
    name = next(a["name"] for a in ACTORS if a["id"] == holder)
    more = [*drawn, report(day.isoformat(), "holds", name, note="added", source=source, credibility=credibility)]
    before, after = (
        resolve_all({"1": claims_from(rows_)}, BALANCED, START, END).probabilities("1", day) for rows_ in (drawn, more)
    )
    assert dict(after)[holder] >= dict(before).get(holder, 0.0) - 1e-3


@given(
    st.lists(rows(), max_size=14),
    days,
    st.integers(1, 90),
    st.sampled_from(["red", "blue", "green"]),
    st.integers(1, 6),
)
def test_a_claim_says_nothing_for_its_side_before_it_began(
    drawn: list[dict[str, Any]], day: date, before: int, holder: str, credibility: int
) -> None:
    """`g holds p since d` never raises P(g) on a day before d.

    Beside reports of gains that is not so: it may confirm one, or the day of one. Nor beside later reports: they say less of
    that day where more lies in between.
    """
    name = next(a["name"] for a in ACTORS if a["id"] == holder)
    earlier = max(START, day - timedelta(days=before))
    others = [
        row
        for row in drawn
        if EventKind(row["event"]).meaning.move is None and parse_window(row["event_date"]).last <= earlier
    ]
    told = (day + timedelta(days=200)).isoformat()
    dated = report(told, "holds", name, note="added", credibility=credibility, since=day.isoformat())
    if earlier == day:
        return
    sides, unbroken = ("red", "blue", "green"), replace(BALANCED, silence_days=0)
    without, with_it = (
        dict(resolve_all({"1": claims_from(told_of)}, unbroken, START, END, also=sides).probabilities("1", earlier))
        for told_of in (others, [*others, dated])
    )
    assert with_it[holder] <= without[holder] + 1e-3


@given(st.lists(rows(), max_size=14))
def test_intervals_tile_the_span(drawn: list[dict[str, Any]]) -> None:
    """Law 2: half-open, no gap, no overlap; neighbours differ."""
    intervals = resolved(claims_from(drawn)).intervals
    assert intervals[0].start == START
    assert intervals[-1].end == END
    for before, after in zip(intervals, intervals[1:], strict=False):
        assert before.end == after.start
        assert not before.holding.same_as(after.holding)
    assert all(i.start < i.end for i in intervals)


@given(st.lists(rows(), max_size=14), st.randoms(use_true_random=False))
def test_the_order_of_claims_never_matters(drawn: list[dict[str, Any]], rng: random.Random) -> None:
    """Law 3."""
    claims = claims_from(drawn)
    shuffled = claims.copy()
    rng.shuffle(shuffled)
    assert resolved(claims) == resolved(shuffled)


@given(st.lists(rows(), max_size=14))
def test_every_coloured_interval_has_a_claim(drawn: list[dict[str, Any]]) -> None:
    """Law 7: and what is discarded has a reason."""
    claims = claims_from(drawn)
    resolution = resolved(claims)
    for interval in resolution.intervals:
        if interval.holding.status is not Status.UNKNOWN:
            assert interval.claims
    assert {c.id for c, reason in resolution.discarded if reason} <= {c.id for c in claims}


@settings(max_examples=25, deadline=None)
@given(drawn=st.lists(rows(), min_size=1, max_size=12), rng=st.randoms(use_true_random=False))
def test_same_data_same_bytes(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[dict[str, Any]], rng: random.Random
) -> None:
    """Law 3 through the files: shuffled and doubled rows give the same snapshot, byte for byte."""
    from tests.conftest import BORDERS, PLACES, SETTINGS, ActorRow, PlaceRow, ReportRow, SourceRow

    texts = []
    shuffled = [*drawn, *drawn]
    rng.shuffle(shuffled)
    for reports in (drawn, shuffled):
        folder = tmp_path_factory.mktemp("theatre")
        (folder / "theatre.toml").write_text(SETTINGS)
        (folder / "borders.geojson").write_text(BORDERS)
        write_rows(folder / "places.csv", PlaceRow, [{"country": "AA", "coordinate_source": "x", **p} for p in PLACES])
        write_rows(folder / "actors.csv", ActorRow, ACTORS)
        write_rows(folder / "sources.csv", SourceRow, SOURCES)
        write_rows(folder / "reports.csv", ReportRow, reports)
        theatre = load_theatre(folder)
        assert theatre.faults == ()
        texts.append(dump_geojson(snapshot_to_geojson(take_snapshot(Timeline(theatre), date(2017, 6, 1)))))
    assert texts[0] == texts[1]


@settings(max_examples=12, deadline=None)
@given(st.dates(date(2013, 1, 1), date(2019, 12, 31)))
def test_what_is_exported_reads_back(day: date) -> None:
    """Law 8: a snapshot read back says the same of every place as the timeline."""
    timeline = timeline_of(BUNDLED.name)
    collection = json.loads(dump_geojson(snapshot_to_geojson(take_snapshot(timeline, day))))
    assert len(collection["features"]) == len(timeline.intervals)
    for feature in collection["features"]:
        said = feature["properties"]
        assessment = timeline.assess(feature["id"], day)
        assert (said["status"], said["actor"], said["probability"]) == (
            assessment.holding.status,
            assessment.holding.actor,
            assessment.probability,
        )
        assert [r["claim_id"] for r in said["reports"]] == [c.id for c in assessment.claims]
        assert said["status"] == "unknown" or said["reports"]
