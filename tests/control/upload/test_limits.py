"""What takes long to look up is counted, each different request once; what is a plain look-up is not."""

from __future__ import annotations

import pytest

from control.record.theatre import Theatre
from control.upload.places import MOST_WORK, PlaceFinder, Wanted
from control.upload.reading import Reading
from geo.place import LonLat
from tests.control.upload.conftest import Read

ROWS = MOST_WORK + 100
REFUSED = "too many different names, hints and coordinates that no list has"


def refused(reading: Reading) -> int:
    return sum(fault.wrong == REFUSED for fault in reading.faults)


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("place", "Unheard{0}of"),
        ("place", "Alpha (hint {0})"),
        ("place", "Alpha / Unheard{0}of"),
        ("place,region", "Alpha,region {0}"),
        ("place,lat,lon", "Alpha,50.{0:04},10.{0:04}"),
    ],
)
def test_different_requests_are_limited_whatever_makes_them_different(read: Read, header: str, cell: str) -> None:
    rows = "".join(f"2017-03-01,holds,Red Army,{cell.format(number)}\n" for number in range(ROWS))
    # coordinates are rounded to 100 m, so that some rows ask the same
    _, reading = read(f"date,event,actor,{header}\n{rows}Alpha row comes last,,,\n")
    assert refused(reading) > 0 or "lat" in header
    assert reading.total == ROWS + 1


def test_the_same_request_again_and_plain_names_cost_nothing(read: Read) -> None:
    rows = "".join(
        f"2017-03-{1 + n % 28:02},holds,Red Army,{('Alpha', 'Betta', 'Gamma')[n % 3]}\n" for n in range(ROWS)
    )
    _, reading = read(f"date,event,actor,place\n{rows}")
    assert refused(reading) == 0


def test_what_a_request_costs(theatre: Theatre) -> None:
    finder, heard = PlaceFinder(theatre), set[str]()
    assert finder.cost(Wanted("Alpha"), heard) == 0
    assert finder.cost(Wanted("", position=LonLat(10.0, 50.0)), heard) == 0
    assert finder.cost(Wanted("Alpha", position=LonLat(10.0, 50.0)), heard) == 1
    assert finder.cost(Wanted("Alpha (South)"), heard) == 6
    assert finder.cost(Wanted("Beta (South)"), heard) == 1  # the hint has been heard
    assert finder.cost(Wanted("Unheardof"), heard) == 4
    assert finder.cost(Wanted("Unheardof / Neverheard"), heard) == 10
