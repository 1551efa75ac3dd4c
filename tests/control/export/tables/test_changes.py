"""Changes as a table and as a feed, read back by what their users read them with."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from control.assessment.timeline import Timeline
from control.export.tables.changes_atom import ATOM, changes_to_atom
from control.export.tables.changes_csv import changes_to_csv
from control.export.tables.columns import CHANGE_COLUMNS
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
    assert list(rows[0]) == list(CHANGE_COLUMNS)
    assert [(r["date"], r["name"], r["change"], r["actor_before"], r["actor_after"]) for r in rows] == [
        # whom a report names as the loser is taken to have held the place for eight weeks before
        ("2017-01-04", "Alpha", "first-known", "", "blue"),
        ("2017-02-04", "Beta", "first-known", "", "blue"),
        ("2017-03-01", "Alpha", "passed", "blue", "red"),
        ("2017-04-01", "Alpha", "passed", "red", "blue"),
        ("2017-04-01", "Beta", "passed", "blue", "red"),
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
    assert len(ids) == len(set(ids)) == 5
    assert "<script>" not in text
    assert text == changes_to_atom(timeline.theatre, found, date(2017, 1, 1), date(2017, 12, 31))
