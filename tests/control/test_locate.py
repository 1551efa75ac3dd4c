from __future__ import annotations

from collections.abc import Callable
from datetime import date

from control.locate import assess_point
from control.timeline import Timeline
from geo.place import LonLat
from tests.conftest import report


def test_in_the_place_around_it_and_beyond_its_reach(timeline_of: Callable[..., Timeline]) -> None:
    """1.4 km from Alpha is Alpha; 14 km from it is estimated from it; 57 km away is nobody's."""
    timeline = timeline_of(report("2017-03-01", "captured", "Red Army"))
    day = date(2017, 4, 1)
    inside, around, beyond = (assess_point(timeline, LonLat(lon, 50.0), day) for lon in (10.02, 10.2, 10.8))
    assert inside.place is not None
    assert (inside.place.name, inside.estimated) == ("Alpha", False)
    assert around.place is not None
    assert (around.place.name, around.estimated) == ("Alpha", True)
    assert around.assessment is not None
    assert around.assessment.holding.actor == "red"
    assert (beyond.place, beyond.assessment) == (None, None)


def test_a_report_published_later_never_moves_a_point(timeline_of: Callable[..., Timeline]) -> None:
    """Beta answers for the point, though Alpha is nearer: of Alpha nobody could read on that day."""
    timeline = timeline_of(
        report("2017-02-01", "captured", "Blue Front", place="Beta", published="2017-02-02"),
        report("2017-02-01", "captured", "Red Army", published="2018-06-01"),
    )
    answer = assess_point(timeline, LonLat(10.22, 50.0), date(2017, 11, 1), known_on=date(2017, 12, 1))
    assert answer.place is not None
    assert answer.place.name == "Beta"
