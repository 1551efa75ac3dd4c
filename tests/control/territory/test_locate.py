from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

from control.assessment.timeline import Timeline
from control.record.theatre import load_theatre
from control.territory.ground import Grounds
from control.territory.locate import Where, assess_point
from control.words.assessments import describe_estimate, describe_point
from geo.place import LonLat
from tests.conftest import report
from tests.control.conftest import town

DAY = date(2017, 4, 1)


def test_in_the_place_around_it_and_beyond_its_reach(grounds_of: Callable[..., Grounds]) -> None:
    """1.4 km from Alpha is Alpha; 14 km from it is its ground; 57 km away is nobody's; 8.5 east is another land."""
    grounds = grounds_of([report("2017-03-01", "captured", "Red Army")], [town("Alpha", 10.0, 50.0)])
    inside, around, beyond, abroad = (assess_point(grounds, LonLat(lon, 50.0), DAY) for lon in (10.02, 10.2, 10.8, 8.5))
    assert inside.place is not None
    assert (inside.place.name, inside.where, inside.estimated) == ("Alpha", Where.PLACE, False)
    assert around.place is not None
    assert (around.place.name, around.where, around.estimated) == ("Alpha", Where.GROUND, True)
    assert around.assessment is not None
    assert around.assessment.holding.actor == "red"
    assert (beyond.where, beyond.place, beyond.assessment) == (Where.NOBODY, None, None)
    assert (abroad.where, abroad.place, abroad.assessment) == (Where.OUTSIDE, None, None)
    said = [describe_point(grounds.timeline.theatre, answer) for answer in (around, beyond, abroad)]
    assert said[0].startswith("estimated from Alpha, 14 km away, on whose ground the point lies. Alpha, 1 April 2017: ")
    assert said[1].startswith("no one's: no place within 25 km")
    told = "beyond the reach of reports: almost certainly Red Army, over 95 %, estimated from reports of Alpha (57 km away)"
    assert said[1].endswith(told)
    assert said[2] == "abroad or water: outside the theatre's land"


def test_an_unreported_place_answers_by_its_neighbours(grounds_of: Callable[..., Grounds]) -> None:
    """The point lies in Beta, of which nobody tells; it is estimated from Alpha, 7 km to the west of it."""
    places = [town("Alpha", 10.0, 50.0), town("Beta", 10.1, 50.0)]
    grounds = grounds_of([report("2017-03-01", "captured", "Red Army")], places)
    answer = assess_point(grounds, LonLat(10.1, 50.0), DAY)
    assert answer.place is not None
    assert (answer.place.name, answer.where, answer.assessment) == ("Beta", Where.GROUND, None)
    assert answer.estimate is not None
    assert answer.estimate.actor == "red"
    assert [d.place_id for d in answer.estimate.drivers] == ["alpha"]
    assert ", estimated from reports of Alpha (7 km away)." in describe_point(grounds.timeline.theatre, answer)


def test_the_cell_and_not_the_distance_decides(grounds_of: Callable[..., Grounds]) -> None:
    """A river 3 km east of Alpha: the ground behind it is Gamma's, though Alpha is nearer."""
    reports = [
        report("2017-03-01", "captured", "Red Army"),
        report("2017-03-01", "captured", "Blue Front", place="Gamma"),
    ]
    grounds = grounds_of(reports, [town("Alpha", 10.0, 50.0), town("Gamma", 10.2, 50.0)], river=10.04)
    answer = assess_point(grounds, LonLat(10.07, 50.0), DAY)
    assert answer.assessment is not None
    assert answer.assessment.holding.actor == "blue"


def test_a_silent_quarter_answers_with_its_town(grounds_of: Callable[..., Grounds]) -> None:
    """Of the quarter a report tells only long after the day; of its town one tells on the day."""
    quarter = {**town("Quarter", 10.02, 50.0), "kind": "quarter", "town": "alpha"}
    reports = [report("2017-03-01", "captured", "Red Army"), report("2017-03-01", "contested", "", place="Quarter")]
    grounds = grounds_of(reports, [town("Alpha", 10.0, 50.0), quarter])
    answer = assess_point(grounds, LonLat(10.02, 50.0), date(2017, 11, 1))
    assert answer.assessment is not None
    assert answer.assessment.place_id == "alpha"
    assert answer.where is Where.PLACE


def test_a_border_post_lies_on_the_land_that_the_map_gives_to_the_neighbour(grounds_of: Callable[..., Grounds]) -> None:
    """The post is 0.7 km inside; a point 0.7 km on the other side of the border is still the post's."""
    post = {**town("Post", 9.01, 50.0), "kind": "border-crossing"}
    grounds = grounds_of([report("2017-03-01", "captured", "Red Army", place="Post")], [post])
    assert assess_point(grounds, LonLat(8.99, 50.0), DAY).where is Where.PLACE
    assert assess_point(grounds, LonLat(8.95, 50.0), DAY).where is Where.OUTSIDE


def test_a_report_published_later_never_moves_a_point(write_theatre: Callable[..., Path]) -> None:
    """Alpha's ground, but of Alpha nobody could read on that day: it is estimated from Beta."""
    reports = [
        report("2017-02-01", "captured", "Blue Front", place="Beta", published="2017-02-02"),
        report("2017-02-01", "captured", "Red Army", published="2018-06-01"),
    ]
    folder = write_theatre(reports, places=[town("Alpha", 10.0, 50.0), town("Beta", 10.2, 50.0)])
    (folder / "rivers.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": []}))
    timeline = Timeline(load_theatre(folder), known_on=date(2017, 12, 1))
    answer = assess_point(Grounds.of(timeline), LonLat(10.01, 50.0), date(2017, 11, 1))
    assert answer.assessment is None
    assert answer.estimate is not None
    assert answer.estimate.actor == "blue"
    assert [d.place_id for d in answer.estimate.drivers] == ["beta"]


def test_an_estimate_from_reports_of_the_place_itself_says_of_when_they_are(grounds_of: Callable[..., Grounds]) -> None:
    """Of Alpha, the first report is of December: in January it is estimated from that, as nobody else is reported."""
    grounds = grounds_of(
        [report("2017-12-01", "captured", "Red Army", "Blue Front")],
        [town("Alpha", 10.0, 50.0)],
    )
    estimate = grounds.estimator.estimate(0, date(2017, 3, 1)) if grounds.estimator else None
    assert estimate is not None
    assert [d.place_id for d in estimate.drivers] == ["alpha"]
    assert "estimated from a later report of this place (1 December 2017)" in describe_estimate(
        grounds.timeline.theatre, estimate
    )
