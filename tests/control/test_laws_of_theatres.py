"""The laws hold for every bundled theatre, and for a third that nobody ever saw: made up anew, from a fixed seed."""

from __future__ import annotations

import csv
import json
import random
import shutil
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import shapely

from control.assessment.model import Status
from control.assessment.timeline import Timeline
from control.export.geodata.geojson import dump_geojson, snapshot_to_geojson
from control.record.model import Claim
from control.record.theatre import Theatre, load_theatre
from control.snapshot import take_snapshot
from control.territory.ground import Grounds
from tests.conftest import ACTORS, ROOT, SOURCES, report, write_mini
from tests.theatres import timeline_of

BUNDLED = sorted(path.parent for path in (ROOT / "seeds").glob("*/theatre.toml"))
TOWNS, REPORTS = 40, 90


def made_up(folder: Path) -> Path:
    """Write a theatre of forty towns, a river and ninety reports that contradict each other, some set aside, some twice."""
    rng = random.Random(7)  # noqa: S311  the same theatre each time
    places: list[dict[str, Any]] = [
        {
            "id": str(n), "name": f"Town {chr(65 + n // 26)}{chr(97 + n % 26)}ville", "kind": "town",
            "lon": round(rng.uniform(9.2, 11.8), 3), "lat": round(rng.uniform(49.2, 51.8), 3),
        }
        for n in range(TOWNS)
    ]  # fmt: skip
    sides = [actor["name"] for actor in ACTORS]
    events = (
        "captured",
        "recaptured",
        "holds",
        "contested",
        "besieged",
        "lost",
        "handover",
        "offensive_started",
        "divided",
    )
    rows = []
    for n in range(REPORTS):
        winner, loser = rng.sample(sides, 2)
        while {winner, loser} == {"Blue Front", "Blue Guard"}:  # one holds for the other
            winner, loser = rng.sample(sides, 2)
        day, event = date(2017, 1, 1) + timedelta(days=rng.randrange(365)), rng.choice(events)
        if event == "divided":
            winner, loser = f"{winner};{loser}", ""
        rows.append(
            report(
                day.isoformat(), event, winner, loser, rng.choice(places)["name"],
                source=rng.choice(SOURCES)["id"], credibility=rng.randint(1, 6), note=f"made up {n}",
                published=(day + timedelta(days=rng.randrange(60))).isoformat(),
                set_aside="an example" if n % 20 == 19 else "",
            )
        )  # fmt: skip
    folder = write_mini(folder, [*rows, *rows[:3]], places=places)
    river = {"type": "LineString", "coordinates": [[10.4, 49.0], [10.6, 50.5], [10.4, 52.0]]}
    feature = {"type": "Feature", "properties": {"name": "Flow", "rank": 1}, "geometry": river}
    layer = json.dumps({"type": "FeatureCollection", "features": [feature]})
    (folder / "rivers.geojson").write_text(layer, encoding="utf-8")
    return folder


@pytest.fixture(scope="module", params=[*(path.name for path in BUNDLED), "made up"])
def timeline(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Timeline:
    names = {path.name: path for path in BUNDLED}
    if request.param in names:
        return timeline_of(request.param)
    return Timeline(load_theatre(made_up(tmp_path_factory.mktemp("theatre") / "third")))


@pytest.fixture(scope="module")
def grounds(timeline: Timeline) -> Grounds:
    return Grounds.of(timeline)


def days_of(theatre: Theatre, count: int) -> list[date]:
    """Days spread over the span: the first, the last, and some between."""
    start, last = theatre.settings.start, theatre.settings.last_day
    return [start + (last - start) * n // (count - 1) for n in range(count)]


def test_the_ground_covers_the_land_once(grounds: Grounds) -> None:
    """Law 1; to a hundred-thousandth, since corners lie on whole metres."""
    for day in days_of(grounds.timeline.theatre, 3):
        areas = grounds.ground_on(day).areas
        assert sum(area.area_m2 for area in areas) == pytest.approx(grounds.landscape.terrain.land.area, rel=1e-5)
        assert shapely.coverage_is_valid([area.geometry for area in areas])


def test_intervals_tile_the_span(timeline: Timeline) -> None:
    """Law 2: half-open, no gap, no overlap; neighbours differ; the day of a hand-over is the new holder's."""
    span = timeline.theatre.settings
    for place_id, intervals in timeline.intervals.items():
        assert (intervals[0].start, intervals[-1].end) == (span.start, span.end)
        for before, after in pairwise(intervals):
            assert before.end == after.start
            assert not before.holding.same_as(after.holding)
            assert timeline.assess(place_id, after.start).holding.same_as(after.holding)


def test_the_order_of_rows_and_saying_them_twice_never_matters(timeline: Timeline, tmp_path: Path) -> None:
    """Law 3: the same snapshot, byte for byte."""
    folder = tmp_path / timeline.theatre.folder.name
    shutil.copytree(timeline.theatre.folder, folder)
    rng = random.Random(3)  # noqa: S311  the same order each time
    for name in ("reports.csv", "sources.csv", "actors.csv", "places.csv"):
        with (folder / name).open(encoding="utf-8", newline="") as file:
            header, *rows = list(csv.reader(file))
        rows = [*rows, *rows] if name == "reports.csv" else rows
        rng.shuffle(rows)
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *rows])
    again = Timeline(load_theatre(folder))
    day = days_of(timeline.theatre, 3)[1]
    one, other = (dump_geojson(snapshot_to_geojson(take_snapshot(t, day))) for t in (timeline, again))
    assert one == other


