"""Law 4: a report published after `known_on` never influences the answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from control.assessment.timeline import Timeline
from control.record.theatre import Theatre
from tests.conftest import BUNDLED
from tests.theatres import theatre_of, timeline_of


def theatre() -> Theatre:
    return theatre_of(BUNDLED.name)


@pytest.mark.slow
@settings(max_examples=12, deadline=None)
@given(st.dates(date(2013, 1, 1), date(2019, 12, 31)), st.dates(date(2013, 1, 1), date(2021, 1, 1)))
def test_what_was_published_later_never_matters(day: date, known_on: date) -> None:
    """All places, all reports: the answer is the same whether later reports are in the file or were never written."""
    full = theatre()
    known = tuple(claim for claim in full.claims if claim.known_from <= known_on)
    without = replace(full, claims=known)
    assert Timeline(full).at(day, known_on) == Timeline(without, known_on=known_on).at(day)


def test_every_report_is_unknown_the_day_before_it_was_published() -> None:
    """For each report of the record: on the eve of its publication no answer about its place leans on it."""
    timeline = timeline_of(BUNDLED.name)
    for claim in theatre().claims:
        eve = claim.known_from - timedelta(days=1)
        known = timeline.as_known_on(eve).claims.get(claim.place_id, ())
        assert claim.id not in {c.id for c in known}


def test_hindsight_makes_a_difference() -> None:
    """On 10 November 2017 the press had Albu Kamal in the army's hands; what came out later weighs in, too."""
    timeline = timeline_of(BUNDLED.name)
    then = timeline.assess("174448", date(2017, 11, 10), date(2017, 11, 10))
    now = timeline.assess("174448", date(2017, 11, 10))
    assert {c.id for c in then.claims} < {c.id for c in now.claims}
    assert then.probabilities != now.probabilities
    assert all(c.known_from <= date(2017, 11, 10) for c in then.claims)
