"""Every row of the reports has one fate, and it is counted and worded once."""

from __future__ import annotations

from datetime import date

from control.assessment.timeline import Timeline
from control.record.report_counts import ReportCounts, count_published, count_reports


def test_the_counts_of_the_bundled_theatre_add_up(bundled_timeline: Timeline) -> None:
    theatre = bundled_timeline.theatre
    counts = count_reports(theatre)
    assert counts.used == len(theatre.claims) + len(theatre.area_claims)
    assert counts.places == len(theatre.reported_places)
    assert (counts.set_aside, counts.said_twice, counts.rejected) == (len(theatre.waiting), 0, 0)
    assert count_published(theatre, date(2100, 1, 1)) == counts.used
    assert 0 < count_published(theatre, theatre.settings.opening_date) < counts.used
    assert count_published(theatre, date(1900, 1, 1)) == 0


def test_counts_in_words() -> None:
    many, few = (str(ReportCounts(*numbers)) for numbers in ((975, 332, 48, 327, 19, 0, 1), (1, 1, 0, 1, 0, 0, 0)))
    assert many.partition("; ")[::2] == (
        "1,023 reports used: 975 about 332 places and 48 about areas, from 327 sources",
        "19 set aside, 0 said twice, 1 row rejected",
    )
    assert few.startswith("1 report used: 1 about 1 place and 0 about areas, from 1 source; 0 set aside")
