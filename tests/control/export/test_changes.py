"""Changes as a table and as a feed, read back by what their users read them with."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from control.export.changes import ATOM, COLUMNS, changes_to_atom, changes_to_csv, gains_and_losses
from control.timeline import Timeline
from tests.conftest import report

HOSTILE = '=cmd|"/c" <script>&\x0b\u202e'


@pytest.fixture
def timeline(timeline_of: Callable[..., Timeline]) -> Timeline:
    return timeline_of(
        report("2017-03-01", "captured", "Red Army", "Blue Front", note=HOSTILE),
        report("2017-04-01", "captured", "Blue Front", "Red Army"),
        report("2017-04-01", "captured", "Red Army", "Blue Front", place="Beta"),
    )


def test_csv_reads_back(timeline: Timeline) -> None:
    found = timeline.changes(date(2017, 1, 1), date(2017, 12, 31))
    rows = list(csv.DictReader(io.StringIO(changes_to_csv(timeline.theatre, found))))
    assert list(rows[0]) == list(COLUMNS)
    assert [(r["date"], r["name"], r["actor_before"], r["actor_after"]) for r in rows] == [
        ("2017-03-01", "Alpha", "blue", "red"),
        ("2017-04-01", "Alpha", "red", "blue"),
        ("2017-04-01", "Beta", "blue", "red"),
    ]


def test_the_feed_has_what_rfc_4287_asks_for(timeline: Timeline) -> None:
    found = timeline.changes(date(2017, 1, 1), date(2017, 12, 31))
    text = changes_to_atom(timeline.theatre, found, date(2017, 1, 1), date(2017, 12, 31))
    feed = ET.fromstring(text)  # noqa: S314  our own text
    assert feed.tag == f"{{{ATOM}}}feed"
    for element in (feed, *feed.findall(f"{{{ATOM}}}entry")):
        for needed in ("id", "title", "updated"):
            assert element.findtext(f"{{{ATOM}}}{needed}")
    assert feed.findtext(f"{{{ATOM}}}author/{{{ATOM}}}name")
    ids = [entry.findtext(f"{{{ATOM}}}id") for entry in feed.findall(f"{{{ATOM}}}entry")]
    assert len(ids) == len(set(ids)) == 3
    assert "<script>" not in text
    assert text == changes_to_atom(timeline.theatre, found, date(2017, 1, 1), date(2017, 12, 31))


def test_gains_and_losses(timeline: Timeline) -> None:
    """Red: Alpha and Beta gained, Alpha lost. Blue: Alpha gained back, both lost."""
    found = timeline.changes(date(2017, 1, 1), date(2017, 12, 31))
    assert gains_and_losses(timeline.theatre, found) == [("Red Army", 2, 1), ("Blue Front", 1, 2)]
