"""UCDP GED: fighting, never who holds a place. Columns and codes as in the codebook of version 25.1."""

from __future__ import annotations

from typing import Any

import pytest

from control.imports.account import Imported
from control.imports.mapping import Party, key
from control.imports.ucdp import import_ucdp
from control.record.theatre import Theatre

PARTIES = {
    key("Government of Aland"): Party("red"),
    key("BF"): Party("blue"),
    key("BF - splinter"): Party("blue-guard"),
}


def event(**cells: Any) -> dict[str, Any]:
    """One row; by default the government and BF fight in Alpha on 2 March 2017."""
    return {
        "id": 412700,
        "relid": "AAA-2017-1-1-1",
        "year": 2017,
        "active_year": "True",
        "code_status": "Clear",
        "type_of_violence": 1,
        "conflict_name": "Aland: Government",
        "side_a": "Government of Aland",
        "side_b": "BF",
        "number_of_sources": 1,
        "source_article": "SECRET TEXT",
        "where_prec": 1,
        "where_coordinates": "Alpha town",
        "where_description": "Alpha",
        "latitude": 50.0,
        "longitude": 10.0,
        "country": "Aland",
        "event_clarity": 1,
        "date_prec": 1,
        "date_start": "2017-03-02 00:00:00.000",
        "date_end": "2017-03-02 00:00:00.000",
        "best": 3,
    } | cells


@pytest.fixture
def run(theatre: Theatre, write_csv: Any) -> Any:
    def read(*rows: dict[str, Any], **options: Any) -> Imported:
        return import_ucdp(write_csv("ged.csv", rows), theatre, PARTIES, **options)

    return read


@pytest.mark.parametrize(
    ("cells", "window", "sides", "credibility"),
    [
        ({}, "2017-03-02", ("blue", "red"), 2),
        ({"side_a": "BF", "side_b": "Government of Aland"}, "2017-03-02", ("blue", "red"), 2),
        ({"type_of_violence": 2, "side_a": "Nobody"}, "2017-03-02", ("blue", ""), 2),
        ({"date_end": "2017-03-05", "date_prec": 2}, "2017-03-02/2017-03-05", ("blue", "red"), 2),
        ({"where_prec": 2}, "2017-03-02", ("blue", "red"), 3),
        ({"event_clarity": 2}, "2017-03-02", ("blue", "red"), 4),
    ],
)
def test_a_row_becomes_fighting(
    run: Any, cells: dict[str, Any], window: str, sides: tuple[str, str], credibility: int
) -> None:
    (report,) = run(event(**cells)).reports
    assert (str(report.event), report.event_date.text, report.place) == ("contested", window, "Alpha")
    assert ((report.actor, report.loser), report.credibility) == (sides, credibility)
    assert report.note == "deadly fighting between the two sides (UCDP GED event 412700)"


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"type_of_violence": 3, "side_b": "Civilians"}, "one-sided violence"),
        ({"type_of_violence": ""}, "type_of_violence is none of"),
        ({"where_prec": 3}, "where_prec 3 or more"),
        ({"where_prec": 6}, "where_prec 3 or more"),
        ({"date_prec": 5}, "date_prec 5"),
        ({"date_end": "2017-04-02"}, "more than 31 days"),
        ({"date_end": "2017-03-01"}, "date_end before date_start"),
        ({"side_b": "BF - splinter", "side_a": "BF"}, "hold ground for the same actor"),
        ({"latitude": 51.9}, "no place of the theatre"),
    ],
)
def test_a_row_is_set_aside_with_a_reason(run: Any, cells: dict[str, Any], reason: str) -> None:
    imported = run(event(), event(**cells))
    ((said, tally),) = imported.account.set_aside.items()
    assert (len(imported.reports), tally.rows) == (1, (3,))
    assert reason in said


def test_the_source_is_cited_and_its_text_is_not_copied(run: Any) -> None:
    imported = run(event(), published=None)
    assert imported.source.title == "UCDP Georeferenced Event Dataset"
    assert (imported.source.family, imported.source.licence) == ("ucdp", "CC BY 4.0")
    assert imported.source.published.text == "2017-03-02"
    assert "SECRET" not in repr(imported)
