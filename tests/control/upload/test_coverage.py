"""Files about another country or other years: said at once, and no place of this map is offered for them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from control.record.theatre import Theatre
from control.upload.columns import propose
from control.upload.coverage import describe, measure
from control.upload.places import PlaceFinder
from control.upload.questions import Kind
from control.upload.reader import read_sheet
from control.upload.reading import Options, Reading, read_upload
from tests.theatres import theatre_of

YEMEN = ["Aden", "Ataq", "Mukalla", "Zinjibar", "Shabwah", "Ma'rib"]
LIBYA = ["Sirte", "Bani Walid", "Ajdabiya", "Gharyan", "Misrata"]
SUDAN = ["Khartoum", "Omdurman", "El Fasher", "Kas", "Nyala", "Wad Madani", "Khartoum North (Bahri)"]
UKRAINE = ["Izium", "Kupiansk", "Kherson", "Lyman", "Balakliia"]
IRAQ = ["Mosul", "Tikrit", "Baiji", "Ramadi", "Fallujah"]


@pytest.fixture(scope="module")
def ukraine() -> Theatre:
    return theatre_of("ukraine")


def read(theatre: Theatre, places: Sequence[str], day: str, options: Options | None = None, more: str = "") -> Reading:
    rows = "".join(f"{day},{place},captured,somebody\n" for place in places)
    sheet = read_sheet("x.csv", f"date,place,event,actor\n{rows}{more}".encode())
    return read_upload(sheet, propose(sheet, theatre).columns, options or Options(), {}, theatre)


@pytest.mark.parametrize("places", [YEMEN, LIBYA, SUDAN], ids=["Yemen", "Libya", "Sudan"])
@pytest.mark.parametrize("day", ["2016-05-01", "2023-05-01"])
def test_a_file_about_another_country_is_told_of_and_asks_nothing(
    bundled: Theatre, places: list[str], day: str
) -> None:
    """No row is used or waits, and the map says which places these are and what it covers."""
    reading = read(bundled, places, day)
    assert (reading.used, reading.undecided, reading.questions) == ((), (), ())
    assert len(reading.bad) == len(places)
    said = describe(reading.coverage, bundled)
    assert f"None of these places ({', '.join(places[:3])}) lies in this map." in said
    assert "This map covers Iraq and Syria from 1 January 2013 to 31 December 2019." in said
    assert ("None of its dates does" in said) == (day > "2020")
    assert all("is not on this map" in f.wrong or "outside the years" in f.wrong for f in reading.faults)


@pytest.mark.parametrize("places", [YEMEN, LIBYA, SUDAN, IRAQ], ids=["Yemen", "Libya", "Sudan", "Iraq"])
def test_another_map_says_so_too(ukraine: Theatre, places: list[str]) -> None:
    reading = read(ukraine, places, "2023-05-01")
    assert reading.questions == ()
    assert "This map covers Ukraine" in describe(reading.coverage, ukraine)


def test_the_map_that_it_fits_is_known(bundled: Theatre, ukraine: Theatre) -> None:
    reading = read(bundled, UKRAINE, "2022-09-10")
    assert reading.coverage.is_outside
    fit = measure(reading.about, ukraine, PlaceFinder(ukraine))
    assert (fit.fits, fit.known, fit.places, fit.covered) == (True, 5, 5, 5)
    assert not measure(read(bundled, SUDAN, "2022-09-10").about, ukraine, PlaceFinder(ukraine)).fits


@pytest.mark.parametrize("day", ["1991-03-01", "2003-04-09", "2024-12-08"])
def test_the_right_country_in_other_years_is_told_of(bundled: Theatre, day: str) -> None:
    reading = read(bundled, IRAQ, day)
    assert (reading.used, reading.questions, len(reading.bad)) == ((), (), 5)
    said = describe(reading.coverage, bundled)
    assert said.startswith("None of these dates (")
    assert "5 of its 5 places do" in said


def test_a_file_of_which_a_part_is_covered_works_for_that_part(bundled: Theatre) -> None:
    """Three rows of Iraq are asked about their side only; two of towns elsewhere, and one of other years, are not used."""
    reading = read(bundled, [*IRAQ[:3], "Khartoum", "Tehran"], "2016-05-01", more="1991-01-01,Mosul,captured,ISIL\n")
    assert describe(reading.coverage, bundled) == ""
    assert {question.kind for question in reading.questions} == {Kind.ACTOR}
    assert (reading.undecided, reading.bad) == ((2, 3, 4), (5, 6, 7))


def test_a_chance_hit_among_many_strange_names_is_used_and_the_others_are_not_asked_about(bundled: Theatre) -> None:
    reading = read(bundled, [*SUDAN, "Mosul"], "2016-05-01")
    assert (reading.undecided, len(reading.bad)) == ((9,), 7)
    assert "Only 1 of 8 places lies in this map (Mosul)" in describe(reading.coverage, bundled)


def test_a_town_elsewhere_with_the_name_of_one_here_does_not_make_the_file_one_of_this_map(bundled: Theatre) -> None:
    """Libya has a Sabha too. It is taken, since it is spelt so, and the person is told that it is the only one."""
    reading = read(bundled, ["Sirte", "Bani Walid", "Ajdabiya", "Gharyan", "Sabha"], "2016-05-01")
    assert reading.undecided == (6,)
    assert "Only 1 of 5 places lies in this map (Sabha)" in describe(reading.coverage, bundled)


def test_a_person_may_be_asked_all_the_same(bundled: Theatre) -> None:
    reading = read(bundled, SUDAN, "2016-05-01", Options(anyway=True))
    assert Kind.PLACE in {question.kind for question in reading.questions}


@pytest.mark.parametrize("places", [["Mosull"], ["Tikreet", "Beiji"], ["Ar Raqqqa", "Mosul"]])
def test_slips_of_the_pen_are_asked_about_as_ever(bundled: Theatre, places: list[str]) -> None:
    reading = read(bundled, places, "2016-05-01")
    assert not reading.coverage.is_outside
    assert reading.bad == ()


def test_coordinates_tell_as_well(bundled: Theatre) -> None:
    sheet = read_sheet(
        "x.csv", b"date,lat,lon,event,actor\n2016-05-01,15.6,32.5,captured,A\n2016-05-01,13.6,25.4,captured,A\n"
    )
    reading = read_upload(sheet, propose(sheet, bundled).columns, Options(), {}, bundled)
    assert reading.coverage.is_elsewhere
    assert reading.questions == ()
