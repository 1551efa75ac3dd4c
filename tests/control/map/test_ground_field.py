"""The ground as the map draws it: a smooth field that hides no report, keeps its size and crosses no border."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pytest

from control.map.packed import packed
from control.map.payload import timeline_payload
from tests.node import field_answers
from tests.theatres import timeline_of

VIEWS = {
    "all of Iraq and Syria": ("iraq-syria", (42.5, 33.5), 6.4, (900, 800)),
    "the north-west, close by": ("iraq-syria", (37.3, 35.7), 9.0, (560, 480)),
    "a town, closer": ("iraq-syria", (43.1, 36.3), 11.0, (500, 400)),
    "all of Ukraine": ("ukraine", (33.0, 48.3), 5.8, (900, 700)),
}
DAYS = {
    "iraq-syria": ("2014-07-01", "2015-06-01", "2017-05-01", "2017-10-20", "2019-02-01"),
    "ukraine": ("2022-04-01", "2022-11-20", "2024-10-01"),
}
LARGE, MIDDLING = 50_000, 10_000
"""Square kilometres."""


@cache
def payload_of(theatre: str) -> Any:
    return packed(timeline_payload(timeline_of(theatre)))


@cache
def answers(view: str) -> list[dict[str, Any]]:
    theatre, centre, zoom, size = VIEWS[view]
    start = date.fromisoformat(payload_of(theatre)["span"][0])
    days = [(date.fromisoformat(day) - start).days for day in DAYS[theatre]]
    return list(field_answers(payload_of(theatre), days, centre, zoom, size))


@pytest.mark.parametrize("view", VIEWS)
def test_where_a_reported_place_stands_the_ground_is_its_holders(view: str) -> None:
    """Contested and divided places too: the side there is the pair of them, which is striped."""
    found = answers(view)
    assert [day["faults"] for day in found] == [[]] * len(found)
    assert sum(day["places"] for day in found) >= 30
    if VIEWS[view][0] == "iraq-syria":
        assert sum(day["striped"] for day in found) >= 5


@pytest.mark.parametrize("view", VIEWS)
def test_no_side_is_in_a_country_where_it_has_no_place(view: str) -> None:
    assert [day["crossed"] for day in answers(view)] == [{}] * len(answers(view))


@pytest.mark.parametrize("view", ["all of Iraq and Syria", "all of Ukraine"])
def test_the_field_is_as_large_as_the_ground_that_is_counted(view: str) -> None:
    """Within 3 % for large sides, 6 % for those that are more edge than middle, whose bays fill up; lone posts apart."""
    for day in answers(view):
        for actor, counted in day["cells"].items():
            within = 0.03 if counted >= LARGE else 0.06
            if counted >= MIDDLING:
                assert day["drawn"][actor] == pytest.approx(counted, rel=within), actor
