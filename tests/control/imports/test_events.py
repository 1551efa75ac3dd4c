"""Feeds of events: only what the mapping says."""

from __future__ import annotations

from typing import Any

import pytest

from control.imports.account import Imported
from control.imports.events import EventColumns, import_events
from control.imports.mapping import read_readings
from control.record.dates import parse_window
from control.record.model import Source
from control.record.tables import TableError
from control.record.theatre import Theatre

SOURCE = Source("feed", "Feed", "", parse_window("1970"), "feed.example", "feed", "D")
MAPPING = [
    {"category": "Fights", "event": "contested", "actor": "red", "loser": "blue", "contains": "", "credibility": ""},
    {
        "category": "captured",
        "event": "captured",
        "actor": "red",
        "loser": "",
        "contains": "red army",
        "credibility": "5",
    },
    {"category": "captured", "event": "captured", "actor": "blue", "loser": "", "contains": "blue", "credibility": ""},
]


def event(**cells: Any) -> dict[str, Any]:
    return {"date": "2017-03-02T14:00:00Z", "lat": 50.01, "lng": 10.0, "title": "Clashes", "category": "fights"} | cells


@pytest.fixture
def run(theatre: Theatre, write_csv: Any) -> Any:
    def read(*rows: dict[str, Any], **options: Any) -> Imported:
        readings = read_readings(write_csv("map.csv", MAPPING), theatre)
        return import_events(write_csv("feed.csv", rows), theatre, readings, SOURCE, **options)

    return read


def test_a_category_becomes_what_the_mapping_says(run: Any) -> None:
    imported = run(
        event(),
        event(category="Captured", title="The  Red Army took it"),
        event(category="captured", title="BLUE flag"),
    )
    assert [(str(r.event), r.actor, r.loser, r.credibility) for r in imported.reports] == [
        ("captured", "blue", "", 4), ("captured", "red", "", 5), ("contested", "red", "blue", 4),
    ]  # fmt: skip
    assert {(r.place, r.event_date.text) for r in imported.reports} == {("Alpha", "2017-03-02")}
    assert {r.published.text for r in imported.reports if r.published} == {"2017-03-02"}
    assert "flag" not in repr(imported)


def test_all_else_is_set_aside(run: Any) -> None:
    imported = run(event(category="weather"), event(category="captured", title="by whom?"), event(lat=51.9))
    assert [tally.rows for tally in imported.account.set_aside.values()] == [(4,), (2,), (3,)]
    assert imported.account.unmapped == {"weather": 1}
    assert not imported.reports


def test_columns_may_be_named(run: Any) -> None:
    row = {"when": "20170302", "y": 50, "x": 10, "what": "fights"}
    columns = EventColumns("when", "y", "x", "what")
    assert len(run(row, columns=columns).reports) == 1
    with pytest.raises(TableError, match=r"feed.csv:1: no column for the date: .*; name it with --date-column"):
        run(row)
