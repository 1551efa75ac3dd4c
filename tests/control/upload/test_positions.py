"""The order of latitude and longitude in a column: told by the box of the map, or asked once."""

from __future__ import annotations

import pytest

from control.record.theatre import Theatre
from control.upload.coordinates import Order
from control.upload.positions import Positions, read_positions
from control.upload.questions import Answers, Kind
from control.upload.reader import read_sheet
from control.upload.role import Role
from tests.control.upload.conftest import Read

BOX = (35.5, 29.0, 48.7, 37.6)
"""In it (37.1, 36.2) lies both ways round."""


def positions(lines: list[str], answers: Answers | None = None, name: str = "where it is") -> Positions:
    text = "date\t" + name + "\n" + "".join(f"2014-06-10\t{line}\n" for line in lines)
    sheet = read_sheet("x.tsv", text.encode())
    return read_positions(sheet, {Role.DATE: 0, Role.POSITION: 1}, answers or {}, BOX)


def two_columns(rows: list[tuple[str, str]], answers: Answers | None = None) -> Positions:
    text = "date\tlat\tlon\n" + "".join(f"2014-06-10\t{lat}\t{lon}\n" for lat, lon in rows)
    return read_positions(
        read_sheet("x.tsv", text.encode()), {Role.DATE: 0, Role.LAT: 1, Role.LON: 2}, answers or {}, BOX
    )


@pytest.mark.parametrize(
    "lines",
    [
        ["36.34, 43.13", "34.61, 43.68", "37.1, 36.2"],
        ["43.13, 36.34", "43.68, 34.61", "36.2, 37.1"],
        ["POINT(43.13 36.34)", "34.61N 43.68E", "geo:37.1,36.2"],
        ["(43.13; 36.34)", "[43.68, 34.61]", "POINT(36.2 37.1)"],
    ],
)
def test_rows_that_lie_in_the_map_one_way_only_tell_for_the_column(lines: list[str]) -> None:
    found = positions(lines)
    assert list(found.found.values()) == [(43.13, 36.34), (43.68, 34.61), (36.2, 37.1)]
    assert found.asked == []


def test_the_order_is_asked_where_both_ways_lie_in_the_map() -> None:
    found = positions(["37.1, 36.2", "36.9, 36.0", "geo:36.3,43.1"])
    assert list(found.found) == [4]
    (asked,) = found.asked
    assert set(found.waits) == {2, 3}
    assert positions(["37.1, 36.2"], {asked.key: "lat"}).found == {2: (36.2, 37.1)}
    assert positions(["37.1, 36.2"], {asked.key: "lon"}).found == {2: (37.1, 36.2)}


@pytest.mark.parametrize(("name", "lon"), [("lat/lon", 36.2), ("lon_lat", 37.1), ("Latitude, Longitude", 36.2)])
def test_the_name_of_the_column_tells_where_the_map_does_not(name: str, lon: float) -> None:
    found = positions(["37.1, 36.2"], name=name)
    assert found.found[2].lon == lon
    assert found.asked == []


def test_a_column_that_contradicts_itself_is_said_and_asked_about() -> None:
    found = positions(["36.34, 43.13", "43.68, 34.61", "37.1, 36.2"], name="lat/lon")
    assert found.found == {2: (43.13, 36.34), 3: (43.68, 34.61)}
    assert list(found.waits) == [4]
    assert any("only the other way round" in note for note in found.notes)


def test_exchanged_columns_are_one_question() -> None:
    rows = [("43.13", "36.34"), ("43.68", "34.61"), ("37.1", "36.2"), ("", "")]
    found = two_columns(rows)
    (asked,) = found.asked
    assert "look exchanged" in asked.why
    assert set(found.waits) == {2, 3, 4}
    exchanged = two_columns(rows, {asked.key: Order.LON_FIRST})
    assert exchanged.found == {2: (43.13, 36.34), 3: (43.68, 34.61), 4: (37.1, 36.2)}
    kept = two_columns(rows, {asked.key: Order.LAT_FIRST})
    assert kept.found == {2: (36.34, 43.13), 3: (34.61, 43.68), 4: (36.2, 37.1)}


def test_where_other_rows_are_right_only_the_exchanged_ones_are_asked_about() -> None:
    found = two_columns([("36.34", "43.13"), ("43.68", "34.61"), ("37.1", "36.2")])
    assert set(found.waits) == {3}
    assert set(found.found) == {2, 4}


def test_letters_of_the_compass_say_more_than_the_names_of_the_columns() -> None:
    found = two_columns([("43.13 E", "36.34 N"), ("34.61", "43.68")])
    assert found.found == {2: (43.13, 36.34), 3: (43.68, 34.61)}
    assert any("N, S, E, W" in note for note in found.notes)


@pytest.mark.parametrize("cells", [("x", "43"), ("36.3", ""), ("36 N", "43 N"), ("99", "999"), ("91", "200")])
def test_cells_that_are_no_position_are_told_of(cells: tuple[str, str]) -> None:
    found = two_columns([cells])
    assert list(found.wrong) == [2]
    assert found.found == {}


def test_a_column_for_both_is_found_by_its_cells_and_used(read: Read, theatre: Theatre) -> None:
    """Beta has no name in its row; Delta is the one in the north; `Alpha` lies elsewhere than the coordinate."""
    west, south, east, north = theatre.settings.bbox
    assert west < 10.5 < east
    assert south < 50 < north
    _, reading = read(
        "date,place,event,actor,spot\n"
        '2017-03-03,,holds,Red Army,"50.0, 10.5"\n'
        '2017-03-03,Delta,holds,Red Army,"51.8, 11.0"\n'
        '2017-03-03,Alpha,holds,Red Army,"51.8, 11.0"\n'
    )
    assert [claim.place_id for claim in reading.claims] == ["2", "delta-north"]
    assert [(question.kind, question.rows) for question in reading.questions] == [(Kind.PLACE, (4,))]


def test_a_row_that_waits_for_its_position_is_not_asked_about_its_place(read: Read) -> None:
    """Exchanged, the coordinate of a town that nobody knows would be a question of its own."""
    rows = [f"2017-03-03,{name},holds,Red Army,10.5,50.0" for name in ("Nowhereville", "Beta")]
    text = "\n".join(["date,place,event,actor,lat,lon", *rows])
    _, reading = read(text)
    (question,) = reading.questions
    assert (question.kind, question.rows) == (Kind.COORDINATES, (2, 3))
    _, settled = read(text, {question.key: "lon"})
    assert settled.used == (3,)
    assert [q.kind for q in settled.questions] == [Kind.PLACE]
