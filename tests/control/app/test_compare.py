"""Two dates compared: what was undone in between does not count, and the order of the dates does not matter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from control.app.compare import comparison_html, differences
from control.theatre import SpanError
from control.timeline import Timeline
from tests.conftest import report


@pytest.fixture
def timeline(timeline_of: Callable[..., Timeline]) -> Timeline:
    return timeline_of(
        report("2017-02-01", "holds", "Red Army"),
        report("2017-04-01", "captured", "Blue Front", "Red Army"),
        report("2017-06-01", "recaptured", "Red Army", "Blue Front"),
        report("2017-02-01", "holds", "Red Army", place="Beta"),
        report("2017-05-01", "captured", "Blue Front", "Red Army", place="Beta"),
    )


def test_only_what_is_different_in_the_end(timeline: Timeline) -> None:
    found = differences(timeline, date(2017, 3, 1), date(2017, 7, 1))
    assert [(change.place_id, change.before.actor, change.after.actor) for change in found] == [("2", "red", "blue")]
    assert found[0].day == date(2017, 5, 1)
    assert found == differences(timeline, date(2017, 7, 1), date(2017, 3, 1))
    assert [c.place_id for c in differences(timeline, date(2017, 3, 1), date(2017, 5, 15))] == ["1", "2"]
    assert differences(timeline, date(2017, 7, 1), date(2017, 7, 1)) == ()


def test_a_date_outside_the_span_is_an_error(timeline: Timeline) -> None:
    with pytest.raises(SpanError, match="2017-01-01 to 2017-12-31"):
        differences(timeline, date(2017, 7, 1), date(2018, 1, 1))


def test_gains_and_losses_in_a_table(timeline: Timeline) -> None:
    html = comparison_html(timeline.theatre, differences(timeline, date(2017, 3, 1), date(2017, 7, 1)))
    assert "Blue Front</th><td>1</td><td>0</td><td>+1</td>" in html
    assert "Red Army</th><td>0</td><td>1</td><td>\N{MINUS SIGN}1</td>" in html
    assert "<b>Red → Blue</b> (1)<br>Beta" in html


def test_names_are_text(timeline_of: Callable[..., Timeline]) -> None:
    timeline = timeline_of(
        report("2017-02-01", "holds", "Red Army"), report("2017-04-01", "captured", "Blue Front", "Red Army")
    )
    place = timeline.theatre.gazetteer.place("1")
    object.__setattr__(place, "name", "<script>")
    html = comparison_html(timeline.theatre, differences(timeline, date(2017, 3, 1), date(2017, 7, 1)))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
