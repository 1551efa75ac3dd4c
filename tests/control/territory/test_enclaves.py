"""Who is shut in, by whom, since when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from control.assessment.timeline import Timeline
from control.record.theatre import load_theatre
from control.territory.ground import Enclave, Grounds
from tests.conftest import report
from tests.control.conftest import town

DAY = date(2017, 6, 1)
ALPHA = town("Alpha", 10.0, 50.0, population=9000)
RING = [
    town("North", 10.0, 50.2),
    town("South", 10.0, 49.8),
    town("West", 9.7, 50.0),
    town("East", 10.3, 50.0),
    town("Edge", 10.6, 50.4),
]
RED = report("2017-02-01", "holds", "Red Army", place="Alpha")


def held_by(actor: str, day: str, *places: dict[str, Any]) -> list[dict[str, Any]]:
    return [report(day, "holds", actor, place=place["name"]) for place in places]


def test_a_town_among_those_of_one_enemy(grounds_of: Callable[..., Grounds]) -> None:
    """The four neighbours of Alpha are Blue's; Edge is nobody's neighbour of it."""
    grounds = grounds_of([RED, *held_by("Blue Front", "2017-02-01", *RING)], [ALPHA, *RING])
    (enclave,) = grounds.enclaves(DAY)
    assert (enclave.actor, enclave.surrounded_by, enclave.places) == ("red", "blue", ("alpha",))
    assert {outside for _, outside in enclave.links} == {"north", "south", "west", "east"}
    assert (enclave.against_border, enclave.besieged_by_report, enclave.unknown) == (False, False, ())
    assert enclave.area_m2 == pytest.approx(grounds.landscape.topology.area[grounds.landscape.index["alpha"]])


def test_it_is_told_since_when(grounds_of: Callable[..., Grounds]) -> None:
    """Blue closed the ring on 3 May 2017, when it took North from Red."""
    reports = [RED, *held_by("Blue Front", "2017-02-01", *RING[1:]), *held_by("Red Army", "2017-02-01", RING[0])]
    reports.append(report("2017-05-03", "captured", "Blue Front", "Red Army", place="North"))
    grounds = grounds_of(reports, [ALPHA, *RING])
    assert grounds.enclaves(date(2017, 5, 2)) == ()
    (enclave,) = grounds.enclaves(DAY)
    assert enclave.since == date(2017, 5, 3)


def test_two_enemies_around_are_no_ring(grounds_of: Callable[..., Grounds]) -> None:
    reports = [RED, *held_by("Blue Front", "2017-02-01", *RING[1:]), *held_by("Green Party", "2017-02-01", RING[0])]
    assert grounds_of(reports, [ALPHA, *RING]).enclaves(DAY) == ()


def test_ground_of_which_nothing_is_known_may_be_in_the_ring(grounds_of: Callable[..., Grounds]) -> None:
    """Between Alpha and North lies a place that nobody tells of: it may be passable, but it leads nowhere."""
    middle = town("Middle", 10.0, 50.1)
    estimated = grounds_of([RED, *held_by("Blue Front", "2017-02-01", *RING)], [ALPHA, middle, *RING])
    grounds = Grounds(estimated.timeline, estimated.landscape)
    (enclave,) = grounds.enclaves(DAY)
    assert (enclave.places, enclave.unknown) == (("alpha",), ("middle",))


def test_a_way_out_over_unknown_ground(grounds_of: Callable[..., Grounds]) -> None:
    """The same, but of North, which lies on the rim, nothing is known either."""
    middle = town("Middle", 10.0, 50.1)
    estimated = grounds_of([RED, *held_by("Blue Front", "2017-02-01", *RING[1:])], [ALPHA, middle, *RING])
    assert Grounds(estimated.timeline, estimated.landscape).enclaves(DAY) == ()


def test_the_next_town_of_its_own_is_a_way_out(grounds_of: Callable[..., Grounds]) -> None:
    """Red's Delta, 75 km away over empty ground, is too far to be shut in with Alpha, but not to be reached."""
    ring = [RING[0], RING[1], RING[3], town("Far", 9.0, 50.5), town("Other", 9.0, 49.5)]
    delta = town("Delta", 8.99 + 0.02, 50.0)
    reports = [RED, *held_by("Blue Front", "2017-02-01", *ring), *held_by("Red Army", "2017-02-01", delta)]
    found = of(grounds_of(reports, [ALPHA, delta, *ring]).enclaves(DAY), "alpha")
    assert found is None or "delta" in found.places


def test_the_rim_is_open(grounds_of: Callable[..., Grounds]) -> None:
    """Without East, Alpha lies on the hull of the places: nobody knows what is behind it."""
    ring = [RING[0], RING[1], RING[2]]
    assert grounds_of([RED, *held_by("Blue Front", "2017-02-01", *ring)], [ALPHA, *ring]).enclaves(DAY) == ()


def test_against_the_border(grounds_of: Callable[..., Grounds]) -> None:
    """Kobane's case: behind Alpha is the border, across which nothing is known."""
    alpha = town("Alpha", 9.05, 50.0)
    ring = [town("North", 9.1, 50.2), town("South", 9.1, 49.8), town("East", 9.4, 50.0), town("Far", 9.8, 50.0)]
    (enclave,) = grounds_of([RED, *held_by("Blue Front", "2017-02-01", *ring)], [alpha, *ring]).enclaves(DAY)
    assert (enclave.actor, enclave.against_border) == ("red", True)


def of(enclaves: tuple[Enclave, ...], place: str) -> Enclave | None:
    return next((e for e in enclaves if place in e.places), None)


def test_rastan_under_the_government(bundled_grounds: Grounds) -> None:
    """Held by the opposition, ringed by the government from 2014 until May 2018, besieged by report; not after that."""
    place = bundled_grounds.timeline.theatre.gazetteer.find("Rastan").place.id
    found = of(bundled_grounds.enclaves(date(2015, 6, 1)), place)
    assert found is not None
    assert (found.actor, found.surrounded_by, found.besieged_by_report) == ("opposition", "syrian-government", True)
    assert date(2014, 1, 1) <= found.since <= date(2015, 1, 1)
    assert of(bundled_grounds.enclaves(date(2018, 12, 1)), place) is None


def test_what_encloses_is_larger_and_around(bundled_grounds: Grounds) -> None:
    for day in (date(2014, 9, 1), date(2016, 3, 1), date(2018, 2, 15)):
        holders = bundled_grounds.holders_on(day)
        index, actors = bundled_grounds.landscape.index, bundled_grounds.actors
        labels = holders.holds.actor[holders.ground_code]
        for enclave in bundled_grounds.enclaves(day):
            assert enclave.since <= day
            assert len({outside for _, outside in enclave.links}) >= 3
            assert {actors[labels[index[outside]]] for _, outside in enclave.links} == {enclave.surrounded_by}


def test_without_land_nobody_is_shut_in(write_theatre: Callable[..., Path]) -> None:
    folder = write_theatre([RED, *held_by("Blue Front", "2017-02-01", *RING)], places=[ALPHA, *RING])
    (folder / "borders.geojson").unlink()
    assert Grounds.of(Timeline(load_theatre(folder))).enclaves(DAY) == ()
