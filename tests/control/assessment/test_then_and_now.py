"""What was known of a place on a day beside what is known now: both are the answers of the timelines of all places."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from control.assessment.then_and_now import Agreement, then_and_now
from control.assessment.timeline import Timeline
from control.record.theatre import Theatre, load_theatre
from control.words.then_and_now import agreement_words, then_and_now_lines
from tests.conftest import SOURCES, report

JUNE = date(2017, 6, 10)
LATE = {**SOURCES[0], "id": "late", "title": "Later book", "published": "2017-12-01"}
EARLY = {**SOURCES[0], "id": "early", "title": "Early paper", "published": "2017-06-02"}


def told(source: str, day: str, event: str, actor: str, loser: str = "") -> dict[str, str]:
    return {**report(day, event, actor, loser), "source": source}


@pytest.fixture
def mini(write_theatre: Callable[..., object]) -> Callable[..., Timeline]:
    return lambda *rows: Timeline(load_theatre(write_theatre(list(rows), sources=[EARLY, LATE])))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rows", "agreement", "words", "counts"),
    [
        (
            [told("early", "2017-06-01", "holds", "Red Army"), told("late", "2017-06-20", "holds", "Red Army")],
            Agreement.SAME, "They agree: Red Army.", (1, 2),
        ),
        (
            [told("early", "2017-06-01", "holds", "Red Army"), told("late", "2017-06-09", "captured", "Blue Front")],
            Agreement.HOLDER, "They disagree: Red Army then; Blue Front now.", (1, 2),
        ),
        (
            [
                told("early", "2017-06-01", "holds", "Red Army"),
                told("late", "2017-06-09", "besieged", "Blue Front", "Red Army"),
            ],
            Agreement.PARTLY, "They agree in part: Red Army then; Red Army, besieged by Blue Front now.", (1, 2),
        ),
        (
            [told("late", "2017-06-09", "captured", "Blue Front", "Red Army")],
            Agreement.LEARNT, "Nobody could tell on the day; later reports say: Blue Front.", (0, 1),
        ),
        ([], Agreement.UNKNOWN, "They agree: nobody could tell on the day, and nobody can now.", (0, 0)),
    ],
)  # fmt: skip
def test_what_was_known_and_what_is(
    mini: Callable[..., Timeline], rows: list[dict[str, str]], agreement: Agreement, words: str, counts: tuple[int, int]
) -> None:
    """A paper of 2 June and a book of December, on 10 June."""
    timeline = mini(*rows)
    found = then_and_now(timeline, "1", JUNE)
    assert found.agreement is agreement
    assert agreement_words(timeline.theatre, found) == words
    assert (found.then_reports, found.now_reports) == counts
    first, then, now, last = then_and_now_lines(timeline.theatre, found)
    assert (first, last) == ("Alpha, 10 June 2017", words)
    assert then.startswith(f"Known on 10 June 2017, {counts[0]} report")
    assert now.startswith(f"Known now, {counts[1]} report")


def test_a_knowledge_date_of_the_map_does_not_matter(mini: Callable[..., Timeline]) -> None:
    timeline = mini(told("late", "2017-06-09", "captured", "Blue Front", "Red Army"))
    earlier = Timeline(timeline.theatre, known_on=date(2017, 1, 1))
    assert then_and_now(earlier, "1", JUNE) == then_and_now(timeline, "1", JUNE)


@pytest.mark.parametrize("day", [date(2014, 6, 10), date(2015, 5, 17), date(2017, 10, 20)])
def test_one_place_alone_is_answered_like_all_together(bundled: Theatre, day: date) -> None:
    """Towns with quarters, quarters, and every 40th place: the short way changes no figure."""
    whole = Timeline(bundled)
    known = whole.as_known_on(day)
    parted = {place.town for place in bundled.gazetteer.places if place.town and place.id in whole.claims}
    asked = sorted(place_id for place_id in parted if place_id)[::3] + sorted(whole.intervals)[::40]
    for place_id in asked:
        found = then_and_now(whole, place_id, day)
        assert found.then == known.assess(place_id, day)
        assert found.now == whole.assess(place_id, day)
