"""The laws of the model, for any set of reports; those of whole theatres stand in test_laws_of_theatres.py."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from control.dates import DateWindow
from control.export.geojson import dump_geojson, snapshot_to_geojson
from control.model import Claim, Event, Origin, Report, Source, Status, claim_id
from control.policy import BALANCED
from control.resolve import Resolution, resolve_all
from control.snapshot import take_snapshot
from control.theatre import load_theatre
from control.timeline import Timeline
from tests.conftest import ACTORS, BUNDLED, SOURCES, report, write_rows

START, END = date(2017, 1, 1), date(2018, 1, 1)
SIDES = ["Red Army", "Blue Front", "Green Party"]
days = st.dates(START, END - timedelta(days=1))


@st.composite
def rows(draw: st.DrawFn) -> dict[str, Any]:
    """Any row that validates: each event with the sides it needs."""
    event = draw(st.sampled_from(list(Event)))
    sides = draw(st.permutations(SIDES))
    day = draw(days)
    needs_loser = event in {Event.LOST, Event.WITHDREW, Event.BESIEGED}
    return report(
        day.isoformat() if draw(st.booleans()) else f"{day:%Y-%m}",
        event,
        sides[0] if event not in {Event.LOST, Event.WITHDREW} or draw(st.booleans()) else "",
        sides[1] if needs_loser or draw(st.booleans()) else "",
        source=draw(st.sampled_from([s["id"] for s in SOURCES])),
        credibility=draw(st.integers(1, 6)),
        place=draw(st.sampled_from(["Alpha", "Beta", "Gamma"])),
        published=draw(st.sampled_from(["", "2018-02-01", "2019"])),
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
            Event(row["event"]),
            row["source"],
            actor=row["actor"],
            loser=row["loser"],
            credibility=row["credibility"],
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
        assert theatre.rejections == ()
        texts.append(dump_geojson(snapshot_to_geojson(take_snapshot(Timeline(theatre), date(2017, 6, 1)))))
    assert texts[0] == texts[1]


@settings(max_examples=30, deadline=None)
@given(st.dates(date(2013, 1, 1), date(2019, 12, 31)))
def test_what_is_exported_reads_back(day: date) -> None:
    """Law 8: a snapshot read back says the same of every place as the timeline."""
    timeline = _bundled()
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


_CACHE: list[Timeline] = []


def _bundled() -> Timeline:
    """The bundled timeline for hypothesis, which cannot use fixtures of function scope."""
    if not _CACHE:
        _CACHE.append(Timeline(load_theatre(Path(BUNDLED))))
    return _CACHE[0]
