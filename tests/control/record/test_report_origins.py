"""Where reports come from, counted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from control.record.report_origins import trace_reports
from control.record.theatre import Theatre, load_theatre
from tests.conftest import report


def test_reports_published_later_are_told_apart(write_theatre: Callable[..., Path]) -> None:
    """Two of three reports came out on their day, one a month later."""
    rows = [
        report("2017-03-01", "captured", "Red Army", published="2017-03-01"),
        report("2017-03-05", "holds", "Red Army", published="2017-03-15"),
        report("2017-03-05", "holds", "Red Army", published="2017-04-15"),
    ]
    origins = trace_reports(load_theatre(write_theatre(rows)))
    assert (origins.reports, origins.soon, origins.living) == (3, 2, 0)
    assert sum(count for _, count in origins.families) == 3
    assert str(origins).startswith(
        "Of all reports, 67 % were published within 10 days of the event, 0 % are from documents"
    )


def test_a_theatre_without_reports(write_theatre: Callable[..., Path]) -> None:
    assert str(trace_reports(load_theatre(write_theatre([])))) == "no reports"


def test_the_bundled_record_is_mostly_of_its_time(bundled: Theatre) -> None:
    """The encyclopaedia, rewritten over the years, is the largest family and less than a fifth."""
    origins = trace_reports(bundled)
    assert origins.soon > 0.7 * origins.reports
    assert origins.living < 0.2 * origins.reports
