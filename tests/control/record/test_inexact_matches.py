"""Every match below an exact one is listed, with what else was near and why."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from control.cli import main as cli
from control.record.inexact_matches import inexact_matches, is_inexact
from control.record.theatre import load_theatre
from tests.conftest import report

PLACES = [
    {"id": "1", "name": "Tell Tamer", "lon": 10.0, "lat": 50.0, "kind": "town", "population": 7000},
    {"id": "2", "name": "Tel Timer", "lon": 11.5, "lat": 51.0, "kind": "quarter"},
    {"id": "3", "name": "Kobani", "lon": 11.0, "lat": 51.0, "kind": "town"},
]


@pytest.fixture
def folder(write_theatre: Callable[..., Path]) -> Path:
    """Two rows have a Turkish spelling, one the place's own, and one a name that is only alike."""
    rows = [
        report("2017-02-01", "captured", "Red Army", place="Til Temir"),
        report("2017-03-01", "captured", "Blue Front", place="Kobani"),
        report("2017-04-01", "captured", "Blue Front", place="Til Temir"),
        report("2017-05-01", "captured", "Red Army", place="Kabani"),
    ]
    return write_theatre(rows, places=PLACES)


def test_a_spelling_is_listed_once_with_its_rows_and_the_runner_up(folder: Path) -> None:
    theatre = load_theatre(folder)
    (found,) = inexact_matches(theatre.gazetteer, (claim.report for claim in theatre.claims))
    assert (found.chosen.place.id, found.runner_up and found.runner_up.place.id) == ("1", "2")
    assert [origin.line for origin in found.origins] == [2, 4]
    assert str(found) == (
        "reports.csv:2, reports.csv:4: 'Til Temir' was taken for Tell Tamer (town, AA): nearly 'Tell Tamer': 0.95 alike; "
        "next would be Tel Timer (quarter, AA): nearly 'Tel Timer': 0.95 alike; kind quarter, not town"
    )
    assert is_inexact(found.match)
    assert not is_inexact(theatre.gazetteer.find("Tell-Tamer"))


def test_what_is_only_alike_is_a_bad_row_that_names_it(folder: Path) -> None:
    (fault,) = load_theatre(folder).faults
    assert str(fault) == (
        "reports.csv:5: unknown place 'Kabani', which is only like Kobani (nearly 'Kobani': 0.93 alike); expected a "
        "spelling the gazetteer knows; write 'Kobani (AA)' if that is meant, else add the place to places.csv"
    )


def test_check_lists_them(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for extra in ([], ["--json"]):
        monkeypatch.setattr(sys, "argv", ["control", "check", "--theatre", str(folder), *extra])
        with pytest.raises(SystemExit):
            cli.main()
    said = capsys.readouterr().out
    assert "  inexact: reports.csv:2, reports.csv:4: 'Til Temir' was taken for Tell Tamer (town, AA)" in said
    (record,) = [json.loads(line) for line in said.splitlines() if line.startswith('{"written"')]
    assert (record["written"], record["taken"]["name"], record["runner_up"]["name"]) == (
        "Til Temir",
        "Tell Tamer",
        "Tel Timer",
    )
    assert record["rows"] == [{"file": "reports.csv", "line": 2}, {"file": "reports.csv", "line": 4}]