def test_what_was_published_later_never_matters(timeline: Timeline) -> None:
    """Law 4: as if later reports had never been written."""
    theatre = timeline.theatre
    for day in days_of(theatre, 4)[1:]:
        known = {
            name: tuple(claim for claim in getattr(theatre, name) if claim.known_from <= day)
            for name in ("claims", "area_claims")
        }
        assert timeline.at(day, day) == Timeline(replace(theatre, **known), known_on=day).at(day)


def test_one_more_report_never_lowers_what_it_says(timeline: Timeline) -> None:
    """Law 5: `g holds p on d`, said once more of the places with most reports."""
    theatre = timeline.theatre
    for place_id, claims in sorted(timeline.claims.items(), key=lambda item: (-len(item[1]), item[0]))[:8]:
        said = next((c for c in claims if c.event == "holds" and c.actor), None)
        if said is None:
            continue
        day = said.window.middle
        more = replace(said, id="one-more", report=replace(said.report, note="said once more"))
        after = Timeline(replace(theatre, claims=(*theatre.claims, more))).assess(place_id, day)
        before = timeline.assess(place_id, day)
        assert dict(after.probabilities)[said.actor] >= dict(before.probabilities).get(said.actor, 0.0) - 1e-3


def test_a_place_without_reports_is_never_assessed(timeline: Timeline) -> None:
    """Law 6: take the reports of the place that has most away, and of its quarters, and nothing but an estimate is left."""
    theatre = timeline.theatre
    place_id = max(timeline.claims, key=lambda p: (len(timeline.claims[p]), p))
    parts = {place_id} | {place.id for place in theatre.gazetteer.places if place.town == place_id}
    rest: tuple[Claim, ...] = tuple(claim for claim in theatre.claims if claim.place_id not in parts)
    without = Timeline(replace(theatre, claims=rest))
    for day in days_of(theatre, 5):
        assessment = without.assess(place_id, day)
        assert (assessment.holding.status, assessment.probability, assessment.claims) == (Status.UNKNOWN, None, ())


def test_every_colour_has_a_report_and_every_row_its_fate(timeline: Timeline) -> None:
    """Law 7."""
    theatre = timeline.theatre
    for intervals in timeline.intervals.values():
        assert all(i.claims for i in intervals if i.holding.status is not Status.UNKNOWN)
    used = (*theatre.claims, *theatre.area_claims)
    assert all(theatre.sources[claim.source.id].reference for claim in used)
    with (theatre.folder / "reports.csv").open(encoding="utf-8", newline="") as file:
        rows = sum(1 for _ in csv.DictReader(file))
    assert len(used) + len(theatre.waiting) + len(theatre.duplicates) + theatre.faulty_rows == rows
    assert all(waiting.reason for waiting in theatre.waiting)


def test_what_is_exported_reads_back(timeline: Timeline) -> None:
    """Law 8."""
    for day in days_of(timeline.theatre, 4):
        collection = json.loads(dump_geojson(snapshot_to_geojson(take_snapshot(timeline, day))))
        assert len(collection["features"]) == len(timeline.intervals)
        for feature in collection["features"]:
            said, assessment = feature["properties"], timeline.assess(feature["id"], day)
            holding = assessment.holding
            assert (said["status"], said["actor"], said["probability"]) == (
                holding.status, holding.actor, assessment.probability,
            )  # fmt: skip
            assert [r["claim_id"] for r in said["reports"]] == [claim.id for claim in assessment.claims]


def test_the_third_theatre_is_a_hard_one(tmp_path: Path) -> None:
    """It has every fate of a row but that of a bad one, and places that changed hands."""
    theatre = load_theatre(made_up(tmp_path / "third"))
    assert theatre.faults == ()
    assert len(theatre.duplicates) == 3
    assert len(theatre.waiting) == REPORTS // 20
    statuses = {i.holding.status for intervals in Timeline(theatre).intervals.values() for i in intervals}
    assert statuses == set(Status)
