"""Two dates compared: what was undone in between does not count, and the order of the dates does not matter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from control.app.panel.compare import comparison_html, count_words
from control.assessment.timeline import Timeline
from control.record.theatre import SpanError
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
    found = timeline.differences(date(2017, 3, 1), date(2017, 7, 1))
    assert [(change.place_id, change.before.actor, change.after.actor) for change in found] == [("2", "red", "blue")]
    assert found[0].day == date(2017, 5, 1)
    assert found == timeline.differences(date(2017, 7, 1), date(2017, 3, 1))
    assert [c.place_id for c in timeline.differences(date(2017, 3, 1), date(2017, 5, 15))] == ["1", "2"]
    assert timeline.differences(date(2017, 7, 1), date(2017, 7, 1)) == ()


def test_a_date_outside_the_span_is_an_error(timeline: Timeline) -> None:
    with pytest.raises(SpanError, match="1 January 2017 to 31 December 2017"):
        timeline.differences(date(2017, 7, 1), date(2018, 1, 1))


def test_gains_and_losses_in_a_table(timeline: Timeline) -> None:
    html = comparison_html(timeline.theatre, timeline.differences(date(2017, 3, 1), date(2017, 7, 1)))
    assert "Blue</th><td>1</td><td>0</td><td>+1</td>" in html
    assert "Red</th><td>0</td><td>1</td><td>\N{MINUS SIGN}1</td>" in html
    assert "<b>Red → Blue</b> (1)<br>Beta" in html


def test_what_is_heard_of_for_the_first_time_is_no_gain(timeline_of: Callable[..., Timeline]) -> None:
    """Nobody says from whom Red took Alpha and Beta: before, nothing is known of them."""
    timeline = timeline_of(
        report("2017-03-01", "captured", "Red Army"), report("2017-03-01", "captured", "Red Army", place="Beta")
    )
    changes = timeline.differences(date(2017, 2, 1), date(2017, 4, 1))
    html = comparison_html(timeline.theatre, changes)
    assert "<th scope=col>newly known</th>" in html
    assert "no longer confirmed" not in html
    assert "Red</th><td>0</td><td>0</td><td>0</td><td>2</td>" in html
    assert "<b>first known as Red</b> (2)<br>" in html
    assert count_words(changes) == "no places changed hands, 2 became known."


def test_names_are_text(timeline_of: Callable[..., Timeline]) -> None:
    timeline = timeline_of(
        report("2017-02-01", "holds", "Red Army"), report("2017-04-01", "captured", "Blue Front", "Red Army")
    )
    place = timeline.theatre.gazetteer.place("1")
    object.__setattr__(place, "name", "<script>")
    html = comparison_html(timeline.theatre, timeline.differences(date(2017, 3, 1), date(2017, 7, 1)))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
