"""Who has each site on each day."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pytest

from control.assessment.model import Status
from control.record.theatre import SpanError
from control.territory.ground import Grounds, Standing
from tests.conftest import report
from tests.control.conftest import town

SPAN = [date(2013, 1, 1) + timedelta(days=n) for n in range(2556)]
ALPHA, BETA = town("Alpha", 10.0, 50.0), town("Beta", 10.1, 50.0)


def told(grounds: Grounds, day: date) -> dict[str, tuple[str, str | None, str | None]]:
    """Place -> (standing, holder, rival)."""
    holders, actors = grounds.holders_on(day), (*grounds.actors, None)
    rows = zip(holders.standing.tolist(), holders.actor.tolist(), holders.rival.tolist(), strict=True)
    named = [(str(Standing(standing)), actors[actor], actors[rival]) for standing, actor, rival in rows]
    return {place.id: row for place, row in zip(grounds.landscape.sites, named, strict=True)}


def test_reported_estimated_unknown(grounds_of: Callable[..., Grounds]) -> None:
    """Red is reported in Alpha; Beta, 7 km away, is estimated from it; with estimates switched off, it is unknown."""
    grounds = grounds_of([report("2017-03-01", "holds", "Red Army")], [ALPHA, BETA])
    found = told(grounds, date(2017, 3, 10))
    assert found == {"alpha": ("assessed", "red", None), "beta": ("estimated", "red", None)}
    found = told(Grounds(grounds.timeline, grounds.landscape), date(2017, 3, 10))
    assert found == {"alpha": ("assessed", "red", None), "beta": ("unknown", None, None)}


def test_a_hand_over_day_is_the_new_holders(grounds_of: Callable[..., Grounds]) -> None:
    grounds = grounds_of([report("2017-03-01", "captured", "Red Army", "Blue Front")], [ALPHA])
    days = [date(2017, 2, 28), date(2017, 3, 1)]
    assert [told(grounds, day)["alpha"][1] for day in days] == ["blue", "red"]


def test_contested_names_its_last_holder_and_the_other(grounds_of: Callable[..., Grounds]) -> None:
    reports = [report("2017-02-01", "holds", "Red Army"), report("2017-03-01", "contested", "Blue Front", "Red Army")]
    assert told(grounds_of(reports, [ALPHA]), date(2017, 3, 2))["alpha"] == ("contested", "red", "blue")


def test_besieged_is_held_by_the_besieged(grounds_of: Callable[..., Grounds]) -> None:
    reports = [report("2017-02-01", "holds", "Red Army"), report("2017-03-01", "besieged", "Blue Front", "Red Army")]
    grounds = grounds_of(reports, [ALPHA])
    assert told(grounds, date(2017, 3, 2))["alpha"] == ("assessed", "red", None)
    holders = grounds.holders_on(date(2017, 3, 2))
    assert grounds.actors[holders.besieger[0]] == "blue"
    assert [(s.place_id, s.actor, s.besieger) for s in grounds.sieges(date(2017, 3, 2))] == [("alpha", "red", "blue")]


def test_the_spot_shows_what_is_known_best(grounds_of: Callable[..., Grounds]) -> None:
    """Nobody tells of the town itself, but somebody of the base at its very spot: their common ground shows the base."""
    base = {**town("Base", 10.0, 50.0), "kind": "air-base", "town": "alpha"}
    grounds = grounds_of([report("2017-03-01", "captured", "Red Army", place="Base")], [ALPHA, base])
    holders = grounds.holders_on(date(2017, 3, 2))
    first = grounds.landscape.index["alpha"]
    owner = int(grounds.landscape.topology.owner[first])
    assert holders.holds.standing[holders.ground_code[owner]] == Standing.ASSESSED
    assert holders.standing[first] == Standing.ESTIMATED
    (area,) = [a for a in grounds.ground_on(date(2017, 3, 2)).areas if a.effective]
    assert (area.actor, area.standing) == ("red", Standing.ASSESSED)


def test_outside_the_span_is_an_error(grounds_of: Callable[..., Grounds]) -> None:
    with pytest.raises(SpanError):
        grounds_of([report("2017-03-01", "holds", "Red Army")], [ALPHA]).holders_on(date(2019, 1, 1))


def test_any_order_of_days_gives_the_same(bundled_grounds: Grounds) -> None:
    days = random.Random(7).sample(SPAN, 12)  # noqa: S311
    apart = {day: bundled_grounds.holders_on(day) for day in days}
    for order in (days, sorted(days)):
        for holders in bundled_grounds.holders(order):
            assert np.array_equal(holders.code, apart[holders.day].code), holders.day


def test_it_says_what_the_timeline_says(bundled_grounds: Grounds) -> None:
    """Of every site with a report on the day: controlled and besieged are assessed, the others are what they are."""
    timeline, sites = bundled_grounds.timeline, bundled_grounds.landscape.sites
    expected = {Status.CONTROLLED: {"assessed"}, Status.BESIEGED: {"assessed"}}
    expected |= {Status.CONTESTED: {"contested"}, Status.DIVIDED: {"divided"}}
    for day in random.Random(1).sample(SPAN, 5):  # noqa: S311
        found = told(bundled_grounds, day)
        for place in sites:
            holding = timeline.assess(place.id, day).holding
            standing, actor, rival = found[place.id]
            assert standing in expected.get(holding.status, {"estimated", "unknown"}), (place.name, day)
            if holding.status in expected:
                assert (actor, rival) == (holding.actor, holding.rivals[0] if holding.rivals else None)
